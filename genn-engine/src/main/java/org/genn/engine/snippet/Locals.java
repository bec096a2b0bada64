package org.genn.engine.snippet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The local variables in sight, innermost scope first. No two ever get the same unique name, and
/// none that of a name of the environment or of the library.
final class Locals {

  /// @param name unique
  record Local(String name, SnippetType type, boolean constant) {}

  private final Deque<Map<String, Local>> scopes = new ArrayDeque<>();
  private final Map<String, Integer> taken = new HashMap<>();

  Locals(Environment environment) {
    take(environment);
    FunctionLibrary.functions().forEach(name -> taken.put(name, 0));
    FunctionLibrary.randomFunctions().forEach(name -> taken.put(name, 0));
  }

  private void take(Environment environment) {
    environment.variables().keySet().forEach(name -> taken.put(name, 0));
    environment.functions().keySet().forEach(name -> taken.put(name, 0));
    environment.insideSynapseLoop().ifPresent(this::take);
  }

  void open() {
    scopes.push(new HashMap<>());
  }

  void close() {
    scopes.pop();
  }

  boolean isDeclaredHere(String name) {
    return scopes.getFirst().containsKey(name);
  }

  Local declare(String name, SnippetType type, boolean constant) {
    var local = new Local(unique(name), type, constant);
    scopes.getFirst().put(name, local);
    return local;
  }

  private String unique(String name) {
    String unique = name;
    Integer count = taken.get(name);
    if (count != null) {
      do {
        unique = name + "_" + ++count;
      } while (taken.containsKey(unique));
      taken.put(name, count);
    }
    taken.put(unique, 0);
    return unique;
  }

  Optional<Local> find(String name) {
    for (Map<String, Local> scope : scopes) {
      Local local = scope.get(name);
      if (local != null) {
        return Optional.of(local);
      }
    }
    return Optional.empty();
  }

  /// Names in sight as the user wrote them.
  Set<String> visible() {
    var result = new TreeSet<String>();
    scopes.forEach(scope -> result.addAll(scope.keySet()));
    return result;
  }
}
