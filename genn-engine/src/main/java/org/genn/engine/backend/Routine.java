package org.genn.engine.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.Expr;

/// A function or method as it is printed: what a back end makes of the kernels and functions of a
/// program.
///
/// @param parameters scalars, and rows as pointers
/// @param result local or parameter that is returned at the end
/// @param isKernel whether the host may launch it
/// @param ownRows rows of zeros that it makes for itself at each call
public record Routine(
    String name,
    String comment,
    List<Expr.Name> parameters,
    Optional<Expr.Name> result,
    List<Op> body,
    boolean isKernel,
    List<Rows> ownRows) {
  public Routine {
    parameters = List.copyOf(parameters);
    body = List.copyOf(body);
    ownRows = List.copyOf(ownRows);
  }

  /// Without rows of its own.
  public Routine(
      String name,
      String comment,
      List<Expr.Name> parameters,
      Optional<Expr.Name> result,
      List<Op> body,
      boolean isKernel) {
    this(name, comment, parameters, result, body, isKernel, List.of());
  }

  /// The same with more rows of its own.
  public Routine ownRows(List<Rows> more) {
    var all = new ArrayList<Rows>(ownRows);
    all.addAll(more);
    return new Routine(name, comment, parameters, result, body, isKernel, all);
  }

  /// The same with other operations.
  public Routine body(List<Op> body) {
    return new Routine(name, comment, parameters, result, body, isKernel, ownRows);
  }
}
