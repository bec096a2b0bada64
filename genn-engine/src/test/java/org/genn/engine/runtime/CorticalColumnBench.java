package org.genn.engine.runtime;

import java.nio.file.Files;
import java.nio.file.Path;

/// Measures how long the cortical column takes to build and to run: `backend threads scale
/// milliseconds...`.
public final class CorticalColumnBench {
  private CorticalColumnBench() {}

  public static void main(String[] arguments) throws Exception {
    var settings =
        new RuntimeSettings()
            .backend(arguments[0])
            .threads(Integer.parseInt(arguments[1]))
            .isTimed(true);
    double scale = Double.parseDouble(arguments[2]);
    long start = System.nanoTime();
    try (var simulation = Simulation.open(CorticalColumn.spec(scale), settings)) {
      double opened = (System.nanoTime() - start) * 1e-9;
      KernelTimes times = simulation.times();
      long synapses = 0;
      for (var group : simulation.spec().synapseGroups()) {
        synapses += simulation.sparseConnectivity(group.name()).size();
      }
      System.out.printf(
          "%s, %d threads: %,d synapses; opened in %.2f s; %s%n",
          arguments[0], simulation.threads(), synapses, opened, times);
      System.out.printf(
          "%.2f bytes per synapse; peak %s%n",
          (double) simulation.memoryBytes() / synapses, peak());
      for (int k = 3; k < arguments.length; k++) {
        int steps = (int) Math.round(Double.parseDouble(arguments[k]) / simulation.spec().dt());
        long begin = System.nanoTime();
        for (int step = 0; step < steps; step++) {
          simulation.stepTime();
        }
        double seconds = (System.nanoTime() - begin) * 1e-9;
        System.out.printf(
            "%s ms in %.3f s: factor %.2f%n",
            arguments[k], seconds, seconds / (1e-3 * steps * simulation.spec().dt()));
      }
      System.out.println(peak());
    }
  }

  private static String peak() throws Exception {
    Path status = Path.of("/proc/self/status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS"))
        .toList()
        .toString();
  }
}
