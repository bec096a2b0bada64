package org.genn.engine.backend.form;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.genn.engine.backend.RoutineNames;
import org.genn.engine.kernel.Function;
import org.genn.engine.kernel.Limit;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Rewriter;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/*
 *   for (j …) integrate(j);   for (j …) if (fires(j)) …      becomes      for (j …) { integrate(j); if (fires(j)) … }
 *
 * Two loops pay where the first one is vectorised and the second is not; where neither is, or where the test is
 * vectorised too, they load and store everything twice. The results are the same when the first loop touches nothing but
 * element j of its rows: no iteration of it then sees what the second loop does for an earlier element.
 */

/// Makes one loop of two that follow each other over the same elements.
public final class LoopFusion {
  private static final Set<String> WITH_EFFECTS = Set.of("printf", "assert", Limit.FUNCTION);

  private final Predicate<Op.Elements> wanted;

  private LoopFusion(Predicate<Op.Elements> wanted) {
    this.wanted = wanted;
  }

  /// @param wanted whether the first one of two loops should take in the second
  public static Program of(Program program, Predicate<Op.Elements> wanted) {
    var fusion = new LoopFusion(wanted);
    return new Program(
        program.name(),
        program.arrays(),
        program.functions().stream()
            .map(f -> new Function(f.name(), f.comment(), f.parameters(), fusion.ops(f.body())))
            .toList(),
        program.kernels());
  }

  /// Whether values decide about what a loop does, so that compilers of Java do not vectorise it.
  public static boolean branches(Op.Elements elements) {
    return elements.body().stream().anyMatch(LoopFusion::branches);
  }

  private static boolean branches(Stmt statement) {
    return switch (statement) {
      case Stmt.Declare(_, _, var initial) -> initial.filter(LoopFusion::branches).isPresent();
      case Stmt.Evaluate(var expression) -> branches(expression);
      case Stmt.Block(var statements) -> statements.stream().anyMatch(LoopFusion::branches);
      case Stmt.If _,
          Stmt.While _,
          Stmt.DoWhile _,
          Stmt.For _,
          Stmt.Switch _,
          Stmt.Break _,
          Stmt.Continue _,
          Stmt.ForEachSynapse _ ->
          true;
    };
  }

  private static boolean branches(Expr expression) {
    boolean[] branches = {false};
    Rewriter.map(
        expression,
        node -> {
          branches[0] |=
              node instanceof Expr.Conditional
                  || (node instanceof Expr.Binary(_, var operator, _, _) && operator.isLogical());
          return node;
        });
    return branches[0];
  }

  private List<Op> ops(List<Op> ops) {
    var fused = new ArrayList<Op>();
    for (Op op : ops) {
      int first = lastLoop(fused);
      if (op instanceof Op.Elements second
          && first >= 0
          && fused.get(first) instanceof Op.Elements before
          && wanted.test(before)
          && fits(before, second)) {
        fused.remove(first);
        fused.add(join(before, second));
      } else {
        fused.add(op);
      }
    }
    return fused;
  }

  /// The last operation but for rows that were hoisted after it, or -1.
  private static int lastLoop(List<Op> ops) {
    int last = ops.size() - 1;
    while (last >= 0 && ops.get(last) instanceof Op.Hoist) {
      last--;
    }
    return last;
  }

  private static boolean fits(Op.Elements first, Op.Elements second) {
    var names = RoutineNames.of(List.of(first));
    var other = RoutineNames.of(List.of(second));
    return first.begin().equals(second.begin())
        && first.end().equals(second.end())
        && isPlain(first, names)
        && isPlain(second, other)
        && rows(first.body(), first.index(), false).isEmpty()
        && rows(second.body(), second.index(), false).stream()
            .noneMatch(rows(first.body(), first.index(), true)::contains);
  }

  /// Whether it changes nothing but elements of rows, and always the same way in whatever order.
  private static boolean isPlain(Op.Elements elements, RoutineNames names) {
    boolean[] isPlain = {names.changed().isEmpty() && names.pointers().isEmpty()};
    Rewriter.map(
        elements.body(),
        node -> {
          if (node instanceof Expr.Call(_, var function, _, _)) {
            isPlain[0] &= !WITH_EFFECTS.contains(function);
          }
          return node;
        });
    return isPlain[0];
  }

  /// Rows that are used at the bare index, or those that are used in any other way.
  private static Set<String> rows(List<Stmt> body, String index, boolean atIndex) {
    var rows = new HashSet<String>();
    var others = new HashSet<String>();
    int[] subscripts = {0};
    int[] mentions = {0};
    Rewriter.map(
        body,
        node -> {
          switch (node) {
            case Expr.Subscript(_, Expr.Name(_, var row), Expr.Name(_, var at))
                when at.equals(index) -> {
              rows.add(row);
              subscripts[0]++;
            }
            case Expr.Subscript(_, Expr.Name(_, var row), _) -> {
              others.add(row);
              subscripts[0]++;
            }
            case Expr.Name(SnippetType.Pointer _, _) -> mentions[0]++;
            default -> {}
          }
          return node;
        });
    if (mentions[0] != subscripts[0]) {
      // a row is passed on as a whole
      others.add("?");
      others.addAll(rows);
    }
    return atIndex ? rows : others;
  }

  private static Op.Elements join(Op.Elements first, Op.Elements second) {
    Set<String> taken = RoutineNames.all(List.of(first));
    var names = RoutineNames.of(List.of(second));
    List<Stmt> body =
        Rewriter.rename(
            second.body(),
            name ->
                name.equals(second.index())
                    ? first.index()
                    : names.declares(name) ? unlike(name, taken) : name);
    var all = new ArrayList<>(first.body());
    all.addAll(body);
    return new Op.Elements(
        label(first.label(), second.label()), first.index(), first.begin(), first.end(), all);
  }

  private static String unlike(String name, Set<String> taken) {
    String other = name;
    while (taken.contains(other)) {
      other += "_";
    }
    return other;
  }

  /// `cells_integrate` and `cells_fire` are `cells_integrate_fire`.
  private static String label(String first, String second) {
    int common = 0;
    while (common < Math.min(first.length(), second.length())
        && first.charAt(common) == second.charAt(common)) {
      common++;
    }
    return first + "_" + second.substring(second.lastIndexOf('_', common) + 1);
  }
}
