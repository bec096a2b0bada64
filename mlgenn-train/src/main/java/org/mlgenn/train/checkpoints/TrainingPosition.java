package org.mlgenn.train.checkpoints;

/// Where a training is.
///
/// @param epoch that the next batch belongs to
/// @param batch of that epoch that comes next; the number of batches where only the epoch's end is
///   missing
/// @param step updates of the weights so far
/// @param timestep of the simulation
public record TrainingPosition(int epoch, int batch, long step, long timestep) {
  @Override
  public String toString() {
    return "epoch %d, batch %d".formatted(epoch, batch);
  }
}
