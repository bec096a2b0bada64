package org.mlgenn.cli.commands;

import java.util.Locale;
import org.mlgenn.cli.SimulatedNetwork;
import org.mlgenn.cli.Table;

/// The text of a simulation's result.
final class SimulationTables {
  private static final double MEBI = 1 << 20;

  private SimulationTables() {}

  static String of(SimulationResult result) {
    var text = new StringBuilder();
    if (result.measuredSteps() == 0) {
      text.append("stopped before anything was measured\n");
    } else {
      if (result.isInterrupted()) {
        text.append(
            format(
                "stopped after %.1f of %.1f ms\n",
                1e3 * result.seconds(),
                1e3 * result.duration().seconds(result.duration().steps())));
      }
      text.append(rates(result)).append('\n');
    }
    text.append(times(result));
    text.append(
        format(
            "memory %.0f MiB at most, of which the model has %.0f MiB\n",
            result.peakBytes() / MEBI, result.modelBytes() / MEBI));
    result.network().remarks().forEach(remark -> text.append(remark).append('\n'));
    return text.toString();
  }

  private static String rates(SimulationResult result) {
    var table =
        new Table()
            .row(
                "population",
                "neurons",
                "spikes",
                "rate Hz",
                "published",
                "ratio",
                "NEST",
                "ratio");
    for (var population : result.network().populations()) {
      double rate = result.rate(population);
      var published = population.publishedRate();
      var nest = population.nestRate();
      table.row(
          population.label(),
          String.valueOf(result.network().size(population)),
          String.valueOf(result.spikes().get(population).count()),
          format("%.3f", rate),
          published.isPresent() ? format("%.3f", published.getAsDouble()) : "–",
          published.isPresent() ? format("%.2f", rate / published.getAsDouble()) : "–",
          nest.isPresent() ? format("%.3f", nest.getAsDouble()) : "–",
          nest.isPresent() ? format("%.2f", rate / nest.getAsDouble()) : "–");
    }
    return table.text(0);
  }

  private static String times(SimulationResult result) {
    SimulationResult.Times times = result.times();
    var table =
        new Table()
            .row("time", "seconds", "")
            .row(
                "kernels",
                format("%.2f", times.kernels()),
                times.isFromCache() ? "from the cache" : "compiled")
            .row("synapses and initial values", format("%.2f", times.initialise()), "")
            .row("build, all", format("%.2f", times.build()), "");
    if (result.measuredSteps() > 0) {
      table
          .row(
              "run",
              format("%.2f", times.run()),
              format(
                  "%.2f times real time, %.1f million synaptic events per second",
                  result.realTimeFactor(),
                  1e-6 * result.synapticEventsPerSecond() / result.realTimeFactor()))
          .row("reading spikes", format("%.2f", times.read()), "");
    }
    return table.text(0);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /// As one line for a picture: `L4 E 4.75 Hz`.
  static String label(SimulationResult result, SimulatedNetwork.Population population) {
    return format("%s %.2f Hz", population.label(), result.rate(population));
  }
}
