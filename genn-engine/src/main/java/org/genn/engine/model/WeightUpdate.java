package org.genn.engine.model;

import java.util.LinkedHashMap;
import java.util.Map;

/// A weight update model with its values; neuron variables that its code names are bound by name to
/// variables of the source and the target.
public record WeightUpdate(
    WeightUpdateModel model,
    Bindings bindings,
    Map<String, VariableReference> preNeuronVariables,
    Map<String, VariableReference> postNeuronVariables) {

  public WeightUpdate {
    preNeuronVariables =
        java.util.Collections.unmodifiableMap(new LinkedHashMap<>(preNeuronVariables));
    postNeuronVariables =
        java.util.Collections.unmodifiableMap(new LinkedHashMap<>(postNeuronVariables));
  }

  public WeightUpdate(WeightUpdateModel model, Bindings bindings) {
    this(model, bindings, Map.of(), Map.of());
  }

  public WeightUpdate preNeuronVariable(String name, VariableReference reference) {
    var extended = new LinkedHashMap<>(preNeuronVariables);
    extended.put(name, reference);
    return new WeightUpdate(model, bindings, extended, postNeuronVariables);
  }

  public WeightUpdate postNeuronVariable(String name, VariableReference reference) {
    var extended = new LinkedHashMap<>(postNeuronVariables);
    extended.put(name, reference);
    return new WeightUpdate(model, bindings, preNeuronVariables, extended);
  }
}
