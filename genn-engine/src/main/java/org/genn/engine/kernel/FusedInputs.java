package org.genn.engine.kernel;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;

/*
 * A decaying sum of inputs is the sum of decaying inputs where all decay by the same code, and so are its variables where
 * they start at 0 (two groups would start with twice the value) and nobody looks at them, or does anything to one group
 * that is not done to all. A variable that code only reads is left alone: the host may have given each group numbers of
 * its own.
 */

/// Finds synapse groups whose postsynaptic model can run once for the sum of their inputs (GeNN:
/// fusing of postsynaptic models).
final class FusedInputs {
  private final ModelCode code;
  private final InputResets resets;
  private final FirstAlike owners;

  FusedInputs(ModelSpec spec, ModelCode code, boolean fuses) {
    this.code = code;
    resets = new InputResets(spec, code);
    var candidates = spec.synapseGroups().stream().filter(group -> fuses && mayShare(group));
    owners = new FirstAlike(candidates, SynapseGroup::target, this::isSame);
  }

  /// The group whose input and postsynaptic model are those of `group`: itself, or one that comes
  /// before.
  SynapseGroup owner(SynapseGroup group) {
    return owners.of(group);
  }

  private boolean isSame(SynapseGroup a, SynapseGroup b) {
    return a.postsynapse().equals(b.postsynapse())
        && a.postTargetVariable().equals(b.postTargetVariable())
        && a.delays().maxDendritic().equals(b.delays().maxDendritic())
        && resets.of(a).equals(resets.of(b));
  }

  private boolean mayShare(SynapseGroup group) {
    Declarations declarations = group.postsynapse().model().declarations();
    Uses uses = Uses.of(code.of(group).postsynapse());
    return declarations.extraGlobalParameters().isEmpty()
        && group.postsynapse().bindings().dynamicParameters().isEmpty()
        && declarations.variables().stream()
            .noneMatch(variable -> variable.perStep() || !uses.written().contains(variable.name()))
        && resets.of(group).filter(own -> isLinear(group, declarations, own)).isPresent();
  }

  private boolean isLinear(
      SynapseGroup group, Declarations declarations, Set<InputResets.Reset> resets) {
    Set<String> names =
        declarations.variables().stream().map(Variable::name).collect(Collectors.toSet());
    Optional<Set<String>> found = LinearInput.sums(code.of(group).postsynapse(), names);
    if (found.isEmpty()) {
      return false;
    }
    Set<String> sums = found.get();
    return names.stream().allMatch(name -> startsAlike(group, name, sums.contains(name)))
        && resets.stream().allMatch(reset -> reset.value() == 0 || isNoSum(reset, sums));
  }

  private static boolean isNoSum(InputResets.Reset reset, Set<String> sums) {
    return reset.kind() == VariableReference.Kind.POSTSYNAPTIC && !sums.contains(reset.variable());
  }

  private static boolean startsAlike(SynapseGroup group, String variable, boolean isSum) {
    return VariableLayout.initial(group.postsynapse().bindings(), variable)
            instanceof InitialValue.Constant(double value)
        && (!isSum || value == 0);
  }
}
