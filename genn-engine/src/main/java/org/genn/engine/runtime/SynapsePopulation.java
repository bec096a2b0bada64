package org.genn.engine.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.Given;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseDelays;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.jspecify.annotations.Nullable;

/// A population of synapses of a `GeNNModel`.
public final class SynapsePopulation {
  private final ModelState state;
  private final String name;

  /// Sparse, with connections still to be given.
  static final Connectivity.Sparse UNCONNECTED = Connectivity.Sparse.of(new int[0], new int[0]);

  private Connectivity connectivity;
  private SynapseDelays delays = SynapseDelays.NONE;
  private final NeuronPopulation source;
  private final NeuronPopulation target;
  private final WeightUpdate weightUpdate;
  private final Postsynapse postsynapse;
  private final ModelPart weightPart;
  private final ModelPart postsynapticPart;
  private final Map<String, ModelVariable> preVars;
  private final Map<String, ModelVariable> postVars;
  private final Locations endLocations;
  private final SnippetArrays connectivityArrays;
  private OptionalInt maxConnections = OptionalInt.empty();
  private String postTargetVar = "Isyn";
  private String preTargetVar = "Isyn";

  private VarLocation connectivityLocation;
  private VarLocation outputLocation;
  private VarLocation dendriticDelayLocation;
  private ParallelismHint parallelismHint = ParallelismHint.POSTSYNAPTIC;
  private int numThreadsPerSpike = 1;
  private OptionalInt maxSourceConnections = OptionalInt.empty();

  /// Whose synapses it uses, when they are not its own.
  private final @Nullable SynapsePopulation master;

  /// A population that uses the synapses of another one.
  SynapsePopulation(
      ModelState state,
      String name,
      SynapsePopulation master,
      NeuronPopulation source,
      NeuronPopulation target,
      Postsynapse postsynapse) {
    this(
        state,
        name,
        new Connectivity.Shared(master.name),
        source,
        target,
        master.weightUpdate,
        postsynapse,
        master);
  }

  SynapsePopulation(
      ModelState state,
      String name,
      Connectivity connectivity,
      NeuronPopulation source,
      NeuronPopulation target,
      WeightUpdate weightUpdate,
      Postsynapse postsynapse) {
    this(state, name, connectivity, source, target, weightUpdate, postsynapse, null);
  }

  private SynapsePopulation(
      ModelState state,
      String name,
      Connectivity connectivity,
      NeuronPopulation source,
      NeuronPopulation target,
      WeightUpdate weightUpdate,
      Postsynapse postsynapse,
      @Nullable SynapsePopulation master) {
    String where = "synapse population '" + name + "'";
    Given.all(where, "connectivity", connectivity);
    Given.all(where, "weight update", weightUpdate, "postsynapse", postsynapse);
    state.requireOwn(where, "source", source);
    state.requireOwn(where, "target", target);
    state.requireOwn(where, weightUpdate.preNeuronVariables());
    state.requireOwn(where, weightUpdate.postNeuronVariables());
    state.requireOwn(where, weightUpdate.postsynapticVariables());
    state.requireOwn(where, postsynapse.neuronVariables());
    this.master = master;
    this.state = state;
    connectivityLocation = state.usualConnectivityLocation();
    outputLocation = state.usualLocation();
    dendriticDelayLocation = state.usualLocation();
    this.name = name;
    this.connectivity = connectivity;
    this.source = source;
    this.target = target;
    this.weightUpdate = weightUpdate;
    this.postsynapse = postsynapse;
    weightPart = master == null ? synapses(state, name, weightUpdate) : master.weightPart;
    preVars =
        variables(weightUpdate.model().pre().variables(), VariableReference.Kind.WEIGHT_UPDATE_PRE);
    postVars =
        variables(
            weightUpdate.model().post().variables(), VariableReference.Kind.WEIGHT_UPDATE_POST);
    endLocations = new Locations(state, "group '" + name + "'", state.usualLocation());
    connectivityArrays = SnippetArrays.of(state, name, connectivity);
    postsynapticPart =
        new ModelPart(
            state,
            VariableReference.Kind.POSTSYNAPTIC,
            name,
            postsynapse.model().declarations(),
            postsynapse.model().declarations().variables().stream()
                .map(variable -> VariableReference.postsynaptic(name, variable.name()))
                .toList(),
            postsynapse.bindings());
  }

  private static ModelPart synapses(ModelState state, String name, WeightUpdate weightUpdate) {
    return new ModelPart(
        state,
        VariableReference.Kind.SYNAPSE,
        name,
        weightUpdate.model().declarations(),
        weightUpdate.model().declarations().variables().stream()
            .map(variable -> VariableReference.synapse(name, variable.name()))
            .toList(),
        weightUpdate.bindings());
  }

  private void requireOwnSynapses(String what) {
    if (master != null) {
      throw new IllegalStateException(
          "population '%s' uses the synapses of '%s' and can't %s; that one can"
              .formatted(name, master.name, what));
    }
  }

  private Map<String, ModelVariable> variables(
      List<Variable> declared, VariableReference.Kind kind) {
    var byName = new LinkedHashMap<String, ModelVariable>();
    for (Variable variable : declared) {
      var reference = new VariableReference(kind, name, variable.name());
      byName.put(
          variable.name(),
          master == null ? weightPart.variable(reference) : new ModelVariable(state, reference));
    }
    return new Named<>("group '" + name + "'", "variable", byName);
  }

  ModelState state() {
    return state;
  }

  public String name() {
    return name;
  }

  public NeuronPopulation source() {
    return source;
  }

  public NeuronPopulation target() {
    return target;
  }

  /// How it is connected, as far as that was said by now.
  public Connectivity connectivity() {
    return connectivity;
  }

  /// What its synapses do, with the values that it was added with.
  public WeightUpdate weightUpdate() {
    return weightUpdate;
  }

  /// What becomes of its input, with the values that it was added with.
  public Postsynapse postsynapse() {
    return postsynapse;
  }

  public Map<String, ModelVariable> vars() {
    return weightPart.variables();
  }

  /// Variables that the weight update keeps for each neuron of the source.
  public Map<String, ModelVariable> preVars() {
    return preVars;
  }

  /// Variables that the weight update keeps for each neuron of the target.
  public Map<String, ModelVariable> postVars() {
    return postVars;
  }

  public Map<String, ModelVariable> psmVars() {
    return postsynapticPart.variables();
  }

  public Map<String, ModelArray> extraGlobalParams() {
    return weightPart.arrays();
  }

  public Map<String, ModelArray> psmExtraGlobalParams() {
    return postsynapticPart.arrays();
  }

  /// Arrays of the code that makes the connections.
  public Map<String, ModelArray> connectivityExtraGlobalParams() {
    return connectivityArrays.arrays();
  }

  /// All variables: of the synapses, of what the weight update keeps for neurons, and of the
  /// postsynaptic model.
  List<ModelVariable> variables() {
    return Stream.of(vars(), preVars, postVars, psmVars())
        .flatMap(variables -> variables.values().stream())
        .toList();
  }

  /// All extra global parameters, except for those of code that runs when the model is loaded.
  List<ModelArray> arrays() {
    return Stream.of(extraGlobalParams(), psmExtraGlobalParams())
        .flatMap(arrays -> arrays.values().stream())
        .toList();
  }

  /// The summed input.
  public ModelVariable outPost() {
    return new ModelVariable(state, VariableReference.synapticInput(name));
  }

  public String postTargetVar() {
    return postTargetVar;
  }

  /// Sets the input of the target that `injectCurrent` feeds.
  public void setPostTargetVar(String variable) {
    Given.all("population '" + name + "'", "target variable", variable);
    state.requireNotBuilt("change where its synapses lead");
    postTargetVar = variable;
  }

  public String preTargetVar() {
    return preTargetVar;
  }

  /// Sets the input of the source that `addToPre` feeds.
  public void setPreTargetVar(String variable) {
    Given.all("population '" + name + "'", "target variable", variable);
    state.requireNotBuilt("change where its synapses lead");
    preTargetVar = variable;
  }

  /// Asks for a location of a variable of the synapses; before `build`.
  public void setWuVarLocation(String variable, VarLocation location) {
    requireOwnSynapses("change where they are");
    weightPart.setVariableLocation(variable, location);
  }

  public VarLocation wuVarLocation(String variable) {
    return weightPart.variableLocation(variable);
  }

  /// Asks for a location of a variable that is kept for neurons of the source; before `build`.
  public void setWuPreVarLocation(String variable, VarLocation location) {
    endLocations.set("presynaptic variable", variable, preVars.keySet(), location);
  }

  public VarLocation wuPreVarLocation(String variable) {
    return endLocations.get("presynaptic variable", variable, preVars.keySet());
  }

  /// Asks for a location of a variable that is kept for neurons of the target; before `build`.
  public void setWuPostVarLocation(String variable, VarLocation location) {
    endLocations.set("postsynaptic variable", variable, postVars.keySet(), location);
  }

  public VarLocation wuPostVarLocation(String variable) {
    return endLocations.get("postsynaptic variable", variable, postVars.keySet());
  }

  /// Asks for a location of a variable of the postsynaptic model; before `build`.
  public void setPsVarLocation(String variable, VarLocation location) {
    postsynapticPart.setVariableLocation(variable, location);
  }

  public VarLocation psVarLocation(String variable) {
    return postsynapticPart.variableLocation(variable);
  }

  /// Asks for a location of an array of the weight update model; before `build`.
  public void setWuExtraGlobalParamLocation(String parameter, VarLocation location) {
    requireOwnSynapses("change where they are");
    weightPart.setArrayLocation(parameter, location);
  }

  public VarLocation wuExtraGlobalParamLocation(String parameter) {
    return weightPart.arrayLocation(parameter);
  }

  /// Asks for a location of an array of the postsynaptic model; before `build`.
  public void setPsExtraGlobalParamLocation(String parameter, VarLocation location) {
    postsynapticPart.setArrayLocation(parameter, location);
  }

  public VarLocation psExtraGlobalParamLocation(String parameter) {
    return postsynapticPart.arrayLocation(parameter);
  }

  public void setWuParamDynamic(String parameter) {
    requireOwnSynapses("change their parameters");
    weightPart.setParameterDynamic(parameter);
  }

  public void setPsParamDynamic(String parameter) {
    postsynapticPart.setParameterDynamic(parameter);
  }

  public void setWuDynamicParamValue(String parameter, double value) {
    weightPart.setDynamicParameterValue(parameter, value);
  }

  public void setPsDynamicParamValue(String parameter, double value) {
    postsynapticPart.setDynamicParameterValue(parameter, value);
  }

  /// Recorded spike-like events of the source, one entry per example.
  public List<RecordedSpikes> preSpikeEventRecordingData() {
    return recordedEvents(source, name + ".pre");
  }

  /// Recorded spike-like events of the target, one entry per example.
  public List<RecordedSpikes> postSpikeEventRecordingData() {
    return recordedEvents(target, name + ".post");
  }

  /// Spike-like events of the source in the last step; those that are set here instead are
  /// delivered by the next one. Populations for which the same condition has the same values share
  /// one list, and what is set for one is set for all.
  ///
  /// @throws IllegalArgumentException when the weight update has no code for them
  public SpikeView currentPreSpikeEvents() {
    return state.simulation().spikes(name + ".pre");
  }

  /// Spike-like events of the target in the last step.
  ///
  /// @throws IllegalArgumentException when the weight update has no code for them
  public SpikeView currentPostSpikeEvents() {
    return state.simulation().spikes(name + ".post");
  }

  private List<RecordedSpikes> recordedEvents(NeuronPopulation population, String recording) {
    Simulation simulation = state.simulation();
    if (!population.spikeEventRecordingEnabled()) {
      throw new IllegalStateException(
          ("spike-like events of population '%s' are not recorded; call"
                  + " setSpikeEventRecordingEnabled(true) of population '%s' before build()")
              .formatted(name, population.name()));
    }
    return IntStream.range(0, simulation.batchSize())
        .mapToObj(example -> simulation.recordedSpikes(recording, example))
        .toList();
  }

  /// Gives the connections of a sparse population: from `preInds[k]` to `postInds[k]`. Values of
  /// its variables are in the same order; once loaded, both are sorted by source, then target,
  /// until a custom connectivity update moves synapses.
  public void setSparseConnections(int[] preInds, int[] postInds) {
    state.requireNotBuilt("be given connections");
    requireOwnSynapses("be given connections");
    boolean isNarrow = sparse("be given connections").narrowIndices();
    String where = "synapse population '" + name + "'";
    Given.all(where, "array of sources", preInds, "array of targets", postInds);
    if (preInds.length != postInds.length) {
      throw new IllegalArgumentException(
          "%s: setSparseConnections got %d sources, but %d targets; give one of each per connection"
              .formatted(where, preInds.length, postInds.length));
    }
    connectivity = Connectivity.Sparse.of(preInds, postInds).narrowIndices(isNarrow);
  }

  public boolean narrowSparseIndEnabled() {
    return connectivity instanceof Connectivity.Sparse sparse && sparse.narrowIndices();
  }

  /// Stores targets in as few bytes as their number allows.
  public void setNarrowSparseIndEnabled(boolean isEnabled) {
    state.requireNotBuilt("change how it stores connections");
    requireOwnSynapses("change how they are stored");
    connectivity = sparse("have narrow indices").narrowIndices(isEnabled);
  }

  /// Whether there will be no connections until they are given, however these are stored.
  private boolean isUnconnected() {
    return connectivity instanceof Connectivity.Sparse sparse
        && sparse.pattern() == UNCONNECTED.pattern();
  }

  /// Synapses that a source may have, where that was set.
  public OptionalInt maxConnections() {
    return maxConnections;
  }

  /// Room for synapses of each source, so that custom connectivity updates can add some.
  public void setMaxConnections(int count) {
    state.requireNotBuilt("change its room for connections");
    sparse("have room for more connections");
    maxConnections = OptionalInt.of(count);
  }

  public VarLocation sparseConnectivityLocation() {
    return connectivityLocation;
  }

  /// Asks for a location of the connections; before `build`.
  public void setSparseConnectivityLocation(VarLocation location) {
    Given.all("population '" + name + "'", "location", location);
    state.requireNotBuilt("change where connections are");
    requireOwnSynapses("change where they are");
    connectivityLocation = location;
  }

  public VarLocation outputLocation() {
    return outputLocation;
  }

  /// Asks for a location of the summed input; before `build`.
  public void setOutputLocation(VarLocation location) {
    Given.all("population '" + name + "'", "location", location);
    state.requireNotBuilt("change where values are");
    outputLocation = location;
  }

  public VarLocation dendriticDelayLocation() {
    return dendriticDelayLocation;
  }

  /// Asks for a location of input that is on its way; before `build`.
  public void setDendriticDelayLocation(VarLocation location) {
    Given.all("population '" + name + "'", "location", location);
    state.requireNotBuilt("change where values are");
    dendriticDelayLocation = location;
  }

  public ParallelismHint parallelismHint() {
    return parallelismHint;
  }

  /// Says how a GPU should divide the work. Here threads share examples and targets in any case,
  /// and results don't depend on it.
  public void setParallelismHint(ParallelismHint hint) {
    Given.all("population '" + name + "'", "parallelism hint", hint);
    state.requireNotBuilt("change how its work is divided");
    parallelismHint = hint;
  }

  public int numThreadsPerSpike() {
    return numThreadsPerSpike;
  }

  /// Says how many threads of a GPU should share the row of a spike. Here it makes no difference.
  public void setNumThreadsPerSpike(int threads) {
    state.requireNotBuilt("change how its work is divided");
    if (threads < 1) {
      throw new IllegalArgumentException(
          "population '%s': threads per spike must be at least 1, got %s".formatted(name, threads));
    }
    numThreadsPerSpike = threads;
  }

  /// Bounds the synapses of a target; there must be enough room for those that there are.
  public void setMaxSourceConnections(int count) {
    state.requireNotBuilt("change its room for connections");
    sparse("have room for more connections");
    maxSourceConnections = OptionalInt.of(count);
  }

  private Connectivity.Sparse sparse(String what) {
    if (connectivity instanceof Connectivity.Sparse sparse) {
      return sparse;
    }
    throw new IllegalStateException(
        "population '%s' has %s connectivity and can't %s; only sparse ones can"
            .formatted(name, connectivity.getClass().getSimpleName(), what));
  }

  /// Source of each synapse of a sparse population.
  public int[] sparsePreInds() {
    return state.simulation().sparseConnectivity(name).sources();
  }

  /// Target of each synapse of a sparse population.
  public int[] sparsePostInds() {
    return state.simulation().sparseConnectivity(name).targets();
  }

  public void pullConnectivityFromDevice() {
    state.simulation().sparseConnectivity(name).pull();
  }

  public void pushConnectivityToDevice() {
    state.simulation().sparseConnectivity(name).push();
  }

  public int axonalDelaySteps() {
    return delays.axonal();
  }

  /// Timesteps from a spike of the source to its synapses, besides the one that there always is.
  public void setAxonalDelaySteps(int timesteps) {
    state.requireNotBuilt("change delays");
    requireAtLeast(0, "axonal delay", timesteps);
    delays = new SynapseDelays(timesteps, delays.backPropagation(), delays.maxDendritic());
  }

  public int backPropDelaySteps() {
    return delays.backPropagation();
  }

  /// Timesteps from a spike of the target to its synapses, besides the one that there always is.
  public void setBackPropDelaySteps(int timesteps) {
    state.requireNotBuilt("change delays");
    requireAtLeast(0, "back-propagation delay", timesteps);
    delays = new SynapseDelays(delays.axonal(), timesteps, delays.maxDendritic());
  }

  /// Length of the ring that `addToPostDelay` adds to; 1 when there is none.
  public int maxDendriticDelayTimesteps() {
    return delays.maxDendritic().orElse(1);
  }

  public void setMaxDendriticDelayTimesteps(int timesteps) {
    state.requireNotBuilt("change delays");
    requireAtLeast(1, "maximal dendritic delay", timesteps);
    delays =
        new SynapseDelays(delays.axonal(), delays.backPropagation(), OptionalInt.of(timesteps));
  }

  private void requireAtLeast(int least, String delay, int timesteps) {
    if (timesteps < least) {
      throw new IllegalArgumentException(
          "population '%s': its %s must be at least %d timesteps, got %d"
              .formatted(name, delay, least, timesteps));
    }
  }

  SynapseGroup group() {
    if (isUnconnected()) {
      throw new IllegalStateException(
          "population '%s' is sparse, but has no connections; call setSparseConnections"
              .formatted(name));
    }
    var post =
        new Postsynapse(
            postsynapse.model(), postsynapticPart.bindings(), postsynapse.neuronVariables());
    if (master != null) {
      return SynapseGroup.sharing(name, master.group(), source.name(), target.name(), post)
          .postTargetVariable(postTargetVar)
          .preTargetVariable(preTargetVar)
          .delays(delays);
    }
    Connectivity connections = connectivityArrays.given(connectivity);
    if (connections instanceof Connectivity.Sparse sparse && maxConnections.isPresent()) {
      connections = sparse.maxConnections(maxConnections.getAsInt());
    }
    if (connections instanceof Connectivity.Sparse sparse && maxSourceConnections.isPresent()) {
      connections = sparse.maxSourceConnections(maxSourceConnections.getAsInt());
    }
    var weights = weightUpdate.bindings(weightPart.bindings());
    return new SynapseGroup(
        name,
        connections,
        source.name(),
        target.name(),
        weights,
        post,
        postTargetVar,
        preTargetVar,
        delays);
  }
}
