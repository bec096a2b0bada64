package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.kernel.ModelCode.NeuronCode;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.InputVariable;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.Phase;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/*
 * The forward update of a neuron group is two loops where it can be:
 *
 *   integrate: postsynaptic models, sim code, stores        straight-line code, vectorised
 *   fire:      if (threshold) { append; tape; reset }       a test per neuron, the rest per spike
 *
 * Where the sim code has branches, not every compiler vectorises it, but the input can be summed in a loop before:
 *
 *   input:     postsynaptic models                          straight-line code, vectorised
 *
 * What the second loop needs of the first one's locals goes through scratch rows. Sim code with loops would not be
 * vectorised anyway: then both are one loop and nothing is spilled. Back ends may make one loop of the two.
 */

/// Lowers the update of a neuron group for one example and step.
final class NeuronLowering {
  private final ModelSpec spec;
  private final ModelCode modelCode;
  private final Layout layout;

  NeuronLowering(ModelSpec spec, ModelCode modelCode, Layout layout) {
    this.spec = spec;
    this.modelCode = modelCode;
    this.layout = layout;
  }

  // ---- forward

  Function forward(NeuronGroup group, int stream, FunctionBuilder builder) {
    return new Forward(group, stream, builder).function();
  }

  /// A condition for spike-like events that this group's neurons are tested for.
  private record EventSource(SynapseGroup synapses, End end) {}

  /// One forward update while it is made.
  private final class Forward {
    private final NeuronGroup group;
    private final int stream;
    private final NeuronCode code;
    private final FunctionBuilder builder;
    private final Expr.Name neuron;
    private final FunctionBuilder.Range range;
    private final List<EventSource> events;
    private final EndLowering ends;

    Forward(NeuronGroup group, int stream, FunctionBuilder builder) {
      this.group = group;
      this.stream = stream;
      this.builder = builder;
      neuron = Build.integer(builder.names.fresh("neuron"));
      builder.own(neuron, Owner.neurons(group.size()));
      range = builder.range(group.size());
      this.code = modelCode.of(group);
      this.ends = new EndLowering(spec, modelCode, layout, group, builder, neuron);
      this.events =
          spec.synapseGroups().stream()
              .flatMap(
                  s -> java.util.stream.Stream.of(End.values()).map(end -> new EventSource(s, end)))
              .filter(
                  source ->
                      source.end.neurons(source.synapses).equals(group.name())
                          && layout.events(source.synapses.name(), source.end).isPresent())
              .toList();
    }

    Function function() {
      if (group.size() > 0) {
        openSpikes();
        Uses sim = Uses.of(code.sim().get(Phase.FORWARD));
        boolean isOneLoop =
            repeats(code.sim().get(Phase.FORWARD))
                || group.model().isAutoRefractory()
                || !events.isEmpty()
                || RandomCalls.appearIn(sim.and(fireUses()))
                || ends.drawsRandomNumbersAtSpikes()
                || code.threshold().isEmpty();
        if (isOneLoop) {
          oneLoop();
        } else {
          twoLoops();
        }
      }
      return builder.function(
          ArrayTable.identifier(group.name()) + "_forward",
          "Forward step of neuron group " + group.name());
    }

    /// Whether there are loops in it: others than branches are not made selects of, which
    /// vectorise.
    private static boolean repeats(List<Stmt> statements) {
      return statements.stream().anyMatch(Forward::repeats);
    }

    private static boolean repeats(Stmt statement) {
      return switch (statement) {
        case Stmt.Declare _, Stmt.Evaluate _ -> false;
        case Stmt.Block(var statements) -> repeats(statements);
        case Stmt.If(_, var whenTrue, var whenFalse) ->
            repeats(whenTrue) || whenFalse.filter(Forward::repeats).isPresent();
        case Stmt.While _,
            Stmt.DoWhile _,
            Stmt.For _,
            Stmt.Switch _,
            Stmt.Break _,
            Stmt.Continue _,
            Stmt.ForEachSynapse _ ->
            true;
      };
    }

    private void openSpikes() {
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
      Expr before = Build.subtract(builder.time, Build.literal(place.type(), spec.dt()));
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
    private List<Stmt> now(VariableReference time) {
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
      Expr end =
          Build.element(NumericType.INT32, offsets, Build.add(builder.step, Build.integer(2)));
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
      return new Expr.Binary(
          SnippetType.INT32, BinaryOperator.SHIFT_RIGHT, neuron, Build.integer(5));
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
                  new Expr.Literal(start.type(), layout.recordingSteps())));
      return builder.row(
          rows, Build.add(Build.multiply(slot, Build.integer(layout.batch)), builder.example));
    }

    private void oneLoop() {
      Uses uses = Uses.of(code.sim().get(Phase.FORWARD)).and(fireUses());
      ElementScope scope = neuronScope(uses);
      var body = new ArrayList<Stmt>();
      body.addAll(inputs(scope, uses));
      openElement(scope, uses);
      body.addAll(scope.loads);
      Optional<Expr> threshold = code.threshold().map(scope.inliner::inline);
      if (group.model().isAutoRefractory() && threshold.isPresent()) {
        String before = builder.names.fresh("wasAbove");
        body.add(Build.declare(NumericType.BOOL, before, threshold.get()));
        threshold =
            threshold.map(now -> Build.and(now, Build.not(Build.name(NumericType.BOOL, before))));
      }
      body.addAll(scope.inliner.inline(code.sim().get(Phase.FORWARD)));
      body.addAll(ends.dynamics(scope));
      for (EventSource synapses : events) {
        body.addAll(testEvent(synapses, scope));
      }
      threshold.ifPresent(
          condition -> {
            var spike = new ArrayList<>(emit());
            spike.addAll(ends.spike(scope));
            spike.addAll(now(VariableReference.spikeTime(group.name())));
            spike.addAll(tape(scope.inliner));
            spike.addAll(scope.inliner.inline(code.reset()));
            body.add(Build.when(condition, spike));
          });
      body.addAll(scope.stores);
      builder.ops.add(elements("update", body));
    }

    private void twoLoops() {
      List<Stmt> sim = code.sim().get(Phase.FORWARD);
      Uses simUses = Uses.of(sim);
      Uses fire = fireUses();
      Uses all = simUses.and(fire);
      var rows = new java.util.LinkedHashMap<String, String>();
      ElementScope first = neuronScope(simUses);
      var body = new ArrayList<>(inputs(first, all));
      if (simUses.branches() && isWorthALoop(body)) {
        var handed = inputTypes();
        handed.keySet().removeIf(name -> !all.mentions(name));
        body.addAll(spill(first, handed, rows));
        builder.ops.add(elements("input", body));
        body.clear();
        first = neuronScope(simUses.and(new Uses(handed.keySet(), Set.of(), Set.of(), false)));
        loadSpilled(first, handed, rows, all);
      }
      openElement(first, simUses);
      body.addAll(first.loads);
      body.addAll(first.inliner.inline(sim));
      body.addAll(ends.dynamics(first));
      body.addAll(first.stores);
      // What the fire loop needs of this one's locals.
      var spilled = new java.util.LinkedHashMap<String, SnippetType>();
      Uses.declared(sim).forEach(local -> spilled.put(local.name(), local.type()));
      inputTypes().forEach(spilled::put);
      spilled.keySet().removeIf(name -> !fire.mentions(name));
      body.addAll(spill(first, spilled, rows));
      builder.ops.add(elements("integrate", body));

      ElementScope test = neuronScope(Uses.of(code.threshold().orElseThrow()));
      loadSpilled(test, spilled, rows, Uses.of(code.threshold().orElseThrow()));
      openElement(test, Uses.of(code.threshold().orElseThrow()));
      Expr condition = test.inliner.inline(code.threshold().orElseThrow());
      Uses spikeUses = spikeUses();
      ElementScope spike = neuronScope(spikeUses);
      loadSpilled(spike, spilled, rows, spikeUses);
      openElement(spike, spikeUses);
      var spikeBody = new ArrayList<>(emit());
      spikeBody.addAll(spike.loads);
      spikeBody.addAll(ends.spike(spike));
      spikeBody.addAll(now(VariableReference.spikeTime(group.name())));
      spikeBody.addAll(tape(spike.inliner));
      spikeBody.addAll(spike.inliner.inline(code.reset()));
      spikeBody.addAll(spike.stores);
      var fireBody = new ArrayList<>(test.loads);
      fireBody.add(Build.when(condition, spikeBody));
      builder.ops.add(elements("fire", fireBody));
    }

    /// Whether there is input to be summed, in straight-line code.
    private static boolean isWorthALoop(List<Stmt> inputs) {
      Uses uses = Uses.of(inputs);
      return !uses.branches()
          && uses.called().isEmpty()
          && inputs.stream().anyMatch(statement -> !(statement instanceof Stmt.Declare));
    }

    /// Stores locals in scratch rows, which are noted.
    private List<Stmt> spill(
        ElementScope scope, Map<String, SnippetType> locals, Map<String, String> rows) {
      var stores = new ArrayList<Stmt>();
      locals.forEach(
          (name, type) -> {
            Rows scratch = layout.scratch(group.name() + "_" + name, type.numeric(), group.size());
            rows.put(name, builder.row(scratch, builder.scratchRow()));
            stores.add(
                Build.assign(
                    Build.element(type.numeric(), rows.get(name), neuron),
                    Build.name(type, scope.inliner.local(name))));
          });
      return stores;
    }

    private void loadSpilled(
        ElementScope scope, Map<String, SnippetType> spilled, Map<String, String> rows, Uses uses) {
      spilled.forEach(
          (name, type) -> {
            if (uses.mentions(name)) {
              scope.value(name, type, Build.element(type.numeric(), rows.get(name), neuron));
            }
          });
    }

    private Op elements(String what, List<Stmt> body) {
      return new Op.Elements(
          ArrayTable.identifier(group.name()) + "_" + what,
          neuron.name(),
          range.begin(),
          range.end(),
          body);
    }

    private Uses fireUses() {
      Uses uses = spikeUses();
      if (code.threshold().isPresent()) {
        uses = uses.and(Uses.of(code.threshold().get()));
      }
      return uses;
    }

    private Uses spikeUses() {
      Uses uses = Uses.of(code.reset());
      if (layout.spikes(group.name()) != null && layout.spikes(group.name()).isTaped()) {
        for (Expr field : code.tapeFields().values()) {
          uses = uses.and(Uses.of(field));
        }
        if (code.recordWhen().isPresent()) {
          uses = uses.and(Uses.of(code.recordWhen().get()));
        }
      }
      return uses;
    }

    private ElementScope neuronScope(Uses uses) {
      ElementScope scope = new ElementScope(builder, uses, neuron);
      scope.alias("t", builder.time);
      return scope;
    }

    private void openElement(ElementScope scope, Uses uses) {
      commonNames(scope, group, neuron, builder, spec.dt());
      scope.parameters(
          VariableReference.Kind.NEURON,
          group.name(),
          group.model().declarations(),
          group.bindings(),
          spec.dt());
      for (Variable variable : group.model().declarations().variables()) {
        Place place = layout.place(VariableReference.neuron(group.name(), variable.name()));
        scope.variable(variable.name(), place, place.rows(), builder.example, builder.step);
      }
      if (scope.uses("st")) {
        Place place = layout.place(VariableReference.spikeTime(group.name()));
        scope.variable("st", place, place.rows(), builder.example, Build.integer(0));
      }
      if (RandomCalls.appearIn(uses)) {
        RandomCalls.bind(builder, scope, globalElement(), stream);
      }
    }

    private Expr globalElement() {
      return Build.add(Build.multiply(builder.example, Build.integer(group.size())), neuron);
    }

    private Map<String, SnippetType> inputTypes() {
      var types = new java.util.LinkedHashMap<String, SnippetType>();
      types.put("Isyn", SnippetType.of(layout.scalar));
      for (InputVariable input : group.model().additionalInputs()) {
        types.put(input.name(), SnippetType.of(layout.type(input.type())));
      }
      return types;
    }

    /// Sums the inputs: declares `Isyn` and the additional inputs that are used or written, and
    /// runs the postsynaptic models.
    private List<Stmt> inputs(ElementScope scope, Uses uses) {
      var body = new ArrayList<Stmt>();
      List<SynapseGroup> postsynapses = layout.postsynapses(group.name());
      Set<String> needed = new HashSet<>();
      for (SynapseGroup synapses : postsynapses) {
        needed.add(synapses.postTargetVariable());
      }
      List<CurrentSource> sources =
          spec.currentSources().stream()
              .filter(source -> source.target().equals(group.name()))
              .toList();
      sources.forEach(source -> needed.add(source.targetVariable()));
      var initial = new java.util.LinkedHashMap<String, Double>();
      initial.put("Isyn", 0.0);
      group.model().additionalInputs().forEach(input -> initial.put(input.name(), input.initial()));
      var types = inputTypes();
      initial.forEach(
          (name, start) -> {
            boolean hasFeedback = layout.hasFeedback(group.name(), name, Phase.FORWARD);
            if (!needed.contains(name) && !hasFeedback && !uses.mentions(name)) {
              return;
            }
            NumericType type = types.get(name).numeric();
            String local = scope.inliner.local(name);
            body.add(Build.declare(type, local, Build.literal(type, start)));
          });
      for (SynapseGroup synapses : postsynapses) {
        String target = scope.inliner.local(synapses.postTargetVariable());
        NumericType type = types.get(synapses.postTargetVariable()).numeric();
        body.addAll(postsynapse(synapses, Build.name(type, target)));
      }
      initial
          .keySet()
          .forEach(
              name -> {
                if (layout.hasFeedback(group.name(), name, Phase.FORWARD)) {
                  NumericType type = types.get(name).numeric();
                  body.addAll(feedback(name, Build.name(type, scope.inliner.local(name))));
                }
              });
      for (CurrentSource source : sources) {
        NumericType type = types.get(source.targetVariable()).numeric();
        String target = scope.inliner.local(source.targetVariable());
        body.addAll(inject(source, Build.name(type, target)));
      }
      return body;
    }

    /// Adds what synapses sent back, and clears it.
    private List<Stmt> feedback(String input, Expr.Name target) {
      Rows rows = layout.feedback(group.name(), input, Phase.FORWARD);
      Expr sum = Build.element(layout.scalar, builder.row(rows, builder.example), neuron);
      return List.of(
          Build.accumulate(target, Build.convert(target.type().numeric(), sum)),
          Build.assign(sum, Build.literal(layout.scalar, 0)));
    }

    private List<Stmt> inject(CurrentSource source, Expr.Name target) {
      Declarations declarations = source.model().declarations();
      var draws =
          new PoissonDraws(
              modelCode.of(source), declarations.constants(source.bindings(), spec.dt()));
      List<Stmt> code = draws.code();
      Uses uses = Uses.of(code);
      ElementScope scope = neuronScope(uses);
      int stream = 2_000_000 + spec.currentSources().indexOf(source);
      draws.emit(
          builder, scope, neuron, group.size(), stream, ArrayTable.identifier(source.name()));
      commonNames(scope, group, neuron, builder, spec.dt());
      scope.parameters(
          VariableReference.Kind.CURRENT_SOURCE,
          source.name(),
          declarations,
          source.bindings(),
          spec.dt());
      for (Variable variable : declarations.variables()) {
        Place place = layout.place(VariableReference.currentSource(source.name(), variable.name()));
        scope.variable(variable.name(), place, place.rows(), builder.example, Build.integer(0));
      }
      neuronVariables(scope, source.model().neuronVariables(), source.neuronVariables());
      injectCurrent(scope, target);
      if (RandomCalls.appearIn(uses)) {
        RandomCalls.bind(builder, scope, globalElement(), stream);
      }
      var body = new ArrayList<>(scope.loads);
      body.addAll(scope.inliner.inline(code));
      body.addAll(scope.stores);
      return body;
    }

    /// Variables of this group that a model at its input reads: as the step before has left them.
    private void neuronVariables(
        ElementScope scope,
        List<VariableDeclaration> declared,
        Map<String, VariableReference> bound) {
      for (VariableDeclaration reference : declared) {
        VariableReference variable =
            bound.getOrDefault(
                reference.name(), VariableReference.neuron(group.name(), reference.name()));
        Place place = layout.place(variable);
        scope.variable(reference.name(), place, place.rows(), builder.example, Build.integer(0));
      }
    }

    private static void injectCurrent(ElementScope scope, Expr.Name target) {
      scope.inliner.bindFunction(
          "injectCurrent",
          arguments ->
              Build.addTo(target, Build.convert(target.type().numeric(), arguments.getFirst())));
    }

    /// Adds the input that leaves the dendrites in this step.
    private void addArrived(DendriteRing ring, ElementScope scope) {
      Expr arrived = ring.arrived(builder, neuron);
      Expr.Name input = Build.name(layout.scalar, scope.inliner.local("inSyn"));
      scope.loads.add(Build.accumulate(input, arrived));
      scope.loads.add(Build.assign(arrived, Build.literal(layout.scalar, 0)));
    }

    private List<Stmt> postsynapse(SynapseGroup synapses, Expr.Name target) {
      List<Stmt> sim = modelCode.of(synapses).postsynapse();
      Uses uses = Uses.of(sim);
      if (layout.dendrites(synapses.name()).isPresent()) {
        uses = uses.and(new Uses(Set.of("inSyn"), Set.of("inSyn"), Set.of(), false));
      }
      ElementScope scope = neuronScope(uses);
      commonNames(scope, group, neuron, builder, spec.dt());
      var postsynapse = synapses.postsynapse();
      scope.parameters(
          VariableReference.Kind.POSTSYNAPTIC,
          synapses.name(),
          postsynapse.model().declarations(),
          postsynapse.bindings(),
          spec.dt());
      for (Variable variable : postsynapse.model().declarations().variables()) {
        Place place =
            layout.place(VariableReference.postsynaptic(synapses.name(), variable.name()));
        scope.variable(variable.name(), place, place.rows(), builder.example, Build.integer(0));
      }
      neuronVariables(scope, postsynapse.model().neuronVariables(), postsynapse.neuronVariables());
      Place input = layout.place(VariableReference.synapticInput(synapses.name()));
      scope.variable("inSyn", input, input.rows(), builder.example, Build.integer(0));
      layout.dendrites(synapses.name()).ifPresent(ring -> addArrived(ring, scope));
      injectCurrent(scope, target);
      if (RandomCalls.appearIn(uses)) {
        RandomCalls.bind(
            builder, scope, globalElement(), 1_000_000 + spec.synapseGroups().indexOf(synapses));
      }
      var body = new ArrayList<>(scope.loads);
      body.addAll(scope.inliner.inline(sim));
      body.addAll(scope.stores);
      return body;
    }

    private List<Stmt> emit() {
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

    private String entryName;

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

    private List<Stmt> tape(Inliner inliner) {
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
                          Build.convert(
                              rows.type(), inliner.inline(code.tapeFields().get(field))))));
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

    private void time(ElementScope scope, String name, VariableReference time) {
      if (scope.uses(name)) {
        Place place = layout.place(time);
        scope.variable(name, place, place.rows(), builder.example, Build.integer(0));
      }
    }

    private List<Stmt> testEvent(EventSource source, ElementScope neuronScope) {
      SynapseGroup synapses = source.synapses;
      End end = source.end;
      var synapseCode = modelCode.of(synapses);
      Expr threshold =
          (end == End.PRE ? synapseCode.eventThreshold() : synapseCode.postEventThreshold())
              .orElseThrow();
      var model = synapses.weightUpdate().model();
      ElementScope scope = neuronScope(Uses.of(threshold));
      commonNames(scope, group, neuron, builder, spec.dt());
      scope.parameters(
          VariableReference.Kind.SYNAPSE,
          synapses.name(),
          model.declarations(),
          synapses.weightUpdate().bindings(),
          spec.dt());
      for (var reference : end.neuronVariables(synapses)) {
        ends.neuronVariable(
            scope, reference.name(), end.neuronVariable(synapses, reference.name()), neuronScope);
      }
      for (Variable variable : end.part(synapses).variables()) {
        Place place = layout.place(end.variable(synapses, variable.name()));
        scope.variable(variable.name(), place, place.rows(), builder.example, Build.integer(0));
      }
      time(scope, "set", end.eventTime(synapses));
      time(scope, "prev_set", end.previousEventTime(synapses));
      SpikePlace place = layout.events(synapses.name(), end).orElseThrow();
      var event = append(place, neuron);
      layout
          .recording(layout.eventKey(synapses.name(), end))
          .ifPresent(rows -> event.add(setBit(recordingRow(rows))));
      event.addAll(now(end.eventTime(synapses)));
      var body = new ArrayList<>(scope.loads);
      body.add(Build.when(Build.convert(NumericType.BOOL, scope.inliner.inline(threshold)), event));
      return body;
    }
  }

  static void commonNames(
      ElementScope scope, NeuronGroup group, Expr neuron, FunctionBuilder builder, double dt) {
    scope.unsigned("id", neuron);
    scope.unsigned("num_neurons", Build.integer(group.size()));
    scope.unsigned("num_batch", Build.integer(builder.layout().batch));
    scope.unsigned("batch", builder.example);
    scope.constant("dt", builder.layout().scalar, dt);
  }

  // ---- backward

  /// The backward update, if the group has any.
  Optional<Function> backward(NeuronGroup group) {
    NeuronCode code = modelCode.of(group);
    List<Stmt> sim = code.sim().get(Phase.BACKWARD);
    boolean replays = group.model().tape().isPresent() && !code.replay().isEmpty();
    if (group.size() == 0 || (sim.isEmpty() && !replays)) {
      return Optional.empty();
    }
    FunctionBuilder builder = new FunctionBuilder(layout);
    if (!sim.isEmpty()) {
      Expr.Name neuron = Build.integer(builder.names.fresh("neuron"));
      ElementScope scope = backwardScope(group, builder, Uses.of(sim), neuron);
      var body = new ArrayList<>(scope.loads);
      body.addAll(scope.inliner.inline(sim));
      body.addAll(scope.stores);
      builder.ops.add(
          new Op.Elements(
              ArrayTable.identifier(group.name()) + "_adjoint",
              neuron.name(),
              Build.integer(group.size()),
              body));
    }
    if (replays) {
      replay(group, code, builder);
    }
    return Optional.of(
        builder.function(
            ArrayTable.identifier(group.name()) + "_backward",
            "Backward step of neuron group " + group.name()));
  }

  private void replay(NeuronGroup group, NeuronCode code, FunctionBuilder builder) {
    SpikePlace place = layout.replay(group.name());
    String offsets = builder.row(place.offsets(), builder.example);
    String ids = builder.row(place.ids(), builder.example);
    Expr.Name entry = Build.integer(builder.names.fresh("entry"));
    Expr.Name neuron = Build.integer(builder.names.fresh("neuron"));
    Uses uses = Uses.of(code.replay());
    if (code.replayWhen().isPresent()) {
      uses = uses.and(Uses.of(code.replayWhen().get()));
    }
    ElementScope scope = backwardScope(group, builder, uses, neuron);
    place
        .fields()
        .forEach(
            (field, rows) ->
                scope.value(
                    field,
                    SnippetType.of(rows.type()),
                    Build.element(rows.type(), builder.row(rows, builder.example), entry)));
    var spike = new ArrayList<>(scope.inliner.inline(code.replay()));
    spike.addAll(scope.stores);
    var body = new ArrayList<Stmt>();
    body.add(
        Build.declare(
            NumericType.INT32, neuron.name(), Build.element(NumericType.INT32, ids, entry)));
    body.addAll(scope.loads);
    Optional<Expr> condition = replayCondition(place, builder, entry, code, scope.inliner);
    if (condition.isPresent()) {
      body.add(Build.when(condition.get(), spike));
    } else {
      body.addAll(spike);
    }
    builder.ops.add(
        new Op.Loop(
            entry.name(),
            Build.element(NumericType.INT32, offsets, Build.add(builder.step, Build.integer(1))),
            Build.element(NumericType.INT32, offsets, Build.add(builder.step, Build.integer(2))),
            body.stream().map(Build::run).toList()));
  }

  /// Whether a taped spike is replayed; empty when all are.
  static Optional<Expr> replayCondition(
      SpikePlace place, FunctionBuilder builder, Expr entry, NeuronCode code, Inliner inliner) {
    Optional<Expr> taped =
        place
            .taped()
            .map(
                rows ->
                    Build.convert(
                        NumericType.BOOL,
                        Build.element(rows.type(), builder.row(rows, builder.example), entry)));
    Optional<Expr> when =
        code.replayWhen().map(e -> Build.convert(NumericType.BOOL, inliner.inline(e)));
    return taped.isPresent() && when.isPresent()
        ? Optional.of(Build.and(taped.get(), when.get()))
        : taped.or(() -> when);
  }

  private ElementScope backwardScope(
      NeuronGroup group, FunctionBuilder builder, Uses uses, Expr.Name neuron) {
    ElementScope scope = new ElementScope(builder, uses, neuron);
    scope.alias("t", builder.time);
    commonNames(scope, group, neuron, builder, spec.dt());
    scope.parameters(
        VariableReference.Kind.NEURON,
        group.name(),
        group.model().declarations(),
        group.bindings(),
        spec.dt());
    for (Variable variable : group.model().declarations().variables()) {
      Place place = layout.place(VariableReference.neuron(group.name(), variable.name()));
      scope.variable(
          variable.name(),
          place,
          place.replay().orElse(place.rows()),
          builder.example,
          builder.step);
    }
    var inputs = new ArrayList<InputVariable>(group.model().additionalInputs());
    inputs.add(new InputVariable("Isyn", "scalar", 0));
    for (InputVariable input : inputs) {
      if (!scope.uses(input.name())) {
        continue;
      }
      NumericType type = layout.type(input.type());
      Expr value = Build.literal(type, input.initial());
      if (layout.hasFeedback(group.name(), input.name(), Phase.BACKWARD)) {
        Rows rows = layout.feedback(group.name(), input.name(), Phase.BACKWARD);
        Expr sum = Build.element(layout.scalar, builder.row(rows, builder.example), neuron);
        value =
            input.initial() == 0
                ? Build.convert(type, sum)
                : Build.add(value, Build.convert(type, sum));
        scope.value(input.name(), SnippetType.of(type), value);
        scope.loads.add(Build.assign(sum, Build.literal(layout.scalar, 0)));
      } else {
        scope.value(input.name(), SnippetType.of(type), value);
      }
    }
    return scope;
  }
}
