package org.genn.engine.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Checks custom updates, in the order in which they were added.
final class CustomUpdateCheck {
  private final Problems problems;
  private final ModelSpec spec;
  private final Map<String, NeuronGroup> neuronGroups;
  private final Map<String, SynapseGroup> synapseGroups = new LinkedHashMap<>();
  private final Map<String, CurrentSource> currentSources = new LinkedHashMap<>();
  private final Map<String, CustomUpdate> checked = new LinkedHashMap<>();
  private final Map<String, Extent> extents = new LinkedHashMap<>();
  private final Map<String, List<String>> sharedWrites = new LinkedHashMap<>();

  CustomUpdateCheck(Problems problems, ModelSpec spec, Map<String, NeuronGroup> neuronGroups) {
    this.problems = problems;
    this.spec = spec;
    this.neuronGroups = neuronGroups;
    spec.synapseGroups().forEach(group -> synapseGroups.putIfAbsent(group.name(), group));
    spec.currentSources().forEach(source -> currentSources.putIfAbsent(source.name(), source));
  }

  void check(CustomUpdate update) {
    String where = "custom update '" + update.name() + "'";
    CustomUpdateModel model = update.model();
    problems.checkNames(
        where + ", model " + model.name(),
        Stream.of(
                Problems.names(model.declarations()),
                model.variables().stream().map(CustomUpdateVariable::name),
                model.references().stream().map(VariableDeclaration::name),
                model.extraGlobalParameterReferences().stream().map(ExtraGlobalParameter::name))
            .flatMap(stream -> stream));
    problems.checkTypes(where, model.declarations());
    model
        .variables()
        .forEach(variable -> problems.checkNumber(where, variable.name(), variable.type()));
    problems.addIf(
        !model.declarations().variables().isEmpty(),
        "%s: variables of %s must be declared as variables of a custom update",
        where,
        model.name());
    problems.checkBindings(
        where,
        model.name(),
        model.declarations(),
        model.variables().stream().map(CustomUpdateVariable::name).toList(),
        update.bindings());
    checkReferences(where, update);
    checkArrays(
        where,
        update.model().extraGlobalParameterReferences(),
        update.extraGlobalParameterReferences());
    new TransposeCheck(problems, synapseGroups).check(where, update);
    checked.put(update.name(), update);
  }

  private void checkReferences(String where, CustomUpdate update) {
    List<VariableDeclaration> declared = update.model().references();
    problems.checkReferences(where, declared, update.references());
    problems.addIf(
        declared.isEmpty(),
        "%s: it refers to no variable, so what it should run over is unknown",
        where);
    var found = new LinkedHashMap<VariableDeclaration, Extent>();
    for (VariableDeclaration declaration : declared) {
      VariableReference reference = update.references().get(declaration.name());
      if (reference == null) {
        problems.add(
            "%s: reference '%s' of %s is not bound",
            where, declaration.name(), update.model().name());
      } else {
        extent(where, reference).ifPresent(extent -> found.put(declaration, extent));
      }
    }
    found.forEach(
        (declaration, extent) ->
            problems.addIf(
                !problems.isSameType(declaration.type(), extent.type()),
                "%s: reference '%s' has type %s, but the variable has type %s",
                where,
                declaration.name(),
                declaration.type(),
                extent.type()));
    Extent whole = checkShapes(where, found);
    extents.put(update.name(), whole);
    sharedWrites.put(update.name(), sharedWrites(update, found, whole));
    found.forEach((declaration, extent) -> checkAccess(where, declaration, extent, whole));
    checkReductions(where, update, found, whole);
  }

  /// All variables must fit each other; returns what the update runs over.
  private Extent checkShapes(String where, Map<VariableDeclaration, Extent> found) {
    String owner = "";
    int size = -1;
    boolean isPerExample = false;
    boolean isPerElement = false;
    String first = "";
    boolean hasNeuronLike = false;
    for (var entry : found.entrySet()) {
      Extent extent = entry.getValue();
      isPerExample |= extent.isPerExample();
      isPerElement |= extent.isPerElement();
      if (extent.isSynaptic()) {
        problems.addIf(
            !owner.isEmpty() && !owner.equals(extent.owner()),
            "%s: refers to variables of synapse groups '%s' and '%s'; all must be of one",
            where,
            owner,
            extent.owner());
        owner = extent.owner();
      } else if (extent.isPerElement()) {
        hasNeuronLike = true;
        problems.addIf(
            size >= 0 && size != extent.size(),
            "%s: reference '%s' has %d elements, but '%s' has %d",
            where,
            entry.getKey().name(),
            extent.size(),
            first,
            size);
        if (size < 0) {
          size = extent.size();
          first = entry.getKey().name();
        }
      }
    }
    problems.addIf(
        hasNeuronLike && !owner.isEmpty(),
        "%s: refers to variables of neurons and of synapses",
        where);
    return new Extent("", owner, Math.max(size, 1), isPerExample, isPerElement);
  }

  private void checkAccess(
      String where, VariableDeclaration declaration, Extent extent, Extent whole) {
    boolean lacksElements = whole.isPerElement() && !extent.isPerElement();
    boolean lacksExamples = whole.isPerExample() && !extent.isPerExample();
    switch (declaration.mode()) {
      case READ_ONLY -> {}
      case READ_WRITE, BROADCAST ->
          problems.addIf(
              lacksElements || (lacksExamples && spec.batchSize() > 1),
              "%s: reference '%s' may only be read or reduced to, since the variable is shared by"
                  + " all %s",
              where,
              declaration.name(),
              lacksElements ? "elements" : "examples");
      case REDUCE_SUM, REDUCE_MAX -> {
        problems.addIf(
            !lacksElements && !lacksExamples,
            "%s: reference '%s' is reduced to, but has all dimensions of the update",
            where,
            declaration.name());
        problems.addIf(
            lacksElements && lacksExamples,
            "%s: reference '%s' would be reduced over examples and elements; do one after the"
                + " other",
            where,
            declaration.name());
      }
    }
  }

  private void checkReductions(
      String where, CustomUpdate update, Map<VariableDeclaration, Extent> found, Extent whole) {
    var overBatch = new ArrayList<String>();
    var overNeurons = new ArrayList<String>();
    for (CustomUpdateVariable variable : update.model().variables()) {
      if (variable.access().isBatchReduction()) {
        overBatch.add(variable.name());
      }
      if (variable.access().isNeuronReduction()) {
        overNeurons.add(variable.name());
      }
      problems.addIf(
          whole.isSynaptic()
              && (variable.access().isNeuronReduction()
                  || variable.access() == CustomUpdateVarAccess.READ_ONLY_SHARED_NEURON),
          "%s: variable '%s' can't be %s in an update of synapses",
          where,
          variable.name(),
          variable.access());
    }
    found.forEach(
        (declaration, extent) -> {
          if (isReduction(declaration.mode())) {
            (extent.isPerExample() ? overNeurons : overBatch).add(declaration.name());
          }
        });
    problems.addIf(
        !overBatch.isEmpty() && !overNeurons.isEmpty(),
        "%s: reduces %s over examples and %s over elements; only one is possible in an update",
        where,
        overBatch,
        overNeurons);
  }

  /// Extra global parameters that code refers to.
  void checkArrays(
      String where, List<ExtraGlobalParameter> declared, Map<String, VariableReference> bound) {
    problems.checkKnown(
        where + ": there is no extra global parameter reference",
        bound.keySet(),
        declared.stream().map(ExtraGlobalParameter::name).toList());
    for (ExtraGlobalParameter parameter : declared) {
      VariableReference reference = bound.get(parameter.name());
      if (reference == null) {
        problems.add(
            "%s: extra global parameter reference '%s' is not bound", where, parameter.name());
        continue;
      }
      List<ExtraGlobalParameter> available = arrays(reference);
      Optional<ExtraGlobalParameter> found =
          available.stream().filter(array -> array.name().equals(reference.variable())).findFirst();
      if (found.isEmpty()) {
        problems.addUnknown(
            "%s: '%s' has no extra global parameter".formatted(where, reference.group()),
            reference.variable(),
            available.stream().map(ExtraGlobalParameter::name).toList());
      } else {
        problems.addIf(
            !problems.isSameType(found.get().type(), parameter.type()),
            "%s: reference '%s' has elements of type %s, but the extra global parameter has %s",
            where,
            parameter.name(),
            parameter.type(),
            found.get().type());
      }
    }
  }

  private List<ExtraGlobalParameter> arrays(VariableReference reference) {
    return switch (reference.kind()) {
      case NEURON ->
          Optional.ofNullable(neuronGroups.get(reference.group()))
              .map(group -> group.model().declarations().extraGlobalParameters())
              .orElse(List.of());
      case SPIKE_TIME,
          PREVIOUS_SPIKE_TIME,
          PRE_EVENT_TIME,
          PREVIOUS_PRE_EVENT_TIME,
          POST_EVENT_TIME,
          PREVIOUS_POST_EVENT_TIME,
          DENDRITIC_DELAY,
          SPIKE_COUNT,
          CONNECTIVITY_UPDATE_PRE,
          CONNECTIVITY_UPDATE_POST ->
          List.of();
      case SYNAPSE, SYNAPTIC_INPUT, WEIGHT_UPDATE_PRE, WEIGHT_UPDATE_POST ->
          Optional.ofNullable(synapseGroups.get(reference.group()))
              .map(group -> group.weightUpdate().model().declarations().extraGlobalParameters())
              .orElse(List.of());
      case POSTSYNAPTIC ->
          Optional.ofNullable(synapseGroups.get(reference.group()))
              .map(group -> group.postsynapse().model().declarations().extraGlobalParameters())
              .orElse(List.of());
      case CURRENT_SOURCE ->
          Optional.ofNullable(currentSources.get(reference.group()))
              .map(source -> source.model().declarations().extraGlobalParameters())
              .orElse(List.of());
      case CUSTOM_UPDATE ->
          Optional.ofNullable(checked.get(reference.group()))
              .map(update -> update.model().declarations().extraGlobalParameters())
              .orElse(List.of());
      case CONNECTIVITY_UPDATE ->
          connectivityUpdate(reference.group())
              .map(update -> update.model().declarations().extraGlobalParameters())
              .orElse(List.of());
    };
  }

  /// What a reference refers to; tells a problem when that is nothing.
  Optional<Extent> extent(String where, VariableReference reference) {
    return switch (reference.kind()) {
      case NEURON, SPIKE_TIME, PREVIOUS_SPIKE_TIME -> neuronExtent(where, reference);
      case SYNAPSE,
          POSTSYNAPTIC,
          SYNAPTIC_INPUT,
          WEIGHT_UPDATE_PRE,
          WEIGHT_UPDATE_POST,
          PRE_EVENT_TIME,
          PREVIOUS_PRE_EVENT_TIME,
          POST_EVENT_TIME,
          PREVIOUS_POST_EVENT_TIME,
          DENDRITIC_DELAY,
          SPIKE_COUNT ->
          synapseExtent(where, reference);
      case CURRENT_SOURCE -> currentSourceExtent(where, reference);
      case CUSTOM_UPDATE -> updateExtent(where, reference);
      case CONNECTIVITY_UPDATE, CONNECTIVITY_UPDATE_PRE, CONNECTIVITY_UPDATE_POST ->
          connectivityUpdateExtent(where, reference);
    };
  }

  private Optional<Extent> neuronExtent(String where, VariableReference reference) {
    NeuronGroup group = neuronGroups.get(reference.group());
    if (group == null) {
      problems.addUnknown(
          where + ": unknown neuron group", reference.group(), neuronGroups.keySet());
      return Optional.empty();
    }
    if (reference.kind() != VariableReference.Kind.NEURON) {
      return Optional.of(new Extent("timepoint", "", group.size(), true, true));
    }
    return find(
            where,
            "neuron group '" + group.name() + "'",
            reference.variable(),
            group.model().declarations().variables())
        .map(variable -> extent(variable, "", group.size()));
  }

  private Optional<Extent> currentSourceExtent(String where, VariableReference reference) {
    CurrentSource source = currentSources.get(reference.group());
    if (source == null) {
      problems.addUnknown(
          where + ": unknown current source", reference.group(), currentSources.keySet());
      return Optional.empty();
    }
    NeuronGroup target = neuronGroups.get(source.target());
    return find(
            where,
            "current source '" + source.name() + "'",
            reference.variable(),
            source.model().declarations().variables())
        .map(variable -> extent(variable, "", target == null ? 0 : target.size()));
  }

  private Optional<Extent> synapseExtent(String where, VariableReference reference) {
    SynapseGroup group = synapseGroups.get(reference.group());
    if (group == null) {
      problems.addUnknown(
          where + ": unknown synapse group", reference.group(), synapseGroups.keySet());
      return Optional.empty();
    }
    String name = "synapse group '" + group.name() + "'";
    int size = size(group.target());
    return switch (reference.kind()) {
      case SYNAPSE -> {
        if (group.connectivity() instanceof Connectivity.Shared(String owner)) {
          problems.add(
              "%s: '%s' of %s belongs to synapse group '%s'; refer to it there",
              where, reference.variable(), name, owner);
        }
        if (!isStored(group.connectivity())) {
          problems.add(
              "%s: '%s' of %s is stored nowhere, so no update can refer to it; use dense or sparse"
                  + " connectivity",
              where, reference.variable(), name);
          yield Optional.empty();
        }
        yield find(
                where,
                name,
                reference.variable(),
                group.weightUpdate().model().declarations().variables())
            .map(variable -> extent(variable, group.name(), 0));
      }
      case POSTSYNAPTIC ->
          find(
                  where,
                  "postsynaptic model of " + name,
                  reference.variable(),
                  group.postsynapse().model().declarations().variables())
              .map(variable -> extent(variable, "", size));
      case WEIGHT_UPDATE_PRE ->
          find(where, name, reference.variable(), group.weightUpdate().model().pre().variables())
              .map(variable -> extent(variable, "", size(group.source())));
      case WEIGHT_UPDATE_POST ->
          find(where, name, reference.variable(), group.weightUpdate().model().post().variables())
              .map(variable -> extent(variable, "", size));
      case PRE_EVENT_TIME, PREVIOUS_PRE_EVENT_TIME ->
          Optional.of(new Extent("timepoint", "", size(group.source()), true, true));
      case POST_EVENT_TIME, PREVIOUS_POST_EVENT_TIME ->
          Optional.of(new Extent("timepoint", "", size, true, true));
      case DENDRITIC_DELAY -> {
        problems.addIf(
            group.delays().maxDendritic().isEmpty(),
            "%s: %s has no dendritic delay that an update could refer to; set its maximal one",
            where,
            name);
        yield Optional.of(new Extent("scalar", "", size, true, true));
      }
      case SPIKE_COUNT -> {
        NeuronGroup source = neuronGroups.get(group.source());
        problems.addIf(
            source != null && (!source.model().spikes() || source.model().spikesFromOutside()),
            "%s: source '%s' of %s has no spikes that an update could count",
            where,
            group.source(),
            name);
        yield Optional.of(new Extent("uint32_t", "", 1, true, false));
      }
      case SYNAPTIC_INPUT,
          NEURON,
          SPIKE_TIME,
          PREVIOUS_SPIKE_TIME,
          CURRENT_SOURCE,
          CUSTOM_UPDATE,
          CONNECTIVITY_UPDATE,
          CONNECTIVITY_UPDATE_PRE,
          CONNECTIVITY_UPDATE_POST ->
          Optional.of(new Extent("scalar", "", size, true, true));
    };
  }

  /// Whether synapses, or the elements of a kernel that they share, have values in memory.
  private static boolean isStored(Connectivity connectivity) {
    return switch (connectivity) {
      case Connectivity.DenseProcedural _, Connectivity.Procedural _ -> false;
      case Connectivity.Dense _,
          Connectivity.Sparse _,
          Connectivity.Bitmask _,
          Connectivity.ProceduralKernel _,
          Connectivity.Toeplitz _,
          Connectivity.Shared _ ->
          true;
    };
  }

  private int size(String group) {
    NeuronGroup neurons = neuronGroups.get(group);
    return neurons == null ? 0 : neurons.size();
  }

  private Optional<Extent> updateExtent(String where, VariableReference reference) {
    CustomUpdate update = checked.get(reference.group());
    if (update == null) {
      boolean isLater =
          spec.customUpdates().stream().anyMatch(other -> other.name().equals(reference.group()));
      if (isLater) {
        problems.add(
            "%s: refers to custom update '%s', which is not added before it",
            where, reference.group());
      } else {
        problems.addUnknown(where + ": unknown custom update", reference.group(), checked.keySet());
      }
      return Optional.empty();
    }
    Optional<CustomUpdateVariable> found =
        update.model().variables().stream()
            .filter(variable -> variable.name().equals(reference.variable()))
            .findFirst();
    if (found.isEmpty()) {
      problems.addUnknown(
          "%s: custom update '%s' has no variable".formatted(where, update.name()),
          reference.variable(),
          update.model().variables().stream().map(CustomUpdateVariable::name).toList());
    }
    return found.map(variable -> extent(variable, extents.get(update.name())));
  }

  private Optional<CustomConnectivityUpdate> connectivityUpdate(String name) {
    return spec.customConnectivityUpdates().stream()
        .filter(update -> update.name().equals(name))
        .findFirst();
  }

  /// Variables of custom connectivity updates are shared by the examples, as connections are.
  private Optional<Extent> connectivityUpdateExtent(String where, VariableReference reference) {
    Optional<CustomConnectivityUpdate> update = connectivityUpdate(reference.group());
    if (update.isEmpty()) {
      problems.addUnknown(
          where + ": unknown custom connectivity update",
          reference.group(),
          spec.customConnectivityUpdates().stream().map(CustomConnectivityUpdate::name).toList());
      return Optional.empty();
    }
    SynapseGroup group = synapseGroups.get(update.get().synapseGroup());
    if (group == null) {
      return Optional.empty(); // told where the update is checked
    }
    CustomConnectivityUpdateModel model = update.get().model();
    String owner = "custom connectivity update '" + update.get().name() + "'";
    return switch (reference.kind()) {
      case CONNECTIVITY_UPDATE_PRE ->
          find(where, owner + " (for sources)", reference.variable(), model.pre().variables())
              .map(found -> new Extent(found.type(), "", size(group.source()), false, true));
      case CONNECTIVITY_UPDATE_POST ->
          find(where, owner + " (for targets)", reference.variable(), model.post().variables())
              .map(found -> new Extent(found.type(), "", size(group.target()), false, true));
      default ->
          find(where, owner, reference.variable(), model.synapses().variables())
              .map(found -> new Extent(found.type(), group.name(), 0, false, true));
    };
  }

  private Optional<Variable> find(
      String where, String owner, String name, List<Variable> variables) {
    Optional<Variable> found =
        variables.stream().filter(variable -> variable.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      problems.addUnknown(
          "%s: %s has no variable".formatted(where, owner),
          name,
          variables.stream().map(Variable::name).toList());
    }
    return found;
  }

  private static Extent extent(Variable variable, String owner, int size) {
    return new Extent(
        variable.type(),
        owner,
        size,
        variable.access().isPerExample(),
        variable.access().isPerElement());
  }

  private static Extent extent(CustomUpdateVariable variable, Extent whole) {
    boolean lacksExamples =
        variable.access().isBatchReduction()
            || variable.access() == CustomUpdateVarAccess.READ_ONLY_SHARED;
    boolean lacksElements =
        variable.access().isNeuronReduction()
            || variable.access() == CustomUpdateVarAccess.READ_ONLY_SHARED_NEURON;
    return new Extent(
        variable.type(),
        whole.owner(),
        whole.size(),
        whole.isPerExample() && !lacksExamples,
        whole.isPerElement() && !lacksElements);
  }

  private static boolean isReduction(VarAccessMode mode) {
    return mode == VarAccessMode.REDUCE_SUM || mode == VarAccessMode.REDUCE_MAX;
  }

  /// What of the examples' common state an update changes; runs must leave that alone.
  List<String> sharedWrites(CustomUpdate update) {
    return sharedWrites.getOrDefault(update.name(), List.of());
  }

  private static List<String> sharedWrites(
      CustomUpdate update, Map<VariableDeclaration, Extent> found, Extent whole) {
    var writes = new ArrayList<String>();
    found.forEach(
        (declaration, extent) -> {
          if (declaration.mode() != VarAccessMode.READ_ONLY && !extent.isPerExample()) {
            writes.add(declaration.name());
          }
        });
    for (CustomUpdateVariable variable : update.model().variables()) {
      boolean isWritten =
          variable.access().isReduction() || variable.access() == CustomUpdateVarAccess.READ_WRITE;
      if (isWritten && !extent(variable, whole).isPerExample()) {
        writes.add(variable.name());
      }
    }
    return writes;
  }
}
