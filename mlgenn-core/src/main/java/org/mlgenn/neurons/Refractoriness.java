package org.mlgenn.neurons;

import org.mlgenn.initializers.Requirement;
import org.mlgenn.initializers.Value;

/// A time after each spike in which a neuron does not spike.
///
/// Two spikes are at least `ceil(tau / dt)` steps apart. Without integration, one more step passes
/// before the voltage moves again.
///
/// @param tau how long it lasts (ms), positive
/// @param integrates whether the voltage goes on integrating the input meanwhile
public record Refractoriness(Value tau, boolean integrates) {
  public Refractoriness {
    tau.require("Refractoriness: tau", Requirement.POSITIVE_TIME);
  }

  public Refractoriness(double tau, boolean integrates) {
    this(Value.of(tau), integrates);
  }

  /// With integration.
  public Refractoriness(double tau) {
    this(tau, true);
  }

  public Refractoriness tau(Value tau) {
    return new Refractoriness(tau, integrates);
  }

  public Refractoriness tau(double tau) {
    return tau(Value.of(tau));
  }

  public Refractoriness integrates(boolean integrates) {
    return new Refractoriness(tau, integrates);
  }
}
