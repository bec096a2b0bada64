package org.genn.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.genn.engine.model.builtin.CurrentSourceModels;
import org.genn.engine.model.builtin.NeuronModels;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A built-in model is what it consists of: it has the hash of a copy, and that of no other one.
@Feature("M21")
class BuiltInDigestsTest {
  private static final NeuronModel NEURON =
      new NeuronModel("Neuron").variable("V").simCode("V += Isyn;").thresholdCondition("V > 1.0");

  private static String hash(ModelSpec spec) {
    return ModelDigest.of(spec).orElseThrow().hash();
  }

  /// All parameters are 1.
  private static Bindings ones(Declarations declarations) {
    Bindings bindings = Bindings.NONE;
    for (ModelParameter parameter : declarations.parameters()) {
      bindings = bindings.parameter(parameter.name(), 1);
    }
    return bindings;
  }

  /// One neuron, as images whose sizes are all 1 need.
  private static ModelSpec spec() {
    return new ModelSpec("m", 1, 1, 7).neuronGroup(new NeuronGroup("n", 1, NEURON, Bindings.NONE));
  }

  private static String of(NeuronModel model) {
    return hash(spec().neuronGroup(new NeuronGroup("m", 10, model, ones(model.declarations()))));
  }

  private static String of(CurrentSourceModel model) {
    return hash(
        spec().currentSource(new CurrentSource("c", "n", model, ones(model.declarations()))));
  }

  private static String of(VariableInit init) {
    var value = new InitialValue.Snippet(init, ones(init.declarations()));
    return hash(
        spec()
            .neuronGroup(new NeuronGroup("m", 10, NEURON, Bindings.NONE.initialValue("V", value))));
  }

  private static String of(PostsynapticModel model) {
    return connected(
        new Connectivity.Dense(),
        WeightUpdateModels.STATIC_PULSE,
        new Postsynapse(model, ones(model.declarations())));
  }

  private static String of(WeightUpdateModel model) {
    return connected(new Connectivity.Dense(), model, delta());
  }

  private static String of(SparseInit init) {
    var synapses = new BuiltSynapses(init, ones(init.declarations()));
    return connected(new Connectivity.Sparse(synapses), WeightUpdateModels.STATIC_PULSE, delta());
  }

  private static Postsynapse delta() {
    return new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE);
  }

  private static String connected(
      Connectivity connectivity, WeightUpdateModel model, Postsynapse postsynapse) {
    var weights = new WeightUpdate(model, ones(model.declarations()));
    return hash(
        spec().synapseGroup(new SynapseGroup("s", connectivity, "n", "n", weights, postsynapse)));
  }

  /// Kinds of models, their names, and how the hash of a model with one of them is made.
  static Stream<Arguments> kinds() {
    return Stream.of(
        kind("neuron", NeuronModels.names(), name -> of(NeuronModels.named(name))),
        kind(
            "postsynaptic", PostsynapticModels.names(), name -> of(PostsynapticModels.named(name))),
        kind(
            "weight update",
            WeightUpdateModels.names(),
            name -> of(WeightUpdateModels.named(name))),
        kind(
            "current source",
            CurrentSourceModels.names(),
            name -> of(CurrentSourceModels.named(name))),
        kind("initial value", VariableInits.names(), name -> of(VariableInits.named(name))),
        kind("connectivity", SparsePatterns.names(), name -> of(SparsePatterns.named(name))));
  }

  private static Arguments kind(String kind, Set<String> names, Function<String, String> hash) {
    return arguments(kind, names, hash);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void eachBuiltInModelHasOneHashOfItsOwn(
      String kind, Set<String> names, Function<String, String> hash) {
    var hashes = new HashSet<String>();
    for (String name : names) {
      assertEquals(hash.apply(name), hash.apply(name), name);
      assertTrue(hashes.add(hash.apply(name)), name);
    }
    assertTrue(names.size() >= 3, kind);
  }

  /// Built-in models, and copies of them.
  static Stream<Arguments> copies() {
    var lif =
        new NeuronModel("LIF")
            .parameter("C")
            .parameter("TauM")
            .parameter("Vrest")
            .parameter("Vreset")
            .parameter("Vthresh")
            .parameter("Ioffset")
            .parameter("TauRefrac")
            .derivedParameter("ExpTC", (p, dt) -> Math.exp(-dt / p.get("TauM")))
            .derivedParameter("Rmembrane", (p, _) -> p.get("TauM") / p.get("C"))
            .variable("V")
            .variable("RefracTime")
            .simCode(
                """
                if (RefracTime <= 0.0) {
                  const scalar steady = ((Isyn + Ioffset) * Rmembrane) + Vrest;
                  V = steady - (ExpTC * (steady - V));
                } else {
                  RefracTime -= dt;
                }
                """)
            .thresholdCondition("RefracTime <= 0.0 && V >= Vthresh")
            .resetCode("V = Vreset;\nRefracTime = TauRefrac;\n");
    var decaying =
        new PostsynapticModel("ExpCurr", "injectCurrent(init * inSyn);\ninSyn *= expDecay;\n")
            .parameter("tau")
            .derivedParameter("expDecay", (p, dt) -> Math.exp(-dt / p.get("tau")))
            .derivedParameter(
                "init", (p, dt) -> p.get("tau") * (1.0 - Math.exp(-dt / p.get("tau"))) / dt);
    var pulse =
        new WeightUpdateModel("StaticPulse")
            .variable("g", VarAccess.READ_ONLY)
            .preSpikeSynCode("addToPost(g);");
    var noise =
        new CurrentSourceModel("GaussianNoise", "injectCurrent(mean + (gennrand_normal() * sd));")
            .parameter("mean")
            .parameter("sd");
    var normal =
        new VariableInit("Normal", "value = mean + (gennrand_normal() * sd);")
            .parameter("mean")
            .parameter("sd");
    var oneToOne =
        new SparseInit("OneToOne")
            .rowBuildCode("addSynapse(id_pre);")
            .maxRowLength((_, _, _) -> 1)
            .maxColumnLength((_, _, _) -> 1);
    return Stream.of(
        arguments("LIF", of(NeuronModels.LIF), of(lif)),
        arguments("ExpCurr", of(PostsynapticModels.EXP_CURR), of(decaying)),
        arguments("StaticPulse", of(WeightUpdateModels.STATIC_PULSE), of(pulse)),
        arguments("GaussianNoise", of(CurrentSourceModels.GAUSSIAN_NOISE), of(noise)),
        arguments("Normal", of(VariableInits.named("Normal")), of(normal)),
        arguments("OneToOne", of(SparsePatterns.named("OneToOne")), of(oneToOne)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("copies")
  void aCopyHasTheHashOfTheBuiltInModel(String name, String builtIn, String copy) {
    assertEquals(builtIn, copy);
  }
}
