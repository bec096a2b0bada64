package org.genn.engine.model;

import java.util.Map;

/// A number computed once from the parameters of a group.
///
/// @param function from the parameters' values and `dt` (ms)
public record DerivedParameter(String name, String type, Function function) {

  /// The value.
  ///
  /// @throws IllegalArgumentException when the function fails
  public double of(Map<String, Double> parameters, double dt) {
    try {
      return function.apply(parameters, dt);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "derived parameter '%s' can't be computed from %s: %s".formatted(name, parameters, e), e);
    }
  }

  /// Computes a derived parameter.
  @FunctionalInterface
  public interface Function {
    double apply(Map<String, Double> parameters, double dt);
  }
}
