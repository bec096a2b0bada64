package org.genn.engine.backend.c;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.backend.Purity;
import org.genn.engine.backend.RoutineNames;
import org.genn.engine.kernel.Function;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Rewriter;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/*
 * The rows of the sources that spike lie anywhere in memory. While one of them is handled, the next one is on its way:
 *
 *   for (entry …) { source = ids[entry]; row = rows[source]; …            becomes
 *   for (entry …) { if (entry + 1 < end) fetch(rows[ids[entry + 1]], from, to); source = ids[entry]; …
 *
 * Only what will be used is fetched (the range of the loop over the row's elements), as there are not many requests
 * that a core can have under way. The processor finds the rest of a long row by itself. Fetching changes nothing, so a
 * wrong guess does no harm.
 */

/// Fetches the row of the next source of a list into the cache.
final class FetchAhead {
  /// What a fetch is called in the IR; its arguments are a row, the first of the elements that are
  /// needed, and the end of these.
  static final String FETCH = "fetch_row";

  private static final SnippetType.Function TYPE =
      new SnippetType.Function(SnippetType.NOTHING, List.of(), false);

  private final Set<String> names;

  private FetchAhead(Set<String> names) {
    this.names = names;
  }

  static Program of(Program program) {
    return new Program(
        program.name(),
        program.arrays(),
        program.functions().stream().map(FetchAhead::of).toList(),
        program.kernels());
  }

  private static Function of(Function function) {
    Set<String> names = new HashSet<>(RoutineNames.all(function.body()));
    function.parameters().forEach(parameter -> names.add(parameter.name()));
    return new Function(
        function.name(),
        function.comment(),
        function.parameters(),
        new FetchAhead(names).ops(function.body()));
  }

  private List<Op> ops(List<Op> ops) {
    return ops.stream()
        .map(
            op ->
                switch (op) {
                  case Op.Loop loop -> loop(loop);
                  case Op.When(var condition, var body) -> new Op.When(condition, ops(body));
                  case Op.Hoist _, Op.Do _, Op.Elements _, Op.Reduce _, Op.Reserve _, Op.Invoke _ ->
                      op;
                })
        .toList();
  }

  private Op loop(Op.Loop loop) {
    List<Op> body = loop.body();
    int size = 0;
    while (size < body.size() && isHead(body.get(size))) {
      size++;
    }
    List<Op> head = body.subList(0, size);
    boolean isOfSpikes =
        size > 0
            && size < body.size()
            && body.get(size) instanceof Op.Elements elements
            && Purity.isPure(elements.begin())
            && Purity.isPure(elements.end())
            && Purity.isPure(loop.end())
            && source(head.getFirst(), loop.index()).isPresent();
    if (!isOfSpikes) {
      return new Op.Loop(loop.index(), loop.begin(), loop.end(), ops(body));
    }
    Expr.Name source = source(head.getFirst(), loop.index()).orElseThrow();
    List<Op> fetching = fetching(head, source, (Op.Elements) body.get(size), loop.index());
    if (fetching.isEmpty()) {
      return loop;
    }
    Expr isThere =
        new Expr.Binary(SnippetType.BOOL, BinaryOperator.LESS, next(loop.index()), loop.end());
    var ops = new ArrayList<Op>();
    ops.add(new Op.When(isThere, fetching));
    ops.addAll(body);
    return new Op.Loop(loop.index(), loop.begin(), loop.end(), ops);
  }

  private static boolean isHead(Op op) {
    return switch (op) {
      case Op.Hoist(_, _, var index) -> Purity.isPure(index);
      case Op.Do(Stmt.Declare(SnippetType.Number _, _, var initial)) ->
          initial.map(Purity::isPure).orElse(true);
      default -> false;
    };
  }

  /// The source that is declared as `ids[entry]`.
  private static Optional<Expr.Name> source(Op op, String entry) {
    return op instanceof Op.Do(Stmt.Declare(var type, var name, var initial))
            && initial.isPresent()
            && initial.get() instanceof Expr.Subscript(_, Expr.Name _, Expr.Name(_, var at))
            && at.equals(entry)
        ? Optional.of(new Expr.Name(type, name))
        : Optional.empty();
  }

  private static Expr next(String entry) {
    return new Expr.Binary(
        SnippetType.INT32,
        BinaryOperator.ADD,
        new Expr.Name(SnippetType.INT32, entry),
        Expr.Literal.of(1));
  }

  /// What of the head the rows of the next source need, under other names, and a fetch of each.
  private List<Op> fetching(List<Op> head, Expr.Name source, Op.Elements elements, String entry) {
    Set<String> needed = new HashSet<>(namesOf(elements.begin()));
    needed.addAll(namesOf(elements.end()));
    needed.add(source.name());
    for (Op op : head.reversed()) {
      if (needed.contains(declared(op))) {
        needed.addAll(namesOf(value(op)));
      }
    }
    Map<String, String> renamed = new HashMap<>();
    var ops = new ArrayList<Op>();
    var fetches = new ArrayList<Op>();
    for (Op op : head) {
      boolean isRow =
          op instanceof Op.Hoist(_, var rows, var index) && rows.isRagged() && index.equals(source);
      if (isRow || needed.contains(declared(op))) {
        ops.add(copy(op, renamed, entry));
      }
      if (isRow && op instanceof Op.Hoist(var row, var rows, _)) {
        var type = new SnippetType.Pointer(SnippetType.of(rows.type()), false);
        fetches.add(
            fetch(
                new Expr.Name(type, renamed.get(row)),
                in(elements.begin(), renamed, entry),
                in(elements.end(), renamed, entry)));
      }
    }
    if (fetches.isEmpty()) {
      return List.of();
    }
    ops.addAll(fetches);
    return ops;
  }

  private Op copy(Op op, Map<String, String> renamed, String entry) {
    Expr value = in(value(op), renamed, entry);
    String name = fresh(declared(op));
    renamed.put(declared(op), name);
    return switch (op) {
      case Op.Hoist(_, var rows, _) -> new Op.Hoist(name, rows, value);
      case Op.Do(Stmt.Declare(var type, _, _)) ->
          new Op.Do(new Stmt.Declare(type, name, Optional.of(value)));
      default -> throw new IllegalStateException("not part of a head: " + op);
    };
  }

  private static String declared(Op op) {
    return switch (op) {
      case Op.Hoist(var row, _, _) -> row;
      case Op.Do(Stmt.Declare(_, var name, _)) -> name;
      default -> throw new IllegalStateException("not part of a head: " + op);
    };
  }

  private static Expr value(Op op) {
    return switch (op) {
      case Op.Hoist(_, _, var index) -> index;
      case Op.Do(Stmt.Declare(_, _, var initial)) -> initial.orElse(Expr.Literal.of(0));
      default -> throw new IllegalStateException("not part of a head: " + op);
    };
  }

  private static Set<String> namesOf(Expr expression) {
    return RoutineNames.all(List.of(new Op.Do(new Stmt.Evaluate(expression))));
  }

  private static Op fetch(Expr row, Expr from, Expr to) {
    return new Op.Do(
        new Stmt.Evaluate(new Expr.Call(SnippetType.NOTHING, FETCH, TYPE, List.of(row, from, to))));
  }

  private static Expr in(Expr expression, Map<String, String> renamed, String entry) {
    return Rewriter.map(
        expression,
        node ->
            node instanceof Expr.Name(var type, var name)
                ? name.equals(entry)
                    ? next(entry)
                    : new Expr.Name(type, renamed.getOrDefault(name, name))
                : node);
  }

  private String fresh(String wanted) {
    String name = wanted + "_next";
    for (int number = 2; !names.add(name); number++) {
      name = wanted + "_next" + number;
    }
    return name;
  }
}
