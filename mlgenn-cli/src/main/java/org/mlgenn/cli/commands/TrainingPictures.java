package org.mlgenn.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mlgenn.Population;
import org.mlgenn.cli.Console;
import org.mlgenn.cli.Experiment;
import org.mlgenn.cli.pictures.LearningCurve;
import org.mlgenn.cli.pictures.SpikeRaster;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.OutputPopulation;
import org.mlgenn.data.Examples;
import org.mlgenn.data.SpikeTrain;
import org.mlgenn.data.Targets;
import org.mlgenn.train.EvaluationReport;
import org.mlgenn.train.Predictions;
import org.mlgenn.train.Trainer;
import org.mlgenn.train.TrainingCallback;
import org.mlgenn.train.TrainingReport;
import org.mlgenn.train.callbacks.SpikeRecorder;
import org.mlgenn.train.callbacks.SpikeRecording;
import org.mlgenn.train.callbacks.VarRecorder;
import org.mlgenn.train.callbacks.VarRecording;

/// The pictures at the end of a training.
final class TrainingPictures {
  private static final String CURVE = "learning-curve.png";
  private static final String RASTER = "spike-raster.png";

  private TrainingPictures() {}

  /// Draws them into a folder. A picture that fails costs a message: training is done and saved.
  static void draw(
      Path folder,
      String recipe,
      TrainingReport report,
      EvaluationReport test,
      Trainer trainer,
      Experiment.Data data,
      Console console) {
    try {
      Files.createDirectories(folder);
      String title =
          String.format(
              Locale.ROOT, "%s: %d epochs, %s", recipe, report.epochs().size(), trainer.backend());
      new LearningCurve(title, report.epochs(), OptionalDouble.of(test.accuracy()))
          .write(folder.resolve(CURVE));
      raster(recipe, trainer, data.test()).write(folder.resolve(RASTER));
      console.out().printf("pictures: %s, %s%n", folder.resolve(CURVE), folder.resolve(RASTER));
    } catch (IOException | RuntimeException | LinkageError | InternalError e) {
      // without fonts the classes of the platform fail in any of these ways
      console.err().println("mlgenn: the pictures cannot be drawn: " + e);
    }
  }

  /// The first test example.
  private static SpikeRaster raster(String recipe, Trainer trainer, Examples test) {
    CompiledNetwork compiled = trainer.compiled();
    Examples one = test.select(0);
    List<Population> spiking =
        compiled.network().populations().stream()
            .filter(population -> !population.isInput() && population.neuron().spikes())
            .toList();
    Optional<Population> output =
        compiled.network().populations().stream()
            .filter(population -> isGraded(compiled, population))
            .findFirst();
    var voltages = output.map(population -> new VarRecorder(population, "v"));
    var recorder = new Recorded();
    var callbacks = new ArrayList<TrainingCallback>();
    spiking.forEach(population -> callbacks.add(new SpikeRecorder(population)));
    voltages.ifPresent(callbacks::add);
    callbacks.add(recorder);
    Predictions answer = trainer.predict(one, callbacks.toArray(TrainingCallback[]::new));
    var populations = new ArrayList<SpikeRaster.Spikes>();
    compiled
        .inputs()
        .forEach(input -> populations.add(spikes(input.population(), one, compiled.dt())));
    spiking.forEach(population -> populations.add(recorder.spikes(population)));
    int label = one.targets() instanceof Targets.Labels labels ? labels.label(0) : 0;
    String first = compiled.outputs().getFirst().population();
    return new SpikeRaster(
        "%s: test example 0, label %d, answer %d"
            .formatted(recipe, label, answer.classes(first)[0]),
        compiled.exampleTimesteps() * compiled.dt(),
        populations,
        voltages.map(
            each ->
                new SpikeRaster.Voltages(
                    each.population().name(), recorder.values(each.key()), compiled.dt(), label)));
  }

  private static boolean isGraded(CompiledNetwork compiled, Population population) {
    return !population.neuron().spikes()
        && compiled.outputs().stream()
            .map(OutputPopulation::population)
            .anyMatch(population.name()::equals);
  }

  private static SpikeRaster.Spikes spikes(String population, Examples one, double dt) {
    SpikeTrain input = one.input(0);
    int[] offsets = input.offsets();
    double[] times = new double[input.spikeCount()];
    int[] neurons = new int[times.length];
    int spike = 0;
    for (int step = 0; step < input.timesteps(); step++) {
      for (int at = offsets[step + 1]; at < offsets[step + 2]; at++) {
        times[spike] = step * dt;
        neurons[spike++] = input.ids()[at];
      }
    }
    return new SpikeRaster.Spikes(population, one.neurons(), times, neurons);
  }

  /// Takes what was recorded out of a prediction.
  private static final class Recorded implements TrainingCallback {
    private org.mlgenn.train.@org.jspecify.annotations.Nullable Progress progress;

    @Override
    public void onTestEnd(org.mlgenn.train.Progress ended) {
      progress = ended;
    }

    private Object get(String key) {
      if (progress == null) {
        throw new IllegalStateException("nothing ran");
      }
      return progress.recorded(key).orElseThrow();
    }

    SpikeRaster.Spikes spikes(Population population) {
      var entry = ((SpikeRecording) get(population.name())).entries().getFirst();
      return new SpikeRaster.Spikes(
          population.name(), population.size(), entry.times(), entry.ids());
    }

    float[][] values(String key) {
      return ((VarRecording) get(key)).entries().getFirst().values();
    }
  }
}
