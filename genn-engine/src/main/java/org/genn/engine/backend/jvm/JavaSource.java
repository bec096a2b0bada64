package org.genn.engine.backend.jvm;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.genn.engine.backend.CPrinter;
import org.genn.engine.backend.FunctionText;
import org.genn.engine.backend.Routine;
import org.genn.engine.backend.form.Outline;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;

/// A program as the source of one Java class.
///
/// @param className simple name; the class is in no package
record JavaSource(String className, String text) {
  private static final FunctionText LIBRARY = FunctionText.read("java.txt", "common.txt");
  private static final List<Integer> ROW_BLOCKS = List.of(4);
  private static final String INSTANCE = "instance ";

  static JavaSource of(Program program) {
    return of(program, false);
  }

  /// @param isChecked whether subscripts outside of a row are reported with its name
  static JavaSource of(Program program, boolean isChecked) {
    return new JavaSource("Kernels_" + program.name(), new Writer(program, isChecked).text());
  }

  /// A class with a bit of everything, to warm the compiler up with.
  static JavaSource sample() {
    return new JavaSource(
        "Sample",
        """
        public final class Sample {
          private float[][] rows;
          public void run(int n) {
            float[] row = this.rows[n];
            for (int j = 0; j < n; j++) {
              row[j] += (float) Math.sqrt(row[j]);
            }
          }
        }
        """);
  }

  /// A Java string literal.
  static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        default ->
            quoted.append(
                c < ' ' || c > '~' ? "\\u%04x".formatted((int) c) : Character.toString(c));
      }
    }
    return quoted.append('"').toString();
  }

  private static final class Writer {
    private final Program program;
    private final JavaDialect dialect;
    private final StringBuilder out = new StringBuilder();

    Writer(Program program, boolean isChecked) {
      this.program = program;
      dialect = new JavaDialect(isChecked);
    }

    String text() {
      String name = "Kernels_" + program.name();
      List<Routine> routines = Outline.of(program, ROW_BLOCKS, Parts::split);
      Set<String> names = routines.stream().map(Routine::name).collect(Collectors.toSet());
      Map<String, String> methods = new LinkedHashMap<>();
      for (Routine routine : routines) {
        methods.put(dialect.identifier(routine.name()), CPrinter.print(routine, names, dialect, 1));
      }
      List<String> library = LIBRARY.usedBy(String.join("\n", methods.values()));
      line("// Printed by the jvm back end from program '" + program.name() + "'.");
      line("public final class " + name + " {");
      fields(name);
      run();
      line("  public boolean takeDividedByZero() {");
      line("    boolean taken = dividedByZero;");
      line("    dividedByZero = false;");
      line("    return taken;");
      line("  }");
      Set<String> instance = instanceMethods(methods, library);
      methods.forEach(
          (method, text) -> {
            line("");
            out.append(
                instance.contains(method)
                    ? text
                    : text.replaceFirst("  private ", "  private static "));
          });
      library.forEach(this::libraryFunction);
      line("}");
      return out.toString();
    }

    private void fields(String className) {
      for (Rows rows : program.arrays()) {
        line(
            "  private final %s[][] %s;"
                .formatted(JavaDialect.elementType(rows.type()), field(rows)));
      }
      line("  private boolean dividedByZero;");
      line("");
      line("  public " + className + "(Object[] arrays) {");
      int number = 0;
      for (Rows rows : program.arrays()) {
        line(
            "    %s = (%s[][]) arrays[%d];"
                .formatted(field(rows), JavaDialect.elementType(rows.type()), number++));
      }
      line("  }");
      line("");
    }

    private String field(Rows rows) {
      return dialect.identifier(rows.name());
    }

    private void run() {
      String arguments = String.join(", ", Kernel.PARAMETERS);
      line("  public void run(int kernel, int " + arguments.replace(", ", ", int ") + ") {");
      line("    switch (kernel) {");
      int number = 0;
      for (Kernel kernel : program.kernels()) {
        line(
            "      case %d -> %s(%s);"
                .formatted(number++, dialect.identifier(kernel.name()), arguments));
      }
      line("      default -> throw new IndexOutOfBoundsException(\"no kernel \" + kernel);");
      line("    }");
      line("  }");
      line("");
    }

    /// Methods that use fields, and those that call them.
    private static Set<String> instanceMethods(Map<String, String> methods, List<String> library) {
      Set<String> instance = new HashSet<>();
      for (String function : library) {
        function
            .lines()
            .filter(line -> line.startsWith(INSTANCE))
            .forEach(line -> instance.addAll(FunctionText.called(line)));
      }
      boolean grows = true;
      while (grows) {
        grows = false;
        for (var method : methods.entrySet()) {
          boolean uses =
              method.getValue().contains("this.")
                  || FunctionText.called(method.getValue()).stream()
                      .anyMatch(
                          called -> instance.contains(called) && !called.equals(method.getKey()));
          grows |= uses && instance.add(method.getKey());
        }
      }
      return instance;
    }

    private void libraryFunction(String function) {
      line("");
      boolean isHead = true;
      for (String text : function.split("\n")) {
        if (isHead && !text.startsWith("//")) {
          isHead = false;
          line(
              "  private "
                  + (text.startsWith(INSTANCE)
                      ? text.substring(INSTANCE.length())
                      : "static " + text));
        } else {
          line(text.isBlank() ? "" : "  " + text);
        }
      }
    }

    private void line(String text) {
      out.append(text).append('\n');
    }
  }
}
