package org.mlgenn.data;

import java.util.stream.IntStream;

/// A data set as a trainer sees it: inputs and targets by example, `0` to `size() - 1`.
///
/// Every input has the same neurons and steps. Implementations are immutable, may compute an input
/// when it is asked for, and can be read by several threads at once.
public interface Examples {
  int size();

  int neurons();

  int timesteps();

  /// The input of one example.
  SpikeTrain input(int example);

  /// What the network is to answer, for all examples.
  Targets targets();

  /// The examples as they are shown in an epoch: the same ones for plain data, fresh variations for
  /// augmented data, in both cases the same ones whenever the same epoch is asked for.
  default Examples inEpoch(int epoch) {
    return this;
  }

  /// The given examples in the given order. An example may occur more than once.
  Examples select(int... examples);

  /// The examples `from` to `to - 1`.
  default Examples subset(int from, int to) {
    if (from < 0 || to > size() || from >= to) {
      throw new IllegalArgumentException(
          "examples %d to %d: expected at least one of the examples 0 to %d"
              .formatted(from, to - 1, size() - 1));
    }
    return select(IntStream.range(from, to).toArray());
  }

  /// The last part of the examples, in their order, for validation, and the others for training.
  ///
  /// @param validationShare share of the examples, between 0 and 1
  default Split split(double validationShare) {
    if (!(validationShare > 0 && validationShare < 1)) {
      throw new IllegalArgumentException(
          "validation split: expected a share between 0 and 1, got " + validationShare);
    }
    // ml_genn: compilers/compiled_training_network.py, rounds half to even as Python does
    int training = (int) Math.rint((1.0 - validationShare) * size());
    if (training == 0 || training == size()) {
      throw new IllegalArgumentException(
          ("validation split: a share of %s of %d examples leaves %d for training and %d for"
                  + " validation, expected at least one each")
              .formatted(validationShare, size(), training, size() - training));
    }
    return new Split(subset(0, training), subset(training, size()));
  }

  /// SHA-256 of everything that decides the inputs and targets, in hexadecimal, for reports.
  String sha256();

  /// Two parts of one data set.
  record Split(Examples training, Examples validation) {}
}
