package org.genn.engine.backend;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.genn.engine.kernel.Op;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// Prints routines in a C-like language.
///
/// Loops are printed as they stand; in which form a compiler wants them is decided before, on the
/// IR.
public final class CPrinter {
  private static final int PARTIAL_RESULTS = 16;

  private final Dialect dialect;
  private final Set<String> routines;
  private final StringBuilder out = new StringBuilder();
  private ExpressionPrinter expressions;
  private int depth;

  private CPrinter(Dialect dialect, Set<String> routines, int depth) {
    this.dialect = dialect;
    this.routines = routines;
    this.depth = depth;
  }

  /// The text of a routine.
  ///
  /// @param routines names of all routines, which may call each other
  /// @param depth levels of indentation
  public static String print(Routine routine, Set<String> routines, Dialect dialect, int depth) {
    return new CPrinter(dialect, routines, depth).routine(routine);
  }

  /// The head of a routine, as far as a declaration of it goes.
  public static String printHead(Routine routine, Dialect dialect) {
    return new CPrinter(dialect, Set.of(), 0).head(routine);
  }

  private String head(Routine routine) {
    return dialect.head(routine, resultType(routine)) + parameters(routine);
  }

  private String routine(Routine routine) {
    Set<String> taken = new HashSet<>();
    RoutineNames.of(routine).forEach(name -> taken.add(dialect.identifier(name)));
    String where = routine.comment().isBlank() ? routine.name() : routine.comment();
    expressions = new ExpressionPrinter(dialect, routines, where, taken);
    if (!routine.comment().isBlank()) {
      routine.comment().lines().forEach(line -> line("// " + line));
    }
    line(head(routine) + " {");
    int bodyStart = out.length();
    depth++;
    routine.ownRows().forEach(rows -> line(dialect.ownRow(rows)));
    ops(routine.body());
    routine.result().ifPresent(result -> line("return " + dialect.identifier(result.name()) + ";"));
    var declarations = new StringBuilder();
    expressions
        .scratch()
        .forEach(
            (name, type) ->
                declarations
                    .append("  ".repeat(depth))
                    .append("%s %s = %s;\n".formatted(dialect.valueType(type), name, zero(type))));
    out.insert(bodyStart, declarations);
    depth--;
    line("}");
    return out.toString();
  }

  private String resultType(Routine routine) {
    return routine
        .result()
        .map(result -> dialect.valueType(result.type().numeric()))
        .orElse("void");
  }

  private String parameters(Routine routine) {
    return Stream.concat(
            dialect.contextParameter().stream(), routine.parameters().stream().map(this::parameter))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private String parameter(Expr.Name parameter) {
    return parameter.type() instanceof SnippetType.Pointer(var element, _)
        ? dialect.rowParameterType(element.numeric()) + " " + dialect.identifier(parameter.name())
        : declared(parameter.type(), parameter.name());
  }

  private String declared(SnippetType type, String name) {
    String spelling =
        type instanceof SnippetType.Pointer(var element, _)
            ? dialect.rowType(element.numeric())
            : dialect.valueType(type.numeric());
    return spelling + " " + dialect.identifier(name);
  }

  private String zero(NumericType type) {
    return dialect.literal(type, 0).text();
  }

  // ---- operations

  private void ops(List<Op> ops) {
    ops.forEach(this::op);
  }

  private void op(Op op) {
    switch (op) {
      case Op.Hoist(var row, var rows, var index) ->
          line(
              dialect.rowType(rows.type())
                  + " "
                  + dialect.identifier(row)
                  + " = "
                  + dialect.row(rows, expressions.index(index)).text()
                  + ";");
      case Op.Do(var statement) -> statement(statement);
      case Op.Loop(var index, var begin, var end, var body) -> {
        openLoop(index, expressions.index(begin), end, 1);
        ops(body);
        close();
      }
      case Op.Elements elements -> {
        dialect.hint(elements).ifPresent(this::line);
        openLoop(elements.index(), expressions.index(elements.begin()), elements.end(), 1);
        statements(elements.body());
        close();
      }
      case Op.Reduce reduce -> reduce(reduce);
      case Op.When(var condition, var body) -> {
        open("if (" + expressions.expression(condition).text() + ")");
        ops(body);
        close();
      }
      case Op.Reserve(var arrays, var index, var length, var limit) -> {
        for (var rows : arrays) {
          line(
              dialect
                      .reserve(
                          rows,
                          expressions.index(index),
                          expressions.index(length),
                          expressions.index(limit))
                      .text()
                  + ";");
        }
      }
      case Op.Invoke(var function, var arguments) ->
          line(expressions.callOfRoutine(function, arguments).text() + ";");
    }
  }

  /// A loop whose bound is a literal, a name or a variable of its own.
  private void openLoop(String index, Printed begin, Expr end, int step) {
    String type = dialect.valueType(NumericType.INT32);
    String name = dialect.identifier(index);
    Printed bound = expressions.index(end);
    String initial = type + " " + name + " = " + begin.text();
    if (!(end instanceof Expr.Literal) && !(end instanceof Expr.Name)) {
      String boundName = expressions.fresh(name + "End");
      initial += ", " + boundName + " = " + bound.text();
      bound = Printed.primary(boundName);
    }
    String advance = step == 1 ? name + "++" : name + " += " + step;
    open("for (" + initial + "; " + name + " < " + bound.text() + "; " + advance + ")");
  }

  private void reduce(Op.Reduce reduce) {
    if (!reduce.body().isEmpty()) {
      throw new IllegalStateException("a loop was left in reduction '" + reduce.label() + "'");
    }
    NumericType type = reduce.type();
    String spelling = dialect.valueType(type);
    Expr lowest = Reductions.start(reduce.reduction(), type);
    String[] partial = new String[PARTIAL_RESULTS];
    for (int k = 0; k < PARTIAL_RESULTS; k++) {
      partial[k] = expressions.fresh("partial" + k);
      line(spelling + " " + partial[k] + " = " + expressions.expression(lowest).text() + ";");
    }
    String count = expressions.fresh("total");
    String blocks = expressions.fresh("blocks");
    String integer = dialect.valueType(NumericType.INT32);
    line(integer + " " + count + " = " + expressions.index(reduce.count()).text() + ";");
    line(integer + " " + blocks + " = " + count + " & ~" + (PARTIAL_RESULTS - 1) + ";");
    Expr bound = new Expr.Name(SnippetType.INT32, blocks);
    openLoop(reduce.index(), Printed.primary("0"), bound, PARTIAL_RESULTS);
    for (int k = 0; k < PARTIAL_RESULTS; k++) {
      combine(reduce, local(type, partial[k]), Reductions.at(reduce.value(), reduce.index(), k));
    }
    close();
    for (int half = PARTIAL_RESULTS / 2; half >= 1; half /= 2) {
      for (int k = 0; k < half; k++) {
        combine(reduce, local(type, partial[k]), local(type, partial[k + half]));
      }
    }
    openLoop(reduce.index(), Printed.primary(blocks), new Expr.Name(SnippetType.INT32, count), 1);
    combine(reduce, local(type, partial[0]), reduce.value());
    close();
    combine(reduce, reduce.target(), local(type, partial[0]));
  }

  private static Expr local(NumericType type, String name) {
    return new Expr.Name(SnippetType.of(type), name);
  }

  private void combine(Op.Reduce reduce, Expr target, Expr value) {
    statement(Reductions.combine(reduce.reduction(), target, value));
  }

  // ---- statements

  private void statements(List<Stmt> statements) {
    for (Stmt statement : statements) {
      statement(statement);
      if (!Flow.completes(statement)) {
        return;
      }
    }
  }

  private void statement(Stmt statement) {
    switch (statement) {
      case Stmt.Declare(var type, var name, var initial) ->
          line(declaration(type, name, initial) + ";");
      case Stmt.Evaluate(var expression) ->
          expressions.effects(expression).forEach(effect -> line(effect + ";"));
      case Stmt.Block(var statements) -> {
        open("");
        statements(statements);
        close();
      }
      case Stmt.If(var condition, var whenTrue, var whenFalse) ->
          branch(condition, whenTrue, whenFalse, "");
      case Stmt.While(var condition, var body) -> {
        open("while (" + condition(condition) + ")");
        body(body);
        close();
      }
      case Stmt.DoWhile(var body, var condition) -> {
        open("do");
        body(body);
        closeWith("} while (" + condition(condition) + ");");
      }
      case Stmt.For loop -> loop(loop);
      case Stmt.Switch(var selector, var cases) -> choice(selector, cases);
      case Stmt.Break _ -> line("break;");
      case Stmt.Continue _ -> line("continue;");
      case Stmt.ForEachSynapse _ ->
          throw new IllegalStateException("for_each_synapse has not been lowered");
    }
  }

  /// What is inside of braces that are already there.
  private void body(Stmt body) {
    statements(body instanceof Stmt.Block(var statements) ? statements : List.of(body));
  }

  private String declaration(SnippetType type, String name, Optional<Expr> initial) {
    if (type instanceof SnippetType.Pointer(var element, _)) {
      return pointerDeclaration(element.numeric(), name, initial);
    }
    String value =
        initial.map(expressions::expression).map(Printed::text).orElse(zero(type.numeric()));
    return declared(type, name) + " = " + value;
  }

  private String pointerDeclaration(NumericType element, String name, Optional<Expr> initial) {
    String declared = dialect.rowType(element) + " " + dialect.identifier(name);
    if (!dialect.hasPointerPairs()) {
      return declared
          + initial.map(value -> " = " + expressions.expression(value).text()).orElse(" = 0");
    }
    expressions.declarePointer(name);
    String array = dialect.nullRow();
    String offset = "0";
    if (initial.isPresent()) {
      var address = expressions.address(initial.get());
      array = address.array().text();
      offset = expressions.offset(address).text();
    }
    return "%s = %s; %s %s = %s"
        .formatted(
            declared,
            array,
            dialect.valueType(NumericType.INT32),
            expressions.offsetName(name),
            offset);
  }

  private void branch(Expr condition, Stmt whenTrue, Optional<Stmt> whenFalse, String before) {
    open(before + "if (" + expressions.expression(condition).text() + ")");
    body(whenTrue);
    if (whenFalse.isEmpty()) {
      close();
    } else if (whenFalse.get() instanceof Stmt.If(var test, var yes, var no)) {
      depth--;
      branch(test, yes, no, "} else ");
    } else {
      depth--;
      open("} else");
      body(whenFalse.get());
      close();
    }
  }

  private String condition(Expr condition) {
    Printed printed = expressions.expression(condition);
    return (Purity.isConstant(condition) ? dialect.constantCondition(printed) : printed).text();
  }

  /// The variables of a loop are declared before it, in a block with it, when they are several.
  private void loop(Stmt.For loop) {
    if (loop.initial().size() == 1
        && loop.initial().getFirst() instanceof Stmt.Declare(var type, var name, var initial)
        && type instanceof SnippetType.Number) {
      loop(declaration(type, name, initial), loop);
      return;
    }
    if (loop.initial().isEmpty()) {
      loop("", loop);
      return;
    }
    open("");
    statements(loop.initial());
    loop("", loop);
    close();
  }

  private void loop(String initial, Stmt.For loop) {
    String test =
        loop.condition()
            .map(this::condition)
            .orElseGet(
                () -> dialect.constantCondition(dialect.literal(NumericType.BOOL, 1)).text());
    String update =
        loop.update().map(value -> String.join(", ", expressions.effects(value))).orElse("");
    open("for (" + initial + "; " + test + "; " + update + ")");
    body(loop.body());
    close();
  }

  private void choice(Expr selector, List<Stmt.Case> cases) {
    NumericType type = selector.type().numeric().promoted();
    boolean isWide = type.bits() > 32;
    open(
        "switch ("
            + (isWide ? wideSelector(selector, type, cases) : expressions.expression(selector))
                .text()
            + ")");
    int number = 0;
    for (Stmt.Case part : cases) {
      for (long label : part.labels()) {
        line("case %s:".formatted(isWide ? number++ : dialect.literal(type, label).text()));
      }
      if (part.isDefault()) {
        line("default:");
      }
      depth++;
      statements(part.statements());
      depth--;
    }
    close();
  }

  /// The number of the label that a 64-bit selector equals, or -1.
  private Printed wideSelector(Expr selector, NumericType type, List<Stmt.Case> cases) {
    var labels = cases.stream().flatMap(part -> part.labels().stream()).toList();
    String held = expressions.scratch(type);
    line(held + " = " + expressions.expression(selector).text() + ";");
    Printed number = Printed.primary("-1");
    for (int k = labels.size() - 1; k >= 0; k--) {
      Printed test =
          dialect.binary(
              BinaryOperator.EQUAL,
              type,
              Printed.primary(held),
              dialect.literal(type, labels.get(k)));
      number = Printed.conditional(test, Printed.primary(Integer.toString(k)), number);
    }
    return number;
  }

  // ---- lines

  private void line(String text) {
    for (int level = 0; level < depth; level++) {
      out.append("  ");
    }
    out.append(text).append('\n');
  }

  private void open(String head) {
    line(head.isEmpty() ? "{" : head + " {");
    depth++;
  }

  private void close() {
    closeWith("}");
  }

  private void closeWith(String text) {
    depth--;
    line(text);
  }
}
