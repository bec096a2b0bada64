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
import org.mlgenn.train.checkpoints.TrainingState;

/// Loads and stores the saved variables of a network.
final class Weights {
  private Weights() {}

  /// @throws IncompatibleCheckpointException when the checkpoint is of another network
  static void load(Execution execution, Path file, TrainingState state) {
    List<String> differences = differences(execution, state);
    if (!differences.isEmpty()) {
      throw new IncompatibleCheckpointException(file, differences);
    }
    try {
      SavedValues.write(execution.compiled, execution.simulation, state.variables());
    } catch (IllegalArgumentException e) {
      throw new IncompatibleCheckpointException(file, List.of(String.valueOf(e.getMessage())));
    }
  }

  /// How the network differs from the one whose weights were saved, one sentence each.
  static List<String> differences(Execution execution, TrainingState state) {
    if (state.identity().network().equals(execution.compiled.network().identity())) {
      return List.of();
    }
    var differences = SavedValues.differences(execution.compiled, state.variables());
    return differences.isEmpty()
        ? List.of(
            "network: the weights have the shapes that were saved, but neurons, synapses or"
                + " connectivity have other names or parameters; build it as it was")
        : differences;
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
