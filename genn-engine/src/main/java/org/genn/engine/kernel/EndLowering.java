package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.Stmt;

/// Lowers what weight updates do with the update of the neurons at their ends: first the groups
/// that go out, then those that come in. What groups keep in common is done once.
final class EndLowering {
  private final NeuronLoop loop;
  private final FunctionBuilder builder;

  EndLowering(NeuronLoop loop) {
    this.loop = loop;
    builder = loop.builder();
  }

  /// What runs in every step.
  ///
  /// @param own scope of the neuron's code: variables that it has in locals have this step's values
  List<Stmt> dynamics(ElementScope own) {
    var body = new ArrayList<Stmt>();
    for (End end : End.values()) {
      for (SynapseGroup group : groups(end)) {
        body.addAll(lower(group, end, code(group, end).dynamics(), own, false));
      }
    }
    return body;
  }

  /// What runs when a neuron spikes.
  List<Stmt> spike(ElementScope own) {
    var body = new ArrayList<Stmt>();
    for (End end : End.values()) {
      for (SynapseGroup group : groups(end)) {
        body.addAll(lower(group, end, code(group, end).spike(), own, true));
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
    return loop.spec().synapseGroups().stream()
        .filter(group -> end.neurons(group).equals(loop.group().name()))
        .filter(group -> loop.layout().endOwner(group, end) == group)
        .toList();
  }

  private ModelCode.EndCode code(SynapseGroup group, End end) {
    return end.code(loop.code().of(group));
  }

  private List<Stmt> lower(
      SynapseGroup group, End end, List<Stmt> code, ElementScope own, boolean atSpikes) {
    if (code.isEmpty()) {
      return List.of();
    }
    Uses uses = Uses.of(code);
    ElementScope scope = loop.scope(uses);
    var weightUpdate = group.weightUpdate();
    loop.names(
        scope,
        VariableReference.Kind.SYNAPSE,
        group.name(),
        weightUpdate.model().declarations(),
        weightUpdate.bindings());
    for (Variable variable : end.part(group).variables()) {
      loop.variable(scope, variable.name(), end.variable(group, variable.name()));
    }
    for (VariableDeclaration declared : end.neuronVariables(group)) {
      neuronVariable(scope, declared.name(), end.neuronVariable(group, declared.name()), own);
    }
    if (scope.uses(end.named("st"))) {
      loop.variable(scope, end.named("st"), VariableReference.spikeTime(loop.group().name()));
    }
    int stream =
        3_000_000
            + 4 * loop.spec().synapseGroups().indexOf(group)
            + 2 * end.ordinal()
            + (atSpikes ? 1 : 0);
    loop.randomNumbers(scope, uses, stream);
    var body = new ArrayList<>(scope.loads);
    body.addAll(scope.inliner.inline(code));
    body.addAll(scope.stores);
    return body;
  }

  /// A variable of the neuron, with this step's value: in a local where the neuron's own code uses
  /// it, in memory otherwise.
  void neuronVariable(
      ElementScope scope, String name, VariableReference variable, ElementScope own) {
    Place place = loop.layout().place(variable);
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
