package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Stmt;

/// The spikes (or spike-like events) of one step, in a list for each part. One after the other they
/// are what a loop over all neurons would have listed.
///
/// The number of entries is at the beginning of the list, and not in a row of its own: most lists
/// are short, and who reads one that another core has written waits for each cache line.
///
/// @param place where they are gathered
/// @param lists row `example * parts + part` has the number of entries, then the neurons
record PartList(SpikePlace place, Rows lists, int parts) {
  /// @param neurons most that a part has
  static int length(int neurons) {
    // Parts that run at the same time write no cache line in common.
    return neurons + 1 + LINE;
  }

  private static final int LINE = 16;

  private Expr row(FunctionBuilder builder, Expr part) {
    return Build.add(Build.multiply(builder.example, Build.integer(parts)), part);
  }

  private static Expr count(String row) {
    return Build.element(NumericType.INT32, row, Build.integer(0));
  }

  /// Empties the list of the builder's part.
  void clear(FunctionBuilder builder) {
    Expr row = row(builder, builder.part().orElseThrow());
    builder.run(Build.assign(count(builder.row(lists, row)), Build.integer(0)));
  }

  List<Stmt> append(FunctionBuilder builder, Expr.Name id) {
    Expr row = row(builder, builder.part().orElseThrow());
    String list = builder.row(lists, row);
    Expr.Name entry = Build.integer(builder.names.fresh("entry"));
    var body = new ArrayList<Stmt>();
    body.add(
        Build.declare(NumericType.INT32, entry.name(), Build.add(count(list), Build.integer(1))));
    body.add(Build.assign(Build.element(NumericType.INT32, list, entry), id));
    body.add(Build.assign(count(list), entry));
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
    String list = builder.names.fresh(lists.name());
    builder.ops.add(
        new Op.Loop(
            part.name(),
            Build.integer(0),
            Build.integer(parts),
            List.of(
                new Op.Hoist(list, lists, row(builder, part)),
                Build.run(Build.declare(NumericType.INT32, count.name(), count(list))),
                Build.run(Build.declare(NumericType.INT32, first.name(), end)),
                new Op.Loop(
                    entry.name(),
                    Build.integer(0),
                    count,
                    List.of(
                        Build.run(
                            Build.assign(
                                Build.element(NumericType.INT32, all, Build.add(first, entry)),
                                Build.element(
                                    NumericType.INT32,
                                    list,
                                    Build.add(entry, Build.integer(1))))))),
                Build.run(Build.assign(end, Build.add(first, count))))));
  }
}
