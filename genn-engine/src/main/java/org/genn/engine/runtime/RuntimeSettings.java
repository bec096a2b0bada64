package org.genn.engine.runtime;

import org.genn.engine.backend.BuildSettings;

/// How a simulation is opened.
///
/// @param backend name of the back end, or `auto` for the fastest that is available
/// @param threads threads that run kernels, the calling one included; 0 for one per core. Results
///   don't depend on it
/// @param slices slices of the batch, 0 for `min(batch, 8)`; decides the order in which gradients
///   are summed
/// @param recordingSteps steps that spike recordings hold; needed where a group records
/// @param fusesPostsynapticModels whether synapse groups with equal postsynaptic models share their
///   summed input
/// @param build how kernels are built
/// @param isTimed whether the time of kernels is measured
public record RuntimeSettings(
    String backend,
    int threads,
    int slices,
    int recordingSteps,
    boolean fusesPostsynapticModels,
    BuildSettings build,
    boolean isTimed) {

  public RuntimeSettings {
    requireNotNegative("threads", threads);
    requireNotNegative("slices", slices);
    requireNotNegative("recordingSteps", recordingSteps);
  }

  public RuntimeSettings() {
    this("auto", 0, 0, 0, true, new BuildSettings(), false);
  }

  public RuntimeSettings backend(String backend) {
    return new RuntimeSettings(
        backend, threads, slices, recordingSteps, fusesPostsynapticModels, build, isTimed);
  }

  public RuntimeSettings threads(int threads) {
    return new RuntimeSettings(
        backend, threads, slices, recordingSteps, fusesPostsynapticModels, build, isTimed);
  }

  public RuntimeSettings slices(int slices) {
    return new RuntimeSettings(
        backend, threads, slices, recordingSteps, fusesPostsynapticModels, build, isTimed);
  }

  public RuntimeSettings recordingSteps(int recordingSteps) {
    return new RuntimeSettings(
        backend, threads, slices, recordingSteps, fusesPostsynapticModels, build, isTimed);
  }

  public RuntimeSettings fusesPostsynapticModels(boolean fusesPostsynapticModels) {
    return new RuntimeSettings(
        backend, threads, slices, recordingSteps, fusesPostsynapticModels, build, isTimed);
  }

  public RuntimeSettings build(BuildSettings build) {
    return new RuntimeSettings(
        backend, threads, slices, recordingSteps, fusesPostsynapticModels, build, isTimed);
  }

  public RuntimeSettings isTimed(boolean isTimed) {
    return new RuntimeSettings(
        backend, threads, slices, recordingSteps, fusesPostsynapticModels, build, isTimed);
  }

  /// The number of threads, with 0 replaced by the number of cores.
  public int threadCount() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  private static void requireNotNegative(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          "RuntimeSettings: %s must not be negative, got %d".formatted(name, value));
    }
  }
}
