package org.genn.engine.snippet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The names that the place of use of a snippet provides, with what may be done to them.
///
/// Immutable; `with…` methods return an extended copy. The mathematical library is always
/// available, the random numbers where `withRandomNumbers` says so.
public final class Environment {

  /// What may be done to a name.
  public enum Access {
    READ_WRITE,
    READ_ONLY,
    /// Target of a reduction or a broadcast: plain `=` only.
    WRITE_ONLY
  }

  /// A variable of the environment.
  ///
  /// @param delayable whether `name[steps]` reads an earlier value
  public record Variable(SnippetType type, Access access, boolean delayable) {}

  private final SequencedMap<String, Variable> variables;
  private final SequencedMap<String, SnippetType.Function> functions;
  private final boolean randomNumbers;
  private final Optional<Environment> synapseLoop;
  private final NumericType scalar;
  private final NumericType timepoint;

  private Environment(
      SequencedMap<String, Variable> variables,
      SequencedMap<String, SnippetType.Function> functions,
      boolean randomNumbers,
      Optional<Environment> synapseLoop,
      NumericType scalar,
      NumericType timepoint) {
    this.variables = variables;
    this.functions = functions;
    this.randomNumbers = randomNumbers;
    this.synapseLoop = synapseLoop;
    this.scalar = scalar;
    this.timepoint = timepoint;
  }

  /// @param scalar what `scalar` stands for
  /// @param timepoint what `timepoint` stands for
  public static Environment of(NumericType scalar, NumericType timepoint) {
    return new Environment(
        new LinkedHashMap<>(), new LinkedHashMap<>(), false, Optional.empty(), scalar, timepoint);
  }

  public Environment withVariable(String name, SnippetType type, Access access) {
    return with(name, new Variable(type, access, false));
  }

  public Environment withDelayableVariable(String name, SnippetType type, Access access) {
    return with(name, new Variable(type, access, true));
  }

  /// A function of the place of use, such as `addToPost`; it hides a library function of that name.
  public Environment withFunction(String name, SnippetType result, List<SnippetType> parameters) {
    var extended = new LinkedHashMap<>(functions);
    extended.put(name, new SnippetType.Function(result, parameters, false));
    return new Environment(variables, extended, randomNumbers, synapseLoop, scalar, timepoint);
  }

  public Environment withRandomNumbers() {
    return new Environment(variables, functions, true, synapseLoop, scalar, timepoint);
  }

  /// Allows `for_each_synapse`, whose body has the same names.
  public Environment withSynapseLoop() {
    return withSynapseLoop(
        new Environment(variables, functions, randomNumbers, Optional.empty(), scalar, timepoint));
  }

  /// Allows `for_each_synapse`, whose body has the names of `inside` (and not those of this
  /// environment, so `inside` usually extends it).
  public Environment withSynapseLoop(Environment inside) {
    return new Environment(
        variables, functions, randomNumbers, Optional.of(inside), scalar, timepoint);
  }

  private Environment with(String name, Variable variable) {
    var extended = new LinkedHashMap<>(variables);
    extended.put(name, variable);
    return new Environment(extended, functions, randomNumbers, synapseLoop, scalar, timepoint);
  }

  public Map<String, Variable> variables() {
    return Collections.unmodifiableMap(variables);
  }

  public Map<String, SnippetType.Function> functions() {
    return Collections.unmodifiableMap(functions);
  }

  public boolean hasRandomNumbers() {
    return randomNumbers;
  }

  /// The names inside `for_each_synapse`, empty where that is not allowed.
  public Optional<Environment> insideSynapseLoop() {
    return synapseLoop;
  }

  public NumericType scalar() {
    return scalar;
  }

  public NumericType timepoint() {
    return timepoint;
  }
}
