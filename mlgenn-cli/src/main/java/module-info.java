/// The command line.
module org.mlgenn.cli {
  exports org.mlgenn.cli;

  requires static org.jspecify;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires com.fasterxml.jackson.databind;
  requires java.desktop;
  requires java.management;
  requires me.tongfei.progressbar;
  requires org.apache.commons.cli;
  requires org.mlgenn.benchmarks;
  requires org.mlgenn.datasets;
  requires transitive org.mlgenn.train;
  requires org.slf4j;
  requires xchart;

  uses org.mlgenn.cli.Recipe;
  uses org.mlgenn.cli.SimulationRecipe;

  provides ch.qos.logback.classic.spi.Configurator with
      org.mlgenn.cli.LogConfiguration;
  provides org.mlgenn.cli.Recipe with
      org.mlgenn.cli.recipes.LatencyMnist;
  provides org.mlgenn.cli.SimulationRecipe with
      org.mlgenn.cli.recipes.Microcircuit;
}
