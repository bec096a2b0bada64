package org.genn.engine.kernel;

import org.genn.engine.model.InitialValue;
import org.genn.engine.snippet.NumericType;

/// A synapse variable that is stored nowhere.
///
/// @param initial a constant, or code
/// @param stream of random numbers
record GeneratedValue(NumericType type, InitialValue initial, int stream) {}
