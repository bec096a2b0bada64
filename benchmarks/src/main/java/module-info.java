/// Benchmarks: end-to-end timings, which `mlgenn bench` runs, and JMH benchmarks.
module org.mlgenn.benchmarks {
  exports org.mlgenn.benchmarks;

  requires static org.jspecify;
  requires org.mlgenn.datasets;
  requires java.management;
  requires org.mlgenn.train;
}
