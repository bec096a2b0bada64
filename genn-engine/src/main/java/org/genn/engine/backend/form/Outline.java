package org.genn.engine.backend.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.genn.engine.backend.Reductions;
import org.genn.engine.backend.Routine;
import org.genn.engine.backend.RoutineNames;
import org.genn.engine.kernel.Function;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// Turns a program into methods: each loop over elements and each reduction becomes a method of its
/// own, whose parameters are the rows and scalars that it uses.
///
/// C2 compiles a loop in a small method well and the same loop inside a big one badly (1.6-1.9 ns
/// against 0.35-0.6 ns per element, measured). A loop that changes a scalar outside of it
/// (appending to a list) returns its new value.
public final class Outline {
  private static final int LARGEST_INLINE_VALUE = 12;

  private final List<Routine> routines = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<Op.Elements, Op> outlined = new HashMap<>();
  private Set<String> pointers = Set.of();

  private final List<Integer> blocks;
  private final int mostParameters;
  private final boolean keepsNumbers;
  private final BiFunction<Routine, Set<String>, List<Routine>> split;

  private Outline(
      List<Integer> blocks,
      int mostParameters,
      boolean keepsNumbers,
      BiFunction<Routine, Set<String>, List<Routine>> split) {
    this.blocks = blocks;
    this.mostParameters = mostParameters;
    this.keepsNumbers = keepsNumbers;
    this.split = split;
  }

  /// @param blocks how many entries of a spike list one loop handles, the largest first
  /// @param mostParameters of a method, of which numbers of 64 bits count twice; a loop that would
  ///   have more stays where it is
  /// @param keepsNumbers whether a bound that is a number stays one, and is no argument: compilers
  ///   of C leave out what is for other numbers of elements
  /// @param split cuts a routine into several; gets the names that are taken and adds its own
  public static List<Routine> of(
      Program program,
      List<Integer> blocks,
      int mostParameters,
      boolean keepsNumbers,
      BiFunction<Routine, Set<String>, List<Routine>> split) {
    var outline = new Outline(blocks, mostParameters, keepsNumbers, split);
    program.functions().forEach(function -> outline.names.add(function.name()));
    program.kernels().forEach(kernel -> outline.names.add(kernel.name()));
    program.functions().forEach(outline::function);
    program.kernels().forEach(outline::kernel);
    return List.copyOf(outline.routines);
  }

  private void function(Function function) {
    routine(function.name(), function.comment(), function.parameters(), function.body(), false);
  }

  private void kernel(Kernel kernel) {
    var parameters =
        Kernel.PARAMETERS.stream().map(name -> new Expr.Name(SnippetType.INT32, name)).toList();
    routine(kernel.name(), kernel.comment(), parameters, kernel.body(), true);
  }

  private void routine(
      String name, String comment, List<Expr.Name> parameters, List<Op> body, boolean isKernel) {
    int place = routines.size();
    pointers = RoutineNames.of(body).pointers();
    var parameterNames = parameters.stream().map(Expr.Name::name).collect(Collectors.toSet());
    List<Op> outlined = ops(RowBlocks.rewrite(body, parameterNames, blocks));
    for (Routine part :
        split.apply(
            new Routine(name, comment, parameters, Optional.empty(), outlined, isKernel), names)) {
      routines.add(place++, part);
    }
  }

  private List<Op> ops(List<Op> ops) {
    return ops.stream().map(this::op).toList();
  }

  private Op op(Op op) {
    return switch (op) {
      case Op.Loop(var index, var begin, var end, var body) ->
          new Op.Loop(index, begin, end, ops(body));
      case Op.When(var condition, var body) -> new Op.When(condition, ops(body));
      case Op.Elements elements -> elements(elements);
      case Op.Reduce reduce -> reduce(reduce);
      case Op.Hoist _, Op.Do _, Op.Reserve _, Op.Invoke _ -> op;
    };
  }

  private Op elements(Op.Elements elements) {
    Op known = outlined.get(elements);
    if (known == null) {
      known = outlineElements(elements);
      outlined.put(elements, known);
    }
    return known;
  }

  private Op outlineElements(Op.Elements elements) {
    var used = RoutineNames.of(List.of(elements));
    List<Expr.Name> changed = used.changed();
    if (changed.size() > 1
        || used.free().stream().anyMatch(name -> pointers.contains(name.name()))) {
      return elements;
    }
    var body =
        RoutineNames.of(
            elements.body().stream().map(statement -> (Op) new Op.Do(statement)).toList());
    var parameters =
        new ArrayList<>(
            body.free().stream().filter(name -> !name.name().equals(elements.index())).toList());
    if (slots(parameters) > mostParameters) {
      return elements;
    }
    var arguments = new ArrayList<Expr>(parameters);
    Expr begin = elements.begin();
    if (!(begin instanceof Expr.Literal)) {
      begin = bound("from", begin, changed, parameters, arguments, used);
    }
    Expr end = bound("count", elements.end(), changed, parameters, arguments, used);
    String name = fresh(elements.label());
    routines.add(
        new Routine(
            name,
            "",
            parameters,
            changed.stream().findFirst(),
            List.of(
                new Op.Elements(elements.label(), elements.index(), begin, end, elements.body())),
            false));
    Expr.Call call =
        call(
            name,
            changed.isEmpty() ? SnippetType.NOTHING : changed.getFirst().type(),
            parameters,
            arguments);
    return new Op.Do(
        new Stmt.Evaluate(
            changed.isEmpty()
                ? call
                : new Expr.Assign(call.type(), changed.getFirst(), Expr.Compound.PLAIN, call)));
  }

  private static int slots(List<Expr.Name> parameters) {
    return parameters.stream()
        .mapToInt(
            parameter ->
                parameter.type() instanceof SnippetType.Number(var type) && type.bits() > 32
                    ? 2
                    : 1)
        .sum();
  }

  /// What bounds the loop: a parameter that it has already, or a new one, or a number.
  private Expr bound(
      String otherwise,
      Expr bound,
      List<Expr.Name> changed,
      List<Expr.Name> parameters,
      List<Expr> arguments,
      RoutineNames used) {
    if (keepsNumbers && bound instanceof Expr.Literal) {
      return bound;
    }
    if (bound instanceof Expr.Name name && parameters.contains(name) && !changed.contains(name)) {
      return name;
    }
    String wanted =
        bound instanceof Expr.Name name && !parameters.contains(name) ? name.name() : otherwise;
    while (used.declares(wanted)
        || parameters.stream().map(Expr.Name::name).toList().contains(wanted)) {
      wanted += "_";
    }
    var parameter = new Expr.Name(SnippetType.INT32, wanted);
    parameters.add(parameter);
    arguments.add(
        bound.type().numeric().bits() > 32 ? new Expr.Convert(SnippetType.INT32, bound) : bound);
    return parameter;
  }

  private Op reduce(Op.Reduce reduce) {
    SnippetType type = SnippetType.of(reduce.type());
    var taken = new ArrayList<>(reduce.body());
    taken.add(new Stmt.Evaluate(reduce.value()));
    var value =
        RoutineNames.of(taken.stream().map(statement -> (Op) new Op.Do(statement)).toList());
    var used = RoutineNames.of(List.of(reduce));
    if (used.free().stream().anyMatch(name -> pointers.contains(name.name()))) {
      return reduce;
    }
    var parameters =
        new ArrayList<>(
            value.free().stream().filter(name -> !name.name().equals(reduce.index())).toList());
    var arguments = new ArrayList<Expr>(parameters);
    Expr count = bound("count", reduce.count(), List.of(), parameters, arguments, used);
    String resultName = "result";
    while (used.declares(resultName)
        || parameters.stream().map(Expr.Name::name).toList().contains(resultName)) {
      resultName += "_";
    }
    var result = new Expr.Name(type, resultName);
    String name = fresh(reduce.label());
    var inner =
        new Op.Reduce(
            reduce.label(),
            reduce.reduction(),
            reduce.type(),
            result,
            reduce.index(),
            count,
            reduce.body(),
            element(name, reduce, parameters.subList(0, parameters.size())));
    routines.add(
        new Routine(
            name,
            "",
            parameters,
            Optional.of(result),
            List.of(
                new Op.Do(
                    new Stmt.Declare(
                        type,
                        resultName,
                        Optional.of(Reductions.start(reduce.reduction(), reduce.type())))),
                inner),
            false));
    return new Op.Do(
        Reductions.combine(
            reduce.reduction(), reduce.target(), call(name, type, parameters, arguments)));
  }

  /// The value of one element: a large one becomes a method, since it is needed 16 times.
  private Expr element(String reduction, Op.Reduce reduce, List<Expr.Name> free) {
    if (!reduce.body().isEmpty() || Weight.of(reduce.value()) <= LARGEST_INLINE_VALUE) {
      return reduce.value();
    }
    SnippetType type = SnippetType.of(reduce.type());
    String name = fresh(reduction + "_value");
    var index = new Expr.Name(SnippetType.INT32, reduce.index());
    var used = RoutineNames.of(List.of(new Op.Do(new Stmt.Evaluate(reduce.value()))));
    var parameters =
        new ArrayList<>(
            free.stream().filter(parameter -> used.free().contains(parameter)).toList());
    parameters.add(index);
    var value = new Expr.Name(type, reduction + "_element");
    routines.add(
        new Routine(
            name,
            "",
            parameters,
            Optional.of(value),
            List.of(new Op.Do(new Stmt.Declare(type, value.name(), Optional.of(reduce.value())))),
            false));
    return call(name, type, parameters, List.copyOf(parameters));
  }

  private static Expr.Call call(
      String name, SnippetType result, List<Expr.Name> parameters, List<? extends Expr> arguments) {
    return new Expr.Call(
        result,
        name,
        new SnippetType.Function(result, parameters.stream().map(Expr.Name::type).toList(), false),
        List.copyOf(arguments));
  }

  private String fresh(String wanted) {
    String name = wanted;
    for (int number = 2; !names.add(name); number++) {
      name = wanted + number;
    }
    return name;
  }
}
