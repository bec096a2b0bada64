package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.Phase;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Stmt;

/// Lowers what synapses do when their postsynaptic neuron spikes: one pass over the column of its
/// synapses, whose values lie in as many rows.
final class ColumnLowering {
  private final ModelSpec spec;
  private final Layout layout;
  private final SynapseGroup group;
  private final FunctionBuilder builder;

  ColumnLowering(ModelSpec spec, Layout layout, SynapseGroup group, FunctionBuilder builder) {
    this.spec = spec;
    this.layout = layout;
    this.group = group;
    this.builder = builder;
  }

  void visit(SpikeRange spikes, List<Stmt> code) {
    if (layout.size(group.source()) == 0 || layout.size(group.target()) == 0) {
      return;
    }
    Uses uses = Uses.of(code);
    Expr.Name entry = Build.integer(builder.names.fresh("entry"));
    Expr.Name target = Build.integer(builder.names.fresh("target"));
    ColumnAccess.Column column = layout.columns(group.name()).open(builder, target);
    // A part has the synapses of its own targets.
    FunctionBuilder.Range own = builder.range(layout.size(group.target()));
    builder.own(column.position(), Owner.synapses(group));
    builder.own(target, Owner.neurons(layout.size(group.target())));
    ElementScope scope = new ElementScope(builder, uses, column.source());
    names(scope, column, target);
    var ends =
        new EndNames(
            spec, layout, builder, scope, group, org.genn.engine.snippet.Names.of(code).delayed());
    ends.perElement(End.PRE);
    var weightUpdate = group.weightUpdate();
    for (VariableDeclaration reference : weightUpdate.model().preNeuronVariables()) {
      if (ends.isDelayed(reference.name())) {
        continue;
      }
      Place place = layout.place(End.PRE.neuronVariable(group, reference.name()));
      scope.variable(reference.name(), place, place.rows(), builder.example, builder.step);
    }
    int before = builder.ops.size();
    ends.fixed(End.POST, target);
    for (VariableDeclaration reference : weightUpdate.model().postNeuronVariables()) {
      if (ends.isDelayed(reference.name())) {
        continue;
      }
      Place place = layout.place(End.POST.neuronVariable(group, reference.name()));
      scope.fixedVariable(reference.name(), place, place.rows(), builder.step, target);
    }
    List<Op> perTarget = builder.take(before);
    for (Variable variable : weightUpdate.model().declarations().variables()) {
      Place place = layout.place(VariableReference.synapse(group.name(), variable.name()));
      Expr copy = place.copies() == Symbol.Copies.SLICES ? builder.slice : builder.example;
      scope.variable(
          variable.name(), place, place.rows(), copy, column.source(), column.position());
    }
    List<Op> perSource = builder.take(before);
    if (uses.called().contains("addToPre")) {
      Rows feedback = layout.feedback(group.source(), group.preTargetVariable(), Phase.FORWARD);
      Expr sum =
          Build.element(layout.scalar, builder.row(feedback, builder.example), column.source());
      scope.inliner.bindFunction("addToPre", arguments -> Build.addTo(sum, arguments.getFirst()));
    }
    var inColumn = new ArrayList<Op>(column.locate());
    inColumn.addAll(perSource);
    var body = new ArrayList<>(scope.loads);
    body.addAll(scope.inliner.inline(code));
    body.addAll(scope.stores);
    if (column.exists().isPresent()) {
      inColumn.add(Build.run(Build.when(column.exists().get(), body)));
    } else {
      body.forEach(statement -> inColumn.add(Build.run(statement)));
    }
    var inLoop = new ArrayList<Op>();
    inLoop.add(
        Build.run(
            Build.declare(
                NumericType.INT32,
                target.name(),
                Build.element(NumericType.INT32, spikes.ids(), entry))));
    var ofTarget = new ArrayList<Op>(perTarget);
    ofTarget.addAll(column.opening());
    ofTarget.add(new Op.Loop(column.entry().name(), Build.integer(0), column.count(), inColumn));
    if (builder.part().isPresent()) {
      inLoop.add(new Op.When(own.contains(target), ofTarget));
    } else {
      inLoop.addAll(ofTarget);
    }
    builder.ops.add(new Op.Loop(entry.name(), spikes.begin(), spikes.end(), inLoop));
  }

  private void names(ElementScope scope, ColumnAccess.Column column, Expr target) {
    scope.alias("t", builder.time);
    scope.unsigned("id_pre", column.source());
    scope.unsigned("id_post", target);
    scope.unsigned("id_syn", column.id());
    scope.unsigned("num_pre", Build.integer(layout.size(group.source())));
    scope.unsigned("num_post", Build.integer(layout.size(group.target())));
    scope.unsigned("num_batch", Build.integer(layout.batch));
    scope.unsigned("batch", builder.example);
    scope.constant("dt", layout.scalar, spec.dt());
    scope.parameters(
        VariableReference.Kind.SYNAPSE,
        group.name(),
        group.weightUpdate().model().declarations(),
        group.weightUpdate().bindings(),
        spec.dt());
  }
}
