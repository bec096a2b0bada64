/// The command line.
module org.mlgenn.cli {
  requires static org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires org.apache.commons.cli;
  requires org.mlgenn.benchmarks;
  requires org.mlgenn.datasets;
  requires org.mlgenn.train;
  requires org.slf4j;
  requires xchart;
}
