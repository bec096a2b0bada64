package org.genn.engine.runtime;

import org.genn.engine.backend.BuildSettings;
import org.genn.engine.kernel.Partition;
import org.genn.engine.model.Given;

/// How a simulation is opened.
///
/// @param backend name of the back end, or `auto` for the fastest that is available
/// @param threads threads that run kernels, the calling one included; 0 for one per core. Results
///   don't depend on it
/// @param slices slices of the batch, 0 for `min(batch, 8)`; decides the order in which gradients
///   are summed
/// @param recordingSteps steps that spike recordings hold; needed where a group records
/// @param fusesPostsynapticModels whether synapse groups with equal postsynaptic models that are
///   linear share their input and the variables that follow from it, both summed over the groups:
///   what the host sees and sets is that of all
/// @param fusesPrePostWeightUpdateModels whether synapse groups whose weight updates keep the same
///   for the neurons at an end share it: what the host writes to one is then written to all.
///   Results don't depend on it otherwise
/// @param build how kernels are built
/// @param isTimed whether the time of kernels is measured
/// @param parts number of parts that neurons are divided into, so that threads share one example: 0
///   for as many as are worth it, where the batch has fewer examples than there are threads, 1 for
///   none. Results don't depend on it
public record RuntimeSettings(
    String backend,
    int threads,
    int slices,
    int recordingSteps,
    boolean fusesPostsynapticModels,
    boolean fusesPrePostWeightUpdateModels,
    BuildSettings build,
    boolean isTimed,
    int parts) {

  /// The most threads that can be asked for: more cores than machines have; systems run out of
  /// threads at some ten thousands.
  public static final int MOST_THREADS = 1024;

  public RuntimeSettings {
    Given.all("RuntimeSettings", "back end", backend, "way to build", build);
    requireNotNegative("threads", threads);
    if (threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "RuntimeSettings: threads must be from 0, for as many as there are cores, to %d, got %d"
              .formatted(MOST_THREADS, threads));
    }
    requireNotNegative("slices", slices);
    requireNotNegative("recordingSteps", recordingSteps);
    if (parts < 0 || parts > Partition.MAX_PARTS) {
      throw new IllegalArgumentException(
          "RuntimeSettings: parts must be from 0 to %d, got %d"
              .formatted(Partition.MAX_PARTS, parts));
    }
  }

  public RuntimeSettings() {
    this("auto", 0, 0, 0, true, true, new BuildSettings(), false, 0);
  }

  public RuntimeSettings parts(int parts) {
    return new RuntimeSettings(
        backend,
        threads,
        slices,
        recordingSteps,
        fusesPostsynapticModels,
        fusesPrePostWeightUpdateModels,
        build,
        isTimed,
        parts);
  }

  public RuntimeSettings backend(String backend) {
    return new RuntimeSettings(
        backend,
        threads,
        slices,
        recordingSteps,
        fusesPostsynapticModels,
        fusesPrePostWeightUpdateModels,
        build,
        isTimed,
        parts);
  }

  public RuntimeSettings threads(int threads) {
    return new RuntimeSettings(
        backend,
        threads,
        slices,
        recordingSteps,
        fusesPostsynapticModels,
        fusesPrePostWeightUpdateModels,
        build,
        isTimed,
        parts);
  }

  public RuntimeSettings slices(int slices) {
    return new RuntimeSettings(
        backend,
        threads,
        slices,
        recordingSteps,
        fusesPostsynapticModels,
        fusesPrePostWeightUpdateModels,
        build,
        isTimed,
        parts);
  }

  public RuntimeSettings recordingSteps(int recordingSteps) {
    return new RuntimeSettings(
        backend,
        threads,
        slices,
        recordingSteps,
        fusesPostsynapticModels,
        fusesPrePostWeightUpdateModels,
        build,
        isTimed,
        parts);
  }

  public RuntimeSettings fusesPostsynapticModels(boolean fusesPostsynapticModels) {
    return new RuntimeSettings(
        backend,
        threads,
        slices,
        recordingSteps,
        fusesPostsynapticModels,
        fusesPrePostWeightUpdateModels,
        build,
        isTimed,
        parts);
  }

  public RuntimeSettings fusesPrePostWeightUpdateModels(boolean fusesPrePostWeightUpdateModels) {
    return new RuntimeSettings(
        backend,
        threads,
        slices,
        recordingSteps,
        fusesPostsynapticModels,
        fusesPrePostWeightUpdateModels,
        build,
        isTimed,
        parts);
  }

  public RuntimeSettings build(BuildSettings build) {
    return new RuntimeSettings(
        backend,
        threads,
        slices,
        recordingSteps,
        fusesPostsynapticModels,
        fusesPrePostWeightUpdateModels,
        build,
        isTimed,
        parts);
  }

  public RuntimeSettings isTimed(boolean isTimed) {
    return new RuntimeSettings(
        backend,
        threads,
        slices,
        recordingSteps,
        fusesPostsynapticModels,
        fusesPrePostWeightUpdateModels,
        build,
        isTimed,
        parts);
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
