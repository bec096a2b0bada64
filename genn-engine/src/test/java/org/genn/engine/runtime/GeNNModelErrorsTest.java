package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccessMode;
import org.genn.feature.Feature;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// What `GeNNModel` says to mistakes; numbers in comments are those of the list of errors of GeNN.
final class GeNNModelErrorsTest {
  private static final NeuronModel NEURON =
      new NeuronModel("Neuron").variable("V").thresholdCondition("V > 1.0");

  private GeNNModel model;
  private NeuronPopulation neurons;

  @BeforeEach
  void describe() {
    model = new GeNNModel(Precision.FLOAT, "m");
    neurons = model.addNeuronPopulation("n", 3, NEURON, Map.of(), Map.of("V", 0));
  }

  private SynapsePopulation synapses(String name, String matrixType) {
    return model.addSynapsePopulation(
        name,
        matrixType,
        neurons,
        neurons,
        GeNNModel.initWeightUpdate("StaticPulse", Map.of(), Map.of("g", 1)),
        GeNNModel.initPostsynaptic("DeltaCurr", Map.of(), Map.of()));
  }

  private ModelCustomUpdate update(String name, String group) {
    return model.addCustomUpdate(
        name,
        group,
        new CustomUpdateModel("Set", "V = 1.0;").reference("V", VarAccessMode.READ_WRITE),
        Map.of(),
        Map.of(),
        Map.of("V", GeNNModel.createVarRef(neurons, "V")));
  }

  private void rewiring(SynapsePopulation synapses, String name, String group) {
    model.addCustomConnectivityUpdate(
        name,
        group,
        synapses,
        new CustomConnectivityUpdateModel("Nothing", ""),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of());
  }

  private static void assertFails(String message, Executable executable) {
    assertEquals(message, assertThrows(RuntimeException.class, executable).getMessage());
  }

  @Test
  @Feature("M07")
  void namesAreUniqueAmongTheirKind() { // E1
    synapses("x", "DENSE");
    update("x", "g");
    model.addCurrentSource("x", "DC", neurons, Map.of("amp", 1), Map.of());
    assertFails("model 'm' already has a synapse population 'x'", () -> synapses("x", "DENSE"));
    assertFails("model 'm' already has a custom update 'x'", () -> update("x", "g"));
    assertFails(
        "model 'm' already has a current source 'x'",
        () -> model.addCurrentSource("x", "DC", neurons, Map.of("amp", 1), Map.of()));
  }

  @Test
  @Feature("M07")
  void namesHaveLettersDigitsAndUnderscores() { // E2
    assertFails(
        "model 'm': neuron population 'Neurons-0': a name has letters, digits and underscores only",
        () -> model.addNeuronPopulation("Neurons-0", 1, NEURON, Map.of(), Map.of()));
    assertFails(
        "model 'm': current source 'CS.2': a name has letters, digits and underscores only",
        () -> model.addCurrentSource("CS.2", "DC", neurons, Map.of("amp", 1), Map.of()));
    assertFails(
        "model 'm': synapse population 'Syn-6': a name has letters, digits and underscores only",
        () -> synapses("Syn-6", "DENSE"));
    assertFails(
        "model 'm': custom update 'CU.1': a name has letters, digits and underscores only",
        () -> update("CU.1", "g"));
    assertFails(
        "model 'm': custom update group '': a name has letters, digits and underscores only",
        () -> update("u", ""));
    assertFails(
        "model 'm': custom update group 'Update-1': a name has letters, digits and underscores"
            + " only",
        () -> update("u", "Update-1"));
    SynapsePopulation sparse = synapses("Syn", "SPARSE");
    assertFails(
        "model 'm': custom connectivity update 'CCU-1': a name has letters, digits and underscores"
            + " only",
        () -> rewiring(sparse, "CCU-1", "g"));
    assertFails(
        "model 'm': custom update group 'Update-2': a name has letters, digits and underscores"
            + " only",
        () -> rewiring(sparse, "CCU", "Update-2"));
    model.addNeuronPopulation("1test", 1, NEURON, Map.of(), Map.of("V", 0));
  }

  @Test
  @Feature("M08")
  void whatIsLookedUpMustExist() { // E3, E38
    synapses("Syn", "DENSE");
    update("u", "Group");
    assertFails(
        "model 'm' has no synapse population 'syn'; it has [Syn]; did you mean 'Syn'?",
        () -> model.synapsePopulation("syn"));
    model.build();
    model.load();
    assertFails(
        "model 'm' has no custom update group 'group'; it has [Group]; did you mean 'Group'?",
        () -> model.customUpdate("group"));
    assertFails(
        "model 'm' has no custom update group 'group'; it has [Group]; did you mean 'Group'?",
        () -> model.getCustomUpdateTime("group"));
    model.close();
  }

  @Test
  @Feature({"M03", "M16", "M12"})
  void locationsAndDynamicParametersAreOfWhatThereIs() { // E5
    assertFails(
        "group 'n' has no variable 'v'; it has [V]; did you mean 'V'?",
        () -> neurons.setVarLocation("v", VarLocation.DEVICE));
    assertFails(
        "group 'n' has no extra global parameter 'e'; it has none",
        () -> neurons.setExtraGlobalParamLocation("e", VarLocation.DEVICE));
    assertFails("group 'n' has no parameter 'p'; it has none", () -> neurons.setParamDynamic("p"));
    synapses("s", "DENSE").setPostTargetVar("Icond");
    assertFails(
        """
        model 'm' has a problem:
          - synapse group 's': target 'n' has no input 'Icond'; available: [Isyn]\
        """,
        model::build);
  }

  @Test
  @Feature({"S26", "S29", "S30"})
  void connectionsAreThoseOfSparsePopulations() { // E18, E32, E33
    SynapsePopulation dense = synapses("d", "DENSE");
    assertFails(
        "population 'd' has Dense connectivity and can't be given connections; only sparse ones"
            + " can",
        () -> dense.setSparseConnections(new int[0], new int[0]));
    assertFails(
        "population 'd' has Dense connectivity and can't have narrow indices; only sparse ones can",
        () -> dense.setNarrowSparseIndEnabled(true));
    SynapsePopulation sparse = synapses("s", "SPARSE");
    assertFails(
        "population 's' is sparse, but has no connections; call setSparseConnections",
        model::build);
    assertFails(
        "synapse population 's': setSparseConnections got 2 sources, but 1 targets; give one of"
            + " each per connection",
        () -> sparse.setSparseConnections(new int[2], new int[1]));
    sparse.setSparseConnections(new int[] {0, 1}, new int[] {2, 3});
    assertFails(
        """
        model 'm' has a problem:
          - synapse group 's': connection 1 is from neuron 1 of 3 in 'n' to neuron 3 of 3 in 'n'\
        """,
        model::build);
    sparse.setSparseConnections(new int[] {0}, new int[] {2});
    model.build();
    model.load();
    assertFails(
        "model 'm' has no sparse synapse group 'd'; it has [s]", () -> dense.sparsePreInds());
    model.close();
  }

  @Test
  @Feature("M20")
  void builtInModelsAreFoundByName() { // E39
    assertFails(
        "model 'm': synapses of matrix type PROCEDURAL need connectivity; give"
            + " initSparseConnectivity or initToeplitzConnectivity, or a Connectivity instead of"
            + " the name",
        () -> synapses("s", "PROCEDURAL"));
    assertFails(
        "model 'm': synapses of matrix type TOEPLITZ need connectivity; give"
            + " initSparseConnectivity or initToeplitzConnectivity, or a Connectivity instead of"
            + " the name",
        () ->
            model.addSynapsePopulation(
                "s",
                "TOEPLITZ",
                neurons,
                neurons,
                GeNNModel.initWeightUpdate("StaticPulse", Map.of(), Map.of("g", 1)),
                GeNNModel.initPostsynaptic("DeltaCurr"),
                GeNNModel.initToeplitzConnectivity("Uninitialised", Map.of())));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> GeNNModel.initPostsynaptic("ExpCur", Map.of(), Map.of()))
            .getMessage();
    assertEquals(
        "there is no built-in postsynaptic model 'ExpCur'; there are [ExpCurr, ExpCond, DeltaCurr];"
            + " did you mean 'ExpCurr'?",
        message);
  }

  @Test
  void recordingsOfLessThanNoStepsAreRefused() {
    synapses("s", "DENSE");
    model.build();
    assertFails(
        "model 'm': the number of timesteps that recordings hold must not be negative, got -1",
        () -> model.load(-1));
  }

  @Test
  void recordedSpikesPrintAsASummary() {
    assertEquals(
        "no spikes", new RecordedSpikes(new long[0], new double[0], new int[0]).toString());
    assertEquals(
        "2 spikes, from step 3 to step 7",
        new RecordedSpikes(new long[] {3, 7}, new double[] {3, 7}, new int[2]).toString());
  }
}
