package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// Code makes the row of a source whenever it is asked for, in a row of scratch memory.
///
/// @param storage `KERNEL` or `NOWHERE`
/// @param targets neurons of the target
record GeneratedRows(
    SynapseGroup group,
    BuiltSynapses built,
    Storage storage,
    int targets,
    int capacity,
    SynapseNumbers numbers)
    implements RowAccess {

  @Override
  public int length() {
    return Rows.RAGGED;
  }

  /// In checked programs code runs even where it must add nothing: it may.
  @Override
  public boolean mayHaveSynapses(boolean isChecked) {
    return isChecked || capacity > 0;
  }

  @Override
  public boolean hasKernel() {
    return built.kernelSize().length > 0;
  }

  @Override
  public Expr kernelIndex(FunctionBuilder builder, Expr source, Expr position) {
    return Build.element(NumericType.INT32, kernelRow(builder), position);
  }

  private String row(FunctionBuilder builder, String name) {
    Rows rows =
        builder.layout().scratch(group.name() + name, NumericType.INT32, Math.max(1, capacity));
    return builder.row(rows, builder.scratchRow());
  }

  private String kernelRow(FunctionBuilder builder) {
    return row(builder, "_kernelIds");
  }

  @Override
  public Row open(FunctionBuilder builder, Expr source) {
    boolean isChecked = builder.layout().isChecked;
    String ids = row(builder, "_targets");
    Expr.Name wrong = Build.integer(builder.names.fresh("isWrong"));
    var code =
        new RowCode(
            targets,
            Build.integer(isChecked ? capacity : Math.max(1, capacity)),
            ids,
            NumericType.INT32,
            hasKernel()
                ? Optional.of(new RowCode.KernelRow(kernelRow(builder), false))
                : Optional.empty(),
            Build.integer(builder.names.fresh("count")),
            wrong,
            isChecked
                ? Optional.of(RowCode.Tests.of(source, group, built, targets, capacity))
                : Optional.empty());
    var opening =
        new ArrayList<Op>(
            builder
                .layout()
                .initialisation()
                .code(builder, group, built, code, source, Math.max(1, capacity)));
    Expr.Name count = Build.integer(builder.names.fresh("synapses"));
    opening.add(
        Build.run(
            Build.declare(
                NumericType.INT32,
                count.name(),
                new Expr.Conditional(
                    SnippetType.INT32,
                    Build.convert(NumericType.BOOL, wrong),
                    Build.integer(0),
                    Build.smaller(NumericType.INT32, code.count(), Build.integer(capacity))))));
    Expr.Name position = Build.integer(builder.names.fresh("synapse"));
    Expr.Name target = Build.integer(builder.names.fresh("target"));
    Expr begin = Build.integer(0);
    Expr end = count;
    Optional<Expr> exists = Optional.empty();
    if (builder.part().isPresent()) {
      // Code adds synapses in any order, but most code in ascending order.
      FunctionBuilder.Range own = builder.range(targets);
      exists = Optional.of(own.contains(target));
      Expr.Name first = Build.integer(builder.names.fresh("firstSynapse"));
      Expr.Name last = Build.integer(builder.names.fresh("lastSynapse"));
      opening.addAll(skip(ids, own, first, last, count));
      begin = first;
      end = last;
    }
    return new Row(
        opening,
        begin,
        end,
        position,
        position,
        target,
        List.of(
            Build.declare(
                NumericType.INT32, target.name(), Build.element(NumericType.INT32, ids, position))),
        numbers.of(source, position),
        exists);
  }

  /// Leaves out the synapses of others before the part's first one, and after its last one.
  private static List<Op> skip(
      String ids, FunctionBuilder.Range own, Expr.Name first, Expr.Name last, Expr count) {
    Expr atFirst = Build.element(NumericType.INT32, ids, first);
    Expr atLast = Build.element(NumericType.INT32, ids, Build.subtract(last, Build.integer(1)));
    return List.of(
        Build.run(Build.declare(NumericType.INT32, first.name(), Build.integer(0))),
        Build.run(Build.declare(NumericType.INT32, last.name(), count)),
        Build.run(
            new Stmt.While(
                Build.and(
                    Build.binary(BinaryOperator.LESS, first, last),
                    Build.not(own.contains(atFirst))),
                Build.accumulate(first, Build.integer(1)))),
        Build.run(
            new Stmt.While(
                Build.and(
                    Build.binary(BinaryOperator.LESS, first, last),
                    Build.not(own.contains(atLast))),
                Build.accumulate(last, Build.integer(-1)))));
  }
}
