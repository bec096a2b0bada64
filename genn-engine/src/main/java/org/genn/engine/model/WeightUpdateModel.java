package org.genn.engine.model;

import java.util.ArrayList;
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
/// @param pre what is kept for each presynaptic neuron
/// @param post what is kept for each postsynaptic neuron
/// @param postsynapticVariables variables of the postsynaptic model that synapse code reads
public record WeightUpdateModel(
    String name,
    Declarations declarations,
    List<VariableDeclaration> preNeuronVariables,
    List<VariableDeclaration> postNeuronVariables,
    Map<Phase, String> preSpikeSynCode,
    String preEventThreshold,
    String preEventSynCode,
    NeuronEnd pre,
    NeuronEnd post,
    List<VariableDeclaration> postsynapticVariables) {

  public WeightUpdateModel {
    postsynapticVariables = List.copyOf(postsynapticVariables);
    preNeuronVariables = List.copyOf(preNeuronVariables);
    postNeuronVariables = List.copyOf(postNeuronVariables);
    var ordered = new EnumMap<Phase, String>(Phase.class);
    ordered.putAll(preSpikeSynCode);
    preSpikeSynCode = java.util.Collections.unmodifiableMap(ordered);
  }

  public WeightUpdateModel(String name) {
    this(
        name,
        Declarations.NONE,
        List.of(),
        List.of(),
        Map.of(),
        "",
        "",
        NeuronEnd.NONE,
        NeuronEnd.NONE,
        List.of());
  }

  public WeightUpdateModel declarations(Declarations declarations) {
    return new WeightUpdateModel(
        name,
        declarations,
        preNeuronVariables,
        postNeuronVariables,
        preSpikeSynCode,
        preEventThreshold,
        preEventSynCode,
        pre,
        post,
        postsynapticVariables);
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
        preEventSynCode,
        pre,
        post,
        postsynapticVariables);
  }

  public WeightUpdateModel postNeuronVariable(String variable) {
    return new WeightUpdateModel(
        name,
        declarations,
        preNeuronVariables,
        Declarations.plus(postNeuronVariables, new VariableDeclaration(variable)),
        preSpikeSynCode,
        preEventThreshold,
        preEventSynCode,
        pre,
        post,
        postsynapticVariables);
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
        preEventSynCode,
        pre,
        post,
        postsynapticVariables);
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
        synCode,
        pre,
        post,
        postsynapticVariables);
  }

  /// What is kept for each presynaptic neuron.
  public WeightUpdateModel pre(NeuronEnd pre) {
    return new WeightUpdateModel(
        name,
        declarations,
        preNeuronVariables,
        postNeuronVariables,
        preSpikeSynCode,
        preEventThreshold,
        preEventSynCode,
        pre,
        post,
        postsynapticVariables);
  }

  /// What is kept for each postsynaptic neuron.
  public WeightUpdateModel post(NeuronEnd post) {
    return new WeightUpdateModel(
        name,
        declarations,
        preNeuronVariables,
        postNeuronVariables,
        preSpikeSynCode,
        preEventThreshold,
        preEventSynCode,
        pre,
        post,
        postsynapticVariables);
  }

  public WeightUpdateModel postsynapticVariable(String variable) {
    return new WeightUpdateModel(
        name,
        declarations,
        preNeuronVariables,
        postNeuronVariables,
        preSpikeSynCode,
        preEventThreshold,
        preEventSynCode,
        pre,
        post,
        Declarations.plus(postsynapticVariables, new VariableDeclaration(variable)));
  }

  /// All its code.
  public List<String> codes() {
    var codes = new ArrayList<>(preSpikeSynCode.values());
    codes.addAll(
        List.of(
            preEventThreshold,
            preEventSynCode,
            pre.spikeCode(),
            pre.dynamicsCode(),
            post.spikeCode(),
            post.dynamicsCode()));
    return codes;
  }
}
