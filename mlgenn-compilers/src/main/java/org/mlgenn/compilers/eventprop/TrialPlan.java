package org.mlgenn.compilers.eventprop;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Schedule;
import org.mlgenn.compilers.Compatibility;
import org.mlgenn.compilers.parts.ResetUpdate;

/// The order of a trial.
///
/// @param stepUpdates groups of updates after each step of a forward pass
/// @param endUpdates groups of updates at the end of a forward pass
record TrialPlan(EventPropCompiler compiler, List<String> stepUpdates, List<String> endUpdates) {
  /// Group of the updates that set synaptic input to 0.
  static final String ZERO_GROUP = "ZeroInput";

  /// Forward only. ml_genn runs backward too, which matters where trials leave something to the
  /// next one.
  Schedule evaluate() {
    return PopulationComposition.imitatesTape(compiler)
            && compiler.order() == TrainingOrder.OVERLAPPED
        ? end(forward(begin(), EnumSet.allOf(Phase.class)))
        : forward(begin(), EnumSet.of(Phase.FORWARD));
  }

  /// Forward, then backward.
  Schedule exact() {
    return learn(end(forward(begin(), EnumSet.of(Phase.FORWARD))).run(Phase.BACKWARD));
  }

  /// Forward beside the batch before running backward.
  Schedule overlapped() {
    return end(learn(forward(begin(), EnumSet.allOf(Phase.class))));
  }

  /// The same, where there is no batch before: gradients are dropped.
  Schedule overlappedBegin() {
    return end(forward(begin(), EnumSet.allOf(Phase.class)).update(WeightTraining.REDUCE_GROUP));
  }

  /// The same, where there is no batch to run forward.
  Schedule overlappedEnd() {
    return learn(forward(begin(), EnumSet.allOf(Phase.class)));
  }

  private Schedule begin() {
    boolean clearsSpikes = !compiler.has(Compatibility.SPIKES_CROSS_EXAMPLES);
    return new Schedule(compiler.exampleTimesteps())
        .beginTrial(clearsSpikes, true)
        .update(ResetUpdate.GROUP);
  }

  private Schedule forward(Schedule schedule, Set<Phase> phases) {
    int last = compiler.exampleTimesteps() - 1;
    if (!compiler.has(Compatibility.INPUT_ZEROED_BEFORE_LAST_STEP)) {
      return schedule.run(new Schedule.Run(phases, 0, last + 1, stepUpdates));
    }
    return schedule
        .run(new Schedule.Run(phases, 0, last, stepUpdates))
        .update(ZERO_GROUP)
        .run(new Schedule.Run(phases, last, 1, stepUpdates));
  }

  private Schedule end(Schedule schedule) {
    var ended = schedule;
    for (String group : endUpdates) {
      ended = ended.update(group);
    }
    return ended;
  }

  private static Schedule learn(Schedule schedule) {
    return schedule.update(WeightTraining.REDUCE_GROUP).update(WeightTraining.LEARN_GROUP);
  }
}
