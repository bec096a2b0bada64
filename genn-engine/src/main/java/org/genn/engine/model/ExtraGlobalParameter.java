package org.genn.engine.model;

/// An array that code reads by subscript, shared by all elements and examples.
///
/// @param type of its elements
public record ExtraGlobalParameter(String name, String type) {}
