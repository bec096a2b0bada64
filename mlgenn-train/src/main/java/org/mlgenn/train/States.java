package org.mlgenn.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.genn.engine.model.Schedule;
import org.genn.engine.model.VariableReference;
import org.genn.engine.runtime.VariableView;
import org.jspecify.annotations.Nullable;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.TrainedVariable;
import org.mlgenn.serialisers.NumpyArray;
import org.mlgenn.train.checkpoints.SavedValues;
import org.mlgenn.train.checkpoints.TrainingIdentity;
import org.mlgenn.train.checkpoints.TrainingPosition;
import org.mlgenn.train.checkpoints.TrainingState;

/// Takes the state of a training, and puts it back.
///
/// Nothing of a trial is left when the next one begins, so that between two batches weights,
/// optimisers and counters are all that there is. Overlapped training keeps the spikes of the last
/// batch and is complete only between epochs; imitations of ml_genn that carry spikes or currents
/// from example to example never are.
final class States {
  private static final String TAPE = "(not on tape)-";

  private final Execution execution;
  private final String shuffling;
  private final NetworkExamples data;
  private final boolean isCarrying;
  private @Nullable TrainingIdentity identity;

  /// @param shuffling how examples are brought in order
  States(Execution execution, String shuffling, NetworkExamples data) {
    this.execution = execution;
    this.shuffling = shuffling;
    this.data = data;
    CompiledNetwork compiled = execution.compiled;
    isCarrying =
        !compiled.training().orElseThrow().replayMasks().isEmpty()
            || compiled.model().schedules().values().stream()
                .flatMap(schedule -> schedule.items().stream())
                .anyMatch(
                    item -> item instanceof Schedule.BeginTrial begin && !begin.clearsSpikes());
  }

  /// Whether training could go on exactly from here.
  boolean isExact(Pass pass, Pass.Learning learning) {
    return !isCarrying
        && (!learning.isOverlapped() || learning.isEpochComplete || pass.batch() == 0);
  }

  /// What a checkpoint must agree with. Hashes the data, once.
  TrainingIdentity identity() {
    if (identity == null) {
      CompiledNetwork compiled = execution.compiled;
      identity =
          new TrainingIdentity(
              compiled.network().identity(),
              Fingerprint.of(compiled),
              compiled.batchSize(),
              execution.simulation.slices(),
              execution.simulation.seed(),
              shuffling,
              data.sha256());
    }
    return identity;
  }

  TrainingState of(Pass pass, Pass.Learning learning) {
    if (!isExact(pass, learning)) {
      throw new IllegalStateException(
          isCarrying
              ? "training that imitates ml_genn's carrying over of spikes cannot be resumed exactly"
              : "overlapped training can be resumed exactly only between epochs");
    }
    var position =
        learning.isEpochComplete
            ? new TrainingPosition(
                pass.epoch() + 1, 0, learning.step, execution.simulation.timestep())
            : new TrainingPosition(
                pass.epoch(), pass.batch(), learning.step, execution.simulation.timestep());
    return new TrainingState(
        identity(),
        position,
        SavedValues.read(execution.compiled, execution.simulation),
        optimiserState(),
        execution.optimisers.learningRates(),
        sums(pass, learning),
        callbacks(pass.callbacks().list()),
        History.columns(learning.epochsDone));
  }

  private static Map<String, double[]> sums(Pass pass, Pass.Learning learning) {
    var sums = new LinkedHashMap<String, double[]>();
    if (!learning.isEpochComplete) {
      sums.putAll(pass.scoring().sums());
    }
    learning.tapeOverflows.forEach((group, count) -> sums.put(TAPE + group, new double[] {count}));
    return sums;
  }

  private Map<String, NumpyArray> optimiserState() {
    var values = new LinkedHashMap<String, NumpyArray>();
    for (TrainedVariable variable : variables()) {
      for (VariableReference state : variable.optimiserState()) {
        VariableView view = execution.simulation.variable(state);
        values.put(
            SavedValues.optimiserKey(variable.variable().name(), state),
            SavedValues.read(view, SavedValues.shape(view)));
      }
    }
    return values;
  }

  private List<TrainedVariable> variables() {
    return execution.compiled.training().orElseThrow().variables();
  }

  private static Map<String, Double> callbacks(List<TrainingCallback> callbacks) {
    var states = new LinkedHashMap<String, Double>();
    for (int index = 0; index < callbacks.size(); index++) {
      String prefix = prefix(callbacks, index);
      callbacks.get(index).state().forEach((key, value) -> states.put(prefix + key, value));
    }
    return states;
  }

  /// Callbacks of one name are told apart by their order.
  private static String prefix(List<TrainingCallback> callbacks, int index) {
    String name = callbacks.get(index).name();
    long before =
        callbacks.subList(0, index).stream().filter(each -> each.name().equals(name)).count();
    return "%s-%d-".formatted(name, before);
  }

  /// @throws IllegalArgumentException when a variable does not fit
  void restore(TrainingState state, Pass pass, Pass.Learning learning) {
    SavedValues.write(execution.compiled, execution.simulation, state.variables());
    for (TrainedVariable variable : variables()) {
      for (VariableReference reference : variable.optimiserState()) {
        String key = SavedValues.optimiserKey(variable.variable().name(), reference);
        NumpyArray values = state.optimiser().get(key);
        if (values == null) {
          throw new IllegalArgumentException(
              "state '%s' of the optimiser was not saved; there are %s; train with the optimiser that it had"
                  .formatted(key, state.optimiser().keySet()));
        }
        SavedValues.write(execution.simulation.variable(reference), key, values);
      }
    }
    execution.optimisers.learningRates(state.learningRates());
    execution.simulation.setTimestep(state.position().timestep());
    learning.step = state.position().step();
    learning.epochsDone.addAll(History.reports(state.history()));
    pass.scoring().clear();
    pass.scoring().restore(state.sums());
    state
        .sums()
        .forEach(
            (key, sum) -> {
              if (key.startsWith(TAPE)) {
                learning.tapeOverflows.put(key.substring(TAPE.length()), (long) sum[0]);
              }
            });
    List<TrainingCallback> callbacks = pass.callbacks().list();
    for (int index = 0; index < callbacks.size(); index++) {
      String prefix = prefix(callbacks, index);
      var own = new LinkedHashMap<String, Double>();
      state
          .callbacks()
          .forEach(
              (key, value) -> {
                if (key.startsWith(prefix)) {
                  own.put(key.substring(prefix.length()), value);
                }
              });
      callbacks.get(index).restore(own);
    }
  }
}
