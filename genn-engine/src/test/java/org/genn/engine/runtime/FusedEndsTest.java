package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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
import org.genn.engine.model.ExtraGlobalParameter;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.CurrentSourceModels;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Two groups of plastic synapses between the same neurons keep one set of traces where their
/// traces are the same, and nothing else changes by that.
@Feature("M05")
class FusedEndsTest {
  private static final int STEPS = 60;

  private static final NeuronModel COUNTER =
      new NeuronModel("Counter")
          .variable("left")
          .simCode("left -= Isyn;")
          .thresholdCondition("left <= 0.0")
          .resetCode("left += 2.5;");

  /// Trace rule: `x` of the sources and `y` of the targets decay and are raised by spikes.
  private static final WeightUpdateModel TRACES =
      new WeightUpdateModel("Traces")
          .parameter("tauPre")
          .parameter("tauPost")
          .parameter("rate")
          .derivedParameter("decayPre", (p, dt) -> Math.exp(-dt / p.get("tauPre")))
          .derivedParameter("decayPost", (p, dt) -> Math.exp(-dt / p.get("tauPost")))
          .variable("g", VarAccess.READ_WRITE)
          .preNeuronVariable("left")
          .pre(
              NeuronEnd.NONE
                  .variable(new Variable("x"))
                  .spikeCode("x += 1.0 + 0.125 * left;")
                  .dynamicsCode("x *= decayPre;"))
          .post(
              NeuronEnd.NONE
                  .variable(new Variable("y"))
                  .spikeCode("y += 1.0;")
                  .dynamicsCode("y *= decayPost;"))
          .preSpikeSynCode("addToPost(g); g -= rate * y;")
          .postSpikeSynCode("g += rate * x;");

  private static final Bindings VALUES =
      Bindings.NONE
          .parameter("tauPre", 20)
          .parameter("tauPost", 30)
          .parameter("rate", 0.01)
          .initialValue("g", InitialValue.of(new float[] {0.1f, 0.2f, 0.4f, 0.8f, 1.6f, 0.3f}))
          .initialValue("x", 0.5)
          .initialValue("y", InitialValue.of(new float[] {0, 1, 2}));

  private static SynapseGroup group(String name, WeightUpdateModel model, Bindings values) {
    return new SynapseGroup(
        name,
        new Connectivity.Dense(),
        "a",
        "out",
        new WeightUpdate(model, values),
        new Postsynapse(Models.DELTA, Bindings.NONE));
  }

  private static ModelSpec model(SynapseGroup first, SynapseGroup second) {
    var starts = Bindings.NONE.initialValue("left", InitialValue.of(new float[] {1, 3}));
    return new ModelSpec("m", 1, 2, 7)
        .neuronGroup(new NeuronGroup("a", 2, COUNTER, starts))
        .neuronGroup(
            new NeuronGroup("out", 3, COUNTER, Bindings.NONE.initialValue("left", drawn())))
        .currentSource(
            new CurrentSource(
                "dc", "a", CurrentSourceModels.DC, Bindings.NONE.parameter("amp", 0.5)))
        .synapseGroup(first)
        .synapseGroup(second)
        // drawn from a stream that must not depend on what is fused
        .neuronGroup(
            new NeuronGroup("bystanders", 4, COUNTER, Bindings.NONE.initialValue("left", drawn())));
  }

  private static InitialValue drawn() {
    return VariableInits.uniform(1, 4);
  }

  private static ModelSpec with(UnaryOperator<Bindings> change) {
    return model(group("first", TRACES, VALUES), group("second", TRACES, change.apply(VALUES)));
  }

  private static ModelSpec both(WeightUpdateModel model, Bindings values) {
    return model(group("first", model, values), group("second", model, values));
  }

  private static ModelSpec updated(VarAccessMode mode) {
    String code = mode == VarAccessMode.READ_ONLY ? "seen = x;" : "x = 0.0;";
    var update =
        new CustomUpdateModel("Use", code)
            .reference("x", mode)
            .variable(new CustomUpdateVariable("seen", CustomUpdateVarAccess.READ_WRITE));
    return with(v -> v)
        .customUpdate(
            new CustomUpdate("use", "use", update, Bindings.NONE)
                .reference("x", VariableReference.weightUpdatePre("second", "x")));
  }

  private static NeuronEnd pre(String spikeCode) {
    return TRACES.pre().spikeCode(spikeCode);
  }

  /// Models, whether both groups have one `x`, and whether both have one `y`.
  static Stream<Arguments> models() {
    var tables =
        TRACES
            .declarations(
                TRACES.declarations().extraGlobalParameter(new ExtraGlobalParameter("e", "scalar")))
            .pre(pre("x += e[0];"));
    var renamed =
        new WeightUpdateModel("OtherRule")
            .declarations(TRACES.declarations())
            .preNeuronVariable("left")
            .pre(TRACES.pre())
            .post(TRACES.post())
            .preSpikeSynCode("addToPost(g * x);");
    var subscripted =
        TRACES
            .declarations(
                TRACES.declarations().variable(new Variable("d", "uint8_t", VarAccess.READ_ONLY)))
            .preSpikeSynCode("addToPost(g); g -= rate * y[d];");
    return Stream.of(
        arguments("equal", with(v -> v), true, true),
        arguments("constant of pre code", with(v -> v.parameter("tauPre", 21)), false, true),
        arguments("constant of post code", with(v -> v.parameter("tauPost", 31)), true, false),
        arguments("constant of synapse code", with(v -> v.parameter("rate", 0.02)), true, true),
        arguments("pre start", with(v -> v.initialValue("x", 0.25)), false, true),
        arguments("post start", with(v -> v.initialValue("y", 1)), true, false),
        arguments(
            "axonal delay",
            model(group("first", TRACES, VALUES), group("second", TRACES, VALUES).axonalDelay(2)),
            false,
            true),
        arguments(
            "back-propagation delay",
            model(
                group("first", TRACES, VALUES),
                group("second", TRACES, VALUES).backPropagationDelay(2)),
            true,
            false),
        arguments(
            "equal delays",
            model(
                group("first", TRACES, VALUES).axonalDelay(2).backPropagationDelay(3),
                group("second", TRACES, VALUES).axonalDelay(2).backPropagationDelay(3)),
            true,
            true),
        arguments(
            "subscript",
            model(
                group("first", subscripted, VALUES.initialValue("d", 1)).maxDendriticDelay(3),
                group("second", subscripted, VALUES.initialValue("d", 2)).maxDendriticDelay(3)),
            true,
            false),
        arguments(
            "other rule, same traces",
            model(group("first", TRACES, VALUES), group("second", renamed, VALUES)),
            true,
            true),
        arguments(
            "other code",
            model(
                group("first", TRACES, VALUES),
                group("second", TRACES.pre(pre("x += 2.0;")), VALUES)),
            false,
            true),
        arguments("drawn start", both(TRACES, VALUES.initialValue("x", drawn())), false, true),
        arguments(
            "random numbers",
            both(TRACES.pre(pre("x += gennrand_uniform();")), VALUES),
            false,
            true),
        arguments(
            "dynamic constant of synapse code",
            both(TRACES, VALUES.dynamicParameter("rate", 0.01)),
            true,
            true),
        arguments(
            "dynamic constant of pre code",
            both(TRACES.pre(pre("x += rate;")), VALUES.dynamicParameter("rate", 0.01)),
            false,
            true),
        arguments(
            "dynamic constant of post dynamics",
            both(
                TRACES.post(TRACES.post().dynamicsCode("y *= 1.0 - rate;")),
                VALUES.dynamicParameter("rate", 0.01)),
            true,
            false),
        arguments(
            "table", both(tables, VALUES.extraGlobalParameter("e", new float[] {3})), false, true),
        arguments("update that reads", updated(VarAccessMode.READ_ONLY), true, true),
        arguments("update that writes", updated(VarAccessMode.READ_WRITE), false, true));
  }

  private static LoweredModel lowered(ModelSpec spec, boolean fuses) {
    return Lowering.lower(spec, new LoweringSettings().fusesPrePostWeightUpdateModels(fuses));
  }

  private static boolean isOne(LoweredModel model, VariableReference a, VariableReference b) {
    return model.variables().get(a).array() == model.variables().get(b).array();
  }

  private static VariableReference x(String group) {
    return VariableReference.weightUpdatePre(group, "x");
  }

  private static VariableReference y(String group) {
    return VariableReference.weightUpdatePost(group, "y");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void fusesWhatIsTheSame(String name, ModelSpec spec, boolean pre, boolean post) {
    LoweredModel fused = lowered(spec, true);
    assertEquals(pre, isOne(fused, x("first"), x("second")), "pre");
    assertEquals(post, isOne(fused, y("first"), y("second")), "post");
    LoweredModel separate = lowered(spec, false);
    assertFalse(isOne(separate, x("first"), x("second")));
    assertFalse(isOne(separate, y("first"), y("second")));
    assertTrue(fused.program().arrays().size() < separate.program().arrays().size());
  }

  private static List<double[]> run(ModelSpec spec, boolean fuses) {
    var values = new ArrayList<double[]>();
    var settings = Models.settings().threads(1).fusesPrePostWeightUpdateModels(fuses);
    try (var simulation = Simulation.open(spec, settings)) {
      for (int step = 0; step < STEPS; step++) {
        simulation.stepTime();
        if (step % 20 == 10 && !spec.customUpdates().isEmpty()) {
          simulation.customUpdate("use");
        }
        values.add(simulation.variable(VariableReference.neuron("bystanders", "left")).toDoubles());
        for (String group : List.of("first", "second")) {
          values.add(simulation.variable(x(group)).toDoubles());
          values.add(simulation.variable(y(group)).toDoubles());
          values.add(simulation.variable(VariableReference.synapse(group, "g")).toDoubles());
        }
      }
    }
    return values;
  }

  /// Some of them, as each is built twice.
  static Stream<Arguments> runModels() {
    var names =
        List.of(
            "equal",
            "equal delays",
            "constant of pre code",
            "subscript",
            "other rule, same traces",
            "update that reads");
    return models().filter(model -> names.contains(model.get()[0]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runModels")
  void resultsAreTheSameBits(String name, ModelSpec spec, boolean pre, boolean post) {
    List<double[]> fused = run(spec, true);
    List<double[]> separate = run(spec, false);
    for (int i = 0; i < fused.size(); i++) {
      assertArrayEquals(separate.get(i), fused.get(i), "item " + i);
    }
    double[] x = fused.get(fused.size() - 6);
    double[] y = fused.get(fused.size() - 5);
    assertTrue(x[0] > 0.6 && y[0] > 0.1, "both ends must have spiked");
  }

  /// Earlier values are one ring, which both groups read.
  @Test
  void viewsOfDelayedTracesAreThoseOfBothGroups() {
    ModelSpec spec =
        model(
            group("first", TRACES, VALUES).axonalDelay(2),
            group("second", TRACES, VALUES).axonalDelay(2));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      var before = new ArrayList<Double>();
      for (int step = 0; step < 8; step++) {
        before.add(simulation.variable(x("second")).getDouble(1, 1));
        simulation.stepTime();
      }
      for (String group : List.of("first", "second")) {
        DelayView delays = simulation.variable(x(group)).delays();
        assertEquals(3, delays.slots());
        assertEquals(before.get(7), delays.get(1, 1, 1), group);
        assertEquals(before.get(6), delays.get(1, 2, 1), group);
      }
    }
  }

  @Test
  void fusedTraceIsOneVariableForTheHost() {
    try (var simulation = Simulation.open(with(v -> v), Models.settings())) {
      simulation.variable(x("second")).fill(7);
      assertArrayEquals(new double[] {7, 7, 7, 7}, simulation.variable(x("first")).toDoubles());
    }
  }

  @Test
  void modelsAreAskedToFuse() {
    try (var model = new GeNNModel()) {
      assertFalse(model.fusePrePostWeightUpdateModels());
      model.setFusePrePostWeightUpdateModels(true);
      assertTrue(model.fusePrePostWeightUpdateModels());
      model.setPreferences(Models.settings());
      model.build();
      var error =
          assertThrows(
              IllegalStateException.class, () -> model.setFusePrePostWeightUpdateModels(false));
      assertEquals(
          "model 'GeNNModel' is already built; it can no longer change how it is fused",
          error.getMessage());
    }
  }
}
