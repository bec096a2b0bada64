package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

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
    return counters(builder, Build.add(start, Build.convert(NumericType.INT64, builder.step)));
  }

  private static Counters counters(FunctionBuilder builder, Expr second) {
    Rows trial = builder.layout().trial;
    Expr.Name seed = builder.scalar("seed", trial, Build.integer(0), Build.integer(2));
    return new Counters(
        Build.convert(NumericType.UINT32, seed),
        Build.convert(
            NumericType.UINT32, Build.binary(BinaryOperator.SHIFT_RIGHT, seed, Build.integer(32))),
        Build.convert(NumericType.UINT32, second));
  }

  /// Binds the random functions in an element's scope.
  ///
  /// @param element number of the element among all examples
  /// @param stream unique number of the group
  static void bind(FunctionBuilder builder, ElementScope scope, Expr element, int stream) {
    bind(scope, element, stream, builder, counters(builder));
  }

  /// Binds the random functions, counted by something else than the step.
  ///
  /// @param second third word of the counter
  static void bind(
      FunctionBuilder builder, ElementScope scope, Expr element, int stream, Expr second) {
    bind(scope, element, stream, builder, counters(builder, second));
  }

  private static void bind(
      ElementScope scope, Expr element, int stream, FunctionBuilder builder, Counters counters) {
    Expr.Name draw = Build.name(SnippetType.UINT32, builder.names.fresh("draw"));
    scope.loads.add(new Stmt.Declare(draw.type(), draw.name(), java.util.Optional.empty()));
    Expr next = new Expr.Increment(SnippetType.UINT32, draw, false, true);
    FUNCTIONS.forEach(
        (snippetName, function) ->
            scope.inliner.bindFunction(
                snippetName,
                arguments -> {
                  var all =
                      new ArrayList<Expr>(
                          List.of(
                              counters.key0(),
                              counters.key1(),
                              Build.convert(NumericType.UINT32, element),
                              Build.convert(NumericType.UINT32, Build.integer(stream)),
                              counters.step(),
                              next));
                  all.addAll(arguments);
                  SnippetType result =
                      INTEGERS.getOrDefault(function, SnippetType.of(builder.layout().scalar));
                  return new Expr.Call(
                      result,
                      function,
                      new SnippetType.Function(
                          result, all.stream().map(Expr::type).toList(), false),
                      all);
                }));
  }
}
