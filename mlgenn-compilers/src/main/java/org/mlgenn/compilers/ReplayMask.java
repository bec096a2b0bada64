package org.mlgenn.compilers;

import java.util.Arrays;
import org.genn.engine.model.VariableReference;

/// Which spikes of an input ml_genn would replay; only where its tapes are imitated.
///
/// The host fills `variable`, one value per example, step and neuron, before each trial with what
/// `Filter.next` gives.
///
/// @param variable 1 where a spike is replayed
/// @param neurons of the input
/// @param timesteps of a trial
/// @param maxSpikes of the tape that two examples share, if they do; otherwise 0
/// @param lastStepBlocks whether a spike in the last step keeps those before it from being replayed
public record ReplayMask(
    VariableReference variable, int neurons, int timesteps, int maxSpikes, boolean lastStepBlocks) {

  /// The filter of one place of the batch, which remembers the example before.
  public Filter filter() {
    return new Filter();
  }

  /// Goes from example to example.
  public final class Filter {
    private int[] tapedBefore = new int[neurons];

    private Filter() {}

    /// The mask of the next example, `(steps, neurons)`.
    ///
    /// @param offsets of the spikes of step `s` in `ids`: from `offsets[s + 1]` to `offsets[s + 2]`
    /// @param ids neurons that spike
    public float[] next(int[] offsets, int[] ids) {
      float[] mask = new float[timesteps * neurons];
      int[] taped = new int[neurons];
      boolean[] isBlocked = new boolean[neurons];
      for (int step = 0; step < timesteps; step++) {
        for (int entry = offsets[step + 1]; entry < offsets[step + 2]; entry++) {
          int neuron = ids[entry];
          if (maxSpikes == 0 || taped[neuron] + tapedBefore[neuron] < maxSpikes - 1) {
            taped[neuron]++;
            mask[step * neurons + neuron] = 1;
            isBlocked[neuron] |= lastStepBlocks && step == timesteps - 1;
          }
        }
      }
      for (int index = 0; index < mask.length; index++) {
        if (isBlocked[index % neurons]) {
          mask[index] = 0;
        }
      }
      tapedBefore = Arrays.copyOf(taped, neurons);
      return mask;
    }
  }
}
