package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.Optional;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Stmt;

/*
 * Parts take ranges of targets, so they need rows in ascending order of targets. Rows that updates change have an order of
 * their own, the one in which synapses were added and moved; for these, places in ascending order are listed beside
 * them, and only parts go by that list.
 */

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
/// @param order beside the rows of targets, where these are not ascending: places in ascending
///   order of targets, which parts go by
record SparseRows(
    Rows indices,
    Rows lengths,
    int capacity,
    Optional<Rows> kernelIds,
    Optional<Rows> columns,
    Optional<Rows> columnLengths,
    Optional<Rows> partStarts,
    Optional<Rows> order,
    SynapseNumbers numbers)
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
    var locate = new ArrayList<Stmt>();
    Expr begin = Build.integer(0);
    Expr.Name index = position;
    if (builder.part().isPresent()) {
      Expr part = builder.part().get();
      Expr.Name first = Build.integer(builder.names.fresh("first"));
      String firsts = builder.row(partStarts.orElseThrow(), part);
      String ends = builder.row(partStarts.get(), Build.add(part, Build.integer(1)));
      opening.add(declare(first, firsts, source));
      opening.add(declare(count, ends, source));
      begin = first;
      if (order.isPresent()) {
        index = Build.integer(builder.names.fresh("entry"));
        String places = builder.names.fresh(order.get().name());
        opening.add(new Op.Hoist(places, order.get(), source));
        locate.add(declare(position, Build.element(NumericType.INT32, places, index)));
      }
    } else {
      opening.add(declare(count, builder.row(lengths, Build.integer(0)), source));
    }
    opening.add(new Op.Hoist(row, indices, source));
    locate.add(
        declare(
            target,
            Build.convert(NumericType.INT32, Build.element(indices.type(), row, position))));
    return new Row(
        opening,
        begin,
        count,
        index,
        position,
        target,
        locate,
        numbers.of(source, position),
        Optional.empty());
  }

  private static Op declare(Expr.Name name, String row, Expr source) {
    return Build.run(declare(name, Build.element(NumericType.INT32, row, source)));
  }

  private static Stmt declare(Expr.Name name, Expr value) {
    return Build.declare(NumericType.INT32, name.name(), value);
  }
}
