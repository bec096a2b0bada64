package org.genn.engine.kernel;

import java.util.List;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;

/// Each target has a list of sources and of places in their rows.
record SparseColumns(Columns columns, SynapseNumbers numbers) implements ColumnAccess {

  @Override
  public Column open(FunctionBuilder builder, Expr.Name target) {
    Expr.Name count = Build.integer(builder.names.fresh("synapses"));
    Expr.Name entry = Build.integer(builder.names.fresh("synapse"));
    Expr.Name source = Build.integer(builder.names.fresh("source"));
    Expr.Name position = Build.integer(builder.names.fresh("position"));
    String sources = builder.names.fresh(columns.sources().name());
    String positions = builder.names.fresh(columns.positions().name());
    String lengths = builder.row(columns.lengths(), Build.integer(0));
    return new Column(
        List.of(
            Build.run(
                Build.declare(
                    NumericType.INT32,
                    count.name(),
                    Build.element(NumericType.INT32, lengths, target))),
            new Op.Hoist(sources, columns.sources(), target),
            new Op.Hoist(positions, columns.positions(), target)),
        entry,
        count,
        List.of(
            Build.run(
                Build.declare(
                    NumericType.INT32,
                    source.name(),
                    Build.element(NumericType.INT32, sources, entry))),
            Build.run(
                Build.declare(
                    NumericType.INT32,
                    position.name(),
                    Build.element(NumericType.INT32, positions, entry)))),
        source,
        position,
        numbers.of(source, position),
        java.util.Optional.empty());
  }
}
