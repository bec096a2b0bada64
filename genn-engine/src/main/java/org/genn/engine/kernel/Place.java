package org.genn.engine.kernel;

import java.util.Optional;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;

/// Where the values of a variable are, as kernels see it.
///
/// @param rowsPerCopy rows of one copy: 1 for neuron variables, the sources for synapse variables,
///   the steps of a trial for per-step variables
/// @param perStep whether the rows of a copy are steps
/// @param owner synapse group whose synapses it is a variable of, or empty
/// @param replay what the backward phase of overlapped training reads: the values of the trial
///   before
record Place(
    Rows rows,
    Symbol.Copies copies,
    int rowsPerCopy,
    int length,
    boolean perStep,
    String owner,
    Optional<Rows> replay) {

  /// Whether there is one value for all elements of an example, or one in all.
  boolean isScalar() {
    return copies == Symbol.Copies.EXAMPLE_ELEMENTS;
  }

  NumericType type() {
    return rows.type();
  }

  /// The row of row `row` in copy `copy`; both may be constants.
  Expr rowIndex(Expr copy, Expr row) {
    return switch (copies) {
      case SHARED -> rowsPerCopy == 1 ? Build.integer(0) : row;
      case EXAMPLE_ELEMENTS -> Build.integer(0);
      case EXAMPLES, SLICES ->
          rowsPerCopy == 1
              ? copy
              : Build.add(Build.multiply(copy, Build.integer(rowsPerCopy)), row);
    };
  }

  SnippetType valueType() {
    return SnippetType.of(rows.type());
  }
}
