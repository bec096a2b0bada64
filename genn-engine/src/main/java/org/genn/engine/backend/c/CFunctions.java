package org.genn.engine.backend.c;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.Printed;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;

/// How calls of library functions are printed in C: as compiler built-ins where these are exact,
/// else as functions of the library that is printed with the program. No C library promises the
/// bits of others.
final class CFunctions {
  /// Exact, whatever computes them.
  private static final Set<String> EXACT =
      Set.of(
          "sqrt",
          "ceil",
          "floor",
          "rint",
          "remainder",
          "fmod",
          "nextafter",
          "copysign",
          "fma",
          "scalbn",
          "ldexp",
          "fabs");

  private static final Set<String> OWN =
      Set.of("exp", "log", "pow", "tanh", "fmax", "fmin", "fdim");

  /// Own functions in double precision.
  private static final Set<String> OWN_DOUBLE =
      Set.of(
          "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "erf",
          "erfc", "exp2", "expm1", "hypot", "lgamma", "log10", "log1p", "log2", "round", "sin",
          "sinh", "tan", "tgamma", "trunc");

  private CFunctions() {}

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
      return Printed.call("__builtin_" + name + (isFloat ? "f" : ""), values);
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
      case "nearbyint" ->
          Printed.call(operand == NumericType.FLOAT ? "__builtin_rintf" : "__builtin_rint", values);
      case "ilogb" -> Printed.call("double_ilogb", values);
      case "abs" ->
          switch (operand) {
            case FLOAT -> Printed.call("__builtin_fabsf", values);
            case DOUBLE -> Printed.call("__builtin_fabs", values);
            default -> Printed.call(operand.bits() > 32 ? "long_abs" : "int_abs", values);
          };
      case "min" -> Printed.call(typed(operand) + "_smaller", values);
      case "max" -> Printed.call(typed(operand) + "_larger", values);
      case "clz" -> Printed.call("int_leading_zeros", values);
      case "atomic_or" -> Printed.call("OR_", values);
      case FetchAhead.FETCH -> Printed.call("FETCH_", values);
      default -> throw new BackendException("the native back end has no function '" + name + "'");
    };
  }

  private static String typed(NumericType type) {
    return switch (type) {
      case FLOAT -> "float";
      case DOUBLE -> "double";
      case UINT32 -> "unsigned_int";
      case INT64 -> "long";
      case UINT64 -> "unsigned_long";
      default -> "int";
    };
  }

  private static Printed rounded(boolean toFloat, Printed value) {
    return toFloat ? Printed.cast("float", value) : value;
  }
}
