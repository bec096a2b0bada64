package org.mlgenn.compilers;

import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.Precision;

/// How a network is simulated, whatever the compiler.
///
/// @param dt duration of a timestep (ms), positive
/// @param batchSize examples that run side by side
/// @param seed of all random numbers; 0 draws one
/// @param precision of voltages and weights
public record SimulationSettings(double dt, int batchSize, long seed, Precision precision) {
  public SimulationSettings {
    if (!Double.isFinite(dt) || dt <= 0) {
      throw new IllegalArgumentException("SimulationSettings: dt must be positive [ms], got " + dt);
    }
    if (batchSize <= 0) {
      throw new IllegalArgumentException(
          "SimulationSettings: batchSize must be positive, got " + batchSize);
    }
  }

  /// Steps of 1 ms, one example at a time, seed 0, single precision.
  public SimulationSettings() {
    this(1, 1, 0, Precision.FLOAT);
  }

  public SimulationSettings dt(double dt) {
    return new SimulationSettings(dt, batchSize, seed, precision);
  }

  public SimulationSettings batchSize(int batchSize) {
    return new SimulationSettings(dt, batchSize, seed, precision);
  }

  public SimulationSettings seed(long seed) {
    return new SimulationSettings(dt, batchSize, seed, precision);
  }

  public SimulationSettings precision(Precision precision) {
    return new SimulationSettings(dt, batchSize, seed, precision);
  }

  /// An empty model that is simulated like this.
  public ModelSpec model(String name) {
    return new ModelSpec(name, dt, batchSize, seed).precision(precision);
  }
}
