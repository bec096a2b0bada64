package org.genn.engine.backend.form;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.genn.engine.kernel.Op;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;
import org.genn.engine.snippet.UnaryOperator;
import org.genn.engine.snippet.Walker;

/*
 * Operands are evaluated from left to right, so what comes before an operand that is cut is computed before it, into a
 * variable of its own:
 *
 *   x = a + (long)        becomes   value = a; ... ; x = value + value3;
 *   x = c ? (long) : b    becomes   if (c) { ...; value = ...; } else { value = b; } x = value;
 *   while (long) { ... }  becomes   while (true) { ...; if (!value) { break; } ... }
 *
 * Variables have the types of their values, so no bit changes.
 */

/// Cuts expressions that are too long for a method into statements, which `StatementParts` can put
/// into several.
final class LongExpressions {
  private static final Expr TRUE = new Expr.Literal(SnippetType.BOOL, 1);

  private final int longest;
  private final Set<String> names;

  private LongExpressions(int longest, Set<String> names) {
    this.longest = longest;
    this.names = new HashSet<>(names);
  }

  /// @param longest size of an expression that stays whole
  /// @param names of variables that are taken
  static List<Op> cut(List<Op> ops, int longest, Set<String> names) {
    return new LongExpressions(longest, names).ops(ops);
  }

  private List<Op> ops(List<Op> ops) {
    var result = new ArrayList<Op>();
    for (Op op : ops) {
      switch (op) {
        case Op.Do(var statement) -> cut(statement).forEach(each -> result.add(new Op.Do(each)));
        case Op.Loop(var index, var begin, var end, var body) ->
            result.add(new Op.Loop(index, begin, end, ops(body)));
        case Op.When(var condition, var body) -> result.add(new Op.When(condition, ops(body)));
        case Op.Elements(var label, var index, var begin, var end, var body) ->
            result.add(new Op.Elements(label, index, begin, end, cutAll(body)));
        case Op.Hoist _, Op.Reduce _, Op.Reserve _, Op.Invoke _ -> result.add(op);
      }
    }
    return result;
  }

  // ---- statements

  private List<Stmt> cutAll(List<Stmt> statements) {
    return statements.stream().flatMap(statement -> cut(statement).stream()).toList();
  }

  private Stmt cutOne(Stmt statement) {
    List<Stmt> cut = cut(statement);
    return cut.size() == 1 ? cut.getFirst() : new Stmt.Block(cut);
  }

  private List<Stmt> cut(Stmt statement) {
    if (Weight.of(statement) <= longest) {
      return List.of(statement);
    }
    var before = new ArrayList<Stmt>();
    switch (statement) {
      case Stmt.Declare(var type, var name, var initial) -> {
        Optional<Expr> value = initial.map(whole -> small(whole, before));
        before.add(new Stmt.Declare(type, name, value));
      }
      case Stmt.Evaluate(var expression) -> evaluate(expression, before);
      case Stmt.Block(var statements) -> before.add(new Stmt.Block(cutAll(statements)));
      case Stmt.If(var condition, var whenTrue, var whenFalse) -> {
        Expr small = small(condition, before);
        before.add(new Stmt.If(small, cutOne(whenTrue), whenFalse.map(this::cutOne)));
      }
      case Stmt.While(var condition, var body) ->
          before.add(
              isLong(condition)
                  ? forever(List.of(), leaveUnless(condition), body)
                  : new Stmt.While(condition, cutOne(body)));
      case Stmt.DoWhile(var body, var condition) -> {
        if (isLong(condition)) {
          before.add(notFirst(before, leaveUnless(condition), List.of(), body));
        } else {
          before.add(new Stmt.DoWhile(cutOne(body), condition));
        }
      }
      case Stmt.For loop -> before.add(cutFor(loop));
      case Stmt.Switch(var selector, var cases) -> {
        Expr small = small(selector, before);
        before.add(new Stmt.Switch(small, cases.stream().map(this::cutCase).toList()));
      }
      case Stmt.Break _, Stmt.Continue _, Stmt.ForEachSynapse _ -> before.add(statement);
    }
    return before;
  }

  private Stmt.Case cutCase(Stmt.Case part) {
    return new Stmt.Case(part.labels(), part.isDefault(), cutAll(part.statements()));
  }

  private Stmt cutFor(Stmt.For loop) {
    boolean isLong =
        loop.initial().stream().anyMatch(each -> Weight.of(each) > longest)
            || loop.condition().filter(this::isLong).isPresent()
            || loop.update().filter(this::isLong).isPresent();
    if (!isLong) {
      return new Stmt.For(loop.initial(), loop.condition(), loop.update(), cutOne(loop.body()));
    }
    var around = new ArrayList<Stmt>(cutAll(loop.initial()));
    List<Stmt> test = loop.condition().map(this::leaveUnless).orElse(List.of());
    var update = new ArrayList<Stmt>();
    loop.update().ifPresent(expression -> evaluate(expression, update));
    around.add(notFirst(around, update, test, loop.body()));
    return new Stmt.Block(around);
  }

  /// A loop that does something in all passes but the first: `continue` leads there, too.
  private Stmt notFirst(List<Stmt> before, List<Stmt> later, List<Stmt> always, Stmt body) {
    Expr.Name isFirst = fresh(SnippetType.BOOL);
    before.add(new Stmt.Declare(isFirst.type(), isFirst.name(), Optional.of(TRUE)));
    var head = new ArrayList<Stmt>();
    head.add(new Stmt.If(not(isFirst), new Stmt.Block(later), Optional.empty()));
    head.add(assign(isFirst, Expr.Literal.of(NumericType.BOOL, 0)));
    return forever(head, always, body);
  }

  private Stmt forever(List<Stmt> head, List<Stmt> test, Stmt body) {
    var all = new ArrayList<Stmt>(head);
    all.addAll(test);
    all.add(cutOne(body));
    return new Stmt.While(TRUE, new Stmt.Block(all));
  }

  private List<Stmt> leaveUnless(Expr condition) {
    var statements = new ArrayList<Stmt>();
    Expr small = small(condition, statements);
    statements.add(new Stmt.If(not(small), new Stmt.Break(), Optional.empty()));
    return statements;
  }

  /// Evaluates an expression whose value nobody needs.
  private void evaluate(Expr expression, List<Stmt> before) {
    Expr small = small(expression, before);
    if (!(small instanceof Expr.Name || small instanceof Expr.Literal)) {
      before.add(new Stmt.Evaluate(small));
    }
  }

  // ---- expressions

  private boolean isLong(Expr expression) {
    return Weight.of(expression) > longest;
  }

  /// What is left of an expression when the statements have run.
  private Expr small(Expr expression, List<Stmt> before) {
    if (!isLong(expression)) {
      return expression;
    }
    return switch (expression) {
      case Expr.Literal _, Expr.Text _, Expr.Name _ -> expression;
      case Expr.Subscript(var type, var base, var index) ->
          new Expr.Subscript(type, base, small(index, before));
      case Expr.Delayed(var type, var name, var steps) ->
          new Expr.Delayed(type, name, small(steps, before));
      case Expr.Unary(var type, var operator, var operand) ->
          new Expr.Unary(type, operator, small(operand, before));
      case Expr.Convert(var type, var operand) -> new Expr.Convert(type, small(operand, before));
      case Expr.Binary binary when binary.operator().isLogical() -> logical(binary, before);
      case Expr.Binary(var type, var operator, var left, var right) ->
          operands(
              List.of(left, right),
              before,
              parts -> new Expr.Binary(type, operator, parts.get(0), parts.get(1)));
      case Expr.Call(var type, var function, var overload, var arguments) ->
          operands(arguments, before, parts -> new Expr.Call(type, function, overload, parts));
      case Expr.Conditional conditional -> choice(conditional, before);
      case Expr.Assign assign -> assignment(assign, before);
      case Expr.Increment(var type, Expr.Subscript target, var decrement, var postfix) ->
          new Expr.Increment(type, small(target, before), decrement, postfix);
      case Expr.Increment _ -> expression;
      case Expr.Sequence(_, var first, var second) -> {
        evaluate(first, before);
        yield small(second, before);
      }
    };
  }

  private Expr operands(List<Expr> operands, List<Stmt> before, Function<List<Expr>, Expr> node) {
    var parts = new ArrayList<Expr>();
    for (Expr operand : operands) {
      parts.add(held(small(operand, before), before));
    }
    return node.apply(parts);
  }

  /// The second operand may not be evaluated at all.
  private Expr logical(Expr.Binary binary, List<Stmt> before) {
    Expr.Name value = variable(small(binary.left(), before), before);
    var inside = new ArrayList<Stmt>();
    inside.add(assign(value, small(binary.right(), inside)));
    boolean isAnd = binary.operator() == BinaryOperator.AND;
    before.add(new Stmt.If(isAnd ? value : not(value), new Stmt.Block(inside), Optional.empty()));
    return value;
  }

  private Expr choice(Expr.Conditional conditional, List<Stmt> before) {
    Expr condition = small(conditional.condition(), before);
    SnippetType type = conditional.type();
    if (type instanceof SnippetType.Pointer) {
      return new Expr.Conditional(type, condition, conditional.whenTrue(), conditional.whenFalse());
    }
    if (!(type instanceof SnippetType.Number)) {
      var whenTrue = new ArrayList<Stmt>();
      var whenFalse = new ArrayList<Stmt>();
      evaluate(conditional.whenTrue(), whenTrue);
      evaluate(conditional.whenFalse(), whenFalse);
      before.add(
          new Stmt.If(condition, new Stmt.Block(whenTrue), Optional.of(new Stmt.Block(whenFalse))));
      return Expr.Literal.of(0);
    }
    Expr.Name value = fresh(type);
    before.add(new Stmt.Declare(type, value.name(), Optional.empty()));
    before.add(
        new Stmt.If(
            condition,
            branch(value, conditional.whenTrue()),
            Optional.of(branch(value, conditional.whenFalse()))));
    return value;
  }

  private Stmt branch(Expr.Name value, Expr expression) {
    var statements = new ArrayList<Stmt>();
    statements.add(assign(value, small(expression, statements)));
    return new Stmt.Block(statements);
  }

  /// The place is found, and the old value is read, before the new value is computed.
  private Expr assignment(Expr.Assign assign, List<Stmt> before) {
    Expr target = assign.target();
    if (target instanceof Expr.Subscript(var type, var base, var index)) {
      target =
          new Expr.Subscript(type, base, unchanged(small(index, before), assign.value(), before));
    }
    if (assign.compound().isPlain() || assign.type() instanceof SnippetType.Pointer) {
      return new Expr.Assign(
          assign.type(), target, assign.compound(), small(assign.value(), before));
    }
    SnippetType common = assign.compound().common();
    Expr old = variable(converted(common, target), before);
    Expr value = small(assign.value(), before);
    return new Expr.Assign(
        assign.type(),
        target,
        Expr.Compound.PLAIN,
        converted(
            target.type(), new Expr.Binary(common, assign.compound().operator(), old, value)));
  }

  /// An index that is the same after the value has been computed. Names that the value leaves alone
  /// stay: compilers know what a bare index of a loop is.
  private Expr unchanged(Expr index, Expr value, List<Stmt> before) {
    boolean isSafe = index instanceof Expr.Name name && !changes(value, name.name());
    return isSafe ? index : held(index, before);
  }

  private static boolean changes(Expr value, String name) {
    boolean[] found = {false};
    Walker.walk(
        value,
        node ->
            found[0] |=
                switch (node) {
                  case Expr.Assign(_, Expr.Name target, _, _) -> target.name().equals(name);
                  case Expr.Increment(_, Expr.Name target, _, _) -> target.name().equals(name);
                  default -> false;
                });
    return found[0];
  }

  // ---- variables

  /// The value as it is now.
  private Expr held(Expr value, List<Stmt> before) {
    return value instanceof Expr.Literal
            || value instanceof Expr.Text
            || !(value.type() instanceof SnippetType.Number)
        ? value
        : variable(value, before);
  }

  private Expr.Name variable(Expr value, List<Stmt> before) {
    Expr.Name name = fresh(value.type());
    before.add(new Stmt.Declare(name.type(), name.name(), Optional.of(value)));
    return name;
  }

  private Expr.Name fresh(SnippetType type) {
    String name = "value";
    for (int k = 1; !names.add(name); k++) {
      name = "value" + k;
    }
    return new Expr.Name(type, name);
  }

  private static Expr converted(SnippetType type, Expr value) {
    return value.type().equals(type) ? value : new Expr.Convert(type, value);
  }

  private static Stmt assign(Expr.Name target, Expr value) {
    return new Stmt.Evaluate(new Expr.Assign(target.type(), target, Expr.Compound.PLAIN, value));
  }

  private static Expr not(Expr value) {
    return new Expr.Unary(SnippetType.BOOL, UnaryOperator.NOT, value);
  }
}
