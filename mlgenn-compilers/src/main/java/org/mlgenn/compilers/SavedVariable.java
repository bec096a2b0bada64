package org.mlgenn.compilers;

import org.genn.engine.model.VariableReference;
import org.mlgenn.Shape;

/// A variable of the model that is kept in files: weights, for instance.
///
/// @param name end of the file's name, as ml_genn has it: `Conn_Pop0_Pop1-g`
/// @param shape of the array in the file
public record SavedVariable(String name, VariableReference variable, Shape shape) {}
