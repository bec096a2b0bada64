package org.genn.engine.model;

import java.util.Map;

/// A weight update model with its values. What its code names of other groups is bound by name;
/// where nothing is given, to what has the same name.
///
/// @param bindings initial values are those of the synapses and of what is kept at both ends
/// @param preNeuronVariables variables of the source
/// @param postNeuronVariables variables of the target
/// @param postsynapticVariables variables of the postsynaptic model
public record WeightUpdate(
    WeightUpdateModel model,
    Bindings bindings,
    Map<String, VariableReference> preNeuronVariables,
    Map<String, VariableReference> postNeuronVariables,
    Map<String, VariableReference> postsynapticVariables) {

  public WeightUpdate {
    Given.all("weight update", "model", model);
    Given.to("weight update model", model.name(), "bindings", bindings);
    Given.values("weight update", "variable of the source", preNeuronVariables);
    Given.values("weight update", "variable of the target", postNeuronVariables);
    Given.values("weight update", "variable of the postsynaptic model", postsynapticVariables);
    preNeuronVariables = OrderedMap.copyOf(preNeuronVariables);
    postNeuronVariables = OrderedMap.copyOf(postNeuronVariables);
    postsynapticVariables = OrderedMap.copyOf(postsynapticVariables);
  }

  public WeightUpdate(WeightUpdateModel model, Bindings bindings) {
    this(model, bindings, Map.of(), Map.of(), Map.of());
  }

  public WeightUpdate bindings(Bindings bindings) {
    return new WeightUpdate(
        model, bindings, preNeuronVariables, postNeuronVariables, postsynapticVariables);
  }

  public WeightUpdate preNeuronVariable(String name, VariableReference reference) {
    return new WeightUpdate(
        model,
        bindings,
        OrderedMap.plus(preNeuronVariables, name, reference),
        postNeuronVariables,
        postsynapticVariables);
  }

  public WeightUpdate postNeuronVariable(String name, VariableReference reference) {
    return new WeightUpdate(
        model,
        bindings,
        preNeuronVariables,
        OrderedMap.plus(postNeuronVariables, name, reference),
        postsynapticVariables);
  }

  public WeightUpdate postsynapticVariable(String name, VariableReference reference) {
    return new WeightUpdate(
        model,
        bindings,
        preNeuronVariables,
        postNeuronVariables,
        OrderedMap.plus(postsynapticVariables, name, reference));
  }
}
