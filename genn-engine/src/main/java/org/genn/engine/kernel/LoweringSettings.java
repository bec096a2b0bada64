package org.genn.engine.kernel;

/// Choices of lowering that decide bits of the results.
///
/// @param slices number of slices of the batch, or 0 for `min(batch, 8)`
/// @param recordingSteps steps that spike recordings hold, at least 1 where a group records
/// @param fusesPostsynapticModels whether synapse groups with equal postsynaptic models share their
///   summed input
public record LoweringSettings(int slices, int recordingSteps, boolean fusesPostsynapticModels) {
  public LoweringSettings() {
    this(0, 0, true);
  }

  public LoweringSettings slices(int slices) {
    return new LoweringSettings(slices, recordingSteps, fusesPostsynapticModels);
  }

  public LoweringSettings recordingSteps(int recordingSteps) {
    return new LoweringSettings(slices, recordingSteps, fusesPostsynapticModels);
  }

  public LoweringSettings fusesPostsynapticModels(boolean fusesPostsynapticModels) {
    return new LoweringSettings(slices, recordingSteps, fusesPostsynapticModels);
  }

  /// The number of slices of a batch of `batchSize` examples.
  public int slicesOf(int batchSize) {
    return Math.clamp(slices == 0 ? 8 : slices, 1, batchSize);
  }
}
