package org.genn.engine.snippet;

import static org.genn.engine.snippet.Checks.fault;
import static org.genn.engine.snippet.Checks.problem;
import static org.genn.engine.snippet.Checks.problems;
import static org.genn.engine.snippet.Checks.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScannerTest {

  @Test
  @Feature("L01")
  void commentsAndBlanksSeparateTokens() {
    assertEquals("i = (i + 1);", tree("// one\ni\t=\r\n/* two\n*/i//three\n+1 ; // end"));
  }

  @Test
  @Feature("L01")
  void namesMayStartWithAnUnderscore() {
    assertEquals("int _z = 1;\ni = _z;", tree("int _z = 1; i = _z;"));
  }

  @Test
  @Feature("L01")
  void lineAndColumnCountFromOne() {
    assertEquals(
        """
        sim code of neuron model Lif, line 3: unexpected character '@'
          @
          ^\
        """,
        fault("i = 1;\n// @\n  @"));
  }

  @ParameterizedTest
  @Feature({"L02", "L12"})
  @CsvSource({
    "0, 0, INT32",
    "1234, 1234, INT32",
    "-2345, (-2345), INT32",
    "2147483647, 2147483647, INT32",
    "-2147483647, (-2147483647), INT32",
    "2147483648, 2147483648l, INT64",
    "4294967296, 4294967296l, INT64",
    "9223372036854775808, 9223372036854775808ul, UINT64",
    "3u, 3u, UINT32",
    "4294967295U, 4294967295u, UINT32",
    "4294967296U, 4294967296ul, UINT64",
    "0x1F, 31, INT32",
    "0x1234, 4660, INT32",
    "0X1fu, 31u, UINT32",
    "0xFFFFFFFFu, 4294967295u, UINT32",
    "0x80000000, 2147483648u, UINT32",
    "0xFFFFFFFFF, 68719476735l, INT64",
    "0xFFFFFFFFFFFFFFFF, 18446744073709551615ul, UINT64",
    "00000, ERROR, INT32",
    "010, ERROR, INT32"
  })
  void integersHaveTheFirstTypeThatHoldsThem(String code, String text, NumericType type) {
    if (text.equals("ERROR")) {
      assertEquals(
          "'" + code + "': octal numbers are not supported; remove the leading 0",
          problem("i = " + code + ";"));
      return;
    }
    assertEquals(text, Checks.expr(code));
    assertEquals(SnippetType.of(type), Checks.expression(code).type());
  }

  @ParameterizedTest
  @Feature({"L03", "L13"})
  @CsvSource({
    "1.5, 1.5f",
    "100., 100.0f",
    "0.2, 0.2f",
    "10.f, 10.0f",
    "-0.0004f, (-4.0E-4f)",
    "10.0e4f, 100000.0f",
    "-12.0d, (-12.0)",
    "1e-4, 1.0E-4f",
    "1E+2F, 100.0f",
    "-1.E-5d, (-1.0E-5)",
    "2.5D, 2.5",
    "0.1, 0.1f",
    "1e400, Infinityf",
    "1e400d, Infinity",
    "16777217.0, 1.6777216E7f"
  })
  void realsAreScalarUnlessTheSuffixSaysOtherwise(String code, String text) {
    assertEquals(text, Checks.expr(code));
  }

  @Test
  @Feature({"L03", "L13"})
  void scalarLiteralsFollowTheModelPrecision() {
    var environment = Environment.of(NumericType.DOUBLE, NumericType.DOUBLE);
    assertEquals("0.1", TreeText.of(Snippet.expression(Checks.source("0.1"), environment)));
    assertEquals("0.1f", TreeText.of(Snippet.expression(Checks.source("0.1f"), environment)));
  }

  @ParameterizedTest
  @Feature({"L02", "L03"})
  @CsvSource(
      delimiter = '|',
      value = {
        ".5|'.5': a number needs a digit before its point; write 0.…",
        "1f|'1f': this suffix needs a point or an exponent; write 1.0f, not 1f",
        "0x1.0p3|'0x1.0p3': hexadecimal real numbers are not supported",
        "0x1p3|'0x1p3': hexadecimal real numbers are not supported",
        "5UL|'5UL': the suffix L is not supported; large integers are 64 bits wide anyway",
        "1e|'1e' is not a number",
        "1.2.3|'1.2.3' is not a number",
        "0x|'0x' is not a number",
        "12abc|'12abc' is not a number",
        "18446744073709551616|'18446744073709551616' does not fit into 64 bits"
      })
  void malformedNumbersAreOneFault(String code, String problem) {
    assertEquals(problem.replace("\"", ""), problem("f = " + code + ";"));
  }

  @Test
  @Feature("L04")
  void stringsAreVerbatim() {
    assertEquals("printf(\"a\\n%d \\\" \", i);", tree("printf(\"a\\n%d \\\" \", i);"));
  }

  @ParameterizedTest
  @Feature("L04")
  @ValueSource(
      strings = {"printf(\"abc);", "printf(\"abc\n\");", "printf(\"abc\\", "printf(\"abc\\\n\");"})
  void stringsMustBeClosedOnTheirLine(String code) {
    assertEquals(
        "this string is not closed; expected '\"' on the same line", problems(code).getFirst());
  }

  @Test
  void charactersOutsideTheLanguageAreNamed() {
    assertEquals(
        List.of(
            "preprocessor lines are not part of the snippet language",
            "character literals are not part of the snippet language; write the number",
            "'τ_m' is not a name; names have the letters A-Z, a-z, the digits and '_'",
            "'aé' is not a name; names have the letters A-Z, a-z, the digits and '_'",
            "unexpected character U+00A0",
            "unexpected character U+1F600",
            "unexpected character '`'",
            "this comment is not closed; expected '*/'"),
        problems(
            "#define A 1\ni = 'a';\nf = τ_m; f = aé;\ni =\u00a01; i = \ud83d\ude00; `\n/* end"));
  }

  @Test
  void rightShiftIsAToken() {
    assertEquals("i = (i >> 1);", tree("i = i >> 1;"));
    assertEquals("expected an expression but found '<'", problem("i = i >< 1;"));
  }

  @Test
  void mentionsLooksAtTokens() {
    assertTrue(Snippet.mentions("x = gennrand_uniform();", "gennrand_uniform"));
    assertFalse(
        Snippet.mentions("x = gennrand_uniform2(); // gennrand_uniform", "gennrand_uniform"));
    assertFalse(Snippet.mentions("printf(\"V\"); /* V */", "V"));
    assertTrue(Snippet.mentions("x = $(sT_pre) @", "st_pre"));
    assertFalse(Snippet.mentions("for (;;) {}", "for"));
  }

  @Test
  void identifiersAreInOrderOfAppearance() {
    assertEquals(
        List.of("b", "a", "exp"), List.copyOf(Snippet.identifiers("int b = a + b; 'q' exp(1f)")));
  }

  @Test
  void namesAreIdentifiersThatAreNotWordsOfC() {
    for (String good : Set.of("V_1", "_x", "test", "Test", "test123", "test_123", "_test_123")) {
      assertTrue(Snippet.isName(good), good);
    }
    for (String bad :
        Set.of(
            "",
            "1a",
            "1test",
            "a b",
            "test.test",
            "test-test",
            "τ",
            "for",
            "scalar",
            "return",
            "true")) {
      assertFalse(Snippet.isName(bad), bad);
    }
  }
}
