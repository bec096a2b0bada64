package org.genn.engine.kernel;

import java.util.List;
import org.genn.engine.snippet.Expr;

/// Part of a kernel, such as one neuron group's update for one example and step.
///
/// @param parameters scalars, in order
public record Function(String name, String comment, List<Expr.Name> parameters, List<Op> body) {
  public Function {
    parameters = List.copyOf(parameters);
    body = List.copyOf(body);
  }
}
