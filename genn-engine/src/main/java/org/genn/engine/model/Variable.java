package org.genn.engine.model;

/// A state variable of a model.
///
/// @param perStep whether every step of a trial has a value of its own: written in a step of the
///   forward phase, read in the backward phase when that step is replayed, or given by the host (a
///   target signal)
public record Variable(String name, String type, VarAccess access, boolean perStep) {
  public Variable {
    Given.to("variable", name, "type", type, "access", access);
  }

  public Variable(String name, String type, VarAccess access) {
    this(name, type, access, false);
  }

  public Variable(String name) {
    this(name, "scalar", VarAccess.READ_WRITE, false);
  }
}
