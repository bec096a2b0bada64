package org.mlgenn.initializers;

import java.util.function.DoubleUnaryOperator;
import org.genn.engine.model.InitialValue;

/// The same number for all.
public record Constant(double value) implements Value {
  @Override
  public InitialValue initialValue() {
    return InitialValue.of(value);
  }

  @Override
  public Constant require(String what, Requirement requirement) {
    requirement.check(what, value);
    return this;
  }

  @Override
  public Constant map(String what, DoubleUnaryOperator function) {
    return new Constant(function.applyAsDouble(value));
  }

  @Override
  public String toString() {
    return Double.toString(value);
  }
}
