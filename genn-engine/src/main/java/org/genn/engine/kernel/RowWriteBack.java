package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// Writes a changed row of synapses back, in the order in which the code left them, with all
/// variables of the synapses in all their copies.
///
/// Rows become as long as is needed; those that have become shorter are cut by the runtime.
///
/// @param sources rows per copy of a variable
/// @param written variables that the code writes
record RowWriteBack(
    Layout layout,
    ConnectivityUpdatePlace place,
    SparseRows rows,
    List<Rows> values,
    int sources,
    Set<Rows> written) {

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
    builder.ops.add(new Op.When(isChanged, pass.all()));
    if (!written.isEmpty()) {
      builder.ops.add(new Op.When(Build.not(isChanged), pass.values()));
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

    /// Puts targets and values into a row that has become another one.
    List<Op> all() {
      var ops = new ArrayList<Op>();
      String targets = hoist(ops, working.targets(), builder.slice);
      String origin = hoist(ops, working.origin(), builder.slice);
      NumericType type = rows.indices().type();
      ops.add(reserve(rows.indices(), builder.example));
      String stored = hoist(ops, rows.indices(), builder.example);
      Expr.Name k = index();
      ops.add(
          each(
              "targets",
              k,
              Build.assign(
                  Build.element(type, stored, k),
                  Build.convert(type, Build.element(NumericType.INT32, targets, k)))));
      for (Rows value : values) {
        ops.addAll(hasOneCopy(value) ? given(value) : moved(value, origin));
      }
      return ops;
    }

    /// Puts new values into a row that is as it was.
    List<Op> values() {
      var ops = new ArrayList<Op>();
      for (Rows value : written) {
        ops.add(copy(ops, value, "_write"));
      }
      return ops;
    }

    private boolean hasOneCopy(Rows value) {
      return working.values().containsKey(value) && value.count() == sources;
    }

    /// One variable of which the code has all values.
    private List<Op> given(Rows value) {
      var ops = new ArrayList<Op>(List.of(reserve(value, builder.example)));
      ops.add(copy(ops, value, ""));
      return ops;
    }

    private Op copy(List<Op> ops, Rows value, String suffix) {
      String row = hoist(ops, value, builder.example);
      String work = hoist(ops, working.values().get(value), builder.slice);
      Expr.Name k = index();
      return each(
          value.name() + suffix,
          k,
          Build.assign(Build.element(value.type(), row, k), Build.element(value.type(), work, k)));
    }

    /// One variable whose values follow their synapses, in all its copies.
    private List<Op> moved(Rows value, String origin) {
      NumericType type = value.type();
      Expr.Name k = index();
      Expr.Name copy = Build.integer(builder.names.fresh("copy"));
      Expr index = Build.add(Build.multiply(copy, Build.integer(sources)), builder.example);
      var ops = new ArrayList<Op>(List.of(reserve(value, index)));
      String row = hoist(ops, value, index);
      String buffer = hoist(ops, working.buffers().get(type), builder.slice);
      Expr place = Build.element(NumericType.INT32, origin, k);
      Expr isOld = Build.binary(BinaryOperator.GREATER_EQUAL, place, Build.integer(0));
      Expr fresh = fresh(ops, value, copy, k);
      ops.add(
          each(
              value.name() + "_take",
              k,
              Build.assign(
                  Build.element(type, buffer, k),
                  choose(isOld, Build.element(type, row, place), fresh))));
      ops.add(
          each(
              value.name() + "_put",
              k,
              Build.assign(Build.element(type, row, k), Build.element(type, buffer, k))));
      int copies = sources == 0 ? 1 : value.count() / sources;
      return List.of(new Op.Loop(copy.name(), Build.integer(0), Build.integer(copies), ops));
    }

    /// The value of a synapse that was added: the one that is given, or 0. Of copies that are
    /// summed only the first gets it.
    private Expr fresh(List<Op> ops, Rows value, Expr copy, Expr k) {
      Expr zero = Build.literal(value.type(), 0);
      Rows given = working.values().get(value);
      if (given == null) {
        return zero;
      }
      Expr element = Build.element(value.type(), hoist(ops, given, builder.slice), k);
      return isPartialSum(value)
          ? choose(Build.binary(BinaryOperator.EQUAL, copy, Build.integer(0)), element, zero)
          : element;
    }

    private boolean isPartialSum(Rows value) {
      return layout.variables.places().values().stream()
          .anyMatch(known -> known.rows().equals(value) && known.copies() == Symbol.Copies.SLICES);
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
