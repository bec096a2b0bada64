package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Stmt;

/// Lowers what weight updates do with the update of the neurons at their ends: first the groups
/// that go out, then those that come in. What groups keep in common is done once.
final class EndLowering {
  private final ModelSpec spec;
  private final ModelCode modelCode;
  private final Layout layout;
  private final NeuronGroup neurons;
  private final FunctionBuilder builder;
  private final Expr.Name neuron;

  EndLowering(
      ModelSpec spec,
      ModelCode modelCode,
      Layout layout,
      NeuronGroup neurons,
      FunctionBuilder builder,
      Expr.Name neuron) {
    this.spec = spec;
    this.modelCode = modelCode;
    this.layout = layout;
    this.neurons = neurons;
    this.builder = builder;
    this.neuron = neuron;
  }

  /// What runs in every step.
  ///
  /// @param own scope of the neuron's code: variables that it has in locals have this step's values
  List<Stmt> dynamics(ElementScope own) {
    var body = new ArrayList<Stmt>();
    for (End end : End.values()) {
      for (SynapseGroup group : groups(end)) {
        body.addAll(lower(group, end, code(group, end).dynamics(), own, "dynamics"));
      }
    }
    return body;
  }

  /// What runs when a neuron spikes.
  List<Stmt> spike(ElementScope own) {
    var body = new ArrayList<Stmt>();
    for (End end : End.values()) {
      for (SynapseGroup group : groups(end)) {
        body.addAll(lower(group, end, code(group, end).spike(), own, "spike"));
      }
    }
    return body;
  }

  boolean drawsRandomNumbersAtSpikes() {
    for (End end : End.values()) {
      for (SynapseGroup group : groups(end)) {
        if (RandomCalls.appearIn(Uses.of(code(group, end).spike()))) {
          return true;
        }
      }
    }
    return false;
  }

  private List<SynapseGroup> groups(End end) {
    return spec.synapseGroups().stream()
        .filter(group -> end.neurons(group).equals(neurons.name()))
        .filter(group -> layout.endOwner(group, end) == group)
        .toList();
  }

  private ModelCode.EndCode code(SynapseGroup group, End end) {
    return end.code(modelCode.of(group));
  }

  private List<Stmt> lower(
      SynapseGroup group, End end, List<Stmt> code, ElementScope own, String what) {
    if (code.isEmpty()) {
      return List.of();
    }
    Uses uses = Uses.of(code);
    ElementScope scope = new ElementScope(builder, uses, neuron);
    scope.alias("t", builder.time);
    NeuronLowering.commonNames(scope, neurons, neuron, builder, spec.dt());
    var weightUpdate = group.weightUpdate();
    scope.parameters(
        VariableReference.Kind.SYNAPSE,
        group.name(),
        weightUpdate.model().declarations(),
        weightUpdate.bindings(),
        spec.dt());
    for (Variable variable : end.part(group).variables()) {
      Place place = layout.place(end.variable(group, variable.name()));
      scope.variable(variable.name(), place, place.rows(), builder.example, Build.integer(0));
    }
    for (VariableDeclaration declared : end.neuronVariables(group)) {
      neuronVariable(scope, declared.name(), end.neuronVariable(group, declared.name()), own);
    }
    if (scope.uses(end.named("st"))) {
      Place place = layout.place(VariableReference.spikeTime(neurons.name()));
      scope.variable(end.named("st"), place, place.rows(), builder.example, Build.integer(0));
    }
    if (RandomCalls.appearIn(uses)) {
      Expr element =
          Build.add(Build.multiply(builder.example, Build.integer(neurons.size())), neuron);
      int stream =
          3_000_000
              + 4 * spec.synapseGroups().indexOf(group)
              + 2 * end.ordinal()
              + (what.equals("spike") ? 1 : 0);
      RandomCalls.bind(builder, scope, element, stream);
    }
    var body = new ArrayList<>(scope.loads);
    body.addAll(scope.inliner.inline(code));
    body.addAll(scope.stores);
    return body;
  }

  /// A variable of the neuron, with this step's value: in a local where the neuron's own code uses
  /// it, in memory otherwise.
  void neuronVariable(
      ElementScope scope, String name, VariableReference variable, ElementScope own) {
    Place place = layout.place(variable);
    if (own.uses(variable.variable()) && !place.isScalar()) {
      scope.value(
          name,
          place.valueType(),
          Build.name(place.valueType(), own.inliner.local(variable.variable())));
    } else {
      scope.variable(name, place, place.rows(), builder.example, Build.integer(0));
    }
  }
}
