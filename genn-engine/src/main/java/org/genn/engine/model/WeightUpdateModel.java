package org.genn.engine.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What a synapse does: when its presynaptic or its postsynaptic neuron spikes or meets the
/// condition of a spike-like event, and in every step.
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
/// @param postCode code for spikes and events of the postsynaptic neuron
/// @param dynamicsCode code that runs for every synapse in every step
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
    List<VariableDeclaration> postsynapticVariables,
    PostsynapticCode postCode,
    String dynamicsCode) {

  public WeightUpdateModel {
    Given.to(
        "weight update model",
        name,
        "declarations",
        declarations,
        "presynaptic event condition",
        preEventThreshold,
        "presynaptic event code",
        preEventSynCode,
        "presynaptic end",
        pre,
        "postsynaptic end",
        post,
        "postsynaptic code",
        postCode,
        "synapse dynamics code",
        dynamicsCode);
    Given.values("weight update model", "presynaptic spike code of phase", preSpikeSynCode);
    postsynapticVariables = List.copyOf(postsynapticVariables);
    preNeuronVariables = List.copyOf(preNeuronVariables);
    postNeuronVariables = List.copyOf(postNeuronVariables);
    var ordered = new EnumMap<Phase, String>(Phase.class);
    ordered.putAll(preSpikeSynCode);
    preSpikeSynCode = java.util.Collections.unmodifiableMap(ordered);
  }

  /// Without code for the postsynaptic side and for every step.
  public WeightUpdateModel(
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
    this(
        name,
        declarations,
        preNeuronVariables,
        postNeuronVariables,
        preSpikeSynCode,
        preEventThreshold,
        preEventSynCode,
        pre,
        post,
        postsynapticVariables,
        PostsynapticCode.NONE,
        "");
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
        List.of(),
        PostsynapticCode.NONE,
        "");
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
        postsynapticVariables,
        postCode,
        dynamicsCode);
  }

  public WeightUpdateModel parameter(String parameter) {
    return parameter(parameter, "scalar");
  }

  public WeightUpdateModel parameter(String parameter, String type) {
    return declarations(declarations.parameter(new ModelParameter(parameter, type)));
  }

  public WeightUpdateModel derivedParameter(String parameter, DerivedParameter.Function function) {
    return declarations(
        declarations.derivedParameter(new DerivedParameter(parameter, "scalar", function)));
  }

  public WeightUpdateModel variable(String variable, VarAccess access) {
    return variable(new Variable(variable, "scalar", access));
  }

  public WeightUpdateModel variable(Variable variable) {
    return declarations(declarations.variable(variable));
  }

  public WeightUpdateModel extraGlobalParameter(String parameter, String type) {
    return declarations(
        declarations.extraGlobalParameter(new ExtraGlobalParameter(parameter, type)));
  }

  public WeightUpdateModel preNeuronVariable(String variable) {
    return preNeuronVariable(new VariableDeclaration(variable));
  }

  public WeightUpdateModel preNeuronVariable(VariableDeclaration variable) {
    return new WeightUpdateModel(
        name,
        declarations,
        Declarations.plus(preNeuronVariables, variable),
        postNeuronVariables,
        preSpikeSynCode,
        preEventThreshold,
        preEventSynCode,
        pre,
        post,
        postsynapticVariables,
        postCode,
        dynamicsCode);
  }

  public WeightUpdateModel postNeuronVariable(String variable) {
    return postNeuronVariable(new VariableDeclaration(variable));
  }

  public WeightUpdateModel postNeuronVariable(VariableDeclaration variable) {
    return new WeightUpdateModel(
        name,
        declarations,
        preNeuronVariables,
        Declarations.plus(postNeuronVariables, variable),
        preSpikeSynCode,
        preEventThreshold,
        preEventSynCode,
        pre,
        post,
        postsynapticVariables,
        postCode,
        dynamicsCode);
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
        postsynapticVariables,
        postCode,
        dynamicsCode);
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
        postsynapticVariables,
        postCode,
        dynamicsCode);
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
        postsynapticVariables,
        postCode,
        dynamicsCode);
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
        postsynapticVariables,
        postCode,
        dynamicsCode);
  }

  public WeightUpdateModel postsynapticVariable(String variable) {
    return postsynapticVariable(new VariableDeclaration(variable));
  }

  public WeightUpdateModel postsynapticVariable(VariableDeclaration variable) {
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
        Declarations.plus(postsynapticVariables, variable),
        postCode,
        dynamicsCode);
  }

  public WeightUpdateModel postCode(PostsynapticCode code) {
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
        postsynapticVariables,
        code,
        dynamicsCode);
  }

  /// Code for spikes of the postsynaptic neuron.
  public WeightUpdateModel postSpikeSynCode(String code) {
    return postCode(new PostsynapticCode(code, postCode.eventThreshold(), postCode.event()));
  }

  /// Code for spike-like events of the postsynaptic neuron.
  public WeightUpdateModel postEvent(String threshold, String synCode) {
    return postCode(new PostsynapticCode(postCode.spike(), threshold, synCode));
  }

  /// Code that runs for every synapse in every step.
  public WeightUpdateModel synapseDynamicsCode(String code) {
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
        postsynapticVariables,
        postCode,
        code);
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
            post.dynamicsCode(),
            postCode.spike(),
            postCode.eventThreshold(),
            postCode.event(),
            dynamicsCode));
    return codes;
  }

  /// What runs for synapses, as opposed to neurons and conditions.
  public List<String> synapseCodes() {
    var codes = new ArrayList<>(preSpikeSynCode.values());
    codes.addAll(List.of(preEventSynCode, postCode.spike(), postCode.event(), dynamicsCode));
    return codes;
  }

  /// Names that code of synapses may read with a delay subscript, `x[d]`: the value `d` steps
  /// before, for each synapse its own.
  public List<String> delayableNames() {
    var names = new ArrayList<String>();
    postNeuronVariables.forEach(variable -> names.add(variable.name()));
    post.variables().forEach(variable -> names.add(variable.name()));
    postsynapticVariables.forEach(variable -> names.add(variable.name()));
    return names;
  }
}
