package org.genn.engine.backend.c;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.genn.engine.backend.Dialect;
import org.genn.engine.backend.Printed;
import org.genn.engine.backend.Routine;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.FunctionLibrary;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;

/// C with GNU extensions, for machines where `int` has 32 and `long` 64 bits; signed integers wrap
/// (`-fwrapv`).
///
/// Numbers are held as in Java: 8- and 16-bit integers as `int`s of their range, unsigned ones of
/// 32 and 64 bits as the `int` or `long` with the same bits. A pointer that is no row is a row and
/// an offset, so that each subscript can be tested against the length that is kept before the row.
///
/// @param isChecked whether every subscript is tested
/// @param shared routines that are called from other units
/// @param variables names of variables, which would hide routines of the same name
record CDialect(boolean isChecked, Set<String> shared, Set<String> variables) implements Dialect {
  /// How routines begin that are called in their own unit only, and those that are not.
  static final String ALONE = "static APART_ ";

  static final String SHARED = "HIDDEN_ APART_ ";

  private static final Set<String> RESERVED =
      Set.of(
          ("alignas alignof auto bool break case char const constexpr continue default do double"
               + " else enum extern false float for goto if inline int long nullptr register"
               + " restrict return short signed sizeof static static_assert struct switch"
               + " thread_local true typedef typeof typeof_unqual union unsigned void volatile"
               + " while asm linux unix i386 main self null run _ aligned_alloc free madvise setjmp"
               + " longjmp jmp_buf sigjmp_buf siglongjmp")
              .split(" "));

  /// Names that begin like the library's functions and macros, or like what compilers define.
  private static final Pattern OWN =
      Pattern.compile(
          "(__.*|_[A-Z].*|[A-Z]+_|checked_.*|reserve_.*|(float|double|int|long|unsigned|bits)_.*)");

  @Override
  public String identifier(String name) {
    int end = name.length();
    while (end > 1 && name.charAt(end - 1) == '_') {
      end--;
    }
    String stem = name.substring(0, end);
    return RESERVED.contains(stem) || FunctionLibrary.contains(stem) || OWN.matcher(stem).matches()
        ? name + "_"
        : name;
  }

  @Override
  public String routine(String name) {
    String routine = identifier(name);
    while (variables.contains(routine)) {
      routine += "_routine";
    }
    return routine;
  }

  @Override
  public String valueType(NumericType type) {
    return switch (type) {
      case BOOL -> "_Bool";
      case INT8, UINT8, INT16, UINT16, INT32, UINT32 -> "int";
      case INT64, UINT64 -> "long";
      case FLOAT -> "float";
      case DOUBLE -> "double";
    };
  }

  static String elementType(NumericType type) {
    return switch (type) {
      case BOOL -> "_Bool";
      case INT8 -> "signed char";
      case UINT8 -> "unsigned char";
      case INT16 -> "short";
      case UINT16 -> "unsigned short";
      case INT32, UINT32 -> "int";
      case INT64, UINT64 -> "long";
      case FLOAT -> "float";
      case DOUBLE -> "double";
    };
  }

  @Override
  public String rowType(NumericType element) {
    return elementType(element) + " *";
  }

  /// Rows that a routine has at the same time are different ones, or only read.
  @Override
  public String rowParameterType(NumericType element) {
    return elementType(element) + " *restrict";
  }

  @Override
  public Optional<String> contextParameter() {
    return Optional.of("struct instance *self");
  }

  @Override
  public Optional<Printed> contextArgument() {
    return Optional.of(Printed.primary("self"));
  }

  @Override
  public Printed literal(NumericType type, long bits) {
    String text =
        switch (type) {
          case BOOL -> bits != 0 ? "1" : "0";
          case INT8, UINT8, INT16, UINT16 -> Long.toString(bits);
          case INT32, UINT32 ->
              (int) bits == Integer.MIN_VALUE ? "(-2147483647 - 1)" : Integer.toString((int) bits);
          case INT64, UINT64 -> bits == Long.MIN_VALUE ? "(-9223372036854775807L - 1)" : bits + "L";
          case FLOAT ->
              real(
                  Double.longBitsToDouble(bits),
                  Float.toString((float) Double.longBitsToDouble(bits)),
                  "f");
          case DOUBLE ->
              real(
                  Double.longBitsToDouble(bits),
                  Double.toString(Double.longBitsToDouble(bits)),
                  "");
        };
    return text.startsWith("-") ? new Printed(text, Printed.UNARY) : Printed.primary(text);
  }

  private static String real(double value, String digits, String suffix) {
    if (Double.isNaN(value)) {
      return "__builtin_nan" + suffix + "(\"\")";
    }
    boolean isInfinite = digits.endsWith("Infinity");
    String infinity = "__builtin_inf" + suffix + "()";
    return isInfinite ? (value < 0 ? "-" : "") + infinity : digits + suffix;
  }

  @Override
  public Printed convert(NumericType from, NumericType to, Printed operand) {
    return CConversions.convert(from, to, operand);
  }

  @Override
  public Printed binary(
      BinaryOperator operator, NumericType operands, Printed left, Printed right) {
    boolean isUnsigned = !operands.isSigned() && operands.bits() >= 32;
    boolean isWide = operands.bits() > 32;
    if (operator.isComparison() && isUnsigned && operator.compareTo(BinaryOperator.EQUAL) < 0) {
      String type = isWide ? "unsigned long" : "unsigned";
      return Printed.binary(operator.symbol(), Printed.cast(type, left), Printed.cast(type, right));
    }
    return switch (operator) {
      case DIVIDE ->
          operands.isReal()
              ? Printed.binary("/", left, right)
              : division("divide", operands, left, right);
      case REMAINDER ->
          operands.isReal()
              ? Printed.call(
                  operands == NumericType.FLOAT ? "__builtin_fmodf" : "__builtin_fmod", left, right)
              : division("remainder", operands, left, right);
      case SHIFT_LEFT -> Printed.binary("<<", left, count(right, isWide));
      case SHIFT_RIGHT -> shiftedRight(isUnsigned, isWide, left, count(right, isWide));
      default -> Printed.binary(operator.symbol(), left, right);
    };
  }

  private static Printed division(String name, NumericType operands, Printed left, Printed right) {
    boolean isUnsigned = !operands.isSigned() && operands.bits() >= 32;
    boolean isPositive = right.text().matches("[0-9]*[1-9][0-9]*L?");
    if (isPositive && !isUnsigned) {
      return Printed.binary(name.equals("divide") ? "/" : "%", left, right);
    }
    String width = operands.bits() > 32 ? "long" : "int";
    return Printed.call(
        (isUnsigned ? "unsigned_" : "") + width + "_" + name, Printed.primary("self"), left, right);
  }

  private static Printed count(Printed count, boolean isWide) {
    boolean isSmall = count.text().matches("[0-9]L?|[12][0-9]L?|3[01]L?");
    return isSmall ? count : Printed.binary("&", count, Printed.primary(isWide ? "63" : "31"));
  }

  private static Printed shiftedRight(
      boolean isUnsigned, boolean isWide, Printed left, Printed count) {
    if (!isUnsigned) {
      return Printed.binary(">>", left, count);
    }
    String type = isWide ? "long" : "int";
    return Printed.cast(type, Printed.binary(">>", Printed.cast("unsigned " + type, left), count));
  }

  @Override
  public boolean hasCompound(BinaryOperator operator, NumericType target, NumericType common) {
    boolean isPlain =
        switch (operator) {
          case DIVIDE -> target.isReal();
          case REMAINDER, SHIFT_LEFT, SHIFT_RIGHT -> false;
          default -> true;
        };
    return isPlain
        && target.rank() >= NumericType.INT32.rank()
        && valueType(target).equals(valueType(common));
  }

  @Override
  public String compound(BinaryOperator operator, NumericType target) {
    return operator.symbol() + "=";
  }

  @Override
  public boolean hasIncrement(NumericType target) {
    return target.rank() >= NumericType.INT32.rank();
  }

  @Override
  public Printed load(NumericType type, Printed element) {
    return element;
  }

  @Override
  public Printed stored(NumericType type, Printed value) {
    return value;
  }

  @Override
  public boolean testsSubscripts() {
    return isChecked;
  }

  @Override
  public Printed element(Printed row, Printed index, String what) {
    if (!isChecked) {
      return Printed.primary(row.at(Printed.PRIMARY) + "[" + index.text() + "]");
    }
    return Printed.call("AT_", row, index, Printed.primary(CSource.quoted(what)));
  }

  @Override
  public String nullRow() {
    return "0";
  }

  @Override
  public Printed call(Expr.Call call, List<Printed> arguments) {
    return CFunctions.call(call, arguments);
  }

  @Override
  public Printed print(String format, List<SnippetType> types, List<Printed> arguments) {
    return CPrintFormat.print(format, types, arguments);
  }

  @Override
  public Printed assertion(Printed condition, String where) {
    return Printed.call(
        "checked_assertion",
        Printed.primary("self"),
        condition,
        Printed.primary(CSource.quoted(where)));
  }

  @Override
  public Printed limited(Printed value, Printed count, Printed owner, String message) {
    return Printed.call(
        "checked_limit", value, count, owner, Printed.primary(CSource.quoted(message)));
  }

  @Override
  public Printed sequence(
      SnippetType first, SnippetType second, Printed firstValue, Printed secondValue) {
    return Printed.primary(
        "(" + firstValue.text() + ", " + secondValue.at(Printed.ASSIGNMENT) + ")");
  }

  @Override
  public Printed discard(SnippetType type, Printed value) {
    return Printed.cast("void", value);
  }

  @Override
  public Printed constantCondition(Printed condition) {
    return condition;
  }

  @Override
  public Printed row(Rows rows, Printed index) {
    Printed number =
        isChecked
            ? Printed.call("ROW_", index, Printed.primary(Integer.toString(rows.count())))
            : index;
    String array =
        rows.isNumbered() ? "ARRAYS_[" + identifier(rows.name()) + "]" : "self->" + field(rows);
    if (rows.isRagged()) {
      String table =
          rows.isNumbered()
              ? "((" + elementType(rows.type()) + " **) " + array + ".first)"
              : array + ".rows";
      return Printed.primary(table + "[" + number.text() + "]");
    }
    Printed place = Printed.cast("long", number);
    if (rows.isNumbered()) {
      Printed bytes = Printed.binary("*", place, Printed.primary(array + ".stride"));
      Printed at = Printed.binary("+", Printed.primary(array + ".first"), bytes);
      return Printed.cast(rowType(rows.type()), at);
    }
    Printed first = Printed.primary(array + ".first");
    long stride = NativeMemory.stride(rows) / NativeMemory.bytes(rows.type());
    return number.text().equals("0")
        ? first
        : Printed.binary(
            "+", first, Printed.binary("*", place, Printed.primary(Long.toString(stride))));
  }

  /// The field of the instance that has an array.
  String field(Rows rows) {
    return identifier(rows.name());
  }

  @Override
  public String ownRow(Rows rows) {
    return "%s %s[%d] = {0};"
        .formatted(elementType(rows.type()), identifier(rows.name()), rows.length());
  }

  @Override
  public Printed reserve(Rows rows, Printed index, Printed length, Printed limit) {
    return Printed.call(
        "reserve_row",
        Printed.primary("self"),
        Printed.primary("(void **) &" + row(rows, index).text()),
        Printed.primary("sizeof(" + elementType(rows.type()) + ")"),
        length,
        limit);
  }

  @Override
  public boolean hasPointerPairs() {
    return true;
  }

  /// Loops that add to targets anywhere are not vectorised; unrolled, several of their loads are
  /// under way at the same time. Those that take several rows into one mostly find them in the
  /// second cache: unrolled, they read more of a row before they go on to the next one, which takes
  /// 15 % of the time away for rows of 256 floats and 5 % for 512 (measured with gcc 12 and AVX-512
  /// on an AMD EPYC).
  @Override
  public Optional<String> hint(Op.Elements elements) {
    if (elements.label().equals(Lanes.LABEL)) {
      return Optional.of("LANES_");
    }
    if (isChecked) {
      return Optional.empty();
    }
    if (Scatter.isOne(elements)) {
      return Optional.of("UNROLL_");
    }
    return RowSums.isOne(elements) ? Optional.of("UNROLL_VECTORS_") : Optional.empty();
  }

  /// Loops keep functions of their own: inlined, their rows lose `restrict` and gcc turns nested
  /// loops inside out.
  @Override
  public String head(Routine routine, String resultType) {
    return (shared.contains(routine.name()) ? SHARED : ALONE)
        + resultType
        + " "
        + routine(routine.name());
  }
}
