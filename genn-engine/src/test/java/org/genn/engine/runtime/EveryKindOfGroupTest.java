package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.CustomConnectivityUpdateModel;
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
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// One group of every kind, each with a parameter `p`, a variable and an array `e`: what is asked
/// of them is refused alike, and parameters change in all of them.
final class EveryKindOfGroupTest {
  private static final NeuronModel NEURON =
      new NeuronModel("Neuron")
          .parameter("p")
          .variable("x")
          .extraGlobalParameter("e", "scalar*")
          .simCode("x = p + 0.0 * e[0];")
          .thresholdCondition("true");
  private static final CurrentSourceModel SOURCE =
      new CurrentSourceModel("Source", "k = p + 0.0 * e[0]; injectCurrent(0.0);")
          .parameter("p")
          .extraGlobalParameter("e", "scalar*")
          .variable("k");
  private static final PostsynapticModel POSTSYNAPSE =
      new PostsynapticModel("Postsynapse", "z = p + 0.0 * f[0]; injectCurrent(inSyn); inSyn = 0.0;")
          .parameter("p")
          .extraGlobalParameter("f", "scalar*")
          .variable(new Variable("z"));
  private static final WeightUpdateModel WEIGHTS =
      new WeightUpdateModel("Weights")
          .parameter("p")
          .extraGlobalParameter("e", "scalar*")
          .variable("g", VarAccess.READ_WRITE)
          .pre(NeuronEnd.NONE.variable(new Variable("u")).dynamicsCode("u = p;"))
          .post(NeuronEnd.NONE.variable(new Variable("v")).dynamicsCode("v = p;"))
          .synapseDynamicsCode("g = p + 0.0 * e[0];");
  private static final CustomUpdateModel UPDATE =
      new CustomUpdateModel("Update", "o = p + 0.0 * e[0];")
          .parameter("p")
          .extraGlobalParameter("e", "scalar*")
          .variable(new CustomUpdateVariable("o", CustomUpdateVarAccess.READ_WRITE))
          .reference("r", VarAccessMode.READ_ONLY);
  private static final CustomConnectivityUpdateModel REWIRING =
      new CustomConnectivityUpdateModel(
              "Rewiring", "a = p; for_each_synapse { o = p + 0.0 * e[0]; }")
          .parameter("p")
          .extraGlobalParameter("e", "scalar*")
          .variable(new Variable("o"))
          .preVariable(new Variable("a"))
          .postVariable(new Variable("b"));

  private static final Map<String, Integer> ONE = Map.of("p", 1);

  private GeNNModel model;
  private NeuronPopulation n;
  private ModelCurrentSource cs;
  private SynapsePopulation s;
  private ModelCustomUpdate cu;
  private ModelCustomUpdate cuSynapses;
  private ModelCustomConnectivityUpdate ccu;

  @BeforeEach
  void describe() {
    model = new GeNNModel(Precision.FLOAT, "m");
    model.setPreferences(Models.settings().threads(1));
    model.setDt(1);
    n = model.addNeuronPopulation("n", 2, NEURON, ONE, Map.of("x", 0));
    cs = model.addCurrentSource("cs", SOURCE, n, ONE, Map.of("k", 0));
    s = addSynapses("s");
    cu = addUpdate("cu", GeNNModel.createVarRef(n, "x"));
    cuSynapses = addUpdate("cuSynapses", GeNNModel.createWuVarRef(s, "g"));
    ccu = addRewiring("ccu");
    for (Map<String, ModelArray> arrays :
        List.of(
            n.extraGlobalParams(),
            cs.extraGlobalParams(),
            s.extraGlobalParams(),
            cu.extraGlobalParams(),
            cuSynapses.extraGlobalParams(),
            ccu.extraGlobalParams())) {
      arrays.get("e").setInitValues(new float[] {1});
    }
    s.psmExtraGlobalParams().get("f").setInitValues(new float[] {1});
  }

  @AfterEach
  void close() {
    model.close();
  }

  private SynapsePopulation addSynapses(String name) {
    return model.addSynapsePopulation(
        name,
        "SPARSE",
        n,
        n,
        GeNNModel.initWeightUpdate(WEIGHTS, ONE, Map.of("g", 0, "u", 0, "v", 0)),
        GeNNModel.initPostsynaptic(POSTSYNAPSE, ONE, Map.of("z", 0)),
        GeNNModel.initSparseConnectivity("OneToOne"));
  }

  private ModelCustomUpdate addUpdate(String name, VariableReference what) {
    return model.addCustomUpdate(name, "U", UPDATE, ONE, Map.of("o", 0), Map.of("r", what));
  }

  private ModelCustomConnectivityUpdate addRewiring(String name) {
    return model.addCustomConnectivityUpdate(
        name, "U", s, REWIRING, ONE, Map.of("o", 0), Map.of("a", 0), Map.of("b", 0));
  }

  private static void assertFails(String message, Executable executable) {
    assertEquals(message, assertThrows(RuntimeException.class, executable).getMessage());
  }

  @Test
  @Feature("M07")
  void namesAreUniqueAmongThem() { // E1
    assertFails(
        "model 'm' already has a neuron population 'n'",
        () -> model.addNeuronPopulation("n", 1, NEURON, ONE, Map.of("x", 0)));
    assertFails(
        "model 'm' already has a current source 'cs'",
        () -> model.addCurrentSource("cs", SOURCE, n, ONE, Map.of("k", 0)));
    assertFails("model 'm' already has a synapse population 's'", () -> addSynapses("s"));
    // those of neurons and those of synapses are of one kind
    assertFails(
        "model 'm' already has a custom update 'cuSynapses'",
        () -> addUpdate("cuSynapses", GeNNModel.createVarRef(n, "x")));
    assertFails(
        "model 'm' already has a custom connectivity update 'ccu'", () -> addRewiring("ccu"));
  }

  @Test
  @Feature({"M12", "M16"})
  void whatTheyDoNotHaveCannotBePlacedOrMadeDynamic() { // E5
    String noVariable = "group '%s' has no variable 'w'; it has [%s]";
    var device = VarLocation.DEVICE;
    assertFails(noVariable.formatted("n", "x"), () -> n.setVarLocation("w", device));
    assertFails(noVariable.formatted("cs", "k"), () -> cs.setVarLocation("w", device));
    assertFails(noVariable.formatted("s", "g"), () -> s.setWuVarLocation("w", device));
    assertFails(noVariable.formatted("s", "z"), () -> s.setPsVarLocation("w", device));
    assertFails(noVariable.formatted("cu", "o"), () -> cu.setVarLocation("w", device));
    assertFails(noVariable.formatted("ccu", "o"), () -> ccu.setVarLocation("w", device));
    assertFails(noVariable.formatted("ccu", "a"), () -> ccu.setPreVarLocation("w", device));
    assertFails(noVariable.formatted("ccu", "b"), () -> ccu.setPostVarLocation("w", device));
    assertFails(
        "group 's' has no presynaptic variable 'v'; it has [u]",
        () -> s.setWuPreVarLocation("v", device));
    assertFails(
        "group 's' has no postsynaptic variable 'u'; it has [v]",
        () -> s.setWuPostVarLocation("u", device));
    String noArray = "group '%s' has no extra global parameter 'w'; it has [e]";
    assertFails(noArray.formatted("n"), () -> n.setExtraGlobalParamLocation("w", device));
    assertFails(noArray.formatted("cs"), () -> cs.setExtraGlobalParamLocation("w", device));
    assertFails(noArray.formatted("s"), () -> s.setWuExtraGlobalParamLocation("w", device));
    assertFails(
        "group 's' has no extra global parameter 'e'; it has [f]",
        () -> s.setPsExtraGlobalParamLocation("e", device));
    s.setWuExtraGlobalParamLocation("e", device);
    assertEquals(device, s.wuExtraGlobalParamLocation("e"));
    assertEquals(VarLocation.HOST_DEVICE, s.psExtraGlobalParamLocation("f"));
    s.setPsExtraGlobalParamLocation("f", device);
    assertEquals(device, s.psExtraGlobalParamLocation("f"));
    assertFails(noArray.formatted("cu"), () -> cu.setExtraGlobalParamLocation("w", device));
    assertFails(noArray.formatted("ccu"), () -> ccu.setExtraGlobalParamLocation("w", device));
    String noParameter = "group '%s' has no parameter 'w'; it has [p]";
    assertFails(noParameter.formatted("n"), () -> n.setParamDynamic("w"));
    assertFails(noParameter.formatted("cs"), () -> cs.setParamDynamic("w"));
    assertFails(noParameter.formatted("s"), () -> s.setWuParamDynamic("w"));
    assertFails(noParameter.formatted("s"), () -> s.setPsParamDynamic("w"));
    assertFails(noParameter.formatted("cu"), () -> cu.setParamDynamic("w"));
    assertFails(noParameter.formatted("cuSynapses"), () -> cuSynapses.setParamDynamic("w"));
    assertFails(noParameter.formatted("ccu"), () -> ccu.setParamDynamic("w"));
  }

  @Test
  @Feature("M08")
  void synapsesTellWhatTheyWereAddedWith() {
    assertEquals(WEIGHTS, s.weightUpdate().model());
    assertEquals(POSTSYNAPSE, s.postsynapse().model());
    assertEquals(
        new Connectivity.Sparse(GeNNModel.initSparseConnectivity("OneToOne")), s.connectivity());
  }

  @Test
  @Feature({"S25", "C01"})
  void inputsMustExist() { // E5
    s.setPreTargetVar("Iback");
    s.setPostTargetVar("Ifront");
    cs.setTargetVar("Iother");
    assertFails(
        """
        model 'm' has 3 problems:
          - synapse group 's': source 'n' has no input 'Iback'; available: [Isyn]
          - synapse group 's': target 'n' has no input 'Ifront'; available: [Isyn]
          - current source 'cs': target 'n' has no input 'Iother'; available: [Isyn]\
        """,
        model::build);
  }

  @Test
  @Feature("R01")
  void nothingChangesAfterBuild() { // E7
    model.build();
    String built = "model 'm' is already built; it can no longer ";
    assertFails(
        built + "get another neuron population",
        () -> model.addNeuronPopulation("n2", 1, NEURON, ONE, Map.of("x", 0)));
    assertFails(
        built + "get another current source",
        () -> model.addCurrentSource("cs2", SOURCE, n, ONE, Map.of("k", 0)));
    assertFails(built + "get another synapse population", () -> addSynapses("s2"));
    assertFails(
        built + "get another custom update",
        () -> addUpdate("cu2", GeNNModel.createVarRef(n, "x")));
    assertFails(built + "get another custom connectivity update", () -> addRewiring("ccu2"));
    for (Executable change :
        new Executable[] {
          () -> n.setParamDynamic("p"),
          () -> cs.setParamDynamic("p"),
          () -> s.setWuParamDynamic("p"),
          () -> s.setPsParamDynamic("p"),
          () -> cu.setParamDynamic("p"),
          () -> ccu.setParamDynamic("p")
        }) {
      assertFails(built + "get dynamic parameters", change);
    }
    for (Executable change :
        new Executable[] {
          () -> s.setAxonalDelaySteps(1),
          () -> s.setBackPropDelaySteps(1),
          () -> s.setMaxDendriticDelayTimesteps(2)
        }) {
      assertFails(built + "change delays", change);
    }
  }

  @Test
  @Feature({"R02", "R13", "S30"})
  void nothingCanBeReadOrRunBeforeItIsLoaded() { // E8
    n.setParamDynamic("p");
    model.build();
    for (Executable use :
        new Executable[] {
          model::unload,
          model::stepTime,
          model::reinitialise,
          model::pullRecordingBuffersFromDevice,
          model::neuronUpdateTime,
          model::initTime,
          model::t,
          model::timestep,
          () -> model.setT(1),
          () -> model.customUpdate("U"),
          () -> model.getCustomUpdateTime("U"),
          () -> model.pullStateFromDevice("n"),
          () -> model.pushStateToDevice("s"),
          () -> model.pullVarFromDevice("cs", "k"),
          () -> model.pushVarToDevice("cu", "o"),
          () -> model.pullConnectivityFromDevice("s"),
          () -> model.pushConnectivityToDevice("s"),
          () -> model.pullSpikesFromDevice("n"),
          () -> model.pushCurrentSpikesToDevice("n"),
          () -> model.pullSpikeEventsFromDevice("n"),
          () -> model.pullExtraGlobalParamFromDevice("n", "e"),
          () -> n.setDynamicParamValue("p", 2),
          n::spikeRecordingData,
          s::preSpikeEventRecordingData,
          s::sparsePreInds,
          s::sparsePostInds,
          () -> s.outPost().values(),
          () -> s.preVars().get("u").view(),
          () -> s.postVars().get("v").values(),
          () -> s.psmVars().get("z").setValues(1),
          () -> ccu.vars().get("o").pullFromDevice(),
          () -> cs.extraGlobalParams().get("e").view()
        }) {
      assertFails("model 'm' is not loaded; call load() first", use);
    }
  }

  @Test
  @Feature({"M12", "R10", "M13"})
  void parametersChangeAtRunTime() {
    n.setParamDynamic("p");
    cs.setParamDynamic("p");
    s.setWuParamDynamic("p");
    s.setPsParamDynamic("p");
    cu.setParamDynamic("p");
    cuSynapses.setParamDynamic("p");
    ccu.setParamDynamic("p");
    model.build();
    model.load();
    for (int value : new int[] {1, 30}) {
      if (value > 1) {
        n.setDynamicParamValue("p", value);
        cs.setDynamicParamValue("p", value + 1);
        s.setWuDynamicParamValue("p", value + 2);
        s.setPsDynamicParamValue("p", value + 3);
        cu.setDynamicParamValue("p", value + 4);
        cuSynapses.setDynamicParamValue("p", value + 5);
        ccu.setDynamicParamValue("p", value + 6);
      }
      int step = value > 1 ? 1 : 0;
      model.stepTime();
      model.customUpdate("U");
      assertAll(value, n.vars().get("x"));
      assertAll(value + step, cs.vars().get("k"));
      assertAll(value + 2 * step, s.vars().get("g"));
      assertAll(value + 2 * step, s.preVars().get("u"));
      assertAll(value + 2 * step, s.postVars().get("v"));
      assertAll(value + 3 * step, s.psmVars().get("z"));
      assertAll(value + 4 * step, cu.vars().get("o"));
      assertAll(value + 5 * step, cuSynapses.vars().get("o"));
      assertAll(value + 6 * step, ccu.vars().get("o"));
      assertAll(value + 6 * step, ccu.preVars().get("a"));
    }
  }

  private static void assertAll(float value, ModelVariable variable) {
    assertArrayEquals(
        new float[] {value, value}, variable.values(), variable.reference().toString());
  }
}
