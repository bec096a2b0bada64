package org.genn.engine.snippet;

import static org.genn.engine.snippet.Checks.ENVIRONMENT;
import static org.genn.engine.snippet.Checks.expr;
import static org.genn.engine.snippet.Checks.problem;
import static org.genn.engine.snippet.Checks.source;
import static org.genn.engine.snippet.Checks.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {

  private static final Environment RANDOM = ENVIRONMENT.withRandomNumbers();

  @ParameterizedTest
  @Feature("L17")
  @CsvSource(
      delimiter = '|',
      value = {
        "exp(f)|exp(f)|FLOAT",
        "exp(d)|exp(d)|DOUBLE",
        "exp(i)|exp(float(i))|FLOAT",
        "pow(f, 2)|pow(f, float(2))|FLOAT",
        "pow(d, 2)|pow(d, double(2))|DOUBLE",
        "pow(2, d)|pow(double(2), d)|DOUBLE",
        "pow(f, d)|pow(f, float(d))|FLOAT",
        "pow(d, f)|pow(d, double(f))|DOUBLE",
        "ldexp(d, c)|ldexp(d, int(c))|DOUBLE",
        "ilogb(d)|ilogb(d)|INT32",
        "hypot(f, 1.0)|hypot(f, 1.0f)|FLOAT",
        "fma(f, f, d)|fma(f, f, float(d))|FLOAT",
        "abs(f < 1.0)|abs(float((f < 1.0f)))|FLOAT",
        "abs(i && i)|abs(int((bool(i) && bool(i))))|INT32",
        "abs(!d)|abs(int((!bool(d))))|INT32"
      })
  void theSmallestRanksWin(String code, String tree, NumericType result) {
    assertEquals(tree, expr(code));
    assertEquals(SnippetType.of(result), Checks.expression(code).type());
  }

  @Test
  @Feature("L17")
  void integersGoToTheOverloadOfTheModelPrecision() {
    var environment =
        Environment.of(NumericType.DOUBLE, NumericType.DOUBLE)
            .withVariable("i", SnippetType.INT32, Environment.Access.READ_ONLY);
    assertEquals(
        "sqrt(double(i))", TreeText.of(Snippet.expression(source("sqrt(i)"), environment)));
  }

  @ParameterizedTest
  @Feature("L19")
  @CsvSource(
      delimiter = '|',
      value = {
        "min(i, 3)|min(i, 3)|INT32",
        "max(c, b)|max(int(c), int(b))|INT32",
        "max(u, 3)|max(u, unsigned_int(3))|UINT32",
        "max(3, u)|max(unsigned_int(3), u)|UINT32",
        "min(i, l)|min(int64_t(i), l)|INT64",
        "min(l, m)|min(uint64_t(l), m)|UINT64",
        "min(f, 1.0)|min(f, 1.0f)|FLOAT",
        "max(u, 1.0)|max(float(u), 1.0f)|FLOAT",
        "max(f, d)|max(double(f), d)|DOUBLE",
        "abs(c)|abs(int(c))|INT32",
        "abs(l)|abs(l)|INT64",
        "abs(f)|abs(f)|FLOAT",
        "abs(d)|abs(d)|DOUBLE",
        "clz(i)|clz(unsigned_int(i))|INT32"
      })
  void integerFunctions(String code, String tree, NumericType result) {
    assertEquals(tree, expr(code));
    assertEquals(SnippetType.of(result), Checks.expression(code).type());
  }

  @Test
  @Feature("L19")
  void atomicOrTakesAPointer() {
    assertEquals("atomic_or((up + i), (1u << i));", tree("atomic_or(up + i, 1u << i);"));
    assertEquals(
        "'atomic_or' cannot be called with (float*, int); there is atomic_or(unsigned int*,"
            + " unsigned int)",
        problem("atomic_or(p, 1);"));
    assertEquals("'atomic_or' gives no value", problem("u = atomic_or(up, 1u);"));
  }

  @ParameterizedTest
  @Feature("L18")
  @ValueSource(
      strings = {
        "cos sin tan acos asin atan cosh sinh tanh acosh asinh atanh exp expm1 exp2 log log1p log2"
            + " log10 sqrt cbrt",
        "ceil floor round rint trunc nearbyint fabs erf erfc tgamma lgamma"
      })
  void mathematicalFunctionsExistForFloatAndDouble(String names) {
    for (String name : names.split(" ")) {
      assertEquals(SnippetType.FLOAT, Checks.expression(name + "(f)").type());
      assertEquals(SnippetType.DOUBLE, Checks.expression(name + "(d)").type());
    }
  }

  @Test
  @Feature("L18")
  void functionsOfTwoAndThreeNumbers() {
    for (String name :
        "atan2 pow hypot fmod nextafter remainder fdim fmax fmin copysign".split(" ")) {
      assertEquals(SnippetType.FLOAT, Checks.expression(name + "(f, f)").type());
      assertEquals(SnippetType.DOUBLE, Checks.expression(name + "(d, d)").type());
    }
    assertEquals(SnippetType.DOUBLE, Checks.expression("fma(d, d, d)").type());
    assertEquals(SnippetType.FLOAT, Checks.expression("scalbn(f, 3)").type());
  }

  @Test
  @Feature("L18")
  void theLibraryIsATable() {
    assertEquals(
        List.of(
            new SnippetType.Function(SnippetType.FLOAT, List.of(SnippetType.FLOAT), false),
            new SnippetType.Function(SnippetType.DOUBLE, List.of(SnippetType.DOUBLE), false)),
        FunctionLibrary.overloads("exp", NumericType.FLOAT));
    assertEquals(
        SnippetType.DOUBLE,
        FunctionLibrary.overloads("exp", NumericType.DOUBLE).getFirst().result());
    assertEquals(List.of(), FunctionLibrary.overloads("nothing", NumericType.FLOAT));
    assertEquals(53, FunctionLibrary.functions().size());
    assertEquals(8, FunctionLibrary.randomFunctions().size());
    for (String name : FunctionLibrary.functions()) {
      assertFalse(FunctionLibrary.overloads(name, NumericType.FLOAT).isEmpty(), name);
      assertTrue(FunctionLibrary.contains(name));
    }
  }

  @Test
  @Feature({"L17", "L20"})
  void printfPromotesItsFurtherArguments() {
    assertEquals("printf(\"hello\");", tree("printf(\"hello\");"));
    assertEquals(
        "printf(\"hello %d, %f\", 12, double(15.0f));",
        tree("printf(\"hello %d, %f\", 12, 15.0f);"));
    assertEquals(
        "printf(\"%d %f %s\", int(c), double(f), \"a\", int((f < 1.0f)), p);",
        tree("printf(\"%d %f %s\", c, f, \"a\", f < 1.0, p);"));
    assertEquals(SnippetType.INT32, Checks.expression("printf(\"a\")").type());
  }

  @Test
  @Feature("L20")
  void stringsKnowTheEscapesThatAllLanguagesHave() {
    assertEquals("printf(\"\\a\\t\\n\\\\ \\101\");", tree("printf(\"\\a\\t\\n\\\\ \\101\");"));
    for (String escape : List.of("\\x", "\\u", "\\q")) {
      assertEquals(
          "strings don't know '%s'; they know \\n, \\t and the other ones of a letter of C, and up to three octal digits"
              .formatted(escape),
          problem("printf(\"%s41\");".formatted(escape)));
    }
  }

  @Test
  @Feature("L20")
  void formatsHaveALongestLength() {
    assertEquals(
        "a format can have 16384 characters at most; print it in parts",
        problem("printf(\"%s\");".formatted("a".repeat(70_000))));
  }

  @Test
  @Feature("L20")
  void assertTakesACondition() {
    assertEquals("assert((i < 1000));", tree("assert(i < 1000);"));
    assertEquals("assert(bool(i));", tree("assert(i);"));
  }

  @ParameterizedTest
  @Feature({"L17", "L20"})
  @CsvSource(
      delimiter = '|',
      value = {
        "f = sin(f, f);|'sin' takes 1 argument, got 2",
        "f = sin();|'sin' takes 1 argument, got 0",
        "f = pow(f);|'pow' takes 2 arguments, got 1",
        "printf();|'printf' takes at least 1 argument, got 0",
        "printf(3);|'printf' cannot be called with (int); there is printf(const int8_t*, …)",
        "f = sin(p);|'sin' cannot be called with (float*); there is sin(float), sin(double)",
        "addToPost(p);|'addToPost' cannot be called with (float*); there is addToPost(float)",
        "f = f(1);|'f' is a variable, not a function",
        "f = exp;|'exp' is a function; call it with '('",
        "f = addToPost + 1;|'addToPost' is a function; call it with '('",
        "addToPots(1);|'addToPots' is not a function here; available: [addToPost] and the standard"
            + " library; did you mean 'addToPost'?",
        "f = copysing(f, f);|'copysing' is not a function here; available: [addToPost] and the"
            + " standard library; did you mean 'copysign'?",
        "f = qwertz(f);|'qwertz' is not a function here; available: [addToPost] and the standard"
            + " library",
        "printf(\"%d %f\", i);|printf has 2 conversions, but 1 arguments after its format",
        "printf(\"%d\", f);|printf prints integers with '%d', but argument 1 after its format is"
            + " double",
        "printf(\"%d %5.2f\", i, i);|printf prints real numbers with '%5.2f', but argument 2 after"
            + " its format is int",
        "printf(\"%s\", i);|printf prints strings with '%s', but argument 1 after its format is"
            + " int",
        "printf(\"%d %n\", i, i);|printf does not know '%n'; it knows diuxXcfFeEgG and s",
        "printf(\"100%\");|printf has a '%' at the end of its format; write '%%' for the sign",
        "f = sin(\"a\");|a string can only be an argument of printf",
        "f = sin(addToPost(1.0));|'addToPost' gives no value",
        "f = (sin)(f) + (f)(1);|'f' is a variable, not a function"
      })
  void wrongCallsAreFaults(String code, String problem) {
    assertEquals(problem, problem(code));
  }

  @Test
  void theFormatIsALiteral() {
    var environment =
        ENVIRONMENT.withVariable(
            "text", Checks.pointer(Checks.INT8, true), Environment.Access.READ_ONLY);
    assertEquals(
        "the format of printf must be a string in quotes", problem("printf(text);", environment));
  }

  @Test
  void providedFunctionsHideThoseOfTheLibrary() {
    var environment = ENVIRONMENT.withFunction("exp", SnippetType.INT32, List.of());
    assertEquals("i = exp();", tree("i = exp();", environment));
    assertEquals("'exp' takes 0 arguments, got 1", problem("f = exp(f);", environment));
  }

  @ParameterizedTest
  @Feature("L21")
  @CsvSource(
      delimiter = '|',
      value = {
        "gennrand()|gennrand()|UINT32",
        "gennrand_uniform()|gennrand_uniform()|FLOAT",
        "gennrand_normal()|gennrand_normal()|FLOAT",
        "gennrand_exponential()|gennrand_exponential()|FLOAT",
        "gennrand_log_normal(1, d)|gennrand_log_normal(float(1), float(d))|FLOAT",
        "gennrand_gamma(f)|gennrand_gamma(f)|FLOAT",
        "gennrand_binomial(10, 0.5)|gennrand_binomial(unsigned_int(10), 0.5f)|UINT32",
        "gennrand_poisson(2)|gennrand_poisson(float(2))|INT32"
      })
  void randomNumbersWhereTheyAreAllowed(String code, String tree, NumericType type) {
    Expr checked = Snippet.expression(source(code), RANDOM);
    assertEquals(tree, TreeText.of(checked));
    assertEquals(SnippetType.of(type), checked.type());
  }

  @Test
  @Feature("L21")
  void randomNumbersElsewhereAreAFault() {
    assertEquals(
        "'gennrand_uniform' is not available here; random numbers can be used in the code of"
            + " neurons, postsynaptic models, current sources, initialisation and connectivity, and"
            + " in the per-neuron code of weight update models",
        problem("f = gennrand_uniform();"));
    assertTrue(
        Collections.disjoint(FunctionLibrary.functions(), FunctionLibrary.randomFunctions()));
  }
}
