package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.kernel.ModelCode.NeuronCode;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
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

/// Lowers the forward update of a neuron group for one example and step.
final class NeuronLowering {
  private final NeuronLoop loop;
  private final NeuronGroup group;
  private final int stream;
  private final NeuronCode code;
  private final Layout layout;
  private final FunctionBuilder builder;
  private final Expr.Name neuron;
  private final FunctionBuilder.Range range;
  private final NeuronInputLowering inputs;
  private final NeuronSpikeLowering spikes;
  private final EndLowering ends;

  /// @param stream of the random numbers of its sim code
  NeuronLowering(
      ModelSpec spec,
      ModelCode modelCode,
      Layout layout,
      NeuronGroup group,
      int stream,
      FunctionBuilder builder) {
    this.layout = layout;
    this.group = group;
    this.stream = stream;
    this.builder = builder;
    neuron = Build.integer(builder.names.fresh("neuron"));
    builder.own(neuron, Owner.neurons(group.size()));
    range = builder.range(group.size());
    code = modelCode.of(group);
    loop = new NeuronLoop(spec, modelCode, layout, group, builder, neuron);
    inputs = new NeuronInputLowering(loop);
    ends = new EndLowering(loop);
    spikes = new NeuronSpikeLowering(loop, range, ends);
  }

  Function lower() {
    if (group.size() > 0) {
      spikes.open();
      Uses sim = Uses.of(code.sim().get(Phase.FORWARD));
      boolean isOneLoop =
          repeats(code.sim().get(Phase.FORWARD))
              || group.model().isAutoRefractory()
              || spikes.testsEvents()
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

  /// Whether there are loops in it: others than branches are not made selects of, which vectorise.
  private static boolean repeats(List<Stmt> statements) {
    return statements.stream().anyMatch(NeuronLowering::repeats);
  }

  private static boolean repeats(Stmt statement) {
    return switch (statement) {
      case Stmt.Declare _, Stmt.Evaluate _ -> false;
      case Stmt.Block(var statements) -> repeats(statements);
      case Stmt.If(_, var whenTrue, var whenFalse) ->
          repeats(whenTrue) || whenFalse.filter(NeuronLowering::repeats).isPresent();
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

  private void oneLoop() {
    Uses uses = Uses.of(code.sim().get(Phase.FORWARD)).and(fireUses());
    ElementScope scope = loop.scope(uses);
    var body = new ArrayList<Stmt>();
    body.addAll(inputs.lower(scope, uses));
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
    body.addAll(spikes.testEvents(scope));
    threshold.ifPresent(
        condition -> {
          var spike = new ArrayList<>(spikes.emit());
          spike.addAll(ends.spike(scope));
          spike.addAll(spikes.now(VariableReference.spikeTime(group.name())));
          spike.addAll(spikes.tape(scope.inliner));
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
    var rows = new LinkedHashMap<String, String>();
    ElementScope first = loop.scope(simUses);
    var body = new ArrayList<>(inputs.lower(first, all));
    if (simUses.branches() && isWorthALoop(body)) {
      var handed = new LinkedHashMap<>(inputs.types());
      handed.keySet().removeIf(name -> !all.mentions(name));
      body.addAll(spill(first, handed, rows));
      builder.ops.add(elements("input", body));
      body.clear();
      first = loop.scope(simUses.and(new Uses(handed.keySet(), Set.of(), Set.of(), false)));
      loadSpilled(first, handed, rows, all);
    }
    openElement(first, simUses);
    body.addAll(first.loads);
    body.addAll(first.inliner.inline(sim));
    body.addAll(ends.dynamics(first));
    body.addAll(first.stores);
    // What the fire loop needs of this one's locals.
    var spilled = new LinkedHashMap<String, SnippetType>();
    Uses.declared(sim).forEach(local -> spilled.put(local.name(), local.type()));
    spilled.putAll(inputs.types());
    spilled.keySet().removeIf(name -> !fire.mentions(name));
    body.addAll(spill(first, spilled, rows));
    builder.ops.add(elements("integrate", body));

    ElementScope test = loop.scope(Uses.of(code.threshold().orElseThrow()));
    loadSpilled(test, spilled, rows, Uses.of(code.threshold().orElseThrow()));
    openElement(test, Uses.of(code.threshold().orElseThrow()));
    Expr condition = test.inliner.inline(code.threshold().orElseThrow());
    Uses spikeUses = spikeUses();
    ElementScope spike = loop.scope(spikeUses);
    loadSpilled(spike, spilled, rows, spikeUses);
    openElement(spike, spikeUses);
    var spikeBody = new ArrayList<>(spikes.emit());
    spikeBody.addAll(spike.loads);
    spikeBody.addAll(ends.spike(spike));
    spikeBody.addAll(spikes.now(VariableReference.spikeTime(group.name())));
    spikeBody.addAll(spikes.tape(spike.inliner));
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

  private void openElement(ElementScope scope, Uses uses) {
    loop.names(
        scope,
        VariableReference.Kind.NEURON,
        group.name(),
        group.model().declarations(),
        group.bindings());
    for (Variable variable : group.model().declarations().variables()) {
      Place place = layout.place(VariableReference.neuron(group.name(), variable.name()));
      scope.variable(variable.name(), place, place.rows(), builder.example, builder.step);
    }
    if (scope.uses("st")) {
      loop.variable(scope, "st", VariableReference.spikeTime(group.name()));
    }
    loop.randomNumbers(scope, uses, stream);
  }
}
