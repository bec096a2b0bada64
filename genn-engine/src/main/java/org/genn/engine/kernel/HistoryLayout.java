package org.genn.engine.kernel;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.NumericType;

/// Decides which earlier values of variables are kept for delayed synapses, and where.
final class HistoryLayout {
  private final ArrayTable table;
  private final VariableLayout variables;
  private final Map<Rows, History> histories = new LinkedHashMap<>();

  HistoryLayout(ModelSpec spec, ModelCode code, ArrayTable table, VariableLayout variables) {
    this.table = table;
    this.variables = variables;
    delays(spec, code)
        .forEach(
            (variable, delay) -> {
              Place place = variables.place(variable);
              if (place != null && place.copies() == Symbol.Copies.EXAMPLES && !place.perStep()) {
                histories.computeIfAbsent(
                    place.rows(), _ -> history(place, delay + 1, spec.batchSize()));
              }
            });
  }

  /// The longest delay (in steps) that each variable is read with.
  private static Map<VariableReference, Integer> delays(ModelSpec spec, ModelCode code) {
    var delays = new LinkedHashMap<VariableReference, Integer>();
    for (SynapseGroup group : spec.synapseGroups()) {
      for (End end : End.values()) {
        if (end.delay(group) > 0) {
          end.names(group)
              .values()
              .forEach(variable -> delays.merge(variable, end.delay(group), Math::max));
        }
      }
      code.of(group)
          .delayed()
          .forEach(
              name ->
                  delays.merge(
                      End.POST.names(group).get(name),
                      group.delays().maxDendritic().orElseThrow() - 1,
                      Math::max));
    }
    return delays;
  }

  private History history(Place place, int slots, int batch) {
    String name = place.rows().name();
    return new History(
        place,
        table.add(name + "_history", place.type(), batch, (long) slots * place.length()),
        table.add(name + "_historyState", NumericType.INT32, batch, 2),
        slots);
  }

  /// Earlier values of a variable, when delayed synapses read them.
  Optional<History> of(Place variable) {
    return Optional.ofNullable(histories.get(variable.rows()));
  }

  Collection<History> all() {
    return histories.values();
  }

  Map<VariableReference, DelaySlots> delaySlots() {
    var slots = new LinkedHashMap<VariableReference, DelaySlots>();
    variables
        .places()
        .forEach(
            (variable, place) -> of(place).ifPresent(kept -> slots.put(variable, slots(kept))));
    return slots;
  }

  private DelaySlots slots(History history) {
    return new DelaySlots(
        table.indexOf(history.rows()),
        table.indexOf(history.state()),
        history.slots(),
        history.place().length());
  }
}
