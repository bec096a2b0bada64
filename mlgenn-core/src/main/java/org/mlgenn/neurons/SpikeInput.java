package org.mlgenn.neurons;

import org.mlgenn.parts.Contribution;

/// Emits the spikes of the data set, each in the first timestep that begins at its time or later.
///
/// @param maxSpikes spikes that a batch may hold, as a guard against wrong data
public record SpikeInput(int maxSpikes) implements Neuron {
  public SpikeInput {
    if (maxSpikes <= 0) {
      throw new IllegalArgumentException(
          "SpikeInput: maxSpikes must be positive, got " + maxSpikes);
    }
  }

  public SpikeInput() {
    this(1_000_000);
  }

  public SpikeInput maxSpikes(int maxSpikes) {
    return new SpikeInput(maxSpikes);
  }

  @Override
  public Contribution dynamics(NeuronContext context) {
    return new Contribution("neuron SpikeInput");
  }

  @Override
  public boolean spikes() {
    return true;
  }

  @Override
  public boolean isInput() {
    return true;
  }

  @Override
  public boolean spikesFromOutside() {
    return true;
  }
}
