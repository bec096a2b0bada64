package org.genn.engine.model;

import java.util.Map;
import java.util.Set;

/// What a group gives to its model: parameter values, initial values of variables, contents of
/// extra global parameters, and which parameters may change at run time. Immutable; methods return
/// extended copies.
public record Bindings(
    Map<String, Double> parameters,
    Map<String, InitialValue> initialValues,
    Map<String, InitialValue.Values> extraGlobalParameters,
    Set<String> dynamicParameters) {

  public static final Bindings NONE = new Bindings(Map.of(), Map.of(), Map.of(), Set.of());

  public Bindings {
    Given.values("bindings", "parameter", parameters);
    Given.values("bindings", "variable", initialValues);
    Given.values("bindings", "extra global parameter", extraGlobalParameters);
    Given.all("bindings", "set of dynamic parameters", dynamicParameters);
    parameters = OrderedMap.copyOf(parameters);
    initialValues = OrderedMap.copyOf(initialValues);
    extraGlobalParameters = OrderedMap.copyOf(extraGlobalParameters);
    dynamicParameters = Set.copyOf(dynamicParameters);
  }

  public Bindings parameter(String name, double value) {
    return new Bindings(
        OrderedMap.plus(parameters, name, value),
        initialValues,
        extraGlobalParameters,
        dynamicParameters);
  }

  public Bindings dynamicParameter(String name, double value) {
    var dynamic = new java.util.HashSet<>(dynamicParameters);
    dynamic.add(name);
    return new Bindings(
        OrderedMap.plus(parameters, name, value), initialValues, extraGlobalParameters, dynamic);
  }

  public Bindings initialValue(String variable, InitialValue value) {
    return new Bindings(
        parameters,
        OrderedMap.plus(initialValues, variable, value),
        extraGlobalParameters,
        dynamicParameters);
  }

  public Bindings initialValue(String variable, double value) {
    return initialValue(variable, InitialValue.of(value));
  }

  public Bindings extraGlobalParameter(String name, float[] values) {
    return new Bindings(
        parameters,
        initialValues,
        OrderedMap.plus(extraGlobalParameters, name, (InitialValue.Values) InitialValue.of(values)),
        dynamicParameters);
  }

  public Bindings extraGlobalParameter(String name, InitialValue.Values values) {
    return new Bindings(
        parameters,
        initialValues,
        OrderedMap.plus(extraGlobalParameters, name, values),
        dynamicParameters);
  }
}
