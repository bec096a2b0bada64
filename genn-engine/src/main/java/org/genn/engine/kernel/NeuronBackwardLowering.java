package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.genn.engine.kernel.ModelCode.NeuronCode;
import org.genn.engine.model.InputVariable;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// Lowers the backward update of a neuron group for one example and step: its adjoint dynamics,
/// then the spikes that its tape has of the step.
final class NeuronBackwardLowering {
  private final ModelSpec spec;
  private final ModelCode modelCode;
  private final Layout layout;

  NeuronBackwardLowering(ModelSpec spec, ModelCode modelCode, Layout layout) {
    this.spec = spec;
    this.modelCode = modelCode;
    this.layout = layout;
  }

  /// The backward update, if the group has any.
  Optional<Function> lower(NeuronGroup group) {
    NeuronCode code = modelCode.of(group);
    List<Stmt> sim = code.sim().get(Phase.BACKWARD);
    boolean replays = group.model().tape().isPresent() && !code.replay().isEmpty();
    if (group.size() == 0 || (sim.isEmpty() && !replays)) {
      return Optional.empty();
    }
    FunctionBuilder builder = new FunctionBuilder(layout);
    if (!sim.isEmpty()) {
      NeuronLoop loop = loop(group, builder);
      ElementScope scope = scope(loop, Uses.of(sim));
      var body = new ArrayList<>(scope.loads);
      body.addAll(scope.inliner.inline(sim));
      body.addAll(scope.stores);
      builder.ops.add(
          new Op.Elements(
              ArrayTable.identifier(group.name()) + "_adjoint",
              loop.neuron().name(),
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
    NeuronLoop loop = loop(group, builder);
    Uses uses = Uses.of(code.replay());
    if (code.replayWhen().isPresent()) {
      uses = uses.and(Uses.of(code.replayWhen().get()));
    }
    ElementScope scope = scope(loop, uses);
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
            NumericType.INT32, loop.neuron().name(), Build.element(NumericType.INT32, ids, entry)));
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

  private NeuronLoop loop(NeuronGroup group, FunctionBuilder builder) {
    Expr.Name neuron = Build.integer(builder.names.fresh("neuron"));
    return new NeuronLoop(spec, modelCode, layout, group, builder, neuron);
  }

  private ElementScope scope(NeuronLoop loop, Uses uses) {
    NeuronGroup group = loop.group();
    FunctionBuilder builder = loop.builder();
    ElementScope scope = loop.scope(uses);
    loop.names(
        scope,
        VariableReference.Kind.NEURON,
        group.name(),
        group.model().declarations(),
        group.bindings());
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
        Expr sum = Build.element(layout.scalar, builder.row(rows, builder.example), loop.neuron());
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
