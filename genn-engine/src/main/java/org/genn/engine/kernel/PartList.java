package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Stmt;

/// The spikes (or spike-like events) of one step, in a list for each part. One after the other they
/// are what a loop over all neurons would have listed.
///
/// @param place where they are gathered
/// @param ids rows of neurons: row `example * parts + part`
/// @param counts in the first element of such a row, the number of entries
record PartList(SpikePlace place, Rows ids, Rows counts, int parts) {
  /// Elements of a row of counts: parts that run at the same time don't share a cache line.
  static final int COUNT_LENGTH = 32;

  private Expr row(FunctionBuilder builder, Expr part) {
    return Build.add(Build.multiply(builder.example, Build.integer(parts)), part);
  }

  private static Expr count(String row) {
    return Build.element(NumericType.INT32, row, Build.integer(0));
  }

  /// Empties the list of the builder's part.
  void clear(FunctionBuilder builder) {
    Expr row = row(builder, builder.part().orElseThrow());
    builder.run(Build.assign(count(builder.row(counts, row)), Build.integer(0)));
  }

  List<Stmt> append(FunctionBuilder builder, Expr.Name id) {
    Expr row = row(builder, builder.part().orElseThrow());
    String list = builder.row(ids, row);
    Expr count = count(builder.row(counts, row));
    Expr.Name entry = Build.integer(builder.names.fresh("entry"));
    var body = new ArrayList<Stmt>();
    body.add(Build.declare(NumericType.INT32, entry.name(), count));
    body.add(Build.assign(Build.element(NumericType.INT32, list, entry), id));
    body.add(Build.assign(count, Build.add(entry, Build.integer(1))));
    return body;
  }

  /// Appends the lists of all parts, in order, to that of the step.
  void gather(FunctionBuilder builder) {
    String offsets = builder.row(place.offsets(), builder.example);
    String all = builder.row(place.ids(), builder.example);
    Expr end = Build.element(NumericType.INT32, offsets, Build.integer(2));
    Expr.Name part = Build.integer(builder.names.fresh("part"));
    Expr.Name entry = Build.integer(builder.names.fresh("entry"));
    Expr.Name first = Build.integer(builder.names.fresh("first"));
    Expr.Name count = Build.integer(builder.names.fresh("count"));
    String list = builder.names.fresh(ids.name());
    String counted = builder.names.fresh(counts.name());
    builder.ops.add(
        new Op.Loop(
            part.name(),
            Build.integer(0),
            Build.integer(parts),
            List.of(
                new Op.Hoist(list, ids, row(builder, part)),
                new Op.Hoist(counted, counts, row(builder, part)),
                Build.run(Build.declare(NumericType.INT32, count.name(), count(counted))),
                Build.run(Build.declare(NumericType.INT32, first.name(), end)),
                new Op.Loop(
                    entry.name(),
                    Build.integer(0),
                    count,
                    List.of(
                        Build.run(
                            Build.assign(
                                Build.element(NumericType.INT32, all, Build.add(first, entry)),
                                Build.element(NumericType.INT32, list, entry))))),
                Build.run(Build.assign(end, Build.add(first, count))))));
  }
}
