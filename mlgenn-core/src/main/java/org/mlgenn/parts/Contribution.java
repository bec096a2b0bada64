package org.mlgenn.parts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.Variable;

/// What one party adds to the engine model of a population: parameters, state variables and code by
/// stage. Immutable; methods return extended copies.
///
/// @param party who contributes, for messages, e.g. `readout AvgVar`
public record Contribution(
    String party, Map<String, Double> parameters, List<State> states, Map<Stage, String> code) {

  /// A state variable.
  ///
  /// @param initial value at the start
  /// @param resets whether each trial starts from the initial value again
  public record State(Variable variable, InitialValue initial, boolean resets) {}

  public Contribution {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    states = List.copyOf(states);
    var ordered = new EnumMap<Stage, String>(Stage.class);
    ordered.putAll(code);
    code = Collections.unmodifiableMap(ordered);
  }

  public Contribution(String party) {
    this(party, Map.of(), List.of(), Map.of());
  }

  public Contribution parameter(String name, double value) {
    var extended = new LinkedHashMap<>(parameters);
    extended.put(name, value);
    return new Contribution(party, extended, states, code);
  }

  /// A state that each trial starts from `initial`.
  public Contribution state(String name, double initial) {
    return state(new State(new Variable(name), InitialValue.of(initial), true));
  }

  public Contribution state(State state) {
    var extended = new ArrayList<>(states);
    extended.add(state);
    return new Contribution(party, parameters, extended, code);
  }

  /// Code of a stage; given twice for one stage, both run in order.
  public Contribution code(Stage stage, String text) {
    var extended = new EnumMap<Stage, String>(Stage.class);
    extended.putAll(code);
    extended.merge(stage, text, (first, second) -> first + "\n" + second);
    return new Contribution(party, parameters, states, extended);
  }
}
