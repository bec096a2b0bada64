package org.genn.engine.model;

import java.util.List;

/// Code that runs over the elements of the variables that it refers to, when its group is launched.
///
/// Elements are handled in no order, unless code writes an extra global parameter: then examples,
/// and the rows of synapses, come one after the other.
public record CustomUpdateModel(
    String name,
    Declarations declarations,
    List<CustomUpdateVariable> variables,
    List<VariableDeclaration> references,
    List<ExtraGlobalParameter> extraGlobalParameterReferences,
    String updateCode) {

  public CustomUpdateModel {
    Given.to("custom update model", name, "declarations", declarations, "update code", updateCode);
    variables = List.copyOf(variables);
    references = List.copyOf(references);
    extraGlobalParameterReferences = List.copyOf(extraGlobalParameterReferences);
  }

  public CustomUpdateModel(String name, String updateCode) {
    this(name, Declarations.NONE, List.of(), List.of(), List.of(), updateCode);
  }

  public CustomUpdateModel declarations(Declarations declarations) {
    return new CustomUpdateModel(
        name, declarations, variables, references, extraGlobalParameterReferences, updateCode);
  }

  public CustomUpdateModel parameter(String parameter) {
    return parameter(parameter, "scalar");
  }

  public CustomUpdateModel parameter(String parameter, String type) {
    return declarations(declarations.parameter(new ModelParameter(parameter, type)));
  }

  public CustomUpdateModel derivedParameter(String parameter, DerivedParameter.Function function) {
    return declarations(
        declarations.derivedParameter(new DerivedParameter(parameter, "scalar", function)));
  }

  public CustomUpdateModel extraGlobalParameter(String parameter, String type) {
    return declarations(
        declarations.extraGlobalParameter(new ExtraGlobalParameter(parameter, type)));
  }

  public CustomUpdateModel variable(CustomUpdateVariable variable) {
    return new CustomUpdateModel(
        name,
        declarations,
        Declarations.plus(variables, variable),
        references,
        extraGlobalParameterReferences,
        updateCode);
  }

  public CustomUpdateModel reference(VariableDeclaration reference) {
    return new CustomUpdateModel(
        name,
        declarations,
        variables,
        Declarations.plus(references, reference),
        extraGlobalParameterReferences,
        updateCode);
  }

  public CustomUpdateModel reference(String reference, VarAccessMode mode) {
    return reference(new VariableDeclaration(reference, mode));
  }

  public CustomUpdateModel extraGlobalParameterReference(String parameter, String type) {
    return new CustomUpdateModel(
        name,
        declarations,
        variables,
        references,
        Declarations.plus(
            extraGlobalParameterReferences, new ExtraGlobalParameter(parameter, type)),
        updateCode);
  }
}
