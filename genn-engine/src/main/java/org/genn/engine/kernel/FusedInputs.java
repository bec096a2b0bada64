package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;

/*
 * A decaying sum of inputs is the sum of decaying inputs where all decay by the same code, and so are its variables where
 * they start at 0 (two groups would start with twice the value) and nobody looks at them. A variable that code only reads
 * is left alone: the host may have given each group numbers of its own.
 */

/// Finds synapse groups whose postsynaptic model can run once for the sum of their inputs (GeNN:
/// fusing of postsynaptic models).
final class FusedInputs {
  private final ModelCode code;
  private final Map<String, SynapseGroup> owners = new HashMap<>();

  FusedInputs(ModelSpec spec, ModelCode code, boolean fuses) {
    this.code = code;
    if (fuses) {
      find(spec);
    }
  }

  /// The group whose input and postsynaptic model are those of `group`: itself, or one that comes
  /// before.
  SynapseGroup owner(SynapseGroup group) {
    return owners.getOrDefault(group.name(), group);
  }

  private void find(ModelSpec spec) {
    Set<VariableReference> seen = referredTo(spec);
    var candidates = new HashMap<String, List<SynapseGroup>>();
    for (SynapseGroup group : spec.synapseGroups()) {
      if (!mayShare(group, seen)) {
        continue;
      }
      var others = candidates.computeIfAbsent(group.target(), _ -> new ArrayList<>());
      others.stream()
          .filter(other -> isSame(group, other))
          .findFirst()
          .ifPresentOrElse(owner -> owners.put(group.name(), owner), () -> others.add(group));
    }
  }

  /// What updates and synapses refer to.
  private static Set<VariableReference> referredTo(ModelSpec spec) {
    var references = new HashSet<VariableReference>();
    for (CustomUpdate update : spec.customUpdates()) {
      references.addAll(update.references().values());
    }
    for (CustomConnectivityUpdate update : spec.customConnectivityUpdates()) {
      references.addAll(update.references().pre().values());
      references.addAll(update.references().post().values());
    }
    for (SynapseGroup group : spec.synapseGroups()) {
      references.addAll(End.POST.names(group).values());
    }
    return references;
  }

  private static boolean isSame(SynapseGroup a, SynapseGroup b) {
    return a.postsynapse().equals(b.postsynapse())
        && a.postTargetVariable().equals(b.postTargetVariable())
        && a.delays().maxDendritic().equals(b.delays().maxDendritic());
  }

  private boolean mayShare(SynapseGroup group, Set<VariableReference> seen) {
    Declarations declarations = group.postsynapse().model().declarations();
    Uses uses = Uses.of(code.of(group).postsynapse());
    return declarations.extraGlobalParameters().isEmpty()
        && group.postsynapse().bindings().dynamicParameters().isEmpty()
        && declarations.variables().stream()
            .noneMatch(
                variable ->
                    variable.perStep()
                        || !uses.written().contains(variable.name())
                        || seen.contains(
                            VariableReference.postsynaptic(group.name(), variable.name())))
        && isLinear(group, declarations);
  }

  private boolean isLinear(SynapseGroup group, Declarations declarations) {
    Set<String> names =
        declarations.variables().stream().map(Variable::name).collect(Collectors.toSet());
    Optional<Set<String>> sums = LinearInput.sums(code.of(group).postsynapse(), names);
    return sums.isPresent()
        && names.stream().allMatch(name -> startsAlike(group, name, sums.get().contains(name)));
  }

  private static boolean startsAlike(SynapseGroup group, String variable, boolean isSum) {
    return VariableLayout.initial(group.postsynapse().bindings(), variable)
            instanceof InitialValue.Constant(double value)
        && (!isSum || value == 0);
  }
}
