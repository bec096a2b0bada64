package org.genn.engine.kernel;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.snippet.Expr;

/// Finds synapse groups whose spike-like events at an end are the same, so that neurons are tested
/// once, and one list has the events of all (GeNN: fused event queues).
///
/// That is so where the conditions are the same and all that they name has the same values, for
/// ever: parameters that may change at run time and tables of the host may come to differ.
final class FusedEvents {
  private final ModelCode code;
  private final FusedEnds ends;
  private final Map<End, FirstAlike> owners = new EnumMap<>(End.class);

  FusedEvents(ModelSpec spec, ModelCode code, FusedEnds ends) {
    this.code = code;
    this.ends = ends;
    for (End end : End.values()) {
      var candidates = spec.synapseGroups().stream().filter(group -> mayShare(group, end));
      owners.put(
          end,
          new FirstAlike(candidates, end::neurons, (group, other) -> isSame(group, other, end)));
    }
  }

  /// The group whose events are those of `group` at an end: itself, or one that comes before.
  SynapseGroup owner(SynapseGroup group, End end) {
    return owners.get(end).of(group);
  }

  private Optional<Expr> condition(SynapseGroup group, End end) {
    ModelCode.SynapseCode own = code.of(group);
    return end == End.PRE ? own.eventThreshold() : own.postEventThreshold();
  }

  private boolean mayShare(SynapseGroup group, End end) {
    return condition(group, end)
        .map(Uses::of)
        .filter(uses -> !uses.called().contains("printf"))
        .filter(uses -> !FusedEnds.isOpenToTheHost(group, uses))
        .filter(_ -> !ends.isWritten(end.eventTime(group)))
        .filter(_ -> !ends.isWritten(end.previousEventTime(group)))
        .isPresent();
  }

  private boolean isSame(SynapseGroup a, SynapseGroup b, End end) {
    Expr condition = condition(a, end).orElseThrow();
    Uses uses = Uses.of(condition);
    return end.delay(a) == end.delay(b)
        && condition.equals(condition(b, end).orElseThrow())
        && ends.constants(a, uses).equals(ends.constants(b, uses))
        && FusedEnds.neuronVariables(a, end, uses).equals(FusedEnds.neuronVariables(b, end, uses))
        && (namesNone(end.part(a).variables(), uses) && namesNone(end.part(b).variables(), uses)
            || ends.owner(a, end) == ends.owner(b, end));
  }

  private static boolean namesNone(List<Variable> variables, Uses uses) {
    return variables.stream().noneMatch(variable -> uses.mentions(variable.name()));
  }
}
