package org.mlgenn.initializers;

import java.util.function.DoubleUnaryOperator;
import org.genn.engine.model.InitialValue;

/// A number for every neuron of a population or every synapse of a connection: the same for all
/// (`Constant`), given one by one (`Values`), or drawn at the start (`Normal`, `Uniform`).
public sealed interface Value permits Constant, Values, Normal, Uniform {

  static Value of(double value) {
    return new Constant(value);
  }

  /// One value per neuron.
  static Value of(float[] values) {
    return new Values(values);
  }

  /// One value per synapse, `(source, target)`.
  static Value of(float[][] values) {
    return new Values(values);
  }

  /// The same in terms of the engine.
  InitialValue initialValue();

  /// The same value when all its numbers satisfy a condition.
  ///
  /// @param what whose value this is, for the message, e.g. `LeakyIntegrateFire: tauMem`
  /// @throws IllegalArgumentException naming the first number that does not
  Value require(String what, Requirement requirement);

  /// Element by element.
  ///
  /// @param what whose value this is, for the message
  /// @throws IllegalArgumentException for random values
  Value map(String what, DoubleUnaryOperator function);
}
