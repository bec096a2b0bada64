package org.genn.engine.model;

import java.util.Map;

/// A current source of the model.
///
/// @param target neuron group whose neurons it injects current into
/// @param neuronVariables what the neuron variables that its code names are bound to; those of the
///   same name where none is given
/// @param targetVariable input variable of the target that `injectCurrent` adds to
public record CurrentSource(
    String name,
    String target,
    CurrentSourceModel model,
    Bindings bindings,
    Map<String, VariableReference> neuronVariables,
    String targetVariable) {

  public CurrentSource {
    Given.to(
        "current source",
        name,
        "target",
        target,
        "model",
        model,
        "bindings",
        bindings,
        "input variable of the target",
        targetVariable);
    Given.values("current source", "variable of the target", neuronVariables);
    neuronVariables = OrderedMap.copyOf(neuronVariables);
  }

  public CurrentSource(String name, String target, CurrentSourceModel model, Bindings bindings) {
    this(name, target, model, bindings, Map.of(), "Isyn");
  }

  public CurrentSource neuronVariable(String variable, VariableReference reference) {
    return new CurrentSource(
        name,
        target,
        model,
        bindings,
        OrderedMap.plus(neuronVariables, variable, reference),
        targetVariable);
  }

  public CurrentSource targetVariable(String variable) {
    return new CurrentSource(name, target, model, bindings, neuronVariables, variable);
  }
}
