package org.genn.engine.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A model: its groups, its updates, and the schedules of its trials.
///
/// @param precision of `scalar`
/// @param ownTimePrecision of `timepoint` where it is another one than that of `scalar`
/// @param dt duration of a timestep (ms)
/// @param batchSize examples that run side by side, each with its own state
/// @param seed of all random numbers; 0 draws one
/// @param schedules trials by name; a model without any is run step by step
/// @param tapeCapacity taped spikes that an example may have, as a multiple of the group's size
public record ModelSpec(
    String name,
    Precision precision,
    Optional<Precision> ownTimePrecision,
    double dt,
    int batchSize,
    long seed,
    List<NeuronGroup> neuronGroups,
    List<SynapseGroup> synapseGroups,
    List<CurrentSource> currentSources,
    List<CustomUpdate> customUpdates,
    List<CustomConnectivityUpdate> customConnectivityUpdates,
    Map<String, Schedule> schedules,
    int tapeCapacity) {

  public ModelSpec {
    Given.to("model", name, "precision", precision, "precision of time", ownTimePrecision);
    Given.to(
        "model",
        name,
        "list of neuron groups",
        neuronGroups,
        "list of synapse groups",
        synapseGroups,
        "list of current sources",
        currentSources,
        "list of custom updates",
        customUpdates,
        "list of custom connectivity updates",
        customConnectivityUpdates,
        "map of schedules",
        schedules);
    neuronGroups = List.copyOf(neuronGroups);
    synapseGroups = List.copyOf(synapseGroups);
    currentSources = List.copyOf(currentSources);
    customUpdates = List.copyOf(customUpdates);
    customConnectivityUpdates = List.copyOf(customConnectivityUpdates);
    schedules = OrderedMap.copyOf(schedules);
  }

  public ModelSpec(String name, double dt, int batchSize, long seed) {
    this(
        name,
        Precision.FLOAT,
        Optional.empty(),
        dt,
        batchSize,
        seed,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        500);
  }

  /// With times of the same precision as `scalar`.
  public ModelSpec(
      String name,
      Precision precision,
      double dt,
      int batchSize,
      long seed,
      List<NeuronGroup> neuronGroups,
      List<SynapseGroup> synapseGroups,
      List<CurrentSource> currentSources,
      List<CustomUpdate> customUpdates,
      List<CustomConnectivityUpdate> customConnectivityUpdates,
      Map<String, Schedule> schedules,
      int tapeCapacity) {
    this(
        name,
        precision,
        Optional.empty(),
        dt,
        batchSize,
        seed,
        neuronGroups,
        synapseGroups,
        currentSources,
        customUpdates,
        customConnectivityUpdates,
        schedules,
        tapeCapacity);
  }

  public ModelSpec neuronGroup(NeuronGroup group) {
    requireGiven("neuron group", group);
    return new ModelSpec(
        name,
        precision,
        ownTimePrecision,
        dt,
        batchSize,
        seed,
        Declarations.plus(neuronGroups, group),
        synapseGroups,
        currentSources,
        customUpdates,
        customConnectivityUpdates,
        schedules,
        tapeCapacity);
  }

  public ModelSpec synapseGroup(SynapseGroup group) {
    requireGiven("synapse group", group);
    return new ModelSpec(
        name,
        precision,
        ownTimePrecision,
        dt,
        batchSize,
        seed,
        neuronGroups,
        Declarations.plus(synapseGroups, group),
        currentSources,
        customUpdates,
        customConnectivityUpdates,
        schedules,
        tapeCapacity);
  }

  public ModelSpec currentSource(CurrentSource source) {
    requireGiven("current source", source);
    return new ModelSpec(
        name,
        precision,
        ownTimePrecision,
        dt,
        batchSize,
        seed,
        neuronGroups,
        synapseGroups,
        Declarations.plus(currentSources, source),
        customUpdates,
        customConnectivityUpdates,
        schedules,
        tapeCapacity);
  }

  public ModelSpec customUpdate(CustomUpdate update) {
    requireGiven("custom update", update);
    return new ModelSpec(
        name,
        precision,
        ownTimePrecision,
        dt,
        batchSize,
        seed,
        neuronGroups,
        synapseGroups,
        currentSources,
        Declarations.plus(customUpdates, update),
        customConnectivityUpdates,
        schedules,
        tapeCapacity);
  }

  public ModelSpec customConnectivityUpdate(CustomConnectivityUpdate update) {
    requireGiven("custom connectivity update", update);
    return new ModelSpec(
        name,
        precision,
        ownTimePrecision,
        dt,
        batchSize,
        seed,
        neuronGroups,
        synapseGroups,
        currentSources,
        customUpdates,
        Declarations.plus(customConnectivityUpdates, update),
        schedules,
        tapeCapacity);
  }

  public ModelSpec schedule(String scheduleName, Schedule schedule) {
    requireGiven("name of a schedule", scheduleName);
    requireGiven("schedule", schedule);
    return new ModelSpec(
        name,
        precision,
        ownTimePrecision,
        dt,
        batchSize,
        seed,
        neuronGroups,
        synapseGroups,
        currentSources,
        customUpdates,
        customConnectivityUpdates,
        OrderedMap.plus(schedules, scheduleName, schedule),
        tapeCapacity);
  }

  public ModelSpec precision(Precision precision) {
    return new ModelSpec(
        name,
        precision,
        ownTimePrecision,
        dt,
        batchSize,
        seed,
        neuronGroups,
        synapseGroups,
        currentSources,
        customUpdates,
        customConnectivityUpdates,
        schedules,
        tapeCapacity);
  }

  /// Precision of times: `t`, and when neurons have spiked.
  public Precision timePrecision() {
    return ownTimePrecision.orElse(precision);
  }

  public ModelSpec timePrecision(Precision timePrecision) {
    requireGiven("precision of time", timePrecision);
    return new ModelSpec(
        name,
        precision,
        Optional.of(timePrecision),
        dt,
        batchSize,
        seed,
        neuronGroups,
        synapseGroups,
        currentSources,
        customUpdates,
        customConnectivityUpdates,
        schedules,
        tapeCapacity);
  }

  public ModelSpec seed(long seed) {
    return new ModelSpec(
        name,
        precision,
        ownTimePrecision,
        dt,
        batchSize,
        seed,
        neuronGroups,
        synapseGroups,
        currentSources,
        customUpdates,
        customConnectivityUpdates,
        schedules,
        tapeCapacity);
  }

  public ModelSpec tapeCapacity(int tapeCapacity) {
    return new ModelSpec(
        name,
        precision,
        ownTimePrecision,
        dt,
        batchSize,
        seed,
        neuronGroups,
        synapseGroups,
        currentSources,
        customUpdates,
        customConnectivityUpdates,
        schedules,
        tapeCapacity);
  }

  private void requireGiven(String what, @Nullable Object value) {
    Given.to("model", name, what, value);
  }

  /// Names of the groups of custom updates and custom connectivity updates.
  public List<String> updateGroups() {
    return Stream.concat(
            customUpdates.stream().map(CustomUpdate::group),
            customConnectivityUpdates.stream().map(CustomConnectivityUpdate::group))
        .distinct()
        .toList();
  }

  /// @throws IllegalArgumentException when there is none of that name
  public NeuronGroup neuronGroup(String groupName) {
    return neuronGroups.stream()
        .filter(group -> group.name().equals(groupName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "model '%s' has no neuron group '%s'; it has %s"
                        .formatted(
                            name,
                            groupName,
                            neuronGroups.stream().map(NeuronGroup::name).toList())));
  }

  /// How the synapses of a group are connected: where it shares them, those of their owner.
  public Connectivity connectivity(SynapseGroup group) {
    return synapsesOf(group).connectivity();
  }

  /// Whether custom connectivity updates work on the synapses of a group, so that the order within
  /// the row of a source can be seen.
  public boolean isRewired(String synapseGroup) {
    requireGiven("name of a synapse group", synapseGroup);
    return customConnectivityUpdates.stream()
        .anyMatch(update -> update.synapseGroup().equals(synapseGroup));
  }

  /// The group that owns the synapses of a group: itself, unless it shares those of another.
  public SynapseGroup synapsesOf(SynapseGroup group) {
    requireGiven("synapse group", group);
    return group.connectivity() instanceof Connectivity.Shared(String owner)
        ? synapseGroup(owner)
        : group;
  }

  /// @throws IllegalArgumentException when there is none of that name
  public SynapseGroup synapseGroup(String groupName) {
    return synapseGroups.stream()
        .filter(group -> group.name().equals(groupName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "model '%s' has no synapse group '%s'; it has %s"
                        .formatted(
                            name,
                            groupName,
                            synapseGroups.stream().map(SynapseGroup::name).toList())));
  }
}
