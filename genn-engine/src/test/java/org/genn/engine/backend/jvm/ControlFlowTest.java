package org.genn.engine.backend.jvm;

import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.genn.engine.snippet.NumericType.INT32;
import static org.genn.engine.snippet.NumericType.INT64;
import static org.genn.engine.snippet.NumericType.UINT32;
import static org.genn.engine.snippet.NumericType.UINT8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.genn.engine.snippet.NumericType;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// Statements, side effects and pointers: the result of each code is what a C compiler's would be.
class ControlFlowTest {

  private static long run(String text, long x, long y) {
    return run(INT32, text, x, y);
  }

  private static long run(NumericType type, String text, long x, long y) {
    try (var run = new SnippetRun(List.of(new SnippetRun.Code(type, type, type, text)))) {
      return run.run(0, x, y).longValue();
    }
  }

  private static String printed(String text) {
    var bytes = new ByteArrayOutputStream();
    PrintStream out = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      run(text, 7, -2);
    } finally {
      System.setOut(out);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  @Feature("L07")
  void switchFallsThrough() {
    String text =
        """
        result = 0;
        switch (x) {
          case 1: result += 1;
          case 2:
          case 3: result += 10; break;
          default: result += 1000;
          case 7: result += 100;
        }
        """;
    try (var run = new SnippetRun(List.of(new SnippetRun.Code(INT32, INT32, INT32, text)))) {
      assertEquals(11L, run.run(0, 1, 0));
      assertEquals(10L, run.run(0, 2, 0));
      assertEquals(10L, run.run(0, 3, 0));
      assertEquals(100L, run.run(0, 7, 0));
      assertEquals(1100L, run.run(0, 8, 0));
    }
  }

  @Test
  @Feature("L07")
  void switchOn64Bits() {
    String text =
        """
        switch (x) {
          case 5: result = 1; break;
          case 8589934592: result = 2; break;
          default: result = 3;
        }
        """;
    assertEquals(1, run(INT64, text, 5, 0));
    assertEquals(2, run(INT64, text, 1L << 33, 0));
    assertEquals(3, run(INT64, text, 0, 0));
  }

  @Test
  @Feature("L06")
  void loops() {
    assertEquals(45, run("result = 0; for (int i = 0; i < x; i++) result += i;", 10, 0));
    assertEquals(45, run("result = 0; int i = 0; while (i < x) { result += i++; }", 10, 0));
    assertEquals(10, run("int i = 0; do { i++; } while (i < x); result = i;", 10, 0));
    assertEquals(1, run("int i = 0; do i++; while (i < x); result = i;", -5, 0));
    assertEquals(
        25, run("result = 0; for (int i = 0, j = 9; i < j; i++, j--) { result += j - i; }", 0, 0));
    assertEquals(
        20,
        run(
            "result = 0; for (int i = 0; i < 10; i++) { if (i % 2 == 1) continue; result += i; }",
            0, 0));
    assertEquals(6, run("int i = 0; for (;;) { if (i > 5) break; i++; } result = i;", 0, 0));
    assertEquals(3, run("result = 3; while (false) { result = 4; }", 0, 0));
    assertEquals(
        9,
        run(
            "result = 0; while (true) { result++; if (result == 9) break; else continue; result ="
                + " 1; }",
            0,
            0));
  }

  @Test
  @Feature("L06")
  void codeThatIsNeverReachedIsNoError() {
    assertEquals(
        2, run("result = 1; for (int i = 0; i < 3; i++) { result = 2; break; result = 3; }", 0, 0));
    assertEquals(1, run("result = 1; while (true) { { break; } result = 5; }", 0, 0));
    assertEquals(
        1,
        run("result = 1; do { if (x > 0) break; else break; result = 7; } while (true); ", 0, 0));
    assertEquals(
        4,
        run(
            "for (int i = 0; i < 5; i++) { switch (i) { default: result = i; continue; } result ="
                + " 9; }",
            0,
            0));
  }

  @Test
  @Feature({"L08", "L09"})
  void sideEffectsInExpressions() {
    assertEquals(35, run("int a = x++; int b = ++x; result = a * (b - x) + 5 * a;", 7, 0));
    assertEquals(12, run("int a; int b; a = b = x + 5; result = b; a += 1;", 7, 0));
    assertEquals(24, run("result = (x += 5, x * 2);", 7, 0));
    assertEquals(9, run("result = (assert(x > 0), x + 2);", 7, 0));
    assertEquals(1, run("result = (x > 5 && (y = 1) == 1) ? y : -1;", 7, 0));
    assertEquals(3, run("y = 3; bool b = x < 0 && (y = 1) == 1; result = y + (b ? 10 : 0);", 7, 0));
    assertEquals(8, run("x > 3 ? x++ : x--; result = x;", 7, 0));
    assertEquals(7, run("x + 1; 3; result = x;", 7, 0));
  }

  @Test
  @Feature({"L09", "L10"})
  void subscriptsAreEvaluatedOnce() {
    assertEquals(
        9123,
        run(
            "int i = 0; table[0] = 1; table[1] = 2; table[i++] %= 3; table[i++] /= 1; result = i =="
                + " 2 ? 9000 + table[0] * 100 + table[1] * 10 + 3 : 0;",
            0, 0));
    assertEquals(
        4,
        run(
            "int i = 0; table[i++] = 4; table[i++] = 1; result = table[0]; table[--i] -= 1; result"
                + " += table[1];",
            0,
            0));
  }

  @Test
  @Feature("L09")
  void smallIntegersWrap() {
    try (var run =
        new SnippetRun(
            List.of(
                new SnippetRun.Code(
                    INT32, UINT8, UINT8, "result = x++; result = result * 1000 + x;"),
                new SnippetRun.Code(
                    INT32, UINT8, UINT8, "uint8_t z = 0; result = --z; result += x-- + x;"),
                new SnippetRun.Code(UINT8, UINT8, UINT8, "result = 255; result++;"),
                new SnippetRun.Code(
                    UINT8, UINT8, UINT8, "result = 0; x = result--; result = result - x;")))) {
      assertEquals(255000L, run.run(0, 255, 0));
      assertEquals(255L + 0 + 255, run.run(1, 0, 0));
      assertEquals(0L, run.run(2, 0, 0));
      assertEquals(255L, run.run(3, 0, 0));
    }
  }

  @Test
  @Feature("L11")
  void pointers() {
    String fill = "for (int i = 0; i < 8; i++) table[i] = i * i; ";
    assertEquals(9, run(fill + "const int *p = table + 2; result = *(p + 1);", 0, 0));
    assertEquals(1049, run(fill + "int *p = table; p++; result = *p++ * 1000 + p[5];", 0, 0));
    assertEquals(
        5, run(fill + "int *p = table; int *q = table + 5; result = (int) (q - p);", 0, 0));
    assertEquals(77, run(fill + "int *p = table + 7; *p = 77; p -= 3; result = table[7];", 0, 0));
    assertEquals(16, run(fill + "int *p; p = table; p = p + 4; result = p[0];", 0, 0));
    assertEquals(
        140,
        run(fill + "result = 0; for (int *p = table; p - table < 8; p++) result += *p;", 0, 0));
  }

  @Test
  void unsignedLoopsAndComparisons() {
    try (var run =
        new SnippetRun(
            List.of(
                new SnippetRun.Code(UINT32, UINT32, UINT32, "result = x > y ? 1 : 0;"),
                new SnippetRun.Code(FLOAT, UINT32, UINT32, "result = x;")))) {
      assertEquals(1L, run.run(0, 0xffffffffL, 1));
      assertEquals(4294967296.0, run.run(1, 0xffffffffL, 1));
    }
  }

  @Test
  @Feature("L19")
  void integerFunctions() {
    assertEquals(31, run("result = clz(1);", 0, 0));
    assertEquals(5, run("result = max(abs(x), 3);", -5, 0));
    assertEquals(-7, run("result = min(x, y);", -5, -7));
    assertEquals(4294967295L, run(UINT32, "result = max(x, y);", 4294967295L, 3));
  }

  @Test
  @Feature("L20")
  void printfFormatsAsC() {
    assertEquals("hello", printed("printf(\"hello\");"));
    assertEquals("hello 12, 15.000000", printed("printf(\"hello %d, %f\", 12, 15.0f);"));
    assertEquals(
        "x = 7, y =   -2|0007|7   |%\n",
        printed("printf(\"x = %d, y = %4i|%04d|%-4d|%%\\n\", x, y, x, x);"));
    assertEquals("4294967294 fffffffe", printed("printf(\"%u %x\", y, y);"));
    assertEquals(
        "3.50 1.000000e-05 0.25 1e+10",
        printed("printf(\"%.2f %e %g %g\", 3.5, 1e-5, 0.25, 1e10);"));
    assertEquals(
        "7|7|+7|+7|0x7|A|+3.5|ab", // what C leaves out of account Java must not refuse
        printed(
            "printf(\"%-d|%0d|%+2d|%+d|%#x|%+c|%-+.1f|%0s\", x, x, x, x, x, x + 58, 3.5,"
                + " \"ab\");"));
    assertEquals(
        "12345678901 tab\there",
        printed("int64_t z = 12345678901; printf(\"%lld tab\\t%s\", z, \"here\");"));
  }

  @Test
  @Feature("L20")
  void failedAssertionsSayWhere() {
    assertEquals(7, run("assert(x > 0); result = x;", 7, 0));
    var e = assertThrows(IllegalStateException.class, () -> run("assert(x > 0);", -7, 0));
    assertTrue(e.getMessage().endsWith("assert(x > 0) failed"), e.getMessage());
  }

  @Test
  void namesThatAreWordsOfJava() {
    assertEquals(
        15,
        run(
            "int final = 1; int class = 2; int byte = 4; int Math = 8; result = final + class +"
                + " byte + Math;",
            0,
            0));
    assertEquals(3, run("int final = 1; int final_ = 2; result = final + final_;", 0, 0));
  }
}
