package org.genn.engine.runtime;

import java.util.Arrays;
import java.util.List;

/// What the engine keeps about the spikes of a population.
public enum SpikeState {
  SPIKES,
  SPIKE_EVENTS,
  SPIKE_TIMES,
  PREV_SPIKE_TIMES,
  SPIKE_EVENT_TIMES,
  PREV_SPIKE_EVENT_TIMES;

  static List<String> names() {
    return Arrays.stream(values()).map(SpikeState::name).toList();
  }
}
