package org.genn.engine.model;

/// A variable of another group that a model's code uses under this name.
public record VariableDeclaration(String name, String type, VarAccessMode mode) {
  public VariableDeclaration(String name, VarAccessMode mode) {
    this(name, "scalar", mode);
  }

  public VariableDeclaration(String name) {
    this(name, "scalar", VarAccessMode.READ_ONLY);
  }
}
