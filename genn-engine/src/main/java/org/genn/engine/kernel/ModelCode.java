package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.InputVariable;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Phase;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.TapeModel;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.snippet.Environment;
import org.genn.engine.snippet.Environment.Access;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// The checked snippets of a model, group by group.
final class ModelCode {

  /// Snippets of a neuron group. Locals of the forward sim code are visible in the condition, the
  /// reset code and what is taped.
  record NeuronCode(
      Map<Phase, List<Stmt>> sim,
      Optional<Expr> threshold,
      List<Stmt> reset,
      Map<String, Expr> tapeFields,
      Optional<Expr> recordWhen,
      Optional<Expr> replayWhen,
      List<Stmt> replay) {}

  /// Snippets that run with the neurons at one end of a synapse group.
  record EndCode(List<Stmt> spike, List<Stmt> dynamics) {}

  /// Snippets of a synapse group.
  record SynapseCode(
      Map<Phase, List<Stmt>> preSpike,
      Optional<Expr> eventThreshold,
      List<Stmt> preEvent,
      List<Stmt> postSpike,
      Optional<Expr> postEventThreshold,
      List<Stmt> postEvent,
      List<Stmt> dynamics,
      EndCode pre,
      EndCode post,
      List<Stmt> postsynapse) {
    List<List<Stmt>> all() {
      var all = new ArrayList<>(preSpike.values());
      all.addAll(List.of(preEvent, postSpike, postEvent, dynamics));
      return all;
    }

    /// Names that code of synapses has with a delay subscript.
    Set<String> delayed() {
      var delayed = new LinkedHashSet<String>();
      all().forEach(code -> delayed.addAll(org.genn.engine.snippet.Names.of(code).delayed()));
      return delayed;
    }
  }

  private final ModelSpec spec;
  private final boolean isChecked;
  private final NumericType scalar;
  private final SnippetNames names;
  private final SnippetReader reader;
  private final Map<String, NeuronCode> neurons = new HashMap<>();
  private final Map<String, SynapseCode> synapses = new HashMap<>();
  private final Map<String, List<Stmt>> currentSources = new HashMap<>();
  private final Map<String, List<Stmt>> updates = new HashMap<>();
  private final Map<String, ConnectivityUpdateCode> connectivityUpdates = new HashMap<>();

  /// @param isChecked whether numbers that code computes are tested
  /// @throws org.genn.engine.snippet.SnippetException with the faults of all snippets
  ModelCode(ModelSpec spec, boolean isChecked) {
    this.spec = spec;
    this.isChecked = isChecked;
    reader = new SnippetReader(isChecked);
    scalar = spec.precision().type();
    names = new SnippetNames(scalar, spec.timePrecision().type());
    for (NeuronGroup group : spec.neuronGroups()) {
      reader.begin("neuron group", group.name());
      neurons.put(group.name(), read(group));
    }
    for (SynapseGroup group : spec.synapseGroups()) {
      reader.begin("synapse group", group.name());
      synapses.put(group.name(), read(group));
    }
    for (CurrentSource source : spec.currentSources()) {
      reader.begin("current source", source.name());
      currentSources.put(source.name(), read(source));
    }
    for (CustomUpdate update : spec.customUpdates()) {
      reader.begin("custom update", update.name());
      updates.put(update.name(), read(update));
    }
    for (CustomConnectivityUpdate update : spec.customConnectivityUpdates()) {
      reader.begin("custom connectivity update", update.name());
      connectivityUpdates.put(
          update.name(), ConnectivityUpdateCode.read(spec, update, names, reader));
    }
    reader.throwFaults();
  }

  NeuronCode of(NeuronGroup group) {
    return neurons.get(group.name());
  }

  SynapseCode of(SynapseGroup group) {
    return synapses.get(group.name());
  }

  List<Stmt> of(CurrentSource source) {
    return currentSources.get(source.name());
  }

  List<Stmt> of(CustomUpdate update) {
    return updates.get(update.name());
  }

  ConnectivityUpdateCode of(CustomConnectivityUpdate update) {
    return connectivityUpdates.get(update.name());
  }

  private NeuronCode read(NeuronGroup group) {
    NeuronModel model = group.model();
    String where = " of neuron model %s".formatted(model.name());
    Environment environment =
        neuronEnvironment(group)
            .withVariable("st", names.type("timepoint"), Access.READ_ONLY)
            .withRandomNumbers();
    var forward = reader.scope(environment);
    var sim = new EnumMap<Phase, List<Stmt>>(Phase.class);
    sim.put(
        Phase.FORWARD,
        forward.statements("sim code" + where, model.simCode().getOrDefault(Phase.FORWARD, "")));
    // With auto-refractoriness it is also tested before the sim code, whose locals do not exist
    // yet.
    var threshold =
        (model.isAutoRefractory() ? reader.scope(environment) : forward)
            .condition("threshold condition" + where, model.thresholdCondition());
    var fields = new LinkedHashMap<String, Expr>();
    var recordWhen = Optional.<Expr>empty();
    if (model.tape().isPresent()) {
      TapeModel tape = model.tape().get();
      for (TapeModel.Field field : tape.fields()) {
        forward
            .expression("taped value '%s'%s".formatted(field.name(), where), field.expression())
            .ifPresent(expression -> fields.put(field.name(), expression));
      }
      recordWhen = forward.condition("record condition" + where, tape.recordWhen());
    }
    var reset = forward.statements("reset code" + where, model.resetCode());
    Environment backward = neuronEnvironment(group);
    sim.put(
        Phase.BACKWARD,
        reader
            .scope(backward)
            .statements(
                "backward sim code" + where, model.simCode().getOrDefault(Phase.BACKWARD, "")));
    var replay = List.<Stmt>of();
    var replayWhen = Optional.<Expr>empty();
    if (model.tape().isPresent()) {
      TapeModel tape = model.tape().get();
      Environment atSpike = backward;
      for (TapeModel.Field field : tape.fields()) {
        atSpike = atSpike.withVariable(field.name(), names.type(field.type()), Access.READ_ONLY);
      }
      replay = reader.scope(atSpike).statements("replay code" + where, tape.replayCode());
      replayWhen = reader.scope(backward).condition("replay condition" + where, tape.replayWhen());
    }
    return new NeuronCode(sim, threshold, reset, fields, recordWhen, replayWhen, replay);
  }

  private Environment neuronEnvironment(NeuronGroup group) {
    NeuronModel model = group.model();
    Environment environment =
        names
            .elementNames(model.declarations())
            .withVariable("Isyn", SnippetType.of(scalar), Access.READ_ONLY);
    for (InputVariable input : model.additionalInputs()) {
      environment =
          environment.withVariable(input.name(), names.type(input.type()), Access.READ_ONLY);
    }
    return names.variables(environment, model.declarations().variables());
  }

  private SynapseCode read(SynapseGroup group) {
    var model = group.weightUpdate().model();
    String where = " of weight update model %s".formatted(model.name());
    Environment environment =
        names.timeNames(
            names.variables(
                names.parameters(model.declarations()), model.declarations().variables()));
    environment =
        names.unsigned(
            environment, List.of("id_pre", "id_post", "num_pre", "num_post", "num_batch", "batch"));
    environment = names.number(environment, SynapseNumbers.of(spec, group));
    environment = kernelNames(environment, group);
    environment = names.references(environment, model.preNeuronVariables());
    environment = names.references(environment, model.postNeuronVariables());
    environment = endNames(environment, group);
    List<SnippetType> value = List.of(SnippetType.of(scalar));
    environment = delayable(environment, model);
    Environment postsynaptic = environment.withFunction("addToPre", SnippetType.NOTHING, value);
    environment =
        postsynaptic
            .withFunction("addToPost", SnippetType.NOTHING, value)
            .withFunction(
                "addToPostDelay",
                SnippetType.NOTHING,
                List.of(SnippetType.of(scalar), Limit.given(isChecked, SnippetType.UINT32)));
    var preSpike = new EnumMap<Phase, List<Stmt>>(Phase.class);
    for (Phase phase : Phase.values()) {
      String origin =
          (phase == Phase.BACKWARD ? "backward " : "") + "presynaptic spike code" + where;
      preSpike.put(
          phase,
          reader
              .scope(environment)
              .statements(origin, model.preSpikeSynCode().getOrDefault(phase, "")));
    }
    var preEvent =
        reader
            .scope(environment)
            .statements("presynaptic event code" + where, model.preEventSynCode());
    Environment source =
        names.readOnly(
            names.references(names.elementNames(model.declarations()), model.preNeuronVariables()),
            model.pre().variables());
    for (String time : List.of("set", "prev_set")) {
      source = source.withVariable(time, names.type("timepoint"), Access.READ_ONLY);
    }
    var threshold =
        reader
            .scope(source)
            .condition("presynaptic event condition" + where, model.preEventThreshold());
    Environment target =
        names.readOnly(
            names.references(names.elementNames(model.declarations()), model.postNeuronVariables()),
            model.post().variables());
    for (String time : List.of("set", "prev_set")) {
      target = target.withVariable(time, names.type("timepoint"), Access.READ_ONLY);
    }
    var postCode = model.postCode();
    var postThreshold =
        reader
            .scope(target)
            .condition("postsynaptic event condition" + where, postCode.eventThreshold());
    var postSpike =
        reader.scope(postsynaptic).statements("postsynaptic spike code" + where, postCode.spike());
    var postEvent =
        reader.scope(postsynaptic).statements("postsynaptic event code" + where, postCode.event());
    var dynamics =
        reader.scope(environment).statements("synapse dynamics code" + where, model.dynamicsCode());
    return new SynapseCode(
        preSpike,
        threshold,
        preEvent,
        postSpike,
        postThreshold,
        postEvent,
        dynamics,
        readEnd(End.PRE, group),
        readEnd(End.POST, group),
        readPostsynapse(group));
  }

  /// Whether synapses have the variables of a kernel instead of their own.
  private boolean sharesKernel(SynapseGroup group) {
    Connectivity connectivity = spec.connectivity(group);
    return connectivity instanceof Connectivity.Toeplitz
        || connectivity instanceof Connectivity.ProceduralKernel;
  }

  /// What code of synapses that share a kernel may use besides.
  private Environment kernelNames(Environment environment, SynapseGroup group) {
    if (!sharesKernel(group)) {
      return environment;
    }
    Environment extended =
        environment.withVariable("id_kernel", SnippetType.UINT32, Access.READ_ONLY);
    for (Variable variable : group.weightUpdate().model().declarations().variables()) {
      if (variable.access().isWritable()) {
        extended =
            extended.withFunction(
                "atomic_add_" + variable.name(),
                SnippetType.NOTHING,
                List.of(names.type(variable.type())));
      }
    }
    return extended;
  }

  /// Variables of both ends and of the postsynaptic model, times of spikes.
  private Environment endNames(Environment environment, SynapseGroup group) {
    var model = group.weightUpdate().model();
    Environment extended = names.readOnly(environment, model.pre().variables());
    extended = names.readOnly(extended, model.post().variables());
    extended = names.references(extended, model.postsynapticVariables());
    for (End end : End.values()) {
      for (String time : List.of("st", "prev_st", "set", "prev_set")) {
        extended =
            extended.withVariable(end.named(time), names.type("timepoint"), Access.READ_ONLY);
      }
    }
    return extended;
  }

  /// Values of the postsynaptic side may be read with a delay subscript.
  private Environment delayable(Environment environment, WeightUpdateModel model) {
    Environment extended = environment;
    for (String name : model.delayableNames()) {
      var variable = environment.variables().get(name);
      extended = extended.withDelayableVariable(name, variable.type(), variable.access());
    }
    return extended;
  }

  private EndCode readEnd(End end, SynapseGroup group) {
    var model = group.weightUpdate().model();
    var part = end.part(group);
    Environment environment =
        names
            .references(names.elementNames(model.declarations()), end.neuronVariables(group))
            .withVariable(end.named("st"), names.type("timepoint"), Access.READ_ONLY)
            .withRandomNumbers();
    environment = names.variables(environment, part.variables());
    String where =
        (end == End.PRE ? "presynaptic" : "postsynaptic")
            + " %s code of weight update model "
            + model.name();
    return new EndCode(
        reader.scope(environment).statements(where.formatted("spike"), part.spikeCode()),
        reader.scope(environment).statements(where.formatted("dynamics"), part.dynamicsCode()));
  }

  private List<Stmt> readPostsynapse(SynapseGroup group) {
    var model = group.postsynapse().model();
    Environment environment =
        names
            .references(
                names.variables(
                    names.elementNames(model.declarations()), model.declarations().variables()),
                model.neuronVariables())
            .withVariable("inSyn", SnippetType.of(scalar), Access.READ_WRITE)
            .withFunction("injectCurrent", SnippetType.NOTHING, List.of(SnippetType.of(scalar)))
            .withRandomNumbers();
    return reader
        .scope(environment)
        .statements("sim code of postsynaptic model " + model.name(), model.simCode());
  }

  private List<Stmt> read(CurrentSource source) {
    var model = source.model();
    Environment environment =
        names
            .references(
                names.variables(
                    names.elementNames(model.declarations()), model.declarations().variables()),
                model.neuronVariables())
            .withFunction("injectCurrent", SnippetType.NOTHING, List.of(SnippetType.of(scalar)))
            .withRandomNumbers();
    return reader
        .scope(environment)
        .statements(
            "injection code of current source model " + model.name(), model.injectionCode());
  }

  private List<Stmt> read(CustomUpdate update) {
    var model = update.model();
    Environment environment =
        names.unsigned(names.timeNames(names.parameters(model.declarations())), indices(update));
    Optional<SynapseGroup> synapses = synapsesOf(update);
    if (synapses.isPresent() && kernelOf(update).isEmpty()) {
      environment = names.number(environment, SynapseNumbers.of(spec, synapses.get()));
    }
    for (CustomUpdateVariable variable : model.variables()) {
      environment =
          environment.withVariable(
              variable.name(), names.type(variable.type()), access(variable.access()));
    }
    environment = names.references(environment, model.references());
    for (var parameter : model.extraGlobalParameterReferences()) {
      environment =
          environment.withVariable(
              parameter.name(), names.pointer(parameter.type()), Access.READ_ONLY);
    }
    return reader
        .scope(environment)
        .statements("update code of custom update model " + model.name(), model.updateCode());
  }

  private List<String> indices(CustomUpdate update) {
    if (synapsesOf(update).isEmpty()) {
      return List.of("id", "num_neurons", "batch", "num_batch");
    }
    return kernelOf(update).isPresent()
        ? List.of("id_kernel", "id_syn", "num_pre", "num_post", "batch", "num_batch")
        : List.of("id_pre", "id_post", "num_pre", "num_post", "batch", "num_batch");
  }

  /// The group whose kernel an update runs over.
  Optional<SynapseGroup> kernelOf(CustomUpdate update) {
    return synapsesOf(update).filter(this::sharesKernel);
  }

  private Optional<SynapseGroup> synapsesOf(CustomUpdate update) {
    return update.references().values().stream()
        .flatMap(reference -> synapsesOf(reference).stream())
        .findFirst();
  }

  /// The group for whose synapses a variable has values, be it that of another update.
  private Optional<SynapseGroup> synapsesOf(VariableReference variable) {
    return switch (variable.kind()) {
      case SYNAPSE -> Optional.of(spec.synapseGroup(variable.group()));
      case CONNECTIVITY_UPDATE ->
          spec.customConnectivityUpdates().stream()
              .filter(update -> update.name().equals(variable.group()))
              .map(update -> spec.synapseGroup(update.synapseGroup()))
              .findFirst();
      case CUSTOM_UPDATE ->
          spec.customUpdates().stream()
              .filter(update -> update.name().equals(variable.group()))
              .findFirst()
              .flatMap(this::synapsesOf);
      default -> Optional.empty();
    };
  }

  private static Access access(CustomUpdateVarAccess access) {
    return switch (access) {
      case READ_WRITE -> Access.READ_WRITE;
      case READ_ONLY, READ_ONLY_SHARED, READ_ONLY_SHARED_NEURON -> Access.READ_ONLY;
      case BROADCAST_DELAY,
          REDUCE_BATCH_SUM,
          REDUCE_BATCH_MAX,
          REDUCE_NEURON_SUM,
          REDUCE_NEURON_MAX ->
          Access.WRITE_ONLY;
    };
  }
}
