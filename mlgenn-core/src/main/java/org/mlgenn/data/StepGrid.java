package org.mlgenn.data;

/// The neurons and time steps that spikes are placed on.
///
/// @param dt length of a step (ms)
record StepGrid(int neurons, int timesteps, double dt) {
  StepGrid {
    if (neurons < 1 || timesteps < 1) {
      throw new IllegalArgumentException(
          "spike train: expected at least 1 neuron and 1 step, got %d neurons and %d steps"
              .formatted(neurons, timesteps));
    }
    if (!((float) dt > 0 && Double.isFinite(dt))) {
      throw new IllegalArgumentException(
          "spike train: dt must be positive and finite [ms], got " + dt);
    }
  }

  /// The first step with `step · dt ≥ time` in `float32`, at most `timesteps`.
  int stepOf(float time) {
    float stepLength = (float) dt;
    double guess = Math.ceil(time / (double) stepLength);
    if (guess > timesteps + 1.0) {
      return timesteps;
    }
    // The quotient is exact to half a unit in the last place of a double, the product only to that
    // of a float: the float comparison decides, one step off at most.
    int step = (int) guess;
    while (step > 0 && (step - 1) * stepLength >= time) {
      step--;
    }
    while (step < timesteps && step * stepLength < time) {
      step++;
    }
    return Math.min(step, timesteps);
  }

  void checkId(String where, int spike, int id) {
    if (id < 0 || id >= neurons) {
      throw new IllegalArgumentException(
          "%s: spike %d has neuron id %d, expected 0 to %d"
              .formatted(where, spike, id, neurons - 1));
    }
  }

  void checkTime(String where, int spike, int id, float time) {
    if (!(time >= 0 && time < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "%s: spike %d (neuron %d) has time %s ms, expected a finite time that is not negative"
              .formatted(where, spike, id, time));
    }
  }

  IllegalArgumentException lateSpike(String where, int spike, int id, float time) {
    return new IllegalArgumentException(
        ("%s: spike %d (neuron %d) at %s ms lies beyond the example, whose last step (%d) is at"
                + " %s ms")
            .formatted(where, spike, id, time, timesteps - 1, (timesteps - 1) * (float) dt));
  }
}
