package org.genn.engine.model;

import java.util.Optional;

/// Names a variable of a group of the model.
///
/// @param group name of the group that has it
/// @param origin the model that it was made of, where it was made of a part of one: another model
///   refuses it. References that name the same are equal whatever this is
public record VariableReference(Kind kind, String group, String variable, Optional<Object> origin) {

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
    CURRENT_SOURCE,
    /// Variable that a weight update keeps for each neuron of the source of a synapse group.
    WEIGHT_UPDATE_PRE,
    /// Variable that a weight update keeps for each neuron of the target of a synapse group.
    WEIGHT_UPDATE_POST,
    /// When each neuron of a group has spiked last.
    SPIKE_TIME,
    /// When each neuron of a group has spiked last, as it was a step ago: in the step after a spike
    /// still the time of the one before.
    PREVIOUS_SPIKE_TIME,
    /// When each neuron of the source of a synapse group has met the event condition last.
    PRE_EVENT_TIME,
    /// The same as it was a step ago.
    PREVIOUS_PRE_EVENT_TIME,
    /// When each neuron of the target of a synapse group has met the event condition last.
    POST_EVENT_TIME,
    /// The same as it was a step ago.
    PREVIOUS_POST_EVENT_TIME,
    /// How many neurons of the source of a synapse group spiked in the last step.
    SPIKE_COUNT,
    /// Input of a synapse group that is on its way through the dendrites: what arrives in the
    /// present step, or with `BROADCAST` in every step.
    DENDRITIC_DELAY,
    /// Variable of synapses that belongs to a custom connectivity update.
    CONNECTIVITY_UPDATE,
    /// Variable that a custom connectivity update has for each source neuron.
    CONNECTIVITY_UPDATE_PRE,
    /// Variable that a custom connectivity update has for each target neuron.
    CONNECTIVITY_UPDATE_POST
  }

  public VariableReference {
    if (kind == null || group == null || variable == null || origin == null) {
      Given.all("reference to a variable", "kind", kind, "group", group, "variable", variable);
      Given.all("reference to a variable", "origin", origin);
    }
  }

  public VariableReference(Kind kind, String group, String variable) {
    this(kind, group, variable, Optional.empty());
  }

  public VariableReference origin(Object model) {
    Given.all("reference to a variable", "model", model);
    return new VariableReference(kind, group, variable, Optional.of(model));
  }

  // By hand, since every start looks references up: generated ones take 25 ms at first.
  @Override
  public boolean equals(Object other) {
    return other
            instanceof VariableReference(Kind otherKind, String otherGroup, String otherName, _)
        && kind == otherKind
        && group.equals(otherGroup)
        && variable.equals(otherName);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * kind.ordinal() + group.hashCode()) + variable.hashCode();
  }

  @Override
  public String toString() {
    return "VariableReference[kind=%s, group=%s, variable=%s]".formatted(kind, group, variable);
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

  public static VariableReference weightUpdatePre(String synapses, String variable) {
    return new VariableReference(Kind.WEIGHT_UPDATE_PRE, synapses, variable);
  }

  public static VariableReference weightUpdatePost(String synapses, String variable) {
    return new VariableReference(Kind.WEIGHT_UPDATE_POST, synapses, variable);
  }

  public static VariableReference spikeTime(String neurons) {
    return new VariableReference(Kind.SPIKE_TIME, neurons, "st");
  }

  public static VariableReference previousSpikeTime(String neurons) {
    return new VariableReference(Kind.PREVIOUS_SPIKE_TIME, neurons, "prev_st");
  }

  public static VariableReference preEventTime(String synapses) {
    return new VariableReference(Kind.PRE_EVENT_TIME, synapses, "set");
  }

  public static VariableReference previousPreEventTime(String synapses) {
    return new VariableReference(Kind.PREVIOUS_PRE_EVENT_TIME, synapses, "prev_set");
  }

  public static VariableReference postEventTime(String synapses) {
    return new VariableReference(Kind.POST_EVENT_TIME, synapses, "set");
  }

  public static VariableReference previousPostEventTime(String synapses) {
    return new VariableReference(Kind.PREVIOUS_POST_EVENT_TIME, synapses, "prev_set");
  }

  public static VariableReference dendriticDelay(String synapses) {
    return new VariableReference(Kind.DENDRITIC_DELAY, synapses, "denDelay");
  }

  public static VariableReference sourceSpikeCount(String synapses) {
    return new VariableReference(Kind.SPIKE_COUNT, synapses, "spikeCount");
  }

  public static VariableReference customUpdate(String update, String variable) {
    return new VariableReference(Kind.CUSTOM_UPDATE, update, variable);
  }

  public static VariableReference connectivityUpdate(String update, String variable) {
    return new VariableReference(Kind.CONNECTIVITY_UPDATE, update, variable);
  }

  public static VariableReference connectivityUpdatePre(String update, String variable) {
    return new VariableReference(Kind.CONNECTIVITY_UPDATE_PRE, update, variable);
  }

  public static VariableReference connectivityUpdatePost(String update, String variable) {
    return new VariableReference(Kind.CONNECTIVITY_UPDATE_POST, update, variable);
  }
}
