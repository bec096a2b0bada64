package org.genn.engine.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Finds everything that is wrong with a model, short of what its snippets contain.
public final class ModelValidator {
  /// A list of the spikes of two steps is the longest array of Java.
  private static final int MOST_NEURONS = (Integer.MAX_VALUE - 8) / 2;

  private final ModelSpec spec;
  private final Problems problems;
  private final Map<String, NeuronGroup> neuronGroups = new LinkedHashMap<>();
  private final Map<String, SynapseGroup> synapseGroups = new LinkedHashMap<>();

  private ModelValidator(ModelSpec spec) {
    this.spec = spec;
    problems = new Problems(spec);
    spec.neuronGroups().forEach(group -> neuronGroups.putIfAbsent(group.name(), group));
    spec.synapseGroups().forEach(group -> synapseGroups.putIfAbsent(group.name(), group));
  }

  /// @throws IllegalArgumentException with all problems, when there are any
  public static void check(ModelSpec spec) {
    var validator = new ModelValidator(spec);
    validator.checkAll();
    validator.problems.throwIfAny(spec.name());
  }

  private void checkAll() {
    checkModel();
    spec.neuronGroups().forEach(this::checkNeuronGroup);
    var synapses = new SynapseGroupCheck(problems, neuronGroups);
    spec.synapseGroups().forEach(synapses::check);
    new SharedSynapsesCheck(problems, neuronGroups).check(spec.synapseGroups());
    var sources = new CurrentSourceCheck(problems, neuronGroups);
    spec.currentSources().forEach(sources::check);
    var references = new ReferenceCheck(problems, spec, neuronGroups, synapseGroups);
    var updates = new CustomUpdateCheck(problems, spec, synapseGroups, references);
    spec.customUpdates().forEach(updates::check);
    var connectivityUpdates =
        new CustomConnectivityUpdateCheck(problems, spec, synapseGroups, references);
    spec.customConnectivityUpdates().forEach(connectivityUpdates::check);
    new ScheduleCheck(problems, spec, updates).check();
    checkValues();
  }

  private void checkValues() {
    var counts = new InitialCountCheck(problems, spec.batchSize());
    var times = new SpikeTimeCheck(problems);
    for (NeuronGroup group : spec.neuronGroups()) {
      counts.check(group);
      times.check(group);
    }
    for (CurrentSource source : spec.currentSources()) {
      NeuronGroup target = neuronGroups.get(source.target());
      if (target != null) {
        counts.check(source, target.size());
      }
    }
    var rings = new DelayRoomCheck(problems, neuronGroups, spec.batchSize());
    var kernels = new KernelValuesCheck(problems);
    for (SynapseGroup group : spec.synapseGroups()) {
      counts.check(group, neuronGroups);
      kernels.check(group);
      rings.check(group);
    }
  }

  private void checkModel() {
    problems.addIf(spec.name().isBlank(), "the model has no name");
    problems.addIf(
        !(spec.dt() > 0) || Double.isInfinite(spec.dt()),
        "dt must be positive [ms], got %s",
        spec.dt());
    problems.addIf(
        spec.batchSize() < 1, "the batch size must be at least 1, got %s", spec.batchSize());
    problems.addIf(
        spec.tapeCapacity() < 1,
        "the tape capacity must be at least 1, got %s",
        spec.tapeCapacity());
    problems.checkGroupNames(
        "neuron group", spec.neuronGroups().stream().map(NeuronGroup::name).toList());
    problems.checkGroupNames(
        "synapse group", spec.synapseGroups().stream().map(SynapseGroup::name).toList());
    problems.checkGroupNames(
        "current source", spec.currentSources().stream().map(CurrentSource::name).toList());
    problems.checkGroupNames(
        "custom update", spec.customUpdates().stream().map(CustomUpdate::name).toList());
    problems.checkGroupNames(
        "custom connectivity update",
        spec.customConnectivityUpdates().stream().map(CustomConnectivityUpdate::name).toList());
    problems.checkGroupNames("custom update group", spec.updateGroups());
  }

  private void checkNeuronGroup(NeuronGroup group) {
    String where = "neuron group '" + group.name() + "'";
    NeuronModel model = group.model();
    problems.addIf(
        group.size() < 0, "%s: its size must not be negative, got %s", where, group.size());
    problems.addIf(
        group.size() > MOST_NEURONS,
        "%s: it has %s neurons; at most %s are possible",
        where,
        group.size(),
        MOST_NEURONS);
    problems.checkNames(
        where + ", model " + model.name(),
        Vocabulary.NEURON,
        Stream.concat(
            Problems.names(model.declarations()),
            model.additionalInputs().stream().map(InputVariable::name)));
    problems.checkTypes(where, model.declarations());
    List<Variable> variables = model.declarations().variables();
    problems.checkBindings(
        where, model.name(), model.declarations(), Problems.types(variables), group.bindings());
    if (model.spikesFromOutside()) {
      checkOutside(where, model);
    } else {
      checkThreshold(where, model);
    }
    problems.addIf(
        group.recordsSpikes() && !model.spikes(),
        "%s: records spikes, but %s never spikes",
        where,
        model.name());
    for (Variable variable : variables) {
      problems.addIf(
          variable.perStep() && spec.schedules().isEmpty(),
          "%s: variable '%s' has a value per step of a trial, but the model has no schedule",
          where,
          variable.name());
    }
  }

  private void checkOutside(String where, NeuronModel model) {
    boolean hasCode =
        model.simCode().values().stream().anyMatch(code -> !code.isBlank())
            || !model.thresholdCondition().isBlank()
            || !model.resetCode().isBlank();
    problems.addIf(
        hasCode, "%s: its spikes come from outside, so %s must have no code", where, model.name());
    problems.addIf(
        model.declarations().variables().stream().anyMatch(each -> each.access().isWritable())
            || !model.additionalInputs().isEmpty(),
        "%s: its spikes come from outside, so %s must have no variables that code could write",
        where,
        model.name());
    problems.addIf(
        model.tape().isPresent(),
        "%s: its spikes come from outside and are their own tape; %s must not declare one",
        where,
        model.name());
  }

  private void checkThreshold(String where, NeuronModel model) {
    boolean neverSpikes = model.thresholdCondition().isBlank();
    problems.addIf(
        neverSpikes && !model.resetCode().isBlank(),
        "%s: %s has reset code, but no threshold condition",
        where,
        model.name());
    problems.addIf(
        neverSpikes && model.tape().isPresent(),
        "%s: %s has a spike tape, but no threshold condition",
        where,
        model.name());
  }
}
