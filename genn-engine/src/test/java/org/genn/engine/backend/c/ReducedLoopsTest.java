package org.genn.engine.backend.c;

import static org.genn.engine.backend.Ir.add;
import static org.genn.engine.backend.Ir.assign;
import static org.genn.engine.backend.Ir.at;
import static org.genn.engine.backend.Ir.evaluate;
import static org.genn.engine.backend.Ir.hoist;
import static org.genn.engine.backend.Ir.integer;
import static org.genn.engine.backend.Ir.literal;
import static org.genn.engine.backend.Ir.times;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.genn.engine.backend.Backend;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.backend.Ir;
import org.genn.engine.backend.OnNative;
import org.genn.engine.backend.jvm.JvmBackend;
import org.genn.engine.kernel.Function;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Stmt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@OnNative
class ReducedLoopsTest {
  private static final String JOINED = "static APART_ float work(";

  @TempDir Path directory;

  /// `w *= 2; total ⊕= v · w` through a scratch row, in row 0 of `out`, which holds 3 before.
  ///
  /// @param first where the loop begins
  /// @param inLoop more that the loop does
  /// @param after more that is done afterwards
  private static Program program(
      int count, Op.Reduction reduction, int first, List<Stmt> inLoop, List<Op> after) {
    var v = new Rows("v", FLOAT, 1, count);
    var w = new Rows("w", FLOAT, 1, count);
    var out = new Rows("out", FLOAT, 1, count + 1);
    var scratch = new Rows("scratch", FLOAT, 1, count, true);
    Expr j = integer("j");
    var body = new ArrayList<Stmt>();
    body.add(evaluate(assign(at(FLOAT, "w", j), times(literal(FLOAT, 2), at(FLOAT, "w", j)))));
    body.addAll(inLoop);
    body.add(
        evaluate(assign(at(FLOAT, "scratch", j), times(at(FLOAT, "v", j), at(FLOAT, "w", j)))));
    var ops =
        new ArrayList<Op>(
            List.of(
                hoist("v", v, integer(0)),
                hoist("w", w, integer(0)),
                hoist("out", out, integer(0)),
                hoist("scratch", scratch, integer(0)),
                new Op.Elements("work", "j", integer(first), integer(count), body),
                new Op.Reduce(
                    "sum",
                    reduction,
                    FLOAT,
                    at(FLOAT, "out", integer(0)),
                    "k",
                    integer(count),
                    at(FLOAT, "scratch", integer("k")))));
    ops.addAll(after);
    var function = new Function("step", "", List.of(), ops);
    Kernel kernel = Ir.kernel("launch", new Op.Invoke("step", List.of()));
    return new Program("reduced", List.of(v, w, out, scratch), List.of(function), List.of(kernel));
  }

  private static Program program(int count, Op.Reduction reduction) {
    return program(count, reduction, 0, List.of(), List.of());
  }

  private static float v(int j) {
    return (float) Math.sin(j * 1.7) * (1 + j % 11);
  }

  private static float w(int j) {
    return (float) Math.cos(j * 0.3) / (1 + j % 5);
  }

  /// What is in `out` afterwards, then in `w`.
  private float[] run(Backend backend, Program program, int count) throws IOException {
    var settings = new BuildSettings().cacheDirectory(Optional.empty()).sourceDirectory(directory);
    try (var executable = backend.build(program, settings);
        var instance = executable.open()) {
      for (int j = 0; j < count; j++) {
        instance.memory().setFloat(0, 0, j, v(j));
        instance.memory().setFloat(1, 0, j, w(j));
      }
      instance.memory().setFloat(2, 0, 0, 3);
      instance.run(0, 0, 1, 0, 0, 0);
      var result = new float[2 * count + 1];
      for (int j = 0; j <= count; j++) {
        result[j] = instance.memory().getFloat(2, 0, j);
      }
      for (int j = 0; j < count; j++) {
        result[count + 1 + j] = instance.memory().getFloat(1, 0, j);
      }
      return result;
    }
  }

  /// The order that is written at `Op.Reduce`.
  private static float expected(int count, Op.Reduction reduction) {
    boolean isSum = reduction == Op.Reduction.SUM;
    float[] partial = new float[16];
    Arrays.fill(partial, isSum ? 0 : Float.NEGATIVE_INFINITY);
    int whole = count / 16 * 16;
    for (int j = 0; j < whole; j++) {
      partial[j % 16] = combine(isSum, partial[j % 16], v(j) * (2 * w(j)));
    }
    for (int half = 8; half > 0; half /= 2) {
      for (int k = 0; k < half; k++) {
        partial[k] = combine(isSum, partial[k], partial[k + half]);
      }
    }
    for (int j = whole; j < count; j++) {
      partial[0] = combine(isSum, partial[0], v(j) * (2 * w(j)));
    }
    return combine(isSum, 3, partial[0]);
  }

  private static float combine(boolean isSum, float a, float b) {
    return isSum ? a + b : Math.max(a, b);
  }

  private String printed() throws IOException {
    return Files.readString(directory.resolve("kernels_reduced.c"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 31, 48, 256, 333})
  void whatALoopComputesIsSummedUpInTheOrderOfAllReductions(int count) throws IOException {
    float[] result = run(new NativeBackend(), program(count, Op.Reduction.SUM), count);
    assertTrue(printed().contains(JOINED), printed());
    assertEquals(expected(count, Op.Reduction.SUM), result[0]);
    for (int j = 0; j < count; j++) {
      assertEquals(2 * w(j), result[count + 1 + j], "w[" + j + "]");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameBitsComeFromABackEndThatKeepsBothLoops(Op.Reduction reduction) throws IOException {
    for (int count : new int[] {7, 40, 201}) {
      Program program = program(count, reduction);
      float[] result = run(new NativeBackend(), program, count);
      assertTrue(printed().contains(JOINED), printed());
      assertEquals(expected(count, reduction), result[0]);
      assertEquals(Arrays.toString(run(new JvmBackend(), program, count)), Arrays.toString(result));
    }
  }

  @Test
  void aLoopOverAPartOfTheElementsStaysAlone() throws IOException {
    Program program = program(40, Op.Reduction.SUM, 8, List.of(), List.of());
    float[] result = run(new NativeBackend(), program, 40);
    assertFalse(printed().contains(JOINED), printed());
    assertEquals(Arrays.toString(run(new JvmBackend(), program, 40)), Arrays.toString(result));
  }

  @Test
  void aLoopThatHasToDoWithTheTargetStaysAlone() throws IOException {
    Stmt other =
        evaluate(
            assign(at(FLOAT, "out", add(integer("j"), integer(1))), at(FLOAT, "v", integer("j"))));
    Program program = program(40, Op.Reduction.SUM, 0, List.of(other), List.of());
    float[] result = run(new NativeBackend(), program, 40);
    assertFalse(printed().contains(JOINED), printed());
    assertEquals(Arrays.toString(run(new JvmBackend(), program, 40)), Arrays.toString(result));
  }

  @Test
  void whatSomethingElseReadsIsKept() throws IOException {
    Op later = Ir.run(assign(at(FLOAT, "out", integer(1)), at(FLOAT, "scratch", integer(5))));
    Program program = program(40, Op.Reduction.SUM, 0, List.of(), List.of(later));
    float[] result = run(new NativeBackend(), program, 40);
    assertFalse(printed().contains(JOINED), printed());
    assertEquals(v(5) * (2 * w(5)), result[1]);
  }
}
