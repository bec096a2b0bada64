package org.genn.engine.model;

import java.util.List;

/// Turns the summed input `inSyn` of a synapse group into current, once per target neuron and step,
/// before the neuron's sim code. Its code calls `injectCurrent(x)` and then decays or clears
/// `inSyn`.
public record PostsynapticModel(
    String name,
    Declarations declarations,
    List<VariableDeclaration> neuronVariables,
    String simCode) {

  public PostsynapticModel {
    Given.to("postsynaptic model", name, "declarations", declarations, "sim code", simCode);
    neuronVariables = List.copyOf(neuronVariables);
  }

  public PostsynapticModel(String name, String simCode) {
    this(name, Declarations.NONE, List.of(), simCode);
  }

  public PostsynapticModel declarations(Declarations declarations) {
    return new PostsynapticModel(name, declarations, neuronVariables, simCode);
  }

  public PostsynapticModel parameter(String parameter) {
    return parameter(parameter, "scalar");
  }

  public PostsynapticModel parameter(String parameter, String type) {
    return declarations(declarations.parameter(new ModelParameter(parameter, type)));
  }

  public PostsynapticModel derivedParameter(String parameter, DerivedParameter.Function function) {
    return declarations(
        declarations.derivedParameter(new DerivedParameter(parameter, "scalar", function)));
  }

  public PostsynapticModel variable(String variable) {
    return variable(new Variable(variable));
  }

  public PostsynapticModel variable(Variable variable) {
    return declarations(declarations.variable(variable));
  }

  public PostsynapticModel extraGlobalParameter(String parameter, String type) {
    return declarations(
        declarations.extraGlobalParameter(new ExtraGlobalParameter(parameter, type)));
  }

  public PostsynapticModel neuronVariable(String variable) {
    return neuronVariable(new VariableDeclaration(variable));
  }

  public PostsynapticModel neuronVariable(VariableDeclaration variable) {
    return new PostsynapticModel(
        name, declarations, Declarations.plus(neuronVariables, variable), simCode);
  }
}
