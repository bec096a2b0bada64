/// Spiking networks: populations, connections and what they are made of.
module org.mlgenn {
  exports org.mlgenn;
  exports org.mlgenn.connectivity;
  exports org.mlgenn.data;
  exports org.mlgenn.initializers;
  exports org.mlgenn.losses;
  exports org.mlgenn.metrics;
  exports org.mlgenn.neurons;
  exports org.mlgenn.optimisers;
  exports org.mlgenn.parts;
  exports org.mlgenn.readouts;
  exports org.mlgenn.serialisers;
  exports org.mlgenn.synapses;

  requires static org.jspecify;
  requires transitive org.genn.engine;
}
