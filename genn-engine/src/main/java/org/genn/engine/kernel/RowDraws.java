package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Rewriter;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;
import org.genn.engine.snippet.Walker;

/*
 * Code that makes a row draws a number for each synapse and computes with it, and goes on from the synapse before. Where
 * it counts down to 0, what does not depend on the synapse before is known for all of them:
 *
 *   for (c = n; c > 0; c--) { x += (1 - x) * f(draw, c); … }
 *
 * becomes a loop that vectorises, since nothing in it depends on anything else in it, and a short one:
 *
 *   for (k = 0; k < n; k++) table[k] = f(k, n - k);
 *   for (c = n; c > 0; c--) { x += (1 - x) * table[n - c]; … }
 *
 * The numbers are the same ones: draw k belongs to round k. What the table has no room for is computed where it is used.
 */

/// Makes the random numbers of a row's code before its loop.
final class RowDraws {
  private final FunctionBuilder builder;
  private final List<Stmt> statements;
  private final String group;
  private final int capacity;

  private RowDraws(FunctionBuilder builder, List<Stmt> statements, String group, int capacity) {
    this.builder = builder;
    this.statements = statements;
    this.group = group;
    this.capacity = capacity;
  }

  /// The operations that do what the statements do.
  ///
  /// @param statements of a row, as they are in the function
  /// @param group names the table and the loop
  /// @param capacity elements of the table
  static List<Op> ahead(
      FunctionBuilder builder, List<Stmt> statements, String group, int capacity) {
    var draws = new RowDraws(builder, statements, group, capacity);
    return draws.divided().orElseGet(() -> statements.stream().map(Build::run).toList());
  }

  /// A loop that counts down to 0.
  private record Countdown(Stmt.For loop, Expr.Name counter, Expr from) {}

  private Optional<List<Op>> divided() {
    List<Expr.Call> calls = draws(statements);
    if (capacity == 0 || calls.size() != 1) {
      return Optional.empty();
    }
    for (int at = 0; at < statements.size(); at++) {
      Optional<Countdown> countdown = countdown(statements.get(at));
      if (countdown.isPresent()) {
        Optional<Expr> site = site(countdown.get(), calls.getFirst());
        if (site.isPresent()) {
          return Optional.of(divided(at, countdown.get(), site.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static List<Expr.Call> draws(List<Stmt> statements) {
    var calls = new ArrayList<Expr.Call>();
    for (Stmt statement : statements) {
      Rewriter.map(
          statement,
          expression -> {
            if (isDraw(expression)) {
              calls.add((Expr.Call) expression);
            }
            return expression;
          });
    }
    return calls;
  }

  private static boolean isDraw(Expr expression) {
    return expression instanceof Expr.Call call && call.function().startsWith("random_");
  }

  private static Optional<Countdown> countdown(Stmt statement) {
    if (statement instanceof Stmt.For loop
        && loop.initial().size() == 1
        && loop.initial().getFirst() instanceof Stmt.Declare(var type, var name, var from)
        && from.isPresent()
        && (type.equals(SnippetType.INT32) || type.equals(SnippetType.UINT32))
        && loop.condition().isPresent()
        && loop.condition().get() instanceof Expr.Binary(_, var operator, var left, var right)
        && operator == BinaryOperator.GREATER
        && isNamed(left, name)
        && isZero(right)
        && loop.update().isPresent()
        && loop.update().get() instanceof Expr.Increment(_, var target, var isDecrement, _)
        && isDecrement
        && isNamed(target, name)
        && isStraight(loop.body())
        && !Uses.of(List.of(loop.body())).written().contains(name)) {
      return Optional.of(new Countdown(loop, Build.name(type, name), from.get()));
    }
    return Optional.empty();
  }

  private static boolean isStraight(Stmt body) {
    return switch (body) {
      case Stmt.Block(var inner) -> inner.stream().allMatch(RowDraws::isStraight);
      case Stmt.Declare _, Stmt.Evaluate _ -> true;
      case Stmt.If _,
          Stmt.While _,
          Stmt.DoWhile _,
          Stmt.For _,
          Stmt.Switch _,
          Stmt.Break _,
          Stmt.Continue _,
          Stmt.ForEachSynapse _ ->
          false;
    };
  }

  /// Whether an operand of the expression that is not always evaluated has the draw in it.
  private static boolean isConditional(Expr expression, Expr.Call draw) {
    return switch (expression) {
      case Expr.Conditional(_, _, var whenTrue, var whenFalse) ->
          contains(whenTrue, draw) || contains(whenFalse, draw);
      case Expr.Binary(_, var operator, _, var right) ->
          operator.isLogical() && contains(right, draw);
      default -> false;
    };
  }

  private static boolean isNamed(Expr expression, String name) {
    return expression instanceof Expr.Name(_, var found) && found.equals(name);
  }

  private static boolean isZero(Expr expression) {
    return switch (expression) {
      case Expr.Literal literal -> literal.bits() == 0;
      case Expr.Convert(_, var operand) -> isZero(operand);
      default -> false;
    };
  }

  /// The largest expression around the draw whose value is known before the loop.
  private Optional<Expr> site(Countdown countdown, Expr.Call draw) {
    var changing = new HashSet<>(Uses.of(List.of(countdown.loop.body())).written());
    declared(countdown.loop.body(), changing);
    var found = new ArrayList<Expr>();
    boolean[] isConditional = {false};
    Rewriter.map(
        countdown.loop.body(),
        expression -> {
          isConditional[0] |= isConditional(expression, draw);
          if (contains(expression, draw) && isKnown(expression, draw, changing)) {
            found.add(expression);
          }
          return expression;
        });
    // Larger ones come later.
    return found.isEmpty() || isConditional[0] ? Optional.empty() : Optional.of(found.getLast());
  }

  private static void declared(Stmt body, Set<String> names) {
    Rewriter.map(
        body,
        expression -> expression,
        statement -> {
          if (statement instanceof Stmt.Declare declare) {
            names.add(declare.name());
          }
          return statement;
        });
  }

  private static boolean contains(Expr expression, Expr.Call draw) {
    boolean[] found = {false};
    Walker.walk(expression, node -> found[0] |= node.equals(draw));
    return found[0];
  }

  private static boolean isKnown(Expr expression, Expr.Call draw, Set<String> changing) {
    boolean[] known = {true};
    Walker.walk(
        withoutCounter(expression, draw, Build.integer(0)),
        node ->
            known[0] &=
                switch (node) {
                  case Expr.Name(_, var name) -> !changing.contains(name);
                  case Expr.Assign _,
                      Expr.Increment _,
                      Expr.Subscript _,
                      Expr.Delayed _,
                      Expr.Sequence _ ->
                      false;
                  case Expr.Literal _,
                      Expr.Text _,
                      Expr.Unary _,
                      Expr.Binary _,
                      Expr.Conditional _,
                      Expr.Convert _,
                      Expr.Call _ ->
                      true;
                });
    return known[0];
  }

  /// With a number in place of the draw's own counter, which is its last argument.
  private static Expr withoutCounter(Expr expression, Expr.Call draw, Expr number) {
    return Rewriter.map(
        expression,
        node ->
            node instanceof Expr.Call call && isDraw(node)
                ? new Expr.Call(
                    call.type(),
                    call.function(),
                    call.overload(),
                    call.arguments().stream()
                        .map(
                            argument ->
                                argument instanceof Expr.Increment
                                    ? Build.convert(NumericType.UINT32, number)
                                    : argument)
                        .toList())
                : node);
  }

  private List<Op> divided(int at, Countdown countdown, Expr site) {
    NumericType type = site.type().numeric();
    Expr.Name counter = countdown.counter;
    Rows table = builder.layout().scratch(group + "_draws", type, capacity);
    String row = builder.row(table, builder.scratchRow());
    Expr.Name rounds = Build.name(counter.type(), builder.names.fresh("rounds"));
    Expr.Name prepared = Build.integer(builder.names.fresh("prepared"));
    Expr.Name round = Build.integer(builder.names.fresh("round"));
    var ops = new ArrayList<Op>();
    statements.subList(0, at).forEach(statement -> ops.add(Build.run(statement)));
    ops.add(Build.run(Build.declare(counter.type(), rounds.name(), countdown.from)));
    ops.add(
        Build.run(
            Build.declare(
                NumericType.INT32,
                prepared.name(),
                Build.smaller(
                    NumericType.INT32,
                    Build.convert(NumericType.INT32, rounds),
                    Build.integer(capacity)))));
    Expr left = Build.subtract(rounds, Build.convert(counter.type().numeric(), round));
    ops.add(
        new Op.Elements(
            builder.names.fresh(ArrayTable.identifier(group + "_draws")),
            round.name(),
            Build.integer(0),
            prepared,
            List.of(
                Build.assign(
                    Build.element(type, row, round),
                    replaced(withoutCounter(site, null, round), counter.name(), left)))));
    Expr number = Build.convert(NumericType.INT32, Build.subtract(rounds, counter));
    Expr value =
        new Expr.Conditional(
            site.type(),
            Build.binary(
                BinaryOperator.LESS,
                Build.convert(NumericType.UINT32, number),
                Build.convert(
                    NumericType.UINT32,
                    Build.larger(NumericType.INT32, prepared, Build.integer(0)))),
            Build.element(type, row, number),
            withoutCounter(site, null, number));
    Stmt.For loop = countdown.loop;
    Stmt body = Rewriter.map(loop.body(), node -> node.equals(site) ? value : node);
    ops.add(
        Build.run(
            new Stmt.For(
                List.of(Build.declare(counter.type(), counter.name(), rounds)),
                loop.condition(),
                loop.update(),
                body)));
    statements
        .subList(at + 1, statements.size())
        .forEach(statement -> ops.add(Build.run(statement)));
    return ops;
  }

  private static Expr replaced(Expr expression, String name, Expr value) {
    return Rewriter.map(expression, node -> isNamed(node, name) ? value : node);
  }
}
