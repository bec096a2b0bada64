package org.genn.engine.model;

import java.util.List;

/// Injects current into each neuron of a group, once per step, before the neuron's sim code.
///
/// @param neuronVariables variables of the neuron that the code reads
/// @param injectionCode calls `injectCurrent(x)`
public record CurrentSourceModel(
    String name,
    Declarations declarations,
    List<VariableDeclaration> neuronVariables,
    String injectionCode) {

  public CurrentSourceModel {
    Given.to(
        "current source model",
        name,
        "declarations",
        declarations,
        "injection code",
        injectionCode);
    neuronVariables = List.copyOf(neuronVariables);
  }

  public CurrentSourceModel(String name, String injectionCode) {
    this(name, Declarations.NONE, List.of(), injectionCode);
  }

  public CurrentSourceModel declarations(Declarations declarations) {
    return new CurrentSourceModel(name, declarations, neuronVariables, injectionCode);
  }

  public CurrentSourceModel parameter(String parameter) {
    return parameter(parameter, "scalar");
  }

  public CurrentSourceModel parameter(String parameter, String type) {
    return declarations(declarations.parameter(new ModelParameter(parameter, type)));
  }

  public CurrentSourceModel derivedParameter(String parameter, DerivedParameter.Function function) {
    return declarations(
        declarations.derivedParameter(new DerivedParameter(parameter, "scalar", function)));
  }

  public CurrentSourceModel variable(String variable) {
    return variable(new Variable(variable));
  }

  public CurrentSourceModel variable(Variable variable) {
    return declarations(declarations.variable(variable));
  }

  public CurrentSourceModel extraGlobalParameter(String parameter, String type) {
    return declarations(
        declarations.extraGlobalParameter(new ExtraGlobalParameter(parameter, type)));
  }

  public CurrentSourceModel neuronVariable(String variable) {
    return neuronVariable(new VariableDeclaration(variable));
  }

  public CurrentSourceModel neuronVariable(VariableDeclaration variable) {
    return new CurrentSourceModel(
        name, declarations, Declarations.plus(neuronVariables, variable), injectionCode);
  }
}
