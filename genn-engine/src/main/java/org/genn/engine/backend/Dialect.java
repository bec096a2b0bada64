package org.genn.engine.backend;

import java.util.List;
import java.util.Optional;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;

/// What differs between the languages that `CPrinter` prints: names of types, literals,
/// conversions, arithmetic, access to memory, and functions. All give arithmetic the one meaning
/// that the snippet language has.
///
/// A value has the range of its type wherever it is (a `uint8` in a Java `int` is between 0 and
/// 255), so that only conversions and stores have to bring it there.
public interface Dialect {

  /// The identifier that a name of the program becomes.
  String identifier(String name);

  /// The identifier that the name of a routine becomes.
  default String routine(String name) {
    return identifier(name);
  }

  /// Type of a local variable.
  String valueType(NumericType type);

  /// Type of a row of elements.
  String rowType(NumericType element);

  Printed literal(NumericType type, long bits);

  Printed convert(NumericType from, NumericType to, Printed operand);

  /// An operator on operands of type `operands`, which gives a value in range.
  Printed binary(BinaryOperator operator, NumericType operands, Printed left, Printed right);

  /// Whether `target op= value` computes what the snippet language wants on a target of this type.
  boolean hasCompound(BinaryOperator operator, NumericType target, NumericType common);

  /// The spelling of a compound assignment's operator, such as `>>>=`.
  String compound(BinaryOperator operator, NumericType target);

  /// Whether `++` and `--` work on an element or local of this type, and whether their value is in
  /// range.
  boolean hasIncrement(NumericType target);

  /// Whether subscripts are tested; their indices are `int64` then where they do not fit `int32`.
  boolean testsSubscripts();

  /// The place of an element; with `what` for the message when it is tested and there is none.
  Printed element(Printed array, Printed index, String what);

  /// Reads an element of a row.
  Printed load(NumericType type, Printed element);

  /// The value as it is put into an element of a row.
  Printed stored(NumericType type, Printed value);

  /// A call of a library function, or of a random number.
  Printed call(Expr.Call call, List<Printed> arguments);

  /// Prints text on standard output; the value is the number of characters.
  Printed print(String format, List<SnippetType> types, List<Printed> arguments);

  /// Fails unless the condition holds.
  Printed assertion(Printed condition, String where);

  /// The value where `0 <= value < count`; fails elsewhere.
  ///
  /// @param message in which `Limit.FOUND` stands for the value and `Limit.OWNER` for the owner
  Printed limited(Printed value, Printed count, Printed owner, String message);

  /// Evaluates both, the value is that of the second.
  Printed sequence(SnippetType first, SnippetType second, Printed firstValue, Printed secondValue);

  /// A statement that evaluates an expression which is none by itself.
  Printed discard(SnippetType type, Printed value);

  /// A loop condition that is a constant: some compilers refuse what they see can't be reached.
  Printed constantCondition(Printed condition);

  /// Takes a row out of its array.
  Printed row(Rows rows, Printed index);

  /// Declares a row of zeros that a routine has for itself.
  String ownRow(Rows rows);

  /// Makes room in a row of an array.
  Printed reserve(Rows rows, Printed index, Printed length, Printed limit);

  /// What stands before a loop over elements, to tell the compiler how to handle it.
  default Optional<String> hint(Op.Elements elements) {
    return Optional.empty();
  }

  /// What a pointer points to that has not been set.
  default String nullRow() {
    return "null";
  }

  /// Type of a row that is a parameter.
  default String rowParameterType(NumericType element) {
    return rowType(element);
  }

  /// Parameter that each routine has before its own, where memory isn't reached otherwise.
  default Optional<String> contextParameter() {
    return Optional.empty();
  }

  /// Argument that each call of a routine has before its own.
  default Optional<Printed> contextArgument() {
    return Optional.empty();
  }

  /// Whether a pointer is two variables, an array and an offset into it.
  boolean hasPointerPairs();

  /// The head of a routine, up to its parameters.
  String head(Routine routine, String resultType);
}
