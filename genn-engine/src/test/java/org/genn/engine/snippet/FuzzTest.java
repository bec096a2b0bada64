package org.genn.engine.snippet;

import static org.genn.engine.snippet.Checks.ENVIRONMENT;
import static org.genn.engine.snippet.Checks.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.genn.feature.Feature;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Whatever the code, the outcome is a checked tree or a `SnippetException`, soon. The number of
/// random codes is the system property `snippet.fuzz.count`, the seed `snippet.fuzz.seed`.
@Feature("L23")
class FuzzTest {

  private static final int COUNT = Integer.getInteger("snippet.fuzz.count", 100_000);
  private static final long SEED = Long.getLong("snippet.fuzz.seed", 20_240_601L);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /// Time of the processor, which a busy machine does not lengthen; far more than any code of this
  /// size needs.
  private static final Duration BOUND = Duration.ofSeconds(2);

  /// The code is accepted and its tree is sound, or rejected with at least one diagnostic.
  private static boolean isAccepted(String code) {
    try {
      TreeInvariants.check(Snippet.statements(source(code), ENVIRONMENT));
      return true;
    } catch (SnippetException exception) {
      for (var diagnostic : exception.diagnostics()) {
        assertTrue(diagnostic.line() >= 1 && diagnostic.column() >= 1);
        assertFalse(diagnostic.problem().isEmpty());
        assertTrue(diagnostic.toString().length() < 4000);
      }
      return false;
    }
  }

  @Test
  void randomCodesGiveATreeOrDiagnostics() {
    var random = new SplittableRandom(SEED);
    int accepted = 0;
    for (int n = 0; n < COUNT; n++) {
      String code = new CodeGenerator(random.split()).code();
      long start = THREADS.getCurrentThreadCpuTime();
      try {
        accepted += isAccepted(code) ? 1 : 0;
      } catch (RuntimeException | Error failure) {
        throw new AssertionError("code %d: %s".formatted(n, code), failure);
      }
      assertTrue(THREADS.getCurrentThreadCpuTime() - start < BOUND.toNanos(), code);
    }
    assertTrue(accepted > COUNT / 20, "only " + accepted + " codes were accepted");
  }

  @Test
  void randomConditionsAndTypesGiveATreeOrDiagnostics() {
    var random = new SplittableRandom(SEED + 2);
    for (int n = 0; n < COUNT / 10; n++) {
      String code = new CodeGenerator(random.split()).condition();
      try {
        TreeInvariants.check(Snippet.expression(source(code), ENVIRONMENT));
      } catch (SnippetException expected) {
        assertFalse(expected.diagnostics().isEmpty());
      } catch (RuntimeException | Error failure) {
        throw new AssertionError("condition %d: %s".formatted(n, code), failure);
      }
      try {
        Snippet.type(code, NumericType.FLOAT, NumericType.FLOAT);
      } catch (SnippetException expected) {
        assertFalse(expected.diagnostics().isEmpty());
      } catch (RuntimeException | Error failure) {
        throw new AssertionError("type %d: %s".formatted(n, code), failure);
      }
      // What is read of code before it is parsed.
      Snippet.identifiers(code);
      Snippet.subscripted(code);
      Snippet.mentions(code, "f");
    }
  }

  @Test
  void diagnosticsAreTheSameEachTime() {
    var random = new SplittableRandom(SEED + 1);
    for (int n = 0; n < 200; n++) {
      String code = new CodeGenerator(random.split()).code();
      assertEquals(outcome(code), outcome(code));
    }
  }

  private static String outcome(String code) {
    try {
      return TreeText.of(Snippet.statements(source(code), ENVIRONMENT));
    } catch (SnippetException exception) {
      return exception.getMessage();
    }
  }

  /// Each makes a code of any size.
  private static final List<IntFunction<String>> LARGE_CODES =
      List.of(
          n -> "f = " + "(".repeat(n) + "1.0" + ")".repeat(n) + ";",
          n -> "f = " + "(".repeat(n),
          n -> "f = " + "-".repeat(n) + "1.0;",
          n -> "f = " + "- ".repeat(n) + "1.0;",
          n -> "f = " + "!".repeat(n) + "1.0;",
          n -> "f = " + "++".repeat(n) + "f;",
          n -> "f = " + "*".repeat(n) + "p;",
          n -> "f = " + "(int)".repeat(n) + "1.0;",
          n -> "f = " + "1.0 + ".repeat(n) + "1.0;",
          n -> "f = " + "1.0 * (1.0 + ".repeat(n) + "1.0;",
          n -> "f = " + "f = ".repeat(n) + "1.0;",
          n -> "f = " + "b ? 1 : ".repeat(n) + "2;",
          n -> "f = " + "b ? ".repeat(n) + "2" + " : 1".repeat(n) + ";",
          n -> "f = " + "1, ".repeat(n) + "2;",
          n -> "f = " + "exp(".repeat(n) + "1.0" + ")".repeat(n) + ";",
          n -> "f = p" + "[0]".repeat(n) + ";",
          n -> "f = " + "p[".repeat(n) + "0" + "]".repeat(n) + ";",
          n -> "f" + "++".repeat(n) + ";",
          n -> "f" + "(1)".repeat(n) + ";",
          n -> "f = b || i && u | l ^ m & c == b < i << u + l * -".repeat(n) + "1;",
          n -> "{".repeat(n),
          n -> "{".repeat(n) + "}".repeat(n),
          n -> "}".repeat(n),
          n -> "if (b) ".repeat(n) + ";",
          n -> "if (b) ; else ".repeat(n) + ";",
          n -> "while (b) do for (;;) switch (i) { case 1: ".repeat(n),
          n -> "switch (i) {" + "case 1: ".repeat(n) + "}",
          n -> "for_each_synapse ".repeat(n) + ";",
          n -> "int a;".repeat(n),
          n -> "{ int a; }".repeat(n),
          n -> "f = unknown + 1;".repeat(n),
          n -> "f = ;".repeat(n),
          n -> "int a = ;".repeat(n),
          n -> "f = 1.0\n".repeat(n),
          n -> "f = 1.0;\n".repeat(n),
          n -> "@".repeat(n),
          n -> "@ f ".repeat(n),
          n -> "'".repeat(n),
          n -> "\"".repeat(n),
          n -> "\"\n".repeat(n),
          n -> "/*".repeat(n),
          n -> "//".repeat(n),
          n -> "#\n".repeat(n),
          n -> "a".repeat(n) + ";",
          n -> "é".repeat(n),
          n -> "f = " + "9".repeat(n) + ";",
          n -> "f = 0." + "9".repeat(n) + ";",
          n -> "f = 1e" + "9".repeat(n) + ";",
          n -> "f = 0x" + "F".repeat(n) + ";",
          n -> "f = " + "1e+".repeat(n) + ";",
          n -> "f = " + "1.".repeat(n) + ";",
          n -> "f = " + "\0".repeat(n) + ";",
          n -> "f = " + "\ud83d".repeat(n) + ";",
          n -> "f = \"" + "\0\ud83d\ude00".repeat(n) + "\";",
          n -> "if (b) { f = 1.0; }" + " else if (b) { f = 2.0; }".repeat(n),
          n -> "if (b) ; " + "else if (i) ; ".repeat(n) + "else ;",
          n -> "for (int k = 0; k < 2; k++) ".repeat(n) + ";",
          n -> "do ".repeat(n) + ";" + " while (b);".repeat(n),
          n -> "f = a" + "b".repeat(n) + " + unknown" + "c".repeat(n) + ";",
          n -> numbered("int name" + "z".repeat(40) + "#; ", n),
          n -> "f = " + numbered("unknown# + ", n) + "1;",
          n -> "f = " + "1.0 < ".repeat(n) + "1.0;",
          n -> "f = " + "i << ".repeat(n) + "1;",
          n -> "f = " + "b && ".repeat(n) + "1 || b;",
          n -> "f = min(" + "min(1, ".repeat(n) + "2" + ")".repeat(n + 1) + ";",
          n -> "const ".repeat(n) + "int a;",
          n -> "int ".repeat(n) + "a;",
          n -> "int " + "*".repeat(n) + "a;",
          n -> "(int" + "*".repeat(n) + ")i;",
          n -> "int " + "a, ".repeat(n) + "b;",
          n -> "addToPost(" + "1, ".repeat(n) + "2);",
          n -> "printf(\"\"" + ", 1".repeat(n) + ");",
          n -> "$(".repeat(n),
          n -> "f = " + "$(exp, ".repeat(n) + "1;",
          n -> ";".repeat(n),
          n -> "\n".repeat(n) + "@",
          n -> numbered("f = q#;", n),
          n -> numbered("int q# = q# + 1;", n),
          n -> numbered("{ int q#; ", n),
          n -> "switch (i) {" + numbered("case #: f = 1.0; break;", n) + "}");

  private static String numbered(String piece, int count) {
    var code = new StringBuilder();
    for (int n = 0; n < count; n++) {
      code.append(piece.replace("#", Integer.toString(n)));
    }
    return code.toString();
  }

  @TestFactory
  Stream<DynamicTest> largeCodesNeitherOverflowNorTakeLong() {
    return LARGE_CODES.stream()
        .map(
            code ->
                DynamicTest.dynamicTest(
                    code.apply(2).replace("\n", "⏎"),
                    () -> assertTimeoutPreemptively(Duration.ofSeconds(20), () -> check(code))));
  }

  private static void check(IntFunction<String> code) throws InterruptedException {
    for (int size : new int[] {10, 200, 300, 1000, 20_000}) {
      var failures = new ArrayList<Throwable>();
      // Half of the usual stack.
      Thread thread =
          new Thread(null, () -> isAccepted(code.apply(size)), "small stack", 512 << 10);
      thread.setUncaughtExceptionHandler((_, failure) -> failures.add(failure));
      thread.start();
      thread.join();
      assertEquals(List.of(), failures, "size " + size);
    }
  }

  @Test
  void theLimitsAreReported() {
    assertEquals(
        "this is nested too deeply (more than 128 levels)",
        Checks.problem("f = " + "(".repeat(300) + "1.0" + ")".repeat(300) + ";"));
    assertEquals(
        "this expression is too long (more than 200 operators); split it up",
        Checks.problem("f = " + "1.0 + ".repeat(300) + "1.0;"));
    assertTrue(isAccepted("f = " + "(".repeat(100) + "1.0" + ")".repeat(100) + ";"));
    assertTrue(isAccepted("f = " + "1.0 + ".repeat(180) + "1.0;"));
    assertTrue(isAccepted("{".repeat(100) + "}".repeat(100)));
  }
}
