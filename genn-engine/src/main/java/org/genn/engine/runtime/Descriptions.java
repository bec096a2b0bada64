package org.genn.engine.runtime;

import org.genn.engine.model.VariableReference;

/// How messages name parts of a model.
final class Descriptions {
  private Descriptions() {}

  static String of(VariableReference reference) {
    return switch (reference.kind()) {
      case NEURON ->
          "variable '%s' of neuron group '%s'".formatted(reference.variable(), reference.group());
      case SYNAPSE ->
          "variable '%s' of synapse group '%s'".formatted(reference.variable(), reference.group());
      case POSTSYNAPTIC ->
          "postsynaptic variable '%s' of synapse group '%s'"
              .formatted(reference.variable(), reference.group());
      case SYNAPTIC_INPUT -> "summed input of synapse group '%s'".formatted(reference.group());
      case CUSTOM_UPDATE ->
          "variable '%s' of custom update '%s'".formatted(reference.variable(), reference.group());
      case WEIGHT_UPDATE_PRE ->
          "presynaptic variable '%s' of synapse group '%s'"
              .formatted(reference.variable(), reference.group());
      case WEIGHT_UPDATE_POST ->
          "variable '%s' for targets of synapse group '%s'"
              .formatted(reference.variable(), reference.group());
      case SPIKE_TIME -> "spike times of neuron group '%s'".formatted(reference.group());
      case PREVIOUS_SPIKE_TIME ->
          "previous spike times of neuron group '%s'".formatted(reference.group());
      case PRE_EVENT_TIME ->
          "presynaptic event times of synapse group '%s'".formatted(reference.group());
      case PREVIOUS_PRE_EVENT_TIME ->
          "previous presynaptic event times of synapse group '%s'".formatted(reference.group());
      case POST_EVENT_TIME ->
          "postsynaptic event times of synapse group '%s'".formatted(reference.group());
      case PREVIOUS_POST_EVENT_TIME ->
          "previous postsynaptic event times of synapse group '%s'".formatted(reference.group());
      case DENDRITIC_DELAY ->
          "input in the dendrites of synapse group '%s'".formatted(reference.group());
      case SPIKE_COUNT ->
          "spike count of the source of synapse group '%s'".formatted(reference.group());
      case CONNECTIVITY_UPDATE ->
          "variable '%s' of custom connectivity update '%s'"
              .formatted(reference.variable(), reference.group());
      case CONNECTIVITY_UPDATE_PRE ->
          "presynaptic variable '%s' of custom connectivity update '%s'"
              .formatted(reference.variable(), reference.group());
      case CONNECTIVITY_UPDATE_POST ->
          "postsynaptic variable '%s' of custom connectivity update '%s'"
              .formatted(reference.variable(), reference.group());
      case CURRENT_SOURCE ->
          "variable '%s' of current source '%s'".formatted(reference.variable(), reference.group());
    };
  }

  static String parameter(VariableReference reference) {
    return "parameter '%s.%s'".formatted(reference.group(), reference.variable());
  }

  static String array(VariableReference reference) {
    return "extra global parameter '%s.%s'".formatted(reference.group(), reference.variable());
  }
}
