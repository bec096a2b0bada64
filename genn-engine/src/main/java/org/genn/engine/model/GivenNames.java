package org.genn.engine.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.genn.engine.snippet.Spelling;

/// Compares the names that values are given for with those that a model declares.
///
/// @param model for messages
/// @param variables those that may have initial values
/// @param arrays extra global parameters
public record GivenNames(
    String model, List<String> parameters, List<String> variables, List<String> arrays) {

  public GivenNames {
    parameters = List.copyOf(parameters);
    variables = List.copyOf(variables);
    arrays = List.copyOf(arrays);
  }

  public static GivenNames of(NeuronModel model) {
    return of(model.name(), model.declarations(), model.declarations().variables().stream());
  }

  public static GivenNames of(CurrentSourceModel model) {
    return of(model.name(), model.declarations(), model.declarations().variables().stream());
  }

  public static GivenNames of(PostsynapticModel model) {
    return of(model.name(), model.declarations(), model.declarations().variables().stream());
  }

  /// Variables are those of the synapses and of what is kept at both ends.
  public static GivenNames of(WeightUpdateModel model) {
    return of(model.name(), model.declarations(), NeuronEndCheck.variables(model).stream());
  }

  public static GivenNames of(CustomUpdateModel model) {
    return of(
        model.name(),
        model.declarations(),
        model.variables().stream().map(CustomUpdateVariable::name).toList());
  }

  public static GivenNames of(CustomConnectivityUpdateModel model) {
    return of(
        model.name(),
        model.declarations(),
        Stream.of(model.synapses(), model.pre(), model.post())
            .flatMap(part -> part.variables().stream()));
  }

  public static GivenNames of(VariableInit init) {
    return of(init.name(), init.declarations(), List.of());
  }

  public static GivenNames of(SparseInit init) {
    return of(init.name(), init.declarations(), List.of());
  }

  private static GivenNames of(
      String model, Declarations declarations, Stream<Variable> variables) {
    return of(model, declarations, variables.map(Variable::name).toList());
  }

  static GivenNames of(String model, Declarations declarations, Collection<String> variables) {
    return new GivenNames(
        model,
        declarations.parameters().stream().map(ModelParameter::name).toList(),
        List.copyOf(variables),
        declarations.extraGlobalParameters().stream().map(ExtraGlobalParameter::name).toList());
  }

  /// @throws IllegalArgumentException if a parameter or a variable has no value, or a value belongs
  ///   to none of them
  public void requireAll(String where, Bindings bindings) {
    var problems = new ArrayList<>(missingParameters(bindings));
    for (String variable : variables) {
      if (!bindings.initialValues().containsKey(variable)) {
        problems.add(
            "variable '%s' of %s has no initial value; give one, such as 0"
                .formatted(variable, model));
      }
    }
    problems.addAll(unknown(bindings));
    if (problems.size() == 1) {
      throw new IllegalArgumentException(where + ": " + problems.getFirst());
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has %d problems:\n  - %s"
              .formatted(where, problems.size(), String.join("\n  - ", problems)));
    }
  }

  List<String> missingParameters(Bindings bindings) {
    return parameters.stream()
        .filter(parameter -> !bindings.parameters().containsKey(parameter))
        .map(parameter -> "parameter '%s' of %s has no value".formatted(parameter, model))
        .toList();
  }

  List<String> unknown(Bindings bindings) {
    var dynamic = new TreeSet<>(bindings.dynamicParameters());
    dynamic.removeAll(bindings.parameters().keySet());
    return Stream.of(
            unknown("parameter", bindings.parameters().keySet(), parameters),
            unknown("parameter (made dynamic)", dynamic, parameters),
            unknown("variable", bindings.initialValues().keySet(), variables),
            unknown("extra global parameter", bindings.extraGlobalParameters().keySet(), arrays))
        .flatMap(problems -> problems)
        .toList();
  }

  private Stream<String> unknown(String kind, Set<String> given, List<String> declared) {
    return given.stream()
        .filter(name -> !declared.contains(name))
        .map(
            name ->
                unknown("%s has no %s".formatted(model, kind), name, declared) + otherKind(name));
  }

  /// Says as what a name is declared that a value is given for as something else.
  private String otherKind(String name) {
    String kind =
        parameters.contains(name)
            ? "parameter"
            : variables.contains(name)
                ? "variable"
                : arrays.contains(name) ? "extra global parameter" : "";
    return kind.isEmpty() ? "" : "; '%s' is its %s, give the value there".formatted(name, kind);
  }

  /// @param thing what lacks it, then what is lacking: `neuron group 'a' has no variable`
  static String unknown(String thing, String name, Collection<String> available) {
    String has = available.isEmpty() ? "there are none" : "available: " + new TreeSet<>(available);
    String hint = Spelling.hint(name, available);
    return "%s '%s'; %s%s".formatted(thing, name, has, hint);
  }
}
