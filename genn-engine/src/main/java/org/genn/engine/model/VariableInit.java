package org.genn.engine.model;

/// Code that computes the initial `value` of a variable, once per element.
///
/// It knows `id` and `num_neurons`, or for synapses `id_pre`, `id_post`, `num_pre`, `num_post` and,
/// where connections have a kernel, `id_kernel`; and it may draw random numbers.
public record VariableInit(String name, Declarations declarations, String code) {
  public VariableInit {
    Given.to("variable initialiser", name, "declarations", declarations, "code", code);
  }

  public VariableInit(String name, String code) {
    this(name, Declarations.NONE, code);
  }

  public VariableInit parameter(String parameter) {
    return parameter(parameter, "scalar");
  }

  public VariableInit parameter(String parameter, String type) {
    return new VariableInit(
        name, declarations.parameter(new ModelParameter(parameter, type)), code);
  }

  public VariableInit derivedParameter(String parameter, DerivedParameter.Function function) {
    return new VariableInit(
        name,
        declarations.derivedParameter(new DerivedParameter(parameter, "scalar", function)),
        code);
  }

  public VariableInit extraGlobalParameter(String array, String type) {
    return new VariableInit(
        name, declarations.extraGlobalParameter(new ExtraGlobalParameter(array, type)), code);
  }
}
