package org.mlgenn.compilers.eventprop;

/// How many spikes are kept for the backward phase.
///
/// @param maxSpikes spikes per neuron and example, on average over the neurons of a population:
///   tapes grow up to this
/// @param strict whether more spikes are an error; otherwise those that do not fit are counted and
///   reported, and have no part in the gradient
public record Tapes(int maxSpikes, boolean strict) {
  public Tapes {
    if (maxSpikes <= 0) {
      throw new IllegalArgumentException(
          "EventPropCompiler: maxSpikes must be positive, got " + maxSpikes);
    }
  }

  /// 500, lenient.
  public Tapes() {
    this(500, false);
  }

  public Tapes maxSpikes(int maxSpikes) {
    return new Tapes(maxSpikes, strict);
  }

  public Tapes strict(boolean strict) {
    return new Tapes(maxSpikes, strict);
  }
}
