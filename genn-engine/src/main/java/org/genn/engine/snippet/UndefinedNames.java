package org.genn.engine.snippet;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reports names that mean nothing where they stand: once each, with what there is instead.
final class UndefinedNames {

  private static final int MOST_NAMES_LISTED = 40;

  private final Locals locals;
  private final Diagnostics diagnostics;
  private final Set<String> reported;

  /// @param unclear names about which nothing is said, because their declaration may have got lost
  UndefinedNames(Locals locals, Diagnostics diagnostics, Set<String> unclear) {
    this.locals = locals;
    this.diagnostics = diagnostics;
    this.reported = new HashSet<>(unclear);
  }

  void variable(Span span, String name, Environment environment) {
    if (isNews(span, name, environment)) {
      var available = new TreeSet<>(locals.visible());
      available.addAll(environment.variables().keySet());
      report(span, name, " is not defined here; available: " + listed(available), available);
    }
  }

  void function(Span span, String name, Environment environment) {
    if (isNews(span, name, environment)) {
      var available = new TreeSet<>(environment.functions().keySet());
      String problem =
          " is not a function here; available: " + listed(available) + " and the standard library";
      available.addAll(FunctionLibrary.functions());
      if (environment.hasRandomNumbers()) {
        available.addAll(FunctionLibrary.randomFunctions());
      }
      report(span, name, problem, available);
    }
  }

  private boolean isNews(Span span, String name, Environment environment) {
    if (!reported.add(name)) {
      return false;
    }
    if (diagnostics.isFull()) {
      diagnostics.report(span, "");
      return false;
    }
    boolean inLoop =
        environment
            .insideSynapseLoop()
            .map(
                inside ->
                    inside.variables().containsKey(name) || inside.functions().containsKey(name))
            .orElse(false);
    if (inLoop) {
      diagnostics.report(
          span, Diagnostics.quoted(name) + " is only defined inside for_each_synapse");
    }
    return !inLoop;
  }

  private void report(Span span, String name, String problem, Set<String> candidates) {
    String hint = Spelling.hint(name, candidates);
    diagnostics.report(span, Diagnostics.quoted(name) + problem + hint);
  }

  private static String listed(Set<String> names) {
    if (names.size() <= MOST_NAMES_LISTED) {
      return names.toString();
    }
    return names.stream()
        .limit(MOST_NAMES_LISTED)
        .collect(Collectors.joining(", ", "[", ", … (" + names.size() + " in all)]"));
  }
}
