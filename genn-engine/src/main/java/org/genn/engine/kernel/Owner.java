package org.genn.engine.kernel;

import org.genn.engine.model.Connectivity;
import org.genn.engine.model.SynapseGroup;

/// A way of dividing the elements of an array among the parts: two parts never have the same
/// element.
///
/// @param space what is divided
/// @param size of what is divided, or -1
record Owner(String space, int size) {
  /// Not divided: any part may use any element.
  static final Owner ANYONE = new Owner("anyone", -1);

  /// Elements belong to the part that has the neuron of the same number, modulo `size`.
  static Owner neurons(int size) {
    return new Owner("neurons", size);
  }

  /// Elements are words of 32 neurons' bits.
  static Owner words(int size) {
    return new Owner("words", size);
  }

  /// Elements belong to the part that has the target of the synapse at the same place.
  static Owner synapses(SynapseGroup group) {
    String synapses =
        group.connectivity() instanceof Connectivity.Shared(String owner) ? owner : group.name();
    return new Owner("synapses of " + synapses, -1);
  }

  /// Each part has rows of its own.
  static Owner part(int parts) {
    return new Owner("part", parts);
  }
}
