package org.mlgenn.train.checkpoints;

import java.util.ArrayList;
import java.util.List;

/// What training must agree on to go on from a checkpoint. The number of threads is not part of it.
///
/// @param network `Network.identity()`
/// @param training compiler, loss and optimisers as text
/// @param batchSize examples per batch
/// @param slices decide the order of sums over the batch, and with it the last bits
/// @param seed of all random numbers
/// @param shuffling seed and way of shuffling
/// @param dataSha256 of the training data
public record TrainingIdentity(
    String network,
    String training,
    int batchSize,
    int slices,
    long seed,
    String shuffling,
    String dataSha256) {

  /// What differs, one sentence each; empty if training can go on.
  public List<String> differences(TrainingIdentity present) {
    var differences = new ArrayList<String>();
    if (!network.equals(present.network)) {
      differences.add(otherNetwork(network, present.network));
    }
    compare("training", training, present.training, differences);
    compare("batch size", batchSize, present.batchSize, differences);
    compare("slices", slices, present.slices, differences);
    compare("seed", seed, present.seed, differences);
    compare("shuffling", shuffling, present.shuffling, differences);
    compare("training data", dataSha256, present.dataSha256, differences);
    return differences;
  }

  /// What to say of a checkpoint of another network; both are `Network.identity()`.
  public static String otherNetwork(String saved, String present) {
    return ("network: saved %s, now %s; populations and connections must have the names, sizes and"
            + " parameters that they had")
        .formatted(saved, present);
  }

  private static void compare(String what, Object saved, Object present, List<String> differences) {
    if (!saved.equals(present)) {
      differences.add("%s: saved %s, now %s".formatted(what, saved, present));
    }
  }
}
