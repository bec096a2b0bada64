package org.genn.engine.snippet;

import static org.genn.engine.snippet.Checks.expr;
import static org.genn.engine.snippet.Checks.problem;
import static org.genn.engine.snippet.Checks.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorTest {

  @ParameterizedTest
  @Feature("L08")
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      value = {
        "i = l = i => i = int(l = int64_t(i))",
        "b ? i : b ? u : 3 => (b ? unsigned_int(i) : (b ? u : unsigned_int(3)))",
        "i || i && i => (bool(i) || (bool(i) && bool(i)))",
        "i && i | i => (bool(i) && bool((i | i)))",
        "i | i ^ i => (i | (i ^ i))",
        "i ^ i & i => (i ^ (i & i))",
        "i & i == i => (i & int((i == i)))",
        "i == i != i => (int((i == i)) != i)",
        "i == i < i => (i == int((i < i)))",
        "i < i << i => (i < (i << i))",
        "i << i + i => (i << (i + i))",
        "i + i * i => (i + (i * i))",
        "i - i - i => ((i - i) - i)",
        "i / i % i * i => (((i / i) % i) * i)",
        "i * -i => (i * (-i))",
        "i * (i + i) => (i * (i + i))",
        "-i++ => (-i++)",
        "!i == i => (int((!bool(i))) == i)",
        "(char)i + (float)f => (float(int8_t(i)) + f)",
        "(int)-f => int((-f))",
        "(scalar)(int)f => float(int(f))",
        "i, f, 3 => ((i, f), 3)",
        "- - -i => (-(-(-i)))",
        "+c => int(c)",
        "-c => (-int(c))",
        "~c => (~int(c))",
        "i - -1 => (i - (-1))",
        "i >> 1 >= i => ((i >> 1) >= i)",
        "i > i <= i => (int((i > i)) <= i)"
      })
  void precedenceAndAssociativity(String code, String tree) {
    assertEquals(tree, expr(code));
  }

  @Test
  @Feature("L09")
  void incrementsBeforeAndAfter() {
    assertEquals(
        "i = int(((unsigned_int((++i + i++)) - --u) + u--))", expr("i = ++i + i++ - --u + u--"));
    assertEquals("++i", expr("++i"));
    assertEquals("i--", expr("i--"));
    assertEquals("++f", expr("++f"));
    assertEquals("p[++i]++", expr("p[++i]++"));
    assertEquals(SnippetType.FLOAT, Checks.expression("f++").type());
  }

  @ParameterizedTest
  @Feature("L10")
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      value = {
        "f += i => f +=<float> float(i)",
        "i += f => i +=<float> f",
        "c -= 1 => c -=<int> 1",
        "f *= 2.0d => f *=<double> 2.0",
        "f /= 2 => f /=<float> float(2)",
        "i /= u => i /=<unsigned int> u",
        "i %= c => i %=<int> int(c)",
        "i &= l => i &=<int64_t> l",
        "i |= 1 => i |=<int> 1",
        "i ^= 1 => i ^=<int> 1",
        "c <<= u => c <<=<int> u",
        "i >>= 1 => i >>=<int> 1",
        "b |= true => b |=<int> int(true)"
      })
  void compoundAssignmentsNameTheirCommonType(String code, String tree) {
    assertEquals(tree, expr(code));
  }

  @ParameterizedTest
  @Feature("L14")
  @CsvSource({
    "b, b, INT32",
    "c, c, INT32",
    "c, b, INT32",
    "c, i, INT32",
    "i, u, UINT32",
    "u, l, INT64",
    "i, m, UINT64",
    "l, m, UINT64",
    "u, u, UINT32",
    "m, f, FLOAT",
    "b, f, FLOAT",
    "f, d, DOUBLE",
    "l, d, DOUBLE"
  })
  void arithmeticHappensInTheCommonType(String left, String right, NumericType common) {
    for (String operator : new String[] {"+", "-", "*", "/"}) {
      assertEquals(SnippetType.of(common), Checks.expression(left + operator + right).type());
      assertEquals(SnippetType.of(common), Checks.expression(right + operator + left).type());
    }
    assertEquals(SnippetType.of(common), Checks.expression("b ? " + left + " : " + right).type());
    var comparison = (Expr.Binary) Checks.expression(left + " < " + right);
    assertEquals(SnippetType.BOOL, comparison.type());
    assertEquals(SnippetType.of(common), comparison.left().type());
    assertEquals(SnippetType.of(common), comparison.right().type());
  }

  @Test
  @Feature("L14")
  void shiftsHaveTheTypeOfTheLeftOperand() {
    assertEquals("(int(c) << l)", expr("c << l"));
    assertEquals(SnippetType.INT32, Checks.expression("c << l").type());
    assertEquals("(m >> int(c))", expr("m >> c"));
  }

  @Test
  @Feature("L14")
  void comparisonsAndLogicAreBoolAndCountAsIntegers() {
    assertEquals("f = float((int((f < 1.0f)) / 2))", expr("f = (f < 1.0) / 2"));
    assertEquals(SnippetType.BOOL, Checks.expression("i && f").type());
    assertEquals("(bool(i) && bool(f))", expr("i && f"));
    assertEquals("(!bool(f))", expr("!f"));
  }

  @ParameterizedTest
  @Feature({"L14", "L15"})
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      value = {
        "f % 2; => '%' needs integers, got float and int",
        "f << 2; => '<<' needs integers, got float and int",
        "2 >> f; => '>>' needs integers, got int and float",
        "f & i; => '&' needs integers, got float and int",
        "i | f; => '|' needs integers, got int and float",
        "f ^ i; => '^' needs integers, got float and int",
        "~f; => '~' needs an integer, got float",
        "-p; => '-' needs a number, got float*",
        "!p; => '!' needs a number, got float*",
        "f %= 2; => '%=' needs integers, got float and int",
        "i ^= 2.5; => '^=' needs integers, got int and float",
        "f <<= 1; => '<<=' needs integers, got float and int",
        "i >>= 1.0; => '>>=' needs integers, got int and float",
        "f += p; => '+=' needs numbers, got float and float*",
        "b ? p : p; => '?:' needs numbers as branches, got float* and float*",
        "p ? 1 : 2; => a condition must be a number, got float*",
        "3 = i; => the left side cannot be assigned; only variables and elements of arrays can",
        "i = 3 = 4; => the left side cannot be assigned; only variables and elements of arrays can",
        "i++ = 3; => the left side cannot be assigned; only variables and elements of arrays can",
        "(i = 3) = 4; => the left side cannot be assigned; only variables and elements of arrays"
            + " can",
        "i + 1 += 4; => the left side cannot be assigned; only variables and elements of arrays"
            + " can",
        "++i++; => the left side cannot be assigned; only variables and elements of arrays can",
        "(b ? i : i) = 3; => the left side cannot be assigned; only variables and elements of"
            + " arrays can",
        "(int)i = 3; => the left side cannot be assigned; only variables and elements of arrays"
            + " can",
        "3(4); => only a function can be called",
        "\"a\"; => a string can only be an argument of printf",
        "f = addToPost(1.0); => 'addToPost' gives no value",
        "b ? addToPost(1.0) : 2; => 'addToPost' gives no value"
      })
  void wrongOperandsAreFaults(String code, String problem) {
    assertEquals(problem, problem(code));
  }

  @Test
  void theOriginalOfAParenthesisedTargetCounts() {
    assertEquals("i = 3;", tree("(i) = 3;"));
  }
}
