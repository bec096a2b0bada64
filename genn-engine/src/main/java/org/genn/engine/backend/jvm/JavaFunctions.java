package org.genn.engine.backend.jvm;

import java.util.List;
import java.util.Set;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.LibraryCall;
import org.genn.engine.backend.Printed;
import org.genn.engine.snippet.Expr;

/// How calls of library functions are printed in Java: as methods of `Math` where these are exact,
/// else as functions of the library that is printed with the program.
final class JavaFunctions {
  /// Exact, so `double` does for `float` as well; the compiler has instructions for them.
  private static final Set<String> EXACT = Set.of("sqrt", "ceil", "floor", "rint", "remainder");

  /// Own functions with a version for each type.
  private static final Set<String> OWN =
      Set.of("exp", "log", "pow", "tanh", "ilogb", "fmax", "fmin", "fdim");

  private JavaFunctions() {}

  static Printed call(Expr.Call call, List<Printed> arguments) {
    var library = LibraryCall.of(call, arguments);
    String name = library.function();
    return EXACT.contains(name)
        ? library.rounded(library.as("Math." + (name.equals("remainder") ? "IEEEremainder" : name)))
        : library.own(OWN).orElseGet(() -> other(library));
  }

  private static Printed other(LibraryCall call) {
    String name = call.function();
    return switch (name) {
      case "nearbyint" -> call.rounded(call.as("Math.rint"));
      case "fabs", "abs" -> call.as("Math.abs");
      case "min", "max" -> call.as((call.operand().isSigned() ? "Math." : "unsigned_") + name);
      case "fmod" -> Printed.binary("%", call.arguments().get(0), call.arguments().get(1));
      case "nextafter" -> call.as("Math.nextAfter");
      case "copysign" -> call.as("Math.copySign");
      case "fma" -> call.as("Math.fma");
      case "scalbn", "ldexp" -> call.as("Math.scalb");
      case "clz" -> call.as("Integer.numberOfLeadingZeros");
      case "atomic_or" -> call.as("atomic_or");
      default -> throw new BackendException("the jvm back end has no function '" + name + "'");
    };
  }
}
