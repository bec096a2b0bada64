package org.genn.engine.model;

/// A variable that belongs to a custom update.
public record CustomUpdateVariable(String name, String type, CustomUpdateVarAccess access) {
  public CustomUpdateVariable(String name, CustomUpdateVarAccess access) {
    this(name, "scalar", access);
  }
}
