package org.genn.engine.model;

import java.util.Map;

/// A custom update of the model.
///
/// @param group updates of one group are launched together; no order is guaranteed among them
/// @param references what the references of the model refer to
/// @param transposes by name of a reference, the variable of another synapse group that gets the
///   transposed matrix afterwards; at most one
public record CustomUpdate(
    String name,
    String group,
    CustomUpdateModel model,
    Bindings bindings,
    Map<String, VariableReference> references,
    Map<String, VariableReference> extraGlobalParameterReferences,
    Map<String, VariableReference> transposes) {

  public CustomUpdate {
    Given.to("custom update", name, "group", group, "model", model, "bindings", bindings);
    Given.values("custom update", "reference", references);
    Given.values("custom update", "reference to an array", extraGlobalParameterReferences);
    Given.values("custom update", "transposed reference", transposes);
    references = OrderedMap.copyOf(references);
    extraGlobalParameterReferences = OrderedMap.copyOf(extraGlobalParameterReferences);
    transposes = OrderedMap.copyOf(transposes);
  }

  public CustomUpdate(
      String name,
      String group,
      CustomUpdateModel model,
      Bindings bindings,
      Map<String, VariableReference> references,
      Map<String, VariableReference> extraGlobalParameterReferences) {
    this(name, group, model, bindings, references, extraGlobalParameterReferences, Map.of());
  }

  public CustomUpdate(String name, String group, CustomUpdateModel model, Bindings bindings) {
    this(name, group, model, bindings, Map.of(), Map.of());
  }

  public CustomUpdate bindings(Bindings bindings) {
    return new CustomUpdate(
        name, group, model, bindings, references, extraGlobalParameterReferences, transposes);
  }

  public CustomUpdate reference(String referenceName, VariableReference reference) {
    return new CustomUpdate(
        name,
        group,
        model,
        bindings,
        OrderedMap.plus(references, referenceName, reference),
        extraGlobalParameterReferences,
        transposes);
  }

  /// A reference to a variable of dense synapses whose new values are also written, transposed, to
  /// one of synapses that lead back.
  public CustomUpdate transposed(
      String referenceName, VariableReference reference, VariableReference transpose) {
    return new CustomUpdate(
        name,
        group,
        model,
        bindings,
        OrderedMap.plus(references, referenceName, reference),
        extraGlobalParameterReferences,
        OrderedMap.plus(transposes, referenceName, transpose));
  }

  public CustomUpdate extraGlobalParameterReference(
      String referenceName, VariableReference reference) {
    return new CustomUpdate(
        name,
        group,
        model,
        bindings,
        references,
        OrderedMap.plus(extraGlobalParameterReferences, referenceName, reference),
        transposes);
  }
}
