package org.genn.engine.backend.form;

import static org.genn.engine.backend.form.MergedFunctions.functions;
import static org.genn.engine.backend.form.MergedFunctions.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.genn.engine.kernel.Function;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.CurrentSourceModels;
import org.genn.engine.model.builtin.NeuronModels;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// Which groups share a function, and which of their numbers that function is given.
@Feature("G01")
class MergingTest {
  private static final NeuronModel SINK =
      new NeuronModel("Sink").variable("x").simCode("x = Isyn;");

  private static final Postsynapse DELTA =
      new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE);

  private static ModelSpec spec() {
    return new ModelSpec("m", 1, 1, 7);
  }

  private static Bindings izhikevich(double d) {
    return Bindings.NONE
        .parameter("a", 0.02)
        .parameter("b", 0.2)
        .parameter("c", -65)
        .parameter("d", d);
  }

  private static Bindings lif(double offset) {
    return Bindings.NONE
        .parameter("C", 1)
        .parameter("TauM", 20)
        .parameter("Vrest", -65)
        .parameter("Vreset", -66)
        .parameter("Vthresh", -50)
        .parameter("Ioffset", offset)
        .parameter("TauRefrac", 2);
  }

  private static ModelSpec neurons(NeuronModel model, Bindings... bindings) {
    ModelSpec spec = spec();
    for (Bindings each : bindings) {
      String name = "n" + spec.neuronGroups().size();
      spec = spec.neuronGroup(new NeuronGroup(name, 10, model, each));
    }
    return spec;
  }

  private static CurrentSource dc(String target, int number, double amp) {
    return new CurrentSource(
        target + "c" + number, target, CurrentSourceModels.DC, Bindings.NONE.parameter("amp", amp));
  }

  private static SynapseGroup synapses(
      String name, Connectivity connectivity, WeightUpdateModel model, Bindings bindings) {
    return new SynapseGroup(
        name, connectivity, "pre", "post", new WeightUpdate(model, bindings), DELTA);
  }

  private static ModelSpec connected(SynapseGroup... groups) {
    ModelSpec spec =
        spec()
            .neuronGroup(
                new NeuronGroup("pre", 10, SINK.thresholdCondition("t > 0.0"), Bindings.NONE))
            .neuronGroup(
                new NeuronGroup("post", 10, SINK.thresholdCondition("t > 0.0"), Bindings.NONE));
    for (SynapseGroup group : groups) {
      spec = spec.synapseGroup(group);
    }
    return spec;
  }

  /// Steps of neurons.
  private static List<Function> steps(ModelSpec spec) {
    return functions(spec, "n\\d_forward");
  }

  @Test
  void neuronsThatDifferInAParameterShareAFunctionThatIsGivenIt() {
    var spec = neurons(NeuronModels.IZHIKEVICH, izhikevich(8), izhikevich(4), izhikevich(2));
    assertEquals(1, steps(spec).size());
    assertEquals(1, given(steps(spec).getFirst()));
    spec = neurons(NeuronModels.LIF, lif(0.5), lif(0.7));
    assertEquals(1, steps(spec).size());
    assertEquals(1, given(steps(spec).getFirst()));
  }

  @Test
  void equalNeuronsShareAFunctionThatIsGivenNothing() {
    var spec = neurons(NeuronModels.IZHIKEVICH, izhikevich(8), izhikevich(8));
    assertEquals(1, steps(spec).size());
    assertEquals(0, given(steps(spec).getFirst()));
  }

  /// Only what is derived of the membrane's time constant is in the code: its decay, and the
  /// resistance.
  @Test
  void parametersOfDerivedOnesAreNotGiven() {
    var spec = neurons(NeuronModels.LIF, lif(0.5), lif(0.5).parameter("TauM", 10));
    assertEquals(1, steps(spec).size());
    assertEquals(2, given(steps(spec).getFirst()));
  }

  @Test
  void neuronsThatDrawShareNoFunctionWithThoseThatDoNot() {
    NeuronModel drawing = SINK.simCode("x = Isyn + gennrand_uniform();");
    var spec =
        neurons(drawing, Bindings.NONE, Bindings.NONE)
            .neuronGroup(new NeuronGroup("n2", 10, SINK, Bindings.NONE));
    assertEquals(2, steps(spec).size());
  }

  @Test
  void modelsOfCurrentSourcesMatterAndTheirParametersDoNot() {
    ModelSpec spec = neurons(SINK, Bindings.NONE, Bindings.NONE, Bindings.NONE, Bindings.NONE);
    for (int k = 0; k < 3; k++) {
      spec = spec.currentSource(dc("n" + k, 0, k));
    }
    for (int k = 0; k < 2; k++) {
      spec = spec.currentSource(dc("n" + k, 1, 5 * k));
    }
    var noise = Bindings.NONE.parameter("mean", 0).parameter("sd", 1);
    for (int k = 2; k < 4; k++) {
      spec =
          spec.currentSource(
              new CurrentSource("noise" + k, "n" + k, CurrentSourceModels.GAUSSIAN_NOISE, noise));
    }
    // two of DC, for each of two groups; DC and noise; noise
    assertEquals(3, steps(spec).size());
  }

  @Test
  void postsynapticModelsAndTheirNumberMatter() {
    ModelSpec spec = neurons(SINK, Bindings.NONE, Bindings.NONE, Bindings.NONE, Bindings.NONE);
    spec =
        spec.neuronGroup(
            new NeuronGroup("source", 10, SINK.thresholdCondition("t > 0.0"), Bindings.NONE));
    var half =
        new Postsynapse(
            new PostsynapticModel("Half", "injectCurrent(0.5 * inSyn); inSyn = 0.0;"),
            Bindings.NONE);
    var inputs =
        List.of(List.of(DELTA, half), List.of(DELTA, half), List.of(DELTA, DELTA), List.of(DELTA));
    for (int k = 0; k < inputs.size(); k++) {
      for (int i = 0; i < inputs.get(k).size(); i++) {
        spec =
            spec.synapseGroup(
                new SynapseGroup(
                    "s" + k + "_" + i,
                    new Connectivity.Dense(),
                    "source",
                    "n" + k,
                    new WeightUpdate(
                        WeightUpdateModels.STATIC_PULSE, Bindings.NONE.initialValue("g", 1)),
                    inputs.get(k).get(i)));
      }
    }
    // each of two models, for each of two groups; two of one; one
    assertEquals(3, steps(spec).size());
  }

  @Test
  void codeAtEndsMattersAndItsParametersAndStaticSynapsesDoNot() {
    var trace =
        new WeightUpdateModel("Trace")
            .parameter("p")
            .pre(
                NeuronEnd.NONE
                    .variable(new Variable("x"))
                    .spikeCode("x += p;")
                    .dynamicsCode("x *= 0.5;"));
    ModelSpec spec = spec().neuronGroup(new NeuronGroup("target", 10, SINK, Bindings.NONE));
    int[] traces = {1, 1, 2, 2, 0};
    for (int k = 0; k < traces.length; k++) {
      String name = "n" + k;
      spec =
          spec.neuronGroup(
              new NeuronGroup(name, 10, SINK.thresholdCondition("t > 0.0"), Bindings.NONE));
      for (int i = 0; i < traces[k]; i++) {
        spec =
            spec.synapseGroup(
                toTarget(name, i, trace, Bindings.NONE.parameter("p", 1 + k + 10 * i)));
      }
      if (k % 2 == 0) {
        var weight = Bindings.NONE.initialValue("g", 1);
        spec = spec.synapseGroup(toTarget(name, 9, WeightUpdateModels.STATIC_PULSE, weight));
      }
    }
    List<Function> steps = steps(spec);
    assertEquals(3, steps.size());
    assertEquals(List.of(0L, 1L, 2L), steps.stream().map(MergedFunctions::given).sorted().toList());
  }

  private static SynapseGroup toTarget(
      String source, int number, WeightUpdateModel model, Bindings bindings) {
    return new SynapseGroup(
        source + "to" + number,
        new Connectivity.Dense(),
        source,
        "target",
        new WeightUpdate(model, bindings),
        DELTA);
  }

  @Test
  void constantWeightsAreGivenAndStoredOnesAreAnotherFunction() {
    var constant = WeightUpdateModels.STATIC_PULSE_CONSTANT_WEIGHT;
    var spec =
        connected(
            synapses("s0", new Connectivity.Dense(), constant, Bindings.NONE.parameter("g", 1)),
            synapses("s1", new Connectivity.Dense(), constant, Bindings.NONE.parameter("g", 2)));
    assertEquals(1, functions(spec, "s.*").size());
    assertEquals(1, given(functions(spec, "s.*").getFirst()));
    var three =
        spec.synapseGroup(
            synapses(
                "s2",
                new Connectivity.Dense(),
                WeightUpdateModels.STATIC_PULSE,
                Bindings.NONE.initialValue("g", 1)));
    assertEquals(2, functions(three, "s.*").size());
  }

  /// Code for presynaptic spikes, for postsynaptic ones and dynamics are functions of their own;
  /// connections are made by one.
  @Test
  void eachKindOfSynapseCodeIsAFunction() {
    WeightUpdateModel pulse = WeightUpdateModels.STATIC_PULSE;
    var plastic =
        new WeightUpdateModel("Plastic")
            .variable("g", VarAccess.READ_WRITE)
            .preSpikeSynCode("addToPost(g); g *= 0.5;")
            .postSpikeSynCode("g += 1.0;");
    var dynamic =
        pulse.synapseDynamicsCode("addToPost(0.5 * g);").preSpikeSynCode("addToPost(-g);");
    var random = new Connectivity.Sparse(SparsePatterns.fixedProbability(0.1));
    Bindings g = Bindings.NONE.initialValue("g", 1);
    ModelSpec spec =
        connected(
            synapses("s0", random, pulse, g),
            synapses("s1", random, pulse, g),
            synapses("s2", random, plastic, g),
            synapses("s3", random, plastic, g),
            synapses("s4", random, dynamic, g),
            synapses("s5", random, dynamic, g));
    assertEquals(
        Map.of("forward", 3L, "postsynaptic", 1L, "dynamics", 1L, "connect", 1L),
        functions(spec, "s.*").stream()
            .map(f -> f.name().substring(f.name().indexOf('_') + 1))
            .collect(Collectors.groupingBy(name -> name, Collectors.counting())));
  }
}
