package org.mlgenn.compilers;

/// Training in which each batch runs forward beside the batch before it running backward, so that
/// the schedule `train` learns from the batch before.
///
/// The first batch runs the schedule `BEGIN`, which learns nothing. After the last batch `END`
/// learns from it; what it runs forward, best no spikes at all, does not matter. A trial has as
/// many active examples as the larger of its two batches; in the smaller one, those in excess have
/// weight 0 and no spikes.
///
/// @param losesLastBatch whether ml_genn is imitated: each epoch begins with `BEGIN`, and `END` is
///   never run; steps of the optimiser are counted in every batch
public record Overlap(boolean losesLastBatch) {
  /// Schedule of the first batch.
  public static final String BEGIN = "trainBegin";

  /// Schedule after the last batch.
  public static final String END = "trainEnd";
}
