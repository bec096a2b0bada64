/// Data sets and spike encoders.
module org.mlgenn.datasets {
  requires static org.jspecify;
  requires transitive org.mlgenn;
}
