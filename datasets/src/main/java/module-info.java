/// Data sets and spike encoders.
module org.mlgenn.datasets {
  exports org.mlgenn.datasets;

  requires static org.jspecify;
  requires transitive org.mlgenn;
}
