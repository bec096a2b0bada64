package org.genn.engine.kernel;

import java.util.List;
import java.util.Optional;
import org.genn.engine.snippet.Expr;

/// How kernels find the synapses of one target: one implementation per kind of connectivity.
interface ColumnAccess {

  /// Opens the column of a target.
  Column open(FunctionBuilder builder, Expr.Name target);

  /// The synapses of a target as a sequential loop.
  ///
  /// @param opening what comes before the loop
  /// @param entry index of the loop
  /// @param locate what comes first in the body of the loop: declares `source` and `position` where
  ///   they are not the index itself
  /// @param position place of a synapse in the rows of variables
  /// @param exists whether there is a synapse; empty when there always is
  /// @param id number of a synapse in its group, as `SynapseNumbers` makes it
  record Column(
      List<Op> opening,
      Expr.Name entry,
      Expr count,
      List<Op> locate,
      Expr.Name source,
      Expr.Name position,
      Expr id,
      Optional<Expr> exists) {
    public Column {
      opening = List.copyOf(opening);
      locate = List.copyOf(locate);
    }
  }
}
