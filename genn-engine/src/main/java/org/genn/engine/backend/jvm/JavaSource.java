package org.genn.engine.backend.jvm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.genn.engine.backend.CPrinter;
import org.genn.engine.backend.FunctionText;
import org.genn.engine.backend.Routine;
import org.genn.engine.backend.form.LoopFusion;
import org.genn.engine.backend.form.Outline;
import org.genn.engine.backend.form.StatementParts;
import org.genn.engine.backend.form.StoredValues;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;

/// A program as the source of one Java class.
///
/// @param className simple name; the class is in no package
record JavaSource(String className, String text) {
  private static final FunctionText LIBRARY =
      FunctionText.read("java.txt", "common.txt", "elementary.txt");
  private static final List<Integer> ROW_BLOCKS = List.of(4);

  /// Parameters of a method: Java allows 255, and a loop gets two more for its bounds.
  private static final int MOST_PARAMETERS = 250;

  /// Fields that one method sets: 12 bytes of bytecode each.
  private static final int MOST_FIELDS = 500;

  /// Kernels that one method calls: 20 bytes of bytecode each.
  private static final int MOST_KERNELS = 256;

  /// A variable that parts share takes twice the bytes of one that is a local.
  private static final int LARGEST_STATEMENT_PART = Parts.LARGEST / 2;

  private static final String INSTANCE = "instance ";
  private static final String THIS = "this.";

  static JavaSource of(Program program) {
    return of(program, false);
  }

  /// @param isChecked whether subscripts outside of a row are reported with its name
  static JavaSource of(Program program, boolean isChecked) {
    return new JavaSource(JvmExecutable.className(program), new Writer(program, isChecked).text());
  }

  /// A class with a bit of everything, to warm the compiler up with.
  static JavaSource sample() {
    return new JavaSource(
        "Sample",
        """
        public final class Sample {
          private float[][] rows;
          private Object[] all;
          public void run(int kernel, int n) {
            switch (kernel) {
              case 0 -> step(n, (float) n * 0.5f);
              default -> throw new IndexOutOfBoundsException("no kernel " + kernel);
            }
          }
          // A step.
          private void step(int n, float t) {
            float[] row = this.rows[n];
            int[] ids = ((int[][]) this.all[n])[0];
            int count = 0;
            for (int entry = ids[0], entryEnd = ids[0 + 1]; entry < entryEnd; entry++) {
              int source = ids[entry];
              count = fire(row, ids, source & ~15, t) ? count + 1 : count;
            }
            ids[2] = count;
          }
          private static boolean fire(float[] row, int[] ids, int count, float t) {
            boolean any = false;
            for (int j = 0; j < count; j++) {
              float x = row[j];
              long word = (long) ids[j] << 32 ^ Float.floatToRawIntBits(x);
              if (x > 0.0f && (int) (word >>> 32) != 0) {
                x *= 2.0f;
                any = true;
              } else {
                x += (float) Math.sqrt(x) - (x < t ? 1.0f : Math.max(x, t));
              }
              while (x > 1e9f) {
                x -= -1.5f;
                break;
              }
              row[j] = x;
            }
            return any;
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
      String name = JvmExecutable.className(program);
      List<Routine> outlined =
          Outline.of(
              StoredValues.of(LoopFusion.of(program, LoopFusion::branches)),
              ROW_BLOCKS,
              MOST_PARAMETERS,
              false,
              Parts::split);
      Set<String> names = outlined.stream().map(Routine::name).collect(Collectors.toSet());
      List<Routine> routines =
          outlined.stream()
              .flatMap(
                  routine ->
                      StatementParts.split(routine, Parts.LARGEST, LARGEST_STATEMENT_PART, names)
                          .stream())
              .toList();
      Map<String, String> methods = new LinkedHashMap<>();
      for (Routine routine : routines) {
        methods.put(dialect.identifier(routine.name()), CPrinter.print(routine, names, dialect, 1));
      }
      Map<String, Set<String>> called = new LinkedHashMap<>();
      Set<String> allCalled = new HashSet<>();
      methods.forEach(
          (method, text) -> {
            called.put(method, FunctionText.called(text));
            allCalled.addAll(called.get(method));
          });
      List<String> library = LIBRARY.usedBy(allCalled);
      line("// Printed by the jvm back end from program '" + program.name() + "'.");
      line("public final class " + name + " {");
      fields(name, named(methods.values()));
      run();
      line("  public boolean takeDividedByZero() {");
      line("    boolean taken = dividedByZero;");
      line("    dividedByZero = false;");
      line("    return taken;");
      line("  }");
      Set<String> instance = instanceMethods(methods, called, library);
      methods.forEach(
          (method, text) -> {
            line("");
            out.append(instance.contains(method) ? text : madeStatic(text));
          });
      library.forEach(this::libraryFunction);
      line("}");
      return out.toString();
    }

    private static String madeStatic(String text) {
      String head = "  private ";
      int place = text.indexOf(head) + head.length();
      return text.substring(0, place) + "static " + text.substring(place);
    }

    /// Numbers of the arrays that code names: functions that several groups share are told numbers
    /// instead.
    private List<Integer> named(Collection<String> methods) {
      Set<String> names = new HashSet<>();
      for (String text : methods) {
        for (int at = text.indexOf(THIS); at >= 0; at = text.indexOf(THIS, at + 1)) {
          int begin = at + THIS.length();
          int end = begin;
          while (Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
          }
          names.add(text.substring(begin, end));
        }
      }
      var named = new ArrayList<Integer>();
      for (int number = 0; number < program.arrays().size(); number++) {
        if (names.contains(field(program.arrays().get(number)))) {
          named.add(number);
        }
      }
      return named;
    }

    private void fields(String className, List<Integer> arrays) {
      for (int number : arrays) {
        Rows rows = program.arrays().get(number);
        line("  private " + JavaDialect.elementType(rows.type()) + "[][] " + field(rows) + ";");
      }
      line("  private Object[] " + JavaDialect.ALL + ";");
      line("  private boolean dividedByZero;");
      line("");
      line("  public " + className + "(Object[] arrays) {");
      line("    " + JavaDialect.ALL + " = arrays;");
      for (int begin = 0; begin < arrays.size(); begin += MOST_FIELDS) {
        line("    fields" + begin + "_(arrays);");
      }
      line("  }");
      line("");
      for (int begin = 0; begin < arrays.size(); begin += MOST_FIELDS) {
        setFields(begin, arrays.subList(begin, Math.min(begin + MOST_FIELDS, arrays.size())));
      }
    }

    /// Setting all of them in one method would take more than it may have.
    private void setFields(int begin, List<Integer> arrays) {
      line("  private void fields" + begin + "_(Object[] arrays) {");
      for (int number : arrays) {
        Rows rows = program.arrays().get(number);
        String type = JavaDialect.elementType(rows.type());
        line("    " + field(rows) + " = (" + type + "[][]) arrays[" + number + "];");
      }
      line("  }");
      line("");
    }

    private String field(Rows rows) {
      return dialect.identifier(rows.name());
    }

    private void run() {
      String arguments = String.join(", ", Kernel.PARAMETERS);
      String parameters = "(int kernel, int " + arguments.replace(", ", ", int ") + ") {";
      int kernels = program.kernels().size();
      line("  public void run" + parameters);
      line("    switch (kernel / " + MOST_KERNELS + ") {");
      for (int begin = 0; begin < kernels; begin += MOST_KERNELS) {
        line(
            "      case %d -> run%d_(kernel, %s);"
                .formatted(begin / MOST_KERNELS, begin, arguments));
      }
      line("      default -> throw new IndexOutOfBoundsException(\"no kernel \" + kernel);");
      line("    }");
      line("  }");
      line("");
      for (int begin = 0; begin < kernels; begin += MOST_KERNELS) {
        line("  private void run" + begin + "_" + parameters);
        line("    switch (kernel) {");
        for (int number = begin; number < Math.min(begin + MOST_KERNELS, kernels); number++) {
          String method = dialect.identifier(program.kernels().get(number).name());
          line("      case " + number + " -> " + method + "(" + arguments + ");");
        }
        line("      default -> throw new IndexOutOfBoundsException(\"no kernel \" + kernel);");
        line("    }");
        line("  }");
        line("");
      }
    }

    /// Methods that use fields, and those that call them.
    private static Set<String> instanceMethods(
        Map<String, String> methods, Map<String, Set<String>> called, List<String> library) {
      Set<String> instance = new HashSet<>();
      for (String function : library) {
        function
            .lines()
            .filter(line -> line.startsWith(INSTANCE))
            .forEach(line -> instance.addAll(FunctionText.called(line)));
      }
      methods.forEach(
          (method, text) -> {
            if (text.contains(THIS)) {
              instance.add(method);
            }
          });
      boolean grows = true;
      while (grows) {
        grows = false;
        for (String method : methods.keySet()) {
          grows |=
              !instance.contains(method)
                  && usesOthers(method, called.get(method), instance)
                  && instance.add(method);
        }
      }
      return instance;
    }

    private static boolean usesOthers(String method, Set<String> called, Set<String> instance) {
      for (String name : called) {
        if (instance.contains(name) && !name.equals(method)) {
          return true;
        }
      }
      return false;
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
