package org.genn.engine.model;

/// An array that code reads and writes by subscript, shared by all elements and examples.
///
/// Where code writes one, the order of its writes decides what is in it. So that this never depends
/// on threads, what writes is run by one of them, however many there are: code of a step takes all
/// examples through it in ascending order, and code of rows of synapses (which makes them, rewires
/// them, or updates their variables) takes one row after the other. Such a model gains nothing from
/// more threads in those places; what only reads arrays does.
///
/// @param type of its elements
public record ExtraGlobalParameter(String name, String type) {
  public ExtraGlobalParameter {
    Given.to("extra global parameter", name, "type", type);
  }
}
