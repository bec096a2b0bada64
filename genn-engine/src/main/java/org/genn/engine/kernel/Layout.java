package org.genn.engine.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.genn.engine.kernel.VariableLayout.Form;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.ExtraGlobalParameter;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.Phase;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.NumericType;

/// Decides which arrays a model needs and where each of its variables is.
final class Layout {
  private final ModelSpec spec;
  final ArrayTable table;

  /// How neurons are divided among threads.
  final Partition partition;

  final NumericType scalar;

  /// Type of times.
  final NumericType timepoint;

  final int batch;
  final int slices;

  /// Whether numbers are tested that would be cut.
  final boolean isChecked;

  /// Steps of the longest trial.
  final int timesteps;

  final boolean hasBackward;

  /// Names of the program's functions.
  final Names functions = new Names();

  /// Element of `trial`.
  static final int RECORDED_STEPS = 4;

  /// `int64`: the step at which the trial has started, the number of active examples, the seed, the
  /// present step, the steps that recordings hold.
  final Rows trial;

  private final ModelShape shape;
  final VariableLayout variables;
  final SpikeLayout spikes;
  final InputLayout inputs;
  final HistoryLayout histories;
  private final SynapseLayout synapses;
  private final FusedEnds fusedEnds;
  private final Map<String, Rows> scratch = new HashMap<>();
  private final Map<String, Integer> connectivityStreams = new HashMap<>();
  private InitLowering initialisation;

  Layout(ModelSpec spec, LoweringSettings settings, ModelCode code, Accumulators accumulators) {
    this.spec = spec;
    table = new ArrayTable(spec.name());
    isChecked = settings.isChecked();
    shape = ModelShape.of(spec, settings);
    scalar = shape.scalar();
    timepoint = shape.timepoint();
    batch = shape.batch();
    slices = shape.slices();
    timesteps = shape.timesteps();
    hasBackward = shape.hasBackward();
    // Parts go through all examples before the next step: sums over the steps of several examples
    // would have another order.
    boolean sumsExamples = slices < batch && !accumulators.isEmpty();
    partition = sumsExamples ? Partition.WHOLE : new Partition(settings.parts());
    synapses =
        new SynapseLayout(
            table,
            partition,
            spec.customConnectivityUpdates().stream()
                .map(CustomConnectivityUpdate::synapseGroup)
                .collect(Collectors.toUnmodifiableSet()));
    fusedEnds = new FusedEnds(spec, code, settings.fusesPrePostWeightUpdateModels());
    variables = new VariableLayout(shape, table, synapses);
    var fusedEvents = new FusedEvents(spec, code, fusedEnds);
    spikes = new SpikeLayout(spec, shape, settings, table, partition, variables, fusedEvents);
    var fusedInputs = new FusedInputs(spec, code, settings.fusesPostsynapticModels());
    inputs = new InputLayout(shape, table, variables, fusedInputs);
    trial = table.add("trial", NumericType.INT64, 1, 5);
    spec.neuronGroups().forEach(this::place);
    for (SynapseGroup group : spec.synapseGroups()) {
      place(group, accumulators);
    }
    spikes.placeRings();
    histories = new HistoryLayout(spec, code, table, variables);
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

  /// How the synapses of a target are found; null when no code asks for them.
  ColumnAccess columns(String synapseGroup) {
    return synapses.columns(synapseGroup);
  }

  Map<String, SparseGroup> sparseGroups() {
    return synapses.sparseGroups();
  }

  Place place(VariableReference reference) {
    return variables.place(reference);
  }

  /// The group whose weight update keeps the variables of `group` at an end, and runs their code.
  SynapseGroup endOwner(SynapseGroup group, End end) {
    return fusedEnds.owner(group, end);
  }

  SpikePlace spikes(String neuronGroup) {
    return spikes.places().get(neuronGroup);
  }

  /// What the backward phase replays: the trial's own spikes, or in overlapped training those of
  /// the trial before.
  SpikePlace replay(String neuronGroup) {
    return spikes.replay(neuronGroup);
  }

  /// Where the spike-like events of the neurons at one end are.
  Optional<SpikePlace> events(String synapseGroup, End end) {
    return Optional.ofNullable(spikes.events().get(eventKey(synapseGroup, end)));
  }

  /// By what the events of a synapse group, and the lists that go with them, are found.
  String eventKey(String synapseGroup, End end) {
    SynapseGroup owner = spikes.eventOwner(spec.synapseGroup(synapseGroup), end);
    return SpikeLayout.eventKey(owner.name(), end);
  }

  /// Whether it is for this group that neurons are tested for events, and not for one before.
  boolean ownsEvents(SynapseGroup group, End end) {
    return spikes.eventOwner(group, end) == group && events(group.name(), end).isPresent();
  }

  /// Earlier spikes of a neuron group, or events of a synapse group, when synapses need them.
  Optional<DelayRing> ring(String key) {
    return Optional.ofNullable(spikes.rings().get(key));
  }

  Optional<Rows> recording(String group) {
    return spikes.recording(group);
  }

  int recordingSteps() {
    return spikes.recordingSteps();
  }

  /// Where the parts list the spikes or events of `size` neurons before these are gathered.
  PartList partList(SpikePlace place, int size) {
    return spikes.partList(place, size);
  }

  Optional<History> history(VariableReference variable) {
    return Optional.ofNullable(place(variable)).flatMap(histories::of);
  }

  Optional<DendriteRing> dendrites(String synapseGroup) {
    return inputs.dendrites(synapseGroup);
  }

  /// Accumulator of what `addToPre` sends to an input variable of a source, per example.
  Rows feedback(String source, String variable, Phase phase) {
    return inputs.feedback(source, variable, phase, size(source));
  }

  boolean hasFeedback(String source, String variable, Phase phase) {
    return inputs.hasFeedback(source, variable, phase);
  }

  Rows extraGlobalParameter(VariableReference parameter) {
    return variables.extraGlobalParameter(parameter);
  }

  /// Whether examples write what all of them have in common.
  boolean examplesMeet(Function function) {
    return batch > 1 && SharedTables.areWritten(function, variables.extraGlobalParameters());
  }

  /// How the calls of a function for each row may be made: at the same time, unless rows write what
  /// all of them have in common.
  Kernel.Domain rowDomain(List<Function> ofRow) {
    return ofRow.stream()
            .anyMatch(
                function -> SharedTables.areWritten(function, variables.extraGlobalParameters()))
        ? Kernel.Domain.ROWS_IN_ORDER
        : Kernel.Domain.ROWS;
  }

  /// Scratch rows, one per slice and per part.
  Rows scratch(String name, NumericType type, long length) {
    return scratch.computeIfAbsent(
        name + "." + type + "." + length,
        _ -> table.scratch(name, type, Math.max(slices, partition.parts()), length));
  }

  int size(String neuronGroup) {
    return spec.neuronGroup(neuronGroup).size();
  }

  NumericType type(String name) {
    return shape.type(name);
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

  // ---- placing

  private void place(NeuronGroup group) {
    for (Variable variable : group.model().declarations().variables()) {
      variables.place(
          VariableReference.neuron(group.name(), variable.name()),
          group.name() + "_" + variable.name(),
          variable,
          group.size(),
          group.bindings());
    }
    variables.placeParameters(
        VariableReference.Kind.NEURON,
        group.name(),
        group.model().declarations(),
        group.bindings());
    spikes.place(group);
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
      spikes.place(group, End.PRE);
    }
    if (!model.postCode().eventThreshold().isBlank()) {
      spikes.place(group, End.POST);
    }
    inputs.place(group, targets);
  }

  /// The group's synapses are those of another one.
  private void shareValues(SynapseGroup group, String owner) {
    Declarations declarations = group.weightUpdate().model().declarations();
    declarations.variables().forEach(variable -> shareValue(group, owner, variable.name()));
    for (ExtraGlobalParameter parameter : declarations.extraGlobalParameters()) {
      shareValue(group, owner, parameter.name());
    }
    for (String parameter : group.weightUpdate().bindings().dynamicParameters()) {
      shareValue(group, owner, parameter);
    }
  }

  private void shareValue(SynapseGroup group, String owner, String name) {
    variables.share(
        VariableReference.synapse(owner, name), VariableReference.synapse(group.name(), name));
  }

  private void placeValues(
      SynapseGroup group, RowAccess access, Accumulators accumulators, int sources) {
    SynapseLayout.built(group)
        .ifPresent(
            built -> {
              connectivityStreams.put(group.name(), variables.nextStream());
              variables.placeParameters(
                  VariableReference.Kind.SYNAPSE,
                  SnippetKeys.connectivity(group.name()),
                  built.init().declarations(),
                  built.bindings());
            });
    Declarations declarations = group.weightUpdate().model().declarations();
    Bindings bindings = group.weightUpdate().bindings();
    for (Variable variable : declarations.variables()) {
      var reference = VariableReference.synapse(group.name(), variable.name());
      NumericType type = type(variable.type());
      var initial = VariableLayout.initial(bindings, variable.name());
      Symbol.Copies copies =
          accumulators.contains(group, variable)
              ? Symbol.Copies.SLICES
              : variable.access().isPerExample() ? Symbol.Copies.EXAMPLES : Symbol.Copies.SHARED;
      String name = group.name() + "_" + variable.name();
      switch (access.storage()) {
        case NOWHERE -> variables.generate(reference, type, initial);
        case KERNEL ->
            variables.place(reference, name, Form.row(type, copies, kernelLength(group)), initial);
        case ROWS ->
            variables.place(
                reference,
                name,
                new Form(type, copies, sources, access.length(), false, group.name()),
                initial);
      }
    }
    variables.placeParameters(VariableReference.Kind.SYNAPSE, group.name(), declarations, bindings);
  }

  private static int kernelLength(SynapseGroup group) {
    int length = 1;
    for (int size : SynapseLayout.built(group).orElseThrow().kernelSize()) {
      length = Math.multiplyExact(length, size);
    }
    return length;
  }

  private void placeEnd(SynapseGroup group, End end) {
    SynapseGroup owner = fusedEnds.owner(group, end);
    for (Variable variable : end.part(group).variables()) {
      if (owner != group) {
        variables.shareInStead(
            end.variable(owner, variable.name()), end.variable(group, variable.name()));
        continue;
      }
      variables.place(
          end.variable(group, variable.name()),
          "%s_%s_%s".formatted(group.name(), end.name().toLowerCase(Locale.ROOT), variable.name()),
          variable,
          size(end.neurons(group)),
          group.weightUpdate().bindings());
    }
  }

  private void place(CurrentSource source) {
    for (Variable variable : source.model().declarations().variables()) {
      variables.place(
          VariableReference.currentSource(source.name(), variable.name()),
          source.name() + "_" + variable.name(),
          variable,
          size(source.target()),
          source.bindings());
    }
    variables.placeParameters(
        VariableReference.Kind.CURRENT_SOURCE,
        source.name(),
        source.model().declarations(),
        source.bindings());
  }

  private void place(CustomConnectivityUpdate update) {
    SynapseGroup group = spec.synapseGroup(update.synapseGroup());
    var model = update.model();
    for (Variable variable : model.synapses().variables()) {
      variables.place(
          VariableReference.connectivityUpdate(update.name(), variable.name()),
          update.name() + "_" + variable.name(),
          new Form(
              type(variable.type()),
              Symbol.Copies.SHARED,
              size(group.source()),
              Rows.RAGGED,
              false,
              group.name()),
          VariableLayout.initial(update.bindings(), variable.name()));
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
    variables.placeParameters(
        VariableReference.Kind.CONNECTIVITY_UPDATE,
        update.name(),
        model.declarations(),
        update.bindings());
  }

  /// A variable with one value per neuron, whatever its access, as connections are shared.
  private void placeShared(
      VariableReference reference, Variable variable, int size, Bindings bindings) {
    variables.place(
        reference,
        reference.group() + "_" + variable.name(),
        Form.row(type(variable.type()), Symbol.Copies.SHARED, size),
        VariableLayout.initial(bindings, variable.name()));
  }

  private void place(CustomUpdate update) {
    Dimensions dimensions = Dimensions.of(update, this);
    for (CustomUpdateVariable variable : update.model().variables()) {
      variables.place(
          VariableReference.customUpdate(update.name(), variable.name()),
          update.name() + "_" + variable.name(),
          form(variable, dimensions),
          VariableLayout.initial(update.bindings(), variable.name()));
    }
    variables.placeParameters(
        VariableReference.Kind.CUSTOM_UPDATE,
        update.name(),
        update.model().declarations(),
        update.bindings());
  }

  private Form form(CustomUpdateVariable variable, Dimensions dimensions) {
    CustomUpdateVarAccess access = variable.access();
    Symbol.Copies copies =
        switch (access) {
          case READ_WRITE, READ_ONLY, BROADCAST_DELAY -> dimensions.copies();
          case READ_ONLY_SHARED, REDUCE_BATCH_SUM, REDUCE_BATCH_MAX -> Symbol.Copies.SHARED;
          case READ_ONLY_SHARED_NEURON, REDUCE_NEURON_SUM, REDUCE_NEURON_MAX ->
              dimensions.copies() == Symbol.Copies.SHARED
                  ? Symbol.Copies.SHARED
                  : Symbol.Copies.EXAMPLE_ELEMENTS;
        };
    boolean perElement =
        access != CustomUpdateVarAccess.READ_ONLY_SHARED_NEURON && !access.isNeuronReduction();
    return new Form(
        type(variable.type()),
        copies,
        dimensions.rows(),
        copies == Symbol.Copies.EXAMPLE_ELEMENTS ? batch : perElement ? dimensions.length() : 1,
        false,
        dimensions.owner());
  }
}
