package org.mlgenn.tests.gradient;

import java.util.ArrayList;
import java.util.List;

/// A loss, the readout it is computed from, and when: once per trial or in every time step.
///
/// @param loss the loss
/// @param readout what is read from an output neuron
/// @param perTimestep whether the loss is a mean over the time steps of the trial
public record Pair(LossKind loss, ReadoutKind readout, boolean perTimestep) {

  /// A loss of the readouts `r`, an example's label `y` and targets.
  public enum LossKind {
    /// `-log softmax(r / temperature)[y]`, and for first spikes `+ ttfsAlpha / (1.01 · T - t_y)`.
    CROSSENTROPY,
    /// `½ Σ (target - r)²`; for first spikes the targets are times.
    SQUARE_ERROR,
    /// `½ Σ_{n≠y} (t_n - t_y - margin)²`.
    RELATIVE_SQUARE_ERROR
  }

  /// A readout in the limit of small time steps. Per time step every voltage readout is the voltage
  /// itself.
  public enum ReadoutKind {
    /// `V(T)`.
    VAR,
    /// `1/dt ∫ V dt`: the only one that depends on the time step.
    SUM_VAR,
    /// `1/T ∫ V dt`.
    AVG_VAR,
    /// `1/T ∫ exp(-t/T) V dt`.
    AVG_VAR_EXP_WEIGHT,
    /// `max V`.
    MAX_VAR,
    /// `-t_first`.
    FIRST_SPIKE_TIME
  }

  /// Every pair that has a gradient.
  public static List<Pair> all() {
    var pairs = new ArrayList<Pair>();
    for (ReadoutKind readout : ReadoutKind.values()) {
      pairs.add(new Pair(LossKind.CROSSENTROPY, readout, false));
      if (readout != ReadoutKind.VAR) {
        pairs.add(new Pair(LossKind.SQUARE_ERROR, readout, false));
      }
    }
    pairs.add(new Pair(LossKind.RELATIVE_SQUARE_ERROR, ReadoutKind.FIRST_SPIKE_TIME, false));
    for (ReadoutKind readout : List.of(ReadoutKind.VAR, ReadoutKind.SUM_VAR, ReadoutKind.AVG_VAR)) {
      pairs.add(new Pair(LossKind.CROSSENTROPY, readout, true));
    }
    pairs.add(new Pair(LossKind.SQUARE_ERROR, ReadoutKind.VAR, true));
    return List.copyOf(pairs);
  }

  public boolean readsSpikes() {
    return readout == ReadoutKind.FIRST_SPIKE_TIME;
  }

  @Override
  public String toString() {
    return loss + " of " + readout + (perTimestep ? " per timestep" : "");
  }
}
