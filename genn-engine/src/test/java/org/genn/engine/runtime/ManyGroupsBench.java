package org.genn.engine.runtime;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.model.ModelSpec;

/// Times how long a model of many groups takes to open: in a new JVM, and again and again in a warm
/// one.
///
/// Arguments: back end, `varied` or `distinct`, number of groups, repetitions, cache directory
/// (none: one that is empty each time).
public final class ManyGroupsBench {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ManyGroupsBench() {}

  public static void main(String[] arguments) throws IOException {
    String backend = arguments[0];
    int groups = Integer.parseInt(arguments[2]);
    int repetitions = Integer.parseInt(arguments[3]);
    for (int run = 0; run < repetitions; run++) {
      long start = System.nanoTime();
      long cpu = THREADS.getCurrentThreadCpuTime();
      ModelSpec spec =
          arguments[1].equals("varied") ? ManyGroups.varied(groups) : ManyGroups.distinct(groups);
      long made = System.nanoTime();
      Path cache =
          arguments.length > 4 ? Path.of(arguments[4]) : Files.createTempDirectory("many-groups");
      var settings =
          new RuntimeSettings()
              .backend(backend)
              .threads(1)
              .build(new BuildSettings().cacheDirectory(Optional.of(cache)));
      try (Simulation simulation = Simulation.open(spec, settings)) {
        long opened = System.nanoTime();
        long used = THREADS.getCurrentThreadCpuTime() - cpu;
        for (int step = 0; step < 10; step++) {
          simulation.stepTime();
        }
        System.out.printf(
            "%s %s: described %.0f ms, opened %.0f ms (this thread computed %.0f ms, kernels built"
                + " in %.0f ms%s, initialised in %.0f ms), 10 steps %.0f ms%n",
            backend,
            arguments[1],
            (made - start) * 1e-6,
            (opened - made) * 1e-6,
            used * 1e-6,
            simulation.times().build() * 1e3,
            simulation.isFromCache() ? " from the cache" : "",
            simulation.times().initialise() * 1e3,
            (System.nanoTime() - opened) * 1e-6);
      }
    }
  }
}
