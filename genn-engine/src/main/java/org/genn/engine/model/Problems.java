package org.genn.engine.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.genn.engine.snippet.NumberRange;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Snippet;
import org.genn.engine.snippet.SnippetException;
import org.genn.engine.snippet.SnippetType;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong with a model, and the checks that all kinds of groups share.
final class Problems {
  private static final Pattern GROUP_NAME = Pattern.compile("[A-Za-z0-9_]+");

  private final NumericType scalar;
  private final NumericType timepoint;
  private final double dt;
  private final List<String> found = new ArrayList<>();

  Problems(ModelSpec spec) {
    scalar = spec.precision().type();
    timepoint = spec.timePrecision().type();
    dt = spec.dt();
  }

  void add(String format, Object... arguments) {
    found.add(format.formatted(arguments));
  }

  void addIf(boolean isWrong, String format, Object... arguments) {
    if (isWrong) {
      add(format, arguments);
    }
  }

  /// @param thing what lacks it, then what is lacking: `neuron group 'a' has no variable`
  void addUnknown(String thing, String name, Collection<String> available) {
    found.add(GivenNames.unknown(thing, name, available));
  }

  void throwIfAny(String model) {
    if (!found.isEmpty()) {
      throw new IllegalArgumentException(
          "model '%s' has %s:\n  - %s"
              .formatted(
                  model,
                  found.size() == 1 ? "a problem" : found.size() + " problems",
                  String.join("\n  - ", found)));
    }
  }

  /// Names of groups: letters, digits and underscores.
  void checkGroupNames(String kind, List<String> names) {
    var seen = new HashSet<String>();
    for (String name : names) {
      addIf(
          !GROUP_NAME.matcher(name).matches(),
          "%s '%s': a name has letters, digits and underscores only",
          kind,
          name);
      addIf(!seen.add(name), "%s '%s': there is another one of this name", kind, name);
    }
  }

  /// Names that code can use: each only once in a model.
  ///
  /// @param vocabulary of the code that uses them
  void checkNames(String where, Vocabulary vocabulary, Stream<String> names) {
    var seen = new HashSet<String>();
    names.forEach(
        name -> {
          addIf(
              !Snippet.isName(name),
              "%s: '%s' can't be used as a name; names are letters, digits and underscores, begin"
                  + " with no digit and are no word of the language",
              where,
              name);
          addIf(!seen.add(name), "%s: '%s' is declared twice", where, name);
          addIf(
              vocabulary.knows(name),
              "%s: '%s' can't be used as a name, since code knows %s by themselves; choose another"
                  + " one",
              where,
              name,
              vocabulary);
        });
  }

  static Stream<String> names(Declarations declarations) {
    return Stream.of(
            declarations.parameters().stream().map(ModelParameter::name),
            declarations.derivedParameters().stream().map(DerivedParameter::name),
            declarations.variables().stream().map(Variable::name),
            declarations.extraGlobalParameters().stream().map(ExtraGlobalParameter::name))
        .flatMap(stream -> stream);
  }

  void checkTypes(String where, Declarations declarations) {
    declarations
        .parameters()
        .forEach(parameter -> checkNumber(where, parameter.name(), parameter.type()));
    declarations
        .derivedParameters()
        .forEach(parameter -> checkNumber(where, parameter.name(), parameter.type()));
    declarations
        .variables()
        .forEach(variable -> checkNumber(where, variable.name(), variable.type()));
    declarations
        .extraGlobalParameters()
        .forEach(
            parameter ->
                addIf(
                    elementType(parameter.type()) == SnippetType.NOTHING,
                    "%s: '%s' has type '%s', which is unknown",
                    where,
                    parameter.name(),
                    parameter.type()));
  }

  void checkNumber(String where, String name, String type) {
    addIf(
        !(type(type) instanceof SnippetType.Number),
        "%s: '%s' has type '%s', which is no number type",
        where,
        name,
        type);
  }

  /// What the name of a type stands for; `NOTHING` when it is none.
  private SnippetType type(String name) {
    try {
      return Snippet.type(name, scalar, timepoint);
    } catch (SnippetException e) {
      return SnippetType.NOTHING;
    }
  }

  /// The type of the elements of an array, which may be named with or without the star of a
  /// pointer.
  private SnippetType elementType(String name) {
    SnippetType type = type(name);
    return type instanceof SnippetType.Pointer(SnippetType pointee, _) ? pointee : type;
  }

  private void checkRange(String where, String type, double value) {
    if (type(type) instanceof SnippetType.Number(NumericType number)
        && !(number.isReal() && Double.isNaN(value))) {
      NumberRange range = NumberRange.of(number);
      addIf(
          !range.holds(value),
          "%s is %s, but its type %s holds numbers %s",
          where,
          value,
          type,
          range);
    }
  }

  /// Initial values; those that code computes are its own business.
  private void checkRange(String where, String type, @Nullable InitialValue initial) {
    switch (initial) {
      case InitialValue.Constant(double value) -> {
        checkRange(where, type, value);
        checkWhole(where, type, value);
      }
      case InitialValue.Uniform(double minimum, double maximum) -> {
        checkRange(where + ": the least of its random values", type, minimum);
        checkRange(where + ": the largest of its random values", type, Math.nextDown(maximum));
      }
      case InitialValue.Values values -> {
        if (elementType(type) instanceof SnippetType.Number(NumericType number)) {
          checkRange(where, NumberRange.of(number), values);
        }
      }
      case InitialValue.Normal _, InitialValue.Snippet _ -> {}
      case null -> {}
    }
  }

  /// Code sees a parameter of an integral type without what is behind the point; of an initial
  /// value nobody can want that.
  private void checkWhole(String where, String type, double value) {
    if (type(type) instanceof SnippetType.Number(NumericType number)
        && number.isIntegral()
        && NumberRange.of(number).holds(value)
        && value != Math.rint(value)) {
      addFraction(where, type, value);
    }
  }

  private void addFraction(String where, String type, Number value) {
    add("%s is %s, but its type %s holds whole numbers only", where, value, type);
  }

  private void checkRange(String where, NumberRange range, InitialValue.Values values) {
    if (range.type().isReal()) {
      return;
    }
    for (int i = 0; i < values.length(); i++) {
      if (!values.isHeldBy(range, i)) {
        add("%s", range.refusal(where, i, values.at(i)));
        return;
      }
      if (!values.isWhole(i)) {
        addFraction("%s, element %s".formatted(where, i), range.typeName(), values.at(i));
        return;
      }
    }
  }

  boolean isSameType(String a, String b) {
    return type(a).equals(type(b));
  }

  /// Whether arrays have elements of one type.
  boolean haveSameElements(String a, String b) {
    return elementType(a).equals(elementType(b));
  }

  private void checkDerived(String where, Declarations declarations, Bindings bindings) {
    for (DerivedParameter derived : declarations.derivedParameters()) {
      try {
        double value = derived.of(bindings.parameters(), dt);
        checkRange(
            "%s: derived parameter '%s'".formatted(where, derived.name()), derived.type(), value);
      } catch (IllegalArgumentException e) {
        add("%s: %s", where, e.getMessage());
      }
    }
  }

  /// What a group gives to its model.
  ///
  /// @param variables types of those that may have initial values
  void checkBindings(
      String where,
      String model,
      Declarations declarations,
      Map<String, String> variables,
      Bindings bindings) {
    var names = GivenNames.of(model, declarations, variables.keySet());
    names.missingParameters(bindings).forEach(problem -> add("%s: %s", where, problem));
    for (String parameter : names.parameters()) {
      Double value = bindings.parameters().get(parameter);
      addIf(value != null && value.isNaN(), "%s: parameter '%s' is NaN", where, parameter);
    }
    for (ModelParameter parameter : declarations.parameters()) {
      Double value = bindings.parameters().get(parameter.name());
      if (value != null) {
        checkRange(where + ": parameter '" + parameter.name() + "'", parameter.type(), value);
      }
    }
    if (bindings.parameters().keySet().containsAll(names.parameters())) {
      checkDerived(where, declarations, bindings);
    }
    variables.forEach(
        (name, type) ->
            checkRange(
                where + ": variable '" + name + "'", type, bindings.initialValues().get(name)));
    for (ExtraGlobalParameter array : declarations.extraGlobalParameters()) {
      checkRange(
          where + ": extra global parameter '" + array.name() + "'",
          array.type(),
          bindings.extraGlobalParameters().get(array.name()));
    }
    names.unknown(bindings).forEach(problem -> add("%s: %s", where, problem));
    bindings
        .initialValues()
        .forEach((variable, value) -> checkInitialValue(where, variable, value));
  }

  /// Arrays of an initialiser, which runs before anything could be set by hand.
  ///
  /// @param made names of arrays that are computed
  void checkArraysAreGiven(
      String where, String init, Declarations declarations, Bindings bindings, Set<String> made) {
    for (ExtraGlobalParameter array : declarations.extraGlobalParameters()) {
      String name = array.name();
      addIf(
          !bindings.extraGlobalParameters().containsKey(name) && !made.contains(name),
          "%s: extra global parameter '%s' of %s has no values",
          where,
          name,
          init);
    }
  }

  private void checkInitialValue(String where, String variable, InitialValue value) {
    switch (value) {
      case InitialValue.Constant _, InitialValue.Values _ -> {}
      case InitialValue.Snippet(VariableInit init, Bindings bindings) -> {
        String place = "%s, variable '%s'".formatted(where, variable);
        checkNames(
            place + ", initialiser " + init.name(),
            Vocabulary.VARIABLE_INITIALISER,
            names(init.declarations()));
        checkTypes(place, init.declarations());
        checkBindings(place, init.name(), init.declarations(), Map.of(), bindings);
        checkArraysAreGiven(place, init.name(), init.declarations(), bindings, Set.of());
        new InitialiserCheck(this, place, init, bindings).check();
      }
      case InitialValue.Normal(double mean, double deviation) ->
          addIf(
              !(deviation >= 0) || Double.isNaN(mean),
              "%s: variable '%s' has Normal(%s, %s); the standard deviation must not be negative",
              where,
              variable,
              mean,
              deviation);
      case InitialValue.Uniform(double minimum, double maximum) ->
          addIf(
              !(minimum <= maximum),
              "%s: variable '%s' has Uniform(%s, %s); the minimum must not be above the maximum",
              where,
              variable,
              minimum,
              maximum);
    }
  }

  void checkKnown(String thing, Set<String> given, Collection<String> available) {
    for (String name : given) {
      if (!available.contains(name)) {
        addUnknown(thing, name, available);
      }
    }
  }

  static Map<String, String> types(List<Variable> variables) {
    var types = new LinkedHashMap<String, String>();
    variables.forEach(variable -> types.put(variable.name(), variable.type()));
    return types;
  }

  /// Names in `bound` that are not declared, and declared ones without a binding.
  void checkReferences(
      String where, List<VariableDeclaration> declared, Map<String, VariableReference> bound) {
    checkKnown(
        where + ": there is no reference",
        bound.keySet(),
        declared.stream().map(VariableDeclaration::name).toList());
  }
}
