package org.genn.engine.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What every kind of model declares. Immutable; methods return extended copies.
public record Declarations(
    List<ModelParameter> parameters,
    List<DerivedParameter> derivedParameters,
    List<Variable> variables,
    List<ExtraGlobalParameter> extraGlobalParameters) {

  public static final Declarations NONE =
      new Declarations(List.of(), List.of(), List.of(), List.of());

  public Declarations {
    parameters = List.copyOf(parameters);
    derivedParameters = List.copyOf(derivedParameters);
    variables = List.copyOf(variables);
    extraGlobalParameters = List.copyOf(extraGlobalParameters);
  }

  public Declarations parameter(ModelParameter parameter) {
    return new Declarations(
        plus(parameters, parameter), derivedParameters, variables, extraGlobalParameters);
  }

  public Declarations derivedParameter(DerivedParameter parameter) {
    return new Declarations(
        parameters, plus(derivedParameters, parameter), variables, extraGlobalParameters);
  }

  public Declarations variable(Variable variable) {
    return new Declarations(
        parameters, derivedParameters, plus(variables, variable), extraGlobalParameters);
  }

  public Declarations extraGlobalParameter(ExtraGlobalParameter parameter) {
    return new Declarations(
        parameters, derivedParameters, variables, plus(extraGlobalParameters, parameter));
  }

  /// Values of parameters and derived parameters, without those that may change at run time.
  public Map<String, Double> constants(Bindings bindings, double dt) {
    var constants = new LinkedHashMap<>(bindings.parameters());
    constants.keySet().removeAll(bindings.dynamicParameters());
    for (DerivedParameter parameter : derivedParameters) {
      constants.put(parameter.name(), parameter.of(bindings.parameters(), dt));
    }
    return constants;
  }

  static <T> List<T> plus(List<T> list, T element) {
    var extended = new ArrayList<>(list);
    extended.add(element);
    return extended;
  }
}
