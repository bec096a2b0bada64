package org.mlgenn.neurons;

import java.util.List;
import java.util.Optional;
import org.mlgenn.parts.AdjointContext;
import org.mlgenn.parts.AdjointDynamics;
import org.mlgenn.parts.Contribution;
import org.mlgenn.readouts.Readout;

/// What each neuron of a population does in a timestep.
///
/// Implementations are immutable and print everything that decides what they do (as records do): a
/// network's identity is made from that. Nothing asks for the class of a neuron; what differs
/// between neurons is asked through these methods.
public interface Neuron {
  /// Kind of neuron, for messages.
  default String name() {
    return getClass().getSimpleName();
  }

  /// State, parameters and forward code, without those of the readout. Code reads the input current
  /// `Isyn` and `dt` (ms).
  Contribution dynamics(NeuronContext context);

  /// Whether the neuron emits spikes.
  boolean spikes();

  /// Whether the population is an input of the network, whose data the user gives.
  default boolean isInput() {
    return false;
  }

  /// Whether the neuron has no dynamics at all and emits the spikes that it is given.
  default boolean spikesFromOutside() {
    return false;
  }

  /// Engine variable that is the neuron's output, for readouts of a variable.
  default Optional<String> outputVariable() {
    return Optional.empty();
  }

  /// What is read of the population; it is an output of the network when there is one.
  default Optional<Readout> readout() {
    return Optional.empty();
  }

  /// The neuron's factor of the chain rule, in terms of the parameters and variables of `dynamics`;
  /// empty for neurons that EventProp cannot train.
  default Optional<AdjointDynamics> adjoint(AdjointContext context) {
    return Optional.empty();
  }

  /// The properties of the neuron that may differ from neuron to neuron.
  default List<NeuronProperty> properties() {
    return List.of();
  }
}
