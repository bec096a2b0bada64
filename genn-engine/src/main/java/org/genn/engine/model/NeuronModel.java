package org.genn.engine.model;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the neurons of a group do in a step.
///
/// In the forward phase, per neuron: the inputs are summed into `Isyn` and the additional inputs,
/// `simCode` runs, then, where `thresholdCondition` holds, a spike is emitted and `resetCode` runs.
/// The three share one scope: locals of the sim code are visible in the other two. In the backward
/// phase the sim code of that phase runs, then `tape`'s replay code.
///
/// @param simCode code by phase
/// @param thresholdCondition empty for neurons that never spike
/// @param isAutoRefractory whether a neuron above threshold before its sim code may not spike in
///   that step
/// @param spikesFromOutside whether the group has no code of its own and emits the spikes that the
///   host gives
public record NeuronModel(
    String name,
    Declarations declarations,
    List<InputVariable> additionalInputs,
    Map<Phase, String> simCode,
    String thresholdCondition,
    String resetCode,
    boolean isAutoRefractory,
    Optional<TapeModel> tape,
    boolean spikesFromOutside) {

  public NeuronModel {
    Given.to(
        "neuron model",
        name,
        "declarations",
        declarations,
        "tape",
        tape,
        "threshold condition",
        thresholdCondition,
        "reset code",
        resetCode);
    Given.values("neuron model", "sim code of phase", simCode);
    additionalInputs = List.copyOf(additionalInputs);
    var ordered = new EnumMap<Phase, String>(Phase.class);
    ordered.putAll(simCode);
    simCode = java.util.Collections.unmodifiableMap(ordered);
  }

  /// A model without code; add what it needs.
  public NeuronModel(String name) {
    this(name, Declarations.NONE, List.of(), Map.of(), "", "", false, Optional.empty(), false);
  }

  /// Neurons whose spikes the host gives, example by example; they have no state and no update.
  public static NeuronModel externalSpikes(String name) {
    return new NeuronModel(
        name, Declarations.NONE, List.of(), Map.of(), "", "", false, Optional.empty(), true);
  }

  public NeuronModel declarations(Declarations declarations) {
    return new NeuronModel(
        name,
        declarations,
        additionalInputs,
        simCode,
        thresholdCondition,
        resetCode,
        isAutoRefractory,
        tape,
        spikesFromOutside);
  }

  public NeuronModel parameter(String parameter) {
    return parameter(parameter, "scalar");
  }

  public NeuronModel parameter(String parameter, String type) {
    return declarations(declarations.parameter(new ModelParameter(parameter, type)));
  }

  public NeuronModel derivedParameter(String parameter, DerivedParameter.Function function) {
    return declarations(
        declarations.derivedParameter(new DerivedParameter(parameter, "scalar", function)));
  }

  public NeuronModel variable(String variable) {
    return declarations(declarations.variable(new Variable(variable)));
  }

  public NeuronModel variable(Variable variable) {
    return declarations(declarations.variable(variable));
  }

  public NeuronModel extraGlobalParameter(String parameter, String type) {
    return declarations(
        declarations.extraGlobalParameter(new ExtraGlobalParameter(parameter, type)));
  }

  public NeuronModel additionalInput(String input, double initial) {
    return additionalInput(new InputVariable(input, "scalar", initial));
  }

  public NeuronModel additionalInput(InputVariable input) {
    return new NeuronModel(
        name,
        declarations,
        Declarations.plus(additionalInputs, input),
        simCode,
        thresholdCondition,
        resetCode,
        isAutoRefractory,
        tape,
        spikesFromOutside);
  }

  /// The code of a phase.
  public NeuronModel simCode(Phase phase, String code) {
    var extended = new EnumMap<Phase, String>(Phase.class);
    extended.putAll(simCode);
    extended.put(phase, code);
    return new NeuronModel(
        name,
        declarations,
        additionalInputs,
        extended,
        thresholdCondition,
        resetCode,
        isAutoRefractory,
        tape,
        spikesFromOutside);
  }

  /// The code of the forward phase.
  public NeuronModel simCode(String code) {
    return simCode(Phase.FORWARD, code);
  }

  public NeuronModel thresholdCondition(String condition) {
    return new NeuronModel(
        name,
        declarations,
        additionalInputs,
        simCode,
        condition,
        resetCode,
        isAutoRefractory,
        tape,
        spikesFromOutside);
  }

  public NeuronModel resetCode(String code) {
    return new NeuronModel(
        name,
        declarations,
        additionalInputs,
        simCode,
        thresholdCondition,
        code,
        isAutoRefractory,
        tape,
        spikesFromOutside);
  }

  public NeuronModel autoRefractory(boolean isAutoRefractory) {
    return new NeuronModel(
        name,
        declarations,
        additionalInputs,
        simCode,
        thresholdCondition,
        resetCode,
        isAutoRefractory,
        tape,
        spikesFromOutside);
  }

  public NeuronModel tape(TapeModel tape) {
    return new NeuronModel(
        name,
        declarations,
        additionalInputs,
        simCode,
        thresholdCondition,
        resetCode,
        isAutoRefractory,
        Optional.of(tape),
        spikesFromOutside);
  }

  public boolean spikes() {
    return spikesFromOutside || !thresholdCondition.isBlank();
  }
}
