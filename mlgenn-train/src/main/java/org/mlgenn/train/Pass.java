package org.mlgenn.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.genn.engine.model.Phase;
import org.genn.engine.runtime.Simulation;
import org.genn.engine.runtime.StepObserver;
import org.jspecify.annotations.Nullable;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.Overlap;
import org.mlgenn.compilers.Training;
import org.mlgenn.metrics.Metric;
import org.mlgenn.train.checkpoints.TrainingState;

/// Examples going through a network batch by batch, to be learnt from or only to be answered: the
/// one loop of training, validation, evaluation and prediction.
final class Pass implements Progress {
  private static final double NANO = 1e-9;

  private final Execution execution;
  private final Simulation simulation;
  private final NetworkExamples data;
  private final Scoring scoring;
  private final Callbacks callbacks;
  private final StopRequest stopRequest;
  private final @Nullable Learning learning;
  private final StepObserver observer;
  private final int firstEpoch;
  private final int endEpoch;
  private final int[] places;
  private final Map<String, Object> recorded = new LinkedHashMap<>();
  private int epoch;
  private int batch;
  private int batchExamples;
  private boolean isInterrupted;
  private double seconds;
  private double cpuSeconds;

  /// @param learning what only training has; none to answer only
  /// @param endEpoch the epoch after the last one
  Pass(
      Execution execution,
      NetworkExamples data,
      Map<String, Metric> metrics,
      List<TrainingCallback> callbacks,
      StopRequest stopRequest,
      int firstEpoch,
      int endEpoch,
      @Nullable Learning learning) {
    this.execution = execution;
    this.data = data;
    this.stopRequest = stopRequest;
    this.learning = learning;
    simulation = execution.simulation;
    DataCheck.check(execution.compiled, metrics);
    scoring = new Scoring(execution.compiled, simulation, data.targets(), metrics);
    this.callbacks = new Callbacks(callbacks);
    observer = new Timesteps();
    places = new int[execution.compiled.batchSize()];
    this.firstEpoch = firstEpoch;
    this.endEpoch = endEpoch;
    epoch = firstEpoch;
  }

  /// What only training has.
  static final class Learning {
    final Training training;
    final List<EpochReport> epochsDone = new ArrayList<>();
    final Map<String, Long> tapeOverflows = new TreeMap<>();
    final States states;
    long step;
    boolean isEpochComplete;
    boolean isResumed;
    Optional<String> stopReason = Optional.empty();
    Optional<Path> lastCheckpoint = Optional.empty();

    Learning(Training training, States states) {
      this.training = training;
      this.states = states;
    }

    boolean isOverlapped() {
      return training.overlap().isPresent();
    }

    boolean losesLastBatch() {
      return training.overlap().map(Overlap::losesLastBatch).orElse(false);
    }
  }

  private final class Timesteps implements StepObserver {
    /// Runs count their steps upwards, also where they replay a trial from its end.
    private int trialStep(String phases, int step) {
      return phases.equals(Phase.BACKWARD.name())
          ? execution.compiled.exampleTimesteps() - 1 - step
          : step;
    }

    @Override
    public void begin(String phases, int runStep) {
      int step = trialStep(phases, runStep);
      callbacks.begin(
          Pass.this, "onTimestepBegin", each -> each.onTimestepBegin(Pass.this, phases, step));
    }

    @Override
    public void end(String phases, int runStep) {
      int step = trialStep(phases, runStep);
      callbacks.end(
          Pass.this, "onTimestepEnd", each -> each.onTimestepEnd(Pass.this, phases, step));
    }
  }

  /// Calls `onTrainBegin` or `onTestBegin`.
  void begin() {
    if (isTraining()) {
      callbacks.beginAll(this, "onTrainBegin", each -> each.onTrainBegin(this));
    } else {
      callbacks.beginAll(this, "onTestBegin", each -> each.onTestBegin(this));
    }
  }

  /// Calls `onTrainEnd` or `onTestEnd` of those that were begun.
  void end() {
    if (isTraining()) {
      callbacks.endAll(this, "onTrainEnd", each -> each.onTrainEnd(this));
    } else {
      callbacks.endAll(this, "onTestEnd", each -> each.onTestEnd(this));
    }
  }

  /// As `end`, when something has failed already.
  void end(Throwable failure) {
    try {
      end();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /// Where training begins or goes on.
  void moveTo(int newEpoch, int newBatch) {
    epoch = newEpoch;
    batch = newBatch;
  }

  /// Starts an epoch.
  ///
  /// @param fromBatch batches that were done before training was resumed
  void beginEpoch(int newEpoch, int fromBatch) {
    epoch = newEpoch;
    batch = fromBatch;
    seconds = 0;
    cpuSeconds = 0;
    if (fromBatch == 0) {
      scoring.clear();
    }
    if (learning != null) {
      learning.isEpochComplete = false;
    }
    callbacks.begin(this, "onEpochBegin", each -> each.onEpochBegin(this));
  }

  /// Runs the batches that are left.
  ///
  /// @param examples of this epoch
  /// @param order in which they come
  /// @return whether all were run; otherwise training is interrupted
  boolean runBatches(NetworkExamples examples, int[] order, AnswerSink sink) {
    long start = System.nanoTime();
    double cpuStart = CpuTime.seconds();
    try {
      while (batch < batches()) {
        runBatch(examples, order, sink);
        if (isInterrupted) {
          return false;
        }
      }
      finishOverlap();
      return true;
    } finally {
      seconds += (System.nanoTime() - start) * NANO;
      cpuSeconds += CpuTime.seconds() - cpuStart;
    }
  }

  /// Takes the answers of a batch before the next one replaces them.
  @FunctionalInterface
  interface AnswerSink {
    AnswerSink NONE = (_, _, _) -> {};

    void accept(AnswerSlots answers, int[] examples, int count);
  }

  private void runBatch(NetworkExamples examples, int[] order, AnswerSink sink) {
    int from = batch * places.length;
    batchExamples = Math.min(places.length, order.length - from);
    System.arraycopy(order, from, places, 0, batchExamples);
    callbacks.begin(this, "onBatchBegin", each -> each.onBatchBegin(this));
    // an overlapped trial also replays the batch before, which may have been larger
    boolean isFull = learning != null && learning.isOverlapped();
    simulation.activeExamples(isFull ? places.length : batchExamples);
    execution.inputs.bind(examples, places, batchExamples);
    execution.targets.write(examples, places, batchExamples);
    run(schedule(), callbacks.wantTimesteps(this));
    execution.answers.read(batchExamples);
    double loss = scoring.add(execution.answers, examples, places, batchExamples);
    if (learning != null) {
      checkTrained(learning, loss);
    }
    sink.accept(execution.answers, places, batchExamples);
    callbacks.end(this, "onBatchEnd", each -> each.onBatchEnd(this));
    batch++;
    isInterrupted = stopRequest.isRequested();
    savePoint();
  }

  private String schedule() {
    if (learning == null) {
      return CompiledNetwork.EVALUATE;
    }
    if (learning.isOverlapped() && batch == 0) {
      if (learning.losesLastBatch()) {
        learning.step++;
      }
      return Overlap.BEGIN;
    }
    execution.optimisers.set(learning.step++);
    return CompiledNetwork.TRAIN;
  }

  private void run(String schedule, boolean isObserved) {
    if (isObserved) {
      simulation.runTrial(schedule, observer);
    } else {
      simulation.runTrial(schedule);
    }
  }

  /// Learns from the last batch of an epoch, which is still to run backward.
  private void finishOverlap() {
    if (learning != null && learning.isOverlapped() && !learning.losesLastBatch()) {
      execution.optimisers.set(learning.step++);
      simulation.activeExamples(places.length);
      run(Overlap.END, false);
    }
  }

  private void checkTrained(Learning learning, double loss) {
    if (!Double.isFinite(loss)) {
      throw new TrainingException(
          "the loss is %s".formatted(loss), epoch, batch, learning.lastCheckpoint);
    }
    var overflows = simulation.tapeOverflows();
    if (overflows.isEmpty()) {
      return;
    }
    if (learning.training.strictTapes()) {
      var entry = overflows.entrySet().iterator().next();
      throw new TrainingException(
          ("population '%s' has %d spikes more than its tape may hold; raise maxSpikes, lower"
                  + " weights, or allow it with strictTapes(false)")
              .formatted(entry.getKey(), entry.getValue()),
          epoch,
          batch,
          learning.lastCheckpoint);
    }
    overflows.forEach((group, count) -> learning.tapeOverflows.merge(group, count, Long::sum));
  }

  /// Calls `onEpochEnd`.
  void finishEpoch() {
    callbacks.end(this, "onEpochEnd", each -> each.onEpochEnd(this));
  }

  /// What came of the epoch, to all who want to know.
  void completeEpoch(EpochReport report) {
    Learning now = learning();
    now.epochsDone.add(report);
    callbacks.end(this, "onEpochComplete", each -> each.onEpochComplete(this, report));
    now.isEpochComplete = true;
    isInterrupted = stopRequest.isRequested();
    savePoint();
  }

  /// The epoch is left before its end.
  void interrupt() {
    isInterrupted = true;
    savePoint();
  }

  private void savePoint() {
    if (learning != null) {
      callbacks.end(this, "onSavePoint", each -> each.onSavePoint(this));
    }
  }

  private Learning learning() {
    if (learning == null) {
      throw new IllegalStateException("nothing is learnt in an evaluation");
    }
    return learning;
  }

  double seconds() {
    return seconds;
  }

  double cpuSeconds() {
    return cpuSeconds;
  }

  Map<String, Object> recorded() {
    return recorded;
  }

  Scoring scoring() {
    return scoring;
  }

  Callbacks callbacks() {
    return callbacks;
  }

  NetworkExamples data() {
    return data;
  }

  @Override
  public boolean isTraining() {
    return learning != null;
  }

  @Override
  public CompiledNetwork compiled() {
    return execution.compiled;
  }

  @Override
  public Simulation simulation() {
    return simulation;
  }

  @Override
  public int firstEpoch() {
    return firstEpoch;
  }

  @Override
  public int endEpoch() {
    return endEpoch;
  }

  @Override
  public int epoch() {
    return epoch;
  }

  @Override
  public boolean isEpochComplete() {
    return learning != null && learning.isEpochComplete;
  }

  @Override
  public int batches() {
    return Math.ceilDiv(data.size(), places.length);
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public int examples() {
    return data.size();
  }

  @Override
  public int batchExamples() {
    return batchExamples;
  }

  @Override
  public int exampleAt(int place) {
    return places[Objects.checkIndex(place, batchExamples)];
  }

  @Override
  public long step() {
    return learning == null ? 0 : learning.step;
  }

  @Override
  public Scores scores() {
    return scoring.scores();
  }

  @Override
  public double learningRate() {
    return execution.optimisers.learningRate();
  }

  @Override
  public void learningRate(double rate) {
    learning();
    execution.optimisers.learningRate(rate);
  }

  @Override
  public List<EpochReport> epochsDone() {
    return learning == null ? List.of() : List.copyOf(learning.epochsDone);
  }

  @Override
  public void stop(String reason) {
    learning().stopReason = Optional.of(reason);
  }

  @Override
  public boolean isInterrupted() {
    return isInterrupted;
  }

  @Override
  public boolean isEnding() {
    return isInterrupted
        || (isEpochComplete() && (epoch + 1 == endEpoch || learning().stopReason.isPresent()));
  }

  @Override
  public boolean isResumed() {
    return learning != null && learning.isResumed;
  }

  @Override
  public void record(String key, Object value) {
    recorded.put(key, value);
  }

  @Override
  public Optional<Object> recorded(String key) {
    return Optional.ofNullable(recorded.get(key));
  }

  @Override
  public boolean hasState() {
    return learning != null && learning.states.isExact(this, learning);
  }

  @Override
  public TrainingState state() {
    Learning now = learning();
    return now.states.of(this, now);
  }

  @Override
  public void saved(Path checkpoint) {
    learning().lastCheckpoint = Optional.of(checkpoint);
  }
}
