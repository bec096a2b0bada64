package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.Phase;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Stmt;

/*
 * Synapses are visited by spike: for each entry of the source's spike list one pass over the row of its targets. What
 * `addToPre` sends back is a reduction over that row; the products go to a scratch row first, in the same pass as
 * everything else, so that the pass is vectorised and the reduction has its fixed shape.
 */

/// Lowers what a synapse group does with the spikes of one step of one example.
final class SynapseLowering {
  private final ModelSpec spec;
  private final ModelCode modelCode;
  private final Layout layout;

  SynapseLowering(ModelSpec spec, ModelCode modelCode, Layout layout) {
    this.spec = spec;
    this.modelCode = modelCode;
    this.layout = layout;
  }

  /// What every synapse does in every step.
  Optional<Function> dynamics(SynapseGroup group, FunctionBuilder builder) {
    List<Stmt> code = modelCode.of(group).dynamics();
    if (!code.isEmpty()) {
      Expr.Name source = Build.integer(builder.names.fresh("source"));
      var all =
          new SourceLoop(
              source,
              Build.integer(0),
              Build.integer(layout.size(group.source())),
              source,
              List.of());
      visit(group, builder, all, code, "dynamics", Phase.FORWARD);
    }
    return finished(group, builder, "_dynamics", "Dynamics of synapse group ");
  }

  /// Events, then spikes, of the source: of the step before, or as much earlier as there is delay.
  Optional<Function> forward(SynapseGroup group, FunctionBuilder builder) {
    var code = modelCode.of(group);
    layout
        .events(group.name(), End.PRE)
        .ifPresent(
            place ->
                arrivals(
                        builder,
                        place,
                        layout.eventKey(group.name(), End.PRE) + "/events",
                        group,
                        End.PRE)
                    .visit(
                        range ->
                            visit(
                                group,
                                builder,
                                bySpike(builder, range),
                                code.preEvent(),
                                "events",
                                Phase.FORWARD)));
    List<Stmt> spikeCode = code.preSpike().get(Phase.FORWARD);
    SpikePlace spikes = layout.spikes(group.source());
    if (!spikeCode.isEmpty() && spikes != null) {
      arrivals(builder, spikes, group.source(), group, End.PRE)
          .visit(
              range ->
                  visit(
                      group, builder, bySpike(builder, range), spikeCode, "spikes", Phase.FORWARD));
    }
    return finished(group, builder, "_forward", "Presynaptic update of synapse group ");
  }

  /// Events, then spikes, of the target: of the step before, or as much earlier as there is delay.
  Optional<Function> postsynaptic(SynapseGroup group, FunctionBuilder builder) {
    var code = modelCode.of(group);
    var columns = new ColumnLowering(spec, layout, group, builder);
    layout
        .events(group.name(), End.POST)
        .ifPresent(
            place ->
                arrivals(
                        builder,
                        place,
                        layout.eventKey(group.name(), End.POST) + "/events",
                        group,
                        End.POST)
                    .visit(range -> columns.visit(range, code.postEvent())));
    SpikePlace spikes = layout.spikes(group.target());
    if (!code.postSpike().isEmpty() && spikes != null) {
      arrivals(builder, spikes, group.target(), group, End.POST)
          .visit(range -> columns.visit(range, code.postSpike()));
    }
    return finished(group, builder, "_postsynaptic", "Postsynaptic update of synapse group ");
  }

  private Arrivals arrivals(
      FunctionBuilder builder, SpikePlace place, String key, SynapseGroup group, End end) {
    int delay = end == End.PRE ? group.delays().axonal() : group.delays().backPropagation();
    return new Arrivals(builder, place, layout.ring(key), delay);
  }

  /// Replayed spikes of this step.
  Optional<Function> backward(SynapseGroup group) {
    FunctionBuilder builder = new FunctionBuilder(layout);
    List<Stmt> code = modelCode.of(group).preSpike().get(Phase.BACKWARD);
    SpikePlace spikes = layout.replay(group.source());
    if (!code.isEmpty() && spikes != null && spikes.isTaped()) {
      SpikeRange range =
          SpikeRange.segment(builder, spikes, Build.add(builder.step, Build.integer(1)));
      visit(group, builder, bySpike(builder, range), code, "replay", Phase.BACKWARD);
    }
    return finished(group, builder, "_backward", "Backward presynaptic update of synapse group ");
  }

  /// A loop over sources.
  ///
  /// @param index of the loop
  /// @param head what comes first in it: declares `source` where that is not the index itself
  private record SourceLoop(
      Expr.Name index, Expr begin, Expr end, Expr.Name source, List<Op> head) {}

  private static SourceLoop bySpike(FunctionBuilder builder, SpikeRange range) {
    Expr.Name entry = Build.integer(builder.names.fresh("entry"));
    Expr.Name source = Build.integer(builder.names.fresh("source"));
    return new SourceLoop(
        entry,
        range.begin(),
        range.end(),
        source,
        List.of(
            Build.run(
                Build.declare(
                    NumericType.INT32,
                    source.name(),
                    Build.element(NumericType.INT32, range.ids(), entry)))));
  }

  private Optional<Function> finished(
      SynapseGroup group, FunctionBuilder builder, String suffix, String comment) {
    return builder.ops.isEmpty()
        ? Optional.empty()
        : Optional.of(
            builder.function(ArrayTable.identifier(group.name()) + suffix, comment + group.name()));
  }

  private void visit(
      SynapseGroup group,
      FunctionBuilder builder,
      SourceLoop sources,
      List<Stmt> code,
      String what,
      Phase phase) {
    RowAccess access = layout.rows(group.name());
    if (!access.mayHaveSynapses(layout.isChecked) || layout.size(group.source()) == 0) {
      return;
    }
    Uses uses = Uses.of(code);
    Expr.Name source = sources.source();
    RowAccess.Row row = access.open(builder, source);
    Expr.Name target = row.target();
    // A part has the synapses of its own targets.
    builder.own(row.position(), Owner.synapses(group));
    builder.own(target, Owner.neurons(layout.size(group.target())));

    // Everything that does not depend on the source is hoisted before the loop over spikes.
    var inLoop = new ArrayList<Op>(sources.head());
    inLoop.addAll(row.opening());
    ElementScope scope = new ElementScope(builder, uses, target);
    scope.alias("t", builder.time);
    scope.unsigned("id_pre", source);
    scope.unsigned("id_post", target);
    scope.unsigned("id_syn", row.id());
    if (access.hasKernel() && uses.mentions("id_kernel")) {
      scope.unsigned("id_kernel", access.kernelIndex(builder, source, row.position()));
    }
    scope.unsigned("num_pre", Build.integer(layout.size(group.source())));
    scope.unsigned("num_post", Build.integer(layout.size(group.target())));
    scope.unsigned("num_batch", Build.integer(layout.batch));
    scope.unsigned("batch", builder.example);
    scope.constant("dt", layout.scalar, spec.dt());
    var weightUpdate = group.weightUpdate();
    scope.parameters(
        VariableReference.Kind.SYNAPSE,
        group.name(),
        weightUpdate.model().declarations(),
        weightUpdate.bindings(),
        spec.dt());
    var ends =
        new EndNames(
            spec, layout, builder, scope, group, org.genn.engine.snippet.Names.of(code).delayed());
    for (VariableDeclaration reference : weightUpdate.model().postNeuronVariables()) {
      if (ends.isDelayed(reference.name())) {
        continue;
      }
      Place place = place(reference, weightUpdate.postNeuronVariables(), group.target());
      scope.variable(
          reference.name(),
          place,
          phase == Phase.BACKWARD ? place.replay().orElse(place.rows()) : place.rows(),
          builder.example,
          builder.step);
    }
    ends.perElement(End.POST);
    // Rows of the source are taken inside of the loop.
    int hoistedBefore = builder.ops.size();
    ends.fixed(End.PRE, source);
    for (VariableDeclaration reference : weightUpdate.model().preNeuronVariables()) {
      if (ends.isDelayed(reference.name())) {
        continue;
      }
      Place place = place(reference, weightUpdate.preNeuronVariables(), group.source());
      scope.fixedVariable(
          reference.name(),
          place,
          phase == Phase.BACKWARD ? place.replay().orElse(place.rows()) : place.rows(),
          builder.step,
          source);
    }
    for (Variable variable : weightUpdate.model().declarations().variables()) {
      VariableReference reference = VariableReference.synapse(group.name(), variable.name());
      if (access.storage() == RowAccess.Storage.NOWHERE) {
        var stored = VariableReference.synapse(spec.synapsesOf(group).name(), variable.name());
        layout.initialisation().bind(builder, scope, group, stored, source, row);
        continue;
      }
      Place place = layout.place(reference);
      if (access.storage() == RowAccess.Storage.KERNEL) {
        kernelVariable(variable, place, access, builder, scope, source, row);
        continue;
      }
      Expr copy = place.copies() == Symbol.Copies.SLICES ? builder.slice : builder.example;
      scope.variable(variable.name(), place, place.rows(), copy, source, row.position());
    }
    List<Op> perSource = builder.take(hoistedBefore);
    // A row whose index does not name the source (all examples' copies of one row) could stay
    // outside; it is cheap.
    inLoop.addAll(perSource);

    var body = new ArrayList<Stmt>(row.locate());
    var inner = new ArrayList<>(scope.loads);
    boolean sendsBack = uses.called().contains("addToPre");
    Expr.Name back = Build.name(layout.scalar, builder.names.fresh("toPre"));
    if (uses.called().contains("addToPost")) {
      String input = builder.row(layout.inputs.synapticInput(group.name()), builder.example);
      Expr sum = Build.element(layout.scalar, input, target);
      scope.inliner.bindFunction("addToPost", arguments -> Build.addTo(sum, arguments.getFirst()));
    }
    if (uses.called().contains("addToPostDelay")) {
      DendriteRing ring = layout.dendrites(group.name()).orElseThrow();
      String sums = builder.row(ring.sums(), builder.example);
      String starts = builder.row(ring.starts(), builder.example);
      scope.inliner.bindFunction(
          "addToPostDelay",
          arguments ->
              ring.add(
                  sums,
                  starts,
                  target,
                  arguments.getFirst(),
                  steps(group, ring, arguments.getLast())));
    }
    String products = "";
    if (sendsBack) {
      products =
          builder.row(
              layout.scratch(
                  group.name() + "_toPre", layout.scalar, Math.max(1, access.capacity())),
              builder.slice);
      body.add(Build.declare(layout.scalar, back.name(), Build.literal(layout.scalar, 0)));
      scope.inliner.bindFunction("addToPre", arguments -> Build.addTo(back, arguments.getFirst()));
    }
    inner.addAll(scope.inliner.inline(code));
    inner.addAll(scope.stores);
    if (row.exists().isPresent()) {
      body.add(Build.when(row.exists().get(), inner));
    } else {
      body.addAll(inner);
    }
    if (sendsBack) {
      body.add(Build.assign(Build.element(layout.scalar, products, row.position()), back));
    }
    String label = ArrayTable.identifier(group.name()) + "_" + what;
    inLoop.add(new Op.Elements(label, row.index().name(), row.begin(), row.end(), body));
    if (sendsBack) {
      Rows feedback = layout.feedback(group.source(), group.preTargetVariable(), phase);
      Expr.Name index = Build.integer(builder.names.fresh("synapse"));
      inLoop.add(
          new Op.Reduce(
              label + "_toPre",
              Op.Reduction.SUM,
              layout.scalar,
              Build.element(layout.scalar, builder.row(feedback, builder.example), source),
              index.name(),
              row.end(),
              Build.element(layout.scalar, products, index)));
    }
    List<Op> loopBody = inLoop;
    if (phase == Phase.BACKWARD) {
      loopBody = replayed(group, builder, sources, inLoop);
    }
    builder.ops.add(new Op.Loop(sources.index().name(), sources.begin(), sources.end(), loopBody));
  }

  /// The delay that code gives.
  private Expr steps(SynapseGroup group, DendriteRing ring, Expr delay) {
    return layout.isChecked
        ? Build.convert(
            NumericType.UINT32,
            Limit.delay(delay, ring.slots(), group.name(), "addToPostDelay gets"))
        : delay;
  }

  /// A value that the synapses with the same place in the kernel share.
  private static void kernelVariable(
      Variable variable,
      Place place,
      RowAccess access,
      FunctionBuilder builder,
      ElementScope scope,
      Expr source,
      RowAccess.Row row) {
    Expr copy = place.copies() == Symbol.Copies.SLICES ? builder.slice : builder.example;
    Expr index = access.kernelIndex(builder, source, row.position());
    scope.variable(variable.name(), place, place.rows(), copy, Build.integer(0), index);
    if (variable.access().isWritable()) {
      String values = builder.row(place.rows(), place.rowIndex(copy, Build.integer(0)));
      scope.inliner.bindFunction(
          "atomic_add_" + variable.name(),
          arguments ->
              Build.addTo(Build.element(place.type(), values, index), arguments.getFirst()));
    }
  }

  /// The body of the loop over spikes, with a test before it where not every taped spike is
  /// replayed.
  private List<Op> replayed(
      SynapseGroup group, FunctionBuilder builder, SourceLoop sources, List<Op> body) {
    SpikePlace spikes = layout.replay(group.source());
    Expr entry = sources.index();
    Expr.Name source = sources.source();
    NeuronGroup neurons = spec.neuronGroup(group.source());
    var code = modelCode.of(neurons);
    if (code.replayWhen().isEmpty() && spikes.taped().isEmpty()) {
      return body;
    }
    ElementScope scope =
        new ElementScope(builder, code.replayWhen().map(Uses::of).orElse(Uses.NONE), source);
    scope.alias("t", builder.time);
    scope.constant("dt", layout.scalar, spec.dt());
    scope.parameters(
        VariableReference.Kind.NEURON,
        neurons.name(),
        neurons.model().declarations(),
        neurons.bindings(),
        spec.dt());
    for (Variable variable : neurons.model().declarations().variables()) {
      Place place = layout.place(VariableReference.neuron(neurons.name(), variable.name()));
      scope.variable(variable.name(), place, place.rows(), builder.example, Build.integer(0));
    }
    Optional<Expr> condition =
        NeuronBackwardLowering.replayCondition(spikes, builder, entry, code, scope.inliner);
    var tested = new ArrayList<Op>();
    tested.add(body.getFirst());
    scope.loads.forEach(load -> tested.add(Build.run(load)));
    tested.add(new Op.When(condition.orElseThrow(), body.subList(1, body.size())));
    return tested;
  }

  private Place place(
      VariableDeclaration reference, Map<String, VariableReference> bound, String group) {
    return layout.place(
        bound.getOrDefault(reference.name(), VariableReference.neuron(group, reference.name())));
  }
}
