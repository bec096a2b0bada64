package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.Lowering;
import org.genn.engine.kernel.LoweringSettings;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.builtin.CurrentSourceModels;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Populations that reach a target through equal postsynaptic models share its input, also what is
/// still in its dendrites.
@Feature("M04")
class FusedInputTest {
  private static final NeuronModel COUNTER =
      new NeuronModel("Counter")
          .variable("left")
          .simCode("left -= Isyn;")
          .thresholdCondition("left <= 0.0")
          .resetCode("left += 2.5;");

  private static final NeuronModel SINK =
      new NeuronModel("Sink").variable("x").simCode("x = Isyn;");

  private static SynapseGroup group(String source, double tau, int slots) {
    return group(
        source,
        new Postsynapse(PostsynapticModels.EXP_CURR, Bindings.NONE.parameter("tau", tau)),
        slots);
  }

  private static List<SynapseGroup> groups(String code) {
    var postsynapse = new Postsynapse(new PostsynapticModel("Mine", code), Bindings.NONE);
    return List.of(group("a", postsynapse, 6), group("b", postsynapse, 6));
  }

  private static SynapseGroup group(String source, Postsynapse postsynapse, int slots) {
    var weights =
        Bindings.NONE
            .initialValue("g", InitialValue.of(new float[] {1, 2, 4, 8, 16, 32}))
            .initialValue("d", InitialValue.of(new float[] {0, 1, 2, 3, 4, 5}));
    return new SynapseGroup(
            source + "_out",
            new Connectivity.Dense(),
            source,
            "out",
            new WeightUpdate(WeightUpdateModels.STATIC_PULSE_DENDRITIC_DELAY, weights),
            postsynapse)
        .maxDendriticDelay(slots);
  }

  private static ModelSpec model(List<SynapseGroup> groups) {
    var spec =
        new ModelSpec("m", 1, 2, 7).neuronGroup(new NeuronGroup("out", 3, SINK, Bindings.NONE));
    for (String source : List.of("a", "b")) {
      spec =
          spec.neuronGroup(
                  new NeuronGroup(
                      source,
                      2,
                      COUNTER,
                      Bindings.NONE.initialValue("left", InitialValue.of(new float[] {1, 3}))))
              .currentSource(
                  new CurrentSource(
                      source + "_dc",
                      source,
                      CurrentSourceModels.DC,
                      Bindings.NONE.parameter("amp", source.equals("a") ? 0.5 : 1)));
    }
    for (SynapseGroup group : groups) {
      spec = spec.synapseGroup(group);
    }
    return spec;
  }

  private static double[] run(List<SynapseGroup> groups, boolean fuses) {
    return run(model(groups), fuses);
  }

  /// `x` of the targets after each step; updates run in the middle.
  private static double[] run(ModelSpec spec, boolean fuses) {
    try (var simulation = Simulation.open(spec, Models.settings().fusesPostsynapticModels(fuses))) {
      var all = new java.util.ArrayList<Double>();
      for (int step = 0; step < 25; step++) {
        if (step == 14 && !spec.customUpdates().isEmpty()) {
          simulation.customUpdate("update");
        }
        simulation.stepTime();
        for (double x : simulation.variable(VariableReference.neuron("out", "x")).toDoubles()) {
          all.add(x);
        }
      }
      return all.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  private static long bytes(List<SynapseGroup> groups) {
    return bytes(groups, true);
  }

  private static long bytes(List<SynapseGroup> groups, boolean fuses) {
    try (var simulation =
        Simulation.open(model(groups), Models.settings().fusesPostsynapticModels(fuses))) {
      return simulation.memoryBytes();
    }
  }

  @Test
  void sharedInputIsTheSumOfSeparateInputs() {
    var groups = List.of(group("a", 5, 6), group("b", 5, 6));
    double[] fused = run(groups, true);
    assertArrayEquals(run(groups, false), fused, 1e-3); // sums of up to 100 in another order
    assertEquals(0, fused[0]);
    assertTrue(java.util.Arrays.stream(fused).max().orElseThrow() > 10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "injectCurrent(inSyn * inSyn); inSyn = 0.0;",
        "injectCurrent(1.0); inSyn = 0.0;",
        "injectCurrent(inSyn + 1.0); inSyn = 0.0;",
        "injectCurrent(exp(0.1 * inSyn)); inSyn *= 0.5;",
        "injectCurrent(2.0 / (1.0 + inSyn)); inSyn = 0.0;",
        "injectCurrent((int) (0.3 * inSyn)); inSyn = 0.0;",
        "if (inSyn > 3.0) { injectCurrent(inSyn); } inSyn = 0.0;",
        "injectCurrent(inSyn); inSyn -= 0.5;",
        "scalar y = inSyn; y *= y; injectCurrent(y); inSyn = 0.0;",
      })
  void inputsOfCodeThatIsNotLinearStayApart(String code) {
    assertArrayEquals(run(groups(code), false), run(groups(code), true));
    assertEquals(bytes(groups(code), false), bytes(groups(code), true));
  }

  @Test
  void inputsWithVariablesArraysOrDynamicParametersOfTheirOwnStayApart() {
    String code = "injectCurrent(k * inSyn); inSyn = 0.0;";
    var plain = new PostsynapticModel("Mine", code);
    for (var postsynapse :
        List.of(
            new Postsynapse(plain.variable("k"), Bindings.NONE.initialValue("k", 2)),
            new Postsynapse(plain.parameter("k"), Bindings.NONE.dynamicParameter("k", 2)),
            new Postsynapse(
                new PostsynapticModel("Mine", "injectCurrent(k[id] * inSyn); inSyn = 0.0;")
                    .extraGlobalParameter("k", "scalar"),
                Bindings.NONE.extraGlobalParameter("k", new float[] {2, 2, 2})))) {
      var groups = List.of(group("a", postsynapse, 6), group("b", postsynapse, 6));
      assertArrayEquals(run(groups, false), run(groups, true));
      assertEquals(bytes(groups, false), bytes(groups, true));
    }
    var constant = new Postsynapse(plain.parameter("k"), Bindings.NONE.parameter("k", 2));
    var groups = List.of(group("a", constant, 6), group("b", constant, 6));
    assertTrue(bytes(groups, true) < bytes(groups, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "injectCurrent(inSyn); inSyn = 0.0;",
        "injectCurrent(inSyn); inSyn = 0;",
        "const scalar y = 0.5 * inSyn; injectCurrent(y - 0.1 * inSyn); inSyn *= exp(-dt / 3.0);",
        "{ injectCurrent(-inSyn / 2.0); inSyn = 0.5 * inSyn; }",
      })
  void inputsOfLinearCodeAreSummed(String code) {
    assertArrayEquals(run(groups(code), false), run(groups(code), true), 1e-3); // another order
    assertTrue(bytes(groups(code), true) < bytes(groups(code), false));
  }

  private static PostsynapticModel model(String code, String variable) {
    return new PostsynapticModel("Mine", code).variable(variable);
  }

  private static List<SynapseGroup> groups(Postsynapse postsynapse) {
    return List.of(group("a", postsynapse, 6), group("b", postsynapse, 6));
  }

  /// An alpha function: the input decays, and so does what has followed from it.
  private static final String ALPHA =
      "x = 0.8 * x + dt * inSyn; injectCurrent(0.5 * x); inSyn *= 0.8;";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ALPHA + "|0",
        "x *= 0.8; x += dt * inSyn; injectCurrent(x); inSyn -= 0.1 * x;|0",
        "const scalar y = 0.5 * inSyn; x = y; injectCurrent(x); inSyn = 0.0; x = 0.0;|0",
        "x += dt; injectCurrent(x * inSyn); inSyn *= exp(-x);|0.25",
        "x = fmin(x + 0.5, 3.0); injectCurrent(inSyn / x); inSyn = 0.0;|1.5",
      })
  void variablesOfLinearCodeAreSummedOrTheSame(String code, double start) {
    var groups = groups(new Postsynapse(model(code, "x"), Bindings.NONE.initialValue("x", start)));
    double[] fused = run(groups, true);
    assertArrayEquals(run(groups, false), fused, 1e-3); // another order
    assertTrue(java.util.Arrays.stream(fused).max().orElseThrow() > 1);
    assertTrue(bytes(groups, true) < bytes(groups, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ALPHA + "|1",
        "x = inSyn * inSyn; injectCurrent(x); inSyn = 0.0;|0",
        "x = inSyn; injectCurrent(x * inSyn); inSyn = 0.0;|0",
        "x += inSyn + 1.0; injectCurrent(x); inSyn = 0.0;|0",
        "x += 1.0; injectCurrent(inSyn + x); inSyn = 0.0;|0",
        "x = gennrand_uniform(); injectCurrent(x * inSyn); inSyn = 0.0;|0",
        "injectCurrent(x * inSyn); inSyn = 0.0;|2", // the host may set what code only reads
      })
  void variablesThatAreNotLinearOrStartWithSomethingStayApart(String code, double start) {
    var groups = groups(new Postsynapse(model(code, "x"), Bindings.NONE.initialValue("x", start)));
    assertArrayEquals(run(groups, false), run(groups, true));
    assertEquals(bytes(groups, false), bytes(groups, true));
  }

  @Test
  void variablesOfWholeNumbersAndOnesThatAreDrawnStayApart() {
    var whole =
        new PostsynapticModel("Mine", "n = inSyn; injectCurrent(inSyn); inSyn = 0.0;")
            .declarations(
                Declarations.NONE.variable(new Variable("n", "int", VarAccess.READ_WRITE)));
    var drawn = Bindings.NONE.initialValue("x", new InitialValue.Uniform(0, 1));
    for (var postsynapse :
        List.of(
            new Postsynapse(whole, Bindings.NONE),
            new Postsynapse(
                model("x += dt; injectCurrent(x * inSyn); inSyn = 0.0;", "x"), drawn))) {
      var groups = groups(postsynapse);
      assertArrayEquals(run(groups, false), run(groups, true));
      assertEquals(bytes(groups, false), bytes(groups, true));
    }
  }

  private static LoweredModel lowered(ModelSpec spec) {
    return Lowering.lower(spec, new LoweringSettings());
  }

  private static int array(LoweredModel model, VariableReference variable) {
    return model.variables().get(variable).array();
  }

  private static boolean areFused(ModelSpec spec) {
    LoweredModel model = lowered(spec);
    return array(model, VariableReference.synapticInput("a_out"))
        == array(model, VariableReference.synapticInput("b_out"));
  }

  @Test
  void variablesThatUpdatesOrSynapsesReferToStayApart() {
    var alpha = new Postsynapse(model(ALPHA, "x"), Bindings.NONE);
    ModelSpec spec = model(groups(alpha));
    assertTrue(areFused(spec));
    LoweredModel fused = lowered(spec);
    assertEquals(
        array(fused, VariableReference.postsynaptic("a_out", "x")),
        array(fused, VariableReference.postsynaptic("b_out", "x")));
    var look =
        new CustomUpdateModel("Look", "seen = x;")
            .variable(new CustomUpdateVariable("seen", CustomUpdateVarAccess.READ_WRITE))
            .reference("x", VarAccessMode.READ_ONLY);
    assertFalse(
        areFused(
            spec.customUpdate(
                new CustomUpdate("look", "look", look, Bindings.NONE)
                    .reference("x", VariableReference.postsynaptic("b_out", "x")))));
    SynapseGroup reading = group("b", alpha, 6);
    var weights =
        WeightUpdateModels.STATIC_PULSE_DENDRITIC_DELAY
            .postsynapticVariable("x")
            .preSpikeSynCode("addToPostDelay(g * x, d);");
    assertFalse(
        areFused(
            model(
                List.of(
                    group("a", alpha, 6),
                    new SynapseGroup(
                            reading.name(),
                            reading.connectivity(),
                            reading.source(),
                            reading.target(),
                            new WeightUpdate(weights, reading.weightUpdate().bindings()),
                            alpha)
                        .maxDendriticDelay(6)))));
  }

  /// Adds updates that run this code on the input of each of the groups.
  private static ModelSpec updated(ModelSpec spec, String code, String... groups) {
    var model =
        new CustomUpdateModel("Update", code)
            .parameter("zero")
            .variable(new CustomUpdateVariable("seen", CustomUpdateVarAccess.READ_WRITE))
            .reference("r", VarAccessMode.READ_WRITE);
    ModelSpec extended = spec;
    for (String group : groups) {
      extended =
          extended.customUpdate(
              new CustomUpdate(
                      "update" + extended.customUpdates().size(),
                      "update",
                      model,
                      Bindings.NONE.parameter("zero", 0))
                  .reference("r", VariableReference.synapticInput(group)));
    }
    return extended;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "r = 0.0;|a_out b_out|true",
        "r = zero; seen += 1.0;|a_out b_out|true",
        "r = 0.0;|b_out|false",
        "r = 0.0;|a_out|false",
        "r = 1.0;|a_out b_out|false",
        "r *= 0.5;|a_out b_out|false",
        "seen = r;|b_out|false",
        "seen = r; r = 0.0;|a_out b_out|false",
        "if (t > 12.0) { r = 0.0; }|a_out b_out|false",
      })
  void inputsThatUpdatesTreatAlikeAreSummed(String code, String groups, boolean areFused) {
    var alpha = new Postsynapse(model(ALPHA, "x"), Bindings.NONE);
    ModelSpec spec = updated(model(groups(alpha)), code, groups.split(" "));
    assertEquals(areFused, areFused(spec));
    double[] separate = run(spec, false);
    assertArrayEquals(separate, run(spec, true), areFused ? 1e-3 : 0);
    assertTrue(separate[3 * 2 * 20] > 1, "there is input after the update too");
  }

  @Test
  void variablesThatUpdatesSetBackAreSummed() {
    var set = new CustomUpdateModel("Set", "x = 0.0;").reference("x", VarAccessMode.READ_WRITE);
    ModelSpec spec = model(groups(new Postsynapse(model(ALPHA, "x"), Bindings.NONE)));
    for (String group : List.of("a_out", "b_out")) {
      spec =
          spec.customUpdate(
              new CustomUpdate("set_" + group, "update", set, Bindings.NONE)
                  .reference("x", VariableReference.postsynaptic(group, "x")));
    }
    assertTrue(areFused(spec));
    assertArrayEquals(run(spec, false), run(spec, true), 1e-3); // another order
  }

  @Test
  void groupsWithOtherTargetsStartsOrArraysAreNotOfTheSameSet() {
    var alpha = model(ALPHA, "x").parameter("p");
    var one = Bindings.NONE.parameter("p", 1);
    var table = alpha.extraGlobalParameter("e", "scalar");
    var groups =
        List.of(
            group("a", new Postsynapse(alpha, one), 6),
            group("b", new Postsynapse(alpha, one), 6),
            renamed(group("a", new Postsynapse(alpha, one.parameter("p", 2)), 6), "parameter"),
            renamed(group("a", new Postsynapse(alpha, one.initialValue("x", 2)), 6), "start"),
            renamed(
                group("a", new Postsynapse(table, one.extraGlobalParameter("e", new float[1])), 6),
                "array"),
            renamed(group("a", new Postsynapse(alpha, one), 6), "target")
                .postTargetVariable("Iother"),
            renamed(group("a", new Postsynapse(alpha, one), 7), "delay"));
    ModelSpec spec = new ModelSpec("m", 1, 2, 7);
    var sink = SINK.additionalInput("Iother", 0).simCode("x = Isyn + Iother;");
    spec = spec.neuronGroup(new NeuronGroup("out", 3, sink, Bindings.NONE));
    for (String source : List.of("a", "b")) {
      spec = spec.neuronGroup(new NeuronGroup(source, 2, COUNTER, Bindings.NONE));
    }
    for (SynapseGroup group : groups) {
      spec = spec.synapseGroup(group);
    }
    assertTrue(areFused(spec));
    LoweredModel model = lowered(spec);
    assertEquals(
        groups.size() - 1,
        groups.stream()
            .map(group -> array(model, VariableReference.synapticInput(group.name())))
            .distinct()
            .count());
  }

  private static SynapseGroup renamed(SynapseGroup group, String name) {
    return new SynapseGroup(
        name,
        group.connectivity(),
        group.source(),
        group.target(),
        group.weightUpdate(),
        group.postsynapse(),
        group.postTargetVariable(),
        group.preTargetVariable(),
        group.delays());
  }

  @Test
  void whatIsDrawnDoesNotDependOnWhatIsFused() {
    var alpha = new Postsynapse(model(ALPHA, "x"), Bindings.NONE);
    var groups = new java.util.ArrayList<>(groups(alpha));
    groups.add(
        new SynapseGroup(
            "drawn",
            new Connectivity.Dense(),
            "a",
            "out",
            new WeightUpdate(
                WeightUpdateModels.STATIC_PULSE,
                Bindings.NONE.initialValue("g", new InitialValue.Uniform(0, 1))),
            new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE)));
    assertArrayEquals(drawn(groups, false), drawn(groups, true));
  }

  private static double[] drawn(List<SynapseGroup> groups, boolean fuses) {
    try (var simulation =
        Simulation.open(model(groups), Models.settings().fusesPostsynapticModels(fuses))) {
      return simulation.variable(VariableReference.synapse("drawn", "g")).toDoubles();
    }
  }

  /// Two groups on one ring need a ring less than two on rings of their own.
  @Test
  void equalGroupsShareOneRing() {
    long ring = 4 * 2 * 3 * 6;
    long shared = bytes(List.of(group("a", 5, 6), group("b", 5, 6)));
    assertTrue(bytes(List.of(group("a", 5, 6), group("b", 4, 6))) >= shared + ring);
    assertTrue(bytes(List.of(group("a", 5, 6), group("b", 5, 7))) >= shared + ring);
  }

  @Test
  void sharedInputIsOneVariable() {
    try (var simulation =
        Simulation.open(model(List.of(group("a", 5, 6), group("b", 5, 6))), Models.settings())) {
      var inputs = Pattern.compile("(?m)^ .*input.*float").matcher(simulation.describe());
      assertTrue(inputs.find(), simulation.describe());
      var first = simulation.variable(VariableReference.synapticInput("a_out"));
      var second = simulation.variable(VariableReference.synapticInput("b_out"));
      for (int step = 0; step < 12; step++) {
        simulation.stepTime();
      }
      assertArrayEquals(first.toDoubles(), second.toDoubles());
      assertTrue(first.toDoubles()[0] > 0);
    }
  }
}
