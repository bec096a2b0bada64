/// Spiking networks: populations, connections and what they are made of.
module org.mlgenn {
  exports org.mlgenn.data;
  exports org.mlgenn.serialisers;

  requires static org.jspecify;
  requires transitive org.genn.engine;
}
