package org.mlgenn.compilers;

import org.genn.engine.model.VariableReference;
import org.mlgenn.Shape;
import org.mlgenn.readouts.Readout;

/// A population whose answer is read at the end of a trial.
///
/// @param population its name
/// @param variable holds the answer, one value per example and neuron
/// @param type of the variable's elements, e.g. `scalar` or `unsigned int`
public record OutputPopulation(
    String population, Readout readout, VariableReference variable, String type, Shape shape) {}
