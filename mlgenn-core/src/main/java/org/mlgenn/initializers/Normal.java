package org.mlgenn.initializers;

import java.util.function.DoubleUnaryOperator;
import org.genn.engine.model.InitialValue;

/// Normally distributed numbers, drawn once per element from the seed of the simulation.
///
/// @param mean finite
/// @param sd standard deviation, not negative
public record Normal(double mean, double sd) implements Value {
  public Normal {
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("Normal: mean must be finite, got " + mean);
    }
    if (!Double.isFinite(sd) || sd < 0) {
      throw new IllegalArgumentException("Normal: sd must be finite and not negative, got " + sd);
    }
  }

  /// Standard normal.
  public Normal() {
    this(0, 1);
  }

  @Override
  public InitialValue initialValue() {
    return new InitialValue.Normal(mean, sd);
  }

  @Override
  public Normal require(String what, Requirement requirement) {
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
    return "Normal(%s, %s)".formatted(mean, sd);
  }
}
