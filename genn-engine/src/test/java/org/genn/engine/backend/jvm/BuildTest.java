package org.genn.engine.backend.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.backend.Instance;
import org.genn.engine.backend.Ir;
import org.genn.engine.backend.LifProgram;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.NumericType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {
  private static final int NEURONS = 20;
  private static final int SOURCES = 9;
  private static final int STEPS = 40;

  @TempDir Path directory;

  private final JvmBackend backend = new JvmBackend();

  private BuildSettings settings() {
    return new BuildSettings().cacheDirectory(Optional.of(directory));
  }

  private static BuildSettings uncached() {
    return new BuildSettings().cacheDirectory(Optional.empty());
  }

  private List<Path> entries() throws IOException {
    try (var files = Files.list(directory)) {
      return files.toList();
    }
  }

  /// Fills an instance of `LifProgram`: `spikes` per step, which may name a source twice.
  private static void fill(Instance instance, int batch, int spikes) {
    for (int source = 0; source < SOURCES; source++) {
      for (int j = 0; j < NEURONS; j++) {
        instance
            .memory()
            .setFloat(LifProgram.WEIGHTS, source, j, (source * 7 + j * 3) % 11 * 0.3f - 0.4f);
      }
    }
    for (int b = 0; b < batch; b++) {
      int[] offsets = new int[STEPS + 1];
      int[] ids = new int[STEPS * spikes];
      for (int k = 0; k < ids.length; k++) {
        ids[k] = (k * 5 + b) % SOURCES;
        offsets[k / spikes + 1] = k + 1;
      }
      instance.memory().bindInts(LifProgram.IDS, b, ids);
      instance.memory().bindInts(LifProgram.OFFSETS, b, offsets);
    }
  }

  /// The same neurons in plain Java.
  private static int[] expected(int example, int spikes) {
    float[] v = new float[NEURONS];
    float[] input = new float[NEURONS];
    int[] list = new int[NEURONS * STEPS];
    int count = 0;
    for (int step = 0; step < STEPS; step++) {
      for (int k = step * spikes; k < (step + 1) * spikes; k++) {
        int source = (k * 5 + example) % SOURCES;
        for (int j = 0; j < NEURONS; j++) {
          input[j] += (source * 7 + j * 3) % 11 * 0.3f - 0.4f;
        }
      }
      for (int j = 0; j < NEURONS; j++) {
        v[j] = 0.95f * v[j] + 0.05f * input[j];
        input[j] = 0.8f * input[j];
        if (v[j] >= 1) {
          list[count++] = j;
          v[j] = 0;
        }
      }
    }
    return java.util.Arrays.copyOf(list, count);
  }

  private static int[] spikes(Instance instance, int example) {
    int[] list = new int[(int) instance.memory().getLong(LifProgram.COUNTS, example, 0)];
    instance.memory().readInts(LifProgram.SPIKES, example, list, 0, list.length);
    return list;
  }

  @Test
  void spikesAreThoseOfAPlainLoop() {
    try (var executable = backend.build(LifProgram.of("lif", 3, SOURCES, NEURONS), uncached());
        var instance = executable.open()) {
      for (int count : new int[] {1, 3, 4, 7}) {
        try (var fresh = executable.open()) {
          fill(fresh, 3, count);
          fresh.run(0, 0, 3, 0, 0, STEPS);
          for (int b = 0; b < 3; b++) {
            assertArrayEquals(expected(b, count), spikes(fresh, b));
          }
        }
      }
      assertTrue(expected(0, 4).length > 20, "there are spikes");
      assertFalse(instance.dividedByZero());
    }
  }

  @Test
  void secondBuildComesFromTheCache() throws IOException {
    Program program = LifProgram.of("lif", 2, SOURCES, NEURONS);
    try (var first = backend.build(program, settings());
        var second = backend.build(program, settings())) {
      assertFalse(first.isFromCache());
      assertTrue(second.isFromCache());
      assertEquals(1, entries().size());
      try (var instance = second.open()) {
        fill(instance, 2, 4);
        instance.run(0, 0, 2, 0, 0, STEPS);
        assertArrayEquals(expected(1, 4), spikes(instance, 1));
      }
    }
  }

  @Test
  void aCachedStartLoadsNoCompiler() throws Exception {
    try (var executable = backend.build(LifProgram.of("lif", 1, 2, 3), settings())) {
      assertFalse(executable.isFromCache());
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + directory.resolve("classes.log"),
                "-Xlog:disable",
                "-cp",
                System.getProperty("java.class.path"),
                CachedStart.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), output);
    assertTrue(output.contains("cached: true"), output);
    assertFalse(Files.readString(directory.resolve("classes.log")).contains("com.sun.tools.javac"));
  }

  /// What the test above starts.
  static final class CachedStart {
    private CachedStart() {}

    public static void main(String[] arguments) {
      var settings = new BuildSettings().cacheDirectory(Optional.of(Path.of(arguments[0])));
      try (var executable = new JvmBackend().build(LifProgram.of("lif", 1, 2, 3), settings)) {
        System.out.println("cached: " + executable.isFromCache());
      }
    }
  }

  @Test
  void aDamagedEntryIsBuiltAgain() throws IOException {
    Program program = LifProgram.of("lif", 2, SOURCES, NEURONS);
    backend.build(program, settings()).close();
    Path entry = entries().getFirst();
    byte[] bytes = Files.readAllBytes(entry);
    bytes[bytes.length / 2] ^= 1;
    Files.write(entry, bytes);
    try (var rebuilt = backend.build(program, settings());
        var again = backend.build(program, settings())) {
      assertFalse(rebuilt.isFromCache());
      assertTrue(again.isFromCache());
    }
    Files.write(entry, new byte[] {1, 2, 3});
    try (var rebuilt = backend.build(program, settings())) {
      assertFalse(rebuilt.isFromCache());
    }
  }

  @Test
  void aCacheThatCannotBeWrittenCostsNothingButTime() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "no folder");
    try (var executable =
        backend.build(
            LifProgram.of("lif", 1, 2, 3),
            new BuildSettings().cacheDirectory(Optional.of(file.resolve("cache"))))) {
      assertFalse(executable.isFromCache());
      executable.open().close();
    }
  }

  @Test
  void checkedProgramsHaveEntriesOfTheirOwn() {
    Program program = LifProgram.of("lif", 1, 2, 3);
    backend.build(program, settings()).close();
    try (var checked = backend.build(program, settings().isChecked(true))) {
      assertFalse(checked.isFromCache());
    }
  }

  @Test
  void sourcesAreKeptOnRequest() throws IOException {
    Path sources = directory.resolve("sources");
    backend.build(LifProgram.of("lif", 1, 2, 3), uncached().sourceDirectory(sources)).close();
    assertTrue(Files.readString(sources.resolve("Kernels_lif.java")).contains("update_lif"));
  }

  @Test
  void whatTheCompilerRefusesIsReportedWithTheSource() {
    var rows = new Rows("rows", NumericType.FLOAT, 1, 1);
    Program broken =
        Ir.program(
            "broken", List.of(rows, new Rows("Rows", NumericType.FLOAT, 1, 1)), kernelWithClash());
    var e =
        assertThrows(
            BackendException.class,
            () -> backend.build(broken, uncached().sourceDirectory(directory)));
    assertTrue(
        e.getMessage()
            .contains("the Java compiler refused Kernels_broken, printed at " + directory),
        e.getMessage());
    assertTrue(e.getMessage().contains("error:"), e.getMessage());
    assertTrue(Files.exists(directory.resolve("Kernels_broken.java")));
  }

  /// Rows that are all needed at the end stay in one method.
  @Test
  void aMethodThatIsTooLongForJavaIsToldWithTheWaysOut() {
    var arrays = new ArrayList<Rows>();
    var body = new ArrayList<Op>();
    for (int k = 0; k < 7000; k++) {
      arrays.add(new Rows("r" + k, NumericType.FLOAT, 1, 1));
      body.add(Ir.hoist("row" + k, arrays.get(k), Ir.integer(0)));
    }
    for (int k = 0; k < 7000; k++) {
      body.add(
          Ir.run(
              Ir.assign(
                  Ir.at(NumericType.FLOAT, "row" + k, Ir.integer(0)),
                  Ir.literal(NumericType.FLOAT, 1))));
    }
    Program program = Ir.program("long", arrays, Ir.kernel("step", body.toArray(Op[]::new)));
    var e =
        assertThrows(
            BackendException.class,
            () -> backend.build(program, uncached().sourceDirectory(directory)));
    assertTrue(
        e.getMessage()
            .startsWith(
                "the jvm back end cannot build Kernels_long: Java has limits that its code exceeds"
                    + " (code too large); use fewer variables or parameters in one group, or the"
                    + " back end native\n"
                    + "the Java compiler refused Kernels_long, printed at "
                    + directory),
        e.getMessage());
  }

  /// Calls a library function with a name and types that Java has not.
  private static org.genn.engine.kernel.Kernel kernelWithClash() {
    return Ir.kernel(
        "clash",
        Ir.run(Ir.call(Ir.type(NumericType.FLOAT), "clz", Ir.literal(NumericType.FLOAT, 1))));
  }

  @Test
  void programsSideBySideDoNotDisturbEachOther() throws Exception {
    try (var a = backend.build(LifProgram.of("same", 2, SOURCES, NEURONS), uncached());
        var b = backend.build(LifProgram.of("same", 3, SOURCES, NEURONS), uncached());
        var threads = Executors.newFixedThreadPool(4)) {
      var results = new java.util.ArrayList<Future<int[]>>();
      for (int k = 0; k < 8; k++) {
        int number = k;
        results.add(
            threads.submit(
                () -> {
                  try (var instance = (number % 2 == 0 ? a : b).open()) {
                    fill(instance, 2, 2 + number);
                    instance.run(0, 0, 2, 0, 0, STEPS);
                    return spikes(instance, 1);
                  }
                }));
      }
      for (int k = 0; k < 8; k++) {
        assertArrayEquals(expected(1, 2 + k), results.get(k).get());
      }
    }
  }

  @Test
  void runningAllocatesNothing() {
    try (var executable = backend.build(LifProgram.of("lif", 2, SOURCES, NEURONS), uncached());
        var instance = executable.open()) {
      fill(instance, 2, 5);
      var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      for (int round = 0; round < 50; round++) {
        reset(instance);
        instance.run(0, 0, 2, 0, 0, STEPS);
      }
      reset(instance);
      long before = threads.getCurrentThreadAllocatedBytes();
      long cost = threads.getCurrentThreadAllocatedBytes() - before;
      before = threads.getCurrentThreadAllocatedBytes();
      instance.run(0, 0, 2, 0, 0, STEPS);
      assertEquals(cost, threads.getCurrentThreadAllocatedBytes() - before);
    }
  }

  private static void reset(Instance instance) {
    instance.memory().clear(LifProgram.COUNTS);
    instance.memory().clear(LifProgram.V);
  }

  @Test
  void aSubscriptOutsideOfItsRowNamesKernelAndLoop() {
    var rows = new Rows("table", NumericType.FLOAT, 1, 4);
    Program program =
        Ir.program(
            "wild",
            List.of(rows),
            Ir.kernel(
                "step",
                Ir.hoist("row", rows, Ir.integer(0)),
                new Op.Elements(
                    "look_up",
                    "j",
                    Ir.integer(4),
                    List.of(
                        Ir.evaluate(
                            Ir.assign(
                                Ir.at(NumericType.FLOAT, "row", Ir.integer("j")),
                                Ir.at(
                                    NumericType.FLOAT,
                                    "row",
                                    Ir.add(Ir.integer("j"), Ir.integer(3)))))))));
    try (var executable = backend.build(program, uncached().isChecked(true));
        var instance = executable.open()) {
      var e = assertThrows(IllegalStateException.class, () -> instance.run(0, 0, 1, 0, 0, 0));
      assertEquals("look_up: row[4] is outside of its 4 elements", e.getMessage());
    }
    try (var executable = backend.build(program, uncached());
        var instance = executable.open()) {
      var e = assertThrows(IllegalStateException.class, () -> instance.run(0, 0, 1, 0, 0, 0));
      assertEquals(
          "in 'look_up': a subscript is outside of its row: Index 4 out of bounds"
              + " for length 4",
          e.getMessage());
    }
  }
}
