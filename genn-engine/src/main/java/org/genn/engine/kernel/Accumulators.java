package org.genn.engine.kernel;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Stmt;

/// Finds synapse variables that need no copy per example: synapse code only adds to them, and
/// custom updates only sum them over the batch or set them to zero. Their examples can share one
/// accumulator per slice.
///
/// A gradient is the case in point: a copy per example and a reduction afterwards costs three times
/// as much.
final class Accumulators {
  private final Set<VariableReference> found = new HashSet<>();

  Accumulators(ModelSpec spec, ModelCode code) {
    for (SynapseGroup group : spec.synapseGroups()) {
      for (Variable variable : group.weightUpdate().model().declarations().variables()) {
        var reference = VariableReference.synapse(group.name(), variable.name());
        if (variable.access() == VarAccess.READ_WRITE
            && code.of(group).all().stream()
                .allMatch(statements -> onlyAdds(statements, variable.name()))
            && spec.customUpdates().stream().allMatch(update -> onlySums(update, reference, code))
            && spec.customUpdates().stream().anyMatch(update -> sums(update, reference, code))) {
          found.add(reference);
        }
      }
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  boolean contains(SynapseGroup group, Variable variable) {
    return found.contains(VariableReference.synapse(group.name(), variable.name()));
  }

  private static boolean onlyAdds(List<Stmt> statements, String variable) {
    return statements.stream().allMatch(statement -> onlyAdds(statement, variable));
  }

  private static boolean onlyAdds(Stmt statement, String variable) {
    return switch (statement) {
      case Stmt.Evaluate(Expr.Assign(_, Expr.Name(_, var target), var compound, var value))
          when target.equals(variable) ->
          !compound.isPlain()
              && (compound.operator() == BinaryOperator.ADD
                  || compound.operator() == BinaryOperator.SUBTRACT)
              && !Uses.of(value).mentions(variable);
      case Stmt.Block(var statements) -> onlyAdds(statements, variable);
      case Stmt.If(var condition, var whenTrue, var whenFalse) ->
          !Uses.of(condition).mentions(variable)
              && onlyAdds(whenTrue, variable)
              && whenFalse.map(other -> onlyAdds(other, variable)).orElse(true);
      default -> !Uses.of(List.of(statement)).mentions(variable);
    };
  }

  private static boolean onlySums(
      CustomUpdate update, VariableReference reference, ModelCode code) {
    for (var entry : update.references().entrySet()) {
      boolean isMeant = entry.getValue().equals(reference);
      if (isMeant && update.transposes().containsKey(entry.getKey())) {
        return false;
      }
      if (isMeant
          && !code.of(update).stream().allMatch(s -> sumsOrClears(s, entry.getKey(), update))) {
        return false;
      }
    }
    return !update.transposes().containsValue(reference);
  }

  /// Nobody asks for the values of one example when an update sums them.
  private static boolean sums(CustomUpdate update, VariableReference reference, ModelCode code) {
    return update.references().entrySet().stream()
        .filter(entry -> entry.getValue().equals(reference))
        .anyMatch(entry -> Uses.of(code.of(update)).read().contains(entry.getKey()));
  }

  private static boolean sumsOrClears(Stmt statement, String name, CustomUpdate update) {
    if (statement
            instanceof
            Stmt.Evaluate(Expr.Assign(_, Expr.Name(_, var target), var compound, var value))
        && compound.isPlain()) {
      if (target.equals(name)) {
        return isZero(value);
      }
      if (value instanceof Expr.Name(_, var source) && source.equals(name)) {
        return isBatchSum(update, target);
      }
    }
    return !Uses.of(List.of(statement)).mentions(name);
  }

  private static boolean isZero(Expr value) {
    return switch (value) {
      case Expr.Literal literal -> literal.real() == 0;
      case Expr.Convert(_, var operand) -> isZero(operand);
      default -> false;
    };
  }

  private static boolean isBatchSum(CustomUpdate update, String target) {
    return update.model().variables().stream()
            .anyMatch(
                v ->
                    v.name().equals(target) && v.access() == CustomUpdateVarAccess.REDUCE_BATCH_SUM)
        || update.model().references().stream()
            .anyMatch(r -> r.name().equals(target) && r.mode() == VarAccessMode.REDUCE_SUM);
  }
}
