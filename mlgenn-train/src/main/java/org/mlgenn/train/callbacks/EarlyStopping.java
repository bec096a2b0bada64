package org.mlgenn.train.callbacks;

import java.util.Locale;
import java.util.Map;
import org.mlgenn.train.EpochReport;
import org.mlgenn.train.Progress;
import org.mlgenn.train.TrainingCallback;

/// Ends training when a number of epochs have brought no improvement.
public final class EarlyStopping implements TrainingCallback {
  private static final String BEST = "best";
  private static final String SINCE = "epochsSinceBest";

  private final int patience;
  private final Monitored monitored;
  private final double minimumChange;
  private double best = Double.POSITIVE_INFINITY;
  private int epochsSinceBest;

  private EarlyStopping(int patience, Monitored monitored, double minimumChange) {
    if (patience < 1) {
      throw new IllegalArgumentException(
          "EarlyStopping: patience must be at least 1 epoch, got " + patience);
    }
    if (!(minimumChange >= 0)) {
      throw new IllegalArgumentException(
          "EarlyStopping: minimumChange must not be negative, got " + minimumChange);
    }
    this.patience = patience;
    this.monitored = monitored;
    this.minimumChange = minimumChange;
  }

  /// By the loss.
  ///
  /// @param patience epochs without improvement after which training ends
  public EarlyStopping(int patience) {
    this(patience, Monitored.LOSS, 0);
  }

  public EarlyStopping monitored(Monitored monitored) {
    return new EarlyStopping(patience, monitored, minimumChange);
  }

  /// Smaller changes are no improvement.
  public EarlyStopping minimumChange(double minimumChange) {
    return new EarlyStopping(patience, monitored, minimumChange);
  }

  @Override
  public void onTrainBegin(Progress progress) {
    if (!progress.isResumed()) {
      best = Double.POSITIVE_INFINITY;
      epochsSinceBest = 0;
    }
    stopIfDue(progress);
  }

  @Override
  public void onEpochComplete(Progress progress, EpochReport report) {
    double cost = monitored.cost(report);
    if (cost < best - minimumChange) {
      best = cost;
      epochsSinceBest = 0;
    } else {
      epochsSinceBest++;
    }
    stopIfDue(progress);
  }

  private void stopIfDue(Progress progress) {
    if (epochsSinceBest >= patience) {
      progress.stop(
          "stopped early: no improvement of %s in %d epochs"
              .formatted(monitored.name().toLowerCase(Locale.ROOT), epochsSinceBest));
    }
  }

  @Override
  public Map<String, Double> state() {
    return Map.of(BEST, best, SINCE, (double) epochsSinceBest);
  }

  @Override
  public void restore(Map<String, Double> state) {
    best = state.getOrDefault(BEST, Double.POSITIVE_INFINITY);
    epochsSinceBest = state.getOrDefault(SINCE, 0.0).intValue();
  }
}
