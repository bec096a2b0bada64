package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// References of every kind, made by the functions of `GeNNModel`.
///
/// Two neurons `a` spike in every step. Their spikes arrive two steps later in neurons `b`, each
/// multiplied by an array of the synapse and one of the postsynaptic model.
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"jvm", "native"})
final class GeNNModelReferencesTest {
  private static final CustomUpdateModel SET =
      new CustomUpdateModel("Set", "R = value;").parameter("value");

  private static final CustomUpdateModel FILL =
      new CustomUpdateModel("Fill", "e[id] = value;")
          .parameter("value")
          .reference("x", VarAccessMode.READ_ONLY)
          .extraGlobalParameterReference("e", "scalar*");

  @Parameter String backend;

  private GeNNModel model;
  private NeuronPopulation a;
  private NeuronPopulation b;
  private ModelCurrentSource source;
  private ModelCustomUpdate update;
  private SynapsePopulation synapses;

  @BeforeEach
  void describe() {
    Models.assumeAvailable(backend);
    model = new GeNNModel(Precision.FLOAT, "references", backend);
    model.setPreferences(Models.settings().backend(backend).threads(1));
    model.setDt(1);
    model.setBatchSize(2);
    var spikes =
        new NeuronModel("Spikes")
            .variable("x")
            .extraGlobalParameter("e", "scalar*")
            .simCode("x = e[id] + Isyn;")
            .thresholdCondition("true");
    var sum = new NeuronModel("Sum").variable("x").simCode("x = Isyn;");
    var constant =
        new CurrentSourceModel("Constant", "injectCurrent(e[id]);")
            .extraGlobalParameter("e", "scalar*");
    var weights =
        new WeightUpdateModel("Weights")
            .variable("seen", VarAccess.READ_WRITE)
            .extraGlobalParameter("e", "scalar*")
            .pre(NeuronEnd.NONE.variable(new Variable("u")).spikeCode("u += 1.0;"))
            .post(NeuronEnd.NONE.variable(new Variable("v")).dynamicsCode("v += 1.0;"))
            .preSpikeSynCode("addToPostDelay(e[id_post], 2); seen = prev_st_pre;");
    var scaled =
        new PostsynapticModel("Scaled", "injectCurrent(inSyn * e[id]); inSyn = 0.0;")
            .extraGlobalParameter("e", "scalar*");
    a = model.addNeuronPopulation("a", 2, spikes, Map.of(), Map.of("x", 0));
    b = model.addNeuronPopulation("b", 2, sum, Map.of(), Map.of("x", 0));
    source = model.addCurrentSource("source", constant, a, Map.of(), Map.of());
    synapses =
        model.addSynapsePopulation(
            "s",
            "SPARSE",
            "a",
            "b",
            GeNNModel.initWeightUpdate(weights, Map.of(), Map.of("seen", 0, "u", 0, "v", 0)),
            GeNNModel.initPostsynaptic(scaled, Map.of(), Map.of()),
            GeNNModel.initSparseConnectivity("OneToOne"));
    synapses.setMaxDendriticDelayTimesteps(4);
    var read =
        new CustomUpdateModel("Read", "r = e[id];")
            .variable(new CustomUpdateVariable("r", CustomUpdateVarAccess.READ_WRITE))
            .extraGlobalParameter("e", "scalar*")
            .reference("x", VarAccessMode.READ_ONLY);
    update =
        model.addCustomUpdate(
            "read", "Read", read, Map.of(), Map.of("r", 0), Map.of("x", ofB("x")));
    for (ModelArray array :
        new ModelArray[] {
          a.extraGlobalParams().get("e"),
          source.extraGlobalParams().get("e"),
          synapses.extraGlobalParams().get("e"),
          synapses.psmExtraGlobalParams().get("e"),
          update.extraGlobalParams().get("e")
        }) {
      array.setInitValues(new float[] {1, 1});
    }
  }

  @AfterEach
  void close() {
    if (model != null) {
      model.close();
    }
  }

  private VariableReference ofB(String variable) {
    return GeNNModel.createVarRef(b, variable);
  }

  private void set(String group, double value, VariableDeclaration what, VariableReference where) {
    model.addCustomUpdate(
        group, group, SET.reference(what), Map.of("value", value), Map.of(), Map.of("R", where));
  }

  private void fill(String name, double value, VariableReference array) {
    model.addCustomUpdate(
        name,
        "Fill",
        FILL,
        Map.of("value", value),
        Map.of(),
        Map.of("x", ofB("x")),
        Map.of("e", array));
  }

  private void load() {
    model.build();
    model.load();
  }

  private void stepAndExpectInB(float expected) {
    model.stepTime();
    assertArrayEquals(
        new float[] {expected, expected, expected, expected},
        b.vars().get("x").values(),
        "at t = " + model.t());
  }

  @Test
  @Feature("C16")
  void arraysOfEveryKind() {
    fill("ofNeurons", 5, GeNNModel.createEgpRef(a, "e"));
    fill("ofSource", 7, GeNNModel.createEgpRef(source, "e"));
    fill("ofUpdate", 9, GeNNModel.createEgpRef(update, "e"));
    fill("ofSynapses", 3, GeNNModel.createWuEgpRef(synapses, "e"));
    fill("ofPostsynapse", 2, GeNNModel.createPsmEgpRef(synapses, "e"));
    load();
    model.stepTime(3);
    stepAndExpectInB(1);
    assertArrayEquals(new float[] {2, 2, 2, 2}, a.vars().get("x").values());
    model.customUpdate("Fill");
    model.customUpdate("Read");
    assertArrayEquals(new float[] {9, 9, 9, 9}, update.vars().get("r").values());
    // What was on its way by then is multiplied by the postsynaptic array only.
    stepAndExpectInB(2);
    stepAndExpectInB(2);
    stepAndExpectInB(6);
    assertArrayEquals(new float[] {12, 12, 12, 12}, a.vars().get("x").values());
  }

  @Test
  @Feature({"C05", "C14", "C15"})
  void variablesOfEveryKind() {
    var scalar = new VariableDeclaration("R", VarAccessMode.READ_WRITE);
    set("Pre", 10, scalar, GeNNModel.createWuPreVarRef(synapses, "u"));
    set("Post", 20, scalar, GeNNModel.createWuPostVarRef(synapses, "v"));
    var all = new VariableDeclaration("R", VarAccessMode.BROADCAST);
    set("Ring", 0, all, GeNNModel.createDenDelayVarRef(synapses));
    var count = new VariableDeclaration("R", "uint32_t", VarAccessMode.READ_WRITE);
    set("Count", 0, count, GeNNModel.createSrcSpikeCountVarRef(synapses));
    var time = new VariableDeclaration("R", "timepoint", VarAccessMode.READ_WRITE);
    set("Time", -5, time, GeNNModel.createPrevSpikeTimeVarRef(a));
    load();
    model.stepTime(3);
    stepAndExpectInB(1);
    model.customUpdate("Pre");
    model.customUpdate("Post");
    stepAndExpectInB(1);
    assertArrayEquals(new float[] {11, 11, 11, 11}, synapses.preVars().get("u").values());
    assertArrayEquals(new float[] {21, 21, 21, 21}, synapses.postVars().get("v").values());
    model.customUpdate("Ring");
    stepAndExpectInB(0);
    stepAndExpectInB(0);
    stepAndExpectInB(1);
    model.customUpdate("Count");
    stepAndExpectInB(1);
    stepAndExpectInB(1);
    stepAndExpectInB(0);
    stepAndExpectInB(1);
    assertEquals(2, a.currentSpikes().count(1));
    // The time of the spike before, as synapses see it: a step later, when that took effect.
    double before = model.t() - 2;
    assertArrayEquals(
        new float[] {(float) before, (float) before},
        java.util.Arrays.copyOf(a.prevSpikeTimes().values(), 2));
    model.customUpdate("Time");
    assertArrayEquals(new float[] {-5, -5, -5, -5}, a.prevSpikeTimes().values());
    model.stepTime();
    assertArrayEquals(new float[] {-4, -4, -4, -4}, synapses.vars().get("seen").values());
  }
}
