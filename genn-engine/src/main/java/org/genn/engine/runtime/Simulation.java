package org.genn.engine.runtime;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.genn.engine.backend.Backend;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.DelaySlots;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.SpikeList;
import org.genn.engine.model.Given;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.Schedule;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VariableReference;
import org.jspecify.annotations.Nullable;

/// A model that runs: its kernels, its memory, its time.
///
/// One thread at a time may use it; runs, `reinitialise` and `close` refuse to work while another
/// thread runs it. Several simulations may be used side by side. Results don't depend on the number
/// of threads. `close` may also be called after a failure.
public final class Simulation implements AutoCloseable {
  private final Opened opened;
  private final LoweredModel model;
  private final String owner;
  private final TimeBook book;
  private final Workers workers;
  private final Map<VariableReference, VariableView> variables = new HashMap<>();
  private final ExternalSpikes externalSpikes;
  private final UnsetArrays unsetArrays;
  private final SpikeSources spikeSources;
  private final Execution execution;
  private double initialiseSeconds;
  private double connectSeconds;
  private @Nullable Memory memory;

  private Simulation(Opened opened, RuntimeSettings settings, OpeningObserver observer) {
    this.opened = opened;
    model = opened.lowered();
    owner = "model '" + model.spec().name() + "'";
    memory = opened.instance().memory();
    book = new TimeBook(settings.isTimed());
    for (var entry : model.variables().entrySet()) {
      VariableReference reference = entry.getKey();
      variables.put(reference, new VariableView(this, reference, entry.getValue()));
    }
    externalSpikes = new ExternalSpikes(model);
    unsetArrays = new UnsetArrays(model);
    spikeSources = new SpikeSources(model);
    workers = new Workers(settings.threadCount(), "genn-" + model.spec().name());
    long start = System.nanoTime();
    try {
      execution = new Execution(opened, owner, book, workers);
      initialise(observer, start);
    } catch (Throwable failure) {
      workers.close();
      throw failure;
    }
  }

  /// Lowers, builds and opens a model, and sets its initial values.
  ///
  /// @throws IllegalArgumentException when the model or the settings are wrong, or when the model
  ///   needs more memory than there is
  /// @throws org.genn.engine.backend.BackendException when its kernels cannot be built
  public static Simulation open(ModelSpec spec, RuntimeSettings settings) {
    return open(spec, settings, OpeningObserver.NONE);
  }

  /// Like `open`, and tells an observer what is done.
  public static Simulation open(
      ModelSpec spec, RuntimeSettings settings, OpeningObserver observer) {
    Given.all("Simulation", "model", spec, "set of settings", settings, "observer", observer);
    return open(Opening.open(spec, settings, Optional.empty(), observer), settings, observer);
  }

  /// @param before the model as it was checked
  static Simulation open(ModelSpec spec, RuntimeSettings settings, Optional<LoweredModel> before) {
    var observer = OpeningObserver.NONE;
    return open(Opening.open(spec, settings, before, observer), settings, observer);
  }

  static Simulation open(LoweredModel lowered, Backend backend, RuntimeSettings settings) {
    return open(
        Opening.open(lowered, backend, settings, OpeningObserver.NONE),
        settings,
        OpeningObserver.NONE);
  }

  private static Simulation open(
      Opened opened, RuntimeSettings settings, OpeningObserver observer) {
    try {
      return new Simulation(opened, settings, observer);
    } catch (Throwable failure) {
      try {
        opened.close();
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
  }

  /// The model, with the seed that was drawn where it had none.
  public ModelSpec spec() {
    return model.spec();
  }

  /// Name of the back end that runs the model: also where `auto` had to take another one than the
  /// most preferred, as that could not build it.
  public String backend() {
    return opened.backend();
  }

  public int batchSize() {
    return model.spec().batchSize();
  }

  /// Slices that the batch is cut into: decides the order of sums over the batch.
  public int slices() {
    return model.slices();
  }

  public int threads() {
    return workers.threads();
  }

  /// Seed of all random numbers.
  public long seed() {
    return model.spec().seed();
  }

  /// Runs a trial.
  ///
  /// @param schedule its name in the model
  public void runTrial(String schedule) {
    requireRunnable();
    execution.runTrial(schedule);
  }

  /// Runs a trial step by step.
  public void runTrial(String schedule, StepObserver observer) {
    requireRunnable();
    execution.runTrial(schedule, observer);
  }

  /// Who runs it at present.
  Turn turn() {
    return execution.turn();
  }

  private void requireRunnable() {
    unsetArrays.requireNone(memory());
    spikeSources.requireOrder(memory());
  }

  /// An extra global parameter has values from now on.
  void given(int array) {
    unsetArrays.given(array);
    written(array);
  }

  /// The host has set values of a variable or of an extra global parameter.
  void written(int array) {
    spikeSources.written(array);
  }

  /// Steps of the last trial.
  int trialTimesteps() {
    return execution.trialTimesteps();
  }

  /// Where the last trial has left what it recorded in an array: overlapped trials exchange it at
  /// their end.
  int recordedArray(int array) {
    return execution.recordedArray(array);
  }

  /// Runs one step of a model without schedules.
  public void stepTime() {
    requireRunnable();
    execution.stepTime();
  }

  /// Runs steps of a model without schedules, as that many calls of `stepTime()` would; faster
  /// where threads share the work of a step.
  public void stepTime(int steps) {
    if (steps < 0) {
      throw new IllegalArgumentException(
          owner + ": the number of steps must not be negative, got " + steps);
    }
    requireRunnable();
    execution.stepTime(steps);
  }

  /// Launches a group of custom updates.
  public void customUpdate(String group) {
    requireRunnable();
    execution.customUpdate(group);
  }

  /// Whether an integer was divided by zero since the simulation was opened or reinitialised.
  public boolean dividedByZero() {
    return execution.dividedByZero();
  }

  /// Steps done so far: since the start, or in this trial where its schedule sets time back.
  public long timestep() {
    return execution.timestep();
  }

  public void setTimestep(long timestep) {
    if (timestep < 0) {
      throw new IllegalArgumentException(
          owner + ": timestep must not be negative, got " + timestep);
    }
    memory();
    execution.moveTo(timestep);
  }

  /// Time of the next step (ms).
  public double t() {
    return timestep() * model.spec().dt();
  }

  /// Number of examples that runs handle, from the first on.
  public int activeExamples() {
    return execution.activeExamples();
  }

  /// Lets runs handle only the first examples of the batch: a last batch that is not full.
  public void activeExamples(int examples) {
    if (examples < 1 || examples > batchSize()) {
      throw new IllegalArgumentException(
          "%s: active examples must be from 1 to the batch size %d, got %d"
              .formatted(owner, batchSize(), examples));
    }
    memory();
    execution.activeExamples(examples);
  }

  /// Sets the spikes of one example of a group whose spikes come from outside. The arrays are not
  /// copied and must not change while they are in use. Every example has no spikes until it is
  /// given some.
  ///
  /// @param offsets of a trial of `T` steps, `T + 2` positions in `ids`: spikes in flight from
  ///   before the trial are from `offsets[0]` to `offsets[1]`, those of step `s` from `offsets[s +
  ///   1]` to `offsets[s + 2]`
  /// @param ids neurons
  public void setSpikes(String group, int example, int[] offsets, int[] ids) {
    Memory open = memory();
    checkExample(example);
    requireGroup(group);
    externalSpikes.set(open, group, example, offsets, ids);
  }

  /// Takes the spikes of one example away.
  public void clearSpikes(String group, int example) {
    Memory open = memory();
    checkExample(example);
    requireGroup(group);
    externalSpikes.clear(open, group, example);
  }

  public VariableView variable(VariableReference reference) {
    memory();
    if (reference == null) {
      Given.all(owner, "reference to a variable", reference);
    }
    VariableView view = variables.get(reference);
    if (view == null) {
      var names = new TreeMap<String, VariableReference>();
      variables.keySet().forEach(known -> names.put(Descriptions.of(known), known));
      throw new IllegalArgumentException(
          "%s has no %s; %s"
              .formatted(
                  owner,
                  Descriptions.of(reference),
                  MissingVariable.reason(spec(), reference, names.values())));
    }
    return view;
  }

  DelaySlots delaySlots(VariableReference variable) {
    DelaySlots slots = model.delaySlots().get(variable);
    return slots == null ? new DelaySlots(-1, -1, 1, 0) : slots;
  }

  /// The synapses of a sparse group.
  public SparseConnectivity sparseConnectivity(String group) {
    memory();
    var sparse = new TreeMap<>(model.sparse());
    sparse.values().removeIf(arrays -> arrays.bits() >= 0);
    var lookup = new Lookup<>(owner, "sparse synapse group", sparse);
    return new SparseConnectivity(this, group, lookup.get(group));
  }

  /// A parameter that was declared dynamic.
  ///
  /// @param parameter of which kind of model, of which group
  public ParameterView dynamicParameter(VariableReference parameter) {
    memory();
    Given.all(owner, "dynamic parameter", parameter);
    var parts = new PartLookup(owner, "dynamic parameter", model.dynamicParameters());
    return new ParameterView(
        this, parameter.group() + "." + parameter.variable(), parts.get(parameter));
  }

  /// A parameter that was declared dynamic, where no other group has one of this name.
  public ParameterView dynamicParameter(String group, String parameter) {
    memory();
    var parts = new PartLookup(owner, "dynamic parameter", model.dynamicParameters());
    return new ParameterView(this, group + "." + parameter, parts.get(group, parameter));
  }

  /// @param parameter of which kind of model, of which group
  public ArrayView extraGlobalParameter(VariableReference parameter) {
    memory();
    Given.all(owner, "extra global parameter", parameter);
    var parts = new PartLookup(owner, "extra global parameter", model.extraGlobalParameters());
    return new ArrayView(
        this, parameter.group() + "." + parameter.variable(), parts.get(parameter));
  }

  /// An extra global parameter, where no other group has one of this name.
  public ArrayView extraGlobalParameter(String group, String parameter) {
    memory();
    var parts = new PartLookup(owner, "extra global parameter", model.extraGlobalParameters());
    return new ArrayView(this, group + "." + parameter, parts.get(group, parameter));
  }

  /// Spikes of the last step, or of the last trial for groups on tape.
  ///
  /// @param group neuron group, or for the spike-like events of a synapse group `s` those of its
  ///   source, `s.pre`, or target, `s.post`
  public SpikeView spikes(String group) {
    memory();
    return new SpikeView(this, group, spikeList(group));
  }

  /// Neurons of a group of the model.
  private SpikeList spikeList(String group) {
    return new Lookup<>(owner, "spiking neuron group", model.spikes()).get(group);
  }

  /// Recorded spikes of the last `recordingSteps` steps.
  ///
  /// @param group neuron group, or for the spike-like events of a synapse group `s` those of its
  ///   source, `s.pre`, or target, `s.post`
  /// @throws IllegalStateException when fewer steps have run, or when nothing is recorded
  public RecordedSpikes recordedSpikes(String group, int example) {
    if (timestep() < model.recordingSteps()) {
      throw new IllegalStateException(
          "spike recording of '%s' holds %d steps and only %d have run; run more, or ask recordedSpikesSoFar for what there is"
              .formatted(group, model.recordingSteps(), timestep()));
    }
    return recordedSpikesSoFar(group, example);
  }

  /// Recorded spikes of the last `recordingSteps` steps, or of fewer where fewer have run.
  public RecordedSpikes recordedSpikesSoFar(String group, int example) {
    Memory open = memory();
    checkExample(example);
    requireGroup(group);
    Integer array = model.recordings().get(group);
    if (array == null) {
      throw new IllegalArgumentException(
          Lookup.missing(owner, "recorded neuron group", group, model.recordings().keySet())
              + "; a group records when NeuronGroup.recordsSpikes is set");
    }
    var recording = new Recording(array, neurons(group), model.recordingSteps(), batchSize());
    long from = Math.max(0, timestep() - model.recordingSteps());
    return recording.read(open, example, from, timestep(), spec().dt());
  }

  /// The neuron group whose spike-like events have this name.
  private Optional<String> groupOfEvents(String name) {
    for (SynapseGroup synapses : spec().synapseGroups()) {
      if ((synapses.name() + ".pre").equals(name)) {
        return Optional.of(synapses.source());
      }
      if ((synapses.name() + ".post").equals(name)) {
        return Optional.of(synapses.target());
      }
    }
    return Optional.empty();
  }

  boolean isOfEvents(String name) {
    return groupOfEvents(name).isPresent();
  }

  /// Neurons of a group, or of that whose spike-like events have this name.
  int neurons(String name) {
    return spec().neuronGroup(groupOfEvents(name).orElse(name)).size();
  }

  /// Changes when the rows of sparse groups do.
  long connectivityVersion() {
    return execution.connectivityVersion();
  }

  /// Steps that spike recordings hold.
  public int recordingSteps() {
    return model.recordingSteps();
  }

  /// Spikes of each example that were not taped in the last trial because the tape was full.
  public int[] tapeOverflow(String group) {
    Memory open = memory();
    SpikeList list = spikeList(group);
    int[] counts = new int[batchSize()];
    if (list.overflow() >= 0) {
      open.readInts(list.overflow(), 0, counts, 0, counts.length);
    }
    return counts;
  }

  /// Spikes that were not taped in the last trial, summed over the active examples; groups without
  /// any are left out.
  public Map<String, Long> tapeOverflows() {
    var overflows = new TreeMap<String, Long>();
    for (var entry : model.spikes().entrySet()) {
      long sum = 0;
      if (entry.getValue().overflow() >= 0) {
        for (int example = 0; example < activeExamples(); example++) {
          sum += memory().getLong(entry.getValue().overflow(), 0, example);
        }
      }
      if (sum != 0) {
        overflows.put(entry.getKey(), sum);
      }
    }
    return overflows;
  }

  /// Sets all variables, extra global parameters and dynamic parameters back to their initial
  /// values, with the same random numbers, drops all spikes, and sets time to 0. Extra global
  /// parameters without initial values have none again.
  public void reinitialise() {
    long start = System.nanoTime();
    try (var _ = turn().take()) {
      Memory open = memory();
      for (int array = 0; array < model.program().arrays().size(); array++) {
        if (!externalSpikes.owns(array)) {
          open.clear(array);
        }
      }
      unsetArrays.discardAll(open);
      execution.connectivitySetup().discardAll();
      initialise(OpeningObserver.NONE, start);
    }
  }

  private void initialise(OpeningObserver observer, long start) {
    Memory open = memory();
    externalSpikes.clearAll(open);
    execution.restart();
    var values = new InitialValues(model, open, seed());
    values.setParameters();
    long connect = System.nanoTime();
    execution.connectivitySetup().setAll(observer);
    connectSeconds += (System.nanoTime() - connect) * 1e-9;
    execution.connectivityChanged();
    observer.begins(OpeningObserver.Stage.INITIALISE, "");
    values.setVariables();
    execution.setInitialValues();
    spikeSources.initialised();
    initialiseSeconds += (System.nanoTime() - start) * 1e-9;
  }

  public KernelTimes times() {
    return book.times(initialiseSeconds, connectSeconds, opened.executable().buildSeconds());
  }

  /// Whether kernels came from the cache.
  public boolean isFromCache() {
    return opened.executable().isFromCache();
  }

  /// Bytes that variables, spike lists and tapes take at present.
  public long memoryBytes() {
    return memory().bytes();
  }

  /// Groups, variables with shapes and bytes, and kernels, as a table.
  public String describe() {
    return ModelTable.of(model, threads()).toString();
  }

  /// The schedules of the model.
  public Map<String, Schedule> schedules() {
    return new LinkedHashMap<>(spec().schedules());
  }

  Memory memory() {
    Memory open = memory;
    if (open == null) {
      throw new IllegalStateException(owner + ": the simulation is closed");
    }
    return open;
  }

  private void requireGroup(String group) {
    Given.all(owner, "name of a neuron group", group);
  }

  private void checkExample(int example) {
    if (example < 0 || example >= batchSize()) {
      throw new IndexOutOfBoundsException(
          "%s: example %d of %d".formatted(owner, example, batchSize()));
    }
  }

  /// Frees memory and ends the threads. Closing again does nothing.
  @Override
  public void close() {
    try (var _ = turn().take()) {
      if (memory != null) {
        memory = null;
        workers.close();
        opened.close();
      }
    }
  }
}
