package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Environment;
import org.genn.engine.snippet.Environment.Access;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Snippet;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Source;
import org.genn.engine.snippet.Stmt;

/// Writes a changed row of synapses back: in ascending order of targets again (equal ones stay in
/// the order in which the code left them), with all variables of the synapses in all their copies.
///
/// Rows become as long as is needed; those that have become shorter are cut by the runtime.
///
/// @param sources rows per copy of a variable
/// @param written variables that the code writes
record RowRearrangement(
    Layout layout,
    ConnectivityUpdatePlace place,
    SparseRows rows,
    List<Rows> values,
    int sources,
    Set<Rows> written) {
  /// Sorts `order`; a row without changes at its front is sorted already.
  private static final String MERGE_SORT =
      """
      for(int k = 0; k < count; k++) {
        order[k] = k;
      }
      bool isSorted = true;
      for(int k = 1; k < count && isSorted; k++) {
        isSorted = target[k - 1] <= target[k];
      }
      if(!isSorted) {
        for(int width = 1; width < count; width *= 2) {
          for(int begin = 0; begin < count; begin += 2 * width) {
            const int middle = min(begin + width, count);
            const int end = min(begin + (2 * width), count);
            int left = begin;
            int right = middle;
            for(int k = begin; k < end; k++) {
              if(left < middle && (right >= end || target[order[left]] <= target[order[right]])) {
                merged[k] = order[left];
                left++;
              }
              else {
                merged[k] = order[right];
                right++;
              }
            }
          }
          for(int k = 0; k < count; k++) {
            order[k] = merged[k];
          }
        }
      }
      """;

  Function lower(String name, String comment) {
    FunctionBuilder builder = new FunctionBuilder(layout);
    Expr.Name source = builder.example;
    Expr.Name outcome = builder.scalar("outcome", place.outcome(), Build.integer(0), source);
    Expr.Name count = builder.scalar("count", rows.lengths(), Build.integer(0), source);
    Expr changes =
        new Expr.Binary(
            SnippetType.INT32,
            BinaryOperator.BIT_AND,
            outcome,
            Build.integer(ConnectivityOutcome.CHANGED));
    var pass = new Pass(name, builder, place.working().orElseThrow(), count);
    Expr isChanged = Build.binary(BinaryOperator.NOT_EQUAL, changes, Build.integer(0));
    builder.ops.add(new Op.When(isChanged, pass.rearrange()));
    if (!written.isEmpty()) {
      builder.ops.add(new Op.When(Build.not(isChanged), pass.writeBack()));
    }
    return builder.function(name, comment);
  }

  /// The operations of one row.
  private final class Pass {
    private final String name;
    private final FunctionBuilder builder;
    private final WorkingRows working;
    private final Expr.Name count;

    Pass(String name, FunctionBuilder builder, WorkingRows working, Expr.Name count) {
      this.name = name;
      this.builder = builder;
      this.working = working;
      this.count = count;
    }

    List<Op> rearrange() {
      var ops = new ArrayList<Op>();
      String targets = hoist(ops, working.targets(), builder.slice);
      String origin = hoist(ops, working.origin(), builder.slice);
      String order = hoist(ops, working.order(), builder.slice);
      String moved = hoist(ops, working.moved(), builder.slice);
      sort(targets, order, moved).forEach(statement -> ops.add(Build.run(statement)));
      Expr.Name k = index();
      Expr place = element(NumericType.INT32, order, k);
      ops.add(
          each(
              "origin",
              k,
              Build.assign(
                  element(NumericType.INT32, moved, k),
                  element(NumericType.INT32, origin, place))));
      ops.add(reserve(rows.indices(), builder.example));
      String stored = hoist(ops, rows.indices(), builder.example);
      ops.add(
          each(
              "targets",
              k,
              Build.assign(
                  element(rows.indices().type(), stored, k),
                  Build.convert(
                      rows.indices().type(), element(NumericType.INT32, targets, place)))));
      for (Rows value : values) {
        ops.addAll(rearrange(value, order, moved));
      }
      return ops;
    }

    private List<Stmt> sort(String targets, String order, String merged) {
      SnippetType integers = Build.rowType(NumericType.INT32);
      Environment environment =
          Environment.of(layout.scalar, layout.scalar)
              .withVariable("target", integers, Access.READ_ONLY)
              .withVariable("order", integers, Access.READ_ONLY)
              .withVariable("merged", integers, Access.READ_ONLY)
              .withVariable("count", SnippetType.INT32, Access.READ_ONLY);
      return new Inliner(builder.names)
          .bind("target", targets)
          .bind("order", order)
          .bind("merged", merged)
          .bind("count", count.name())
          .inline(Snippet.statements(new Source("order of synapses", MERGE_SORT), environment));
    }

    /// One variable, in all its copies.
    private List<Op> rearrange(Rows value, String order, String moved) {
      NumericType type = value.type();
      int copies = sources == 0 ? 1 : value.count() / sources;
      Rows given = working.values().get(value);
      var ops = new ArrayList<Op>();
      String label = value.name();
      Expr.Name k = index();
      if (given != null && copies == 1) {
        ops.add(reserve(value, builder.example));
        String row = hoist(ops, value, builder.example);
        String work = hoist(ops, given, builder.slice);
        Expr from = element(type, work, element(NumericType.INT32, order, k));
        ops.add(each(label, k, Build.assign(element(type, row, k), from)));
        return ops;
      }
      Expr.Name copy = Build.integer(builder.names.fresh("copy"));
      Expr index = Build.add(Build.multiply(copy, Build.integer(sources)), builder.example);
      var inCopy = new ArrayList<Op>();
      inCopy.add(reserve(value, index));
      String row = hoist(inCopy, value, index);
      String buffer = hoist(inCopy, working.buffers().get(type), builder.slice);
      Expr origin = element(NumericType.INT32, moved, k);
      Expr isOld = Build.binary(BinaryOperator.GREATER_EQUAL, origin, Build.integer(0));
      Expr fresh = Build.literal(type, 0);
      if (given != null) {
        String work = hoist(inCopy, given, builder.slice);
        fresh = element(type, work, element(NumericType.INT32, order, k));
        if (isPartialSum(value)) {
          Expr isFirst = Build.binary(BinaryOperator.EQUAL, copy, Build.integer(0));
          fresh = choose(isFirst, fresh, Build.literal(type, 0));
        }
      }
      inCopy.add(
          each(
              label + "_take",
              k,
              Build.assign(
                  element(type, buffer, k), choose(isOld, element(type, row, origin), fresh))));
      inCopy.add(
          each(label + "_put", k, Build.assign(element(type, row, k), element(type, buffer, k))));
      ops.add(new Op.Loop(copy.name(), Build.integer(0), Build.integer(copies), inCopy));
      return ops;
    }

    /// Whether the copies of a variable are summed, so that only one gets what is given.
    private boolean isPartialSum(Rows value) {
      return layout.variables.places().values().stream()
          .anyMatch(known -> known.rows().equals(value) && known.copies() == Symbol.Copies.SLICES);
    }

    /// Puts new values into a row that is as it was.
    List<Op> writeBack() {
      var ops = new ArrayList<Op>();
      for (Rows value : written) {
        String row = hoist(ops, value, builder.example);
        String work = hoist(ops, working.values().get(value), builder.slice);
        Expr.Name k = index();
        ops.add(
            each(
                value.name() + "_write",
                k,
                Build.assign(element(value.type(), row, k), element(value.type(), work, k))));
      }
      return ops;
    }

    private Op reserve(Rows array, Expr row) {
      return new Op.Reserve(List.of(array), row, count, count);
    }

    private String hoist(List<Op> ops, Rows array, Expr index) {
      String local = builder.names.fresh(array.name());
      ops.add(new Op.Hoist(local, array, index));
      return local;
    }

    private Expr.Name index() {
      return Build.integer(builder.names.fresh("synapse"));
    }

    private Op each(String label, Expr.Name index, Stmt statement) {
      return new Op.Elements(name + "_" + label, index.name(), count, List.of(statement));
    }

    private static Expr element(NumericType type, String row, Expr index) {
      return Build.element(type, row, index);
    }

    private static Expr choose(Expr condition, Expr whenTrue, Expr whenFalse) {
      return new Expr.Conditional(whenTrue.type(), condition, whenTrue, whenFalse);
    }
  }

  /// The variables that code writes.
  static Set<Rows> written(Uses uses, Map<String, Place> variables) {
    var written = new java.util.LinkedHashSet<Rows>();
    variables.forEach(
        (variable, value) -> {
          if (uses.written().contains(variable)) {
            written.add(value.rows());
          }
        });
    return written;
  }
}
