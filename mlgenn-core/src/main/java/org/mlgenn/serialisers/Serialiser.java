package org.mlgenn.serialisers;

import java.io.IOException;
import java.util.List;
import java.util.SequencedMap;

/// Stores and loads the variables of a network one by one.
///
/// A variable is named by keys from the general to the special: `[9, "Conn_Pop0_Pop1", "g"]` are
/// the weights of a connection after epoch 9. Keys are shown as text.
public interface Serialiser {
  /// Stores a variable, replacing one with the same keys.
  void serialise(List<?> keys, NumpyArray values) throws IOException;

  /// Loads a variable.
  ///
  /// @throws IOException if there is none with these keys
  NumpyArray deserialise(List<?> keys) throws IOException;

  /// Loads all variables whose keys start with the given ones and go on, for each with the keys
  /// that remain: the name of the population or connection and the name of the variable.
  SequencedMap<List<String>, NumpyArray> deserialiseAll(List<?> keys) throws IOException;
}
