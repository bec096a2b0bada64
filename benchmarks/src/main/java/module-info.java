/// Benchmarks: end-to-end timings, which `mlgenn bench` runs, and JMH benchmarks.
module org.mlgenn.benchmarks {
  requires static org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires org.mlgenn.datasets;
  requires org.mlgenn.train;
}
