package org.genn.engine.model;

import java.util.Map;

/// A custom connectivity update of the model.
///
/// @param group updates of one group are launched together; no order is guaranteed among them
/// @param synapseGroup sparse group whose synapses it adds and removes
public record CustomConnectivityUpdate(
    String name,
    String group,
    String synapseGroup,
    CustomConnectivityUpdateModel model,
    Bindings bindings,
    References references) {

  /// What the references of the model refer to, by their names.
  ///
  /// @param synapses variables of the same synapse group: of its weight update, or of updates of it
  /// @param pre variables with a value per source neuron
  /// @param post variables with a value per target neuron
  public record References(
      Map<String, VariableReference> synapses,
      Map<String, VariableReference> pre,
      Map<String, VariableReference> post,
      Map<String, VariableReference> extraGlobalParameters) {

    public static final References NONE = new References(Map.of(), Map.of(), Map.of(), Map.of());

    public References {
      String where = "custom connectivity update";
      Given.values(where, "reference to synapses", synapses);
      Given.values(where, "reference to the source", pre);
      Given.values(where, "reference to the target", post);
      Given.values(where, "reference to an array", extraGlobalParameters);
      synapses = OrderedMap.copyOf(synapses);
      pre = OrderedMap.copyOf(pre);
      post = OrderedMap.copyOf(post);
      extraGlobalParameters = OrderedMap.copyOf(extraGlobalParameters);
    }
  }

  public CustomConnectivityUpdate {
    Given.to(
        "custom connectivity update",
        name,
        "group",
        group,
        "synapse group",
        synapseGroup,
        "model",
        model,
        "bindings",
        bindings,
        "references",
        references);
  }

  public CustomConnectivityUpdate(
      String name,
      String group,
      String synapseGroup,
      CustomConnectivityUpdateModel model,
      Bindings bindings) {
    this(name, group, synapseGroup, model, bindings, References.NONE);
  }

  public CustomConnectivityUpdate bindings(Bindings bindings) {
    return new CustomConnectivityUpdate(name, group, synapseGroup, model, bindings, references);
  }

  public CustomConnectivityUpdate references(References references) {
    return new CustomConnectivityUpdate(name, group, synapseGroup, model, bindings, references);
  }

  public CustomConnectivityUpdate reference(String referenceName, VariableReference reference) {
    return references(
        new References(
            OrderedMap.plus(references.synapses, referenceName, reference),
            references.pre,
            references.post,
            references.extraGlobalParameters));
  }

  public CustomConnectivityUpdate preReference(String referenceName, VariableReference reference) {
    return references(
        new References(
            references.synapses,
            OrderedMap.plus(references.pre, referenceName, reference),
            references.post,
            references.extraGlobalParameters));
  }

  public CustomConnectivityUpdate postReference(String referenceName, VariableReference reference) {
    return references(
        new References(
            references.synapses,
            references.pre,
            OrderedMap.plus(references.post, referenceName, reference),
            references.extraGlobalParameters));
  }

  public CustomConnectivityUpdate extraGlobalParameterReference(
      String referenceName, VariableReference reference) {
    return references(
        new References(
            references.synapses,
            references.pre,
            references.post,
            OrderedMap.plus(references.extraGlobalParameters, referenceName, reference)));
  }
}
