package org.genn.engine.backend.form;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.backend.Routine;
import org.genn.engine.backend.RoutineNames;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Rewriter;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;
import org.genn.engine.snippet.Walker;

/// Splits long lists of statements, such as the code of a snippet of thousands of lines, and
/// statements with long expressions, for compilers that leave long methods alone.
///
/// A part is a run of statements, which becomes a routine with what it uses as parameters. Local
/// variables that parts share are elements of rows that the split routine makes for itself, one for
/// each type: `float x` becomes `sharedFloat[3]`.
public final class StatementParts {
  private static final int MOST_PARAMETERS = 120;

  /// A call takes room too, so that very little is not worth one.
  private static final int SMALLEST = 100;

  /// Stands for the element of a shared variable until all are known.
  private static final Expr UNKNOWN = Expr.Literal.of(0);

  private final int largest;
  private final Set<String> names;
  private final String prefix;
  private final String comment;
  private final Map<String, Integer> uses;
  private final Set<String> pointers;
  private final Set<String> variables;
  private final Map<NumericType, Integer> lengths = new EnumMap<>(NumericType.class);
  private final List<Routine> routines = new ArrayList<>();

  private StatementParts(Routine routine, int largest, Set<String> names) {
    this.largest = largest;
    this.names = names;
    prefix = routine.name() + "_part";
    comment = routine.comment().isBlank() ? routine.name() : routine.comment();
    uses = new HashMap<>();
    Shape.statements(routine.body(), statement -> count(statement, uses));
    pointers = RoutineNames.of(routine.body()).pointers();
    variables = RoutineNames.all(routine.body());
    routine.parameters().forEach(parameter -> variables.add(parameter.name()));
  }

  /// The routine, and after it its parts.
  ///
  /// @param longest size from which a routine is split
  /// @param largest size of a part
  /// @param names of routines that are taken; those of the parts are added
  public static List<Routine> split(Routine routine, int longest, int largest, Set<String> names) {
    if (Weight.of(routine.body()) <= longest) {
      return List.of(routine);
    }
    Set<String> taken = RoutineNames.all(routine.body());
    routine.parameters().forEach(parameter -> taken.add(parameter.name()));
    Routine cut = routine.body(LongExpressions.cut(routine.body(), largest, taken));
    var split = new StatementParts(cut, largest, names);
    List<Op> body = split.ops(cut.body());
    if (split.routines.isEmpty()) {
      return List.of(routine);
    }
    var all = new ArrayList<Routine>();
    all.add(cut.body(body).ownRows(split.rows()));
    all.addAll(split.routines);
    return all;
  }

  private List<Op> ops(List<Op> ops) {
    var result = new ArrayList<Op>();
    var statements = new ArrayList<Stmt>();
    for (Op op : ops) {
      if (op instanceof Op.Do(var statement)) {
        statements.add(statement);
      } else {
        list(statements).forEach(statement -> result.add(new Op.Do(statement)));
        statements.clear();
        result.add(inside(op));
      }
    }
    list(statements).forEach(statement -> result.add(new Op.Do(statement)));
    return result;
  }

  private Op inside(Op op) {
    return switch (op) {
      case Op.Loop(var index, var begin, var end, var body) ->
          new Op.Loop(index, begin, end, ops(body));
      case Op.When(var condition, var body) -> new Op.When(condition, ops(body));
      case Op.Elements(var label, var index, var begin, var end, var body) ->
          new Op.Elements(label, index, begin, end, list(body));
      case Op.Hoist _, Op.Do _, Op.Reduce _, Op.Reserve _, Op.Invoke _ -> op;
    };
  }

  private List<Stmt> list(List<Stmt> statements) {
    return Weight.ofAll(statements) <= largest
        ? List.copyOf(statements)
        : new Statements(statements).split();
  }

  private static void count(Stmt statement, Map<String, Integer> uses) {
    Walker.walk(
        statement,
        node -> {
          if (node instanceof Expr.Name name) {
            uses.merge(name.name(), 1, Integer::sum);
          }
        },
        _ -> {});
  }

  private static Map<String, Integer> uses(List<Stmt> statements) {
    var uses = new HashMap<String, Integer>();
    statements.forEach(statement -> count(statement, uses));
    return uses;
  }

  // ---- rows of shared variables

  private List<Rows> rows() {
    return lengths.entrySet().stream()
        .map(entry -> new Rows(rowName(entry.getKey()), entry.getKey(), 1, entry.getValue()))
        .toList();
  }

  private String rowName(NumericType type) {
    String name =
        "shared" + type.name().charAt(0) + type.name().substring(1).toLowerCase(Locale.ROOT);
    while (variables.contains(name)) {
      name += "_";
    }
    return name;
  }

  private Expr newElement(SnippetType type) {
    int place = lengths.merge(type.numeric(), 1, Integer::sum) - 1;
    var row = new Expr.Name(new SnippetType.Pointer(type, false), rowName(type.numeric()));
    return new Expr.Subscript(type, row, Expr.Literal.of(place));
  }

  // ---- lists

  /// A list of statements while it is split.
  private final class Statements {
    private final List<Stmt> given;

    /// Types of variables that are declared in the list and used nowhere else.
    private final Map<String, SnippetType> own = new HashMap<>();

    private final Map<String, Expr> shared = new LinkedHashMap<>();

    /// Runs that become parts, by name, in an order in which each calls only earlier ones. What
    /// calls them has no arguments yet, since all shared variables must be known for that.
    private final Map<String, List<Stmt>> runs = new LinkedHashMap<>();

    private final Map<String, Set<String>> freeNames = new HashMap<>();
    private final Map<String, List<Expr.Name>> parameters = new HashMap<>();

    Statements(List<Stmt> given) {
      this.given = List.copyOf(given);
      Map<String, Integer> here = uses(given);
      var unclear = new HashSet<String>();
      Walker.walk(
          given,
          _ -> {},
          part -> {
            if (part instanceof Stmt.Declare(var type, var name, _)) {
              SnippetType before = own.putIfAbsent(name, type);
              if (!(type instanceof SnippetType.Number)
                  || (before != null && !before.equals(type))
                  || !Objects.equals(here.get(name), uses.get(name))) {
                unclear.add(name);
              }
            }
          });
      own.keySet().removeAll(unclear);
    }

    List<Stmt> split() {
      List<Stmt> split = shrunk(given);
      shared.replaceAll((name, _) -> newElement(own.get(name)));
      runs.forEach(
          (name, run) -> {
            List<Stmt> body = finished(run);
            List<Expr.Name> free = RoutineNames.of(operations(body)).free();
            parameters.put(name, free);
            routines.add(
                new Routine(name, comment, free, Optional.empty(), operations(body), false));
          });
      return finished(split);
    }

    private static List<Op> operations(List<Stmt> statements) {
      return statements.stream().map(statement -> (Op) new Op.Do(statement)).toList();
    }

    private List<Stmt> shrunk(List<Stmt> statements) {
      List<Stmt> list = statements.stream().map(this::inside).toList();
      int before = Integer.MAX_VALUE;
      while (weight(list) > largest && weight(list) < before) {
        before = weight(list);
        list = withParts(list);
      }
      return list;
    }

    private Stmt inside(Stmt statement) {
      if (Weight.of(statement) <= largest) {
        return statement;
      }
      return switch (statement) {
        case Stmt.Block(var statements) -> new Stmt.Block(shrunk(statements));
        case Stmt.If(var condition, var whenTrue, var whenFalse) ->
            new Stmt.If(condition, inside(whenTrue), whenFalse.map(this::inside));
        case Stmt.While(var condition, var body) -> new Stmt.While(condition, inside(body));
        case Stmt.DoWhile(var body, var condition) -> new Stmt.DoWhile(inside(body), condition);
        case Stmt.For(var initial, var condition, var update, var body) ->
            new Stmt.For(initial, condition, update, inside(body));
        case Stmt.Switch(var selector, var cases) ->
            new Stmt.Switch(selector, cases.stream().map(this::inside).toList());
        case Stmt.Declare _,
            Stmt.Evaluate _,
            Stmt.Break _,
            Stmt.Continue _,
            Stmt.ForEachSynapse _ ->
            statement;
      };
    }

    private Stmt.Case inside(Stmt.Case part) {
      return new Stmt.Case(part.labels(), part.isDefault(), shrunk(part.statements()));
    }

    private int weight(List<Stmt> list) {
      return list.stream().mapToInt(this::weight).sum();
    }

    private int weight(Stmt statement) {
      int arguments = called(statement).map(part -> freeNames.get(part).size()).orElse(0);
      return Weight.of(statement) + arguments;
    }

    /// The part that a statement calls.
    private Optional<String> called(Stmt statement) {
      return statement instanceof Stmt.Evaluate(Expr.Call call) && runs.containsKey(call.function())
          ? Optional.of(call.function())
          : Optional.empty();
    }

    private List<Stmt> withParts(List<Stmt> list) {
      var result = new ArrayList<Stmt>();
      int begin = 0;
      while (begin < list.size()) {
        int end = runEnd(list, begin);
        if (weight(list.subList(begin, end)) < SMALLEST) {
          result.add(list.get(begin));
          begin++;
        } else {
          result.add(part(list.subList(begin, end)));
          begin = end;
        }
      }
      return result;
    }

    /// End of the longest part that begins here.
    private int runEnd(List<Stmt> list, int begin) {
      int best = begin;
      int weight = 0;
      for (int end = begin; end < list.size() && !leaves(list.get(end), true); ) {
        weight += weight(list.get(end));
        end++;
        if (weight > largest) {
          break;
        }
        if (isPart(list.subList(begin, end))) {
          best = end;
        }
      }
      return best;
    }

    private boolean isPart(List<Stmt> run) {
      var inside = RoutineNames.of(operations(run));
      Map<String, Integer> here = uses(run);
      return own.keySet().containsAll(inside.changed().stream().map(Expr.Name::name).toList())
          && own.keySet().containsAll(leaving(run, here))
          && free(run, inside).size() <= MOST_PARAMETERS
          && inside.free().stream().noneMatch(name -> pointers.contains(name.name()));
    }

    /// Variables that a run declares for what is outside of it.
    private List<String> leaving(List<Stmt> run, Map<String, Integer> here) {
      var leaving = new ArrayList<String>();
      for (Stmt statement : run) {
        if (statement instanceof Stmt.Declare(_, var name, _)
            && uses.getOrDefault(name, 0) > here.getOrDefault(name, 0)) {
          leaving.add(name);
        }
      }
      return leaving;
    }

    private Set<String> free(List<Stmt> run, RoutineNames inside) {
      var free = new HashSet<String>();
      inside.free().forEach(name -> free.add(name.name()));
      run.forEach(
          statement -> called(statement).ifPresent(part -> free.addAll(freeNames.get(part))));
      return free;
    }

    private Stmt part(List<Stmt> run) {
      var inside = RoutineNames.of(operations(run));
      inside.changed().forEach(name -> shared.put(name.name(), UNKNOWN));
      leaving(run, uses(run)).forEach(name -> shared.put(name, UNKNOWN));
      String name = prefix + (routines.size() + runs.size() + 1);
      while (!names.add(name)) {
        name += "_";
      }
      freeNames.put(name, free(run, inside));
      runs.put(name, List.copyOf(run));
      return new Stmt.Evaluate(call(name, List.of()));
    }

    private static Expr.Call call(String part, List<Expr.Name> parameters) {
      var types = parameters.stream().map(Expr.Name::type).toList();
      return new Expr.Call(
          SnippetType.NOTHING,
          part,
          new SnippetType.Function(SnippetType.NOTHING, types, false),
          List.copyOf(parameters));
    }

    /// With shared variables as elements, and with the arguments of parts.
    private List<Stmt> finished(List<Stmt> statements) {
      return Rewriter.map(
          statements,
          node ->
              switch (node) {
                case Expr.Name(_, var name) when shared.containsKey(name) -> shared.get(name);
                case Expr.Call call when parameters.containsKey(call.function()) ->
                    call(call.function(), parameters.get(call.function()));
                default -> node;
              },
          statement ->
              statement instanceof Stmt.Declare(var type, var name, var initial)
                      && shared.containsKey(name)
                  ? new Stmt.Evaluate(
                      new Expr.Assign(
                          type,
                          shared.get(name),
                          Expr.Compound.PLAIN,
                          initial.orElse(Expr.Literal.of(type.numeric(), 0))))
                  : statement);
    }
  }

  /// Whether control can go from it to somewhere else than to the next statement.
  private static boolean leaves(Stmt statement, boolean byBreak) {
    return switch (statement) {
      case Stmt.Break _ -> byBreak;
      case Stmt.Continue _, Stmt.ForEachSynapse _ -> true;
      case Stmt.Block(var statements) ->
          statements.stream().anyMatch(each -> leaves(each, byBreak));
      case Stmt.If(_, var whenTrue, var whenFalse) ->
          leaves(whenTrue, byBreak) || whenFalse.filter(each -> leaves(each, byBreak)).isPresent();
      case Stmt.Switch(_, var cases) ->
          cases.stream()
              .flatMap(part -> part.statements().stream())
              .anyMatch(each -> leaves(each, false));
      case Stmt.Declare _, Stmt.Evaluate _, Stmt.While _, Stmt.DoWhile _, Stmt.For _ -> false;
    };
  }
}
