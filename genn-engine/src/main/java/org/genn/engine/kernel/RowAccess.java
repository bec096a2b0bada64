package org.genn.engine.kernel;

import java.util.List;
import java.util.Optional;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Stmt;

/// How kernels find the synapses of one source: one implementation per kind of connectivity.
sealed interface RowAccess permits DenseRows, SparseRows, BitmaskRows, GeneratedRows {

  /// Where values of synapses are.
  enum Storage {
    /// In rows beside those of the connections.
    ROWS,
    /// In a kernel that synapses share.
    KERNEL,
    /// Nowhere: their initialisers compute them.
    NOWHERE
  }

  Storage storage();

  /// Synapses that a source may have.
  int capacity();

  /// Whether there is anything to do for the synapses of a source.
  default boolean mayHaveSynapses(boolean isChecked) {
    return capacity() > 0;
  }

  /// Elements that each row of a synapse variable has, or `Rows.RAGGED`.
  int length();

  SynapseNumbers numbers();

  /// Whether each synapse has a place in a kernel.
  default boolean hasKernel() {
    return false;
  }

  /// The place of a synapse in the kernel.
  default Expr kernelIndex(FunctionBuilder builder, Expr source, Expr position) {
    throw new IllegalStateException("there is no kernel");
  }

  /// Opens the row of a source.
  Row open(FunctionBuilder builder, Expr source);

  /// The synapses of a source as a loop over elements.
  ///
  /// @param opening what comes before the loop
  /// @param begin first element of the loop
  /// @param end after its last element
  /// @param index of the loop
  /// @param position of a synapse in the rows of variables
  /// @param target the neuron that a synapse leads to
  /// @param locate what comes first in the body of the loop: declares `position` and `target` where
  ///   they are not the index itself
  /// @param id number of a synapse in its group, as `SynapseNumbers` makes it
  /// @param exists whether there is a synapse at the position; empty when there always is
  record Row(
      List<Op> opening,
      Expr begin,
      Expr end,
      Expr.Name index,
      Expr.Name position,
      Expr.Name target,
      List<Stmt> locate,
      Expr id,
      Optional<Expr> exists) {
    Row(
        List<Op> opening,
        Expr begin,
        Expr end,
        Expr.Name position,
        Expr.Name target,
        List<Stmt> locate,
        Expr id) {
      this(opening, begin, end, position, position, target, locate, id, Optional.empty());
    }

    public Row {
      opening = List.copyOf(opening);
      locate = List.copyOf(locate);
    }
  }
}
