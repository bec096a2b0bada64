package org.genn.engine.backend.c;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Functions of `StrictMath` that kernels call back: no C library promises the same bits.
///
/// A library has a variable `strict_sin` … for each function that it uses, which is set after
/// loading.
final class StrictFunctions {
  private static final Logger LOG = LoggerFactory.getLogger(StrictFunctions.class);
  private static final Set<String> BINARY = Set.of("atan2", "hypot", "pow");

  static final Set<String> NAMES =
      Set.of(
          "sin", "cos", "tan", "acos", "asin", "atan", "cosh", "sinh", "tanh", "expm1", "log",
          "log1p", "log10", "cbrt", "atan2", "hypot", "pow");

  private static final Map<String, MemorySegment> STUBS = new ConcurrentHashMap<>();

  private StrictFunctions() {}

  /// The C declaration of a function's variable, without what comes before.
  static String declaration(String name) {
    return "double (*strict_%s)(double%s);"
        .formatted(name, BINARY.contains(name) ? ", double" : "");
  }

  /// Sets the variables of a library that has just been loaded.
  @SuppressWarnings("restricted")
  static void connect(SymbolLookup library) {
    for (String name : NAMES) {
      library
          .find("strict_" + name)
          .ifPresent(variable -> set(variable, STUBS.computeIfAbsent(name, StrictFunctions::stub)));
    }
    library
        .find("checked_printer")
        .ifPresent(variable -> set(variable, STUBS.computeIfAbsent("print", _ -> printer())));
  }

  @SuppressWarnings("restricted")
  private static void set(MemorySegment variable, MemorySegment function) {
    variable.reinterpret(ValueLayout.ADDRESS.byteSize()).set(ValueLayout.ADDRESS, 0, function);
  }

  @SuppressWarnings("restricted")
  private static MemorySegment stub(String name) {
    boolean isBinary = BINARY.contains(name);
    var real = ValueLayout.JAVA_DOUBLE;
    var type =
        isBinary
            ? MethodType.methodType(double.class, double.class, double.class)
            : MethodType.methodType(double.class, double.class);
    var descriptor =
        isBinary ? FunctionDescriptor.of(real, real, real) : FunctionDescriptor.of(real, real);
    try {
      var method = MethodHandles.lookup().findStatic(StrictMath.class, name, type);
      return Linker.nativeLinker().upcallStub(method, descriptor, Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("restricted")
  private static MemorySegment printer() {
    try {
      var method =
          MethodHandles.lookup()
              .findStatic(
                  StrictFunctions.class,
                  "print",
                  MethodType.methodType(void.class, MemorySegment.class, long.class));
      return Linker.nativeLinker()
          .upcallStub(
              method,
              FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG),
              Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What kernels print; an exception here would end the process.
  @SuppressWarnings({"restricted", "UnusedMethod"})
  private static void print(MemorySegment text, long length) {
    try {
      System.out.print(
          new String(
              text.reinterpret(length).toArray(ValueLayout.JAVA_BYTE),
              java.nio.charset.StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      LOG.warn("cannot print what a kernel prints", e);
    }
  }
}
