package org.genn.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A model with something of every kind has another hash after any one change to it.
@Feature("M21")
class ModelDigestChangesTest {
  private static final Bindings ONE = Bindings.NONE.parameter("p", 1).initialValue("v", 2);

  private static final NeuronModel NEURON =
      new NeuronModel("Neuron")
          .parameter("p")
          .variable("v")
          .variable("w")
          .simCode("v += p * Isyn;")
          .thresholdCondition("v > 1.0");

  private static final WeightUpdateModel WEIGHT =
      new WeightUpdateModel("Weight")
          .parameter("p")
          .variable("v", VarAccess.READ_WRITE)
          .variable("w", VarAccess.READ_WRITE)
          .pre(NeuronEnd.NONE.variable(new Variable("x")).spikeCode("x += p;"))
          .post(NeuronEnd.NONE.variable(new Variable("y")).spikeCode("y += p;"))
          .preEvent("w > 2.0", "v += 1.0;")
          .preSpikeSynCode("addToPost(v);");

  private static final PostsynapticModel INPUT =
      new PostsynapticModel("Input", "v += inSyn; injectCurrent(p * v); inSyn = 0.0;")
          .parameter("p")
          .variable("v");

  private static final CurrentSourceModel CURRENT =
      new CurrentSourceModel("Current", "injectCurrent(p * v);").parameter("p").variable("v");

  private static final CustomUpdateModel UPDATE =
      new CustomUpdateModel("Update", "v += p * r;")
          .parameter("p")
          .variable(new CustomUpdateVariable("v", CustomUpdateVarAccess.READ_WRITE))
          .reference("r", VarAccessMode.READ_ONLY);

  private static final CustomConnectivityUpdateModel REWIRING =
      new CustomConnectivityUpdateModel(
              "Rewire", "for_each_synapse { if(v > p) remove_synapse(); }")
          .parameter("p")
          .variable(new Variable("v"))
          .preVariable(new Variable("x"))
          .postVariable(new Variable("y"))
          .reference("r", VarAccessMode.READ_ONLY);

  /// What a model consists of, each of which can be exchanged.
  private record Whole(
      NeuronGroup neurons,
      SynapseGroup synapses,
      CurrentSource current,
      CustomUpdate update,
      CustomConnectivityUpdate rewiring) {

    ModelSpec spec() {
      return new ModelSpec("m", 1, 1, 7)
          .neuronGroup(neurons)
          .neuronGroup(new NeuronGroup("other", 10, NEURON, ONE))
          .synapseGroup(synapses)
          .currentSource(current)
          .customUpdate(update)
          .customConnectivityUpdate(rewiring);
    }

    ModelSpec neurons(NeuronGroup changed) {
      return new Whole(changed, synapses, current, update, rewiring).spec();
    }

    ModelSpec synapses(SynapseGroup changed) {
      return new Whole(neurons, changed, current, update, rewiring).spec();
    }

    ModelSpec current(CurrentSource changed) {
      return new Whole(neurons, synapses, changed, update, rewiring).spec();
    }

    ModelSpec update(CustomUpdate changed) {
      return new Whole(neurons, synapses, current, changed, rewiring).spec();
    }

    ModelSpec rewiring(CustomConnectivityUpdate changed) {
      return new Whole(neurons, synapses, current, update, changed).spec();
    }
  }

  private static Whole whole() {
    return new Whole(
        neurons(NEURON, ONE),
        synapses(fixed(0.1), new WeightUpdate(WEIGHT, ends(ONE)), new Postsynapse(INPUT, ONE)),
        new CurrentSource("c", "n", CURRENT, ONE),
        update("n", "v", ONE),
        rewiring("v", ends(ONE)));
  }

  private static Bindings ends(Bindings bindings) {
    return bindings.initialValue("x", 3).initialValue("y", 4);
  }

  private static Connectivity fixed(double probability) {
    return new Connectivity.Sparse(SparsePatterns.fixedProbability(probability));
  }

  private static NeuronGroup neurons(NeuronModel model, Bindings bindings) {
    return new NeuronGroup("n", 10, model, bindings);
  }

  private static SynapseGroup synapses(
      Connectivity connectivity, WeightUpdate weightUpdate, Postsynapse postsynapse) {
    return new SynapseGroup("s", connectivity, "n", "n", weightUpdate, postsynapse);
  }

  private static CustomUpdate update(String group, String variable, Bindings bindings) {
    return new CustomUpdate("u", "G", UPDATE, bindings)
        .reference("r", VariableReference.neuron(group, variable));
  }

  private static CustomConnectivityUpdate rewiring(String variable, Bindings bindings) {
    return new CustomConnectivityUpdate("r", "G", "s", REWIRING, bindings)
        .reference("r", VariableReference.synapse("s", variable));
  }

  /// What bindings can be changed in.
  private static Stream<Arguments> ofBindings(
      String what, java.util.function.Function<Bindings, ModelSpec> model) {
    return Stream.of(
        arguments(what + ", parameter", model.apply(ONE.parameter("p", 1.5))),
        arguments(what + ", initial value", model.apply(ONE.initialValue("v", 2.5))),
        arguments(
            what + ", initialiser",
            model.apply(ONE.initialValue("v", new InitialValue.Uniform(0, 1)))),
        arguments(what + ", dynamic parameter", model.apply(ONE.dynamicParameter("p", 1))));
  }

  private static ModelSpec delayed(UnaryOperator<SynapseGroup> change) {
    return whole().synapses(change.apply(whole().synapses()));
  }

  static Stream<Arguments> changes() {
    Whole whole = whole();
    SynapseGroup synapses = whole.synapses();
    var weights = new WeightUpdate(WEIGHT, ends(ONE));
    var input = new Postsynapse(INPUT, ONE);
    var single =
        Stream.of(
            arguments("time precision", whole.spec().timePrecision(Precision.DOUBLE)),
            arguments("precision", whole.spec().precision(Precision.DOUBLE)),
            arguments(
                "name of neurons", whole.neurons(new NeuronGroup("renamed", 10, NEURON, ONE))),
            arguments("number of neurons", whole.neurons(new NeuronGroup("n", 11, NEURON, ONE))),
            arguments(
                "name of synapses",
                whole.synapses(new SynapseGroup("renamed", fixed(0.1), "n", "n", weights, input))),
            arguments(
                "target of synapses",
                whole.synapses(new SynapseGroup("s", fixed(0.1), "n", "other", weights, input))),
            arguments("capacity of the tape", whole.spec().tapeCapacity(77)),
            arguments("recorded spikes", whole.neurons(whole.neurons().recordsSpikes(true))),
            arguments("recorded events", whole.neurons(whole.neurons().recordsSpikeEvents(true))),
            arguments("neuron code", whole.neurons(neurons(NEURON.resetCode("v = 0.0;"), ONE))),
            arguments(
                "name of a current source",
                whole.current(new CurrentSource("d", "n", CURRENT, ONE))),
            arguments(
                "target of a current source",
                whole.current(new CurrentSource("c", "other", CURRENT, ONE))),
            arguments(
                "connectivity parameter", whole.synapses(synapses(fixed(0.2), weights, input))),
            arguments(
                "connectivity snippet",
                whole.synapses(
                    synapses(
                        new Connectivity.Sparse(SparsePatterns.fixedProbabilityNoAutapse(0.1)),
                        weights,
                        input))),
            arguments(
                "narrow indices",
                whole.synapses(
                    synapses(
                        new Connectivity.Sparse(SparsePatterns.fixedProbability(0.1), true),
                        weights,
                        input))),
            arguments(
                "room for connections",
                whole.synapses(
                    synapses(
                        new Connectivity.Sparse(
                            SparsePatterns.fixedProbability(0.1).maxRowLength(9)),
                        weights,
                        input))),
            arguments(
                "presynaptic initial value",
                whole.synapses(
                    synapses(fixed(0.1), weights.bindings(ends(ONE).initialValue("x", 9)), input))),
            arguments(
                "postsynaptic initial value",
                whole.synapses(
                    synapses(fixed(0.1), weights.bindings(ends(ONE).initialValue("y", 9)), input))),
            arguments(
                "event threshold",
                whole.synapses(
                    synapses(
                        fixed(0.1),
                        new WeightUpdate(WEIGHT.preEvent("w > 3.0", "v += 1.0;"), ends(ONE)),
                        input))),
            arguments("axonal delay", delayed(group -> group.axonalDelay(2))),
            arguments("back-propagation delay", delayed(group -> group.backPropagationDelay(2))),
            arguments("dendritic delay", delayed(group -> group.maxDendriticDelay(2))),
            arguments("target of input", delayed(group -> group.postTargetVariable("v"))),
            arguments(
                "target of what is sent back", delayed(group -> group.preTargetVariable("v"))),
            arguments(
                "name of an update",
                whole.update(
                    new CustomUpdate("v", "G", UPDATE, ONE)
                        .reference("r", VariableReference.neuron("n", "v")))),
            arguments(
                "group of an update",
                whole.update(
                    new CustomUpdate("u", "H", UPDATE, ONE)
                        .reference("r", VariableReference.neuron("n", "v")))),
            arguments("variable that an update refers to", whole.update(update("n", "w", ONE))),
            arguments("group that an update refers to", whole.update(update("other", "v", ONE))),
            arguments(
                "name of a connectivity update",
                whole.rewiring(
                    new CustomConnectivityUpdate("q", "G", "s", REWIRING, ends(ONE))
                        .reference("r", VariableReference.synapse("s", "v")))),
            arguments(
                "variable that a connectivity update refers to",
                whole.rewiring(rewiring("w", ends(ONE)))),
            arguments(
                "host code of a connectivity update",
                whole.rewiring(
                    new CustomConnectivityUpdate(
                            "r", "G", "s", REWIRING.hostUpdateCode("x[0] = 1.0;"), ends(ONE))
                        .reference("r", VariableReference.synapse("s", "v")))),
            arguments(
                "presynaptic initial value of a connectivity update",
                whole.rewiring(rewiring("v", ends(ONE).initialValue("x", 9)))),
            arguments(
                "postsynaptic initial value of a connectivity update",
                whole.rewiring(rewiring("v", ends(ONE).initialValue("y", 9)))));
    return Stream.of(
            single,
            ofBindings("neurons", values -> whole.neurons(neurons(NEURON, values))),
            ofBindings(
                "current source",
                values -> whole.current(new CurrentSource("c", "n", CURRENT, values))),
            ofBindings(
                "weight update",
                values ->
                    whole.synapses(
                        synapses(synapses.connectivity(), weights.bindings(ends(values)), input))),
            ofBindings(
                "postsynaptic model",
                values ->
                    whole.synapses(
                        synapses(
                            synapses.connectivity(), weights, new Postsynapse(INPUT, values)))),
            ofBindings("update", values -> whole.update(update("n", "v", values))),
            ofBindings(
                "connectivity update", values -> whole.rewiring(rewiring("v", ends(values)))))
        .flatMap(each -> each);
  }

  private static String hash(ModelSpec spec) {
    return ModelDigest.of(spec).orElseThrow().hash();
  }

  @Test
  void theSameModelBuiltTwiceHasOneHash() {
    assertEquals(hash(whole().spec()), hash(whole().spec()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void eachChangeGivesAnotherHash(String what, ModelSpec changed) {
    assertNotEquals(hash(whole().spec()), hash(changed), what);
    assertEquals(hash(changed), hash(changed));
  }
}
