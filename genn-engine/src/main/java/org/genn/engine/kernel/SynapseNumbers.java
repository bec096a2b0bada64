package org.genn.engine.kernel;

import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.SynapsePairs;
import org.genn.engine.model.SynapsePattern;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;

/// The numbers of a group's synapses, `id_syn` in code: `source · stride + position`.
///
/// They have 32 bits in groups of up to 2^32 places, as in GeNN, and 64 bits in larger ones, whose
/// loops are slower for it.
///
/// @param stride places in the row of a source
record SynapseNumbers(int stride, boolean isWide) {

  /// @param rows sources
  static SynapseNumbers of(int rows, int stride) {
    return new SynapseNumbers(stride, ElementNumber.isWide(rows, stride));
  }

  static SynapseNumbers of(ModelSpec spec, SynapseGroup group) {
    return of(
        spec.synapsesOf(group),
        spec.neuronGroup(group.source()).size(),
        spec.neuronGroup(group.target()).size());
  }

  /// @param group does not share the synapses of another one
  static SynapseNumbers of(SynapseGroup group, int sources, int targets) {
    int stride =
        switch (group.connectivity()) {
          case Connectivity.Dense _, Connectivity.DenseProcedural _, Connectivity.Bitmask _ ->
              targets;
          case Connectivity.Sparse(var pattern, _) -> stride(pattern, sources, targets);
          case Connectivity.Procedural(var built) -> built.maxRowLength(sources, targets);
          case Connectivity.ProceduralKernel(var built) -> built.maxRowLength(sources, targets);
          case Connectivity.Toeplitz(var built) -> built.maxRowLength(sources, targets);
          case Connectivity.Shared(String owner) ->
              throw new IllegalArgumentException(
                  "synapse group '%s' has the synapses of '%s'".formatted(group.name(), owner));
        };
    return of(sources, stride);
  }

  private static int stride(SynapsePattern pattern, int sources, int targets) {
    return switch (pattern) {
      case SynapsePairs pairs -> pairs.maxRowLength();
      case BuiltSynapses built -> built.maxRowLength(sources, targets);
    };
  }

  /// The type that code sees.
  SnippetType type() {
    return isWide ? SnippetType.of(NumericType.UINT64) : SnippetType.UINT32;
  }

  /// The number of a synapse; of type `int64` where numbers are wide, and else an `int32` whose
  /// bits are those of the number.
  Expr of(Expr source, Expr position) {
    return ElementNumber.of(isWide, source, stride, position);
  }
}
