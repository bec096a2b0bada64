package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.genn.engine.kernel.Op;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random numbers that are made before the loops that use them are the same numbers.
@Feature({"S05", "I07"})
class RowDrawsTest {
  private static final String STEP =
      """
      x += (1.0 - x) * (1.0 - exp(log(1.0 - gennrand_uniform()) / (scalar) c));
      addSynapse((int) (x * (scalar) num_post));
      """;

  private static final String DESCENDING =
      """
      for (int j = num_post - 1; j >= 0; j--) {
        if (gennrand_uniform() < 0.2) {
          addSynapse(j);
        }
      }
      """;

  private static BuiltSynapses rows(String code, int bound) {
    return new BuiltSynapses(
        new SparseInit("Rows").rowBuildCode(code).maxRowLength((_, _, _) -> bound), Bindings.NONE);
  }

  private static ModelSpec spec(Connectivity connectivity) {
    NeuronModel pattern =
        new NeuronModel("Pattern").thresholdCondition("((7 * id) + (unsigned int) t) % 5 == 0");
    NeuronModel leak = new NeuronModel("Leak").variable("x").simCode("x = (0.5 * x) + Isyn;");
    var weights =
        new WeightUpdate(
            WeightUpdateModels.STATIC_PULSE,
            Bindings.NONE.initialValue("g", VariableInits.normalClipped(0.3, 0.5, 0, 1)));
    return new ModelSpec("draws", 1, 1, 99)
        .neuronGroup(new NeuronGroup("pre", 40, pattern, Bindings.NONE))
        .neuronGroup(new NeuronGroup("post", 300, leak, Bindings.NONE))
        .synapseGroup(
            new SynapseGroup(
                "s",
                connectivity,
                "pre",
                "post",
                weights,
                new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE)));
  }

  private static float[] run(Connectivity connectivity, int parts) {
    try (var simulation =
        Simulation.open(spec(connectivity), Models.settings().threads(2).parts(parts))) {
      for (int step = 0; step < 10; step++) {
        simulation.stepTime();
      }
      return simulation.variable(VariableReference.neuron("post", "x")).toArray();
    }
  }

  /// Loops that make random numbers of rows before their own.
  private static long tables(BuiltSynapses pattern) {
    return Opening.lower(spec(new Connectivity.Procedural(pattern)), Models.settings())
        .program()
        .functions()
        .stream()
        .flatMap(function -> loops(function.body()))
        .filter(loop -> loop.label().startsWith("s_draws"))
        .count();
  }

  private static Stream<Op.Elements> loops(List<Op> ops) {
    return ops.stream()
        .flatMap(
            op ->
                switch (op) {
                  case Op.Elements elements -> Stream.of(elements);
                  case Op.Loop loop -> loops(loop.body());
                  default -> Stream.of();
                });
  }

  @ParameterizedTest
  @ValueSource(strings = {"int", "unsigned int"})
  void aLoopThatIsDividedMakesTheSameRows(String type) {
    BuiltSynapses whole =
        rows("scalar x = 0.0; unsigned int c = 50; while (c > 0) {" + STEP + "c--; }", 50);
    BuiltSynapses divided =
        rows("scalar x = 0.0; for (" + type + " c = 50; c > 0; c--) {" + STEP + "}", 50);
    assertEquals(0, tables(whole));
    assertEquals(1, tables(divided));
    float[] expected = run(new Connectivity.Procedural(whole), 1);
    assertTrue(IntStream.range(0, 300).mapToDouble(k -> expected[k]).sum() > 10);
    assertArrayEquals(expected, run(new Connectivity.Sparse(whole), 1));
    for (int parts : new int[] {1, 3}) {
      assertArrayEquals(expected, run(new Connectivity.Procedural(divided), parts));
    }
  }

  @Test
  void drawsThatMayNotHappenStayWhereTheyAre() {
    BuiltSynapses sometimes =
        rows(
            """
            for (int c = 30; c > 0; c--) {
              addSynapse(c % 3 == 0 ? (int) (gennrand_uniform() * 300.0) : c);
            }
            """,
            30);
    assertEquals(0, tables(sometimes));
  }

  @Test
  void loopsThatDoNotRunDrawNothing() {
    BuiltSynapses none =
        rows("for (int c = -3; c > 0; c--) { addSynapse((int) (gennrand_uniform() * 3.0)); }", 5);
    assertEquals(1, tables(none));
    assertArrayEquals(new float[300], run(new Connectivity.Procedural(none), 2));
  }

  @Test
  void partsHaveTheirOwnSynapses() {
    for (BuiltSynapses pattern :
        new BuiltSynapses[] {
          SparsePatterns.fixedNumberTotal(4000), SparsePatterns.fixedProbability(0.3)
        }) {
      float[] expected = run(new Connectivity.Sparse(pattern), 1);
      assertTrue(IntStream.range(0, 300).mapToDouble(k -> expected[k]).sum() > 10);
      for (int parts : new int[] {1, 3}) {
        assertArrayEquals(expected, run(new Connectivity.Procedural(pattern), parts));
      }
    }
  }

  /// Stored rows are sorted before values are drawn for them; generated ones are not.
  @Test
  void partsFindTheirSynapsesInAnyOrder() {
    var descending = new Connectivity.Procedural(rows(DESCENDING, 300));
    float[] expected = run(descending, 1);
    assertTrue(IntStream.range(0, 300).mapToDouble(k -> expected[k]).sum() > 10);
    assertArrayEquals(expected, run(descending, 3));
  }
}
