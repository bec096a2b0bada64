package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Toeplitz connectivity of one's own: a one-dimensional convolution with a stride.
@Feature("I15")
class CustomToeplitzTest {
  private static final int SOURCES = 9;
  private static final int TARGETS = 4;
  private static final float[] KERNEL = {1, 10, 100};

  private static final NeuronModel SUM = new NeuronModel("Sum").variable("V").simCode("V = Isyn;");

  /// Target `j` sees sources from `2 j` to `2 j + 2` through the kernel.
  private static final String DIAGONALS =
      """
      const int shift = (int) id_diag;
      for_each_synapse {
        const int distance = (int) id_pre - shift;
        if (distance >= 0 && distance % stride == 0 && distance / stride < targets) {
          addSynapse(distance / stride, shift);
        }
      }
      """;

  private static SparseInit declared() {
    return new SparseInit("Strided")
        .parameter("width", "int")
        .parameter("stride", "int")
        .parameter("targets", "int");
  }

  private static SparseInit strided(String code) {
    return ToeplitzPatterns.ofDiagonals(
        declared()
            .kernelSize(p -> new int[] {p.get("width").intValue()})
            .maxRowLength((_, _, p) -> p.get("width").intValue()),
        "width",
        code);
  }

  private static GeNNModel model(String backend, SparseInit init) {
    var model = new GeNNModel(Precision.FLOAT, "toeplitz", backend);
    model.setPreferences(Models.settings().threads(1));
    var in = model.addNeuronPopulation("in", SOURCES, "SpikeSource", Map.of(), Map.of());
    var out = model.addNeuronPopulation("out", TARGETS, SUM, Map.of(), Map.of("V", 0));
    model.addSynapsePopulation(
        "s",
        "TOEPLITZ",
        in,
        out,
        GeNNModel.initWeightUpdate("StaticPulse", Map.of(), Map.of("g", KERNEL)),
        GeNNModel.initPostsynaptic("DeltaCurr", Map.of(), Map.of()),
        GeNNModel.initToeplitzConnectivity(
            init, Map.of("width", KERNEL.length, "stride", 2, "targets", TARGETS)));
    return model;
  }

  @ParameterizedTest
  @CsvSource({"jvm", "native"})
  void isTheConvolution(String backend) {
    try (GeNNModel model = model(backend, strided(DIAGONALS))) {
      model.build();
      model.load();
      for (int[] spikes : new int[][] {{0}, {4}, {8}, {1, 2, 5, 7}, {0, 1, 2, 3, 4, 5, 6, 7, 8}}) {
        model.neuronPopulation("in").currentSpikes().set(0, spikes);
        model.stepTime();
        float[] expected = new float[TARGETS];
        for (int spike : spikes) {
          for (int target = 0; target < TARGETS; target++) {
            int tap = spike - 2 * target;
            expected[target] += tap >= 0 && tap < KERNEL.length ? KERNEL[tap] : 0;
          }
        }
        assertArrayEquals(expected, model.neuronPopulation("out").vars().get("V").values());
      }
    }
  }

  private static String problemOf(SparseInit init) {
    try (GeNNModel model = model("jvm", init)) {
      return assertThrows(RuntimeException.class, model::build).getMessage();
    }
  }

  @Test
  void mustSayHowLargeItIsAndDrawNothing() { // E13
    assertEquals(
        "model 'toeplitz' has a problem:\n"
            + "  - synapse group 's': Toeplitz connectivity needs a kernel, but Strided has no"
            + " kernel size",
        problemOf(ToeplitzPatterns.ofDiagonals(declared(), "width", DIAGONALS)));
    assertEquals(
        "model 'toeplitz' has a problem:\n"
            + "  - synapse group 's': Toeplitz connectivity Strided must not draw random numbers",
        problemOf(strided("for_each_synapse { addSynapse(gennrand() % 4u, 0); }")));
  }
}
