package org.mlgenn.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.genn.engine.backend.Backends;
import org.genn.engine.runtime.RuntimeSettings;

/// One batch of 32 through a recurrent network of the size that is used for Spiking Heidelberg
/// Digits, forward and backward, against the same work in a loop written by hand.
///
/// The two take turns, so that whatever else the machine does hits both; both have the same
/// threads. Before anything is measured, both compute the batch once and must agree.
final class ShdEventProp implements Benchmark {
  private static final int WARM_UP = 6;

  /// One with which no neuron meets its threshold almost at rest: there the gradient has a pole,
  /// and the last bit of a voltage decides about all of it.
  private static final long SEED = 6;

  /// Single precision, and sums in another order.
  private static final double TOLERANCE = 1e-3;

  private static final double SPIKE_TOLERANCE = 1e-3;

  @Override
  public String name() {
    return "shd-eventprop";
  }

  @Override
  public String summary() {
    return "700-256-20 recurrent, 1000 steps, batch 32, forward and backward, against a"
        + " hand-written loop";
  }

  @Override
  public BenchmarkResult run(BenchmarkSettings settings, Consumer<String> log) {
    String backend = Backends.named(settings.backend()).name();
    ShdProblem problem = ShdProblem.of(SEED);
    var runtime = new RuntimeSettings().backend(backend).threads(settings.threads());
    try (var generated = GeneratedEventProp.open(problem, runtime);
        EventPropLoop written =
            backend.equals("native")
                ? new CEventProp(problem, settings.threads())
                : new HandWrittenEventProp(problem, settings.threads())) {
      Map<String, Object> details = compare(generated, written, log);
      return measure(settings, backend, generated, written, details, log);
    }
  }

  private BenchmarkResult measure(
      BenchmarkSettings settings,
      String backend,
      GeneratedEventProp generated,
      EventPropLoop written,
      Map<String, Object> details,
      Consumer<String> log) {
    for (int repetition = 0; repetition < WARM_UP; repetition++) {
      generated.run();
      written.run();
    }
    List<Long> generatedNanos = new ArrayList<>();
    List<Long> writtenNanos = new ArrayList<>();
    for (int repetition = 0; repetition < settings.repetitions(); repetition++) {
      long start = System.nanoTime();
      generated.run();
      long middle = System.nanoTime();
      written.run();
      long end = System.nanoTime();
      generatedNanos.add(middle - start);
      writtenNanos.add(end - middle);
    }
    log.accept("%s: %d repetitions".formatted(name(), settings.repetitions()));
    var measured =
        new BenchmarkCase(
            "", Timing.ofNanos(generatedNanos), Optional.of(Timing.ofNanos(writtenNanos)), details);
    return BenchmarkResult.of(name(), backend, settings, List.of(measured));
  }

  /// @throws IllegalStateException when the two do not compute the same
  private Map<String, Object> compare(
      GeneratedEventProp generated, EventPropLoop written, Consumer<String> log) {
    generated.clearGradients();
    written.clearGradients();
    generated.run();
    written.run();
    int spikes = generated.hiddenSpikes();
    double rate =
        1e3 * spikes / ((double) ShdProblem.BATCH * ShdProblem.HIDDEN * ShdProblem.TIMESTEPS);
    double deviation = deviation(generated.recurrentGradient(), written.recurrentGradient());
    log.accept(
        String.format(
            Locale.ROOT,
            "%s: hidden neurons fire at %.1f Hz; %d spikes, by hand %d; gradients differ by %.1e",
            name(),
            rate,
            spikes,
            written.hiddenSpikes(),
            deviation));
    if (Math.abs(spikes - written.hiddenSpikes()) > SPIKE_TOLERANCE * spikes
        || !(deviation <= TOLERANCE)) {
      throw new IllegalStateException(
          "%s: the compiled network and the loop written by hand do not compute the same"
              .formatted(name()));
    }
    var details = new LinkedHashMap<String, Object>();
    details.put("hiddenRateHz", rate);
    details.put("hiddenSpikes", spikes);
    details.put("hiddenSpikesByHand", written.hiddenSpikes());
    details.put("gradientDeviation", deviation);
    return details;
  }

  /// Largest difference, relative to the largest value.
  private static double deviation(float[] values, float[] reference) {
    double largest = 0;
    double difference = 0;
    for (int index = 0; index < reference.length; index++) {
      largest = Math.max(largest, Math.abs(reference[index]));
      difference = Math.max(difference, Math.abs(values[index] - reference[index]));
    }
    return largest == 0 ? Double.NaN : difference / largest;
  }
}
