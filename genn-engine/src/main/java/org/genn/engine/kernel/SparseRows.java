package org.genn.engine.kernel;

import java.util.List;
import java.util.Optional;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;

/// Each source has a row of targets.
///
/// @param indices ragged rows of targets, one per source
/// @param lengths one `int32` row with the number of synapses of each source
/// @param kernelIds rows of places in the kernel, beside those of targets, while initial values are
///   computed
/// @param columns rows of sources, one per target, while column code makes connections
/// @param columnLengths one `int32` row with the number of synapses of each target
record SparseRows(
    Rows indices,
    Rows lengths,
    int capacity,
    Optional<Rows> kernelIds,
    Optional<Rows> columns,
    Optional<Rows> columnLengths)
    implements RowAccess {

  @Override
  public Storage storage() {
    return Storage.ROWS;
  }

  @Override
  public boolean hasKernel() {
    return kernelIds.isPresent();
  }

  @Override
  public Expr kernelIndex(FunctionBuilder builder, Expr source, Expr position) {
    return Build.element(NumericType.INT32, builder.row(kernelIds.orElseThrow(), source), position);
  }

  @Override
  public int length() {
    return Rows.RAGGED;
  }

  @Override
  public Row open(FunctionBuilder builder, Expr source) {
    Expr.Name count = Build.integer(builder.names.fresh("synapses"));
    Expr.Name position = Build.integer(builder.names.fresh("synapse"));
    Expr.Name target = Build.integer(builder.names.fresh("target"));
    String row = builder.names.fresh(indices.name());
    String all = builder.row(lengths, Build.integer(0));
    return new Row(
        List.of(
            Build.run(
                Build.declare(
                    NumericType.INT32,
                    count.name(),
                    Build.element(NumericType.INT32, all, source))),
            new Op.Hoist(row, indices, source)),
        count,
        position,
        target,
        List.of(
            Build.declare(
                NumericType.INT32,
                target.name(),
                Build.convert(NumericType.INT32, Build.element(indices.type(), row, position)))),
        Build.add(Build.multiply(source, Build.integer(capacity)), position));
  }
}
