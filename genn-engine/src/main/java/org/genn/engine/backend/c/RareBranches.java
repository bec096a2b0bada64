package org.genn.engine.backend.c;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.genn.engine.backend.Purity;
import org.genn.engine.backend.Routine;
import org.genn.engine.backend.RoutineNames;
import org.genn.engine.kernel.Op;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/*
 * A loop that does something for the few elements that fulfil a condition (neurons that spike) takes a branch per
 * element and is not vectorised. Here a block of elements is tested at once, without branches, which gives a bit for each,
 * and only elements whose bit is set are looked at:
 *
 *   for each block { rare = 0; for (j …) { always(j); rare |= condition(j) << j; } while (rare) { j = lowest bit; …; } }
 *
 * The condition has no effects and iterations see nothing of each other, so that the same is done in the same order. It
 * finds what it needs in rows, not in locals of what is always done.
 */

/// Tests blocks of elements before single ones where a loop ends with a conditional thing.
final class RareBranches {
  /// The place of the lowest bit of a number that is not 0.
  static final String LOWEST_BIT = "lowest_bit";

  /// As many as an integer has bits.
  private static final int BLOCK = 32;

  private static final SnippetType.Function INTEGER_TO_INTEGER =
      new SnippetType.Function(SnippetType.INT32, List.of(SnippetType.INT32), false);

  private final Set<String> names;

  private RareBranches(Set<String> names) {
    this.names = names;
  }

  static Routine of(Routine routine) {
    Set<String> names = new HashSet<>(RoutineNames.all(routine.body()));
    routine.parameters().forEach(parameter -> names.add(parameter.name()));
    var branches = new RareBranches(names);
    return routine.body(routine.body().stream().flatMap(op -> branches.op(op).stream()).toList());
  }

  /// Loops over elements are at the top of their routines.
  private List<Op> op(Op op) {
    return op instanceof Op.Elements elements
        ? rareFrom(elements).stream()
            .boxed()
            .findFirst()
            .map(from -> blocks(elements, from))
            .orElseGet(() -> List.of(op))
        : List.of(op);
  }

  /// Where in the body the last thing begins, if it is a conditional one: the declarations that it
  /// needs, then a branch.
  private static OptionalInt rareFrom(Op.Elements elements) {
    List<Stmt> body = elements.body();
    boolean isConditional =
        !body.isEmpty()
            && body.getLast() instanceof Stmt.If(var condition, _, var otherwise)
            && otherwise.isEmpty()
            && Purity.isPure(condition);
    if (!isConditional) {
      return OptionalInt.empty();
    }
    int from = body.size() - 1;
    while (from > 0 && isPlain(body.get(from - 1))) {
      from--;
    }
    var always = RoutineNames.of(statements(body.subList(0, from)));
    boolean isAlone =
        always.changed().isEmpty()
            && RoutineNames.of(statements(body.subList(from, body.size()))).free().stream()
                .noneMatch(name -> always.declares(name.name()));
    return isAlone ? OptionalInt.of(from) : OptionalInt.empty();
  }

  private static boolean isPlain(Stmt statement) {
    return statement instanceof Stmt.Declare(SnippetType.Number _, _, var initial)
        && initial.map(Purity::isPure).orElse(true);
  }

  /// @param from where in the body the conditional thing begins
  private List<Op> blocks(Op.Elements elements, int from) {
    Expr.Name block = local("block");
    Expr.Name first = local("first");
    Expr.Name rare = local("rare");
    Expr.Name whole = local("whole");
    Expr.Name place = local("place");
    var branch = (Stmt.If) elements.body().getLast();
    var test = new ArrayList<Stmt>();
    test.add(declare(elements.index(), binary(BinaryOperator.ADD, first, place)));
    test.addAll(elements.body().subList(0, elements.body().size() - 1));
    Expr bit =
        binary(
            BinaryOperator.SHIFT_LEFT,
            new Expr.Convert(SnippetType.INT32, branch.condition()),
            place);
    test.add(update(rare, BinaryOperator.BIT_OR, bit));
    Expr.Call lowest =
        new Expr.Call(SnippetType.INT32, LOWEST_BIT, INTEGER_TO_INTEGER, List.of(rare));
    var chosen = new ArrayList<Stmt>();
    chosen.add(declare(elements.index(), binary(BinaryOperator.ADD, first, lowest)));
    chosen.addAll(elements.body().subList(from, elements.body().size() - 1));
    chosen.add(branch.whenTrue());
    Expr others = binary(BinaryOperator.SUBTRACT, rare, Expr.Literal.of(1));
    chosen.add(update(rare, BinaryOperator.BIT_AND, others));
    Expr blocks =
        binary(
            BinaryOperator.SHIFT_RIGHT,
            elementsBefore(elements.begin(), elements.end()),
            Expr.Literal.of(Integer.numberOfTrailingZeros(BLOCK)));
    List<Op> handled =
        List.of(
            new Op.Loop(place.name(), Expr.Literal.of(0), Expr.Literal.of(BLOCK), statements(test)),
            new Op.Do(new Stmt.While(isNotZero(rare), new Stmt.Block(chosen))));
    var body = new ArrayList<Op>();
    body.add(new Op.Do(declare(first.name(), after(elements.begin(), block))));
    body.add(new Op.Do(declare(rare.name(), Expr.Literal.of(0))));
    if (isZero(elements.begin())) {
      body.addAll(handled);
    } else {
      body.add(new Op.When(hasNextBlock(first), handled));
    }
    return List.of(
        new Op.Do(declare(whole.name(), blocks)),
        new Op.Loop(block.name(), Expr.Literal.of(0), whole, body),
        new Op.Loop(
            elements.index(),
            after(elements.begin(), whole),
            elements.end(),
            statements(elements.body())));
  }

  private static Expr elementsBefore(Expr begin, Expr end) {
    return isZero(begin) ? end : binary(BinaryOperator.SUBTRACT, end, begin);
  }

  /// The first element of a block.
  private static Expr after(Expr begin, Expr block) {
    Expr distance = binary(BinaryOperator.MULTIPLY, block, Expr.Literal.of(BLOCK));
    return isZero(begin) ? distance : binary(BinaryOperator.ADD, begin, distance);
  }

  /// Always true, and what tells the compiler that indices in the block do not wrap, without which
  /// it does not see that neighbours are next to each other.
  private static Expr hasNextBlock(Expr.Name first) {
    Expr isPositive =
        new Expr.Binary(SnippetType.BOOL, BinaryOperator.GREATER_EQUAL, first, Expr.Literal.of(0));
    Expr isBelow =
        new Expr.Binary(
            SnippetType.BOOL,
            BinaryOperator.LESS_EQUAL,
            first,
            Expr.Literal.of(Integer.MAX_VALUE - BLOCK));
    return new Expr.Binary(SnippetType.BOOL, BinaryOperator.AND, isPositive, isBelow);
  }

  private static boolean isZero(Expr begin) {
    return begin instanceof Expr.Literal literal && literal.bits() == 0;
  }

  private static Expr isNotZero(Expr.Name number) {
    return new Expr.Binary(SnippetType.BOOL, BinaryOperator.NOT_EQUAL, number, Expr.Literal.of(0));
  }

  /// `target = target operator value`.
  private static Stmt update(Expr.Name target, BinaryOperator operator, Expr value) {
    return new Stmt.Evaluate(
        new Expr.Assign(
            SnippetType.INT32, target, new Expr.Compound(operator, SnippetType.INT32), value));
  }

  private static List<Op> statements(List<Stmt> body) {
    return body.stream().map(statement -> (Op) new Op.Do(statement)).toList();
  }

  private static Expr binary(BinaryOperator operator, Expr left, Expr right) {
    return new Expr.Binary(SnippetType.INT32, operator, left, right);
  }

  private static Stmt declare(String name, Expr value) {
    return new Stmt.Declare(SnippetType.INT32, name, Optional.of(value));
  }

  private Expr.Name local(String wanted) {
    String name = wanted;
    for (int k = 2; !names.add(name); k++) {
      name = wanted + k;
    }
    return new Expr.Name(SnippetType.INT32, name);
  }
}
