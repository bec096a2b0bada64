package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.function.Supplier;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Everything built-in goes by GeNN's name.
class BuiltInNamesTest {
  private static final NeuronModel HOLD = new NeuronModel("Hold").variable("x").simCode("x = x;");

  private static GeNNModel model() {
    var model = new GeNNModel(Precision.FLOAT, "names");
    model.setPreferences(Models.settings().threads(1));
    model.setSeed(3);
    return model;
  }

  private static Map<String, Double> initialiserParameters(String name) {
    return switch (name) {
      case "Constant" -> Map.of("constant", 4.0);
      case "Uniform" -> Map.of("min", 1.0, "max", 2.0);
      case "Normal" -> Map.of("mean", 5.0, "sd", 1e-3);
      case "NormalClipped", "NormalClippedDelay" ->
          Map.of("mean", 5.0, "sd", 1.0, "min", 4.0, "max", 6.0);
      case "Exponential" -> Map.of("lambda", 2.0);
      case "Gamma" -> Map.of("a", 2.0, "b", 1.0);
      case "Binomial" -> Map.of("n", 10.0, "p", 1.0);
      default -> Map.of();
    };
  }

  @Test
  @Feature({"I01", "I02", "I03", "M15"})
  void initialisers() {
    for (String name : VariableInits.names()) {
      if (name.equals("Kernel")) {
        continue; // needs synapses with a kernel
      }
      try (var model = model()) {
        InitialValue init = GeNNModel.initVar(name, initialiserParameters(name));
        var n = model.addNeuronPopulation("n", 50, HOLD, Map.of(), Map.of("x", init));
        model.build();
        model.load();
        for (float value : n.vars().get("x").values()) {
          switch (name) {
            case "Uninitialised" -> assertEquals(0, value);
            case "Constant" -> assertEquals(4, value);
            case "Uniform" -> assertTrue(value >= 1 && value <= 2, name + " " + value);
            case "Normal" -> assertEquals(5, value, 6e-3, "6 standard deviations");
            case "NormalClipped" -> assertTrue(value >= 4 && value <= 6, name + " " + value);
            // dt is 0.5
            case "NormalClippedDelay" -> assertTrue(value >= 8 && value <= 12, name + " " + value);
            case "Binomial" -> assertEquals(10, value);
            default -> assertTrue(value > 0, name + " " + value);
          }
        }
      }
    }
  }

  private static GeNNModel connected(String matrixType, int size, BuiltSynapses synapses) {
    var model = model();
    var a = model.addNeuronPopulation("a", size, HOLD, Map.of(), Map.of("x", 0));
    var b = model.addNeuronPopulation("b", size, HOLD, Map.of(), Map.of("x", 0));
    model.addSynapsePopulation(
        "s",
        matrixType,
        a,
        b,
        GeNNModel.initWeightUpdate("StaticPulseConstantWeight", Map.of("g", 1), Map.of()),
        GeNNModel.initPostsynaptic("DeltaCurr", Map.of(), Map.of()),
        synapses);
    return model;
  }

  @ParameterizedTest
  @CsvSource({
    "OneToOne, 0, 16",
    "FixedProbability, 1, 256",
    "FixedProbabilityNoAutapse, 1, 240",
    "FixedNumberPostWithReplacement, 3, 48",
    "FixedNumberPreWithReplacement, 3, 48",
    "FixedNumberTotalWithReplacement, 30, 30"
  })
  @Feature({"I06", "I07", "I08", "I09", "I10", "S28"})
  void connectivity(String name, double value, int expected) {
    assertTrue(SparsePatterns.names().contains(name));
    Map<String, Double> parameters =
        name.equals("OneToOne")
            ? Map.of()
            : Map.of(name.startsWith("FixedProbability") ? "prob" : "num", value);
    try (var model = connected("SPARSE", 16, GeNNModel.initSparseConnectivity(name, parameters))) {
      model.synapsePopulation("s").setMaxConnections(40);
      model.synapsePopulation("s").setMaxSourceConnections(50);
      model.build();
      model.load();
      assertEquals(expected, model.synapsePopulation("s").sparsePreInds().length);
    }
    for (String type : new String[] {"BITMASK", "PROCEDURAL"}) {
      if (type.equals("PROCEDURAL") && name.contains("Pre")) {
        continue; // code by column needs storage
      }
      try (var model = connected(type, 16, GeNNModel.initSparseConnectivity(name, parameters))) {
        model.build();
        model.load();
        model.stepTime();
      }
    }
  }

  @Test
  @Feature({"I11", "I12", "I13", "I04", "S08"})
  void convolutions() {
    var shape = new java.util.HashMap<String, Integer>();
    for (String size : "kh kw".split(" ")) {
      shape.put("conv_" + size, 3);
    }
    for (String size : "ih iw oh ow".split(" ")) {
      shape.put("conv_" + size, 4);
    }
    shape.put("conv_ic", 1);
    shape.put("conv_oc", 1);
    try (var model =
        connected("TOEPLITZ", 16, GeNNModel.initToeplitzConnectivity("Conv2D", shape))) {
      model.build();
      model.load();
      model.stepTime();
    }
    for (String size : "sh sw padh padw".split(" ")) {
      shape.put("conv_" + size, 1);
    }
    float[] kernel = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    try (var model = model()) {
      var a = model.addNeuronPopulation("a", 16, HOLD, Map.of(), Map.of("x", 0));
      var s =
          model.addSynapsePopulation(
              "s",
              "SPARSE",
              a,
              a,
              GeNNModel.initWeightUpdate(
                  "StaticPulse",
                  Map.of(),
                  Map.of("g", GeNNModel.initVar("Kernel", Map.of(), Map.of("kernel", kernel)))),
              GeNNModel.initPostsynaptic("DeltaCurr", Map.of(), Map.of()),
              GeNNModel.initSparseConnectivity("Conv2D", shape));
      model.build();
      model.load();
      // neuron 0 sends to 0, 1, 4, 5 through the lower right part of the kernel, turned around
      assertArrayEquals(
          new float[] {5, 4, 2, 1}, java.util.Arrays.copyOf(s.vars().get("g").values(), 4));
    }
  }

  @Test
  @Feature({"S29", "M08"})
  void uninitialisedConnectivityIsGivenByTheHost() {
    try (var model =
        connected("SPARSE", 3, GeNNModel.initSparseConnectivity("Uninitialised", Map.of()))) {
      model.synapsePopulation("s").setSparseConnections(new int[] {2, 0}, new int[] {1, 1});
      model.build();
      model.load();
      assertArrayEquals(new int[] {0, 2}, model.synapsePopulation("s").sparsePreInds());
    }
  }

  private static void assertRefused(String message, Supplier<?> call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::get).getMessage());
  }

  @Test
  @Feature("M08")
  void nullIsNoNameOfABuiltInModel() {
    String none = null;
    assertRefused(
        "built-in variable initialiser: name is null; give one",
        () -> GeNNModel.initVar(none, Map.of()));
  }

  @Test
  @Feature({"M08", "M20"})
  void aNameThatThereIsNotIsRefusedWithThoseThatThereAre() {
    try (var model = model()) {
      assertRefused(
          "there is no built-in neuron model 'ExpCurr'; there are [RulkovMap, Izhikevich,"
              + " IzhikevichVariable, LIF, SpikeSourceArray, Poisson, PoissonNew, TraubMiles,"
              + " TraubMilesFast, TraubMilesAlt, TraubMilesNStep, SpikeSource]; 'ExpCurr' is a"
              + " postsynaptic model",
          () -> model.addNeuronPopulation("n", 1, "ExpCurr", Map.of(), Map.of()));
      // though it is near 'Poisson'
      assertEquals(
          "'PoissonExp' is a current source model",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> model.addNeuronPopulation("n", 1, "PoissonExp", Map.of(), Map.of()))
              .getMessage()
              .replaceFirst(".*; ", ""));
    }
    assertRefused(
        "there is no built-in variable initialiser 'Norml'; there are [Normal, Uninitialised,"
            + " Constant, Uniform, NormalClipped, NormalClippedDelay, Exponential, Gamma, Binomial,"
            + " Kernel]; did you mean 'Normal'?",
        () -> GeNNModel.initVar("Norml", Map.of()));
    assertRefused(
        "there is no built-in Toeplitz connectivity 'OneToOne'; there are [Uninitialised, Conv2D,"
            + " AvgPoolConv2D];"
            + " 'OneToOne' is a sparse connectivity",
        () -> GeNNModel.initToeplitzConnectivity("OneToOne", Map.of()));
    assertRefused(
        "there is no built-in weight update model 'LIF'; there are [StaticPulse,"
            + " StaticPulseConstantWeight, StaticPulseDendriticDelay, StaticGraded, STDP]; 'LIF' is"
            + " a neuron model",
        () -> GeNNModel.initWeightUpdate("LIF", Map.of(), Map.of()));
    assertRefused(
        "model 'names': synapses of matrix type DENSE connect all with all; OneToOne can't be"
            + " given",
        () -> connected("DENSE", 1, GeNNModel.initSparseConnectivity("OneToOne", Map.of())));
  }

  @Test
  @Feature({"S28", "S27", "M03", "M16"})
  void roomHintsAndLocations() {
    try (var model = model()) {
      model.setDefaultSparseConnectivityLocation(VarLocation.DEVICE);
      model.setDefaultNarrowSparseIndEnabled(true);
      var a = model.addNeuronPopulation("a", 9, HOLD, Map.of(), Map.of("x", 0));
      var s =
          model.addSynapsePopulation(
              "s",
              "SPARSE",
              a,
              a,
              GeNNModel.initWeightUpdate("StaticPulseConstantWeight", Map.of("g", 1), Map.of()),
              GeNNModel.initPostsynaptic("DeltaCurr", Map.of(), Map.of()),
              GeNNModel.initSparseConnectivity("FixedNumberPostWithReplacement", Map.of("num", 4)));
      assertEquals(VarLocation.DEVICE, s.sparseConnectivityLocation());
      assertTrue(s.narrowSparseIndEnabled());
      s.setSparseConnectivityLocation(VarLocation.HOST_DEVICE);
      s.setOutputLocation(VarLocation.DEVICE);
      s.setDendriticDelayLocation(VarLocation.DEVICE);
      assertEquals(VarLocation.HOST_DEVICE, s.sparseConnectivityLocation());
      assertEquals(VarLocation.DEVICE, s.outputLocation());
      assertEquals(VarLocation.DEVICE, s.dendriticDelayLocation());
      s.setParallelismHint(ParallelismHint.PRESYNAPTIC);
      s.setNumThreadsPerSpike(8);
      assertEquals(ParallelismHint.PRESYNAPTIC, s.parallelismHint());
      assertEquals(8, s.numThreadsPerSpike());
      assertRefused(
          "population 's': threads per spike must be at least 1, got 0",
          () -> {
            s.setNumThreadsPerSpike(0);
            return null;
          });
      s.setMaxConnections(3);
      assertRefused(
          """
          model 'names' has a problem:
            - synapse group 's', connectivity FixedNumberPostWithReplacement: a source may have 4 synapses, so room for 3 is too little; make room for 4\
          """,
          () -> {
            model.build();
            return null;
          });
      s.setMaxConnections(6);
      s.setMaxSourceConnections(1);
      var tooFew = assertThrows(IllegalArgumentException.class, model::build).getMessage();
      assertTrue(tooFew.contains("so room for 1 is too little"), tooFew);
      s.setMaxSourceConnections(36);
      model.build();
      model.load();
      assertEquals(36, s.sparsePreInds().length);
      var late = assertThrows(IllegalStateException.class, () -> s.setMaxConnections(9));
      assertEquals(
          "model 'names' is already built; it can no longer change its room for connections",
          late.getMessage());
    }
    try (var model = model()) {
      var a = model.addNeuronPopulation("a", 2, HOLD, Map.of(), Map.of("x", 0));
      var dense =
          model.addSynapsePopulation(
              "d",
              "DENSE",
              a,
              a,
              GeNNModel.initWeightUpdate("StaticPulseConstantWeight", Map.of("g", 1), Map.of()),
              GeNNModel.initPostsynaptic("DeltaCurr", Map.of(), Map.of()));
      var refused =
          assertThrows(IllegalStateException.class, () -> dense.setMaxSourceConnections(9));
      assertEquals(
          "population 'd' has Dense connectivity and can't have room for more connections; only"
              + " sparse ones can",
          refused.getMessage());
    }
  }
}
