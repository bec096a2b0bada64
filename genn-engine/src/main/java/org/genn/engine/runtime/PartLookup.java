package org.genn.engine.runtime;

import java.util.List;
import java.util.Map;
import org.genn.engine.kernel.Symbol;
import org.genn.engine.model.VariableReference;

/// Parameters of the models of groups. Groups of different kinds may have one name, and a synapse
/// group has two models.
///
/// @param owner opens the message, as the user knows it: `model 'mnist'`
/// @param what what the parameters are: `dynamic parameter`
record PartLookup(String owner, String what, Map<VariableReference, Symbol> symbols) {

  Symbol get(VariableReference parameter) {
    Symbol found = symbols.get(parameter);
    if (found == null) {
      throw missing(parameter.group(), parameter.variable());
    }
    return found;
  }

  Symbol get(String group, String parameter) {
    List<Symbol> found =
        symbols.entrySet().stream()
            .filter(
                entry ->
                    entry.getKey().group().equals(group)
                        && entry.getKey().variable().equals(parameter))
            .map(Map.Entry::getValue)
            .toList();
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "%s has %d %ss '%s.%s'; say of which kind of model"
              .formatted(owner, found.size(), what, group, parameter));
    }
    if (found.isEmpty()) {
      throw missing(group, parameter);
    }
    return found.getFirst();
  }

  private IllegalArgumentException missing(String group, String parameter) {
    List<String> names =
        symbols.keySet().stream()
            .map(key -> key.group() + "." + key.variable())
            .distinct()
            .toList();
    return new IllegalArgumentException(
        Lookup.missing(owner, what, group + "." + parameter, names));
  }
}
