package org.genn.engine.model;

import java.util.Arrays;
import java.util.OptionalLong;
import org.genn.engine.model.builtin.VariableInits;

/// Checks that the initialiser `Kernel` is given a value for each place of the kernel that the
/// connections index: of a smaller one, synapses would read what lies behind it.
final class KernelValuesCheck {
  private final Problems problems;

  KernelValuesCheck(Problems problems) {
    this.problems = problems;
  }

  void check(SynapseGroup group) {
    switch (group.connectivity()) {
      case Connectivity.Sparse(BuiltSynapses built, _) -> check(group, built);
      case Connectivity.Procedural(var built) -> check(group, built);
      // Without a kernel, or with variables that are the kernel.
      case Connectivity.Sparse _,
          Connectivity.Dense _,
          Connectivity.DenseProcedural _,
          Connectivity.Bitmask _,
          Connectivity.ProceduralKernel _,
          Connectivity.Toeplitz _,
          Connectivity.Shared _ -> {}
    }
  }

  private void check(SynapseGroup group, BuiltSynapses built) {
    for (var entry : group.weightUpdate().bindings().initialValues().entrySet()) {
      if (entry.getValue() instanceof InitialValue.Snippet(var init, var bindings)
          && init.equals(VariableInits.KERNEL)) {
        InitialValue.Values kernel = bindings.extraGlobalParameters().get(VariableInits.VALUES);
        if (kernel != null) {
          check(group.name(), entry.getKey(), built, kernel.length());
        }
      }
    }
  }

  private void check(String group, String variable, BuiltSynapses built, int found) {
    OptionalLong places = places(built);
    problems.addIf(
        places.isPresent() && places.getAsLong() != found,
        "synapse group '%s', variable '%s': its kernel has %s values, but the kernel of %s has %s",
        group,
        variable,
        found,
        built.init().name(),
        places.orElse(0));
  }

  /// None without a kernel, or where its size cannot be computed, which `ConnectivityCheck` tells.
  private static OptionalLong places(BuiltSynapses built) {
    try {
      int[] sizes = built.kernelSize();
      return sizes.length == 0
          ? OptionalLong.empty()
          : OptionalLong.of(Arrays.stream(sizes).asLongStream().reduce(1, (a, b) -> a * b));
    } catch (RuntimeException e) {
      return OptionalLong.empty();
    }
  }
}
