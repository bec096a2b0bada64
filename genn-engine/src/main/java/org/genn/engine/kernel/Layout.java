package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.ExtraGlobalParameter;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Schedule;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.TapeModel;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Snippet;
import org.genn.engine.snippet.SnippetType;

/// Decides which arrays a model needs and where each of its variables is.
final class Layout {
  private static final InitialValue ZERO = InitialValue.of(0);

  private final ModelSpec spec;
  private final LoweringSettings settings;
  final ArrayTable table = new ArrayTable();
  private final SynapseLayout synapses;
  private final FusedEnds fusedEnds;

  /// How neurons are divided among threads.
  final Partition partition;

  final NumericType scalar;

  /// Type of times.
  final NumericType timepoint;

  final int batch;
  final int slices;

  /// Steps of the longest trial.
  final int timesteps;

  /// Names of the program's functions.
  final Names functions = new Names();

  final boolean isOverlapped;
  final boolean hasBackward;

  final Map<VariableReference, Place> places = new LinkedHashMap<>();
  private final Map<VariableReference, Symbol> symbols = new LinkedHashMap<>();
  private final Map<VariableReference, Rows> extraGlobalParameters = new LinkedHashMap<>();
  private final Map<VariableReference, Symbol> extraGlobalParameterSymbols = new LinkedHashMap<>();
  private final Map<VariableReference, Rows> dynamicParameters = new LinkedHashMap<>();
  private final Map<VariableReference, Symbol> dynamicParameterSymbols = new LinkedHashMap<>();
  private final Map<String, SpikePlace> spikes = new LinkedHashMap<>();
  private final Map<String, SpikePlace> replays = new LinkedHashMap<>();
  private final Map<String, SpikePlace> events = new LinkedHashMap<>();
  private final Map<String, DelayRing> rings = new LinkedHashMap<>();
  private final Map<String, DendriteRing> dendrites = new LinkedHashMap<>();
  private final Map<Rows, History> histories = new LinkedHashMap<>();
  private final Map<String, Rows> recordings = new LinkedHashMap<>();
  private final Map<String, Rows> feedback = new HashMap<>();
  private final Map<String, Rows> scratch = new HashMap<>();
  private final Map<Rows, PartList> partLists = new LinkedHashMap<>();
  private final Map<String, Rows> synapticInputs = new LinkedHashMap<>();
  private final Map<String, List<SynapseGroup>> postsynapses = new LinkedHashMap<>();

  /// `int64`: the step at which the trial has started, the number of active examples, the seed, the
  /// present step.
  final Rows trial;

  private final Map<VariableReference, GeneratedValue> generated = new LinkedHashMap<>();
  private InitLowering initialisation;
  private final Map<String, Integer> connectivityStreams = new HashMap<>();
  private int stream;

  Layout(ModelSpec spec, LoweringSettings settings, ModelCode code, Accumulators accumulators) {
    this.spec = spec;
    this.settings = settings;
    scalar = spec.precision().type();
    timepoint = spec.timePrecision().type();
    batch = spec.batchSize();
    slices = settings.slicesOf(batch);
    // Parts go through all examples before the next step: sums over the steps of several examples
    // would have another order.
    boolean sumsExamples = slices < batch && !accumulators.isEmpty();
    partition = sumsExamples ? Partition.WHOLE : new Partition(settings.parts());
    synapses = new SynapseLayout(table, partition);
    fusedEnds = new FusedEnds(spec, code, settings.fusesPrePostWeightUpdateModels());
    timesteps = spec.schedules().values().stream().mapToInt(Schedule::timesteps).max().orElse(1);
    isOverlapped = spec.schedules().values().stream().anyMatch(Schedule::isOverlapped);
    hasBackward = spec.schedules().values().stream().anyMatch(s -> s.hasPhase(Phase.BACKWARD));
    trial = table.add("trial", NumericType.INT64, 1, 4);
    spec.neuronGroups().forEach(this::place);
    for (SynapseGroup group : spec.synapseGroups()) {
      place(group, accumulators);
    }
    placeRings();
    placeHistories(code);
    spec.currentSources().forEach(this::place);
    // before custom updates, which may refer to their variables
    spec.customConnectivityUpdates().forEach(this::place);
    spec.customUpdates().forEach(this::place);
  }

  // ---- what kernels ask for

  /// How the synapses of a group are found.
  RowAccess rows(String synapseGroup) {
    return synapses.rows(synapseGroup);
  }

  /// Arrays of all variables of a sparse group's synapses.
  List<Rows> synapseValues(String synapseGroup) {
    return synapses.values(synapseGroup);
  }

  Place place(VariableReference reference) {
    return places.get(reference);
  }

  /// The group whose weight update keeps the variables of `group` at an end, and runs their code.
  SynapseGroup endOwner(SynapseGroup group, End end) {
    return fusedEnds.owner(group, end);
  }

  SpikePlace spikes(String neuronGroup) {
    return spikes.get(neuronGroup);
  }

  /// What the backward phase replays: the trial's own spikes, or in overlapped training those of
  /// the trial before.
  SpikePlace replay(String neuronGroup) {
    return isOverlapped ? replays.get(neuronGroup) : spikes.get(neuronGroup);
  }

  /// Where the spike-like events of the neurons at one end are.
  Optional<SpikePlace> events(String synapseGroup, End end) {
    return Optional.ofNullable(events.get(eventKey(synapseGroup, end)));
  }

  String eventKey(String synapseGroup, End end) {
    return end == End.PRE ? synapseGroup : synapseGroup + ".post";
  }

  /// How the synapses of a target are found; null when no code asks for them.
  ColumnAccess columns(String synapseGroup) {
    return synapses.columns(synapseGroup);
  }

  /// Earlier spikes of a neuron group, or events of a synapse group, when synapses need them.
  Optional<DelayRing> ring(String key) {
    return Optional.ofNullable(rings.get(key));
  }

  Map<String, DelayRing> rings() {
    return rings;
  }

  /// Earlier values of a variable, when delayed synapses read them.
  Optional<History> history(VariableReference variable) {
    return Optional.ofNullable(places.get(variable)).map(place -> histories.get(place.rows()));
  }

  java.util.Collection<History> histories() {
    return histories.values();
  }

  Optional<DendriteRing> dendrites(String synapseGroup) {
    return Optional.ofNullable(dendrites.get(synapseGroup));
  }

  /// Rows whose elements are multiples of a number.
  Map<Rows, Integer> multiples() {
    var multiples = new HashMap<Rows, Integer>();
    dendrites.values().forEach(ring -> multiples.put(ring.starts(), ring.targets()));
    return multiples;
  }

  List<DendriteRing> dendrites() {
    return dendrites.values().stream().distinct().toList();
  }

  Optional<Rows> recording(String group) {
    return Optional.ofNullable(recordings.get(group));
  }

  Rows extraGlobalParameter(VariableReference parameter) {
    return extraGlobalParameters.get(parameter);
  }

  /// Whether examples write what all of them have in common.
  boolean examplesMeet(Function function) {
    return batch > 1
        && SharedTables.areWritten(function, Set.copyOf(extraGlobalParameters.values()));
  }

  Optional<Rows> dynamicParameter(VariableReference parameter) {
    return Optional.ofNullable(dynamicParameters.get(parameter));
  }

  Rows synapticInput(String synapseGroup) {
    return synapticInputs.get(synapseGroup);
  }

  /// The synapse groups whose postsynaptic model runs for a target: one of each set that shares its
  /// summed input.
  List<SynapseGroup> postsynapses(String target) {
    return postsynapses.getOrDefault(target, List.of());
  }

  /// Accumulator of what `addToPre` sends to an input variable of a source, per example.
  Rows feedback(String source, String variable, Phase phase) {
    return feedback.computeIfAbsent(
        source + "." + variable + "." + phase,
        _ ->
            table.add(
                "%s_%s_%s"
                    .formatted(source, variable, phase.name().toLowerCase(java.util.Locale.ROOT)),
                scalar,
                batch,
                size(source)));
  }

  boolean hasFeedback(String source, String variable, Phase phase) {
    return feedback.containsKey(source + "." + variable + "." + phase);
  }

  /// Scratch rows, one per slice and per part.
  Rows scratch(String name, NumericType type, int length) {
    return scratch.computeIfAbsent(
        name + "." + type + "." + length,
        _ -> table.scratch(name, type, Math.max(slices, partition.parts()), length));
  }

  /// Where the parts list the spikes or events of `size` neurons before these are gathered.
  PartList partList(SpikePlace place, int size) {
    return partLists.computeIfAbsent(
        place.ids(),
        ids -> {
          int rows = Math.multiplyExact(batch, partition.parts());
          return new PartList(
              place,
              table.add(
                  ids.name() + "_parts",
                  NumericType.INT32,
                  rows,
                  PartList.length(partition.largest(size))),
              partition.parts());
        });
  }

  List<PartList> partLists() {
    return List.copyOf(partLists.values());
  }

  int size(String neuronGroup) {
    return spec.neuronGroup(neuronGroup).size();
  }

  NumericType type(String name) {
    return Snippet.type(name, scalar, timepoint).numeric();
  }

  /// Variables that are stored nowhere.
  Map<VariableReference, GeneratedValue> generated() {
    return generated;
  }

  /// Lowers the code that makes connections and initial values.
  InitLowering initialisation() {
    return initialisation;
  }

  void initialisation(InitLowering lowering) {
    initialisation = lowering;
  }

  int connectivityStream(String synapseGroup) {
    return connectivityStreams.get(synapseGroup);
  }

  /// What parameters of the code that makes a group's connections are found by.
  static String connectivityKey(String synapseGroup) {
    return synapseGroup + ".connectivity";
  }

  /// What parameters of the code that computes initial values are found by.
  static String initialKey(VariableReference variable) {
    return variable.group() + "." + variable.variable();
  }

  // ---- placing

  private void place(NeuronGroup group) {
    for (Variable variable : group.model().declarations().variables()) {
      place(
          VariableReference.neuron(group.name(), variable.name()),
          group.name() + "_" + variable.name(),
          variable,
          group.size(),
          initial(group.bindings(), variable.name()));
    }
    placeParameters(
        VariableReference.Kind.NEURON,
        group.name(),
        group.model().declarations(),
        group.bindings());
    if (group.model().spikes()) {
      placeSpikes(group);
    }
    if (group.recordsSpikes()) {
      placeRecording(group.name(), group.size());
    }
    var times = new SpikeTimes(spec);
    placeTime(
        times.keepsLast(group),
        VariableReference.spikeTime(group.name()),
        group.name() + "_st",
        group.size());
    placeTime(
        times.keepsPrevious(group),
        VariableReference.previousSpikeTime(group.name()),
        group.name() + "_prevSt",
        group.size());
  }

  private void generate(SynapseGroup group, Variable variable) {
    var reference = VariableReference.synapse(group.name(), variable.name());
    InitialValue initial = byCode(initial(group.weightUpdate().bindings(), variable.name()));
    generated.put(reference, new GeneratedValue(type(variable.type()), initial, stream++));
    if (initial instanceof InitialValue.Snippet(var init, var bindings)) {
      placeParameters(reference.kind(), initialKey(reference), init.declarations(), bindings);
    }
  }

  private static int kernelLength(SynapseGroup group) {
    int length = 1;
    for (int size : SynapseLayout.built(group).orElseThrow().kernelSize()) {
      length = Math.multiplyExact(length, size);
    }
    return length;
  }

  /// Times start before any spike: at the lowest value of their type.
  private void placeTime(boolean isKept, VariableReference time, String name, int size) {
    if (isKept) {
      double never = timepoint == NumericType.DOUBLE ? -Double.MAX_VALUE : -Float.MAX_VALUE;
      put(
          time,
          name,
          type("timepoint"),
          Symbol.Copies.EXAMPLES,
          1,
          size,
          false,
          "",
          InitialValue.of(never));
    }
  }

  private void placeEnd(SynapseGroup group, End end) {
    SynapseGroup owner = fusedEnds.owner(group, end);
    for (Variable variable : end.part(group).variables()) {
      if (owner != group) {
        copyReference(end.variable(owner, variable.name()), end.variable(group, variable.name()));
        // so that variables that follow draw the same numbers as without fusing
        stream++;
        continue;
      }
      place(
          end.variable(group, variable.name()),
          "%s_%s_%s"
              .formatted(
                  group.name(), end.name().toLowerCase(java.util.Locale.ROOT), variable.name()),
          variable,
          size(end.neurons(group)),
          initial(group.weightUpdate().bindings(), variable.name()));
    }
  }

  private void placeRecording(String group, int size) {
    recordings.put(
        group,
        table.add(
            group + "_recording",
            NumericType.INT32,
            recordingSteps() * batch,
            Math.ceilDiv(size, 32)));
  }

  int recordingSteps() {
    return Math.max(
        1, Math.max(settings.recordingSteps(), spec.schedules().isEmpty() ? 1 : timesteps));
  }

  private void placeSpikes(NeuronGroup group) {
    boolean isExternal = group.model().spikesFromOutside();
    boolean isTaped = isExternal || (hasBackward && group.model().tape().isPresent());
    spikes.put(group.name(), spikePlace(group, "", isTaped, isExternal));
    if (isOverlapped && isTaped) {
      replays.put(group.name(), spikePlace(group, "replay_", true, isExternal));
    }
  }

  private SpikePlace spikePlace(
      NeuronGroup group, String prefix, boolean isTaped, boolean isExternal) {
    int size = group.size();
    String name = group.name() + "_" + prefix;
    Rows ids =
        table.add(name + "spikes", NumericType.INT32, batch, isTaped ? Rows.RAGGED : 2 * size);
    Rows offsets =
        table.add(
            name + "spikeOffsets",
            NumericType.INT32,
            batch,
            isExternal ? Rows.RAGGED : isTaped ? timesteps + 2 : 3);
    long all = (long) size * timesteps;
    int limit =
        (int)
            Math.min(
                Math.min(all, (long) size * spec.tapeCapacity()), Integer.MAX_VALUE - 16L - size);
    Map<String, Rows> fields = new LinkedHashMap<>();
    Optional<Rows> taped = Optional.empty();
    Optional<Rows> overflow = Optional.empty();
    if (isTaped && !isExternal) {
      TapeModel tape = group.model().tape().orElseThrow();
      for (TapeModel.Field field : tape.fields()) {
        fields.put(
            field.name(), table.add(name + field.name(), type(field.type()), batch, Rows.RAGGED));
      }
      if (!tape.recordWhen().isBlank()) {
        taped = Optional.of(table.add(name + "taped", NumericType.INT8, batch, Rows.RAGGED));
      }
      if (limit < all) {
        overflow = Optional.of(table.add(name + "overflow", NumericType.INT32, 1, batch));
      }
    }
    return new SpikePlace(ids, offsets, fields, taped, overflow, isTaped, isExternal, limit);
  }

  private void place(SynapseGroup group, Accumulators accumulators) {
    int sources = size(group.source());
    int targets = size(group.target());
    RowAccess access = synapses.place(group, sources, targets);
    if (group.connectivity() instanceof Connectivity.Shared(String owner)) {
      shareValues(group, owner);
    } else {
      placeValues(group, access, accumulators, sources);
    }
    for (End end : End.values()) {
      placeEnd(group, end);
    }
    var model = group.weightUpdate().model();
    if (!model.preEventThreshold().isBlank()) {
      placeEvents(group, End.PRE, sources);
    }
    if (!model.postCode().eventThreshold().isBlank()) {
      placeEvents(group, End.POST, targets);
    }
    placePostsynapse(group, targets);
  }

  /// The group's synapses are those of another one.
  private void shareValues(SynapseGroup group, String owner) {
    Declarations declarations = group.weightUpdate().model().declarations();
    for (Variable variable : declarations.variables()) {
      var shared = VariableReference.synapse(owner, variable.name());
      if (places.containsKey(shared)) {
        copyReference(shared, VariableReference.synapse(group.name(), variable.name()));
      }
    }
    for (ExtraGlobalParameter parameter : declarations.extraGlobalParameters()) {
      var shared = VariableReference.synapse(owner, parameter.name());
      var own = VariableReference.synapse(group.name(), parameter.name());
      extraGlobalParameters.put(own, extraGlobalParameters.get(shared));
      extraGlobalParameterSymbols.put(own, extraGlobalParameterSymbols.get(shared));
    }
    for (String parameter : group.weightUpdate().bindings().dynamicParameters()) {
      var shared = VariableReference.synapse(owner, parameter);
      var own = VariableReference.synapse(group.name(), parameter);
      dynamicParameters.put(own, dynamicParameters.get(shared));
      dynamicParameterSymbols.put(own, dynamicParameterSymbols.get(shared));
    }
  }

  private void placeValues(
      SynapseGroup group, RowAccess access, Accumulators accumulators, int sources) {
    SynapseLayout.built(group)
        .ifPresent(
            built -> {
              connectivityStreams.put(group.name(), stream++);
              placeParameters(
                  VariableReference.Kind.SYNAPSE,
                  connectivityKey(group.name()),
                  built.init().declarations(),
                  built.bindings());
            });
    var weightUpdate = group.weightUpdate();
    for (Variable variable : weightUpdate.model().declarations().variables()) {
      if (access.storage() == RowAccess.Storage.NOWHERE) {
        generate(group, variable);
        continue;
      }
      boolean isKernel = access.storage() == RowAccess.Storage.KERNEL;
      Symbol.Copies copies =
          accumulators.contains(group, variable)
              ? Symbol.Copies.SLICES
              : variable.access().isPerExample() ? Symbol.Copies.EXAMPLES : Symbol.Copies.SHARED;
      put(
          VariableReference.synapse(group.name(), variable.name()),
          group.name() + "_" + variable.name(),
          type(variable.type()),
          copies,
          isKernel ? 1 : sources,
          isKernel ? kernelLength(group) : access.length(),
          false,
          isKernel ? "" : group.name(),
          initial(weightUpdate.bindings(), variable.name()));
    }
    placeParameters(
        VariableReference.Kind.SYNAPSE,
        group.name(),
        weightUpdate.model().declarations(),
        weightUpdate.bindings());
  }

  private void placeEvents(SynapseGroup group, End end, int size) {
    String key = eventKey(group.name(), end);
    String name = group.name() + (end == End.PRE ? "" : "_post");
    Rows ids = table.add(name + "_events", NumericType.INT32, batch, 2 * size);
    Rows offsets = table.add(name + "_eventOffsets", NumericType.INT32, batch, 3);
    events.put(
        key,
        new SpikePlace(
            ids, offsets, Map.of(), Optional.empty(), Optional.empty(), false, false, size));
    placeEventTimes(group, end, size);
    if (spec.neuronGroup(end.neurons(group)).recordsSpikeEvents()) {
      placeRecording(key, size);
    }
  }

  private void placeEventTimes(SynapseGroup group, End end, int size) {
    var times = new SpikeTimes(spec);
    String name = group.name() + "_" + end.name().toLowerCase(java.util.Locale.ROOT);
    placeTime(times.keepsLastEvent(group, end), end.eventTime(group), name + "_set", size);
    placeTime(
        times.keepsPreviousEvent(group, end),
        end.previousEventTime(group),
        name + "_prevSet",
        size);
  }

  /// Keeps spikes and events as long as the longest delay asks for; those on the tape of a trial
  /// need no ring.
  private void placeRings() {
    var delays = new LinkedHashMap<String, Integer>();
    for (SynapseGroup group : spec.synapseGroups()) {
      var model = group.weightUpdate().model();
      int axonal = group.delays().axonal();
      int back = group.delays().backPropagation();
      if (model.preSpikeSynCode().containsKey(Phase.FORWARD)) {
        delays.merge(group.source(), axonal, Math::max);
      }
      if (!model.postCode().spike().isBlank()) {
        delays.merge(group.target(), back, Math::max);
      }
      delays.merge(eventKey(group.name(), End.PRE) + "/events", axonal, Math::max);
      delays.merge(eventKey(group.name(), End.POST) + "/events", back, Math::max);
    }
    spikes.forEach(
        (group, place) -> {
          if (!place.isTaped() || spec.schedules().isEmpty()) {
            placeRing(group, size(group), delays.getOrDefault(group, 0));
          }
        });
    events.forEach(
        (key, place) -> placeRing(key + "/events", place.limit(), delays.get(key + "/events")));
  }

  private void placeHistories(ModelCode code) {
    var delays = new LinkedHashMap<VariableReference, Integer>();
    for (SynapseGroup group : spec.synapseGroups()) {
      for (End end : End.values()) {
        if (end.delay(group) > 0) {
          end.names(group)
              .values()
              .forEach(variable -> delays.merge(variable, end.delay(group), Math::max));
        }
      }
      code.of(group)
          .delayed()
          .forEach(
              name ->
                  delays.merge(
                      End.POST.names(group).get(name),
                      group.delays().maxDendritic().orElseThrow() - 1,
                      Math::max));
    }
    delays.forEach(
        (variable, delay) -> {
          Place place = places.get(variable);
          if (place != null && place.copies() == Symbol.Copies.EXAMPLES && !place.perStep()) {
            String name = place.rows().name();
            histories.computeIfAbsent(
                place.rows(),
                _ ->
                    new History(
                        place,
                        table.add(
                            name + "_history",
                            place.type(),
                            batch,
                            Math.multiplyExact(delay + 1, place.length())),
                        table.add(name + "_historyState", NumericType.INT32, batch, 2),
                        delay + 1));
          }
        });
  }

  private void placeRing(String key, int size, int delay) {
    if (delay > 0) {
      int slots = delay + 1;
      rings.put(
          key,
          new DelayRing(
              table.add(
                  key + "_delayed", NumericType.INT32, Math.multiplyExact(batch, slots), size),
              table.add(key + "_delayedCounts", NumericType.INT32, batch, slots),
              table.add(key + "_newest", NumericType.INT32, batch, 1),
              slots));
    }
  }

  private void placePostsynapse(SynapseGroup group, int targets) {
    var list = postsynapses.computeIfAbsent(group.target(), _ -> new ArrayList<>());
    for (SynapseGroup other : list) {
      if (settings.fusesPostsynapticModels() && canShareInput(group, other)) {
        synapticInputs.put(group.name(), synapticInputs.get(other.name()));
        dendrites(other.name()).ifPresent(ring -> dendrites.put(group.name(), ring));
        copyReference(
            VariableReference.synapticInput(other.name()),
            VariableReference.synapticInput(group.name()));
        return;
      }
    }
    list.add(group);
    group
        .delays()
        .maxDendritic()
        .ifPresent(
            slots ->
                dendrites.put(
                    group.name(),
                    DendriteRing.of(group.name(), table, scalar, batch, slots, targets)));
    put(
        VariableReference.synapticInput(group.name()),
        group.name() + "_inSyn",
        scalar,
        Symbol.Copies.EXAMPLES,
        1,
        targets,
        false,
        "",
        ZERO);
    synapticInputs.put(group.name(), place(VariableReference.synapticInput(group.name())).rows());
    var postsynapse = group.postsynapse();
    for (Variable variable : postsynapse.model().declarations().variables()) {
      place(
          VariableReference.postsynaptic(group.name(), variable.name()),
          group.name() + "_" + variable.name(),
          variable,
          targets,
          initial(postsynapse.bindings(), variable.name()));
    }
    placeParameters(
        VariableReference.Kind.POSTSYNAPTIC,
        group.name(),
        postsynapse.model().declarations(),
        postsynapse.bindings());
  }

  /// Sums of decaying inputs are decaying sums of inputs only when both decay by the same code and
  /// have no state of their own.
  private static boolean canShareInput(SynapseGroup a, SynapseGroup b) {
    return a.postsynapse().equals(b.postsynapse())
        && a.postTargetVariable().equals(b.postTargetVariable())
        && a.postsynapse().model().declarations().variables().isEmpty()
        && a.postsynapse().model().declarations().extraGlobalParameters().isEmpty()
        && a.delays().maxDendritic().equals(b.delays().maxDendritic())
        && a.postsynapse().bindings().dynamicParameters().isEmpty();
  }

  private void copyReference(VariableReference from, VariableReference to) {
    places.put(to, places.get(from));
    symbols.put(to, symbols.get(from));
  }

  private void place(CurrentSource source) {
    for (Variable variable : source.model().declarations().variables()) {
      place(
          VariableReference.currentSource(source.name(), variable.name()),
          source.name() + "_" + variable.name(),
          variable,
          size(source.target()),
          initial(source.bindings(), variable.name()));
    }
    placeParameters(
        VariableReference.Kind.CURRENT_SOURCE,
        source.name(),
        source.model().declarations(),
        source.bindings());
  }

  private void place(CustomConnectivityUpdate update) {
    SynapseGroup group = spec.synapseGroup(update.synapseGroup());
    var model = update.model();
    for (Variable variable : model.synapses().variables()) {
      put(
          VariableReference.connectivityUpdate(update.name(), variable.name()),
          update.name() + "_" + variable.name(),
          type(variable.type()),
          Symbol.Copies.SHARED,
          size(group.source()),
          Rows.RAGGED,
          false,
          group.name(),
          initial(update.bindings(), variable.name()));
    }
    for (Variable variable : model.pre().variables()) {
      placeShared(
          VariableReference.connectivityUpdatePre(update.name(), variable.name()),
          variable,
          size(group.source()),
          update.bindings());
    }
    for (Variable variable : model.post().variables()) {
      placeShared(
          VariableReference.connectivityUpdatePost(update.name(), variable.name()),
          variable,
          size(group.target()),
          update.bindings());
    }
    placeParameters(
        VariableReference.Kind.CONNECTIVITY_UPDATE,
        update.name(),
        model.declarations(),
        update.bindings());
  }

  /// A variable with one value per neuron, whatever its access, as connections are shared.
  private void placeShared(
      VariableReference reference, Variable variable, int size, Bindings bindings) {
    put(
        reference,
        reference.group() + "_" + variable.name(),
        type(variable.type()),
        Symbol.Copies.SHARED,
        1,
        size,
        false,
        "",
        initial(bindings, variable.name()));
  }

  private void place(CustomUpdate update) {
    Dimensions dimensions = Dimensions.of(update, this);
    for (CustomUpdateVariable variable : update.model().variables()) {
      Symbol.Copies copies =
          switch (variable.access()) {
            case READ_WRITE, READ_ONLY -> dimensions.copies();
            case READ_ONLY_SHARED, REDUCE_BATCH_SUM, REDUCE_BATCH_MAX -> Symbol.Copies.SHARED;
            case READ_ONLY_SHARED_NEURON, REDUCE_NEURON_SUM, REDUCE_NEURON_MAX ->
                dimensions.copies() == Symbol.Copies.SHARED
                    ? Symbol.Copies.SHARED
                    : Symbol.Copies.EXAMPLE_ELEMENTS;
          };
      boolean perElement =
          variable.access() != org.genn.engine.model.CustomUpdateVarAccess.READ_ONLY_SHARED_NEURON
              && !variable.access().isNeuronReduction();
      put(
          VariableReference.customUpdate(update.name(), variable.name()),
          update.name() + "_" + variable.name(),
          type(variable.type()),
          copies,
          dimensions.rows(),
          copies == Symbol.Copies.EXAMPLE_ELEMENTS ? batch : perElement ? dimensions.length() : 1,
          false,
          dimensions.owner(),
          initial(update.bindings(), variable.name()));
    }
    placeParameters(
        VariableReference.Kind.CUSTOM_UPDATE,
        update.name(),
        update.model().declarations(),
        update.bindings());
  }

  private void place(
      VariableReference reference, String name, Variable variable, int size, InitialValue initial) {
    VarAccess access = variable.access();
    Symbol.Copies copies =
        !access.isPerElement()
            ? Symbol.Copies.EXAMPLE_ELEMENTS
            : access.isPerExample() ? Symbol.Copies.EXAMPLES : Symbol.Copies.SHARED;
    put(
        reference,
        name,
        type(variable.type()),
        copies,
        variable.perStep() ? timesteps : 1,
        access.isPerElement() ? size : batch,
        variable.perStep(),
        "",
        initial);
  }

  private void put(
      VariableReference reference,
      String name,
      NumericType type,
      Symbol.Copies copies,
      int rows,
      int length,
      boolean perStep,
      String owner,
      InitialValue given) {
    InitialValue initial = length == Rows.RAGGED ? byCode(given) : given;
    int count =
        switch (copies) {
          case SHARED -> rows;
          case EXAMPLES -> Math.multiplyExact(rows, batch);
          case SLICES -> Math.multiplyExact(rows, slices);
          case EXAMPLE_ELEMENTS -> 1;
        };
    Rows array = table.add(name, type, count, length);
    synapses.addValues(owner, array);
    Optional<Rows> replay =
        perStep && isOverlapped
            ? Optional.of(table.add(name + "_replay", type, count, length))
            : Optional.empty();
    int rowsPerCopy = copies == Symbol.Copies.EXAMPLE_ELEMENTS ? 1 : rows;
    places.put(reference, new Place(array, copies, rowsPerCopy, length, perStep, owner, replay));
    symbols.put(
        reference,
        new Symbol(table.indexOf(array), type, copies, rowsPerCopy, length, initial, stream++));
    if (initial instanceof InitialValue.Snippet(var init, var bindings)) {
      placeParameters(reference.kind(), initialKey(reference), init.declarations(), bindings);
    }
  }

  /// Sparse groups are large, and kernels draw faster than the host.
  private static InitialValue byCode(InitialValue initial) {
    return switch (initial) {
      case InitialValue.Normal(double mean, double deviation) ->
          VariableInits.normal(mean, deviation);
      case InitialValue.Uniform(double minimum, double maximum) ->
          VariableInits.uniform(minimum, maximum);
      case InitialValue.Constant _, InitialValue.Values _, InitialValue.Snippet _ -> initial;
    };
  }

  private void placeParameters(
      VariableReference.Kind kind, String group, Declarations declarations, Bindings bindings) {
    for (ExtraGlobalParameter parameter : declarations.extraGlobalParameters()) {
      SnippetType type = Snippet.type(parameter.type(), scalar, timepoint);
      NumericType element =
          type instanceof SnippetType.Pointer(var pointee, _) ? pointee.numeric() : type.numeric();
      var values = bindings.extraGlobalParameters().get(parameter.name());
      Rows rows =
          table.add(
              group + "_" + parameter.name(),
              element,
              1,
              values == null ? Rows.RAGGED : values.length());
      var key = new VariableReference(kind, group, parameter.name());
      extraGlobalParameters.put(key, rows);
      extraGlobalParameterSymbols.put(
          key,
          new Symbol(
              table.indexOf(rows),
              element,
              Symbol.Copies.SHARED,
              1,
              values == null ? 0 : values.length(),
              values == null ? ZERO : values,
              stream++));
    }
    for (var parameter : declarations.parameters()) {
      if (bindings.dynamicParameters().contains(parameter.name())) {
        NumericType type = type(parameter.type());
        Rows rows = table.add(group + "_" + parameter.name(), type, 1, 1);
        var key = new VariableReference(kind, group, parameter.name());
        dynamicParameters.put(key, rows);
        dynamicParameterSymbols.put(
            key,
            new Symbol(
                table.indexOf(rows),
                type,
                Symbol.Copies.SHARED,
                1,
                1,
                InitialValue.of(bindings.parameters().get(parameter.name())),
                stream++));
      }
    }
  }

  private static InitialValue initial(Bindings bindings, String variable) {
    return bindings.initialValues().getOrDefault(variable, ZERO);
  }

  // ---- what the runtime is told

  Map<VariableReference, DelaySlots> delaySlots() {
    var slots = new LinkedHashMap<VariableReference, DelaySlots>();
    places.forEach(
        (variable, place) -> {
          History history = histories.get(place.rows());
          if (history != null) {
            slots.put(
                variable,
                new DelaySlots(
                    table.indexOf(history.rows()),
                    table.indexOf(history.state()),
                    history.slots(),
                    history.place().length()));
          }
        });
    return slots;
  }

  /// Pairs of arrays that change places at the end of an overlapped trial.
  List<Launch> swaps() {
    var swaps = new ArrayList<Launch>();
    for (var entry : replays.entrySet()) {
      SpikePlace recorded = spikes.get(entry.getKey());
      SpikePlace replayed = entry.getValue();
      swaps.add(swap(recorded.ids(), replayed.ids()));
      swaps.add(swap(recorded.offsets(), replayed.offsets()));
      recorded
          .fields()
          .forEach((field, rows) -> swaps.add(swap(rows, replayed.fields().get(field))));
      recorded.taped().ifPresent(rows -> swaps.add(swap(rows, replayed.taped().orElseThrow())));
    }
    for (Place place : new java.util.LinkedHashSet<>(places.values())) {
      place.replay().ifPresent(replay -> swaps.add(swap(place.rows(), replay)));
    }
    return swaps;
  }

  private Launch swap(Rows first, Rows second) {
    return new Launch.Swap(table.indexOf(first), table.indexOf(second));
  }

  Map<VariableReference, Symbol> symbols() {
    return symbols;
  }

  Map<VariableReference, Symbol> extraGlobalParameterSymbols() {
    return extraGlobalParameterSymbols;
  }

  Map<VariableReference, Symbol> dynamicParameterSymbols() {
    return dynamicParameterSymbols;
  }

  Map<String, SparseGroup> sparseGroups() {
    return synapses.sparseGroups();
  }

  Map<String, SpikeList> spikeLists() {
    var lists = new LinkedHashMap<String, SpikeList>();
    spikes.forEach(
        (group, place) ->
            lists.put(
                group,
                new SpikeList(
                    table.indexOf(place.ids()),
                    table.indexOf(place.offsets()),
                    place.isTaped(),
                    place.isExternal(),
                    place.overflow().map(table::indexOf).orElse(-1))));
    return lists;
  }

  Map<String, Integer> recordingArrays() {
    var arrays = new LinkedHashMap<String, Integer>();
    recordings.forEach((group, rows) -> arrays.put(group, table.indexOf(rows)));
    return arrays;
  }

  List<SpikePlace> tapes() {
    return spikes.values().stream().filter(place -> !place.isExternal()).toList();
  }

  Map<String, SpikePlace> spikes() {
    return spikes;
  }

  Map<String, SpikePlace> events() {
    return events;
  }
}
