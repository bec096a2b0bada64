package org.genn.engine.kernel;

import java.util.List;
import java.util.Optional;
import org.genn.engine.snippet.Expr;

/// Every target has a synapse from every source.
///
/// @param bits which of the pairs are connected, when not all are
record DenseColumns(int sources, SynapseNumbers numbers, Optional<Rows> bits)
    implements ColumnAccess {

  @Override
  public Column open(FunctionBuilder builder, Expr.Name target) {
    Expr.Name source = Build.integer(builder.names.fresh("source"));
    Expr id = numbers.of(source, target);
    if (bits.isEmpty()) {
      return new Column(
          List.of(),
          source,
          Build.integer(sources),
          List.of(),
          source,
          target,
          id,
          Optional.empty());
    }
    String row = builder.names.fresh(bits.get().name());
    return new Column(
        List.of(),
        source,
        Build.integer(sources),
        List.of(new Op.Hoist(row, bits.get(), source)),
        source,
        target,
        id,
        Optional.of(BitmaskRows.isSet(row, target)));
  }
}
