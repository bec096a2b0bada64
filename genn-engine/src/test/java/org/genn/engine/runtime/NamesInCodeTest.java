package org.genn.engine.runtime;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.Variable;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;

/// What code may name and call that runs as time goes on: that of neurons, of what they get, and of
/// synapses.
@Feature({"S17", "S18", "S19", "S20", "L21"})
final class NamesInCodeTest extends NamesInCode {
  private static final String SYNAPSES =
      "batch dt id_post id_pre id_syn num_batch num_post num_pre t "
          + "prev_set_post prev_set_pre prev_st_post prev_st_pre set_post set_pre st_post st_pre "
          + "p twice e g x y u v z";
  private static final String TO_POST = "addToPost addToPostDelay addToPre";

  private static Code neurons(BiFunction<NeuronModel, String, NeuronModel> put) {
    var base =
        new NeuronModel("N")
            .parameter("p")
            .derivedParameter("twice", (p, dt) -> 2 * p.get("p"))
            .extraGlobalParameter("e", "scalar*")
            .additionalInput("Iextra", 0)
            .variable("x")
            .thresholdCondition("true");
    return (model, code) ->
        model.addNeuronPopulation("n", 2, put.apply(base, code), Map.of("p", 1), Map.of("x", 0));
  }

  private static Code weights(
      BiFunction<WeightUpdateModel, String, WeightUpdateModel> put, String matrixType) {
    return (model, code) -> connect(model, put.apply(WEIGHTS, code), DELTA, matrixType);
  }

  static Stream<Place> places() {
    String ofNeuron = NEURONS + " st Isyn Iextra p twice e x";
    String kernel = SYNAPSES + " id_kernel";
    return Stream.of(
        new Place("sim code", ofNeuron, "", true, neurons(NeuronModel::simCode)),
        new Place(
            "threshold",
            ofNeuron,
            "",
            true,
            neurons((n, c) -> n.thresholdCondition(c.replace(";", "")))),
        new Place("reset code", ofNeuron, "", true, neurons(NeuronModel::resetCode)),
        new Place(
            "postsynaptic",
            NEURONS + " inSyn x z",
            "injectCurrent",
            true,
            (model, code) ->
                connect(
                    model,
                    WEIGHTS,
                    new PostsynapticModel("P", code)
                        .variable(new Variable("z"))
                        .neuronVariable("x"),
                    "DENSE")),
        new Place(
            "current source",
            NEURONS + " k x",
            "injectCurrent",
            true,
            (model, code) ->
                model.addCurrentSource(
                    "cs",
                    new CurrentSourceModel("C", code).variable("k").neuronVariable("x"),
                    both(model, "n"),
                    Map.of(),
                    Map.of("k", 0))),
        new Place(
            "pre spike",
            SYNAPSES,
            TO_POST,
            false,
            weights(WeightUpdateModel::preSpikeSynCode, "DENSE")),
        new Place(
            "pre spike, sparse",
            SYNAPSES,
            TO_POST,
            false,
            weights(WeightUpdateModel::preSpikeSynCode, "SPARSE")),
        new Place(
            "pre spike, kernel",
            kernel,
            TO_POST + " atomic_add_g",
            false,
            weights(WeightUpdateModel::preSpikeSynCode, "TOEPLITZ")),
        new Place(
            "pre event",
            SYNAPSES,
            TO_POST,
            false,
            weights((w, c) -> w.preEvent("x > 0.0", c), "DENSE")),
        new Place(
            "pre event, kernel",
            kernel,
            TO_POST + " atomic_add_g",
            false,
            weights((w, c) -> w.preEvent("x > 0.0", c), "TOEPLITZ")),
        new Place(
            "post spike",
            SYNAPSES,
            "addToPre",
            false,
            weights(WeightUpdateModel::postSpikeSynCode, "SPARSE")),
        new Place(
            "post event",
            SYNAPSES,
            "addToPre",
            false,
            weights((w, c) -> w.postEvent("y > 0.0", c), "SPARSE")),
        new Place(
            "dynamics",
            SYNAPSES,
            TO_POST,
            false,
            weights(WeightUpdateModel::synapseDynamicsCode, "SPARSE")),
        new Place(
            "pre event condition",
            NEURONS + " set prev_set p twice e x u",
            "",
            false,
            weights((w, c) -> w.preEvent(c.replace(";", ""), "g = 1.0;"), "DENSE")),
        new Place(
            "post event condition",
            NEURONS + " set prev_set p twice e y v",
            "",
            false,
            weights((w, c) -> w.postEvent(c.replace(";", ""), "g = 1.0;"), "DENSE")),
        new Place(
            "end: pre spike",
            NEURONS + " st_pre p twice e x u",
            "",
            true,
            weights((w, c) -> w.pre(PRE.spikeCode(c)), "DENSE")),
        new Place(
            "end: pre dynamics",
            NEURONS + " st_pre p twice e x u",
            "",
            true,
            weights((w, c) -> w.pre(PRE.dynamicsCode(c)), "DENSE")),
        new Place(
            "end: post spike",
            NEURONS + " st_post p twice e y v",
            "",
            true,
            weights((w, c) -> w.post(POST.spikeCode(c)), "DENSE")),
        new Place(
            "end: post dynamics",
            NEURONS + " st_post p twice e y v",
            "",
            true,
            weights((w, c) -> w.post(POST.dynamicsCode(c)), "DENSE")));
  }
}
