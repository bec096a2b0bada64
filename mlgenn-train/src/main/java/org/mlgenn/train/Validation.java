package org.mlgenn.train;

import org.mlgenn.data.Examples;

/// What a training is validated with after each epoch.
public sealed interface Validation {
  /// Nothing.
  record None() implements Validation {}

  /// The last examples of the training data, which are then not trained with.
  ///
  /// @param share of the examples, between 0 and 1
  record Split(double share) implements Validation {
    public Split {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException(
            "validation split: expected a share between 0 and 1, got " + share);
      }
    }
  }

  /// Data of its own.
  record Data(NetworkExamples examples) implements Validation {}

  /// Data of its own, for a network with one input and one output.
  record Single(Examples examples) implements Validation {}
}
