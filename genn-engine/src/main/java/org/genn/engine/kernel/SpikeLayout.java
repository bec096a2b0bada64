package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.Phase;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.TapeModel;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.NumericType;

/// Decides where spikes and spike-like events are: those of the step, those on tape, those on their
/// way, those that are recorded, and the times of the last ones.
final class SpikeLayout {
  private final ModelSpec spec;
  private final ModelShape shape;
  private final ArrayTable table;
  private final Partition partition;
  private final VariableLayout variables;
  private final SpikeTimes times;
  private final FusedEvents fused;
  private final int recordingSteps;
  private final Map<String, SpikePlace> spikes = new LinkedHashMap<>();
  private final Map<String, SpikePlace> replays = new LinkedHashMap<>();
  private final Map<String, SpikePlace> events = new LinkedHashMap<>();
  private final Map<String, DelayRing> rings = new LinkedHashMap<>();
  private final Map<String, Rows> recordings = new LinkedHashMap<>();
  private final Map<Rows, PartList> partLists = new LinkedHashMap<>();

  SpikeLayout(
      ModelSpec spec,
      ModelShape shape,
      LoweringSettings settings,
      ArrayTable table,
      Partition partition,
      VariableLayout variables,
      FusedEvents fused) {
    this.spec = spec;
    this.shape = shape;
    this.table = table;
    this.partition = partition;
    this.variables = variables;
    this.fused = fused;
    times = new SpikeTimes(spec);
    recordingSteps = LoweredModel.recordingSteps(spec, settings.recordingSteps());
  }

  // ---- placing

  /// Places the spikes of a group, and their times.
  void place(NeuronGroup group) {
    if (group.model().spikes()) {
      boolean isExternal = group.model().spikesFromOutside();
      boolean isTaped = isExternal || (shape.hasBackward() && group.model().tape().isPresent());
      spikes.put(group.name(), place(group, "", isTaped, isExternal));
      if (shape.isOverlapped() && isTaped) {
        replays.put(group.name(), place(group, "replay_", true, isExternal));
      }
    }
    if (group.recordsSpikes()) {
      placeRecording(group.name(), group.size());
    }
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

  private SpikePlace place(NeuronGroup group, String prefix, boolean isTaped, boolean isExternal) {
    int batch = shape.batch();
    int size = group.size();
    String name = group.name() + "_" + prefix;
    Rows ids =
        table.add(name + "spikes", NumericType.INT32, batch, isTaped ? Rows.RAGGED : 2L * size);
    Rows offsets =
        table.add(
            name + "spikeOffsets",
            NumericType.INT32,
            batch,
            isExternal ? Rows.RAGGED : isTaped ? shape.timesteps() + 2L : 3);
    long all = (long) size * shape.timesteps();
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
            field.name(),
            table.add(name + field.name(), shape.type(field.type()), batch, Rows.RAGGED));
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

  private void placeRecording(String group, int size) {
    recordings.put(
        group,
        table.add(
            group + "_recording",
            NumericType.INT32,
            (long) recordingSteps * shape.batch(),
            Math.ceilDiv(size, 32)));
  }

  private void placeTime(boolean isKept, VariableReference time, String name, int size) {
    if (isKept) {
      variables.placeTime(time, name, size);
    }
  }

  /// Places the events of the neurons at one end of a synapse group, and their times.
  void place(SynapseGroup group, End end) {
    SynapseGroup owner = fused.owner(group, end);
    if (owner != group) {
      variables.share(end.eventTime(owner), end.eventTime(group));
      variables.share(end.previousEventTime(owner), end.previousEventTime(group));
      return;
    }
    String key = eventKey(group.name(), end);
    String name = group.name() + (end == End.PRE ? "" : "_post");
    NeuronGroup neurons = spec.neuronGroup(end.neurons(group));
    int size = neurons.size();
    Rows ids = table.add(name + "_events", NumericType.INT32, shape.batch(), 2L * size);
    Rows offsets = table.add(name + "_eventOffsets", NumericType.INT32, shape.batch(), 3);
    events.put(
        key,
        new SpikePlace(
            ids, offsets, Map.of(), Optional.empty(), Optional.empty(), false, false, size));
    String times = group.name() + "_" + end.name().toLowerCase(Locale.ROOT);
    placeTime(
        sharing(group, end).anyMatch(each -> this.times.keepsLastEvent(each, end)),
        end.eventTime(group),
        times + "_set",
        size);
    placeTime(
        sharing(group, end).anyMatch(each -> this.times.keepsPreviousEvent(each, end)),
        end.previousEventTime(group),
        times + "_prevSet",
        size);
    if (neurons.recordsSpikeEvents()) {
      placeRecording(key, size);
    }
  }

  /// The groups whose events are those of `owner`.
  private Stream<SynapseGroup> sharing(SynapseGroup owner, End end) {
    return spec.synapseGroups().stream().filter(group -> fused.owner(group, end) == owner);
  }

  /// Keeps spikes and events as long as the longest delay asks for; those on the tape of a trial
  /// need no ring.
  void placeRings() {
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
            placeRing(group, spec.neuronGroup(group).size(), delays.getOrDefault(group, 0));
          }
        });
    events.forEach(
        (key, place) -> placeRing(key + "/events", place.limit(), delays.get(key + "/events")));
  }

  private void placeRing(String key, int size, int delay) {
    if (delay > 0) {
      int batch = shape.batch();
      int slots = delay + 1;
      rings.put(
          key,
          new DelayRing(
              table.add(key + "_delayed", NumericType.INT32, (long) batch * slots, size),
              table.add(key + "_delayedCounts", NumericType.INT32, batch, slots),
              table.add(key + "_newest", NumericType.INT32, batch, 1),
              slots));
    }
  }

  // ---- what kernels ask for

  /// Spikes by neuron group.
  Map<String, SpikePlace> places() {
    return spikes;
  }

  /// What the backward phase replays: the trial's own spikes, or in overlapped training those of
  /// the trial before.
  SpikePlace replay(String neuronGroup) {
    return shape.isOverlapped() ? replays.get(neuronGroup) : spikes.get(neuronGroup);
  }

  static String eventKey(String synapseGroup, End end) {
    return synapseGroup + (end == End.PRE ? ".pre" : ".post");
  }

  /// The group whose events are those of `group`.
  SynapseGroup eventOwner(SynapseGroup group, End end) {
    return fused.owner(group, end);
  }

  /// Events by the `eventKey` of the group that owns them.
  Map<String, SpikePlace> events() {
    return events;
  }

  /// Earlier spikes by neuron group, earlier events by `eventKey/events`.
  Map<String, DelayRing> rings() {
    return rings;
  }

  Optional<Rows> recording(String key) {
    return Optional.ofNullable(recordings.get(key));
  }

  int recordingSteps() {
    return recordingSteps;
  }

  /// Where the parts list the spikes or events of `size` neurons before these are gathered.
  PartList partList(SpikePlace place, int size) {
    return partLists.computeIfAbsent(
        place.ids(),
        ids -> {
          long rows = (long) shape.batch() * partition.parts();
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

  // ---- what the runtime is told

  /// Pairs of arrays that change places at the end of an overlapped trial.
  List<Launch> swaps() {
    var swaps = new ArrayList<Launch>();
    replays.forEach(
        (group, replayed) -> {
          SpikePlace recorded = spikes.get(group);
          swaps.add(swap(recorded.ids(), replayed.ids()));
          swaps.add(swap(recorded.offsets(), replayed.offsets()));
          recorded
              .fields()
              .forEach((field, rows) -> swaps.add(swap(rows, replayed.fields().get(field))));
          recorded.taped().ifPresent(rows -> swaps.add(swap(rows, replayed.taped().orElseThrow())));
        });
    for (Place place : new LinkedHashSet<>(variables.places().values())) {
      place.replay().ifPresent(replay -> swaps.add(swap(place.rows(), replay)));
    }
    return swaps;
  }

  private Launch swap(Rows first, Rows second) {
    return new Launch.Swap(table.indexOf(first), table.indexOf(second));
  }

  /// Spikes by neuron group, events by `eventKey`.
  Map<String, SpikeList> spikeLists() {
    var lists = new LinkedHashMap<String, SpikeList>();
    spikes.forEach((group, place) -> lists.put(group, list(place)));
    forAllWithEvents((key, owner) -> lists.put(key, list(events.get(owner))));
    return lists;
  }

  /// Hands over the `eventKey` of each group that has events, and that of their owner.
  private void forAllWithEvents(BiConsumer<String, String> consumer) {
    for (SynapseGroup group : spec.synapseGroups()) {
      for (End end : End.values()) {
        String owner = eventKey(fused.owner(group, end).name(), end);
        if (events.containsKey(owner)) {
          consumer.accept(eventKey(group.name(), end), owner);
        }
      }
    }
  }

  private SpikeList list(SpikePlace place) {
    return new SpikeList(
        table.indexOf(place.ids()),
        table.indexOf(place.offsets()),
        place.isTaped(),
        place.isExternal(),
        place.overflow().map(table::indexOf).orElse(-1));
  }

  Map<String, Integer> recordingArrays() {
    var arrays = new LinkedHashMap<String, Integer>();
    recordings.forEach((group, rows) -> arrays.put(group, table.indexOf(rows)));
    forAllWithEvents(
        (key, owner) -> recording(owner).ifPresent(rows -> arrays.put(key, table.indexOf(rows))));
    return arrays;
  }
}
