package org.genn.engine.model;

import java.util.LinkedHashMap;
import java.util.Map;

/// A custom update of the model.
///
/// @param group updates of one group are launched together; no order is guaranteed among them
public record CustomUpdate(
    String name,
    String group,
    CustomUpdateModel model,
    Bindings bindings,
    Map<String, VariableReference> references,
    Map<String, VariableReference> extraGlobalParameterReferences) {

  public CustomUpdate {
    references = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(references));
    extraGlobalParameterReferences =
        java.util.Collections.unmodifiableMap(new LinkedHashMap<>(extraGlobalParameterReferences));
  }

  public CustomUpdate(String name, String group, CustomUpdateModel model, Bindings bindings) {
    this(name, group, model, bindings, Map.of(), Map.of());
  }

  public CustomUpdate reference(String referenceName, VariableReference reference) {
    var extended = new LinkedHashMap<>(references);
    extended.put(referenceName, reference);
    return new CustomUpdate(name, group, model, bindings, extended, extraGlobalParameterReferences);
  }
}
