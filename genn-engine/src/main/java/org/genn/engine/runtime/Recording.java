package org.genn.engine.runtime;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.backend.Memory;

/// Reads the ring of spike bits of a neuron group.
///
/// @param array row `(step mod ringSteps) * batch + example`, bit `neuron % 32` of word `neuron /
///   32`
record Recording(int array, int neurons, int ringSteps, int batch) {

  /// Spikes of an example in the steps from `from` (inclusive) to `to` (exclusive), which are in
  /// the ring.
  RecordedSpikes read(Memory memory, int example, long from, long to, double dt) {
    int[] words = new int[Math.ceilDiv(neurons, Integer.SIZE)];
    List<long[]> found = new ArrayList<>();
    for (long step = from; step < to; step++) {
      int row = (int) (step % ringSteps) * batch + example;
      memory.readInts(array, row, words, 0, words.length);
      for (int word = 0; word < words.length; word++) {
        for (int bits = words[word]; bits != 0; bits &= bits - 1) {
          found.add(new long[] {step, word * Integer.SIZE + Integer.numberOfTrailingZeros(bits)});
        }
      }
    }
    return new RecordedSpikes(
        found.stream().mapToLong(spike -> spike[0]).toArray(),
        found.stream().mapToDouble(spike -> spike[0] * dt).toArray(),
        found.stream().mapToInt(spike -> (int) spike[1]).toArray());
  }
}
