package org.mlgenn.train.callbacks;

import org.mlgenn.train.EpochReport;

/// What tells how good an epoch was.
public enum Monitored {
  /// Loss of the validation examples, or of the training examples where there is no validation.
  LOSS {
    @Override
    double cost(EpochReport report) {
      return report.validationLoss().orElse(report.trainLoss());
    }
  },
  /// Accuracy of the validation examples, or of the training examples where there is no validation.
  ACCURACY {
    @Override
    double cost(EpochReport report) {
      var accuracy =
          report.validation().isPresent() ? report.validationAccuracy() : report.trainAccuracy();
      return -accuracy.orElse(Double.NaN);
    }
  },
  /// Loss of the training examples.
  TRAIN_LOSS {
    @Override
    double cost(EpochReport report) {
      return report.trainLoss();
    }
  };

  /// Smaller is better.
  abstract double cost(EpochReport report);
}
