package org.mlgenn;

import org.mlgenn.connectivity.Connectivity;
import org.mlgenn.synapses.Synapse;

/// Synapses from the neurons of one population to those of another, or of the same.
///
/// @param name letters, digits and `_`; checkpoints call the weights by it
/// @param source name of the population whose spikes it carries
/// @param target name of the population that receives current
public record Connection(
    String name, String source, String target, Connectivity connectivity, Synapse synapse) {
  public Connection {
    Names.check("Connection", name);
  }

  public Connection connectivity(Connectivity connectivity) {
    return new Connection(name, source, target, connectivity, synapse);
  }

  public Connection synapse(Synapse synapse) {
    return new Connection(name, source, target, connectivity, synapse);
  }
}
