package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `x[d]` is the value of `x` as it was `d` steps before, for each synapse its own `d`.
///
/// All neurons spike in every step. `V` of target `i` is `s * (i + 1) + 100 * batch` after `s`
/// steps, its trace 2 `V`, and the variable of its postsynaptic model 3 `V`.
class SubscriptDelayTest {
  private static final int SOURCES = 3;
  private static final int TARGETS = 17;
  private static final int MAXIMUM = 5;
  private static final int STEPS = 14;

  private static final NeuronModel RAMP =
      new NeuronModel("Ramp")
          .variable("V")
          .simCode("V = ((t + 1.0) * (scalar)(id + 1)) + (100.0 * (scalar)batch);")
          .thresholdCondition("true");

  private static final PostsynapticModel STATEFUL =
      new PostsynapticModel(
              "Stateful", "S = 3.0 * (((t + 1.0) * (scalar)(id + 1)) + (100.0 * batch));")
          .variable(new Variable("S", "scalar", VarAccess.READ_WRITE));

  private static final NeuronEnd TRACE =
      NeuronEnd.NONE
          .variable(new Variable("tr", "scalar", VarAccess.READ_WRITE))
          .dynamicsCode("tr = 2.0 * V;");

  private static WeightUpdateModel model() {
    var model = new WeightUpdateModel("Subscripts").post(TRACE).postNeuronVariable("V");
    for (String variable : new String[] {"a", "b", "c", "e", "f"}) {
      model = model.variable(variable, VarAccess.READ_WRITE);
    }
    return model
        .declarations(
            model.declarations().variable(new Variable("d", "uint8_t", VarAccess.READ_ONLY)))
        .postsynapticVariable("S")
        .preSpikeSynCode("a = V[d]; b = tr[d]; c = S[d] + S[d] + V[0];")
        .postSpikeSynCode("e = V[d];")
        .synapseDynamicsCode("f = V[(int)d - 0];");
  }

  private static SynapseGroup group(Connectivity connectivity, WeightUpdateModel model) {
    // The longest are cut. By code, since given ones must fit.
    var delays =
        new VariableInit(
            "Delays", "value = (id_pre * num_post + id_post) %% %d;".formatted(MAXIMUM + 2));
    return new SynapseGroup(
        "s",
        connectivity,
        "pre",
        "post",
        new WeightUpdate(
            model,
            Bindings.NONE.initialValue("d", new InitialValue.Snippet(delays, Bindings.NONE))),
        new Postsynapse(STATEFUL, Bindings.NONE));
  }

  private static ModelSpec spec(int batch, SynapseGroup group) {
    return new ModelSpec("subscripts", 1.0, batch, 1)
        .neuronGroup(new NeuronGroup("pre", SOURCES, RAMP, Bindings.NONE))
        .neuronGroup(new NeuronGroup("post", TARGETS, RAMP, Bindings.NONE))
        .synapseGroup(group);
  }

  private static Connectivity all(boolean isSparse) {
    if (!isSparse) {
      return new Connectivity.Dense();
    }
    int[] sources = new int[SOURCES * TARGETS];
    int[] targets = new int[SOURCES * TARGETS];
    for (int k = 0; k < sources.length; k++) {
      sources[k] = k / TARGETS;
      targets[k] = k % TARGETS;
    }
    return Connectivity.Sparse.of(sources, targets);
  }

  /// `V` as it is after `steps` steps.
  private static double after(int steps, int target, int example) {
    return steps <= 0 ? 0 : steps * (target + 1) + 100.0 * example;
  }

  private static void check(Simulation simulation) {
    check(simulation, "a", 1, 0);
    check(simulation, "b", 2, 0);
    check(simulation, "e", 1, 0);
    check(simulation, "f", 1, 0);
    VariableView view = simulation.variable(VariableReference.synapse("s", "c"));
    int step = (int) simulation.timestep() - 1;
    for (int example = 0; example < simulation.batchSize(); example++) {
      for (int k = 0; k < SOURCES * TARGETS; k++) {
        double expected =
            6 * after(step - delay(k), k % TARGETS, example) + after(step, k % TARGETS, example);
        assertEquals(isEarly(step, 0) ? 0 : expected, view.getDouble(example, k), "c of " + k);
      }
    }
  }

  private static int delay(int synapse) {
    return Math.min(synapse % (MAXIMUM + 2), MAXIMUM - 1);
  }

  /// No spike of the step before has arrived yet.
  private static boolean isEarly(int step, int back) {
    return step < 1 + back;
  }

  private static void check(Simulation simulation, String variable, double factor, int back) {
    VariableView view = simulation.variable(VariableReference.synapse("s", variable));
    int step = (int) simulation.timestep() - 1;
    for (int example = 0; example < simulation.batchSize(); example++) {
      for (int k = 0; k < SOURCES * TARGETS; k++) {
        double expected = factor * after(step - delay(k), k % TARGETS, example);
        assertEquals(
            isEarly(step, back) && !variable.equals("f") ? 0 : expected,
            view.getDouble(example, k),
            "%s of synapse %d in step %d".formatted(variable, k, step));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Feature({"L24", "S24"})
  void everyKindOfCodeReadsEarlierValues(boolean isSparse) {
    for (int batch : new int[] {1, 3}) {
      var group = group(all(isSparse), model()).maxDendriticDelay(MAXIMUM);
      try (var simulation = Simulation.open(spec(batch, group), Models.settings())) {
        for (int step = 0; step < STEPS; step++) {
          simulation.stepTime();
          check(simulation);
        }
      }
    }
  }

  @Test
  @Feature({"L24", "S24", "S22"})
  void subscriptsStandInPlaceOfTheBackPropagationDelay() {
    var withBoth =
        model()
            .postSpikeSynCode("e = V[d];")
            .preSpikeSynCode("a = V[d]; b = tr;")
            .synapseDynamicsCode("");
    var group = group(all(false), withBoth).maxDendriticDelay(MAXIMUM).backPropagationDelay(2);
    try (var simulation = Simulation.open(spec(2, group), Models.settings())) {
      for (int step = 0; step < STEPS; step++) {
        simulation.stepTime();
        check(simulation, "a", 1, 0);
        check(simulation, "e", 1, 2);
        VariableView trace = simulation.variable(VariableReference.synapse("s", "b"));
        for (int k = 0; k < SOURCES * TARGETS; k++) {
          double expected = step < 1 ? 0 : 2 * after(step - 2, k % TARGETS, 1);
          assertEquals(expected, trace.getDouble(1, k), "b of " + k);
        }
      }
    }
  }

  @Test
  @Feature({"N09", "R07"})
  void allDelaySlotsAreReadAndSet() {
    var group = group(all(false), model()).maxDendriticDelay(MAXIMUM);
    try (var simulation = Simulation.open(spec(2, group), Models.settings())) {
      var reference = VariableReference.neuron("post", "V");
      DelayView slots = simulation.variable(reference).delays();
      assertEquals(1, simulation.variable(VariableReference.neuron("pre", "V")).delays().slots());
      assertArrayEquals(new int[] {2, MAXIMUM, TARGETS}, slots.shape());
      for (int step = 0; step < STEPS; step++) {
        double[] values = slots.toDoubles();
        for (int i = 0; i < values.length; i++) {
          int back = i / TARGETS % MAXIMUM;
          assertEquals(
              after(step - back, i % TARGETS, i / TARGETS / MAXIMUM),
              values[i],
              "slot %d after %d steps".formatted(back, step));
        }
        simulation.stepTime();
      }
      // what is set is what synapses read, slot by slot
      for (int slot = 0; slot < MAXIMUM; slot++) {
        slots.set(1, slot, 3, 1000 + slot);
      }
      simulation.stepTime();
      VariableView a = simulation.variable(VariableReference.synapse("s", "a"));
      for (int source = 0; source < SOURCES; source++) {
        int k = source * TARGETS + 3;
        assertEquals(1000 + delay(k), a.getDouble(1, k));
      }
      slots.set(new double[TARGETS]);
      assertArrayEquals(new double[2 * MAXIMUM * TARGETS], slots.toDoubles());
      var wrong = assertThrows(IllegalArgumentException.class, () -> slots.set(new double[3]));
      assertEquals(
          "variable 'V' of neuron group 'post': got 3 values, expected 170, or 34 for each of 5"
              + " slots",
          wrong.getMessage());
      assertThrows(IndexOutOfBoundsException.class, () -> slots.get(0, MAXIMUM, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> slots.get(2, 1, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> slots.set(0, 1, TARGETS, 0));
    }
  }

  @Test
  @Feature({"N09", "R07"})
  void earlierValuesAreSetBeforeTheFirstStep() {
    var group = group(all(false), model()).maxDendriticDelay(MAXIMUM);
    try (var simulation = Simulation.open(spec(1, group), Models.settings())) {
      DelayView slots = simulation.variable(VariableReference.neuron("post", "V")).delays();
      slots.set(0, 2, 4, 77);
      assertEquals(0, slots.get(0, 1, 4));
      assertEquals(77, slots.get(0, 2, 4));
      simulation.stepTime();
      assertEquals(77, slots.get(0, 3, 4));
      VariableView f = simulation.variable(VariableReference.synapse("s", "f"));
      for (int source = 0; source < SOURCES; source++) {
        int k = source * TARGETS + 4;
        assertEquals(delay(k) == 2 ? 77 : 0, f.getDouble(0, k));
      }
    }
  }

  @Test
  @Feature({"N09", "R07", "C15"})
  void theFacadeReadsAndSetsAllSlots() {
    try (var model = new GeNNModel()) {
      model.setDt(1);
      model.setPreferences(Models.settings().threads(1));
      var pre = model.addNeuronPopulation("pre", 1, RAMP, Map.of(), Map.of("V", 0));
      var post = model.addNeuronPopulation("post", 2, RAMP, Map.of(), Map.of("V", 0));
      var copy =
          new WeightUpdateModel("Copy")
              .variable("w", VarAccess.READ_WRITE)
              .postNeuronVariable("V")
              .preSpikeSynCode("w = V[2];");
      var synapses =
          model.addSynapsePopulation(
              "s",
              new Connectivity.Dense(),
              pre,
              post,
              GeNNModel.initWeightUpdate(copy, Map.of(), Map.of("w", 0)),
              GeNNModel.initPostsynaptic("DeltaCurr", Map.of(), Map.of()));
      synapses.setMaxDendriticDelayTimesteps(3);
      model.build();
      model.load();
      ModelVariable v = post.vars().get("V");
      for (int step = 0; step < 5; step++) {
        model.stepTime();
      }
      assertArrayEquals(new float[] {5, 10, 4, 8, 3, 6}, v.values());
      assertArrayEquals(new float[] {5, 10}, v.currentValues());
      v.setCurrentValues(new float[] {50, 51});
      assertArrayEquals(new float[] {50, 51, 4, 8, 3, 6}, v.values());
      v.setValues(new float[] {1, 2, 3, 4, 5, 6});
      model.stepTime();
      assertArrayEquals(new float[] {5, 6}, synapses.vars().get("w").values());
      v.setValues(9);
      assertArrayEquals(new float[] {9, 9, 9, 9, 9, 9}, v.values());
      v.setValues(new float[] {7, 8});
      assertArrayEquals(new float[] {7, 8, 7, 8, 7, 8}, v.values());
    }
  }

  @Test
  @Feature("L24")
  void aSharedVariableHasNoHistory() {
    var constant = new NeuronModel("Constant").thresholdCondition("true");
    var declared =
        constant.declarations(
            constant
                .declarations()
                .variable(new Variable("V", "scalar", VarAccess.READ_ONLY))
                .variable(new Variable("S", "scalar", VarAccess.READ_ONLY_SHARED_NEURON)));
    var model =
        new WeightUpdateModel("Constants")
            .variable("a", VarAccess.READ_WRITE)
            .postNeuronVariable("V")
            .postNeuronVariable("S")
            .preSpikeSynCode("a = V[2] + S[3];");
    var values = InitialValue.of(new float[] {1, 2});
    var spec =
        new ModelSpec("shared", 1.0, 2, 1)
            .neuronGroup(
                new NeuronGroup(
                    "n",
                    2,
                    declared,
                    Bindings.NONE.initialValue("V", values).initialValue("S", InitialValue.of(7))))
            .synapseGroup(
                new SynapseGroup(
                        "s",
                        new Connectivity.Dense(),
                        "n",
                        "n",
                        new WeightUpdate(model, Bindings.NONE),
                        new Postsynapse(Models.DELTA, Bindings.NONE))
                    .maxDendriticDelay(4));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.stepTime();
      simulation.stepTime();
      VariableView a = simulation.variable(VariableReference.synapse("s", "a"));
      for (int example = 0; example < 2; example++) {
        assertEquals(8, a.getDouble(example, 0));
        assertEquals(9, a.getDouble(example, 3));
      }
    }
  }

  @Test
  @Feature("S24")
  void theGroupMustHaveAMaximum() {
    var problem =
        assertThrows(
            IllegalArgumentException.class,
            () -> Simulation.open(spec(1, group(all(false), model())), Models.settings()));
    assertEquals(
        """
        model 'subscripts' has 3 problems:
          - synapse group 's': Subscripts reads 'V' with a delay subscript, but the group has no maximal dendritic delay; set it, with setMaxDendriticDelayTimesteps or SynapseGroup.maxDendriticDelay
          - synapse group 's': Subscripts reads 'tr' with a delay subscript, but the group has no maximal dendritic delay; set it, with setMaxDendriticDelayTimesteps or SynapseGroup.maxDendriticDelay
          - synapse group 's': Subscripts reads 'S' with a delay subscript, but the group has no maximal dendritic delay; set it, with setMaxDendriticDelayTimesteps or SynapseGroup.maxDendriticDelay\
        """,
        problem.getMessage());
  }

  @Test
  @Feature("S24")
  void theBackwardPhaseKnowsNoDelays() {
    var backward =
        new WeightUpdateModel("Backward")
            .variable("a", VarAccess.READ_WRITE)
            .variable("d", VarAccess.READ_ONLY)
            .postNeuronVariable("V")
            .preSpikeSynCode(Phase.BACKWARD, "a = V[1];");
    var problem =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Simulation.open(
                    spec(1, group(all(false), backward).maxDendriticDelay(2)), Models.settings()));
    assertEquals(
        """
        model 'subscripts' has a problem:
          - synapse group 's': Backward reads 'V' with a delay subscript in code for the backward phase, which knows no delays\
        """,
        problem.getMessage());
  }

  @Test
  @Feature({"L24", "L23"})
  void aNameIsUsedEitherAlwaysOrNeverWithASubscript() {
    var mixed =
        new WeightUpdateModel("Mixed")
            .variable("a", VarAccess.READ_WRITE)
            .variable("d", VarAccess.READ_ONLY)
            .postNeuronVariable("V")
            .preSpikeSynCode("a = V[1] - V;");
    var fault =
        assertThrows(
            org.genn.engine.snippet.SnippetException.class,
            () ->
                Simulation.open(
                    spec(1, group(all(false), mixed).maxDendriticDelay(2)), Models.settings()));
    assertEquals(
        """
        presynaptic spike code of weight update model Mixed, line 1: 'V' is used both with and without a delay subscript; use one of them throughout
          a = V[1] - V;
                     ^\
        """,
        fault.getMessage());
  }
}
