package org.genn.engine.backend.jvm;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.Printed;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;

/// How calls of library functions are printed in Java: as methods of `Math` where these are exact,
/// else as functions of the library that is printed with the program.
final class JavaFunctions {
  /// Exact, so `double` does for `float` as well; the compiler has instructions for them.
  private static final Set<String> EXACT = Set.of("sqrt", "ceil", "floor", "rint", "remainder");

  /// Own functions with a version for each type.
  private static final Set<String> OWN =
      Set.of("exp", "log", "pow", "tanh", "ilogb", "fmax", "fmin", "fdim");

  /// Own functions in double precision.
  private static final Set<String> OWN_DOUBLE =
      Set.of(
          "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "erf",
          "erfc", "exp2", "expm1", "hypot", "lgamma", "log10", "log1p", "log2", "round", "sin",
          "sinh", "tan", "tgamma", "trunc");

  private JavaFunctions() {}

  static Printed call(Expr.Call call, List<Printed> arguments) {
    String name = call.function();
    NumericType result =
        call.type() instanceof SnippetType.Number(NumericType type) ? type : NumericType.INT32;
    Printed[] values = arguments.toArray(Printed[]::new);
    if (name.startsWith("random_")) {
      return Printed.call(
          result.isReal() ? result.name().toLowerCase(Locale.ROOT) + "_" + name : name, values);
    }
    NumericType operand =
        !call.overload().parameters().isEmpty()
                && call.overload().parameters().getFirst()
                    instanceof SnippetType.Number(NumericType type)
            ? type
            : NumericType.INT32;
    boolean isFloat = operand == NumericType.FLOAT;
    if (EXACT.contains(name)) {
      return rounded(
          isFloat,
          Printed.call("Math." + (name.equals("remainder") ? "IEEEremainder" : name), values));
    }
    if (OWN.contains(name)) {
      return Printed.call((isFloat ? "float_" : "double_") + name, values);
    }
    if (OWN_DOUBLE.contains(name)) {
      return rounded(isFloat, Printed.call("double_" + name, values));
    }
    return other(name, operand, values);
  }

  private static Printed other(String name, NumericType operand, Printed[] values) {
    return switch (name) {
      case "nearbyint" -> rounded(operand == NumericType.FLOAT, Printed.call("Math.rint", values));
      case "fabs", "abs" -> Printed.call("Math.abs", values);
      case "min", "max" ->
          operand.isSigned()
              ? Printed.call("Math." + name, values)
              : Printed.call("unsigned_" + name, values);
      case "fmod" -> Printed.binary("%", values[0], values[1]);
      case "nextafter" -> Printed.call("Math.nextAfter", values);
      case "copysign" -> Printed.call("Math.copySign", values);
      case "fma" -> Printed.call("Math.fma", values);
      case "scalbn", "ldexp" -> Printed.call("Math.scalb", values);
      case "clz" -> Printed.call("Integer.numberOfLeadingZeros", values);
      case "atomic_or" -> Printed.call("atomic_or", values);
      default -> throw new BackendException("the jvm back end has no function '" + name + "'");
    };
  }

  private static Printed rounded(boolean toFloat, Printed value) {
    return toFloat ? Printed.cast("float", value) : value;
  }
}
