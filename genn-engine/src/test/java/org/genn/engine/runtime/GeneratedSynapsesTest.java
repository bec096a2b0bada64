package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections that are made again and again, shared kernels, and bits.
class GeneratedSynapsesTest {
  private static final Postsynapse DELTA =
      new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE);

  private static final NeuronModel SUM = new NeuronModel("Sum").variable("x").simCode("x = Isyn;");

  private static final NeuronModel ONE_HOT =
      new NeuronModel("OneHot")
          .variable("x")
          .simCode("x = Isyn;")
          .thresholdCondition("id == (unsigned int) t");

  private static final InitialValue CODED =
      new InitialValue.Snippet(
          new VariableInit("Coded", "value = (((id_pre + 1) >> id_post) & 1) ? 1.0 : 0.0;"),
          Bindings.NONE);

  private static final SparseInit CODED_ROWS =
      new SparseInit("CodedRows")
          .rowBuildCode(
              """
              for (int j = 0; j < num_post; j++) {
                if (((id_pre + 1) >> j) & 1) {
                  addSynapse(j);
                }
              }
              """);

  private static ModelSpec spec(
      NeuronModel pre,
      int sources,
      int targets,
      Connectivity connectivity,
      WeightUpdate weightUpdate,
      int batch) {
    return new ModelSpec("generated", 1, batch, 21)
        .neuronGroup(new NeuronGroup("pre", sources, pre, Bindings.NONE))
        .neuronGroup(new NeuronGroup("post", targets, SUM, Bindings.NONE))
        .synapseGroup(new SynapseGroup("s", connectivity, "pre", "post", weightUpdate, DELTA));
  }

  private static Connectivity coded(String matrix) {
    return switch (matrix) {
      case "dense procedural" -> new Connectivity.DenseProcedural();
      case "procedural" ->
          new Connectivity.Procedural(new BuiltSynapses(CODED_ROWS, Bindings.NONE));
      case "bitmask" -> new Connectivity.Bitmask(new BuiltSynapses(CODED_ROWS, Bindings.NONE));
      default -> {
        int[] k = IntStream.range(0, 64).filter(i -> ((i / 4 + 1) >> (i % 4) & 1) == 1).toArray();
        yield Connectivity.Bitmask.of(
            IntStream.of(k).map(i -> i / 4).toArray(), IntStream.of(k).map(i -> i % 4).toArray());
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "dense procedural, 1",
    "procedural, 1",
    "bitmask, 1",
    "bitmask pairs, 1",
    "dense procedural, 3",
    "procedural, 3",
    "bitmask, 3"
  })
  @Feature({"S03", "S04", "S05", "S09"})
  void spikesAreDecoded(String matrix, int batch) {
    WeightUpdate weights =
        matrix.startsWith("bitmask")
            ? new WeightUpdate(
                WeightUpdateModels.STATIC_PULSE_CONSTANT_WEIGHT, Bindings.NONE.parameter("g", 1))
            : new WeightUpdate(
                WeightUpdateModels.STATIC_PULSE, Bindings.NONE.initialValue("g", CODED));
    try (var simulation =
        Simulation.open(spec(ONE_HOT, 16, 4, coded(matrix), weights, batch), Models.settings())) {
      VariableView x = simulation.variable(VariableReference.neuron("post", "x"));
      for (int step = 0; step < 16; step++) {
        simulation.stepTime();
        int number = 0;
        for (int bit = 0; bit < 4; bit++) {
          number += x.get(batch - 1, bit) == 1f ? 1 << bit : 0;
        }
        assertEquals(step, number);
      }
    }
  }

  @Test
  @Feature({"S03", "S19"})
  void bitsSendBackToTheirSources() {
    WeightUpdateModel model =
        new WeightUpdateModel("Back").preSpikeSynCode("addToPre((scalar) (1 << id_post));");
    try (var simulation =
        Simulation.open(
            spec(ONE_HOT, 16, 4, coded("bitmask"), new WeightUpdate(model, Bindings.NONE), 1),
            Models.settings())) {
      VariableView x = simulation.variable(VariableReference.neuron("pre", "x"));
      for (int step = 0; step < 16; step++) {
        simulation.stepTime();
        float sum = 0;
        for (float value : x.toArray()) {
          sum += value;
        }
        assertEquals(step, sum);
      }
    }
  }

  private static float[] run(Connectivity connectivity, InitialValue g, int batch, int threads) {
    NeuronModel pattern =
        new NeuronModel("Pattern")
            .thresholdCondition("((7 * id) + (3 * (unsigned int) t) + batch) % 11 == 0");
    NeuronModel leak = new NeuronModel("Leak").variable("x").simCode("x = (0.5 * x) + Isyn;");
    ModelSpec spec =
        new ModelSpec("random", 1, batch, 4321)
            .neuronGroup(new NeuronGroup("pre", 60, pattern, Bindings.NONE))
            .neuronGroup(new NeuronGroup("post", 70, leak, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    connectivity,
                    "pre",
                    "post",
                    new WeightUpdate(
                        WeightUpdateModels.STATIC_PULSE, Bindings.NONE.initialValue("g", g)),
                    DELTA));
    try (var simulation = Simulation.open(spec, Models.settings().threads(threads))) {
      for (int step = 0; step < 25; step++) {
        simulation.stepTime();
      }
      return simulation.variable(VariableReference.neuron("post", "x")).toArray();
    }
  }

  /// What procedural connectivity makes again at each spike are the connections and weights that
  /// sparse connectivity of the same seed stores.
  @ParameterizedTest
  @CsvSource({"1, 1", "4, 2"})
  @Feature({"S05", "I07", "I09"})
  void proceduralConnectivityIsTheSparseOne(int batch, int threads) {
    InitialValue clipped = VariableInits.normalClipped(1, 0.5, 0, 2);
    for (BuiltSynapses pattern :
        new BuiltSynapses[] {
          SparsePatterns.fixedProbability(0.2),
          SparsePatterns.fixedNumberPost(9),
          SparsePatterns.fixedNumberTotal(500)
        }) {
      float[] sparse = run(new Connectivity.Sparse(pattern), clipped, batch, 1);
      assertArrayEquals(sparse, run(new Connectivity.Procedural(pattern), clipped, batch, threads));
      assertTrue(IntStream.range(0, 70).mapToDouble(k -> sparse[k]).sum() > 10);
    }
  }

  @Test
  @Feature("S04")
  void denseProceduralWeightsAreTheDenseOnes() { // E12, which is no error here
    InitialValue uniform = VariableInits.uniform(0, 1);
    assertArrayEquals(
        run(new Connectivity.Dense(), uniform, 2, 1),
        run(new Connectivity.DenseProcedural(), uniform, 2, 1));
  }

  // ---- kernels

  /// All neurons with a bit in `pattern` spike in the first step.
  private static NeuronModel image() {
    return new NeuronModel("Image")
        .variable("x")
        .variable(new Variable("pixel", "scalar", VarAccess.READ_ONLY))
        .simCode("x = Isyn;")
        .thresholdCondition("t == 0.0 && pixel > 0.5");
  }

  private static float[] randomBits(int count) {
    var random = new Random(11);
    float[] bits = new float[count];
    for (int k = 0; k < count; k++) {
      bits[k] = random.nextBoolean() ? 1 : 0;
    }
    return bits;
  }

  private static float[] randomKernel(int count) {
    var random = new Random(12);
    float[] kernel = new float[count];
    for (int k = 0; k < count; k++) {
      kernel[k] = (random.nextInt(33) - 16) / 16f;
    }
    return kernel;
  }

  private static float[] afterTwoSteps(
      float[] pixels, int outputs, Connectivity connectivity, float[] kernel) {
    return afterTwoSteps(pixels, outputs, connectivity, VariableInits.kernel(kernel));
  }

  private static float[] afterTwoSteps(
      float[] pixels, int outputs, Connectivity connectivity, InitialValue weights) {
    ModelSpec spec =
        new ModelSpec("image", 1, 1, 1)
            .neuronGroup(
                new NeuronGroup(
                    "pre",
                    pixels.length,
                    image(),
                    Bindings.NONE.initialValue("pixel", InitialValue.of(pixels))))
            .neuronGroup(new NeuronGroup("post", outputs, SUM, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    connectivity,
                    "pre",
                    "post",
                    new WeightUpdate(
                        WeightUpdateModels.STATIC_PULSE, Bindings.NONE.initialValue("g", weights)),
                    DELTA));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.stepTime();
      simulation.stepTime();
      return simulation.variable(VariableReference.neuron("post", "x")).toArray();
    }
  }

  /// Correlation of an image with a kernel, zero outside.
  private static float[] correlation(
      float[] pixels, int[] in, int[] out, int[] size, int stride, int padding, float[] kernel) {
    float[] result = new float[out[0] * out[1] * out[2]];
    for (int row = 0; row < out[0]; row++) {
      for (int column = 0; column < out[1]; column++) {
        for (int channel = 0; channel < out[2]; channel++) {
          float sum = 0;
          for (int r = 0; r < size[0]; r++) {
            for (int c = 0; c < size[1]; c++) {
              int inRow = row * stride - padding + r;
              int inColumn = column * stride - padding + c;
              if (inRow >= 0 && inRow < in[0] && inColumn >= 0 && inColumn < in[1]) {
                for (int i = 0; i < in[2]; i++) {
                  sum +=
                      pixels[(inRow * in[1] + inColumn) * in[2] + i]
                          * kernel[((r * size[1] + c) * in[2] + i) * out[2] + channel];
                }
              }
            }
          }
          result[(row * out[1] + column) * out[2] + channel] = sum;
        }
      }
    }
    return result;
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 7, 6", "1, 1, 9, 8", "2, 1, 5, 4", "3, 2, 4, 3"})
  @Feature({"I11", "S08"})
  void sparseConvolutionEqualsTheDirectOne(int stride, int padding, int rows, int columns) {
    int[] in = {9, 8, 2};
    int[] out = {rows, columns, 3};
    int[] size = {3, 3};
    float[] pixels = randomBits(9 * 8 * 2);
    float[] kernel = randomKernel(3 * 3 * 2 * 3);
    BuiltSynapses pattern =
        SparsePatterns.conv2d(
            size, new int[] {stride, stride}, new int[] {padding, padding}, in, out);
    float[] expected = correlation(pixels, in, out, size, stride, padding, kernel);
    int outputs = rows * columns * 3;
    assertArrayEquals(
        expected, afterTwoSteps(pixels, outputs, new Connectivity.Sparse(pattern), kernel));
    assertArrayEquals(
        expected,
        afterTwoSteps(
            pixels, outputs, new Connectivity.ProceduralKernel(pattern), InitialValue.of(kernel)));
    assertArrayEquals(
        expected, afterTwoSteps(pixels, outputs, new Connectivity.Procedural(pattern), kernel));
  }

  @ParameterizedTest
  @CsvSource({"7, 6, 0", "9, 8, 1"})
  @Feature({"I12", "S07"})
  void toeplitzConvolutionEqualsTheDirectOne(int rows, int columns, int padding) {
    int[] in = {9, 8, 2};
    int[] out = {rows, columns, 3};
    int[] size = {3, 3};
    float[] pixels = randomBits(9 * 8 * 2);
    float[] kernel = randomKernel(3 * 3 * 2 * 3);
    float[] expected = correlation(pixels, in, out, size, 1, padding, kernel);
    assertArrayEquals(
        expected,
        afterTwoSteps(
            pixels,
            rows * columns * 3,
            new Connectivity.Toeplitz(ToeplitzPatterns.conv2d(size, in, out)),
            kernel));
  }

  @Test
  @Feature("I13")
  void toeplitzPoolingAddsUpItsWindowsFirst() {
    int[] in = {8, 8, 1};
    float[] pixels = randomBits(64);
    float[] kernel = randomKernel(3 * 3 * 2);
    float[] pooled = new float[16];
    for (int k = 0; k < 64; k++) {
      pooled[(k / 8 / 2) * 4 + k % 8 / 2] += pixels[k];
    }
    int[] out = {2, 2, 2};
    float[] expected =
        correlation(pooled, new int[] {4, 4, 1}, out, new int[] {3, 3}, 1, 0, kernel);
    assertArrayEquals(
        expected,
        afterTwoSteps(
            pixels,
            8,
            new Connectivity.Toeplitz(
                ToeplitzPatterns.avgPoolConv2d(
                    new int[] {3, 3}, new int[] {2, 2}, new int[] {2, 2}, in, out)),
            kernel));
  }

  /// A neuron gets back as many ones as there are windows that cover it.
  @Test
  @Feature({"S06", "S07", "S19"})
  void kernelsSendBackToTheirSources() {
    WeightUpdateModel model =
        new WeightUpdateModel("Back")
            .variable("g", VarAccess.READ_ONLY)
            .preSpikeSynCode("addToPre(g);");
    int[] in = {8, 8, 1};
    int[] out = {6, 6, 1};
    int[] size = {3, 3};
    Connectivity[] matrices = {
      new Connectivity.Toeplitz(ToeplitzPatterns.conv2d(size, in, out)),
      new Connectivity.ProceduralKernel(
          SparsePatterns.conv2d(size, new int[] {1, 1}, new int[] {0, 0}, in, out))
    };
    float[] cover = {1, 2, 3, 3, 3, 3, 2, 1};
    for (Connectivity matrix : matrices) {
      ModelSpec spec =
          spec(
              ONE_HOT,
              64,
              36,
              matrix,
              new WeightUpdate(model, Bindings.NONE.initialValue("g", 1)),
              1);
      try (var simulation = Simulation.open(spec, Models.settings())) {
        VariableView x = simulation.variable(VariableReference.neuron("pre", "x"));
        for (int step = 0; step <= 64; step++) {
          simulation.stepTime();
          if (step > 0) {
            int neuron = step - 1;
            assertEquals(cover[neuron / 8] * cover[neuron % 8], x.get(0, neuron));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  @Feature("S20")
  void kernelValuesAreCountedUpBySpikes(int batch) {
    WeightUpdateModel model =
        new WeightUpdateModel("Count")
            .variable("n", VarAccess.READ_WRITE)
            .preSpikeSynCode("atomic_add_n(1.0);");
    ModelSpec spec =
        spec(
            ONE_HOT,
            64,
            36,
            new Connectivity.Toeplitz(
                ToeplitzPatterns.conv2d(
                    new int[] {3, 3}, new int[] {8, 8, 1}, new int[] {6, 6, 1})),
            new WeightUpdate(model, Bindings.NONE),
            batch);
    try (var simulation = Simulation.open(spec, Models.settings())) {
      for (int step = 0; step <= 64; step++) {
        simulation.stepTime();
      }
      VariableView n = simulation.variable(VariableReference.synapse("s", "n"));
      assertEquals(9, n.elements());
      for (int k = 0; k < 9; k++) {
        assertEquals(36, n.get(batch - 1, k)); // each place meets every output once
      }
    }
  }

  @Test
  @Feature({"S04", "S05", "S07"})
  void whatIsNotStoredCanNeitherBeWrittenNorVisitedOtherwise() {
    WeightUpdateModel model =
        new WeightUpdateModel("Learns")
            .variable("g", VarAccess.READ_WRITE)
            .preSpikeSynCode("addToPost(g);")
            .synapseDynamicsCode("g += 1.0;")
            .postSpikeSynCode("g += 1.0;");
    var init = new SparseInit("Columns").columnBuildCode("addSynapse(0);");
    ModelSpec spec =
        new ModelSpec("wrong", 1, 1, 1)
            .neuronGroup(new NeuronGroup("pre", 3, ONE_HOT, Bindings.NONE))
            .neuronGroup(new NeuronGroup("post", 3, ONE_HOT, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.Procedural(new BuiltSynapses(init, Bindings.NONE)),
                    "pre",
                    "post",
                    new WeightUpdate(
                        model, Bindings.NONE.initialValue("g", InitialValue.of(new float[3]))),
                    DELTA));
    assertEquals(
        """
        model 'wrong' has 5 problems:
          - synapse group 's': procedural connectivity needs row code, but Columns has column code
          - synapse group 's': Learns has code for postsynaptic spikes or events, which procedural connectivity can't run; use sparse connectivity
          - synapse group 's': Learns has synapse dynamics code, which procedural connectivity can't run; use sparse connectivity
          - synapse group 's': variable 'g' is stored nowhere in procedural connectivity, so it must be READ_ONLY
          - synapse group 's': variable 'g' is stored nowhere in procedural connectivity, so it can't be given values; use an initialiser\
        """,
        assertThrows(IllegalArgumentException.class, () -> Simulation.open(spec, Models.settings()))
            .getMessage());
    ModelSpec toeplitz =
        spec(
            ONE_HOT,
            3,
            3,
            new Connectivity.Toeplitz(SparsePatterns.fixedProbability(0.5)),
            new WeightUpdate(WeightUpdateModels.STATIC_PULSE, Bindings.NONE.initialValue("g", 1)),
            1);
    assertEquals(
        """
        model 'generated' has 2 problems:
          - synapse group 's': Toeplitz connectivity needs a kernel, but FixedProbability has no kernel size
          - synapse group 's': Toeplitz connectivity FixedProbability must not draw random numbers\
        """,
        assertThrows(
                IllegalArgumentException.class, () -> Simulation.open(toeplitz, Models.settings()))
            .getMessage());
  }
}
