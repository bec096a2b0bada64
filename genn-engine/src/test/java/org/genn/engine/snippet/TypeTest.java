package org.genn.engine.snippet;

import static org.genn.engine.snippet.Checks.expr;
import static org.genn.engine.snippet.Checks.problem;
import static org.genn.engine.snippet.Checks.problems;
import static org.genn.engine.snippet.Checks.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeTest {

  private static SnippetType type(String name) {
    return Snippet.type(name, NumericType.FLOAT, NumericType.DOUBLE);
  }

  @ParameterizedTest
  @Feature({"L12", "L13"})
  @CsvSource({
    "bool, BOOL",
    "char, INT8",
    "signed char, INT8",
    "int8_t, INT8",
    "unsigned char, UINT8",
    "char unsigned, UINT8",
    "uint8_t, UINT8",
    "short, INT16",
    "short int, INT16",
    "signed short int, INT16",
    "int16_t, INT16",
    "unsigned short, UINT16",
    "int unsigned short, UINT16",
    "uint16_t, UINT16",
    "int, INT32",
    "signed, INT32",
    "int signed, INT32",
    "int32_t, INT32",
    "unsigned, UINT32",
    "unsigned int, UINT32",
    "uint32_t, UINT32",
    "long, INT64",
    "long int, INT64",
    "long long, INT64",
    "long signed int long, INT64",
    "int64_t, INT64",
    "unsigned long, UINT64",
    "unsigned long long, UINT64",
    "unsigned long long int, UINT64",
    "uint64_t, UINT64",
    "size_t, UINT64",
    "float, FLOAT",
    "double, DOUBLE",
    "scalar, FLOAT",
    "timepoint, DOUBLE"
  })
  void typeWordsComeInAnyOrder(String name, NumericType expected) {
    assertEquals(SnippetType.of(expected), type(name));
    assertEquals(SnippetType.of(expected), Checks.expression("(" + name + ")i").type());
  }

  @Test
  @Feature("L13")
  void scalarAndTimepointAreWhatTheModelSays() {
    assertEquals(SnippetType.DOUBLE, Snippet.type("scalar", NumericType.DOUBLE, NumericType.FLOAT));
    assertEquals(
        SnippetType.FLOAT, Snippet.type("timepoint", NumericType.DOUBLE, NumericType.FLOAT));
  }

  @Test
  @Feature("L11")
  void pointerTypes() {
    assertEquals(Checks.pointer(SnippetType.FLOAT, false), type("scalar*"));
    assertEquals(Checks.pointer(SnippetType.FLOAT, true), type("const scalar *"));
    assertEquals(Checks.pointer(SnippetType.FLOAT, true), type("scalar const*"));
    assertEquals(
        Checks.pointer(Checks.pointer(SnippetType.INT32, false), true), type("int * const *"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo",
        "",
        "int int",
        "short long",
        "unsigned",
        "int x",
        "const int",
        "float unsigned"
      })
  void otherTypesAreFaults(String name) {
    if (name.equals("unsigned")) {
      assertEquals(SnippetType.UINT32, type(name));
      return;
    }
    assertThrows(SnippetException.class, () -> type(name));
  }

  @Test
  void wrongTypeNamesAreShown() {
    var exception = assertThrows(SnippetException.class, () -> type("unsigned foo"));
    assertEquals(
        """
        type 'unsigned foo', line 1: expected the end of the type but found 'foo'
          unsigned foo
                   ^^^\
        """,
        exception.getMessage());
  }

  @Test
  @Feature("L11")
  void pointersAreDereferencedMovedAndSubtracted() {
    assertEquals("p[i]", expr("p[i]"));
    assertEquals("p[0]", expr("*p"));
    assertEquals("(p + i)[0]", expr("*(p + i)"));
    assertEquals("(p + int(c))", expr("c + p"));
    assertEquals("(p - 1)", expr("p - 1"));
    assertEquals("(p - p)", expr("p - p"));
    assertEquals(SnippetType.INT32, Checks.expression("p - p").type());
    assertEquals("(p[0] * 2.0f)", expr("*p * 2.0"));
    assertEquals("p[int(c)]", expr("p[c]"));
    assertEquals("p[u]", expr("p[u]"));
    assertEquals(SnippetType.FLOAT, Checks.expression("cp[u]").type());
    assertEquals(SnippetType.UINT32, Checks.expression("up[i]").type());
    assertEquals("(-p[2])", expr("-p[2]"));
    assertEquals(
        "float* q = (p + 3);\nq++;\nq +=<float*> 2;\nq = p;\nq[1] = 2.0f;",
        tree("scalar *q = p + 3; q++; q += 2; q = p; q[1] = 2.0;"));
  }

  @Test
  @Feature("L11")
  void oneDeclarationHasOneType() {
    assertEquals("float* q;\nfloat* r = p;", tree("float *q, r = p;"));
  }

  @Test
  @Feature({"L11", "L15"})
  void constMayBeAddedToPointersButNotDropped() {
    assertEquals("const float* q = p;\nq = cp;", tree("const scalar *q = p; q = cp;"));
    assertEquals("const float* q = p;\nq++;", tree("const scalar *q = (const scalar*)p; q++;"));
  }

  @ParameterizedTest
  @Feature({"L11", "L15"})
  @CsvSource(
      delimiter = '|',
      value = {
        "int *q = 3;|a value of type int cannot be assigned to one of type int*",
        "scalar *q = cp;|a value of type const float* cannot be assigned to one of type float*",
        "int *q = p;|a value of type float* cannot be assigned to one of type int*",
        "f = p;|a value of type float* cannot be assigned to one of type float",
        "i = (int)p;|float* cannot be cast to int",
        "(int*)i;|int cannot be cast to int*",
        "(int*)p;|float* cannot be cast to int*",
        "(scalar*)cp;|const float* cannot be cast to float*",
        "*f;|'*' needs a pointer, got float",
        "f[1];|only pointers can have a subscript, 'f' is float",
        "p[1.0];|a subscript must be an integer, got float",
        "p[up];|a subscript must be an integer, got unsigned int*",
        "p + 1.0;|'+' needs numbers, or a pointer and an integer, got float* and float",
        "p + p;|'+' needs numbers, or a pointer and an integer, got float* and float*",
        "1 - p;|'-' needs numbers, or a pointer and an integer, got int and float*",
        "p - cp;|'-' needs pointers to the same type, got float* and const float*",
        "p * 2;|'*' needs numbers, got float* and int",
        "p == p;|'==' needs numbers, got float* and float*",
        "p & 1;|'&' needs integers, got float* and int",
        "p = p;|'p' is read-only",
        "p++;|'p' is read-only",
        "cp[1] = 2.0;|the elements of 'cp' are read-only",
        "*cp = 2.0;|the elements of 'cp' are read-only",
        "((const scalar*)p)[0] = 1.0;|the elements of this expression are read-only",
        "scalar *q = p; q *= 2;|'*=' needs numbers, got float* and int",
        "scalar *q = p; q += 2.0;|'+=' needs an integer on its right, got float* and float",
        "scalar * const q = p; q = p;|'q' is read-only"
      })
  void pointerRules(String code, String problem) {
    assertEquals(problem, problem(code));
  }

  @Test
  @Feature("L15")
  void everyNumberConvertsToEveryOther() {
    assertEquals("i = int(f);", tree("i = f;"));
    assertEquals("c = int8_t(d);", tree("c = d;"));
    assertEquals("b = bool(f);", tree("b = f;"));
    assertEquals("f = float(b);", tree("f = b;"));
    assertEquals("uint8_t a = uint8_t((-1));", tree("unsigned char a = -1;"));
    assertEquals("float a = d;".replace("d", "float(d)"), tree("scalar a = d;"));
    assertEquals("f = f;", tree("f = (scalar)f;"));
  }

  @Test
  @Feature("L15")
  void readOnlyNamesCannotBeChanged() {
    for (String code : List.of("ro = 1.0;", "ro += 1.0;", "ro++;", "--ro;")) {
      assertEquals("'ro' is read-only", problem(code));
    }
    assertEquals("'a' is read-only", problem("const int a = 1; a = 2;"));
  }

  @Test
  @Feature("L16")
  void writeOnlyNamesTakePlainAssignmentsOnly() {
    assertEquals("wo = 2.0f;", tree("wo = 2.0;"));
    String assignOnly =
        "'wo' is write-only here (the target of a reduction or broadcast); it can be assigned with"
            + " '=' but not with '";
    assertEquals(assignOnly + "+='", problem("wo += 1.0;"));
    assertEquals(assignOnly + "++'", problem("wo++;"));
    assertEquals(assignOnly + "--'", problem("--wo;"));
    String unreadable =
        "'wo' is write-only here (the target of a reduction or broadcast) and cannot be read";
    for (String code :
        List.of(
            "f = wo;",
            "f = wo = 1.0;",
            "f = exp(wo);",
            "wo;",
            "if (wo) ;",
            "wo = wo;",
            "f = (1, wo);")) {
      assertEquals(unreadable, problem(code), code);
    }
  }

  @Test
  @Feature("L27")
  void constantsMustFitTheirType() {
    assertEquals(
        new Expr.Literal(SnippetType.INT32, 12), Expr.Literal.inRange(NumericType.INT32, 12.8));
    assertEquals(
        new Expr.Literal(SnippetType.INT32, -12), Expr.Literal.inRange(NumericType.INT32, -12.8));
    assertEquals(
        new Expr.Literal(SnippetType.UINT32, 13), Expr.Literal.inRange(NumericType.UINT32, 13.1));
    assertEquals(
        "4294967295u", TreeText.of(Expr.Literal.inRange(NumericType.UINT32, 4294967295.0)));
    assertEquals(0.1f, Expr.Literal.inRange(NumericType.FLOAT, 0.1).real());
    assertEquals(0.1, Expr.Literal.inRange(NumericType.DOUBLE, 0.1).real());
    assertEquals(
        Double.POSITIVE_INFINITY,
        Expr.Literal.inRange(NumericType.FLOAT, Double.POSITIVE_INFINITY).real());
    var exception =
        assertThrows(
            IllegalArgumentException.class, () -> Expr.Literal.inRange(NumericType.UINT32, -12));
    assertEquals(
        "-12.0 does not fit into unsigned int, which holds numbers from 0 to 4294967295",
        exception.getMessage());
    for (var type : NumericType.values()) {
      if (type.isIntegral()) {
        assertThrows(IllegalArgumentException.class, () -> Expr.Literal.inRange(type, Double.NaN));
        assertThrows(
            IllegalArgumentException.class,
            () -> Expr.Literal.inRange(type, Math.scalb(1.0, type.bits())));
      }
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> Expr.Literal.inRange(NumericType.INT32, 4294967295.0));
    assertThrows(
        IllegalArgumentException.class, () -> Expr.Literal.inRange(NumericType.FLOAT, 1e300));
    assertEquals(-128, Expr.Literal.inRange(NumericType.INT8, -128.9).bits());
  }

  @Test
  void severalPointerFaultsAreAllReported() {
    assertEquals(2, problems("int *q = 3; f = p;").size());
  }
}
