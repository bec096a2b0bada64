package org.genn.engine.backend.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.genn.engine.kernel.Function;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Walker;

/*
 * Functions of groups with the same code differ in the arrays that they work on and in numbers: sizes, parameters,
 * streams of random numbers. A merged function has the numbers that differ as parameters, and takes the rows of arrays
 * whose numbers are parameters too:
 *
 *   float[] V = all[V_array][example];        in place of        float[] V = pop0_V[example];
 *
 * The loops over elements have been methods with rows and counts as parameters all along, so they run as before. What
 * that costs is some nanoseconds per call; what it saves is the compiler's time, which grows with the number of different
 * codes instead of the number of groups. Results have the same bits: a number is the same in a register as in
 * the code. Divisors of integers and counts of shifts stay in the code, where they make faster instructions.
 */

/// Makes one function of those that differ in arrays and numbers only.
public final class Merging {
  /// Functions that a program has at least: smaller ones are compiled soon enough as they are.
  static final int FEWEST_FUNCTIONS = 64;

  /// Functions that are worth merging.
  private static final int FEWEST_MEMBERS = 2;

  private static final int MOST_PARAMETERS = 80;

  private final Map<String, Function> functions = new LinkedHashMap<>();
  private final Map<String, Call> calls = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /// What the call of a function becomes.
  private record Call(String function, List<Expr> arguments) {}

  /// A function and what it may have other values for than those of the same shape.
  private record Member(Function function, Shape shape) {}

  private Merging(Program program) {
    program.functions().forEach(function -> functions.put(function.name(), function));
    for (Rows rows : program.arrays()) {
      numbers.put(rows.name(), numbers.size());
    }
  }

  /// The program, with fewer functions where that pays.
  public static Program of(Program program) {
    return of(program, FEWEST_FUNCTIONS);
  }

  static Program of(Program program, int fewestFunctions) {
    if (program.functions().size() < fewestFunctions) {
      return program;
    }
    return new Merging(program).merged(program);
  }

  private Program merged(Program program) {
    Set<String> inExpressions = calledInExpressions(program);
    var shapes = new LinkedHashMap<String, List<Member>>();
    for (Function function : program.functions()) {
      if (!inExpressions.contains(function.name())) {
        Shape shape = Shape.of(function);
        shapes
            .computeIfAbsent(shape.key(), _ -> new ArrayList<>())
            .add(new Member(function, shape));
      }
    }
    shapes.values().forEach(this::merge);
    if (calls.isEmpty()) {
      return program;
    }
    var kept = new ArrayList<Function>();
    for (Function function : functions.values()) {
      kept.add(
          new Function(
              function.name(), function.comment(), function.parameters(), ops(function.body())));
    }
    var kernels = new ArrayList<Kernel>();
    for (Kernel kernel : program.kernels()) {
      kernels.add(
          new Kernel(
              kernel.name(),
              kernel.comment(),
              kernel.domain(),
              kernel.units(),
              ops(kernel.body())));
    }
    return new Program(program.name(), program.arrays(), kept, kernels);
  }

  private static Set<String> calledInExpressions(Program program) {
    var called = new HashSet<String>();
    for (Function function : program.functions()) {
      Shape.statements(
          function.body(),
          statement ->
              Walker.walk(
                  statement,
                  node -> {
                    if (node instanceof Expr.Call call) {
                      called.add(call.function());
                    }
                  },
                  _ -> {}));
    }
    return called;
  }

  /// Replaces the members by one function, if there are enough of them and they do not differ in
  /// too much.
  private void merge(List<Member> members) {
    if (members.size() < FEWEST_MEMBERS) {
      return;
    }
    Function first = members.getFirst().function;
    var names = new HashSet<String>(Shape.names(first));
    var parameters = new ArrayList<>(first.parameters());
    var arguments = new ArrayList<List<Expr>>();
    members.forEach(_ -> arguments.add(new ArrayList<>()));
    var known = new HashMap<List<Object>, Expr.Name>();
    Map<Rows, Rows> rows = new HashMap<>();
    int count = members.getFirst().shape.rows().size();
    for (int k = 0; k < count; k++) {
      int place = k;
      List<Object> each = members.stream().map(m -> (Object) m.shape.rows().get(place)).toList();
      if (each.stream().distinct().count() > 1) {
        Rows own = (Rows) each.getFirst();
        Expr.Name parameter = new Expr.Name(SnippetType.INT32, fresh(names, own.name() + "_array"));
        parameters.add(parameter);
        for (int m = 0; m < members.size(); m++) {
          arguments.get(m).add(Expr.Literal.of(numbers.get(((Rows) each.get(m)).name())));
        }
        rows.put(own, Rows.numbered(parameter.name(), own));
      }
    }
    var literals = new ArrayList<Expr>();
    count = members.getFirst().shape.literals().size();
    for (int k = 0; k < count; k++) {
      int place = k;
      List<Object> each =
          members.stream().map(m -> (Object) m.shape.literals().get(place)).toList();
      var own = (Expr.Literal) each.getFirst();
      if (each.stream().distinct().count() == 1) {
        literals.add(own);
        continue;
      }
      Expr.Name parameter = known.get(each);
      if (parameter == null) {
        parameter = new Expr.Name(own.type(), fresh(names, "given"));
        known.put(each, parameter);
        parameters.add(parameter);
        for (int m = 0; m < members.size(); m++) {
          arguments.get(m).add((Expr) each.get(m));
        }
      }
      literals.add(parameter);
    }
    if (parameters.size() > MOST_PARAMETERS) {
      return;
    }
    for (int m = 0; m < members.size(); m++) {
      String name = members.get(m).function.name();
      calls.put(name, new Call(first.name(), arguments.get(m)));
      functions.remove(name);
    }
    String comment = first.comment() + ", and of " + (members.size() - 1) + " more like it";
    functions.put(
        first.name(),
        new Function(
            first.name(),
            comment,
            parameters,
            new Replacement(rows, literals.iterator()).ops(first.body())));
  }

  private static String fresh(Set<String> names, String wanted) {
    String name = wanted;
    for (int number = 2; !names.add(name); number++) {
      name = wanted + "_" + number;
    }
    return name;
  }

  private List<Op> ops(List<Op> ops) {
    var changed = new ArrayList<Op>();
    for (Op op : ops) {
      changed.add(
          switch (op) {
            case Op.Loop(var index, var begin, var end, var body) ->
                new Op.Loop(index, begin, end, ops(body));
            case Op.When(var condition, var body) -> new Op.When(condition, ops(body));
            case Op.Invoke(var function, var given) when calls.containsKey(function) -> {
              Call call = calls.get(function);
              var all = new ArrayList<>(given);
              all.addAll(call.arguments);
              yield new Op.Invoke(call.function, all);
            }
            case Op.Invoke _, Op.Hoist _, Op.Do _, Op.Elements _, Op.Reduce _, Op.Reserve _ -> op;
          });
    }
    return changed;
  }
}
