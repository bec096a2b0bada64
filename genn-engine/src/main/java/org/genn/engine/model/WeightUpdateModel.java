package org.genn.engine.model;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What a synapse does when its presynaptic neuron spikes, or meets the condition of a spike-like
/// event.
///
/// `preSpikeSynCode` of the forward phase runs once per synapse of each neuron that spiked in the
/// step before; that of the backward phase once per synapse of each neuron whose taped spike is
/// replayed in this step, with the postsynaptic variables as the step before has left them.
///
/// @param preSpikeSynCode code by phase
/// @param preEventThreshold condition, in terms of the presynaptic neuron; empty for none
/// @param preEventSynCode code that runs for spike-like events
public record WeightUpdateModel(
    String name,
    Declarations declarations,
    List<VariableDeclaration> preNeuronVariables,
    List<VariableDeclaration> postNeuronVariables,
    Map<Phase, String> preSpikeSynCode,
    String preEventThreshold,
    String preEventSynCode) {

  public WeightUpdateModel {
    preNeuronVariables = List.copyOf(preNeuronVariables);
    postNeuronVariables = List.copyOf(postNeuronVariables);
    var ordered = new EnumMap<Phase, String>(Phase.class);
    ordered.putAll(preSpikeSynCode);
    preSpikeSynCode = java.util.Collections.unmodifiableMap(ordered);
  }

  public WeightUpdateModel(String name) {
    this(name, Declarations.NONE, List.of(), List.of(), Map.of(), "", "");
  }

  public WeightUpdateModel declarations(Declarations declarations) {
    return new WeightUpdateModel(
        name,
        declarations,
        preNeuronVariables,
        postNeuronVariables,
        preSpikeSynCode,
        preEventThreshold,
        preEventSynCode);
  }

  public WeightUpdateModel parameter(String parameter) {
    return declarations(declarations.parameter(new ModelParameter(parameter)));
  }

  public WeightUpdateModel derivedParameter(String parameter, DerivedParameter.Function function) {
    return declarations(
        declarations.derivedParameter(new DerivedParameter(parameter, "scalar", function)));
  }

  public WeightUpdateModel variable(String variable, VarAccess access) {
    return declarations(declarations.variable(new Variable(variable, "scalar", access)));
  }

  public WeightUpdateModel preNeuronVariable(String variable) {
    return new WeightUpdateModel(
        name,
        declarations,
        Declarations.plus(preNeuronVariables, new VariableDeclaration(variable)),
        postNeuronVariables,
        preSpikeSynCode,
        preEventThreshold,
        preEventSynCode);
  }

  public WeightUpdateModel postNeuronVariable(String variable) {
    return new WeightUpdateModel(
        name,
        declarations,
        preNeuronVariables,
        Declarations.plus(postNeuronVariables, new VariableDeclaration(variable)),
        preSpikeSynCode,
        preEventThreshold,
        preEventSynCode);
  }

  public WeightUpdateModel preSpikeSynCode(Phase phase, String code) {
    var extended = new EnumMap<Phase, String>(Phase.class);
    extended.putAll(preSpikeSynCode);
    extended.put(phase, code);
    return new WeightUpdateModel(
        name,
        declarations,
        preNeuronVariables,
        postNeuronVariables,
        extended,
        preEventThreshold,
        preEventSynCode);
  }

  public WeightUpdateModel preSpikeSynCode(String code) {
    return preSpikeSynCode(Phase.FORWARD, code);
  }

  public WeightUpdateModel preEvent(String threshold, String synCode) {
    return new WeightUpdateModel(
        name,
        declarations,
        preNeuronVariables,
        postNeuronVariables,
        preSpikeSynCode,
        threshold,
        synCode);
  }
}
