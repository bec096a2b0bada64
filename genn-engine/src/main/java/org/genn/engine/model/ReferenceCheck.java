package org.genn.engine.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds what the references of custom updates refer to, and tells where that is nothing.
///
/// A custom update may refer to those that were noted before.
final class ReferenceCheck {
  private final Problems problems;
  private final ModelSpec spec;
  private final Map<String, NeuronGroup> neuronGroups;
  private final Map<String, SynapseGroup> synapseGroups;
  private final Map<String, CurrentSource> currentSources = new LinkedHashMap<>();
  private final Map<String, CustomUpdate> updates = new LinkedHashMap<>();
  private final Map<String, Extent> wholes = new LinkedHashMap<>();

  ReferenceCheck(
      Problems problems,
      ModelSpec spec,
      Map<String, NeuronGroup> neuronGroups,
      Map<String, SynapseGroup> synapseGroups) {
    this.problems = problems;
    this.spec = spec;
    this.neuronGroups = neuronGroups;
    this.synapseGroups = synapseGroups;
    spec.currentSources().forEach(source -> currentSources.putIfAbsent(source.name(), source));
  }

  /// @param whole what the update runs over
  void note(CustomUpdate update, Extent whole) {
    updates.put(update.name(), update);
    wholes.put(update.name(), whole);
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
            "%s: %s has no dendritic delay that an update could refer to; the group has no maximal"
                + " one; "
                + SynapseDelayCheck.WAY_OUT,
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
    CustomUpdate update = updates.get(reference.group());
    if (update == null) {
      boolean isLater =
          spec.customUpdates().stream().anyMatch(other -> other.name().equals(reference.group()));
      if (isLater) {
        problems.add(
            "%s: refers to custom update '%s', which is not added before it",
            where, reference.group());
      } else {
        problems.addUnknown(where + ": unknown custom update", reference.group(), updates.keySet());
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
    return found.map(variable -> extent(variable, wholes.get(update.name())));
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
            !problems.haveSameElements(found.get().type(), parameter.type()),
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
          Optional.ofNullable(updates.get(reference.group()))
              .map(update -> update.model().declarations().extraGlobalParameters())
              .orElse(List.of());
      case CONNECTIVITY_UPDATE ->
          connectivityUpdate(reference.group())
              .map(update -> update.model().declarations().extraGlobalParameters())
              .orElse(List.of());
    };
  }

  private static Extent extent(Variable variable, String owner, int size) {
    return new Extent(
        variable.type(),
        owner,
        size,
        variable.access().isPerExample(),
        variable.access().isPerElement());
  }

  /// What a variable of a custom update is stored for.
  static Extent extent(CustomUpdateVariable variable, Extent whole) {
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
}
