package org.genn.engine.backend.c;

import java.util.List;
import java.util.Set;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.LibraryCall;
import org.genn.engine.backend.Printed;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;

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

  private CFunctions() {}

  static Printed call(Expr.Call call, List<Printed> arguments) {
    var library = LibraryCall.of(call, arguments);
    return EXACT.contains(library.function())
        ? builtIn(library, library.function())
        : library.own(OWN).orElseGet(() -> other(library));
  }

  private static Printed builtIn(LibraryCall call, String function) {
    return call.as("__builtin_" + function + (call.isOfFloats() ? "f" : ""));
  }

  private static Printed other(LibraryCall call) {
    NumericType operand = call.operand();
    return switch (call.function()) {
      case "nearbyint" -> builtIn(call, "rint");
      case "ilogb" -> call.as("double_ilogb");
      case "abs" ->
          operand.isReal()
              ? builtIn(call, "fabs")
              : call.as(operand.bits() > 32 ? "long_abs" : "int_abs");
      case "min" -> call.as(typed(operand) + "_smaller");
      case "max" -> call.as(typed(operand) + "_larger");
      case "clz" -> call.as("int_leading_zeros");
      case "atomic_or" -> call.as("OR_");
      case FetchAhead.FETCH -> call.as("FETCH_");
      case RareBranches.LOWEST_BIT -> call.as("__builtin_ctz");
      default ->
          throw new BackendException(
              "the native back end has no function '" + call.function() + "'");
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
}
