package org.genn.engine.kernel;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;

/*
 * A population with plastic synapses to ten others keeps ten traces of its spikes. They start with the same numbers and
 * the same code changes them at the same times, so they are the same for ever, and one of them is enough. That holds only
 * while nothing else makes a difference: parameters that may change, tables of the host, random numbers of each group's
 * own stream, updates that write.
 */

/// Finds synapse groups whose weight updates keep the same for the neurons at an end, so that one
/// of them can do it for all (GeNN: fusing of pre- and postsynaptic weight updates).
final class FusedEnds {
  private final ModelSpec spec;
  private final ModelCode code;
  private final Map<End, FirstAlike> owners = new EnumMap<>(End.class);

  FusedEnds(ModelSpec spec, ModelCode code, boolean fuses) {
    this.spec = spec;
    this.code = code;
    for (End end : End.values()) {
      var candidates = spec.synapseGroups().stream().filter(group -> fuses && mayShare(group, end));
      owners.put(
          end,
          new FirstAlike(candidates, end::neurons, (group, other) -> isSame(group, other, end)));
    }
  }

  /// The group whose variables are those of `group` at an end: itself, or one that comes before.
  SynapseGroup owner(SynapseGroup group, End end) {
    return owners.get(end).of(group);
  }

  /// Whether the values depend on nothing but the neurons, the model and its constants.
  private boolean mayShare(SynapseGroup group, End end) {
    List<Variable> variables = end.part(group).variables();
    Uses uses = uses(group, end);
    Set<String> delayed = code.of(group).delayed();
    return !variables.isEmpty()
        && variables.stream().allMatch(variable -> isSure(initial(group, variable)))
        && !RandomCalls.appearIn(uses)
        && !uses.called().contains("printf")
        && !isOpenToTheHost(group, uses)
        && variables.stream().noneMatch(variable -> delayed.contains(variable.name()))
        && variables.stream()
            .noneMatch(variable -> isWritten(end.variable(group, variable.name())));
  }

  /// Whether code depends on parameters that may change at run time, or on tables of the host.
  static boolean isOpenToTheHost(SynapseGroup group, Uses uses) {
    var weightUpdate = group.weightUpdate();
    return weightUpdate.bindings().dynamicParameters().stream().anyMatch(uses::mentions)
        || weightUpdate.model().declarations().extraGlobalParameters().stream()
            .anyMatch(parameter -> uses.mentions(parameter.name()));
  }

  private boolean isSame(SynapseGroup a, SynapseGroup b, End end) {
    Uses uses = uses(a, end);
    return end.delay(a) == end.delay(b)
        && end.part(a).variables().equals(end.part(b).variables())
        && end.code(code.of(a)).equals(end.code(code.of(b)))
        && end.part(a).variables().stream()
            .allMatch(variable -> initial(a, variable).equals(initial(b, variable)))
        && constants(a, uses).equals(constants(b, uses))
        && neuronVariables(a, end, uses).equals(neuronVariables(b, end, uses));
  }

  private Uses uses(SynapseGroup group, End end) {
    ModelCode.EndCode own = end.code(code.of(group));
    return Uses.of(own.spike()).and(Uses.of(own.dynamics()));
  }

  private static InitialValue initial(SynapseGroup group, Variable variable) {
    return group
        .weightUpdate()
        .bindings()
        .initialValues()
        .getOrDefault(variable.name(), InitialValue.of(0));
  }

  private static boolean isSure(InitialValue initial) {
    return switch (initial) {
      case InitialValue.Constant _, InitialValue.Values _ -> true;
      case InitialValue.Normal _, InitialValue.Uniform _, InitialValue.Snippet _ -> false;
    };
  }

  /// Values of the parameters that code names.
  Map<String, Double> constants(SynapseGroup group, Uses uses) {
    var weightUpdate = group.weightUpdate();
    var constants =
        new HashMap<>(
            weightUpdate.model().declarations().constants(weightUpdate.bindings(), spec.dt()));
    constants.keySet().removeIf(name -> !uses.mentions(name));
    return constants;
  }

  /// Variables of the neurons at an end that code names.
  static Map<String, VariableReference> neuronVariables(SynapseGroup group, End end, Uses uses) {
    var variables = new HashMap<String, VariableReference>();
    for (VariableDeclaration declared : end.neuronVariables(group)) {
      if (uses.mentions(declared.name())) {
        variables.put(declared.name(), end.neuronVariable(group, declared.name()));
      }
    }
    return variables;
  }

  /// Whether some update writes a variable.
  boolean isWritten(VariableReference variable) {
    for (CustomUpdate update : spec.customUpdates()) {
      if (isWritten(variable, update.model().references(), update.references())) {
        return true;
      }
    }
    for (CustomConnectivityUpdate update : spec.customConnectivityUpdates()) {
      var model = update.model();
      if (isWritten(variable, model.pre().references(), update.references().pre())
          || isWritten(variable, model.post().references(), update.references().post())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWritten(
      VariableReference variable,
      List<VariableDeclaration> declared,
      Map<String, VariableReference> references) {
    return declared.stream()
        .anyMatch(
            reference ->
                reference.mode() != VarAccessMode.READ_ONLY
                    && variable.equals(references.get(reference.name())));
  }
}
