package org.mlgenn.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;
import org.mlgenn.Population;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.OutputPopulation;
import org.mlgenn.data.Examples;
import org.mlgenn.metrics.Metric;
import org.mlgenn.serialisers.Serialiser;
import org.mlgenn.train.checkpoints.Checkpoints;
import org.mlgenn.train.checkpoints.SavedValues;

/// Shows a network examples and takes its answers. Nothing is learnt.
///
/// ```java
/// try (var evaluator = Evaluator.open(new InferenceCompiler(20).compile(network))) {
///   evaluator.load(Path.of("checkpoints"));
///   IO.println(evaluator.evaluate(test).accuracy());
/// }
/// ```
public final class Evaluator implements AutoCloseable {
  private final Execution execution;
  private final StopRequest stopRequest;
  private Map<String, Metric> metrics = Map.of();

  private Evaluator(Execution execution, StopRequest stopRequest) {
    this.execution = execution;
    this.stopRequest = stopRequest;
  }

  /// On the fastest back end, with all cores.
  public static Evaluator open(CompiledNetwork compiled) {
    return open(compiled, new RuntimeSettings());
  }

  public static Evaluator open(CompiledNetwork compiled, RuntimeSettings settings) {
    return new Evaluator(Execution.open(compiled, settings), new StopRequest());
  }

  /// @param backend name of the back end, or `auto`
  /// @param threads 0 for one per core
  /// @param slices of the batch, 0 for the default
  public static Evaluator open(CompiledNetwork compiled, String backend, int threads, int slices) {
    return open(compiled, new RuntimeSettings().backend(backend).threads(threads).slices(slices));
  }

  static Evaluator of(Execution execution, StopRequest stopRequest) {
    return new Evaluator(execution, stopRequest);
  }

  /// Scores an output by a metric from now on; others are scored by what suits their targets.
  public Evaluator metric(Population output, Metric metric) {
    var extended = new LinkedHashMap<>(metrics);
    extended.put(output.name(), metric);
    metrics = extended;
    return this;
  }

  public CompiledNetwork compiled() {
    return execution.compiled;
  }

  public Simulation simulation() {
    return execution.simulation;
  }

  /// Name of the back end that runs.
  public String backend() {
    return execution.simulation.backend();
  }

  /// Scores the answers to all examples.
  ///
  /// @throws IllegalArgumentException when the data do not fit the network
  public EvaluationReport evaluate(Examples data, TrainingCallback... callbacks) {
    return evaluate(NetworkExamples.of(execution.compiled, data), callbacks);
  }

  public EvaluationReport evaluate(NetworkExamples data, TrainingCallback... callbacks) {
    return run(data, Pass.AnswerSink.NONE, callbacks);
  }

  /// The answers to all examples, in their order. Targets are not needed.
  public Predictions predict(Examples data, TrainingCallback... callbacks) {
    return predict(NetworkExamples.of(execution.compiled, data), callbacks);
  }

  public Predictions predict(NetworkExamples data, TrainingCallback... callbacks) {
    var answers = new LinkedHashMap<String, float[][]>();
    for (OutputPopulation output : execution.compiled.outputs()) {
      answers.put(output.population(), new float[data.size()][]);
    }
    run(
        data,
        (slots, examples, count) ->
            answers.forEach(
                (population, all) -> {
                  float[][] batch = slots.of(population);
                  for (int place = 0; place < count; place++) {
                    all[examples[place]] = batch[place].clone();
                  }
                }),
        callbacks);
    return new Predictions(answers);
  }

  private EvaluationReport run(
      NetworkExamples data, Pass.AnswerSink sink, TrainingCallback... callbacks) {
    DataCheck.check(execution.compiled, "evaluation data", data, false);
    SavedValues.requireFinite(execution.compiled, execution.simulation);
    var pass = new Pass(execution, data, metrics, List.of(callbacks), stopRequest, 0, 1, null);
    boolean isComplete;
    try {
      pass.begin();
      pass.beginEpoch(0, 0);
      isComplete = pass.runBatches(data, IntStream.range(0, data.size()).toArray(), sink);
      if (isComplete) {
        pass.finishEpoch();
      }
    } catch (Throwable failure) {
      pass.end(failure);
      throw failure;
    } finally {
      stopRequest.clear();
    }
    pass.end();
    return new EvaluationReport(
        pass.scores(),
        isComplete
            ? data.size()
            : Math.min(data.size(), pass.batch() * execution.compiled.batchSize()),
        pass.recorded(),
        isComplete ? Ending.COMPLETED : Ending.INTERRUPTED,
        pass.seconds(),
        pass.cpuSeconds(),
        execution.provenance(data));
  }

  /// Loads the weights of a checkpoint.
  ///
  /// @param checkpoint a file, or a folder whose latest checkpoint is taken
  /// @throws IOException when there is none or it is damaged
  /// @throws org.mlgenn.train.checkpoints.IncompatibleCheckpointException when it is of another
  ///   network
  public void load(Path checkpoint) throws IOException {
    Path file = Checkpoints.resolve(checkpoint);
    Weights.load(execution, file, Checkpoints.read(file));
  }

  /// Loads all saved variables, one file each, with ml_genn's names.
  ///
  /// @param keys what the names start with, such as the number of an epoch
  /// @throws IOException when one is missing, damaged or does not fit
  public void load(Serialiser serialiser, Object... keys) throws IOException {
    Weights.load(execution, serialiser, List.of(keys));
  }

  /// Stops an evaluation after the present batch. Any thread may call this.
  public void requestStop() {
    stopRequest.request();
  }

  /// Closes the simulation.
  @Override
  public void close() {
    execution.close();
  }
}
