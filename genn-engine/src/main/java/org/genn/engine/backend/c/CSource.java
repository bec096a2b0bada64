package org.genn.engine.backend.c;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.genn.engine.backend.CPrinter;
import org.genn.engine.backend.FunctionText;
import org.genn.engine.backend.Routine;
import org.genn.engine.backend.RoutineNames;
import org.genn.engine.backend.form.LoopFusion;
import org.genn.engine.backend.form.Outline;
import org.genn.engine.backend.form.ScratchLocals;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;

/// A program as C: one unit, or several that are compiled at the same time.
///
/// @param name of the program
record CSource(String name, List<String> units) {
  /// Characters of routines that are worth a unit of their own.
  private static final int LARGEST_UNIT = 48 << 10;

  private static final List<Integer> ROW_BLOCKS = List.of(8, 7, 6, 5, 4, 3, 2);
  private static final FunctionText LIBRARY =
      FunctionText.read("c.txt", "common.txt", "elementary.txt");

  /// A long function for what hardly happens: copies of it wherever there is a sine would double
  /// the time that compiling takes (0.7 against 1.5 s for a unit, measured).
  private static final String RARE = "double_sine_of_large";

  private static final String RUNTIME = FunctionText.readAll("c-runtime.txt");

  private static final String MEMORY =
      """

      SHARED_ struct failure *mlgenn_failure(void) {
        return &checked_latest;
      }

      // The functions that follow and mlgenn_run have one type, for which some have more parameters than they use.
      SHARED_ long mlgenn_resize(
          struct instance *self, long row, long size, long length, long d, long e, long f) {
        return resized_row(self, (void **) row, size, length);
      }

      SHARED_ long mlgenn_release(
          struct instance *self, long table, long count, long c, long d, long e, long f) {
        void **rows = (void **) table;
        for (long row = 0; row < count; row++) {
          reserve_release(rows[row]);
          rows[row] = self->checked_empty;
        }
        return 0;
      }

      // Where a row is put: after a head that says that it is no block of its own, and its length.
      static char *mlgenn_row(long at, long length) {
        long *head = (long *) at;
        head[0] = 0;
        head[1] = length;
        return (char *) (head + 2);
      }

      SHARED_ long mlgenn_lend(
          struct instance *none, long table, long count, long start, long stride, long length, long f) {
        void **rows = (void **) table;
        for (long row = 0; row < count; row++) {
          rows[row] = mlgenn_row(start + stride * row, length);
        }
        return 0;
      }

      SHARED_ long mlgenn_place(
          struct instance *self, long table, long count, long start, long lengths, long size, long keeps) {
        void **rows = (void **) table;
        const int *length = (const int *) lengths;
        long at = start;
        for (long row = 0; row < count; row++) {
          long bytes = size * length[row];
          void *old = rows[row];
          if (!bytes) {
            rows[row] = self->checked_empty;
            continue;
          }
          rows[row] = mlgenn_row(at, length[row]);
          if (keeps) {
            __builtin_memcpy(rows[row], old, bytes);
          } else {
            __builtin_memset(rows[row], 0, bytes);
          }
          at += 16 + (bytes + 15) / 16 * 16;
        }
        return 0;
      }

      SHARED_ long mlgenn_slab(
          struct instance *none, long alignment, long size, long c, long d, long e, long f) {
        void *slab = aligned_alloc(alignment, size);
      #ifdef __linux__
        if (slab) {
          madvise(slab, size, 14); // MADV_HUGEPAGE
        }
      #endif
        return (long) slab;
      }

      SHARED_ long mlgenn_free(
          struct instance *none, long slab, long b, long c, long d, long e, long f) {
        free((void *) slab);
        return 0;
      }
      """;

  CSource {
    units = List.copyOf(units);
  }

  /// @param hasWideVectors whether the processor has vectors of 16 numbers of single precision
  static CSource of(Program program, boolean isChecked, boolean hasWideVectors) {
    return new CSource(program.name(), new Writer(program, isChecked, hasWideVectors).units());
  }

  /// A C string literal.
  static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      switch (b) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        default ->
            quoted.append(
                b < ' ' || b > '~' || b == '?'
                    ? "\\%03o".formatted(b & 0xff)
                    : Character.toString(b));
      }
    }
    return quoted.append('"').toString();
  }

  private static final class Writer {
    private final Program program;
    private final boolean isChecked;
    private final List<Routine> routines;

    Writer(Program program, boolean isChecked, boolean hasWideVectors) {
      this.program = program;
      this.isChecked = isChecked;
      routines =
          Outline.of(
                  formed(program, isChecked),
                  ROW_BLOCKS,
                  Integer.MAX_VALUE,
                  true,
                  (routine, _) -> List.of(routine))
              .stream()
              .map(
                  routine ->
                      isChecked ? routine : Lanes.of(RareBranches.of(routine, hasWideVectors)))
              .map(EvaluationOrder::of)
              .toList();
    }

    private static Program formed(Program program, boolean isChecked) {
      Program fetching = isChecked ? program : FetchAhead.of(program);
      Program fused = ScratchLocals.of(LoopFusion.of(fetching, _ -> true));
      return isChecked ? fused : ReducedLoops.of(fused);
    }

    private static Set<String> variables(List<Routine> routines) {
      var variables = new HashSet<String>();
      for (Routine routine : routines) {
        variables.addAll(RoutineNames.all(routine.body()));
        routine.parameters().forEach(parameter -> variables.add(parameter.name()));
      }
      return variables;
    }

    List<String> units() {
      var dialect = new CDialect(isChecked, Set.of(), variables(routines));
      var texts = print(dialect);
      var called = new IdentityHashMap<Routine, Set<String>>();
      texts.forEach((routine, text) -> called.put(routine, FunctionText.called(text)));
      List<List<Routine>> groups = groups(texts);
      var shared = new CDialect(isChecked, shared(groups, called, dialect), dialect.variables());
      var units = new ArrayList<String>();
      for (int number = 0; number < groups.size(); number++) {
        List<Routine> group = groups.get(number);
        var body = new StringBuilder();
        for (Routine routine : group) {
          body.append(body.isEmpty() ? "" : "\n");
          body.append(linked(texts.get(routine), routine, shared));
        }
        Set<String> calls = union(called, group, RUNTIME);
        units.add(unit(number, body.toString(), calls, shared));
      }
      return units;
    }

    private static Set<String> union(
        Map<Routine, Set<String>> called, List<Routine> routines, String text) {
      var all = new HashSet<>(FunctionText.called(text));
      routines.forEach(routine -> all.addAll(called.get(routine)));
      return all;
    }

    /// The text of a routine that was printed for one unit alone, as it is for several.
    private static String linked(String text, Routine routine, CDialect dialect) {
      if (!dialect.shared().contains(routine.name())) {
        return text;
      }
      int head = text.indexOf(CDialect.ALONE);
      return text.substring(0, head)
          + CDialect.SHARED
          + text.substring(head + CDialect.ALONE.length());
    }

    /// Routines that are called from other units, or kernels of other units than the first.
    private static Set<String> shared(
        List<List<Routine>> groups, Map<Routine, Set<String>> called, CDialect dialect) {
      var unitOf = new HashMap<String, Integer>();
      for (int unit = 0; unit < groups.size(); unit++) {
        for (Routine routine : groups.get(unit)) {
          unitOf.put(dialect.routine(routine.name()), unit);
        }
      }
      var fromOutside = new HashSet<String>();
      for (int unit = 0; unit < groups.size(); unit++) {
        for (Routine routine : groups.get(unit)) {
          for (String name : called.get(routine)) {
            if (unitOf.getOrDefault(name, unit) != unit) {
              fromOutside.add(name);
            }
          }
        }
      }
      var shared = new HashSet<String>();
      for (int unit = 0; unit < groups.size(); unit++) {
        for (Routine routine : groups.get(unit)) {
          boolean isLaunched = routine.isKernel() && unit > 0;
          if (isLaunched || fromOutside.contains(dialect.routine(routine.name()))) {
            shared.add(routine.name());
          }
        }
      }
      return shared;
    }

    private Map<Routine, String> print(CDialect dialect) {
      Set<String> names = routines.stream().map(Routine::name).collect(Collectors.toSet());
      var texts = new IdentityHashMap<Routine, String>();
      routines.forEach(routine -> texts.put(routine, CPrinter.print(routine, names, dialect, 0)));
      return texts;
    }

    private List<List<Routine>> groups(Map<Routine, String> texts) {
      var groups = new ArrayList<List<Routine>>();
      groups.add(new ArrayList<>());
      int size = 0;
      for (Routine routine : routines) {
        if (size > LARGEST_UNIT) {
          groups.add(new ArrayList<>());
          size = 0;
        }
        groups.getLast().add(routine);
        size += texts.get(routine).length();
      }
      return groups;
    }

    /// @param calls what the routines of the unit and the runtime call
    private String unit(int number, String body, Set<String> calls, CDialect dialect) {
      String run = number == 0 ? run(dialect) : "";
      var called = new HashSet<>(calls);
      called.addAll(FunctionText.called(run));
      List<String> library = LIBRARY.usedBy(called);
      var out = new StringBuilder();
      out.append("// Printed by the native back end from program '")
          .append(program.name())
          .append("'.\n");
      if (isChecked) {
        out.append("#define CHECKED_ 1\n");
      }
      if (number == 0) {
        out.append("#define FIRST_ 1\n");
      }
      if (called.contains("checked_print")) {
        out.append("#define PRINTS_ 1\n");
      }
      out.append(RUNTIME.replace("  // arrays\n", fields(dialect)));
      out.append('\n');
      library.forEach(function -> out.append(prototype(function)));
      library.forEach(function -> out.append('\n').append(definition(function)));
      out.append('\n');
      for (Routine routine : routines) {
        if (called.contains(dialect.routine(routine.name()))) {
          out.append(CPrinter.printHead(routine, dialect)).append(";\n");
        }
      }
      return out.append('\n').append(body).append(run).toString();
    }

    private String fields(CDialect dialect) {
      var fields = new StringBuilder();
      for (Rows rows : program.arrays()) {
        fields
            .append("  struct { ")
            .append(CDialect.elementType(rows.type()))
            .append(rows.isRagged() ? " **rows" : " *first")
            .append("; long stride; } ")
            .append(dialect.field(rows))
            .append(";\n");
      }
      return fields.toString();
    }

    private static String prototype(String function) {
      String text =
          function.lines().filter(line -> !line.startsWith("//")).collect(Collectors.joining(" "));
      String head = text.substring(0, text.indexOf('{')).strip();
      return linkage(head) + head + ";\n";
    }

    private static String linkage(String head) {
      return head.contains(RARE + "(") ? "static APART_ " : "static inline ";
    }

    private static String definition(String function) {
      var text = new StringBuilder();
      boolean isHead = true;
      for (String line : function.split("\n")) {
        if (isHead && !line.startsWith("//")) {
          isHead = false;
          text.append(linkage(line));
        }
        text.append(line).append('\n');
      }
      return text.toString();
    }

    private String run(CDialect dialect) {
      var out = new StringBuilder("\n");
      String arguments = String.join(", ", Kernel.PARAMETERS);
      out.append("SHARED_ long mlgenn_run(struct instance *self, long kernel, long ")
          .append(arguments.replace(", ", ", long "))
          .append(
              ") {\n"
                  + "  jmp_buf escape;\n"
                  + "  checked_escape = &escape;\n"
                  + "  if (setjmp(escape)) {\n"
                  + "    return 1;\n"
                  + "  }\n");
      out.append("  switch (kernel) {\n");
      int number = 0;
      for (Kernel kernel : program.kernels()) {
        out.append("    case %d:\n".formatted(number++));
        out.append(
            "      %s(self, %s);\n      return 0;\n"
                .formatted(dialect.routine(kernel.name()), arguments));
      }
      return out.append("    default:\n      return 2;\n  }\n}\n").append(MEMORY).toString();
    }
  }
}
