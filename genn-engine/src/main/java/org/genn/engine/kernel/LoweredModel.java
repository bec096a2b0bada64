package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.Schedule;
import org.genn.engine.model.VariableReference;

/// A model after lowering: its program, and what the runtime needs to run it.
///
/// @param slices number of slices that the batch is cut into; slice `s` of `a` active examples has
///   the examples from `s·a/slices` (inclusive) to `(s + 1)·a/slices` (exclusive)
/// @param variables where each variable is
/// @param delaySlots where the earlier values of delayed variables are
/// @param extraGlobalParameters by the kind of model that has them, its group and their name
/// @param dynamicParameters by the same: single-element rows
/// @param sparse sparse synapse groups
/// @param beforeConnect kernels of the host code of connectivity, by group
/// @param connect kernels that make the connections of sparse groups row by row, by group
/// @param initialise plan that computes initial values, when there are connections
/// @param spikes by neuron group, for groups that spike
/// @param recordings by neuron group: array of spike bits, row `(step mod recordingSteps) * batch +
///   example`, bit `neuron % 32` of word `neuron / 32`
/// @param recordingSteps steps that recordings hold
/// @param trial array of one `int64` row, written by the runtime: the step at which the trial has
///   started, the number of active examples, the seed, the present step, the steps that recordings
///   hold
/// @param plans of the trials, by schedule name
/// @param step plan of one step of a model without schedule: `first` is always 0
/// @param updates plans of the custom update groups
public record LoweredModel(
    ModelSpec spec,
    Program program,
    int slices,
    Map<VariableReference, Symbol> variables,
    Map<VariableReference, DelaySlots> delaySlots,
    Map<VariableReference, Symbol> extraGlobalParameters,
    Map<VariableReference, Symbol> dynamicParameters,
    Map<String, SparseGroup> sparse,
    Map<String, Integer> beforeConnect,
    Map<String, Integer> connect,
    List<Launch> initialise,
    Map<String, SpikeList> spikes,
    Map<String, Integer> recordings,
    int recordingSteps,
    int trial,
    Map<String, List<Launch>> plans,
    List<Launch> step,
    Map<String, List<Launch>> updates) {
  public LoweredModel {
    variables = Map.copyOf(variables);
    delaySlots = Map.copyOf(delaySlots);
    extraGlobalParameters = Map.copyOf(extraGlobalParameters);
    dynamicParameters = Map.copyOf(dynamicParameters);
    sparse = Map.copyOf(sparse);
    beforeConnect = Map.copyOf(beforeConnect);
    connect = Map.copyOf(connect);
    initialise = List.copyOf(initialise);
    spikes = Map.copyOf(spikes);
    recordings = Map.copyOf(recordings);
    plans = Map.copyOf(plans);
    step = List.copyOf(step);
    updates = Map.copyOf(updates);
  }

  /// What the runtime needs of it once its kernels have been built: all but their code.
  public LoweredModel withoutCode() {
    return with(spec, program.withoutCode(), recordingSteps);
  }

  /// The same for a model that differs in its seed or in the numbers of its arrays only.
  public LoweredModel spec(ModelSpec similar) {
    return with(similar, program, recordingSteps);
  }

  /// The same with recordings of another length, for a model without code: its kernels are the
  /// same.
  ///
  /// @param wanted steps that recordings are to hold at least
  public LoweredModel recordingSteps(int wanted) {
    int steps = recordingSteps(spec, wanted);
    var arrays = new ArrayList<>(program.arrays());
    for (int array : recordings.values()) {
      Rows rows = arrays.get(array);
      int count = ArrayTable.rows(spec.name(), rows.name(), (long) steps * spec.batchSize());
      arrays.set(array, new Rows(rows.name(), rows.type(), count, rows.length()));
    }
    return with(spec, new Program(program.name(), arrays, List.of(), program.kernels()), steps);
  }

  /// Steps that recordings hold: all of a trial where there are trials.
  static int recordingSteps(ModelSpec spec, int wanted) {
    int longest = spec.schedules().values().stream().mapToInt(Schedule::timesteps).max().orElse(1);
    return Math.max(wanted, longest);
  }

  private LoweredModel with(ModelSpec spec, Program program, int recordingSteps) {
    return new LoweredModel(
        spec,
        program,
        slices,
        variables,
        delaySlots,
        extraGlobalParameters,
        dynamicParameters,
        sparse,
        beforeConnect,
        connect,
        initialise,
        spikes,
        recordings,
        recordingSteps,
        trial,
        plans,
        step,
        updates);
  }
}
