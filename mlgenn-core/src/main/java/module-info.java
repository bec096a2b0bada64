/// Spiking networks: populations, connections and what they are made of.
module org.mlgenn {
  exports org.mlgenn.data;

  requires static org.jspecify;
  requires transitive org.genn.engine;
}
