package org.genn.engine.model;

import java.util.Map;

/// A postsynaptic model with its values.
public record Postsynapse(
    PostsynapticModel model, Bindings bindings, Map<String, VariableReference> neuronVariables) {

  public Postsynapse {
    Given.all("postsynapse", "model", model);
    Given.to("postsynaptic model", model.name(), "bindings", bindings);
    Given.values("postsynapse", "variable of the target", neuronVariables);
    neuronVariables = OrderedMap.copyOf(neuronVariables);
  }

  public Postsynapse(PostsynapticModel model, Bindings bindings) {
    this(model, bindings, Map.of());
  }
}
