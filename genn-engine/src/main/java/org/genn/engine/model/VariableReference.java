package org.genn.engine.model;

/// Names a variable of a group of the model.
///
/// @param group name of the group that has it
public record VariableReference(Kind kind, String group, String variable) {

  /// What kind of group has the variable.
  public enum Kind {
    NEURON,
    /// Variable of the synapses of a synapse group.
    SYNAPSE,
    /// Variable of the postsynaptic model of a synapse group.
    POSTSYNAPTIC,
    /// The summed input of a synapse group, `inSyn`.
    SYNAPTIC_INPUT,
    CUSTOM_UPDATE,
    /// Variable of a current source.
    CURRENT_SOURCE
  }

  public static VariableReference neuron(String group, String variable) {
    return new VariableReference(Kind.NEURON, group, variable);
  }

  public static VariableReference synapse(String group, String variable) {
    return new VariableReference(Kind.SYNAPSE, group, variable);
  }

  public static VariableReference postsynaptic(String group, String variable) {
    return new VariableReference(Kind.POSTSYNAPTIC, group, variable);
  }

  public static VariableReference synapticInput(String group) {
    return new VariableReference(Kind.SYNAPTIC_INPUT, group, "inSyn");
  }

  public static VariableReference currentSource(String source, String variable) {
    return new VariableReference(Kind.CURRENT_SOURCE, source, variable);
  }

  public static VariableReference customUpdate(String update, String variable) {
    return new VariableReference(Kind.CUSTOM_UPDATE, update, variable);
  }
}
