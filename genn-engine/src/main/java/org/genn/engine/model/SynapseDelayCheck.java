package org.genn.engine.model;

import java.util.LinkedHashSet;
import java.util.List;
import org.genn.engine.snippet.Snippet;

/// Checks the delays of synapse groups.
final class SynapseDelayCheck {
  /// How a maximal dendritic delay is set.
  static final String WAY_OUT =
      "set it, with setMaxDendriticDelayTimesteps or SynapseGroup.maxDendriticDelay";

  private final Problems problems;

  SynapseDelayCheck(Problems problems) {
    this.problems = problems;
  }

  void check(String where, SynapseGroup group) {
    SynapseDelays delays = group.delays();
    WeightUpdateModel model = group.weightUpdate().model();
    problems.addIf(
        delays.axonal() < 0,
        "%s: its axonal delay must not be negative, got %s timesteps",
        where,
        delays.axonal());
    problems.addIf(
        delays.backPropagation() < 0,
        "%s: its back-propagation delay must not be negative, got %s timesteps",
        where,
        delays.backPropagation());
    problems.addIf(
        delays.maxDendritic().isPresent() && delays.maxDendritic().getAsInt() < 1,
        "%s: its maximal dendritic delay must be at least 1 timestep, got %s",
        where,
        delays.maxDendritic().orElse(0));
    problems.addIf(
        delays.maxDendritic().isEmpty()
            && model.codes().stream().anyMatch(code -> Snippet.mentions(code, "addToPostDelay")),
        "%s: %s calls addToPostDelay, but the group has no maximal dendritic delay; " + WAY_OUT,
        where,
        model.name());
    problems.addIf(
        delays.axonal() > 0 && model.preSpikeSynCode().containsKey(Phase.BACKWARD),
        "%s: %s has code for the backward phase, which knows no axonal delay",
        where,
        model.name());
    checkSubscripts(where, group);
    new DelayValueCheck(problems).check(where, group);
  }

  /// `x[d]` of values of the postsynaptic side.
  private void checkSubscripts(String where, SynapseGroup group) {
    WeightUpdateModel model = group.weightUpdate().model();
    List<String> delayable = model.delayableNames();
    if (delayable.isEmpty()) {
      return;
    }
    var subscripted = new LinkedHashSet<String>();
    model.synapseCodes().forEach(code -> subscripted.addAll(Snippet.subscripted(code)));
    subscripted.retainAll(delayable);
    for (String name : subscripted) {
      problems.addIf(
          group.delays().maxDendritic().isEmpty(),
          "%s: %s reads '%s' with a delay subscript, but the group has no maximal dendritic delay;"
              + " "
              + WAY_OUT,
          where,
          model.name(),
          name);
    }
    var backward =
        Snippet.subscripted(model.preSpikeSynCode().getOrDefault(Phase.BACKWARD, "")).stream()
            .filter(delayable::contains)
            .toList();
    for (String name : backward) {
      problems.add(
          "%s: %s reads '%s' with a delay subscript in code for the backward phase, which knows no"
              + " delays",
          where, model.name(), name);
    }
  }
}
