/// Compilers: they turn a network into a model that the engine runs.
module org.mlgenn.compilers {
  exports org.mlgenn.compilers;
  exports org.mlgenn.compilers.eventprop;
  exports org.mlgenn.compilers.parts;

  requires static org.jspecify;
  requires transitive org.genn.engine;
  requires transitive org.mlgenn;
}
