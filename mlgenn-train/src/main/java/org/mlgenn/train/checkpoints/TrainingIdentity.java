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

  private static final String MODEL = ", model ";

  /// The text of a training.
  ///
  /// @param components compiler, losses and optimisers
  /// @param model hash of the code and the parameters that they make
  public static String training(String components, String model) {
    return components + MODEL + model;
  }

  /// What differs besides the network, one sentence each.
  public List<String> differences(TrainingIdentity present) {
    var differences = new ArrayList<String>();
    String before = components(training);
    String now = components(present.training);
    compare("training", before, now, "compile the network as it was", differences);
    if (before.equals(now)
        && network.equals(present.network)
        && !training.equals(present.training)) {
      differences.add(
          "training: the model has other code or parameters than the one that was saved, with the"
              + " same compiler, losses and optimisers; compile the network with the settings that"
              + " it had");
    }
    compare("batch size", batchSize, present.batchSize, "compile with the saved one", differences);
    compare(
        "slices", slices, present.slices, "open with RuntimeSettings.slices as saved", differences);
    compare("seed", seed, present.seed, "compile with the saved one", differences);
    compare("shuffling", shuffling, present.shuffling, "train with the saved one", differences);
    if (!dataSha256.equals(present.dataSha256)) {
      differences.add(
          "training data: not the examples and targets that were trained with; give the same ones,"
              + " in the same order");
    }
    return differences;
  }

  private static String components(String training) {
    int end = training.lastIndexOf(MODEL);
    return end < 0 ? training : training.substring(0, end);
  }

  private static void compare(
      String what, Object saved, Object present, String wayOut, List<String> differences) {
    if (!saved.equals(present)) {
      differences.add("%s: saved %s, now %s; %s".formatted(what, saved, present, wayOut));
    }
  }
}
