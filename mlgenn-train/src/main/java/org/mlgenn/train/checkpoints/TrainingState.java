package org.mlgenn.train.checkpoints;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mlgenn.serialisers.NumpyArray;

/// All that training needs to go on as if it had not stopped. Immutable.
///
/// @param variables weights and whatever else is saved, by the end of ml_genn's file names, e.g.
///   `Conn_Pop0_Pop1-g`
/// @param optimiser state of the optimisers, by variable and state, e.g. `Conn_Pop0_Pop1-g-M`
/// @param learningRates by variable
/// @param sums of losses and metrics in this epoch so far
/// @param callbacks what callbacks need to go on
/// @param history one value per finished epoch in each column
public record TrainingState(
    TrainingIdentity identity,
    TrainingPosition position,
    Map<String, NumpyArray> variables,
    Map<String, NumpyArray> optimiser,
    Map<String, Double> learningRates,
    Map<String, double[]> sums,
    Map<String, Double> callbacks,
    Map<String, double[]> history) {
  public TrainingState {
    variables = copy(variables);
    optimiser = copy(optimiser);
    learningRates = copy(learningRates);
    sums = copy(sums);
    callbacks = copy(callbacks);
    history = copy(history);
  }

  private static <T> Map<String, T> copy(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  @Override
  public String toString() {
    return "TrainingState[%s, variables=%s]".formatted(position, variables.keySet());
  }
}
