package org.genn.engine.backend.jvm;

import static org.genn.engine.backend.Ir.add;
import static org.genn.engine.backend.Ir.addTo;
import static org.genn.engine.backend.Ir.at;
import static org.genn.engine.backend.Ir.compound;
import static org.genn.engine.backend.Ir.declare;
import static org.genn.engine.backend.Ir.evaluate;
import static org.genn.engine.backend.Ir.hoist;
import static org.genn.engine.backend.Ir.integer;
import static org.genn.engine.backend.Ir.kernel;
import static org.genn.engine.backend.Ir.literal;
import static org.genn.engine.backend.Ir.name;
import static org.genn.engine.backend.Ir.program;
import static org.genn.engine.backend.Ir.row;
import static org.genn.engine.backend.Ir.run;
import static org.genn.engine.backend.Ir.times;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.genn.engine.snippet.NumericType.INT32;
import static org.genn.engine.snippet.NumericType.UINT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.backend.Instance;
import org.genn.engine.backend.Ir;
import org.genn.engine.backend.LifProgram;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.SnippetType;
import org.junit.jupiter.api.Test;

class PrintedJavaTest {

  private static Instance open(Program program) {
    return new JvmBackend()
        .build(program, new BuildSettings().cacheDirectory(Optional.empty()))
        .open();
  }

  @Test
  void lifReadsLikeAHandWrittenLoop() {
    String text = JavaSource.of(LifProgram.of("lif", 2, 3, 4)).text();
    String expected =
        """
          // Neuron group 'hidden', one step of one example
          private void step_hidden(int example, int step) {
            float[] in = this.input[example];
            int[] offset = this.offsets[example];
            int[] id = this.ids[example];
            int next = offset[step];
            int last = offset[step + 1];
            int blocks = Math.max(last - next >> 2, 0);
            for (int block = 0; block < blocks; block++) {
              int k_1 = next + block * 4;
              int source_1 = id[k_1];
              float[] w_1 = this.weights[source_1];
              int source_2 = id[k_1 + 1];
              float[] w_2 = this.weights[source_2];
              int source_3 = id[k_1 + 2];
              float[] w_3 = this.weights[source_3];
              int source_4 = id[k_1 + 3];
              float[] w_4 = this.weights[source_4];
              add_input4(in, w_1, w_2, w_3, w_4, 4);
            }
            next += blocks * 4;
            for (int k = next; k < last; k++) {
              int source = id[k];
              float[] w = this.weights[source];
              add_input(in, w, 4);
            }
            float[] voltage = this.V[example];
            int[] number = this.counts[example];
            int count = number[0];
            reserve_int(this.spikes, example, count + 4, 16777216);
            int[] spike = this.spikes[example];
            count = update_lif(voltage, in, spike, count, 4);
            number[0] = count;
          }

          private static void add_input4(float[] in, float[] w_1, float[] w_2, float[] w_3, float[] w_4, int count) {
            for (int neuron = 0; neuron < count; neuron++) {
              float in_element = in[neuron];
              in_element += w_1[neuron];
              in_element += w_2[neuron];
              in_element += w_3[neuron];
              in_element += w_4[neuron];
              in[neuron] = in_element;
            }
          }

          private static void add_input(float[] in, float[] w, int count) {
            for (int neuron = 0; neuron < count; neuron++) {
              in[neuron] += w[neuron];
            }
          }

          private static int update_lif(float[] voltage, float[] in, int[] spike, int count, int count_) {
            for (int neuron = 0; neuron < count_; neuron++) {
              voltage[neuron] = 0.95f * voltage[neuron] + 0.05f * in[neuron];
              in[neuron] = 0.8f * in[neuron];
              if (voltage[neuron] >= 1.0f) {
                spike[count++] = neuron;
                voltage[neuron] = 0.0f;
              }
            }
            return count;
          }

          // Steps first to first + steps of examples begin to end
          private void forward(int begin, int end, int slice, int first, int steps) {
            for (int example = begin; example < end; example++) {
              for (int step = first, stepEnd = first + steps; step < stepEnd; step++) {
                step_hidden(example, step);
              }
            }
          }
        """;
    int begin = text.indexOf("  // Neuron group");
    assertEquals(expected, text.substring(begin, begin + expected.length()));
    assertFalse(text.contains("double_exp"), "only what is used is printed");
  }

  /// `weights[id][j] -= 0.5 * x[j]` over a list that may name a source twice.
  private static Program gradient(int list) {
    var ids = new Rows("ids", INT32, 1, list);
    var weights = new Rows("weights", FLOAT, 6, 5);
    var x = new Rows("x", FLOAT, 1, 5);
    Expr j = integer("j");
    Op loop =
        new Op.Loop(
            "k",
            integer(0),
            integer(list),
            List.of(
                run(declare(INT32, "source", at(INT32, "id", integer("k")))),
                hoist("w", weights, integer("source")),
                new Op.Elements(
                    "subtract",
                    "j",
                    integer(5),
                    List.of(
                        evaluate(
                            compound(
                                at(FLOAT, "w", j),
                                BinaryOperator.SUBTRACT,
                                FLOAT,
                                times(
                                    literal(FLOAT, 0.5),
                                    add(at(FLOAT, "x", j), at(FLOAT, "w", j)))))))));
    return program(
        "gradient",
        List.of(ids, weights, x),
        kernel("learn", hoist("id", ids, integer(0)), hoist("x", x, integer(0)), loop));
  }

  @Test
  void fourRowsAtATimeComputeTheSameBitsEvenWhenRowsRepeat() {
    int[] list = {0, 1, 2, 3, 4, 4, 1, 0, 5, 5, 5, 5, 2};
    assertTrue(JavaSource.of(gradient(list.length)).text().contains("subtract4("));
    try (var instance = open(gradient(list.length))) {
      float[][] weights = new float[6][5];
      for (int j = 0; j < 5; j++) {
        instance.memory().setFloat(2, 0, j, 0.1f * j);
        for (int source = 0; source < 6; source++) {
          weights[source][j] = 0.3f * source - 0.7f * j;
          instance.memory().setFloat(1, source, j, weights[source][j]);
        }
      }
      for (int k = 0; k < list.length; k++) {
        instance.memory().setLong(0, 0, k, list[k]);
        for (int j = 0; j < 5; j++) {
          weights[list[k]][j] -= 0.5f * (0.1f * j + weights[list[k]][j]);
        }
      }
      instance.run(0, 0, 1, 0, 0, 0);
      for (int source = 0; source < 6; source++) {
        for (int j = 0; j < 5; j++) {
          assertEquals(weights[source][j], instance.memory().getFloat(1, source, j));
        }
      }
    }
  }

  @Test
  void entriesThatReadWhatOthersWriteAreTakenOneByOne() {
    var x = new Rows("x", FLOAT, 8, 5);
    Op loop =
        new Op.Loop(
            "k",
            integer(0),
            integer(8),
            List.of(
                run(declare(FLOAT, "factor", at(FLOAT, "t", integer(0)))),
                hoist("w", x, integer("k")),
                new Op.Elements(
                    "accumulate",
                    "j",
                    integer(5),
                    List.of(
                        evaluate(
                            addTo(
                                at(FLOAT, "t", integer("j")),
                                times(name(FLOAT, "factor"), at(FLOAT, "w", integer("j")))))))));
    var t = new Rows("total", FLOAT, 1, 5);
    Program program =
        program("chain", List.of(x, t), kernel("sum", hoist("t", t, integer(0)), loop));
    assertFalse(JavaSource.of(program).text().contains("accumulate4"));
  }

  private static Program reductions(int count) {
    var values = new Rows("values", FLOAT, 1, count);
    var results = new Rows("results", FLOAT, 1, 2);
    Expr value = at(FLOAT, "v", integer("j"));
    return program(
        "reductions",
        List.of(values, results),
        kernel(
            "reduce",
            hoist("v", values, integer(0)),
            hoist("r", results, integer(0)),
            new Op.Reduce(
                "total",
                Op.Reduction.SUM,
                FLOAT,
                at(FLOAT, "r", integer(0)),
                "j",
                integer(count),
                times(value, value)),
            run(declare(FLOAT, "largest", literal(FLOAT, -5))),
            new Op.Reduce(
                "most",
                Op.Reduction.MAX,
                FLOAT,
                name(FLOAT, "largest"),
                "j",
                integer(count),
                value),
            run(Ir.assign(at(FLOAT, "r", integer(1)), name(FLOAT, "largest")))));
  }

  @Test
  void reductionsHaveTheOneFixedShape() {
    for (int count : new int[] {0, 3, 16, 37, 100}) {
      try (var instance = open(reductions(count))) {
        float[] values = new float[count];
        float largest = -5;
        for (int j = 0; j < count; j++) {
          values[j] = 0.1f + (j * 37 % 101) * 0.731f;
          largest = Math.max(largest, values[j]);
          instance.memory().setFloat(0, 0, j, values[j]);
        }
        instance.memory().setFloat(1, 0, 0, 0.25f);
        instance.run(0, 0, 1, 0, 0, 0);
        assertEquals(0.25f + sumOfSquares(values), instance.memory().getFloat(1, 0, 0));
        assertEquals(largest, instance.memory().getFloat(1, 0, 1));
      }
    }
  }

  /// 16 strided partial sums, halves, then the rest in order.
  private static float sumOfSquares(float[] values) {
    float[] partial = new float[16];
    int blocks = values.length / 16 * 16;
    for (int j = 0; j < blocks; j++) {
      partial[j % 16] += values[j] * values[j];
    }
    for (int half = 8; half > 0; half /= 2) {
      for (int k = 0; k < half; k++) {
        partial[k] += partial[k + half];
      }
    }
    for (int j = blocks; j < values.length; j++) {
      partial[0] += values[j] * values[j];
    }
    return partial[0];
  }

  @Test
  void largeValuesOfReductionsBecomeMethods() {
    var values = new Rows("values", FLOAT, 1, 20);
    Expr v = at(FLOAT, "v", integer("j"));
    Expr large = times(add(times(v, v), v), add(times(v, v), times(v, add(v, v))));
    Program program =
        program(
            "large",
            List.of(values),
            kernel(
                "reduce",
                hoist("v", values, integer(0)),
                new Op.Reduce(
                    "total",
                    Op.Reduction.SUM,
                    FLOAT,
                    at(FLOAT, "v", integer(0)),
                    "j",
                    integer(16),
                    large)));
    assertTrue(JavaSource.of(program).text().contains("partial5 += total_value(v, j + 5);"));
    try (var instance = open(program)) {
      instance.memory().setFloat(0, 0, 3, 2);
      instance.run(0, 0, 1, 0, 0, 0);
      assertEquals((4 + 2) * (4 + 2 * 4), instance.memory().getFloat(0, 0, 0));
    }
  }

  @Test
  void atomicOrTakesAPointer() {
    var words = new Rows("words", UINT32, 1, 3);
    Expr second =
        new Expr.Binary(Ir.pointer(UINT32), BinaryOperator.ADD, row(UINT32, "w"), integer(1));
    Program program =
        program(
            "bits",
            List.of(words),
            kernel(
                "set",
                hoist("w", words, integer(0)),
                run(
                    Ir.call(
                        SnippetType.NOTHING,
                        "atomic_or",
                        second,
                        new Expr.Literal(SnippetType.UINT32, 6)))));
    try (var instance = open(program)) {
      instance.memory().setLong(0, 0, 1, 1);
      instance.run(0, 0, 1, 0, 0, 0);
      assertEquals(7, instance.memory().getLong(0, 0, 1));
    }
  }
}
