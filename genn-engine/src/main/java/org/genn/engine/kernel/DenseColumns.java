package org.genn.engine.kernel;

import java.util.List;
import org.genn.engine.snippet.Expr;

/// Every target has a synapse from every source.
record DenseColumns(int sources, int targets) implements ColumnAccess {

  @Override
  public Column open(FunctionBuilder builder, Expr target) {
    Expr.Name source = Build.integer(builder.names.fresh("source"));
    Expr id = Build.add(Build.multiply(source, Build.integer(targets)), target);
    return new Column(List.of(), source, Build.integer(sources), List.of(), source, target, id);
  }
}
