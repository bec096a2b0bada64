package org.genn.engine.backend.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.genn.engine.backend.RoutineNames;
import org.genn.engine.kernel.Build;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Rewriter;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;
import org.genn.engine.snippet.Walker;

/*
 * A loop over a spike list adds one row of weights after the other to the same target row, and each
 * pass loads and stores the whole target row. Handling four entries in one pass,
 *
 *   x = t[j]; x += w0[j]; x += w1[j]; x += w2[j]; x += w3[j]; t[j] = x;
 *
 * saves three of four loads and stores of `t`, and adds in the same order, so the bits are the same. That holds for any
 * straight-line body whose rows are indexed by the bare loop index: element j of one entry sees nothing but element j of
 * the entries before. Rows that belong to the entries and are written must be different ones, which is tested
 * where the loop runs.
 */

/// Handles the entries of spike lists several at a time.
final class RowBlocks {
  private static final int LARGEST_BODY = 60;
  private static final Rows UNKNOWN = new Rows("?", NumericType.INT8, 0, 0);

  private final Set<String> names;
  private final List<Integer> sizes;
  private final Map<String, Rows> hoisted = new HashMap<>();

  private RowBlocks(Set<String> names, List<Integer> sizes) {
    this.names = names;
    this.sizes = sizes;
  }

  private void noteHoists(List<Op> ops) {
    for (Op op : ops) {
      switch (op) {
        case Op.Hoist(var row, var rows, _) ->
            hoisted.merge(row, rows, (a, b) -> a.equals(b) ? a : UNKNOWN);
        case Op.Loop loop -> noteHoists(loop.body());
        case Op.When when -> noteHoists(when.body());
        case Op.Do _, Op.Elements _, Op.Reduce _, Op.Reserve _, Op.Invoke _ -> {}
      }
    }
  }

  /// Whether what the entries' heads read is left alone by the bodies of the entries before.
  private boolean areIndependent(Pattern pattern) {
    Set<Rows> written = new HashSet<>();
    for (String row : pattern.body.written()) {
      written.add(hoisted.getOrDefault(row, UNKNOWN));
    }
    Set<Rows> read = new HashSet<>();
    var own = new ArrayList<Rows>();
    for (Op op : pattern.head) {
      Expr value =
          switch (op) {
            case Op.Hoist(_, var rows, var index) -> {
              own.add(rows);
              yield index;
            }
            case Op.Do(Stmt.Declare(_, _, var initial)) -> initial.orElse(Build.integer(0));
            default -> throw new IllegalStateException("not part of the pattern: " + op);
          };
      Walker.walk(
          value,
          node -> {
            if (node instanceof Expr.Name(SnippetType.Pointer _, var row)) {
              read.add(hoisted.getOrDefault(row, UNKNOWN));
            }
          });
    }
    boolean ownRowsDiffer =
        own.stream()
            .noneMatch(
                rows -> written.contains(rows) && own.indexOf(rows) != own.lastIndexOf(rows));
    return ownRowsDiffer
        && !written.contains(UNKNOWN)
        && (written.isEmpty() || !read.contains(UNKNOWN))
        && read.stream().noneMatch(written::contains);
  }

  /// Rewrites all loops of a routine that have the form for it.
  ///
  /// @param sizes how many entries are handled at a time, descending: as often as there are so many
  ///   of the first size, which must be a power of two, since what divides by it is a shift; then
  ///   at most once of each other; what remains is handled one by one
  static List<Op> rewrite(List<Op> ops, Set<String> parameters, List<Integer> sizes) {
    var names = new HashSet<>(RoutineNames.all(ops));
    names.addAll(parameters);
    var blocks = new RowBlocks(names, sizes);
    blocks.noteHoists(ops);
    return blocks.ops(ops);
  }

  private List<Op> ops(List<Op> ops) {
    var rewritten = new ArrayList<Op>();
    for (Op op : ops) {
      switch (op) {
        case Op.Loop loop ->
            rewritten.addAll(
                Pattern.of(loop).map(this::blocks).orElseGet(() -> List.of(inside(loop))));
        case Op.When(var condition, var body) -> rewritten.add(new Op.When(condition, ops(body)));
        default -> rewritten.add(op);
      }
    }
    return rewritten;
  }

  private Op inside(Op.Loop loop) {
    return new Op.Loop(loop.index(), loop.begin(), loop.end(), ops(loop.body()));
  }

  /// A loop of the form: scalars and rows of the entry, then one loop over elements.
  ///
  /// @param perEntry names that belong to the entry: scalars and rows
  private record Pattern(
      Op.Loop loop, List<Op> head, Op.Elements elements, Set<String> perEntry, Body body) {

    static Optional<Pattern> of(Op.Loop loop) {
      int last = loop.body().size() - 1;
      if (last < 1 || !(loop.body().getLast() instanceof Op.Elements elements)) {
        return Optional.empty();
      }
      List<Op> head = loop.body().subList(0, last);
      var perEntry = new HashSet<>(Set.of(loop.index()));
      for (Op op : head) {
        switch (op) {
          case Op.Hoist(var row, _, var index) when Body.isSimple(index) -> perEntry.add(row);
          case Op.Do(Stmt.Declare(SnippetType.Number _, var name, var initial))
              when initial.map(Body::isSimple).orElse(true) ->
              perEntry.add(name);
          default -> {
            return Optional.empty();
          }
        }
      }
      boolean isBounded =
          Body.isSimple(loop.begin())
              && Body.isSimple(loop.end())
              && Body.isSimple(elements.begin())
              && Body.isSimple(elements.end());
      boolean rangeVaries =
          Stream.of(elements.begin(), elements.end())
              .map(bound -> RoutineNames.of(List.of(new Op.Do(new Stmt.Evaluate(bound)))))
              .flatMap(names -> names.free().stream())
              .anyMatch(name -> perEntry.contains(name.name()));
      return isBounded && !rangeVaries
          ? Body.of(elements).map(body -> new Pattern(loop, head, elements, perEntry, body))
          : Optional.empty();
    }

    /// Whether the loop over elements uses the entry's index itself.
    boolean elementsUseIndex() {
      return RoutineNames.of(List.of(elements)).free().stream()
          .anyMatch(name -> name.name().equals(loop.index()));
    }

    /// Indices of the rows of the entry that are written.
    List<Expr> writtenRows() {
      var indices = new ArrayList<Expr>();
      for (Op op : head) {
        if (op instanceof Op.Hoist(var row, _, var index) && body.written().contains(row)) {
          indices.add(index);
        }
      }
      return indices;
    }
  }

  private List<Op> blocks(Pattern pattern) {
    Op.Loop loop = pattern.loop;
    if (Weight.of(pattern.elements) > LARGEST_BODY || !areIndependent(pattern)) {
      return List.of(inside(loop));
    }
    Expr.Name next = local("next");
    Expr.Name end = local("last");
    var ops = new ArrayList<Op>();
    ops.add(declare(next, loop.begin()));
    ops.add(declare(end, loop.end()));
    int largest = sizes.getFirst();
    Expr.Name blocks = local("blocks");
    ops.add(declare(blocks, wholeBlocks(next, end, largest)));
    Expr.Name block = local("block");
    Expr start = Build.add(next, Build.multiply(block, Build.integer(largest)));
    ops.add(new Op.Loop(block.name(), Build.integer(0), blocks, entries(pattern, largest, start)));
    ops.add(advance(next, Build.multiply(blocks, Build.integer(largest))));
    for (int size : sizes.subList(1, sizes.size())) {
      var once = new ArrayList<>(entries(pattern, size, next));
      once.add(advance(next, Build.integer(size)));
      Expr rest = Build.subtract(end, next);
      ops.add(
          new Op.When(Build.binary(BinaryOperator.GREATER_EQUAL, rest, Build.integer(size)), once));
    }
    ops.add(new Op.Loop(loop.index(), next, end, loop.body()));
    return ops;
  }

  private static Expr wholeBlocks(Expr.Name begin, Expr.Name end, int size) {
    return Build.larger(
        NumericType.INT32,
        Build.binary(
            BinaryOperator.SHIFT_RIGHT,
            Build.subtract(end, begin),
            Build.integer(Integer.numberOfTrailingZeros(size))),
        Build.integer(0));
  }

  /// The entries from `first` on in one pass.
  private List<Op> entries(Pattern pattern, int size, Expr first) {
    var ops = new ArrayList<Op>();
    Expr.Name start = local(pattern.loop.index());
    ops.add(declare(start, first));
    var copies = new ArrayList<Map<String, String>>();
    for (int k = 0; k < size; k++) {
      Expr entry = Build.add(start, Build.integer(k));
      copies.add(renamed(pattern.perEntry));
      if (pattern.elementsUseIndex()) {
        String index = copies.getLast().get(pattern.loop.index());
        ops.add(declare(Build.integer(index), entry));
      }
      ops.addAll(head(pattern, copies.getLast(), entry));
    }
    Op fast = pattern.body.unrolled(copies, this::fresh);
    List<Expr> written = pattern.writtenRows();
    if (written.isEmpty()) {
      ops.add(fast);
      return ops;
    }
    Expr.Name distinct = new Expr.Name(SnippetType.BOOL, fresh("distinct"));
    ops.add(declare(distinct, distinct(written, copies, pattern.loop.index(), start)));
    ops.add(new Op.When(distinct, List.of(fast)));
    ops.add(
        new Op.When(
            Build.not(distinct),
            List.of(
                new Op.Loop(
                    pattern.loop.index(),
                    start,
                    Build.add(start, Build.integer(size)),
                    pattern.loop.body()))));
    return ops;
  }

  private List<Op> head(Pattern pattern, Map<String, String> copy, Expr entry) {
    return pattern.head.stream()
        .map(
            op ->
                switch (op) {
                  case Op.Hoist(var row, var rows, var index) ->
                      (Op)
                          new Op.Hoist(
                              copy.get(row), rows, in(index, copy, pattern.loop.index(), entry));
                  case Op.Do(Stmt.Declare(var type, var name, var initial)) ->
                      new Op.Do(
                          new Stmt.Declare(
                              type,
                              copy.get(name),
                              initial.map(value -> in(value, copy, pattern.loop.index(), entry))));
                  default -> throw new IllegalStateException("not part of the pattern: " + op);
                })
        .toList();
  }

  private static Expr in(Expr expression, Map<String, String> copy, String index, Expr entry) {
    return Rewriter.map(
        expression,
        node ->
            node instanceof Expr.Name(var type, var name)
                ? name.equals(index) ? entry : new Expr.Name(type, copy.getOrDefault(name, name))
                : node);
  }

  /// Whether the rows that are written are different ones. Spike lists are mostly in the order of
  /// their neurons, which takes few comparisons to see, and no branches.
  private static Expr distinct(
      List<Expr> indices, List<Map<String, String>> copies, String index, Expr start) {
    Expr ascending = null;
    Expr different = null;
    for (Expr row : indices) {
      var places = new ArrayList<Expr>();
      for (int k = 0; k < copies.size(); k++) {
        places.add(in(row, copies.get(k), index, Build.add(start, Build.integer(k))));
      }
      for (int a = 0; a < places.size(); a++) {
        for (int b = a + 1; b < places.size(); b++) {
          Expr differs = Build.binary(BinaryOperator.NOT_EQUAL, places.get(a), places.get(b));
          different = and(BinaryOperator.AND, different, differs);
          if (b == a + 1) {
            Expr grows = Build.binary(BinaryOperator.LESS, places.get(a), places.get(b));
            ascending =
                and(BinaryOperator.BIT_AND, ascending, Build.convert(NumericType.INT32, grows));
          }
        }
      }
    }
    Expr isAscending = Build.binary(BinaryOperator.NOT_EQUAL, ascending, Build.integer(0));
    return Build.binary(BinaryOperator.OR, isAscending, different);
  }

  /// Both conditions, of which the first may be missing.
  private static Expr and(BinaryOperator operator, Expr before, Expr next) {
    return before == null ? next : Build.binary(operator, before, next);
  }

  private static Op advance(Expr.Name place, Expr distance) {
    return Build.run(Build.accumulate(place, distance));
  }

  private Map<String, String> renamed(Set<String> perEntry) {
    var copy = new HashMap<String, String>();
    perEntry.forEach(name -> copy.put(name, fresh(name)));
    return copy;
  }

  private Expr.Name local(String wanted) {
    return Build.integer(fresh(wanted));
  }

  private static Op declare(Expr.Name name, Expr value) {
    return Build.run(Build.declare(name.type(), name.name(), value));
  }

  private String fresh(String wanted) {
    String name = wanted;
    for (int number = 1; !names.add(name); number++) {
      name = wanted + "_" + number;
    }
    return name;
  }
}
