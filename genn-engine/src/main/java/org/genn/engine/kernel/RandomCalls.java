package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/*
 * A counter of Philox has room for 32 bits of each: the element, the stream, the step, the draw. Numbers that are larger
 * go on in the upper half of the key: steps from 2^32 on are drawn with another key, and so are elements from 2^32 on of
 * groups that have as many in all examples together.
 */

/// Gives the random functions of snippets their meaning: counter-based draws, keyed by the seed and
/// counted by element, stream, step and draw, so that the numbers depend neither on order nor on
/// threads.
final class RandomCalls {
  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "gennrand", "random_bits",
          "gennrand_uniform", "random_uniform",
          "gennrand_normal", "random_normal",
          "gennrand_exponential", "random_exponential",
          "gennrand_log_normal", "random_log_normal",
          "gennrand_gamma", "random_gamma",
          "gennrand_binomial", "random_binomial",
          "gennrand_poisson", "random_poisson");

  private static final Map<String, SnippetType> INTEGERS =
      Map.of(
          "random_bits", SnippetType.UINT32,
          "random_binomial", SnippetType.UINT32,
          "random_poisson", SnippetType.INT32);

  private RandomCalls() {}

  static boolean appearIn(Uses uses) {
    return FUNCTIONS.keySet().stream().anyMatch(uses.called()::contains);
  }

  /// What the draws of an update have in common.
  ///
  /// @param step the one that is computed, counted from the first of all
  record Counters(Expr key0, Expr key1, Expr step) {}

  static Counters counters(FunctionBuilder builder) {
    Expr.Name start =
        builder.scalar("start", builder.layout().trial, Build.integer(0), Build.integer(0));
    Expr step = Build.add(start, Build.convert(NumericType.INT64, builder.step));
    Expr.Name seed = seed(builder);
    return counters(seed, Build.binary(BinaryOperator.BIT_XOR, seed, step), step);
  }

  private static Counters counters(FunctionBuilder builder, Expr second) {
    Expr.Name seed = seed(builder);
    return counters(seed, seed, second);
  }

  private static Expr.Name seed(FunctionBuilder builder) {
    return builder.scalar("seed", builder.layout().trial, Build.integer(0), Build.integer(2));
  }

  private static Counters counters(Expr seed, Expr upperKey, Expr second) {
    return new Counters(
        Build.convert(NumericType.UINT32, seed),
        Build.convert(NumericType.UINT32, ElementNumber.upperHalf(upperKey)),
        Build.convert(NumericType.UINT32, second));
  }

  /// The counters of elements with numbers of 64 bits in updates that are counted by the step: the
  /// upper half goes into the key, away from that of the step.
  static Counters with(Counters counters, Expr element) {
    Expr upper = Build.convert(NumericType.UINT32, ElementNumber.upperHalf(element));
    Expr shifted =
        Build.binary(
            BinaryOperator.SHIFT_LEFT, upper, Build.convert(NumericType.UINT32, Build.integer(16)));
    return ElementNumber.isWide(element)
        ? new Counters(
            counters.key0(),
            Build.binary(BinaryOperator.BIT_XOR, counters.key1(), shifted),
            counters.step())
        : counters;
  }

  /// What draw 0 of one function gives, made for all elements before the loop over them.
  ///
  /// @param function of the kernel IR
  /// @param value of the element
  record FirstDraw(String function, Expr value) {}

  /// Binds the random functions in an element's scope.
  ///
  /// @param element number of the element among all examples
  /// @param stream unique number of the group
  static void bind(FunctionBuilder builder, ElementScope scope, Expr element, int stream) {
    bind(scope, element, stream, builder, with(counters(builder), element), Optional.empty());
  }

  /// Binds the random functions, counted by something else than the step.
  ///
  /// @param second third word of the counter
  static void bind(
      FunctionBuilder builder, ElementScope scope, Expr element, int stream, Expr second) {
    bind(builder, scope, element, stream, second, Optional.empty());
  }

  static void bind(
      FunctionBuilder builder,
      ElementScope scope,
      Expr element,
      int stream,
      Expr second,
      Optional<FirstDraw> first) {
    bind(scope, element, stream, builder, counters(builder, second), first);
  }

  /// Makes draw 0 of the normal distribution for the elements of a loop that comes next, in a loop
  /// of its own: there nothing keeps compilers from vectorising it.
  ///
  /// @param label of the loop
  /// @param index of both loops
  /// @param row where the numbers go
  static FirstDraw normalsAhead(
      FunctionBuilder builder,
      String label,
      Expr.Name index,
      Expr begin,
      Expr end,
      Rows row,
      Expr element,
      int stream,
      Expr second) {
    String name = builder.row(row, builder.scratchRow());
    Expr draw =
        call(
            "random_normal",
            SnippetType.of(row.type()),
            counters(builder, second),
            element,
            stream,
            Build.convert(NumericType.UINT32, Build.integer(0)),
            List.of());
    Expr value = Build.element(row.type(), name, index);
    builder.ops.add(
        new Op.Elements(label, index.name(), begin, end, List.of(Build.assign(value, draw))));
    return new FirstDraw("random_normal", value);
  }

  private static void bind(
      ElementScope scope,
      Expr element,
      int stream,
      FunctionBuilder builder,
      Counters counters,
      Optional<FirstDraw> first) {
    Expr.Name draw = Build.name(SnippetType.UINT32, builder.names.fresh("draw"));
    scope.loads.add(new Stmt.Declare(draw.type(), draw.name(), Optional.empty()));
    Expr next = new Expr.Increment(SnippetType.UINT32, draw, false, true);
    FUNCTIONS.forEach(
        (snippetName, function) ->
            scope.inliner.bindFunction(
                snippetName,
                arguments -> {
                  SnippetType result =
                      INTEGERS.getOrDefault(function, SnippetType.of(builder.layout().scalar));
                  if (first.isPresent() && first.get().function.equals(function)) {
                    Expr last =
                        Build.subtract(draw, Build.convert(NumericType.UINT32, Build.integer(1)));
                    return new Expr.Conditional(
                        result,
                        Build.binary(
                            BinaryOperator.EQUAL,
                            next,
                            Build.convert(NumericType.UINT32, Build.integer(0))),
                        first.get().value,
                        call(function, result, counters, element, stream, last, arguments));
                  }
                  return call(function, result, counters, element, stream, next, arguments);
                }));
  }

  private static Expr call(
      String function,
      SnippetType result,
      Counters counters,
      Expr element,
      int stream,
      Expr draw,
      List<Expr> arguments) {
    var all =
        new ArrayList<Expr>(
            List.of(
                counters.key0(),
                counters.key1(),
                Build.convert(NumericType.UINT32, element),
                Build.convert(NumericType.UINT32, Build.integer(stream)),
                counters.step(),
                draw));
    all.addAll(arguments);
    return new Expr.Call(
        result,
        function,
        new SnippetType.Function(result, all.stream().map(Expr::type).toList(), false),
        all);
  }
}
