package org.mlgenn.parts;

/// What a readout takes from its population; losses and compilers decide by it, never by a
/// readout's class.
public enum ReadoutKind {
  /// The output variable at the end of the trial.
  LAST_VALUE("the value at the last step", false),
  /// A sum of the output variable in which all steps weigh the same.
  SUM("a sum over the steps", false),
  /// A sum of the output variable with weights that depend on the step.
  WEIGHTED_SUM("a weighted sum over the steps", false),
  /// The largest value of the output variable.
  MAXIMUM("the largest value", false),
  /// Minus the time of a spike (ms).
  SPIKE_TIME("the time of a spike", true),
  /// A number of spikes.
  SPIKE_COUNT("a number of spikes", true);

  private final String description;
  private final boolean needsSpikes;

  ReadoutKind(String description, boolean needsSpikes) {
    this.description = description;
    this.needsSpikes = needsSpikes;
  }

  /// For messages, e.g. `the largest value`.
  public String description() {
    return description;
  }

  /// Whether the population must emit spikes; otherwise it must have an output variable.
  public boolean needsSpikes() {
    return needsSpikes;
  }
}
