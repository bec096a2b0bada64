package org.genn.engine.backend;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.genn.engine.kernel.Limit;
import org.genn.engine.kernel.Origin;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.UnaryOperator;

/// Prints the expressions of one routine.
final class ExpressionPrinter {
  final Dialect dialect;
  private final Set<String> routines;
  private final String where;
  private final Set<String> pointerLocals = new HashSet<>();
  private final Set<String> taken;
  private final Map<String, NumericType> scratch = new LinkedHashMap<>();
  private final Addresses addresses = new Addresses(this);

  /// @param routines names of the program's own functions
  /// @param where what messages of failed assertions start with
  /// @param taken all names of the routine
  ExpressionPrinter(Dialect dialect, Set<String> routines, String where, Set<String> taken) {
    this.dialect = dialect;
    this.routines = routines;
    this.where = where;
    this.taken = taken;
  }

  void declarePointer(String name) {
    pointerLocals.add(name);
  }

  boolean isPointerLocal(String name) {
    return dialect.hasPointerPairs() && pointerLocals.contains(name);
  }

  String identifier(String name) {
    return dialect.identifier(name);
  }

  String offsetName(String pointer) {
    String name = identifier(pointer) + "_offset";
    while (taken.contains(name)) {
      name += "_";
    }
    return name;
  }

  /// A variable that holds a value within one expression; declared at the head of the routine.
  String scratch(NumericType type) {
    String name = fresh("value");
    scratch.put(name, type);
    return name;
  }

  String fresh(String wanted) {
    String name = wanted;
    for (int number = 1; !taken.add(name); number++) {
      name = wanted + number;
    }
    return name;
  }

  Map<String, NumericType> scratch() {
    return scratch;
  }

  Printed expression(Expr expr) {
    return switch (expr) {
      case Expr.Literal(var type, var bits) -> dialect.literal(type.numeric(), bits);
      case Expr.Text _ -> throw Addresses.unsupported("text outside of printf");
      case Expr.Name(_, var name) -> Printed.primary(identifier(name));
      case Expr.Subscript subscript -> dialect.load(subscript.type().numeric(), element(subscript));
      case Expr.Delayed(_, var name, _) ->
          throw new IllegalStateException("delayed access to '" + name + "' has not been lowered");
      case Expr.Unary(_, UnaryOperator operator, var operand) ->
          Printed.unary(operator.symbol(), expression(operand));
      case Expr.Binary binary -> binary(binary);
      case Expr.Conditional(_, var condition, var whenTrue, var whenFalse) ->
          Printed.conditional(expression(condition), expression(whenTrue), expression(whenFalse));
      case Expr.Convert(var type, var operand) ->
          dialect.convert(operand.type().numeric(), type.numeric(), expression(operand));
      case Expr.Assign assign -> assign(assign, true);
      case Expr.Increment increment -> increment(increment, true);
      case Expr.Call call -> call(call);
      case Expr.Sequence(_, var first, var second) ->
          dialect.sequence(first.type(), second.type(), expression(first), expression(second));
    };
  }

  /// Statements, without their semicolons, that evaluate an expression for its effects.
  List<String> effects(Expr expr) {
    return switch (expr) {
      case Expr.Sequence(_, var first, var second) -> {
        var both = new ArrayList<>(effects(first));
        both.addAll(effects(second));
        yield both;
      }
      case Expr.Assign assign -> {
        if (assign.target().type() instanceof SnippetType.Pointer) {
          yield pointerEffects(assign);
        }
        yield List.of(assign(assign, false).text());
      }
      case Expr.Increment increment -> List.of(increment(increment, false).text());
      case Expr.Call call -> List.of(call(call).text());
      default ->
          Purity.isPure(expr)
              ? List.of()
              : List.of(dialect.discard(expr.type(), expression(expr)).text());
    };
  }

  private List<String> pointerEffects(Expr.Assign assign) {
    var address = addresses.of(assign);
    return assign.compound().isPlain()
        ? List.of(address.array().text(), address.offset().orElseThrow().text())
        : List.of(address.offset().orElseThrow().text());
  }

  Addresses.Address address(Expr pointer) {
    return addresses.of(pointer);
  }

  Printed offset(Addresses.Address address) {
    return addresses.offset(address);
  }

  /// The index of a subscript: in a language that tests it, one that is not cut before.
  private Printed position(Expr subscript) {
    Expr index = Origin.unmarked(subscript);
    NumericType type = index.type().numeric();
    return dialect.testsSubscripts() && (type.bits() > 32 || type == NumericType.UINT32)
        ? dialect.convert(type, NumericType.INT64, expression(index))
        : index(index);
  }

  /// An integer as it indexes a row.
  Printed index(Expr index) {
    NumericType type = index.type().numeric();
    Printed value = expression(index);
    return type.bits() > 32 || type == NumericType.BOOL
        ? dialect.convert(type, NumericType.INT32, value)
        : value;
  }

  private Printed element(Expr.Subscript subscript) {
    var address = addresses.of(subscript.base());
    return subscripted(
        subscript, address.array(), addresses.index(address, position(subscript.index())));
  }

  private Printed subscripted(Expr.Subscript subscript, Printed array, Printed index) {
    String what = Origin.of(subscript.index()).orElse(where + ": " + array.text());
    return dialect.element(array, index, what);
  }

  private Printed binary(Expr.Binary binary) {
    boolean leftPoints = binary.left().type() instanceof SnippetType.Pointer;
    if (leftPoints && binary.right().type() instanceof SnippetType.Pointer) {
      return Printed.binary(
          binary.operator().symbol(), pureOffset(binary.left()), pureOffset(binary.right()));
    }
    return dialect.binary(
        binary.operator(),
        binary.left().type().numeric(),
        expression(binary.left()),
        expression(binary.right()));
  }

  private Printed pureOffset(Expr pointer) {
    if (Purity.contains(
        pointer,
        node -> node instanceof Expr.Assign && node.type() instanceof SnippetType.Pointer)) {
      throw Addresses.unsupported("assignments to pointers within differences of pointers");
    }
    return addresses.offset(addresses.of(pointer));
  }

  /// Where an assignment writes, and where it reads the old value: the same place, without
  /// evaluating twice what is in its subscript.
  private record Target(Printed write, Printed read, boolean isElement) {}

  private Target target(Expr target, boolean isRead) {
    if (!(target instanceof Expr.Subscript subscript)) {
      Printed name = expression(target);
      return new Target(name, name, false);
    }
    if (!isRead || (Purity.isPure(subscript.base()) && Purity.isPure(subscript.index()))) {
      Printed element = element(subscript);
      return new Target(element, element, true);
    }
    var address = addresses.of(subscript.base());
    Printed index = addresses.index(address, position(subscript.index()));
    NumericType type = dialect.testsSubscripts() ? NumericType.INT64 : NumericType.INT32;
    Printed held = Printed.primary(scratch(type));
    return new Target(
        subscripted(subscript, address.array(), Printed.assignment(held, "=", index)),
        subscripted(subscript, address.array(), held),
        true);
  }

  private Printed assign(Expr.Assign assign, boolean isUsed) {
    if (assign.type() instanceof SnippetType.Pointer) {
      throw Addresses.unsupported("assignments to pointers here");
    }
    NumericType type = assign.target().type().numeric();
    Printed value = expression(assign.value());
    if (assign.compound().isPlain()) {
      Target target = target(assign.target(), false);
      return store(target, type, value, isUsed);
    }
    BinaryOperator operator = assign.compound().operator();
    NumericType common = assign.compound().common().numeric();
    if (dialect.hasCompound(operator, type, common)) {
      Target target = target(assign.target(), false);
      return Printed.assignment(target.write, dialect.compound(operator, type), value);
    }
    Target target = target(assign.target(), true);
    Printed old =
        dialect.convert(
            type, common, target.isElement ? dialect.load(type, target.read) : target.read);
    Printed result = dialect.convert(common, type, dialect.binary(operator, common, old, value));
    return store(target, type, result, isUsed);
  }

  private Printed store(Target target, NumericType type, Printed value, boolean isUsed) {
    Printed stored = target.isElement ? dialect.stored(type, value) : value;
    Printed assignment = Printed.assignment(target.write, "=", stored);
    return target.isElement && isUsed ? dialect.load(type, assignment) : assignment;
  }

  private Printed increment(Expr.Increment increment, boolean isUsed) {
    String operator = increment.decrement() ? "--" : "++";
    if (increment.target().type() instanceof SnippetType.Pointer) {
      return addresses.of(increment).offset().orElseThrow();
    }
    NumericType type = increment.target().type().numeric();
    if (dialect.hasIncrement(type)) {
      Target target = target(increment.target(), false);
      return increment.postfix() || !isUsed
          ? new Printed(target.write.at(Printed.UNARY) + operator, Printed.UNARY)
          : Printed.unary(operator, target.write);
    }
    Target target = target(increment.target(), true);
    BinaryOperator forward = increment.decrement() ? BinaryOperator.SUBTRACT : BinaryOperator.ADD;
    BinaryOperator back = increment.decrement() ? BinaryOperator.ADD : BinaryOperator.SUBTRACT;
    Printed old = target.isElement ? dialect.load(type, target.read) : target.read;
    Printed assignment = store(target, type, stepped(forward, type, old), isUsed);
    return isUsed && increment.postfix() ? stepped(back, type, assignment) : assignment;
  }

  private Printed stepped(BinaryOperator operator, NumericType type, Printed value) {
    NumericType common = type.promoted();
    Printed one = dialect.literal(common, 1);
    return dialect.convert(
        common, type, dialect.binary(operator, common, dialect.convert(type, common, value), one));
  }

  private Printed call(Expr.Call call) {
    if (routines.contains(call.function())) {
      return callOfRoutine(call.function(), call.arguments());
    }
    if (call.function().equals("printf")) {
      return print(call);
    }
    if (call.function().equals("assert")) {
      Printed condition = expression(call.arguments().getFirst());
      return dialect.assertion(
          condition, Origin.of(call).orElse(where + ": assert(" + condition.text() + ")"));
    }
    if (Origin.isMark(call)) {
      return expression(Origin.unmarked(call));
    }
    if (call.function().equals(Limit.FUNCTION)) {
      var message = (Expr.Text) call.arguments().getLast();
      return dialect.limited(
          expression(call.arguments().getFirst()),
          expression(call.arguments().get(1)),
          expression(call.arguments().get(2)),
          message.characters());
    }
    var arguments = new ArrayList<Printed>();
    for (Expr argument : call.arguments()) {
      if (argument.type() instanceof SnippetType.Pointer && dialect.hasPointerPairs()) {
        var address = addresses.of(argument);
        arguments.add(address.array());
        arguments.add(addresses.offset(address));
      } else {
        arguments.add(expression(argument));
      }
    }
    return dialect.call(call, arguments);
  }

  Printed callOfRoutine(String name, List<Expr> arguments) {
    var values = new ArrayList<Printed>();
    dialect.contextArgument().ifPresent(values::add);
    arguments.forEach(argument -> values.add(argument(argument)));
    return Printed.call(dialect.routine(name), values.toArray(Printed[]::new));
  }

  /// An argument of a function of the program's own: a number or a whole row.
  private Printed argument(Expr argument) {
    if (!(argument.type() instanceof SnippetType.Pointer)) {
      return expression(argument);
    }
    var address = addresses.of(argument);
    if (address.offset().isPresent()) {
      throw Addresses.unsupported("pointers into rows as arguments of functions");
    }
    return address.array();
  }

  private Printed print(Expr.Call call) {
    if (!(call.arguments().getFirst() instanceof Expr.Text(var format))) {
      throw Addresses.unsupported("printf with a format that is not a literal");
    }
    var rest = call.arguments().subList(1, call.arguments().size());
    return dialect.print(
        format,
        rest.stream().map(Expr::type).toList(),
        rest.stream()
            .map(
                value ->
                    value instanceof Expr.Text(var text)
                        ? Printed.primary('"' + text + '"')
                        : expression(value))
            .toList());
  }
}
