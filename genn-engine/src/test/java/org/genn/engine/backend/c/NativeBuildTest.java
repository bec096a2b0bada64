package org.genn.engine.backend.c;

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
import org.genn.engine.backend.Backend;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.backend.Instance;
import org.genn.engine.backend.Ir;
import org.genn.engine.backend.LifProgram;
import org.genn.engine.backend.OnNative;
import org.genn.engine.backend.jvm.JvmBackend;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnNative
class NativeBuildTest {
  private static final int NEURONS = 37;
  private static final int SOURCES = 9;
  private static final int STEPS = 40;

  @TempDir Path directory;

  private final NativeBackend backend = new NativeBackend();

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

  private static int[] spikes(Instance instance, int example) {
    int[] list = new int[(int) instance.memory().getLong(LifProgram.COUNTS, example, 0)];
    instance.memory().readInts(LifProgram.SPIKES, example, list, 0, list.length);
    return list;
  }

  private static List<int[]> spikesOn(Backend backend, boolean isChecked, int spikes) {
    Program program = LifProgram.of("lif", 3, SOURCES, NEURONS);
    try (var executable = backend.build(program, uncached().isChecked(isChecked));
        var instance = executable.open()) {
      fill(instance, 3, spikes);
      instance.run(0, 0, 3, 0, 0, STEPS);
      var all = new ArrayList<int[]>();
      for (int b = 0; b < 3; b++) {
        all.add(spikes(instance, b));
      }
      return all;
    }
  }

  @Test
  void spikesAreThoseOfTheJvmBackEndCheckedOrNot() {
    for (int count : new int[] {1, 3, 8, 15}) {
      List<int[]> expected = spikesOn(new JvmBackend(), false, count);
      for (boolean isChecked : new boolean[] {false, true}) {
        List<int[]> actual = spikesOn(backend, isChecked, count);
        for (int b = 0; b < 3; b++) {
          assertArrayEquals(expected.get(b), actual.get(b));
        }
      }
      assertTrue(expected.getFirst().length > 0, "there are spikes");
    }
  }

  @Test
  void secondBuildComesFromTheCache() throws IOException {
    Program program = LifProgram.of("lif", 2, SOURCES, NEURONS);
    try (var first = backend.build(program, settings());
        var second = backend.build(program, settings());
        var checked = backend.build(program, settings().isChecked(true))) {
      assertFalse(first.isFromCache());
      assertTrue(second.isFromCache());
      assertFalse(checked.isFromCache());
      assertEquals(2, entries().size());
      second.open().close();
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
      again.open().close();
    }
  }

  @Test
  void identityNamesCompilerFlagsAndProcessor() {
    String identity = CCompiler.found().compiler().orElseThrow().identity();
    assertTrue(identity.contains("-ffp-contract=off"), identity);
    assertEquals(4, identity.lines().count(), identity);
  }

  @Test
  void aMissingCompilerIsNamedWithTheWayOut() {
    assertEquals(
        "no C compiler found (looked for no-such-cc); install gcc or clang, or name one in variable"
            + " CC",
        CCompiler.find(List.of("no-such-cc")).problem());
  }

  @Test
  void aFailingCompilerIsReportedInOneLine() throws IOException {
    Path broken = Files.writeString(directory.resolve("cc"), "#!/bin/sh\necho broken\nexit 1\n");
    assertTrue(broken.toFile().setExecutable(true));
    assertEquals(
        broken + " --version failed: broken", CCompiler.find(List.of(broken.toString())).problem());
    Files.writeString(
        broken, "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 1.0; else echo no; exit 1; fi\n");
    assertEquals(
        broken + " cannot compile: no", CCompiler.find(List.of(broken.toString())).problem());
  }

  @Test
  void whatTheCompilerRefusesIsReportedWithTheSource() {
    Kernel kernel =
        Ir.kernel(
            "odd",
            Ir.run(
                Ir.call(
                    Ir.type(NumericType.FLOAT), "random_odd", Ir.literal(NumericType.FLOAT, 1))));
    Program broken = Ir.program("broken", List.of(), kernel);
    var e =
        assertThrows(
            BackendException.class,
            () -> backend.build(broken, uncached().sourceDirectory(directory)));
    assertTrue(
        e.getMessage()
            .contains(
                "refused program 'broken', printed at " + directory.resolve("kernels_broken.c")),
        e.getMessage());
    assertTrue(e.getMessage().contains("float_random_odd"), e.getMessage());
    assertTrue(Files.exists(directory.resolve("kernels_broken.c")));
  }

  private static Program wild() {
    var rows = new Rows("table", NumericType.FLOAT, 1, 4);
    return Ir.program(
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
  }

  @Test
  void aSubscriptOutsideOfItsRowNamesKernelAndLoopWhenChecked() {
    try (var executable = backend.build(wild(), uncached().isChecked(true));
        var instance = executable.open()) {
      for (int attempt = 0; attempt < 2; attempt++) {
        var e = assertThrows(IllegalStateException.class, () -> instance.run(0, 0, 1, 0, 0, 0));
        assertEquals("look_up: row[4] is outside of its 4 elements", e.getMessage());
      }
    }
  }

  @Test
  void rowsOutsideOfTheirArrayAreReportedWhenChecked() {
    var rows = new Rows("table", NumericType.FLOAT, 2, 4);
    Program program =
        Ir.program(
            "far",
            List.of(rows),
            Ir.kernel(
                "step",
                Ir.hoist("row", rows, Ir.integer("first")),
                Ir.run(
                    Ir.assign(
                        Ir.at(NumericType.FLOAT, "row", Ir.integer(0)),
                        Ir.literal(NumericType.FLOAT, 1)))));
    try (var executable = backend.build(program, uncached().isChecked(true));
        var instance = executable.open()) {
      instance.run(0, 0, 1, 0, 1, 0);
      for (int row : new int[] {2, -1, Integer.MIN_VALUE}) {
        var e = assertThrows(IllegalStateException.class, () -> instance.run(0, 0, 1, 0, row, 0));
        assertTrue(
            e.getMessage().endsWith("Index " + row + " out of bounds for length 2"),
            e.getMessage());
      }
    }
  }

  @Test
  void failedAssertionsStopTheKernel() {
    Expr condition = Ir.less(Ir.integer("first"), Ir.integer(3));
    Op check = Ir.run(Ir.call(SnippetType.NOTHING, "assert", condition));
    Program program = Ir.program("sure", List.of(), Ir.kernel("step", check));
    try (var executable = backend.build(program, uncached());
        var instance = executable.open()) {
      instance.run(0, 0, 1, 0, 2, 0);
      var e = assertThrows(IllegalStateException.class, () -> instance.run(0, 0, 1, 0, 3, 0));
      assertEquals("step: assert(first < 3) failed", e.getMessage());
      assertThrows(IndexOutOfBoundsException.class, () -> instance.run(1, 0, 1, 0, 0, 0));
    }
  }

  @Test
  void runningAllocatesNothing() {
    try (var executable = backend.build(LifProgram.of("lif", 2, SOURCES, NEURONS), uncached());
        var instance = executable.open()) {
      fill(instance, 2, 5);
      var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      for (int round = 0; round < 20_000; round++) {
        instance.run(0, 0, 2, 0, 0, 0);
      }
      instance.run(0, 0, 2, 0, 0, STEPS);
      long before = threads.getCurrentThreadAllocatedBytes();
      long cost = threads.getCurrentThreadAllocatedBytes() - before;
      before = threads.getCurrentThreadAllocatedBytes();
      instance.run(0, 0, 2, 0, 0, 1);
      assertEquals(cost, threads.getCurrentThreadAllocatedBytes() - before);
    }
  }

  @Test
  void releasedMemoryIsRefused() {
    try (var executable = backend.build(wild(), uncached())) {
      var instance = executable.open();
      instance.memory().setFloat(0, 0, 1, 2);
      instance.close();
      instance.close();
      assertThrows(IllegalStateException.class, () -> instance.memory().getFloat(0, 0, 1));
      assertThrows(IllegalStateException.class, () -> instance.run(0, 0, 1, 0, 0, 0));
    }
  }

  @Test
  void aLoopOverNeuronsIsOneFunctionWithABitForEachThatSpikes() throws IOException {
    String source = lif(new NativeBackend(false));
    String golden =
        """
        static APART_ int update_lif(struct instance *self, float *restrict voltage, float *restrict in, int *restrict spike, int count) {
          int whole = 3 >> 5;
          for (int block = 0; block < whole; block++) {
            int first = block * 32;
            int rare = 0;
            for (int place = 0; place < 32; place++) {
              int neuron = first + place;
              voltage[neuron] = 0.95f * voltage[neuron] + 0.05f * in[neuron];
              in[neuron] = 0.8f * in[neuron];
              rare |= (int) (voltage[neuron] >= 1.0f) << (place & 31);
            }
            while (rare != 0) {
              int neuron = first + __builtin_ctz(rare);
              {
                spike[count++] = neuron;
                voltage[neuron] = 0.0f;
              }
              rare &= rare - 1;
            }
          }
          for (int neuron = whole * 32; neuron < 3; neuron++) {
            voltage[neuron] = 0.95f * voltage[neuron] + 0.05f * in[neuron];
            in[neuron] = 0.8f * in[neuron];
            if (voltage[neuron] >= 1.0f) {
              spike[count++] = neuron;
              voltage[neuron] = 0.0f;
            }
          }
          return count;
        }
        """;
    assertTrue(source.contains(golden), source);
  }

  @Test
  void withWideVectorsItHasABitForEachBlock() throws IOException {
    String source = lif(new NativeBackend(true));
    String golden =
        """
          int lanes[32] = {0};
          int whole = 3 >> 5;
          for (int group = 0, groupEnd = whole + 31 >> 5; group < groupEnd; group++) {
            int start = group * 32;
            int blocks = int_smaller(whole - start, 32);
            for (int place = 0; place < 32; place++) {
              lanes[place] = 0;
            }
            for (int block = 0; block < blocks; block++) {
              int first = (start + block) * 32;
              for (int place = 0; place < 32; place++) {
                int neuron = first + place;
                voltage[neuron] = 0.95f * voltage[neuron] + 0.05f * in[neuron];
                in[neuron] = 0.8f * in[neuron];
                lanes[place] |= (int) (voltage[neuron] >= 1.0f) << (block & 31);
              }
            }
            int any = 0;
            for (int place = 0; place < 32; place++) {
              any |= lanes[place];
            }
            while (any != 0) {
              int block = __builtin_ctz(any);
              int first = (start + block) * 32;
              int rare = 0;
              for (int place = 0; place < 32; place++) {
                rare |= (lanes[place] >> (block & 31) & 1) << (place & 31);
              }
              while (rare != 0) {
                int neuron = first + __builtin_ctz(rare);
                {
                  spike[count++] = neuron;
                  voltage[neuron] = 0.0f;
                }
                rare &= rare - 1;
              }
              any &= any - 1;
            }
          }
        """;
    assertTrue(source.contains(golden), source);
  }

  private String lif(NativeBackend printing) throws IOException {
    printing.build(LifProgram.of("lif", 1, 2, 3), uncached().sourceDirectory(directory)).close();
    return Files.readString(directory.resolve("kernels_lif.c"));
  }
}
