package org.genn.engine.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.Expr;

/// Names in synapse code that stand for values at the ends of the synapse: variables that the
/// weight update keeps there, variables of the postsynaptic model, times of spikes and events.
///
/// With a delay of the group they are those of as many steps before; what the code has with a delay
/// subscript (`x[d]`) is read with the delay of each synapse instead.
///
/// Times are those at which spikes take effect at the synapse, a step (and the delay) after they
/// were emitted, so that `t - st_pre` is 0 in code that handles the spike.
final class EndNames {
  private final ModelSpec spec;
  private final Layout layout;
  private final FunctionBuilder builder;
  private final ElementScope scope;
  private final SynapseGroup group;

  /// Earlier values that all synapses read with the delay of the group, by name.
  private final Map<String, Delayed> delayed = new LinkedHashMap<>();

  /// Names that the code has with a delay subscript.
  private final Set<String> subscripted;

  private record Delayed(History.Reader values, Expr begin) {}

  /// @param subscripted names that the code has with a delay subscript
  EndNames(
      ModelSpec spec,
      Layout layout,
      FunctionBuilder builder,
      ElementScope scope,
      SynapseGroup group,
      Set<String> subscripted) {
    this.spec = spec;
    this.layout = layout;
    this.builder = builder;
    this.scope = scope;
    this.group = group;
    this.subscripted = subscripted;
    for (End end : End.values()) {
      if (end.delay(group) > 0) {
        end.names(group).forEach((name, variable) -> delay(name, variable, end.delay(group)));
      }
    }
  }

  private void delay(String name, VariableReference variable, int steps) {
    if (!scope.uses(name) || subscripted.contains(name)) {
      return;
    }
    layout
        .history(variable)
        .ifPresent(
            history -> {
              var values = history.reader(builder);
              delayed.put(name, new Delayed(values, values.begin(builder, steps)));
            });
  }

  /// Whether a name stands for an earlier value, which is bound here.
  boolean isDelayed(String name) {
    return delayed.containsKey(name) || subscripted.contains(name);
  }

  /// The neuron at this end is the same for all elements of the loop.
  void fixed(End end, Expr neuron) {
    bind(end, Optional.of(neuron));
  }

  /// The neuron at this end is the element of the loop.
  void perElement(End end) {
    bind(end, Optional.empty());
  }

  private void bind(End end, Optional<Expr> fixed) {
    for (VariableDeclaration declared : end.neuronVariables(group)) {
      if (isDelayed(declared.name())) {
        value(declared.name(), end.neuronVariable(group, declared.name()), fixed);
      }
    }
    for (Variable variable : end.part(group).variables()) {
      value(variable.name(), end.variable(group, variable.name()), fixed);
    }
    String neurons = end.neurons(group);
    int steps = end.delay(group) + 1;
    time(end.named("st"), VariableReference.spikeTime(neurons), fixed, steps);
    time(end.named("prev_st"), VariableReference.previousSpikeTime(neurons), fixed, steps);
    time(end.named("set"), end.eventTime(group), fixed, steps);
    time(end.named("prev_set"), end.previousEventTime(group), fixed, steps);
    if (end == End.POST) {
      postsynaptic(fixed);
    }
  }

  private void postsynaptic(Optional<Expr> fixed) {
    for (VariableDeclaration declared : group.weightUpdate().model().postsynapticVariables()) {
      VariableReference reference =
          group
              .weightUpdate()
              .postsynapticVariables()
              .getOrDefault(
                  declared.name(), VariableReference.postsynaptic(group.name(), declared.name()));
      value(declared.name(), reference, fixed);
    }
  }

  private void value(String name, VariableReference variable, Optional<Expr> fixed) {
    if (subscripted.contains(name)) {
      subscript(name, variable, fixed.orElse(scope.element()));
    } else {
      value(name, layout.place(variable), fixed);
    }
  }

  /// Each synapse reads the value as it was as many steps ago as it says. Values that nothing but
  /// the host changes have no history.
  private void subscript(String name, VariableReference variable, Expr neuron) {
    Place place = layout.place(variable);
    var history = layout.history(variable);
    int longest = group.delays().maxDendritic().orElseThrow() - 1;
    if (history.isPresent()) {
      var values = history.get().reader(builder);
      scope.inliner.bindDelayed(
          name, steps -> values.at(neuron, limited(name, steps, longest), longest));
    } else {
      Expr at = place.isScalar() ? builder.example : neuron;
      String row = builder.row(place.rows(), place.rowIndex(builder.example, Build.integer(0)));
      Expr value = Build.element(place.type(), row, at);
      scope.inliner.bindDelayed(
          name,
          steps ->
              layout.isChecked
                  ? new Expr.Sequence(value.type(), limited(name, steps, longest), value)
                  : value);
    }
  }

  private Expr limited(String name, Expr steps, int longest) {
    return layout.isChecked
        ? Limit.delay(steps, longest + 1, group.name(), "'%s' is read with".formatted(name))
        : steps;
  }

  private void value(String name, Place place, Optional<Expr> fixed) {
    Delayed earlier = delayed.get(name);
    if (earlier != null && fixed.isPresent()) {
      Expr.Name local = Build.name(place.type(), builder.names.fresh(name));
      builder.run(
          Build.declare(
              place.type(),
              local.name(),
              Build.element(
                  place.type(), earlier.values().row(), Build.add(earlier.begin(), fixed.get()))));
      scope.alias(name, local);
    } else if (earlier != null) {
      scope.fromRow(name, place.type(), earlier.values().row(), earlier.begin());
    } else if (fixed.isPresent()) {
      scope.fixedVariable(name, place, place.rows(), Build.integer(0), fixed.get());
    } else {
      scope.variable(name, place, place.rows(), builder.example, Build.integer(0));
    }
  }

  private void time(String name, VariableReference time, Optional<Expr> fixed, int steps) {
    if (!scope.uses(name)) {
      return;
    }
    Place place = layout.place(time);
    if (place == null) {
      // No event can have happened.
      scope.constant(name, layout.timepoint, never());
      return;
    }
    value(name, place, fixed);
    scope.shift(name, Build.literal(place.type(), steps * spec.dt()));
  }

  private double never() {
    return layout.timepoint == org.genn.engine.snippet.NumericType.DOUBLE
        ? -Double.MAX_VALUE
        : -Float.MAX_VALUE;
  }
}
