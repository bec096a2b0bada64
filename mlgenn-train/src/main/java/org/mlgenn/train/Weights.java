package org.mlgenn.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.mlgenn.compilers.SavedVariable;
import org.mlgenn.serialisers.NumpyArray;
import org.mlgenn.serialisers.Serialiser;
import org.mlgenn.train.checkpoints.IncompatibleCheckpointException;
import org.mlgenn.train.checkpoints.SavedValues;
import org.mlgenn.train.checkpoints.TrainingIdentity;
import org.mlgenn.train.checkpoints.TrainingState;

/// Loads and stores the saved variables of a network.
final class Weights {
  private Weights() {}

  /// @throws IncompatibleCheckpointException when the checkpoint is of another network
  static void load(Execution execution, Path file, TrainingState state) {
    String present = execution.compiled.network().identity();
    if (!state.identity().network().equals(present)) {
      var differences = SavedValues.differences(execution.compiled, state.variables());
      throw new IncompatibleCheckpointException(
          file,
          differences.isEmpty()
              ? List.of(TrainingIdentity.otherNetwork(state.identity().network(), present))
              : differences);
    }
    try {
      SavedValues.write(execution.compiled, execution.simulation, state.variables());
    } catch (IllegalArgumentException e) {
      throw new IncompatibleCheckpointException(file, List.of(String.valueOf(e.getMessage())));
    }
  }

  static void load(Execution execution, Serialiser serialiser, List<?> keys) throws IOException {
    var values = new LinkedHashMap<String, NumpyArray>();
    for (SavedVariable variable : execution.compiled.savedVariables()) {
      values.put(variable.name(), serialiser.deserialise(keys(keys, variable)));
    }
    try {
      SavedValues.write(execution.compiled, execution.simulation, values);
    } catch (IllegalArgumentException e) {
      throw new IOException("files %s: %s".formatted(keys, e.getMessage()), e);
    }
  }

  static void save(Execution execution, Serialiser serialiser, List<?> keys) throws IOException {
    for (SavedVariable variable : execution.compiled.savedVariables()) {
      serialiser.serialise(
          keys(keys, variable),
          SavedValues.read(execution.simulation.variable(variable.variable()), variable.shape()));
    }
  }

  private static List<Object> keys(List<?> keys, SavedVariable variable) {
    var all = new ArrayList<Object>(keys);
    all.add(variable.name());
    return all;
  }
}
