package org.genn.engine.backend;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;

/// A call of a library function, as it is seen where C-like languages print it.
///
/// @param operand type of the first parameter; `INT32` where that is no number
/// @param result `INT32` where that is no number
public record LibraryCall(
    String function, NumericType operand, NumericType result, List<Printed> arguments) {
  /// Functions of the library that is printed with a program that it has in double precision only.
  private static final Set<String> IN_DOUBLE =
      Set.of(
          "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "erf",
          "erfc", "exp2", "expm1", "hypot", "lgamma", "log10", "log1p", "log2", "round", "sin",
          "sinh", "tan", "tgamma", "trunc");

  public LibraryCall {
    arguments = List.copyOf(arguments);
  }

  public static LibraryCall of(Expr.Call call, List<Printed> arguments) {
    List<SnippetType> parameters = call.overload().parameters();
    return new LibraryCall(
        call.function(),
        parameters.isEmpty() ? NumericType.INT32 : number(parameters.getFirst()),
        number(call.type()),
        arguments);
  }

  private static NumericType number(SnippetType type) {
    return type instanceof SnippetType.Number(NumericType number) ? number : NumericType.INT32;
  }

  public boolean isOfFloats() {
    return operand == NumericType.FLOAT;
  }

  /// The call by the name that a function has in the printed language.
  public Printed as(String printedFunction) {
    return Printed.call(printedFunction, arguments.toArray(Printed[]::new));
  }

  /// The call of a function of our own, whose bits are the same in all languages.
  ///
  /// @param perType functions that the printed library has in a version for each type
  /// @return empty where the language has to do it
  public Optional<Printed> own(Set<String> perType) {
    if (function.startsWith("random_")) {
      return Optional.of(
          as(result.isReal() ? result.name().toLowerCase(Locale.ROOT) + "_" + function : function));
    }
    if (perType.contains(function)) {
      return Optional.of(as((isOfFloats() ? "float_" : "double_") + function));
    }
    return IN_DOUBLE.contains(function)
        ? Optional.of(rounded(as("double_" + function)))
        : Optional.empty();
  }

  /// A result in double precision, in that of the operands.
  public Printed rounded(Printed value) {
    return isOfFloats() ? Printed.cast("float", value) : value;
  }
}
