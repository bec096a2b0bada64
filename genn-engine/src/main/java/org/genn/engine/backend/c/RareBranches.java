package org.genn.engine.backend.c;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.genn.engine.backend.Purity;
import org.genn.engine.backend.Routine;
import org.genn.engine.backend.RoutineNames;
import org.genn.engine.kernel.Build;
import org.genn.engine.kernel.Op;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
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
    var always = RoutineNames.of(Build.run(body.subList(0, from)));
    boolean isAlone =
        always.changed().isEmpty()
            && RoutineNames.of(Build.run(body.subList(from, body.size()))).free().stream()
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
    test.add(declare(Build.integer(elements.index()), Build.add(first, place)));
    test.addAll(elements.body().subList(0, elements.body().size() - 1));
    Expr bit =
        Build.binary(
            BinaryOperator.SHIFT_LEFT, Build.convert(NumericType.INT32, branch.condition()), place);
    test.add(new Stmt.Evaluate(Build.update(rare, BinaryOperator.BIT_OR, bit)));
    Expr.Call lowest =
        new Expr.Call(SnippetType.INT32, LOWEST_BIT, INTEGER_TO_INTEGER, List.of(rare));
    var chosen = new ArrayList<Stmt>();
    chosen.add(declare(Build.integer(elements.index()), Build.add(first, lowest)));
    chosen.addAll(elements.body().subList(from, elements.body().size() - 1));
    chosen.add(branch.whenTrue());
    Expr others = Build.subtract(rare, Build.integer(1));
    chosen.add(new Stmt.Evaluate(Build.update(rare, BinaryOperator.BIT_AND, others)));
    Expr blocks =
        Build.binary(
            BinaryOperator.SHIFT_RIGHT,
            elementsBefore(elements.begin(), elements.end()),
            Build.integer(Integer.numberOfTrailingZeros(BLOCK)));
    List<Op> handled =
        List.of(
            new Op.Loop(place.name(), Build.integer(0), Build.integer(BLOCK), Build.run(test)),
            Build.run(
                new Stmt.While(
                    Build.binary(BinaryOperator.NOT_EQUAL, rare, Build.integer(0)),
                    new Stmt.Block(chosen))));
    var body = new ArrayList<Op>();
    body.add(Build.run(declare(first, after(elements.begin(), block))));
    body.add(Build.run(declare(rare, Build.integer(0))));
    if (isZero(elements.begin())) {
      body.addAll(handled);
    } else {
      body.add(new Op.When(hasNextBlock(first), handled));
    }
    return List.of(
        Build.run(declare(whole, blocks)),
        new Op.Loop(block.name(), Build.integer(0), whole, body),
        new Op.Loop(
            elements.index(),
            after(elements.begin(), whole),
            elements.end(),
            Build.run(elements.body())));
  }

  private static Expr elementsBefore(Expr begin, Expr end) {
    return isZero(begin) ? end : Build.subtract(end, begin);
  }

  /// The first element of a block.
  private static Expr after(Expr begin, Expr block) {
    Expr distance = Build.multiply(block, Build.integer(BLOCK));
    return isZero(begin) ? distance : Build.add(begin, distance);
  }

  /// Always true, and what tells the compiler that indices in the block do not wrap, without which
  /// it does not see that neighbours are next to each other.
  private static Expr hasNextBlock(Expr.Name first) {
    return Build.and(
        Build.binary(BinaryOperator.GREATER_EQUAL, first, Build.integer(0)),
        Build.binary(BinaryOperator.LESS_EQUAL, first, Build.integer(Integer.MAX_VALUE - BLOCK)));
  }

  private static boolean isZero(Expr begin) {
    return begin.equals(Build.integer(0));
  }

  private static Stmt declare(Expr.Name name, Expr value) {
    return Build.declare(name.type(), name.name(), value);
  }

  private Expr.Name local(String wanted) {
    String name = wanted;
    for (int k = 2; !names.add(name); k++) {
      name = wanted + k;
    }
    return Build.integer(name);
  }
}
