package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.feature.Feature;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/*
 * GeNN's error conditions are numbered E1 to E41. A test that shows one has its number in a comment, wherever the test is:
 * most are in GeNNModelErrorsTest, DiagnosticsOfModelsTest and ModelValidatorTest. Here are the others.
 *
 * Without counterpart:
 *   E6   a precision that is no floating point type: Precision has no others
 *   E37  NCCL: back ends use one machine
 */

/// What GeNN refuses and no other suite shows; and that each number of its list is in some test.
final class ErrorConditionsTest {
  private static final List<Integer> WITHOUT_COUNTERPART = List.of(6, 37);

  private static final NeuronModel NEURON =
      new NeuronModel("Neuron")
          .variable("V")
          .simCode("V = Isyn;")
          .thresholdCondition("t < 0.25 && id != 1u");

  private GeNNModel model;
  private NeuronPopulation source;
  private NeuronPopulation target;

  @BeforeEach
  void describe() {
    model = new GeNNModel(Precision.FLOAT, "m", "jvm");
    model.setPreferences(Models.settings().backend("jvm").threads(1));
    source = model.addNeuronPopulation("a", 4, NEURON, Map.of(), Map.of("V", 0));
    target = model.addNeuronPopulation("b", 3, NEURON, Map.of(), Map.of("V", 0));
  }

  private SynapsePopulation synapses(String name, String matrixType, BuiltSynapses connectivity) {
    return model.addSynapsePopulation(
        name, matrixType, source, target, pulse(), delta(), connectivity);
  }

  private static WeightUpdate pulse() {
    return GeNNModel.initWeightUpdate("StaticPulse", Map.of(), Map.of("g", 1));
  }

  private static Postsynapse delta() {
    return GeNNModel.initPostsynaptic("DeltaCurr");
  }

  private static BuiltSynapses convolution() {
    Map<String, Integer> input = Map.of("conv_ih", 2, "conv_iw", 2, "conv_ic", 1);
    Map<String, Integer> output = Map.of("conv_oh", 1, "conv_ow", 1, "conv_oc", 3);
    Map<String, Integer> kernel = Map.of("conv_kh", 2, "conv_kw", 2);
    Map<String, Integer> steps = Map.of("conv_sh", 1, "conv_sw", 1, "conv_padh", 0, "conv_padw", 0);
    var all = new java.util.HashMap<String, Integer>();
    Stream.of(input, output, kernel, steps).forEach(all::putAll);
    return GeNNModel.initSparseConnectivity("Conv2D", all);
  }

  private static void assertFails(String message, Executable executable) {
    assertEquals(message, assertThrows(RuntimeException.class, executable).getMessage());
  }

  private void assertProblem(String problem) {
    assertFails("model 'm' has a problem:\n  - " + problem, model::build);
  }

  @Test
  @Feature({"M15", "M19"})
  void parametersOfInitialisersAndReferencesMustBeComplete() { // E4
    assertFails(
        """
        snippet Normal has 2 problems:
          - parameter 'sd' of Normal has no value
          - Normal has no parameter 'sigma'; available: [mean, sd]\
        """,
        () -> GeNNModel.initVar("Normal", Map.of("mean", 0, "sigma", 1)));
    var incomplete =
        new InitialValue.Snippet(
            VariableInits.named("Normal"),
            Bindings.NONE.parameter("mean", 0).parameter("sigma", 1));
    model.addNeuronPopulation("c", 1, NEURON, Map.of(), Map.of("V", incomplete));
    model.addCustomUpdate(
        "u",
        "g",
        new CustomUpdateModel("Set", "V = 1.0;").reference("V", VarAccessMode.READ_WRITE),
        Map.of(),
        Map.of(),
        Map.of("v", GeNNModel.createVarRef(source, "V")));
    assertFails(
        """
        model 'm' has 4 problems:
          - neuron group 'c', variable 'V': parameter 'sd' of Normal has no value
          - neuron group 'c', variable 'V': Normal has no parameter 'sigma'; available: [mean, sd]
          - custom update 'u': there is no reference 'v'; available: [V]; did you mean 'V'?
          - custom update 'u': reference 'V' of Set is not bound\
        """,
        model::build);
  }

  @Test
  void preferencesMustBePossible() { // E10
    assertFails(
        "RuntimeSettings: threads must not be negative, got -1",
        () -> new RuntimeSettings().threads(-1));
    assertFails(
        "RuntimeSettings: threads must be from 0, for as many as there are cores, to 1024, got"
            + " 1000000",
        () -> new RuntimeSettings().threads(1_000_000));
    assertFails(
        "RuntimeSettings: recordingSteps must not be negative, got -10",
        () -> new RuntimeSettings().recordingSteps(-10));
    for (Executable choice :
        List.<Executable>of(
            () -> model.setBackendName("jvn"),
            () -> new GeNNModel(Precision.FLOAT, "m", "jvn").close())) {
      String message = assertThrows(IllegalArgumentException.class, choice).getMessage();
      assertTrue(message.startsWith("unknown back end 'jvn'; there are [auto, "), message);
      assertTrue(message.endsWith("; did you mean 'jvm'?"), message);
    }
    assertEquals("jvm", model.backendName());
  }

  /// GeNN refuses matrix types that have no kernel; here its indices are there for initialisers.
  @ParameterizedTest
  @ValueSource(strings = {"SPARSE", "BITMASK", "PROCEDURAL"})
  @Feature({"I11", "S05"})
  void connectionsThatHaveAKernelMayBeStoredWithoutOne(String matrixType) { // E14
    synapses("s", matrixType, convolution());
    model.build();
    model.load();
    model.stepTime(2);
    // sources 0, 2 and 3 spike, and each is connected with every output channel
    assertArrayEquals(new float[] {3, 3, 3}, target.vars().get("V").values());
    model.close();
  }

  /// GeNN keeps snippets for Toeplitz matrices apart from the others; here each makes synapses for
  /// every way to store them, and has the kernel that Toeplitz matrices need.
  @ParameterizedTest
  @ValueSource(strings = {"SPARSE", "BITMASK", "PROCEDURAL", "PROCEDURAL_KERNELG", "TOEPLITZ"})
  @Feature({"S05", "S06", "S07", "I11", "I12"})
  void convolutionsOfBothKindsAreStoredInEveryWay(String matrixType) { // E11, E13
    Map<String, Integer> size =
        Map.of(
            "conv_ih", 2, "conv_iw", 2, "conv_ic", 1, "conv_oh", 1, "conv_ow", 1, "conv_oc", 3,
            "conv_kh", 2, "conv_kw", 2);
    synapses("s", matrixType, convolution());
    synapses("t", matrixType, GeNNModel.initToeplitzConnectivity("Conv2D", size));
    model.build();
    model.load();
    model.stepTime(2);
    // sources 0, 2 and 3 spike, and both populations connect each with every output channel
    assertArrayEquals(new float[] {6, 6, 6}, target.vars().get("V").values());
    model.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROCEDURAL", "DENSE_PROCEDURALG", "BITMASK"})
  @Feature({"S03", "S04", "S05", "S30"})
  void whatIsNotStoredCannotBeRead(String matrixType) { // E33
    SynapsePopulation synapses =
        matrixType.equals("DENSE_PROCEDURALG")
            ? model.addSynapsePopulation("s", matrixType, source, target, pulse(), delta())
            : synapses("s", matrixType, convolution());
    model.build();
    model.load();
    String noList = "model 'm' has no sparse synapse group 's'; it has none";
    assertFails(noList, synapses::sparsePreInds);
    assertFails(noList, synapses::sparsePostInds);
    assertFails(noList, synapses::pullConnectivityFromDevice);
    if (matrixType.equals("BITMASK")) {
      assertEquals(12, synapses.vars().get("g").values().length);
    } else {
      assertFails(
          "model 'm' has no variable 'g' of synapse group 's'; it is computed at each spike and"
              + " stored nowhere; use dense or sparse connectivity",
          () -> synapses.vars().get("g").values());
    }
    model.close();
  }

  @Test
  @Feature("N08")
  void timesThatNobodyNamesAreNotKept() {
    model.build();
    model.load();
    model.stepTime();
    assertFails(
        "model 'm' has no spike times of neuron group 'a'; times are kept only where code or an"
            + " update names them",
        () -> source.spikeTimes().values());
    assertFails(
        "model 'm' has no previous spike times of neuron group 'a'; times are kept only where code"
            + " or an update names them",
        () -> source.prevSpikeTimes().values());
    model.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DENSE", "DENSE_PROCEDURALG"})
  @Feature("S01")
  void denseMatricesHaveNoConnectivity(String matrixType) { // E15
    assertFails(
        "model 'm': synapses of matrix type %s connect all with all; Conv2D can't be given"
            .formatted(matrixType),
        () -> synapses("s", matrixType, convolution()));
  }

  @Test
  @Feature("S28")
  void boundsOfConnectionsMustLeaveRoom() { // E17
    synapses(
            "s",
            "SPARSE",
            GeNNModel.initSparseConnectivity("FixedNumberPostWithReplacement", Map.of("num", 3)))
        .setMaxConnections(2);
    assertProblem(
        "synapse group 's', connectivity FixedNumberPostWithReplacement: a source may have 3"
            + " synapses, so room for 2 is too little; make room for 3");
  }

  @Test
  @Feature("S28")
  void boundsOfConnectionsOfATargetMustLeaveRoom() { // E17
    synapses(
            "s",
            "SPARSE",
            GeNNModel.initSparseConnectivity("FixedNumberPreWithReplacement", Map.of("num", 3)))
        .setMaxSourceConnections(2);
    assertProblem(
        "synapse group 's', connectivity FixedNumberPreWithReplacement: a target may have 3"
            + " synapses, so room for 2 is too little; make room for 3");
  }

  @Test
  @Feature("S28")
  void boundsOfConnectionsThatAreGivenMustLeaveRoom() { // E17
    SynapsePopulation given =
        model.addSynapsePopulation("s", "SPARSE", source, target, pulse(), delta());
    given.setSparseConnections(new int[] {0, 0}, new int[] {0, 1});
    given.setMaxConnections(1);
    assertProblem(
        "synapse group 's': a source has 2 synapses, so room for 1 is too little; make room for 2");
  }

  @ParameterizedTest
  @CsvSource({"DENSE, Dense", "TOEPLITZ, Toeplitz", "BITMASK, Bitmask", "PROCEDURAL, Procedural"})
  @Feature("S28")
  void onlySparseConnectionsHaveBounds(String matrixType, String name) { // E17
    SynapsePopulation synapses =
        matrixType.equals("DENSE")
            ? model.addSynapsePopulation("s", matrixType, source, target, pulse(), delta())
            : synapses("s", matrixType, convolution());
    String message =
        "population 's' has %s connectivity and can't have room for more connections; only sparse ones can"
            .formatted(name);
    assertFails(message, () -> synapses.setMaxConnections(9));
    assertFails(message, () -> synapses.setMaxSourceConnections(9));
  }

  @Test
  @Feature({"S21", "S22", "S23"})
  void delaysMustNotBeNegative() { // E19
    SynapsePopulation synapses =
        model.addSynapsePopulation("s", "DENSE", source, target, pulse(), delta());
    assertFails(
        "population 's': its axonal delay must be at least 0 timesteps, got -1",
        () -> synapses.setAxonalDelaySteps(-1));
    assertFails(
        "population 's': its back-propagation delay must be at least 0 timesteps, got -2",
        () -> synapses.setBackPropDelaySteps(-2));
    assertFails(
        "population 's': its maximal dendritic delay must be at least 1 timesteps, got 0",
        () -> synapses.setMaxDendriticDelayTimesteps(0));
  }

  /// GeNN's CPU back end has neither batches nor procedural connectivity, and its GPU ones have no
  /// strategy for some hints; here hints change nothing.
  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature("S05")
  void everyConnectivityCanBeSimulatedWithEveryHint(String backend) { // E30
    model.setBackendName(backend);
    model.setBatchSize(2);
    for (ParallelismHint hint : ParallelismHint.values()) {
      synapses(hint.name(), "PROCEDURAL", convolution()).setParallelismHint(hint);
    }
    model.build();
    model.load();
    model.stepTime(2);
    float all = 3 * ParallelismHint.values().length;
    assertArrayEquals(new float[] {all, all, all, all, all, all}, target.vars().get("V").values());
    model.close();
  }

  @Test
  @Feature({"M15", "M13"})
  void valuesMustFitWhereTheyArePut() { // E31
    NeuronPopulation spikes =
        model.addNeuronPopulation(
            "c", 1, "SpikeSourceArray", Map.of(), Map.of("startSpike", 0, "endSpike", 2));
    spikes.extraGlobalParams().get("spikeTimes").setInitValues(new float[] {1, 2});
    model.build();
    model.load();
    assertFails(
        "variable 'V' of neuron group 'a': got 2 values, expected 4",
        () -> source.vars().get("V").setValues(new float[2]));
    assertFails(
        "variable 'V' of neuron group 'a': example 1 of 1",
        () -> source.vars().get("V").view().get(1, 0));
    assertFails(
        "extra global parameter 'c.spikeTimes': got 3 values, expected 2; its length is fixed when"
            + " the model is described",
        () -> spikes.extraGlobalParams().get("spikeTimes").setValues(new float[3]));
    assertFails(
        "extra global parameter 'c.spikeTimes': element 2 of 2",
        () -> spikes.extraGlobalParams().get("spikeTimes").view().get(2));
    model.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Feature({"S26", "S29"})
  void sparsePopulationsMustBeGivenConnectionsHoweverTheyAreStored(boolean isNarrow) { // E32
    model.setDefaultNarrowSparseIndEnabled(isNarrow);
    SynapsePopulation synapses =
        model.addSynapsePopulation("s", "SPARSE", source, target, pulse(), delta());
    assertFails(
        "population 's' is sparse, but has no connections; call setSparseConnections",
        model::build);
    synapses.setSparseConnections(new int[0], new int[0]);
    model.build();
  }

  @Test
  @Feature({"M15", "M13"})
  void arraysMustBeArraysOfNumbers() { // E34
    assertFails(
        "neuron population 'c': variable 'V' is given a String; expected a number, an array of"
            + " float, double, int or long, or an InitialValue",
        () -> model.addNeuronPopulation("c", 1, NEURON, Map.of(), Map.of("V", "1.0")));
    model.addNeuronPopulation(
        "c", 1, "SpikeSourceArray", Map.of(), Map.of("startSpike", 0, "endSpike", 1));
    model.build();
    model.load();
    assertFails(
        "model 'm': extra global parameter 'c.spikeTimes' without values; give them before the"
            + " model is loaded, or set them before its first step",
        model::stepTime);
    model.close();
  }

  /// Kernels run in host memory, so that everything is mapped.
  @Test
  @Feature("M16")
  void zeroCopyIsAlwaysPossible() { // E40
    source.setVarLocation("V", VarLocation.HOST_DEVICE_ZERO_COPY);
    model.build();
    model.load();
    source.vars().get("V").view().set(0, 1, 5);
    assertArrayEquals(new float[] {0, 5, 0, 0}, source.vars().get("V").values());
    model.close();
  }

  @Test
  void everyNumberOfTheListIsInATest() throws IOException {
    var shown = new TreeSet<Integer>(WITHOUT_COUNTERPART);
    Pattern comment = Pattern.compile("\\) (?:throws \\w+ )?\\{ // (E\\d.*)");
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
        comment
            .matcher(Files.readString(file))
            .results()
            .flatMap(found -> Pattern.compile("E(\\d+)").matcher(found.group(1)).results())
            .forEach(number -> shown.add(Integer.parseInt(number.group(1))));
      }
    }
    assertEquals(IntStream.rangeClosed(1, 41).boxed().toList(), List.copyOf(shown));
  }
}
