package org.mlgenn.connectivity;

import org.mlgenn.Shape;
import org.mlgenn.initializers.Value;

/// Which neurons of the source a connection joins to which of the target, and with which weights.
///
/// Implementations are immutable.
public interface Connectivity {
  /// Kind of connectivity, for messages.
  default String name() {
    return getClass().getSimpleName();
  }

  Value weight();

  /// The same connectivity with other weights.
  Connectivity weight(Value weight);

  /// Whether training may change the weights.
  default boolean isTrainable() {
    return true;
  }

  /// What this connectivity says of the shapes of its two ends.
  ///
  /// @param ends as far as they are known
  /// @return the same with what could be inferred
  /// @throws IllegalArgumentException when the shapes do not fit; the message is without the name
  ///   of the connection
  Ends infer(Ends ends);

  /// How the engine stores it.
  org.genn.engine.model.Connectivity matrix(Ends ends);

  /// Shape of the array of weights as it is saved.
  Shape weightShape(Ends ends);

  /// Everything but the weights, as part of a network's identity.
  String structure();

  /// Shapes of the two ends of a connection.
  record Ends(Shape source, Shape target) {}
}
