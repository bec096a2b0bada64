package org.mlgenn.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.genn.engine.runtime.OpeningObserver;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;
import org.mlgenn.cli.Console;
import org.mlgenn.cli.ExitCode;
import org.mlgenn.cli.Interruption;
import org.mlgenn.cli.SimulatedNetwork;

/// One simulation: builds the network, runs it, and tells what came of it.
final class SimulationRun {
  /// Spikes are read and counted whenever so much time has passed (ms).
  private static final double READ_EVERY = 100;

  /// Time that the picture shows (ms).
  private static final double SHOWN = 400;

  private static final double MS_PER_SECOND = 1e3;
  private static final double NANO = 1e-9;

  private final String name;
  private final SimulatedNetwork network;
  private final Duration duration;
  private final RuntimeSettings settings;
  private final Console console;
  private final AtomicBoolean isStopped = new AtomicBoolean();
  private final Map<SimulatedNetwork.Population, SpikeStatistics> spikes = new LinkedHashMap<>();
  private double runSeconds;
  private double readSeconds;
  private long measuredSteps;

  /// @param steps that are measured
  /// @param warmUp steps before these
  /// @param dt duration of a step (ms)
  record Duration(long steps, long warmUp, double dt) {
    long all() {
      return steps + warmUp;
    }

    double seconds(long count) {
      return count * dt / MS_PER_SECOND;
    }
  }

  SimulationRun(
      String name,
      SimulatedNetwork network,
      Duration duration,
      RuntimeSettings settings,
      Console console) {
    this.name = name;
    this.network = network;
    this.duration = duration;
    this.console = console;
    int readEvery = (int) Math.max(1, Math.min(duration.all(), READ_EVERY / duration.dt));
    this.settings = settings.recordingSteps(readEvery);
    for (var population : network.populations()) {
      spikes.put(
          population, new SpikeStatistics(network.size(population), (long) (SHOWN / duration.dt)));
    }
  }

  /// Runs it; after Ctrl-C what there is by then is shown.
  ExitCode run(Path output, Optional<Path> report) throws IOException {
    try (var interruption =
        Interruption.handledBy(() -> isStopped.set(true), "the present step", console)) {
      console
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "%s: %d neurons, %d synapses; %.1f ms in steps of %s ms",
                  name,
                  network.neuronCount(),
                  network.synapseCount(),
                  duration.seconds(duration.steps) * MS_PER_SECOND,
                  duration.dt));
      long start = System.nanoTime();
      try (var simulation = open()) {
        double openSeconds = (System.nanoTime() - start) * NANO;
        console
            .out()
            .println(
                "back end %s, %d threads".formatted(simulation.backend(), simulation.threads()));
        simulate(simulation);
        var result = result(simulation, openSeconds);
        console.out().print(SimulationTables.of(result));
        if (report.isPresent()) {
          SimulationJson.write(report.get(), result);
          console.out().println("report: " + report.get());
        }
        SimulationPicture.draw(output, result, console);
      } catch (CancellationException e) {
        console.out().println(e.getMessage());
        return ExitCode.INTERRUPTED;
      }
      return interruption.isRequested() ? ExitCode.INTERRUPTED : ExitCode.SUCCESS;
    }
  }

  private Simulation open() {
    try (var bar = new WorkBar(console, "building", network.synapseCount())) {
      return Simulation.open(network.model(), settings, new Construction(bar));
    }
  }

  /// Shows how many synapses are made.
  private final class Construction implements OpeningObserver {
    private final WorkBar bar;
    private long begun;
    private long done;

    Construction(WorkBar bar) {
      this.bar = bar;
    }

    @Override
    public void begins(Stage stage, String group) {
      if (isStopped.get()) {
        throw new CancellationException(
            "stopped while the network was built: nothing was simulated");
      }
      done += begun;
      begun = network.synapses().getOrDefault(group, 0L);
      bar.show(
          done,
          switch (stage) {
            case LOWER -> "checking the model";
            case COMPILE -> "compiling kernels";
            case CONNECT -> "synapses " + group;
            case INITIALISE -> "weights, delays, voltages";
          });
    }
  }

  private void simulate(Simulation simulation) {
    try (var bar = new WorkBar(console, "simulating", duration.all())) {
      long done = run(simulation, bar, 0, duration.warmUp, false);
      if (done == duration.warmUp) {
        runSeconds = 0;
        readSeconds = 0;
        measuredSteps = run(simulation, bar, done, duration.all(), true) - done;
      }
    }
  }

  /// Runs the steps from `begin` to `end`, and returns the one before which it was stopped.
  private long run(Simulation simulation, WorkBar bar, long begin, long end, boolean isMeasured) {
    long step = begin;
    while (step < end && !isStopped.get()) {
      long first = step;
      long start = System.nanoTime();
      long chunk = Math.min(end, step + settings.recordingSteps());
      while (step < chunk && !isStopped.get()) {
        simulation.stepTime();
        step++;
      }
      runSeconds += (System.nanoTime() - start) * NANO;
      read(simulation, first, step, isMeasured);
      bar.show(step, factor(runSeconds, step - (isMeasured ? duration.warmUp : 0)));
    }
    return step;
  }

  private String factor(double seconds, long steps) {
    return String.format(
        Locale.ROOT, "%.2f times real time", seconds / duration.seconds(Math.max(1, steps)));
  }

  private void read(Simulation simulation, long first, long end, boolean isMeasured) {
    long start = System.nanoTime();
    spikes.forEach(
        (population, statistics) ->
            statistics.add(
                simulation.recordedSpikesSoFar(population.group(), 0).since(first),
                end,
                isMeasured));
    readSeconds += (System.nanoTime() - start) * NANO;
  }

  private SimulationResult result(Simulation simulation, double openSeconds) {
    var times = simulation.times();
    return new SimulationResult(
        name,
        network,
        duration,
        measuredSteps,
        isStopped.get(),
        simulation.backend(),
        simulation.threads(),
        new SimulationResult.Times(
            times.build(),
            simulation.isFromCache(),
            times.initialise(),
            openSeconds,
            runSeconds,
            readSeconds),
        simulation.memoryBytes(),
        PeakMemory.bytes(),
        spikes);
  }
}
