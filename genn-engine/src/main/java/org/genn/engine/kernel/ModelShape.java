package org.genn.engine.kernel;

import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Schedule;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Snippet;

/// What of a model decides the types of its arrays and how many copies and steps they have.
///
/// @param timepoint type of times
/// @param timesteps steps of the longest trial
record ModelShape(
    NumericType scalar,
    NumericType timepoint,
    int batch,
    int slices,
    int timesteps,
    boolean isOverlapped,
    boolean hasBackward) {

  static ModelShape of(ModelSpec spec, LoweringSettings settings) {
    var schedules = spec.schedules().values();
    return new ModelShape(
        spec.precision().type(),
        spec.timePrecision().type(),
        spec.batchSize(),
        settings.slicesOf(spec.batchSize()),
        schedules.stream().mapToInt(Schedule::timesteps).max().orElse(1),
        schedules.stream().anyMatch(Schedule::isOverlapped),
        schedules.stream().anyMatch(schedule -> schedule.hasPhase(Phase.BACKWARD)));
  }

  /// The type that a declaration names.
  NumericType type(String name) {
    return Snippet.type(name, scalar, timepoint).numeric();
  }
}
