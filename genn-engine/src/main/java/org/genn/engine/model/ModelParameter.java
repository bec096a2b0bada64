package org.genn.engine.model;

/// A number that is constant for a group.
public record ModelParameter(String name, String type) {
  public ModelParameter {
    Given.to("parameter", name, "type", type);
  }

  public ModelParameter(String name) {
    this(name, "scalar");
  }
}
