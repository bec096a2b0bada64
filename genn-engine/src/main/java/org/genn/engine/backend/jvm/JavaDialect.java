package org.genn.engine.backend.jvm;

import java.util.List;
import java.util.Set;
import org.genn.engine.backend.Dialect;
import org.genn.engine.backend.Printed;
import org.genn.engine.backend.Routine;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;

/// Java with the types of `java.base`.
///
/// A number is an `int`, `long`, `float`, `double` or `boolean`; 8- and 16-bit integers are `int`s
/// of their range, unsigned ones of 32 and 64 bits the `int` or `long` with the same bits. Rows are
/// arrays, with elements as small as the type. A pointer that is no row is an array and an offset.
final class JavaDialect implements Dialect {
  private static final Set<String> RESERVED =
      Set.of(
          ("abstract assert boolean break byte case catch char class const continue default do"
               + " double else enum extends final finally float for goto if implements import"
               + " instanceof int interface long native new package private protected public return"
               + " short static strictfp super switch synchronized this throw throws transient try"
               + " void volatile while true false null _ var yield record Math StrictMath Integer"
               + " Long Float Double String System java Object")
              .split(" "));

  /// Field with all arrays, for code that is told their numbers.
  static final String ALL = "arrays_";

  private final boolean isChecked;

  /// @param isChecked whether subscripts outside of a row are reported with its name
  JavaDialect(boolean isChecked) {
    this.isChecked = isChecked;
  }

  @Override
  public String identifier(String name) {
    int end = name.length();
    while (end > 1 && name.charAt(end - 1) == '_') {
      end--;
    }
    return RESERVED.contains(name.substring(0, end)) ? name + "_" : name;
  }

  @Override
  public String valueType(NumericType type) {
    return switch (type) {
      case BOOL -> "boolean";
      case INT8, UINT8, INT16, UINT16, INT32, UINT32 -> "int";
      case INT64, UINT64 -> "long";
      case FLOAT -> "float";
      case DOUBLE -> "double";
    };
  }

  @Override
  public String rowType(NumericType element) {
    return elementType(element) + "[]";
  }

  static String elementType(NumericType type) {
    return switch (type) {
      case BOOL -> "boolean";
      case INT8, UINT8 -> "byte";
      case INT16, UINT16 -> "short";
      case INT32, UINT32 -> "int";
      case INT64, UINT64 -> "long";
      case FLOAT -> "float";
      case DOUBLE -> "double";
    };
  }

  @Override
  public Printed literal(NumericType type, long bits) {
    String text =
        switch (type) {
          case BOOL -> bits != 0 ? "true" : "false";
          case INT8, UINT8, INT16, UINT16, INT32 -> Long.toString(bits);
          case UINT32 ->
              bits > Integer.MAX_VALUE ? "0x" + Long.toHexString(bits) : Long.toString(bits);
          case INT64 -> bits + "L";
          case UINT64 -> bits < 0 ? "0x" + Long.toHexString(bits) + "L" : bits + "L";
          case FLOAT -> real((float) Double.longBitsToDouble(bits));
          case DOUBLE -> real(Double.longBitsToDouble(bits));
        };
    return text.startsWith("-") ? new Printed(text, Printed.UNARY) : Printed.primary(text);
  }

  private static String real(float value) {
    if (Float.isFinite(value)) {
      return value + "f";
    }
    return "Float." + special(value);
  }

  private static String real(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "Double." + special(value);
  }

  private static String special(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY";
  }

  @Override
  public Printed convert(NumericType from, NumericType to, Printed operand) {
    return JavaConversions.convert(from, to, operand);
  }

  @Override
  public Printed binary(
      BinaryOperator operator, NumericType operands, Printed left, Printed right) {
    boolean isUnsigned = !operands.isSigned() && operands.bits() >= 32;
    String wrapper = operands.bits() > 32 ? "Long" : "Integer";
    if (operator.isComparison() && isUnsigned && operator.compareTo(BinaryOperator.EQUAL) < 0) {
      Printed order = Printed.call(wrapper + ".compareUnsigned", left, right);
      return Printed.binary(operator.symbol(), order, Printed.primary("0"));
    }
    return switch (operator) {
      case DIVIDE, REMAINDER ->
          operands.isReal()
              ? Printed.binary(operator.symbol(), left, right)
              : division(operator == BinaryOperator.DIVIDE, isUnsigned, wrapper, left, right);
      case SHIFT_RIGHT -> Printed.binary(isUnsigned ? ">>>" : ">>", left, right);
      default -> Printed.binary(operator.symbol(), left, right);
    };
  }

  private static Printed division(
      boolean isDivision, boolean isUnsigned, String wrapper, Printed left, Printed right) {
    boolean isSafe = right.text().matches("([0-9]*[1-9][0-9]*|0x[0-9a-f]*[1-9a-f][0-9a-f]*)L?");
    if (isUnsigned) {
      String name = isDivision ? "divide" : "remainder";
      return Printed.call((isSafe ? wrapper + "." : "") + name + "Unsigned", left, right);
    }
    return isSafe
        ? Printed.binary(isDivision ? "/" : "%", left, right)
        : Printed.call(isDivision ? "divide" : "remainder", left, right);
  }

  @Override
  public boolean hasCompound(BinaryOperator operator, NumericType target, NumericType common) {
    boolean isDivision = operator == BinaryOperator.DIVIDE || operator == BinaryOperator.REMAINDER;
    return target.rank() >= NumericType.INT32.rank()
        && valueType(target).equals(valueType(common))
        && (target.isReal() || !isDivision)
        && (operator != BinaryOperator.SHIFT_RIGHT || target == common);
  }

  @Override
  public String compound(BinaryOperator operator, NumericType target) {
    return operator == BinaryOperator.SHIFT_RIGHT && !target.isSigned()
        ? ">>>="
        : operator.symbol() + "=";
  }

  @Override
  public boolean hasIncrement(NumericType target) {
    return target.rank() >= NumericType.INT32.rank();
  }

  @Override
  public boolean testsSubscripts() {
    return isChecked;
  }

  @Override
  public Printed element(Printed array, Printed index, String what) {
    String name = array.at(Printed.PRIMARY);
    if (!isChecked) {
      return Printed.primary(name + "[" + index.text() + "]");
    }
    Printed message = Printed.primary(JavaSource.quoted(what));
    Printed length = Printed.primary(name + ".length");
    return Printed.primary(
        name + "[" + Printed.call("checked", index, length, message).text() + "]");
  }

  @Override
  public Printed load(NumericType type, Printed element) {
    return switch (type) {
      case UINT8 -> Printed.binary("&", element, Printed.primary("0xff"));
      case UINT16 -> Printed.binary("&", element, Printed.primary("0xffff"));
      default -> element;
    };
  }

  @Override
  public Printed stored(NumericType type, Printed value) {
    return switch (type) {
      case INT8, UINT8 -> Printed.cast("byte", value);
      case INT16, UINT16 -> Printed.cast("short", value);
      default -> value;
    };
  }

  @Override
  public Printed call(Expr.Call call, List<Printed> arguments) {
    return JavaFunctions.call(call, arguments);
  }

  @Override
  public Printed print(String format, List<SnippetType> types, List<Printed> arguments) {
    return JavaPrintFormat.print(format, types, arguments);
  }

  @Override
  public Printed assertion(Printed condition, String where) {
    return Printed.call("require", condition, Printed.primary(JavaSource.quoted(where)));
  }

  @Override
  public Printed limited(Printed value, Printed count, Printed owner, String message) {
    return Printed.call("within", value, count, owner, Printed.primary(JavaSource.quoted(message)));
  }

  @Override
  public Printed sequence(
      SnippetType first, SnippetType second, Printed firstValue, Printed secondValue) {
    boolean isNumber = first instanceof SnippetType.Number;
    return Printed.call(
        "second", isNumber ? Printed.call("nothing", firstValue) : firstValue, secondValue);
  }

  @Override
  public Printed discard(SnippetType type, Printed value) {
    return Printed.call("discard", value);
  }

  @Override
  public Printed constantCondition(Printed condition) {
    return Printed.call("holds", condition);
  }

  @Override
  public Printed row(Rows rows, Printed index) {
    return Printed.primary(array(rows).at(Printed.PRIMARY) + "[" + index.text() + "]");
  }

  private Printed array(Rows rows) {
    String name = identifier(rows.name());
    return rows.isNumbered()
        ? Printed.cast(
            elementType(rows.type()) + "[][]", Printed.primary("this." + ALL + "[" + name + "]"))
        : Printed.primary("this." + name);
  }

  @Override
  public String ownRow(Rows rows) {
    String type = elementType(rows.type());
    return "%s[] %s = new %s[%d];".formatted(type, identifier(rows.name()), type, rows.length());
  }

  @Override
  public Printed reserve(Rows rows, Printed index, Printed length, Printed limit) {
    return Printed.call("reserve_" + elementType(rows.type()), array(rows), index, length, limit);
  }

  @Override
  public boolean hasPointerPairs() {
    return true;
  }

  @Override
  public String head(Routine routine, String resultType) {
    return "private " + resultType + " " + identifier(routine.name());
  }
}
