package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.genn.engine.kernel.ModelCode.NeuronCode;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// Lowers what a forward update does with the spikes and the spike-like events of its neurons:
/// lists, tapes, recordings, times.
final class NeuronSpikeLowering {
  private final NeuronLoop loop;
  private final NeuronGroup group;
  private final NeuronCode code;
  private final Layout layout;
  private final FunctionBuilder builder;
  private final Expr.Name neuron;
  private final FunctionBuilder.Range range;
  private final EndLowering ends;
  private final List<EventSource> events;

  /// The entry of the last spike that was appended, a local.
  private String entryName;

  /// A condition for spike-like events that this group's neurons are tested for.
  private record EventSource(SynapseGroup synapses, End end) {}

  /// @param range of the neurons that the function handles
  NeuronSpikeLowering(NeuronLoop loop, FunctionBuilder.Range range, EndLowering ends) {
    this.loop = loop;
    this.range = range;
    this.ends = ends;
    group = loop.group();
    layout = loop.layout();
    builder = loop.builder();
    neuron = loop.neuron();
    code = loop.code().of(group);
    events =
        loop.spec().synapseGroups().stream()
            .flatMap(
                synapses -> Arrays.stream(End.values()).map(end -> new EventSource(synapses, end)))
            .filter(
                source ->
                    source.end.neurons(source.synapses).equals(group.name())
                        && layout.ownsEvents(source.synapses, source.end))
            .toList();
  }

  boolean testsEvents() {
    return !events.isEmpty();
  }

  /// Opens the lists of the step, before the loop.
  void open() {
    if (code.threshold().isPresent()) {
      SpikePlace place = layout.spikes(group.name());
      if (place.isTaped()) {
        openTape(place);
      } else {
        openList(place);
      }
      keepPrevious(VariableReference.previousSpikeTime(group.name()), place);
    }
    layout.recording(group.name()).ifPresent(rows -> clearRecording(rows, group.name()));
    for (EventSource source : events) {
      String name = source.synapses.name();
      String key = layout.eventKey(name, source.end);
      layout.recording(key).ifPresent(rows -> clearRecording(rows, key));
      openList(layout.events(name, source.end).orElseThrow());
      keepPrevious(
          source.end.previousEventTime(source.synapses),
          layout.events(name, source.end).orElseThrow());
    }
  }

  /// A part lists its spikes by itself.
  private void openList(SpikePlace place) {
    if (builder.part().isPresent()) {
      layout.partList(place, group.size()).clear(builder);
    }
  }

  /// Spikes of the step before are no longer the last ones but one.
  private void keepPrevious(VariableReference previous, SpikePlace spikes) {
    Place place = layout.place(previous);
    if (place == null) {
      return;
    }
    String offsets = builder.row(spikes.offsets(), builder.example);
    String ids = builder.row(spikes.ids(), builder.example);
    String times = builder.row(place.rows(), builder.example);
    Expr segment = spikes.isTaped() ? builder.step : Build.integer(0);
    Expr.Name entry = Build.integer(builder.names.fresh("entry"));
    Expr id = Build.element(NumericType.INT32, ids, entry);
    Expr before = Build.subtract(builder.time, Build.literal(place.type(), loop.spec().dt()));
    var body = new ArrayList<Op>();
    if (builder.part().isPresent()) {
      Expr.Name spiking = Build.integer(builder.names.fresh("spiking"));
      builder.own(spiking, Owner.neurons(group.size()));
      body.add(Build.run(Build.declare(NumericType.INT32, spiking.name(), id)));
      Stmt keep = Build.assign(Build.element(place.type(), times, spiking), before);
      body.add(Build.run(Build.when(range.contains(spiking), List.of(keep))));
    } else {
      body.add(Build.run(Build.assign(Build.element(place.type(), times, id), before)));
    }
    builder.ops.add(
        new Op.Loop(
            entry.name(),
            Build.element(NumericType.INT32, offsets, segment),
            Build.element(NumericType.INT32, offsets, Build.add(segment, Build.integer(1))),
            body));
  }

  /// Notes that a spike or event happens now.
  List<Stmt> now(VariableReference time) {
    Place place = layout.place(time);
    return place == null
        ? List.of()
        : List.of(
            Build.assign(
                Build.element(place.type(), builder.row(place.rows(), builder.example), neuron),
                builder.time));
  }

  /// The segment of this step starts where that of the step before ends, or at the limit of the
  /// tape: what went beyond has been delivered and is dropped.
  private void openTape(SpikePlace place) {
    String offsets = builder.row(place.offsets(), builder.example);
    Expr begin =
        Build.element(NumericType.INT32, offsets, Build.add(builder.step, Build.integer(1)));
    Expr end = Build.element(NumericType.INT32, offsets, Build.add(builder.step, Build.integer(2)));
    place
        .overflow()
        .ifPresent(
            rows -> {
              Expr limit = Build.integer(place.limit());
              Expr dropped =
                  Build.element(
                      NumericType.INT32, builder.row(rows, Build.integer(0)), builder.example);
              builder.run(
                  Build.when(
                      Build.binary(BinaryOperator.GREATER, begin, limit),
                      List.of(
                          Build.accumulate(dropped, Build.subtract(begin, limit)),
                          Build.assign(begin, limit))));
            });
    builder.run(Build.assign(end, begin));
    var arrays = new ArrayList<Rows>();
    arrays.add(place.ids());
    arrays.addAll(place.fields().values());
    place.taped().ifPresent(arrays::add);
    builder.ops.add(
        new Op.Reserve(
            arrays,
            builder.example,
            Build.add(begin, Build.integer(group.size())),
            Build.integer(place.limit() + group.size())));
  }

  private void clearRecording(Rows rows, String name) {
    builder.fill(
        ArrayTable.identifier(name) + "_clearRecording",
        recordingRow(rows),
        NumericType.INT32,
        recordedWords(rows),
        Build.integer(0),
        Owner.words(group.size()));
  }

  private FunctionBuilder.Range recordedWords(Rows rows) {
    if (builder.part().isEmpty()) {
      return new FunctionBuilder.Range(Build.integer(0), Build.integer(rows.length()));
    }
    Expr last = Build.add(range.end(), Build.integer(31));
    return new FunctionBuilder.Range(word(range.begin()), word(last));
  }

  private static Expr word(Expr neuron) {
    return new Expr.Binary(SnippetType.INT32, BinaryOperator.SHIFT_RIGHT, neuron, Build.integer(5));
  }

  private String recordingRow(Rows rows) {
    Expr.Name start = builder.scalar("start", layout.trial, Build.integer(0), Build.integer(0));
    Expr absolute = Build.add(start, Build.convert(NumericType.INT64, builder.step));
    Expr slot =
        Build.convert(
            NumericType.INT32,
            Build.binary(
                BinaryOperator.REMAINDER,
                absolute,
                builder.scalar(
                    "recordedSteps",
                    layout.trial,
                    Build.integer(0),
                    Build.integer(Layout.RECORDED_STEPS))));
    return builder.row(
        rows, Build.add(Build.multiply(slot, Build.integer(layout.batch)), builder.example));
  }

  /// Lists a spike of the neuron.
  List<Stmt> emit() {
    SpikePlace place = layout.spikes(group.name());
    var body = append(place, neuron);
    layout.recording(group.name()).ifPresent(rows -> body.add(setBit(recordingRow(rows))));
    return body;
  }

  private Stmt setBit(String row) {
    Expr word = Build.element(NumericType.INT32, row, word(neuron));
    Expr bit =
        new Expr.Binary(
            SnippetType.INT32,
            BinaryOperator.SHIFT_LEFT,
            Build.integer(1),
            Build.binary(BinaryOperator.BIT_AND, neuron, Build.integer(31)));
    return new Stmt.Evaluate(
        new Expr.Assign(
            SnippetType.INT32,
            word,
            new Expr.Compound(BinaryOperator.BIT_OR, SnippetType.INT32),
            bit));
  }

  private ArrayList<Stmt> append(SpikePlace place, Expr.Name id) {
    if (builder.part().isPresent() && !place.isTaped()) {
      return new ArrayList<>(layout.partList(place, group.size()).append(builder, id));
    }
    String offsets = builder.row(place.offsets(), builder.example);
    String ids = builder.row(place.ids(), builder.example);
    Expr end =
        Build.element(
            NumericType.INT32,
            offsets,
            place.isTaped() ? Build.add(builder.step, Build.integer(2)) : Build.integer(2));
    Expr.Name entry = Build.integer(builder.names.fresh("entry"));
    entryName = entry.name();
    var body = new ArrayList<Stmt>();
    body.add(Build.declare(NumericType.INT32, entry.name(), end));
    body.add(Build.assign(Build.element(NumericType.INT32, ids, entry), id));
    body.add(Build.assign(end, Build.add(entry, Build.integer(1))));
    return body;
  }

  /// Tapes what the model stores with the spike that was listed last.
  List<Stmt> tape(Inliner inliner) {
    SpikePlace place = layout.spikes(group.name());
    var body = new ArrayList<Stmt>();
    if (!place.isTaped()) {
      return body;
    }
    Expr.Name entry = Build.integer(entryName);
    place
        .fields()
        .forEach(
            (field, rows) ->
                body.add(
                    Build.assign(
                        Build.element(rows.type(), builder.row(rows, builder.example), entry),
                        Build.convert(rows.type(), inliner.inline(code.tapeFields().get(field))))));
    place
        .taped()
        .ifPresent(
            rows ->
                body.add(
                    Build.assign(
                        Build.element(rows.type(), builder.row(rows, builder.example), entry),
                        Build.convert(
                            rows.type(),
                            Build.convert(
                                NumericType.BOOL,
                                inliner.inline(code.recordWhen().orElseThrow()))))));
    return body;
  }

  /// Tests for events.
  ///
  /// @param own scope of the neuron's code: variables that it has in locals have this step's values
  List<Stmt> testEvents(ElementScope own) {
    var body = new ArrayList<Stmt>();
    for (EventSource source : events) {
      body.addAll(testEvent(source, own));
    }
    return body;
  }

  private List<Stmt> testEvent(EventSource source, ElementScope own) {
    SynapseGroup synapses = source.synapses;
    End end = source.end;
    var synapseCode = loop.code().of(synapses);
    Expr threshold =
        (end == End.PRE ? synapseCode.eventThreshold() : synapseCode.postEventThreshold())
            .orElseThrow();
    ElementScope scope = loop.scope(Uses.of(threshold));
    loop.names(
        scope,
        VariableReference.Kind.SYNAPSE,
        synapses.name(),
        synapses.weightUpdate().model().declarations(),
        synapses.weightUpdate().bindings());
    for (var reference : end.neuronVariables(synapses)) {
      ends.neuronVariable(
          scope, reference.name(), end.neuronVariable(synapses, reference.name()), own);
    }
    for (Variable variable : end.part(synapses).variables()) {
      loop.variable(scope, variable.name(), end.variable(synapses, variable.name()));
    }
    time(scope, "set", end.eventTime(synapses));
    time(scope, "prev_set", end.previousEventTime(synapses));
    var event = append(layout.events(synapses.name(), end).orElseThrow(), neuron);
    layout
        .recording(layout.eventKey(synapses.name(), end))
        .ifPresent(rows -> event.add(setBit(recordingRow(rows))));
    event.addAll(now(end.eventTime(synapses)));
    var body = new ArrayList<>(scope.loads);
    body.add(Build.when(Build.convert(NumericType.BOOL, scope.inliner.inline(threshold)), event));
    return body;
  }

  private void time(ElementScope scope, String name, VariableReference time) {
    if (scope.uses(name)) {
      loop.variable(scope, name, time);
    }
  }
}
