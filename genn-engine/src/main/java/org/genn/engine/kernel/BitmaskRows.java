package org.genn.engine.kernel;

import java.util.List;
import java.util.Optional;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;

/// A bit tells whether a source leads to a target.
///
/// @param lists where connections are made
/// @param words rows of `int32`, one per source: bit `target % 32` of word `target / 32`
record BitmaskRows(SparseRows lists, Rows words, int targets, SynapseNumbers numbers)
    implements RowAccess {

  @Override
  public Storage storage() {
    return Storage.ROWS;
  }

  @Override
  public int capacity() {
    return targets;
  }

  @Override
  public int length() {
    return targets;
  }

  @Override
  public Row open(FunctionBuilder builder, Expr source) {
    Expr.Name target = Build.integer(builder.names.fresh("target"));
    String row = builder.names.fresh(words.name());
    FunctionBuilder.Range range = builder.range(targets);
    return new Row(
        List.of(new Op.Hoist(row, words, source)),
        range.begin(),
        range.end(),
        target,
        target,
        target,
        List.of(),
        numbers.of(source, target),
        Optional.of(isSet(row, target)));
  }

  static Expr isSet(String row, Expr target) {
    Expr word =
        Build.element(
            NumericType.INT32,
            row,
            new Expr.Binary(
                SnippetType.INT32, BinaryOperator.SHIFT_RIGHT, target, Build.integer(5)));
    Expr shifted =
        new Expr.Binary(
            SnippetType.INT32,
            BinaryOperator.SHIFT_RIGHT,
            word,
            Build.binary(BinaryOperator.BIT_AND, target, Build.integer(31)));
    return Build.convert(
        NumericType.BOOL, Build.binary(BinaryOperator.BIT_AND, shifted, Build.integer(1)));
  }
}
