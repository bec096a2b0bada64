package org.genn.engine.snippet;

/// Snippet text and what it belongs to.
///
/// @param origin where the user wrote it, e.g. `sim code of neuron model LeakyIntegrateFire`; opens
///   each diagnostic
/// @param text the code
public record Source(String origin, String text) {}
