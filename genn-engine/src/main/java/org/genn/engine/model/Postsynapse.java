package org.genn.engine.model;

import java.util.LinkedHashMap;
import java.util.Map;

/// A postsynaptic model with its values.
public record Postsynapse(
    PostsynapticModel model, Bindings bindings, Map<String, VariableReference> neuronVariables) {

  public Postsynapse {
    neuronVariables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(neuronVariables));
  }

  public Postsynapse(PostsynapticModel model, Bindings bindings) {
    this(model, bindings, Map.of());
  }
}
