package org.genn.engine.model;

import java.util.Map;

/// A number computed once from the parameters of a group.
///
/// @param function from the parameters' values and `dt` (ms)
public record DerivedParameter(String name, String type, Function function) {

  /// Computes a derived parameter.
  @FunctionalInterface
  public interface Function {
    double apply(Map<String, Double> parameters, double dt);
  }
}
