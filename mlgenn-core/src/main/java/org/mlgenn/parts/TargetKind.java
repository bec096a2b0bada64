package org.mlgenn.parts;

/// What a loss is given of each example, and under which name the population holds it.
public enum TargetKind {
  /// A class, in the variable `Label`: one value per example.
  LABEL("Label"),
  /// A value per neuron, in the variable `Target`.
  VALUES("Target"),
  /// A value per step and neuron, in the variable `Target` with a value per step.
  SERIES("Target");

  private final String variable;

  TargetKind(String variable) {
    this.variable = variable;
  }

  public String variable() {
    return variable;
  }
}
