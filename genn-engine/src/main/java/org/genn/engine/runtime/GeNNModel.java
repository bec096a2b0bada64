package org.genn.engine.runtime;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.genn.engine.backend.Backends;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.Given;
import org.genn.engine.model.GivenNames;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.builtin.CurrentSourceModels;
import org.genn.engine.model.builtin.CustomUpdateModels;
import org.genn.engine.model.builtin.NeuronModels;

/// A model that is described, built, loaded and stepped through one mutable object, with the names
/// that users of PyGeNN know in Java's spelling.
///
/// ```java
/// try (var model = new GeNNModel(Precision.FLOAT, "net")) {
///   model.setDt(1.0);
///   var lif = new NeuronModel("Lif")
///       .parameter("TauM")
///       .variable("V")
///       .simCode("V += (1.5 - V) / TauM * dt;")
///       .thresholdCondition("V >= 1.0")
///       .resetCode("V = 0.0;");
///   var neurons = model.addNeuronPopulation("neurons", 10, lif, Map.of("TauM", 20.0), Map.of("V", 0.0));
///   neurons.setSpikeRecordingEnabled(true);
///   model.build();
///   model.load(100);
///   while (model.timestep() < 100) {
///     model.stepTime();
///   }
///   RecordedSpikes spikes = neurons.spikeRecordingData().getFirst();
/// }
/// ```
///
/// A `ModelSpec` says the same as a value, and a `Simulation` runs it. Models of several threads
/// may run side by side; one model is for one thread at a time.
public final class GeNNModel extends ModelFunctions implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");

  /// Up to here a `double` holds the number of every timestep.
  private static final double LAST_TIMESTEP = 1L << 53;

  private final Precision precision;
  private final Precision timePrecision;
  private final ModelState state;
  private final Map<String, NeuronPopulation> neuronPopulations = new LinkedHashMap<>();
  private final Map<String, SynapsePopulation> synapsePopulations = new LinkedHashMap<>();
  private final Map<String, ModelCurrentSource> currentSources = new LinkedHashMap<>();
  private final Map<String, ModelCustomUpdate> customUpdates = new LinkedHashMap<>();
  private final Map<String, ModelCustomConnectivityUpdate> customConnectivityUpdates =
      new LinkedHashMap<>();
  private RuntimeSettings settings =
      new RuntimeSettings().fusesPostsynapticModels(false).fusesPrePostWeightUpdateModels(false);
  private boolean narrowsIndices;
  private double dt = 0.5;
  private int batchSize = 1;
  private long seed;

  /// What `build` has lowered and `load` can use.
  private Optional<LoweredModel> checked = Optional.empty();

  /// A model in single precision, on the fastest back end that is available.
  public GeNNModel() {
    this(Precision.FLOAT, "GeNNModel");
  }

  public GeNNModel(Precision precision, String modelName) {
    this(precision, modelName, "auto");
  }

  public GeNNModel(Precision precision, String modelName, String backend) {
    this(precision, modelName, backend, precision);
  }

  /// @param timePrecision of `t` and of times of spikes
  public GeNNModel(Precision precision, String modelName, String backend, Precision timePrecision) {
    Given.all("GeNNModel", "precision", precision, "precision of time", timePrecision);
    Given.all("GeNNModel", "name", modelName, "back end", backend);
    this.precision = precision;
    this.timePrecision = timePrecision;
    Backends.requireAvailable(backend);
    state = new ModelState(modelName);
    settings = settings.backend(backend);
  }

  // ---- description

  public Precision precision() {
    return precision;
  }

  public Precision timePrecision() {
    return timePrecision;
  }

  public String name() {
    return state.name();
  }

  public void setName(String name) {
    state.rename(name);
  }

  /// Duration of a timestep (ms).
  public double dt() {
    return dt;
  }

  public void setDt(double dt) {
    state.requireNotBuilt("change dt");
    if (!(dt > 0) || Double.isInfinite(dt)) {
      throw new IllegalArgumentException(
          "%s: dt must be positive (ms), got %s".formatted(owner(), dt));
    }
    this.dt = dt;
  }

  public int batchSize() {
    return batchSize;
  }

  public void setBatchSize(int batchSize) {
    state.requireNotBuilt("change its batch size");
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "%s: the batch size must be at least 1, got %s".formatted(owner(), batchSize));
    }
    this.batchSize = batchSize;
  }

  /// The seed; of a loaded model without one, the seed that was drawn.
  public long seed() {
    return state.isLoaded() ? state.simulation().seed() : seed;
  }

  /// Sets the seed of all random numbers; 0 draws one.
  public void setSeed(long seed) {
    state.requireNotBuilt("change its seed");
    this.seed = seed;
  }

  public boolean timingEnabled() {
    return settings.isTimed();
  }

  public void setTimingEnabled(boolean isEnabled) {
    state.requireNotBuilt("change whether it is timed");
    settings = settings.isTimed(isEnabled);
  }

  /// The back end that is wanted: a name, or `auto`.
  public String backendName() {
    return settings.backend();
  }

  /// Name of the back end that runs the loaded model.
  ///
  /// @throws IllegalStateException when it is not loaded
  public String backend() {
    return simulation().backend();
  }

  /// @param backend a name, or `auto`
  /// @throws IllegalArgumentException for a name that no back end has
  /// @throws org.genn.engine.backend.BackendException for one that does not work on this machine
  public void setBackendName(String backend) {
    state.requireNotBuilt("change its back end");
    Given.all(owner(), "back end", backend);
    Backends.requireAvailable(backend);
    settings = settings.backend(backend);
  }

  public boolean fusePostsynapticModels() {
    return settings.fusesPostsynapticModels();
  }

  public void setFusePostsynapticModels(boolean fuses) {
    state.requireNotBuilt("change how it is fused");
    settings = settings.fusesPostsynapticModels(fuses);
  }

  public boolean fusePrePostWeightUpdateModels() {
    return settings.fusesPrePostWeightUpdateModels();
  }

  /// Whether synapse populations whose weight updates keep the same for a neuron share it. What the
  /// host writes to such a variable of one is then written to all.
  public void setFusePrePostWeightUpdateModels(boolean fuses) {
    state.requireNotBuilt("change how it is fused");
    settings = settings.fusesPrePostWeightUpdateModels(fuses);
  }

  public VarLocation defaultVarLocation() {
    return state.usualLocation();
  }

  /// Sets the location of the variables of groups that are added afterwards.
  public void setDefaultVarLocation(VarLocation location) {
    state.usualLocation(location);
  }

  public VarLocation defaultSparseConnectivityLocation() {
    return state.usualConnectivityLocation();
  }

  /// Sets the location of the connections of groups that are added afterwards.
  public void setDefaultSparseConnectivityLocation(VarLocation location) {
    state.usualConnectivityLocation(location);
  }

  public boolean defaultNarrowSparseIndEnabled() {
    return narrowsIndices;
  }

  /// Sets whether sparse populations that are added afterwards store targets in as few bytes as
  /// their number allows.
  public void setDefaultNarrowSparseIndEnabled(boolean isEnabled) {
    state.requireNotBuilt("change how connections are stored");
    narrowsIndices = isEnabled;
  }

  /// Free memory of the device (bytes): 0 where kernels run in host memory.
  public long freeDeviceMemBytes() {
    return 0;
  }

  /// Threads, slices and how kernels are built.
  public RuntimeSettings preferences() {
    return settings;
  }

  /// Sets all of them, the back end, timing and fusing included; start with `preferences()` to
  /// change some.
  public void setPreferences(RuntimeSettings preferences) {
    state.requireNotBuilt("change its preferences");
    Given.all(owner(), "set of preferences", preferences);
    settings = preferences;
  }

  /// @param params by name, all that the model has
  /// @param vars initial values by name, of all variables that the model has: numbers, arrays (of
  ///   one example, or of all), or `InitialValue`s
  public NeuronPopulation addNeuronPopulation(
      String popName,
      int numNeurons,
      NeuronModel neuron,
      Map<String, ? extends Number> params,
      Map<String, ?> vars) {
    checkNew("neuron population", popName, neuronPopulations);
    String where = "neuron population '" + popName + "'";
    Given.all(where, "model", neuron);
    var bindings = ModelPart.bindings(where, GivenNames.of(neuron), params, vars);
    var population = new NeuronPopulation(state, popName, numNeurons, neuron, bindings);
    neuronPopulations.put(popName, population);
    return population;
  }

  /// @param neuron name of a built-in model: `LIF`, `Izhikevich`, …
  public NeuronPopulation addNeuronPopulation(
      String popName,
      int numNeurons,
      String neuron,
      Map<String, ? extends Number> params,
      Map<String, ?> vars) {
    return addNeuronPopulation(popName, numNeurons, NeuronModels.named(neuron), params, vars);
  }

  /// @param matrixType `DENSE`, `DENSE_PROCEDURALG`, or `SPARSE` for connections that are given one
  ///   by one before the model is loaded
  public SynapsePopulation addSynapsePopulation(
      String popName,
      String matrixType,
      NeuronPopulation source,
      NeuronPopulation target,
      WeightUpdate weightUpdateInit,
      Postsynapse postsynapticInit) {
    return addSynapsePopulation(
        popName,
        MatrixTypes.connectivity(owner(), matrixType),
        source,
        target,
        weightUpdateInit,
        postsynapticInit);
  }

  /// @param matrixType `SPARSE`, `BITMASK`, `PROCEDURAL`, `PROCEDURAL_KERNELG` or `TOEPLITZ`
  /// @param connectivityInit code that makes connections; see `initSparseConnectivity` and
  ///   `initToeplitzConnectivity`
  public SynapsePopulation addSynapsePopulation(
      String popName,
      String matrixType,
      NeuronPopulation source,
      NeuronPopulation target,
      WeightUpdate weightUpdateInit,
      Postsynapse postsynapticInit,
      BuiltSynapses connectivityInit) {
    return addSynapsePopulation(
        popName,
        MatrixTypes.connectivity(owner(), matrixType, connectivityInit),
        source,
        target,
        weightUpdateInit,
        postsynapticInit);
  }

  /// @param connectivity how the populations are connected
  public SynapsePopulation addSynapsePopulation(
      String popName,
      Connectivity connectivity,
      NeuronPopulation source,
      NeuronPopulation target,
      WeightUpdate weightUpdateInit,
      Postsynapse postsynapticInit) {
    checkNew("synapse population", popName, synapsePopulations);
    var population =
        new SynapsePopulation(
            state, popName, connectivity, source, target, weightUpdateInit, postsynapticInit);
    if (narrowsIndices && connectivity instanceof Connectivity.Sparse) {
      population.setNarrowSparseIndEnabled(true);
    }
    synapsePopulations.put(popName, population);
    return population;
  }

  public SynapsePopulation addSynapsePopulation(
      String popName,
      String matrixType,
      String source,
      String target,
      WeightUpdate weightUpdateInit,
      Postsynapse postsynapticInit) {
    return addSynapsePopulation(
        popName,
        matrixType,
        neuronPopulation(source),
        neuronPopulation(target),
        weightUpdateInit,
        postsynapticInit);
  }

  public SynapsePopulation addSynapsePopulation(
      String popName,
      String matrixType,
      String source,
      String target,
      WeightUpdate weightUpdateInit,
      Postsynapse postsynapticInit,
      BuiltSynapses connectivityInit) {
    return addSynapsePopulation(
        popName,
        matrixType,
        neuronPopulation(source),
        neuronPopulation(target),
        weightUpdateInit,
        postsynapticInit,
        connectivityInit);
  }

  /// Adds a population that uses the connections, the weights and the weight update model of
  /// another one, which has the same numbers of neurons. It stores nothing twice; where the model
  /// learns, both change the same weights.
  ///
  /// @param delaySteps axonal delay
  public SynapsePopulation addSlaveSynapsePopulation(
      String popName,
      SynapsePopulation masterPop,
      int delaySteps,
      NeuronPopulation source,
      NeuronPopulation target,
      Postsynapse postsynapticInit) {
    checkNew("synapse population", popName, synapsePopulations);
    state.requireOwn("synapse population '" + popName + "'", "master", masterPop);
    var population =
        new SynapsePopulation(state, popName, masterPop, source, target, postsynapticInit);
    population.setAxonalDelaySteps(delaySteps);
    synapsePopulations.put(popName, population);
    return population;
  }

  public SynapsePopulation addSlaveSynapsePopulation(
      String popName,
      String masterPop,
      int delaySteps,
      String source,
      String target,
      Postsynapse postsynapticInit) {
    return addSlaveSynapsePopulation(
        popName,
        synapsePopulation(masterPop),
        delaySteps,
        neuronPopulation(source),
        neuronPopulation(target),
        postsynapticInit);
  }

  public ModelCurrentSource addCurrentSource(
      String csName,
      CurrentSourceModel currentSourceModel,
      NeuronPopulation pop,
      Map<String, ? extends Number> params,
      Map<String, ?> vars) {
    return addCurrentSource(csName, currentSourceModel, pop, params, vars, Map.of());
  }

  /// @param varRefs variables of the population that the model names; those of the same name where
  ///   none is given
  public ModelCurrentSource addCurrentSource(
      String csName,
      CurrentSourceModel currentSourceModel,
      NeuronPopulation pop,
      Map<String, ? extends Number> params,
      Map<String, ?> vars,
      Map<String, VariableReference> varRefs) {
    checkNew("current source", csName, currentSources);
    String where = "current source '" + csName + "'";
    state.requireOwn(where, "population", pop);
    Given.all(where, "model", currentSourceModel);
    var bindings = ModelPart.bindings(where, GivenNames.of(currentSourceModel), params, vars);
    var source =
        new CurrentSource(csName, pop.name(), currentSourceModel, bindings, varRefs, "Isyn");
    state.requireOwn(where, source.neuronVariables());
    var added = new ModelCurrentSource(state, source);
    currentSources.put(csName, added);
    return added;
  }

  /// @param currentSourceModel name of a built-in model: `DC`, `GaussianNoise`, `PoissonExp`
  public ModelCurrentSource addCurrentSource(
      String csName,
      String currentSourceModel,
      NeuronPopulation pop,
      Map<String, ? extends Number> params,
      Map<String, ?> vars) {
    return addCurrentSource(
        csName, CurrentSourceModels.named(currentSourceModel), pop, params, vars);
  }

  /// @param model name of a built-in model: `Transpose`
  public ModelCustomUpdate addCustomUpdate(
      String cuName,
      String groupName,
      String model,
      Map<String, ? extends Number> params,
      Map<String, ?> vars,
      Map<String, VariableReference> varRefs) {
    return addCustomUpdate(
        cuName, groupName, CustomUpdateModels.named(model), params, vars, varRefs);
  }

  /// @param varRefs what the model's references refer to; see `createVarRef` and its like
  public ModelCustomUpdate addCustomUpdate(
      String cuName,
      String groupName,
      CustomUpdateModel model,
      Map<String, ? extends Number> params,
      Map<String, ?> vars,
      Map<String, VariableReference> varRefs) {
    return addCustomUpdate(cuName, groupName, model, params, vars, varRefs, Map.of());
  }

  public ModelCustomUpdate addCustomUpdate(
      String cuName,
      String groupName,
      CustomUpdateModel model,
      Map<String, ? extends Number> params,
      Map<String, ?> vars,
      Map<String, VariableReference> varRefs,
      Map<String, VariableReference> egpRefs) {
    checkNew("custom update", cuName, customUpdates);
    checkName("custom update group", groupName);
    String where = "custom update '" + cuName + "'";
    Given.all(where, "model", model);
    var bindings = ModelPart.bindings(where, GivenNames.of(model), params, vars);
    var update = new CustomUpdate(cuName, groupName, model, bindings, varRefs, egpRefs);
    state.requireOwn(where, update.references());
    state.requireOwn(where, update.extraGlobalParameterReferences());
    var added = new ModelCustomUpdate(state, update);
    customUpdates.put(cuName, added);
    return added;
  }

  /// @param synapseGroup a sparse population
  public ModelCustomConnectivityUpdate addCustomConnectivityUpdate(
      String cuName,
      String groupName,
      SynapsePopulation synapseGroup,
      CustomConnectivityUpdateModel model,
      Map<String, ? extends Number> params,
      Map<String, ?> vars,
      Map<String, ?> preVars,
      Map<String, ?> postVars) {
    return addCustomConnectivityUpdate(
        cuName,
        groupName,
        synapseGroup,
        model,
        params,
        vars,
        preVars,
        postVars,
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of());
  }

  /// @param synapseGroup a sparse population
  /// @param vars initial values of variables of the synapses
  /// @param preVars initial values of variables of the source neurons
  /// @param postVars initial values of variables of the target neurons
  /// @param varRefs variables of the same synapses that the model names
  /// @param preVarRefs variables with a value per source neuron
  /// @param postVarRefs variables with a value per target neuron
  public ModelCustomConnectivityUpdate addCustomConnectivityUpdate(
      String cuName,
      String groupName,
      SynapsePopulation synapseGroup,
      CustomConnectivityUpdateModel model,
      Map<String, ? extends Number> params,
      Map<String, ?> vars,
      Map<String, ?> preVars,
      Map<String, ?> postVars,
      Map<String, VariableReference> varRefs,
      Map<String, VariableReference> preVarRefs,
      Map<String, VariableReference> postVarRefs,
      Map<String, VariableReference> egpRefs) {
    checkNew("custom connectivity update", cuName, customConnectivityUpdates);
    checkName("custom update group", groupName);
    String where = "custom connectivity update '" + cuName + "'";
    state.requireOwn(where, "synapse population", synapseGroup);
    Given.all(where, "model", model);
    Given.values(where, "variable", vars);
    Given.values(where, "presynaptic variable", preVars);
    Given.values(where, "postsynaptic variable", postVars);
    var all = new LinkedHashMap<String, Object>(vars);
    all.putAll(ModelPart.ofEnd(where, "presynaptic", preVars, model.pre().variables()));
    all.putAll(ModelPart.ofEnd(where, "postsynaptic", postVars, model.post().variables()));
    var bindings = ModelPart.bindings(where, GivenNames.of(model), params, all);
    var references =
        new CustomConnectivityUpdate.References(varRefs, preVarRefs, postVarRefs, egpRefs);
    state.requireOwn(where, references.synapses());
    state.requireOwn(where, references.pre());
    state.requireOwn(where, references.post());
    state.requireOwn(where, references.extraGlobalParameters());
    var update =
        new ModelCustomConnectivityUpdate(
            state,
            new CustomConnectivityUpdate(
                cuName, groupName, synapseGroup.name(), model, bindings, references));
    customConnectivityUpdates.put(cuName, update);
    return update;
  }

  private void checkNew(String kind, String name, Map<String, ?> existing) {
    state.requireNotBuilt("get another " + kind);
    checkName(kind, name);
    if (existing.containsKey(name)) {
      throw new IllegalArgumentException("%s already has a %s '%s'".formatted(owner(), kind, name));
    }
  }

  private void checkName(String kind, String name) {
    Given.all(owner(), "the name of a " + kind, name);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s: %s '%s': a name has letters, digits and underscores only"
              .formatted(owner(), kind, name));
    }
  }

  public Map<String, NeuronPopulation> neuronPopulations() {
    return new Named<>(owner(), "neuron population", neuronPopulations);
  }

  public Map<String, SynapsePopulation> synapsePopulations() {
    return new Named<>(owner(), "synapse population", synapsePopulations);
  }

  public Map<String, ModelCurrentSource> currentSources() {
    return new Named<>(owner(), "current source", currentSources);
  }

  public Map<String, ModelCustomUpdate> customUpdates() {
    return new Named<>(owner(), "custom update", customUpdates);
  }

  public Map<String, ModelCustomConnectivityUpdate> customConnectivityUpdates() {
    return new Named<>(owner(), "custom connectivity update", customConnectivityUpdates);
  }

  public NeuronPopulation neuronPopulation(String popName) {
    return neuronPopulations().get(popName);
  }

  public SynapsePopulation synapsePopulation(String popName) {
    return synapsePopulations().get(popName);
  }

  public ModelCurrentSource currentSource(String csName) {
    return currentSources().get(csName);
  }

  /// Neurons of all populations.
  public long numNeurons() {
    return neuronPopulations.values().stream().mapToLong(NeuronPopulation::numNeurons).sum();
  }

  /// The model as a value.
  public ModelSpec spec() {
    return new ModelSpec(
        state.name(),
        precision,
        Optional.of(timePrecision),
        dt,
        batchSize,
        seed,
        neuronPopulations.values().stream().map(NeuronPopulation::group).toList(),
        synapsePopulations.values().stream().map(SynapsePopulation::group).toList(),
        currentSources.values().stream().map(ModelCurrentSource::source).toList(),
        customUpdates.values().stream().map(ModelCustomUpdate::update).toList(),
        customConnectivityUpdates.values().stream()
            .map(ModelCustomConnectivityUpdate::update)
            .toList(),
        Map.of(),
        500);
  }

  // ---- life

  /// Checks the model and all its snippets. Afterwards its structure is fixed.
  public void build() {
    state.requireNotBuilt("be built again");
    checked = Opening.check(spec(), settings);
    state.built();
  }

  /// The same, with the sources of the kernels left in `path/NAME_CODE` when the model is loaded.
  public void build(Path path) {
    build(path, false);
  }

  /// @param alwaysRebuild whether kernels are built even where the cache has them
  public void build(Path path, boolean alwaysRebuild) {
    build(path, alwaysRebuild, false);
  }

  /// @param alwaysRebuild whether kernels are built even where the cache has them
  /// @param neverRebuild whether `load` refuses a model whose kernels the cache has not
  public void build(Path path, boolean alwaysRebuild, boolean neverRebuild) {
    state.requireNotBuilt("be built again");
    Given.all(owner(), "path", path);
    if (alwaysRebuild && neverRebuild) {
      throw new IllegalArgumentException(
          owner() + ": kernels can't be built both always and never; choose one");
    }
    var build = settings.build().sourceDirectory(sources(path)).isFromCacheOnly(neverRebuild);
    settings = settings.build(alwaysRebuild ? build.cacheDirectory(Optional.empty()) : build);
    build();
  }

  /// A name such as `../net` must not lead out of the folder that was given.
  private Path sources(Path folder) {
    Path sources = folder.resolve(name() + "_CODE").toAbsolutePath().normalize();
    if (!folder.toAbsolutePath().normalize().equals(sources.getParent())) {
      throw new IllegalArgumentException(
          "%s: sources are left in a folder of the model's name, which must not contain '%s' then"
              .formatted(owner(), folder.getFileSystem().getSeparator()));
    }
    return sources;
  }

  /// Groups, variables with shapes and bytes, and kernels, as a table. From `build` on it says what
  /// memory `load` will take.
  public String describe() {
    state.requireBuilt("describe");
    return state.isLoaded()
        ? state.simulation().describe()
        : ModelTable.of(
                checked.orElseGet(() -> Opening.lower(spec(), settings)), settings.threadCount())
            .toString();
  }

  public void load() {
    load(0);
  }

  /// Builds or loads the kernels, allocates memory and sets initial values.
  ///
  /// @param numRecordingTimesteps steps that recordings hold
  public void load(int numRecordingTimesteps) {
    state.requireBuilt("load");
    state.requireNotLoaded();
    if (numRecordingTimesteps < 0) {
      throw new IllegalArgumentException(
          "%s: the number of timesteps that recordings hold must not be negative, got %d"
              .formatted(owner(), numRecordingTimesteps));
    }
    List<String> recorded =
        neuronPopulations.values().stream()
            .filter(
                population ->
                    population.spikeRecordingEnabled() || population.spikeEventRecordingEnabled())
            .map(NeuronPopulation::name)
            .toList();
    if (!recorded.isEmpty() && numRecordingTimesteps < 1) {
      throw new IllegalStateException(
          "%s records spikes of %s; give load the number of timesteps to hold"
              .formatted(owner(), recorded));
    }
    state.loaded(Simulation.open(spec(), settings.recordingSteps(numRecordingTimesteps), checked));
    checked = Optional.empty();
  }

  public void unload() {
    state.unload();
  }

  /// The same as `unload`.
  public void end() {
    unload();
  }

  /// Unloads the model if it is loaded.
  @Override
  public void close() {
    if (state.isLoaded()) {
      unload();
    }
  }

  /// Brings a loaded model back to where it was when it was loaded: initial values with the same
  /// random numbers, time 0.
  public void reinitialise() {
    simulation().reinitialise();
  }

  /// What runs the loaded model.
  public Simulation simulation() {
    return state.simulation();
  }

  public void stepTime() {
    simulation().stepTime();
  }

  /// As many calls of `stepTime()`; faster where threads share the work of a step.
  public void stepTime(int steps) {
    simulation().stepTime(steps);
  }

  public void customUpdate(String name) {
    simulation().customUpdate(name);
  }

  /// Time of the next step (ms).
  public double t() {
    return simulation().t();
  }

  /// Sets time to a whole number of steps, the nearest to `t` (ms).
  public void setT(double t) {
    double steps = t / dt;
    if (!(Math.abs(steps) <= LAST_TIMESTEP)) {
      throw new IllegalArgumentException(
          "%s: time must be a number of ms up to 2^53 timesteps of %s ms, got %s"
              .formatted(owner(), dt, t));
    }
    setTimestep(Math.round(steps));
  }

  public long timestep() {
    return simulation().timestep();
  }

  public void setTimestep(long timestep) {
    simulation().setTimestep(timestep);
  }

  // ---- between host and device

  /// Makes recorded spikes visible to the host.
  public void pullRecordingBuffersFromDevice() {
    if (simulation().recordingSteps() == 0 || !records()) {
      throw new IllegalStateException(
          owner()
              + " records nothing; enable recording before build() and give load the number of"
              + " timesteps");
    }
  }

  private boolean records() {
    return neuronPopulations.values().stream()
        .anyMatch(
            population ->
                population.spikeRecordingEnabled() || population.spikeEventRecordingEnabled());
  }

  /// Makes the spikes of a population visible to `NeuronPopulation.currentSpikes`.
  public void pullSpikesFromDevice(String popName) {
    neuronPopulation(popName).currentSpikes();
  }

  /// Hands spikes over that `SpikeView.set` of `NeuronPopulation.currentSpikes` has given a
  /// population: the next step delivers them.
  ///
  /// @throws IllegalStateException where spikes of the population cannot be set
  public void pushSpikesToDevice(String popName) {
    neuronPopulation(popName).currentSpikes().requireReplaceable();
  }

  public void pullCurrentSpikesFromDevice(String popName) {
    pullSpikesFromDevice(popName);
  }

  public void pushCurrentSpikesToDevice(String popName) {
    pushSpikesToDevice(popName);
  }

  /// Makes the spike-like events of a population visible to
  /// `SynapsePopulation.currentPreSpikeEvents` and `currentPostSpikeEvents`.
  public void pullSpikeEventsFromDevice(String popName) {
    neuronPopulation(popName);
    simulation();
  }

  /// Hands events over that `SpikeView.set` has given: the next step delivers them.
  public void pushSpikeEventsToDevice(String popName) {
    pullSpikeEventsFromDevice(popName);
  }

  public void pullCurrentSpikeEventsFromDevice(String popName) {
    pullSpikeEventsFromDevice(popName);
  }

  public void pushCurrentSpikeEventsToDevice(String popName) {
    pullSpikeEventsFromDevice(popName);
  }

  /// Makes the connections of a sparse population visible.
  public void pullConnectivityFromDevice(String popName) {
    simulation().sparseConnectivity(synapsePopulation(popName).name()).pull();
  }

  public void pushConnectivityToDevice(String popName) {
    simulation().sparseConnectivity(synapsePopulation(popName).name()).push();
  }

  public void pullExtraGlobalParamFromDevice(String popName, String egpName) {
    groups().arrays(popName, egpName).forEach(ModelArray::pullFromDevice);
  }

  public void pushExtraGlobalParamToDevice(String popName, String egpName) {
    groups().arrays(popName, egpName).forEach(ModelArray::pushToDevice);
  }

  /// Makes all variables of a group visible; of a synapse population also those that its weight
  /// update keeps for neurons and those of its postsynaptic model.
  ///
  /// @param popName name of a population, a current source or a custom update
  public void pullStateFromDevice(String popName) {
    groups().variables(popName).forEach(ModelVariable::pullFromDevice);
  }

  public void pushStateToDevice(String popName) {
    groups().variables(popName).forEach(ModelVariable::pushToDevice);
  }

  public void pullVarFromDevice(String popName, String varName) {
    groups().variables(popName, varName).forEach(ModelVariable::pullFromDevice);
  }

  public void pushVarToDevice(String popName, String varName) {
    groups().variables(popName, varName).forEach(ModelVariable::pushToDevice);
  }

  private ModelGroups groups() {
    return new ModelGroups(this);
  }

  // ---- times, in seconds since load

  /// Time of neuron updates, 0 unless `timingEnabled`.
  public double neuronUpdateTime() {
    return stepTime("FORWARD") + stepTime("NEURONS");
  }

  /// Time of what synapses do at spikes and events of their sources.
  public double presynapticUpdateTime() {
    return stepTime("PRESYNAPTIC");
  }

  /// Time of what synapses do at spikes and events of their targets.
  public double postsynapticUpdateTime() {
    return stepTime("POSTSYNAPTIC");
  }

  /// Time of what synapses do in every step.
  public double synapseDynamicsTime() {
    return stepTime("SYNAPSE_DYNAMICS");
  }

  private double stepTime(String part) {
    return simulation().times().steps().getOrDefault(part, 0.0);
  }

  /// Time of initial values, except for those of `initSparseTime`.
  public double initTime() {
    KernelTimes times = simulation().times();
    return times.initialise() - times.connect();
  }

  /// Time of connections and of initial values of the synapses that they make.
  public double initSparseTime() {
    return simulation().times().connect();
  }

  /// Time of the updates of a group, without those of `getCustomUpdateTransposeTime`.
  public double getCustomUpdateTime(String name) {
    return customUpdateTimes(name).update();
  }

  /// Time of the updates of a group that also write a matrix transposed.
  public double getCustomUpdateTransposeTime(String name) {
    return customUpdateTimes(name).transpose();
  }

  /// Time of what follows changes of connections.
  public double getCustomUpdateRemapTime(String name) {
    return customUpdateTimes(name).remap();
  }

  /// Time of host code of custom connectivity updates.
  public double getCustomUpdateHostTime(String name) {
    return customUpdateTimes(name).host();
  }

  private CustomUpdateTimes customUpdateTimes(String group) {
    return new Lookup<>(owner(), "custom update group", simulation().times().customUpdates())
        .get(group);
  }

  private String owner() {
    return "model '" + state.name() + "'";
  }
}
