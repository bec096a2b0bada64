package org.genn.engine.model;

import org.genn.engine.snippet.Snippet;

/// Checks synapse groups whose connections or values are not stored.
final class GeneratedSynapseCheck {
  private final Problems problems;

  GeneratedSynapseCheck(Problems problems) {
    this.problems = problems;
  }

  void check(String where, SynapseGroup group) {
    switch (group.connectivity()) {
      case Connectivity.Dense _,
          Connectivity.Sparse _,
          Connectivity.Bitmask _,
          Connectivity.Shared _ -> {}
      case Connectivity.DenseProcedural _ -> {
        checkValues(where, "dense procedural", group);
        problems.addIf(
            !group.weightUpdate().model().postCode().isEmpty(),
            "%s: %s has code for postsynaptic spikes or events, which dense procedural connectivity"
                + " can't run; use dense connectivity",
            where,
            group.weightUpdate().model().name());
      }
      case Connectivity.Procedural(var built) -> {
        checkRows(where, "procedural", built, group);
        checkValues(where, "procedural", group);
      }
      case Connectivity.ProceduralKernel(var built) -> {
        checkRows(where, "procedural", built, group);
        checkKernel(where, "procedural kernel", built);
      }
      case Connectivity.Toeplitz(var built) -> {
        checkRows(where, "Toeplitz", built, group);
        checkKernel(where, "Toeplitz", built);
        problems.addIf(
            Snippet.identifiers(built.init().rowBuildCode()).stream()
                .anyMatch(name -> name.startsWith("gennrand")),
            "%s: Toeplitz connectivity %s must not draw random numbers",
            where,
            built.init().name());
      }
    }
  }

  private void checkRows(String where, String kind, BuiltSynapses built, SynapseGroup group) {
    WeightUpdateModel model = group.weightUpdate().model();
    problems.addIf(
        built.isByColumn(),
        "%s: %s connectivity needs row code, but %s has column code",
        where,
        kind,
        built.init().name());
    problems.addIf(
        !model.postCode().isEmpty(),
        "%s: %s has code for postsynaptic spikes or events, which %s connectivity can't run; use"
            + " sparse connectivity",
        where,
        model.name(),
        kind);
    problems.addIf(
        !model.dynamicsCode().isBlank(),
        "%s: %s has synapse dynamics code, which %s connectivity can't run; use sparse"
            + " connectivity",
        where,
        model.name(),
        kind);
  }

  private void checkKernel(String where, String kind, BuiltSynapses built) {
    problems.addIf(
        hasNoKernel(built),
        "%s: %s connectivity needs a kernel, but %s has no kernel size",
        where,
        kind,
        built.init().name());
  }

  /// Not so where the size cannot be computed, which `ConnectivityCheck` tells.
  private static boolean hasNoKernel(BuiltSynapses built) {
    try {
      return built.kernelSize().length == 0;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /// Values that initialisers compute again and again can be neither written nor given.
  private void checkValues(String where, String kind, SynapseGroup group) {
    for (Variable variable : group.weightUpdate().model().declarations().variables()) {
      problems.addIf(
          variable.access() != VarAccess.READ_ONLY,
          "%s: variable '%s' is stored nowhere in %s connectivity, so it must be READ_ONLY",
          where,
          variable.name(),
          kind);
      problems.addIf(
          group.weightUpdate().bindings().initialValues().get(variable.name())
              instanceof InitialValue.Values,
          "%s: variable '%s' is stored nowhere in %s connectivity, so it can't be given values; use"
              + " an initialiser",
          where,
          variable.name(),
          kind);
    }
  }
}
