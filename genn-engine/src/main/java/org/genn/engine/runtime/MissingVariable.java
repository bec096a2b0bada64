package org.genn.engine.runtime;

import java.util.Collection;
import java.util.TreeSet;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.Spelling;

/// What to say about a variable that a model lacks.
final class MissingVariable {
  private MissingVariable() {}

  /// Names of the variables of the same group, or else all groups that have variables of the kind.
  static String available(VariableReference wanted, Collection<VariableReference> known) {
    var variables = new TreeSet<String>();
    var groups = new TreeSet<String>();
    for (VariableReference reference : known) {
      if (reference.kind() == wanted.kind()) {
        groups.add(reference.group());
        if (reference.group().equals(wanted.group())) {
          variables.add(reference.variable());
        }
      }
    }
    if (!variables.isEmpty()) {
      return "there " + variables + hint(wanted.variable(), variables);
    }
    return "such variables in " + groups + hint(wanted.group(), groups);
  }

  private static String hint(String name, Collection<String> available) {
    return Spelling.nearest(name, available).map("; did you mean '%s'?"::formatted).orElse("");
  }
}
