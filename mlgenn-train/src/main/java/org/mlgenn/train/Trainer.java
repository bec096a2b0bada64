package org.mlgenn.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;
import org.jspecify.annotations.Nullable;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.Training;
import org.mlgenn.data.Examples;
import org.mlgenn.data.SplitMix64;
import org.mlgenn.serialisers.Serialiser;
import org.mlgenn.train.checkpoints.Checkpoints;
import org.mlgenn.train.checkpoints.IncompatibleCheckpointException;
import org.mlgenn.train.checkpoints.SavedValues;
import org.mlgenn.train.checkpoints.TrainingIdentity;
import org.mlgenn.train.checkpoints.TrainingPosition;
import org.mlgenn.train.checkpoints.TrainingState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Trains a compiled network.
///
/// ```java
/// try (var trainer = Trainer.open(compiler.compile(network))) {
///   TrainingReport report = trainer.train(data, 10, new ProgressBar());
///   IO.println(report.accuracy());
/// }
/// ```
///
/// Weights and the state of the optimiser persist from one call of `train` to the next. Training
/// with the same seed gives the same weights, bit for bit, whatever the number of threads, and
/// whether it was interrupted and resumed or not.
///
/// Belongs to the thread that uses it; only `requestStop` may be called by any.
public final class Trainer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  /// Tells the generator of the order of examples from others of the same seed.
  private static final long ORDER = 0x6f72646572L;

  private final Execution execution;
  private final Training training;
  private final StopRequest stopRequest = new StopRequest();
  private @Nullable Resumption resumption;

  private Trainer(Execution execution, Training training) {
    this.execution = execution;
    this.training = training;
  }

  /// Where training is to go on.
  private record Resumption(Path file, TrainingState state) {}

  /// On the fastest back end, with all cores.
  ///
  /// @throws IllegalArgumentException when the network is compiled to answer only
  public static Trainer open(CompiledNetwork compiled) {
    return open(compiled, new RuntimeSettings());
  }

  /// @throws IllegalArgumentException when the network is compiled to answer only
  public static Trainer open(CompiledNetwork compiled, RuntimeSettings settings) {
    Training training =
        compiled
            .training()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s makes networks that only answer; train one of EventPropCompiler"
                            .formatted(compiled.compiler())));
    return new Trainer(Execution.open(compiled, settings), training);
  }

  /// @param backend name of the back end, or `auto`
  /// @param threads 0 for one per core
  /// @param slices of the batch, 0 for the default
  public static Trainer open(CompiledNetwork compiled, String backend, int threads, int slices) {
    return open(compiled, new RuntimeSettings().backend(backend).threads(threads).slices(slices));
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

  /// Trains with shuffled examples, without validation.
  ///
  /// @throws IllegalArgumentException when the data do not fit the network
  /// @throws TrainingException when training cannot go on, say because the loss is not a number
  /// @throws CallbackException when a callback fails
  public TrainingReport train(Examples data, int epochs, TrainingCallback... callbacks) {
    return train(data, epochs, new TrainingOptions(), callbacks);
  }

  public TrainingReport train(
      Examples data, int epochs, TrainingOptions options, TrainingCallback... callbacks) {
    return train(NetworkExamples.of(execution.compiled, data), epochs, options, callbacks);
  }

  public TrainingReport train(NetworkExamples data, int epochs, TrainingCallback... callbacks) {
    return train(data, epochs, new TrainingOptions(), callbacks);
  }

  /// @param epochs how many; in a resumed training counted from its beginning
  public TrainingReport train(
      NetworkExamples data, int epochs, TrainingOptions options, TrainingCallback... callbacks) {
    if (epochs < 0) {
      throw new IllegalArgumentException("epochs must not be negative, got " + epochs);
    }
    Resumption from = resumption;
    resumption = null;
    try {
      return new Session(data, epochs, options, List.of(callbacks), Optional.ofNullable(from))
          .run();
    } finally {
      stopRequest.clear();
    }
  }

  /// One call of `train`.
  private final class Session {
    private final TrainingOptions options;
    private final NetworkExamples data;
    private final @Nullable NetworkExamples validationData;
    private final Optional<Resumption> from;
    private final int firstEpoch;
    private final int endEpoch;
    private final long shuffleSeed;
    private final Pass.Learning learning;
    private final Pass pass;
    private final @Nullable Pass validation;
    private Ending ending = Ending.COMPLETED;
    private String reason;

    Session(
        NetworkExamples all,
        int epochs,
        TrainingOptions options,
        List<TrainingCallback> callbacks,
        Optional<Resumption> from) {
      this.options = options;
      this.from = from;
      switch (options.validation()) {
        case Validation.None() -> {
          data = all;
          validationData = null;
        }
        case Validation.Split(double share) -> {
          NetworkExamples.Split split = all.split(share);
          data = split.training();
          validationData = split.validation();
        }
        case Validation.Data(NetworkExamples examples) -> {
          data = all;
          validationData = examples;
        }
        case Validation.Single(Examples examples) -> {
          data = all;
          validationData = NetworkExamples.of(execution.compiled, examples);
        }
      }
      DataCheck.check(execution.compiled, "training data", data, true);
      firstEpoch = options.startEpoch();
      endEpoch = Math.addExact(firstEpoch, epochs);
      reason = "%d epochs done".formatted(epochs);
      shuffleSeed = options.shuffleSeed().orElse(execution.simulation.seed());
      String shuffling = options.shuffles() ? "seed " + shuffleSeed : "none";
      learning = new Pass.Learning(training, new States(execution, shuffling, data));
      pass = pass(data, callbacks, learning);
      if (validationData == null) {
        validation = null;
      } else {
        DataCheck.check(execution.compiled, "validation data", validationData, false);
        validation = pass(validationData, options.validationCallbacks(), null);
      }
    }

    private Pass pass(
        NetworkExamples examples,
        List<TrainingCallback> callbacks,
        Pass.@Nullable Learning learning) {
      return new Pass(
          execution,
          examples,
          options.metrics(),
          callbacks,
          stopRequest,
          firstEpoch,
          endEpoch,
          learning);
    }

    TrainingReport run() {
      learning.step = (long) firstEpoch * pass.batches();
      from.ifPresent(this::restore);
      SavedValues.requireFinite(execution.compiled, execution.simulation);
      try {
        pass.begin();
        if (validation != null) {
          validation.begin();
        }
        runEpochs();
      } catch (Throwable failure) {
        pass.end(failure);
        if (validation != null) {
          validation.end(failure);
        }
        throw failure;
      }
      endCallbacks();
      warnOfOverflows();
      return report();
    }

    private void endCallbacks() {
      try {
        pass.end();
      } catch (RuntimeException failure) {
        if (validation != null) {
          validation.end(failure);
        }
        throw failure;
      }
      if (validation != null) {
        validation.end();
      }
    }

    private void restore(Resumption resumption) {
      TrainingIdentity present = learning.states.identity();
      var differences = new ArrayList<>(Weights.differences(execution, resumption.state));
      differences.addAll(resumption.state.identity().differences(present));
      if (!differences.isEmpty()) {
        throw new IncompatibleCheckpointException(resumption.file, differences);
      }
      TrainingPosition position = resumption.state.position();
      int epoch = position.epoch();
      if (epoch < firstEpoch) {
        throw new IncompatibleCheckpointException(
            resumption.file,
            List.of(
                "it is at %s, before epoch %d that training begins with; use a startEpoch of at most %d"
                    .formatted(position, firstEpoch, epoch)));
      }
      if (position.batch() > pass.batches()) {
        throw new IncompatibleCheckpointException(
            resumption.file,
            List.of(
                "it is at %s, but an epoch has %d batches; give the examples that were trained with"
                    .formatted(position, pass.batches())));
      }
      try {
        learning.states.restore(resumption.state, pass, learning);
      } catch (IllegalArgumentException e) {
        throw new IncompatibleCheckpointException(
            resumption.file, List.of(String.valueOf(e.getMessage())));
      }
      learning.lastCheckpoint = Optional.of(resumption.file);
      learning.isResumed = true;
      pass.moveTo(epoch, position.batch());
    }

    private void runEpochs() {
      int epoch = from.map(each -> each.state.position().epoch()).orElse(firstEpoch);
      int batch = from.map(each -> each.state.position().batch()).orElse(0);
      for (; epoch < endEpoch && ending == Ending.COMPLETED; epoch++) {
        if (learning.stopReason.isPresent()) {
          ending = Ending.STOPPED;
        } else if (!runEpoch(epoch, batch)) {
          ending = Ending.INTERRUPTED;
        }
        batch = 0;
      }
      if (ending == Ending.COMPLETED && learning.stopReason.isPresent()) {
        ending = Ending.STOPPED;
      }
      if (ending == Ending.STOPPED) {
        reason = learning.stopReason.orElseThrow();
      } else if (ending == Ending.INTERRUPTED) {
        reason =
            pass.isEpochComplete()
                ? "interrupted after epoch %d".formatted(pass.epoch())
                : "interrupted in epoch %d after batch %d of %d"
                    .formatted(pass.epoch(), pass.batch(), pass.batches());
      }
    }

    private boolean runEpoch(int epoch, int fromBatch) {
      NetworkExamples examples = data.inEpoch(epoch);
      pass.beginEpoch(epoch, fromBatch);
      if (!pass.runBatches(examples, order(epoch), Pass.AnswerSink.NONE)) {
        return false;
      }
      pass.finishEpoch();
      Optional<Scores> validated = Optional.empty();
      if (validation != null && validationData != null) {
        validation.beginEpoch(epoch, 0);
        int[] order = IntStream.range(0, validationData.size()).toArray();
        if (!validation.runBatches(validationData, order, Pass.AnswerSink.NONE)) {
          pass.interrupt();
          return false;
        }
        validation.finishEpoch();
        validated = Optional.of(validation.scores());
      }
      pass.completeEpoch(
          new EpochReport(
              epoch,
              pass.scores(),
              validated,
              pass.learningRate(),
              pass.seconds(),
              pass.cpuSeconds()));
      return !pass.isInterrupted();
    }

    /// A function of seed and epoch, so that nothing of it has to be saved.
    private int[] order(int epoch) {
      return options.shuffles()
          ? SplitMix64.of(shuffleSeed, epoch, ORDER).permutation(data.size())
          : IntStream.range(0, data.size()).toArray();
    }

    private void warnOfOverflows() {
      learning.tapeOverflows.forEach(
          (population, spikes) ->
              LOG.warn(
                  "population '{}': {} spikes did not fit on its tape and were not learnt from;"
                      + " raise maxSpikes",
                  population,
                  spikes));
    }

    private TrainingReport report() {
      return new TrainingReport(
          learning.epochsDone,
          pass.recorded(),
          validation == null ? Map.of() : validation.recorded(),
          learning.tapeOverflows,
          ending,
          reason,
          execution.provenance(data));
    }
  }

  /// Shows the network examples without learning from them.
  public EvaluationReport evaluate(Examples data, TrainingCallback... callbacks) {
    return evaluator().evaluate(data, callbacks);
  }

  /// The answers to examples.
  public Predictions predict(Examples data, TrainingCallback... callbacks) {
    return evaluator().predict(data, callbacks);
  }

  /// Evaluates with the present weights; closed with this trainer.
  public Evaluator evaluator() {
    return Evaluator.of(execution, stopRequest);
  }

  /// Loads a checkpoint, from which the next call of `train` goes on as if it had not been stopped.
  ///
  /// @param checkpoint a file, or a folder whose latest checkpoint is taken
  /// @throws IOException when there is none, or it is damaged; it is left as it is
  /// @throws IncompatibleCheckpointException when it is of another network or another training
  public void resume(Path checkpoint) throws IOException {
    Path file = Checkpoints.resolve(checkpoint);
    TrainingState state = Checkpoints.read(file);
    TrainingIdentity saved = state.identity();
    var present =
        new TrainingIdentity(
            execution.compiled.network().identity(),
            Fingerprint.of(execution.compiled),
            execution.compiled.batchSize(),
            execution.simulation.slices(),
            execution.simulation.seed(),
            saved.shuffling(),
            saved.dataSha256());
    var differences = new ArrayList<>(Weights.differences(execution, state));
    differences.addAll(saved.differences(present));
    if (saved.seed() != present.seed() && execution.compiled.settings().seed() == 0) {
      differences.add(
          "seed 0 draws another one each time; resume with seed %d".formatted(saved.seed()));
    }
    if (!differences.isEmpty()) {
      throw new IncompatibleCheckpointException(file, differences);
    }
    Weights.load(execution, file, state);
    resumption = new Resumption(file, state);
  }

  /// Loads all saved variables, one file each, with ml_genn's names; the optimiser starts anew.
  ///
  /// @param keys what the names start with, such as the number of an epoch
  /// @throws IOException when one is missing, damaged or does not fit
  public void load(Serialiser serialiser, Object... keys) throws IOException {
    Weights.load(execution, serialiser, Arrays.asList(keys));
  }

  /// Saves all saved variables, one file each, with ml_genn's names: `9-Conn_Pop0_Pop1-g.npy`.
  ///
  /// @param keys what the names start with, such as the number of an epoch
  public void save(Serialiser serialiser, Object... keys) throws IOException {
    Weights.save(execution, serialiser, Arrays.asList(keys));
  }

  /// Ends training after the present batch; callbacks that save do so. Any thread may call this,
  /// for instance one that handles Ctrl-C.
  public void requestStop() {
    stopRequest.request();
  }

  /// Closes the simulation.
  @Override
  public void close() {
    execution.close();
  }
}
