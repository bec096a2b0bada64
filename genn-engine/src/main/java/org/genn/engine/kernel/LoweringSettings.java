package org.genn.engine.kernel;

/// Choices of lowering. Only the first three decide bits of the results.
///
/// @param slices number of slices of the batch, or 0 for `min(batch, 8)`
/// @param recordingSteps steps that spike recordings hold, at least 1 where a group records
/// @param fusesPostsynapticModels whether synapse groups with equal postsynaptic models that are
///   linear share their input and the variables that follow from it, both summed over the groups
/// @param fusesPrePostWeightUpdateModels whether synapse groups whose weight updates keep the same
///   for the neurons at an end share it; decides no bits
/// @param parts number of parts that the neurons of each group are divided into, so that threads
///   can share one example; decides no bits
/// @param timesParts whether what synapses and what neurons do in a step are kernels of their own,
///   so that their times can be told apart; decides no bits
/// @param isChecked whether numbers that code computes are tested where they would be cut to what
///   is possible; decides no bits of what succeeds
public record LoweringSettings(
    int slices,
    int recordingSteps,
    boolean fusesPostsynapticModels,
    boolean fusesPrePostWeightUpdateModels,
    int parts,
    boolean timesParts,
    boolean isChecked) {
  public LoweringSettings() {
    this(0, 0, true, true, 1, false, false);
  }

  public LoweringSettings parts(int parts) {
    return new LoweringSettings(
        slices,
        recordingSteps,
        fusesPostsynapticModels,
        fusesPrePostWeightUpdateModels,
        parts,
        timesParts,
        isChecked);
  }

  public LoweringSettings slices(int slices) {
    return new LoweringSettings(
        slices,
        recordingSteps,
        fusesPostsynapticModels,
        fusesPrePostWeightUpdateModels,
        parts,
        timesParts,
        isChecked);
  }

  public LoweringSettings recordingSteps(int recordingSteps) {
    return new LoweringSettings(
        slices,
        recordingSteps,
        fusesPostsynapticModels,
        fusesPrePostWeightUpdateModels,
        parts,
        timesParts,
        isChecked);
  }

  public LoweringSettings fusesPostsynapticModels(boolean fusesPostsynapticModels) {
    return new LoweringSettings(
        slices,
        recordingSteps,
        fusesPostsynapticModels,
        fusesPrePostWeightUpdateModels,
        parts,
        timesParts,
        isChecked);
  }

  public LoweringSettings fusesPrePostWeightUpdateModels(boolean fusesPrePostWeightUpdateModels) {
    return new LoweringSettings(
        slices,
        recordingSteps,
        fusesPostsynapticModels,
        fusesPrePostWeightUpdateModels,
        parts,
        timesParts,
        isChecked);
  }

  /// The number of slices of a batch of `batchSize` examples.
  public int slicesOf(int batchSize) {
    return Math.clamp(slices == 0 ? 8 : slices, 1, batchSize);
  }
}
