package org.mlgenn.initializers;

import java.util.function.DoubleUnaryOperator;
import org.genn.engine.model.InitialValue;

/// Uniformly distributed numbers, drawn once per element from the seed of the simulation.
///
/// @param min smallest, inclusive
/// @param max largest, exclusive; not below `min`
public record Uniform(double min, double max) implements Value {
  public Uniform {
    if (!Double.isFinite(min) || !Double.isFinite(max) || min > max) {
      throw new IllegalArgumentException(
          "Uniform: min and max must be finite with min ≤ max, got %s and %s".formatted(min, max));
    }
  }

  /// Between 0 and 1.
  public Uniform() {
    this(0, 1);
  }

  @Override
  public InitialValue initialValue() {
    return new InitialValue.Uniform(min, max);
  }

  @Override
  public Uniform require(String what, Requirement requirement) {
    requirement.checkRandom(what, this);
    return this;
  }

  @Override
  public Value map(String what, DoubleUnaryOperator function) {
    throw new IllegalArgumentException(
        "%s must be a number or an array, got %s".formatted(what, this));
  }

  @Override
  public String toString() {
    return "Uniform(%s, %s)".formatted(min, max);
  }
}
