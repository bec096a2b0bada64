package org.genn.engine.model;

import java.util.ArrayList;
import java.util.List;

/// What a weight update model keeps for each neuron at one end of its synapses, such as the trace
/// of a plasticity rule: variables, and code that runs with the neuron's update.
///
/// @param variables synapse code reads them by name
/// @param spikeCode runs when the neuron spikes, before its reset code
/// @param dynamicsCode runs in every step, after the neuron's sim code
public record NeuronEnd(List<Variable> variables, String spikeCode, String dynamicsCode) {
  public static final NeuronEnd NONE = new NeuronEnd(List.of(), "", "");

  public NeuronEnd {
    variables = List.copyOf(variables);
  }

  public NeuronEnd variable(Variable variable) {
    var extended = new ArrayList<>(variables);
    extended.add(variable);
    return new NeuronEnd(extended, spikeCode, dynamicsCode);
  }

  public NeuronEnd spikeCode(String code) {
    return new NeuronEnd(variables, code, dynamicsCode);
  }

  public NeuronEnd dynamicsCode(String code) {
    return new NeuronEnd(variables, spikeCode, code);
  }

  public boolean hasCode() {
    return !spikeCode.isBlank() || !dynamicsCode.isBlank();
  }
}
