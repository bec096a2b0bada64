package org.genn.engine.kernel;

import java.util.ArrayList;
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
/// @param partStarts rows of where in each source's row the targets of a part begin; one more than
///   there are parts
record SparseRows(
    Rows indices,
    Rows lengths,
    int capacity,
    Optional<Rows> kernelIds,
    Optional<Rows> columns,
    Optional<Rows> columnLengths,
    Optional<Rows> partStarts)
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
    var opening = new ArrayList<Op>();
    Expr begin = Build.integer(0);
    if (builder.part().isPresent()) {
      Expr part = builder.part().get();
      Expr.Name first = Build.integer(builder.names.fresh("first"));
      String firsts = builder.row(partStarts.orElseThrow(), part);
      String ends = builder.row(partStarts.get(), Build.add(part, Build.integer(1)));
      opening.add(declare(first, firsts, source));
      opening.add(declare(count, ends, source));
      begin = first;
    } else {
      opening.add(declare(count, builder.row(lengths, Build.integer(0)), source));
    }
    opening.add(new Op.Hoist(row, indices, source));
    return new Row(
        opening,
        begin,
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

  private static Op declare(Expr.Name name, String row, Expr source) {
    return Build.run(
        Build.declare(
            NumericType.INT32, name.name(), Build.element(NumericType.INT32, row, source)));
  }
}
