package org.genn.engine.kernel;

import java.util.List;
import org.genn.engine.snippet.Expr;

/// Every source leads to every target: the position in a row is the target.
///
/// @param isStored whether synapses have stored values
record DenseRows(int targets, boolean isStored, SynapseNumbers numbers) implements RowAccess {

  @Override
  public Storage storage() {
    return isStored ? Storage.ROWS : Storage.NOWHERE;
  }

  @Override
  public int capacity() {
    return targets;
  }

  @Override
  public int length() {
    return targets;
  }

  @Override
  public Row open(FunctionBuilder builder, Expr source) {
    Expr.Name target = Build.integer(builder.names.fresh("target"));
    FunctionBuilder.Range range = builder.range(targets);
    return new Row(
        List.of(),
        range.begin(),
        range.end(),
        target,
        target,
        List.of(),
        numbers.of(source, target));
  }
}
