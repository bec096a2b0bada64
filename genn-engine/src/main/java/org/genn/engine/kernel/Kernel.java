package org.genn.engine.kernel;

import java.util.List;

/// What a back end can launch.
///
/// Every kernel has the `int32` parameters `begin`, `end` (the units of its domain that this call
/// handles), `slice` (whose private rows it may use; 0 where the domain is not `EXAMPLES`), `first`
/// and `steps` (steps of a run; 0 for updates).
public record Kernel(String name, String comment, Domain domain, int units, List<Op> body) {

  /// What the units of a kernel are. Calls for disjoint units may run at the same time, except
  /// those of `ROWS_IN_ORDER`.
  public enum Domain {
    /// Examples; a call stays within one slice.
    EXAMPLES,
    /// Rows of a matrix, elements of a vector.
    ROWS,
    /// Rows of a matrix that have something in common to write: one call after the other, in
    /// ascending order.
    ROWS_IN_ORDER,
    /// Parts of the model (`Partition`), of one step.
    PARTS,
    /// One call does everything.
    WHOLE
  }

  public static final List<String> PARAMETERS = List.of("begin", "end", "slice", "first", "steps");

  public Kernel {
    body = List.copyOf(body);
  }
}
