package org.genn.engine.runtime;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.ExtraGlobalParameter;
import org.genn.engine.model.GivenNames;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelParameter;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;

/// A model of a group together with what it is given: parameters, initial values, arrays.
final class ModelPart {
  private final ModelState state;
  private final VariableReference.Kind kind;
  private final String group;
  private final Declarations declarations;
  private final Bindings bindings;
  private final Set<String> dynamicParameters = new LinkedHashSet<>();
  private final Map<String, InitialValue.Values> arrayValues = new LinkedHashMap<>();
  private final Map<String, SnippetArrays> initialisers = new LinkedHashMap<>();
  private final Map<String, ModelVariable> variables;
  private final Map<String, ModelArray> arrays;
  private final Locations locations;

  ModelPart(
      ModelState state,
      VariableReference.Kind kind,
      String group,
      Declarations declarations,
      List<VariableReference> variables,
      Bindings bindings) {
    this.state = state;
    this.kind = kind;
    this.group = group;
    this.declarations = declarations;
    this.bindings = bindings;
    locations = new Locations(state, "group '" + group + "'", state.usualLocation());
    dynamicParameters.addAll(bindings.dynamicParameters());
    arrayValues.putAll(bindings.extraGlobalParameters());
    var byName = new LinkedHashMap<String, ModelVariable>();
    variables.forEach(variable -> byName.put(variable.variable(), variable(variable)));
    this.variables = new Named<>("group '" + group + "'", "variable", byName);
    var arraysByName = new LinkedHashMap<String, ModelArray>();
    for (ExtraGlobalParameter array : declarations.extraGlobalParameters()) {
      arraysByName.put(
          array.name(),
          new ModelArray(state, new VariableReference(kind, group, array.name()), arrayValues));
    }
    arrays = new Named<>("group '" + group + "'", "extra global parameter", arraysByName);
  }

  /// @throws IllegalArgumentException if anything of the model has no value, or a value belongs to
  ///   nothing of it
  static Bindings bindings(
      String where,
      GivenNames names,
      Map<String, ? extends Number> parameters,
      Map<String, ?> variables) {
    var bindings =
        new Bindings(
            ParameterValue.all(where, parameters),
            InitialValueOf.all(where, variables),
            Map.of(),
            Set.of());
    names.requireAll(where, bindings);
    return bindings;
  }

  /// Initial values of variables that are kept for the neurons at one end of synapses.
  ///
  /// @param end for messages: `presynaptic`
  static Map<String, ?> ofEnd(
      String where, String end, Map<String, ?> values, List<Variable> declared) {
    List<String> names = declared.stream().map(Variable::name).toList();
    for (String name : values.keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(Lookup.missing(where, end + " variable", name, names));
      }
    }
    return values;
  }

  /// A variable whose initial value the group gives.
  ModelVariable variable(VariableReference reference) {
    String name = reference.variable();
    InitialValue initial = bindings.initialValues().get(name);
    if (initial == null) {
      return new ModelVariable(state, reference);
    }
    var initialiser = SnippetArrays.of(state, reference, initial);
    initialisers.put(name, initialiser);
    return new ModelVariable(state, reference, initialiser.arrays());
  }

  /// What the group gives to the model by now.
  Bindings bindings() {
    var initialValues = new LinkedHashMap<>(bindings.initialValues());
    initialisers.forEach(
        (name, initialiser) ->
            initialValues.computeIfPresent(name, (_, initial) -> initialiser.given(initial)));
    return new Bindings(bindings.parameters(), initialValues, arrayValues, dynamicParameters);
  }

  Map<String, Double> parameters() {
    return bindings.parameters();
  }

  Map<String, ModelVariable> variables() {
    return variables;
  }

  Map<String, ModelArray> arrays() {
    return arrays;
  }

  void setVariableLocation(String name, VarLocation location) {
    locations.set("variable", name, variables.keySet(), location);
  }

  VarLocation variableLocation(String name) {
    return locations.get("variable", name, variables.keySet());
  }

  void setArrayLocation(String name, VarLocation location) {
    locations.set("extra global parameter", name, arrays.keySet(), location);
  }

  VarLocation arrayLocation(String name) {
    return locations.get("extra global parameter", name, arrays.keySet());
  }

  void setParameterDynamic(String name) {
    state.requireNotBuilt("get dynamic parameters");
    List<String> known = declarations.parameters().stream().map(ModelParameter::name).toList();
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          Lookup.missing("group '" + group + "'", "parameter", name, known));
    }
    dynamicParameters.add(name);
  }

  void setDynamicParameterValue(String name, double value) {
    if (!dynamicParameters.contains(name)) {
      throw new IllegalArgumentException(
          Lookup.missing("group '" + group + "'", "dynamic parameter", name, dynamicParameters)
              + "; parameters are made dynamic before build()");
    }
    state.simulation().dynamicParameter(new VariableReference(kind, group, name)).set(value);
  }
}
