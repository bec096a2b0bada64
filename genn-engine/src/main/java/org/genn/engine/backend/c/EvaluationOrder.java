package org.genn.engine.backend.c;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.backend.Purity;
import org.genn.engine.backend.Routine;
import org.genn.engine.backend.RoutineNames;
import org.genn.engine.kernel.Limit;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Origin;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.FunctionLibrary;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Rewriter;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;
import org.genn.engine.snippet.Walker;

/*
 * C leaves open in which order the operands of an operator, a call or an assignment are evaluated; here it is from left
 * to right. Where it makes a difference,
 *
 *   i++ + i   becomes   (held = i++, held + i)
 *
 * with a variable of its own. It makes none where no operand changes what another one reads or changes.
 */

/// Evaluates operands from left to right in a language that does not say so.
final class EvaluationOrder {
  private static final Set<String> WITH_EFFECTS =
      Set.of("printf", "assert", Limit.FUNCTION, "atomic_or");

  private final Set<String> names;
  private final List<Op> declarations = new ArrayList<>();

  private EvaluationOrder(Set<String> names) {
    this.names = names;
  }

  static Routine of(Routine routine) {
    Set<String> names = new HashSet<>(RoutineNames.all(routine.body()));
    routine.parameters().forEach(parameter -> names.add(parameter.name()));
    var order = new EvaluationOrder(names);
    List<Op> body = order.ops(routine.body());
    var all = new ArrayList<>(order.declarations);
    all.addAll(body);
    return routine.body(all);
  }

  private List<Op> ops(List<Op> ops) {
    return ops.stream().map(this::op).toList();
  }

  private Op op(Op op) {
    return switch (op) {
      case Op.Do(var statement) -> new Op.Do(Rewriter.map(statement, this::ordered));
      case Op.Loop(var index, var begin, var end, var body) ->
          new Op.Loop(index, begin, end, ops(body));
      case Op.When(var condition, var body) ->
          new Op.When(Rewriter.map(condition, this::ordered), ops(body));
      case Op.Elements(var label, var index, var begin, var end, var body) ->
          new Op.Elements(label, index, begin, end, Rewriter.map(body, this::ordered));
      case Op.Hoist _, Op.Reduce _, Op.Reserve _, Op.Invoke _ -> op;
    };
  }

  private Expr ordered(Expr node) {
    return switch (node) {
      case Expr.Binary(var type, var operator, var left, var right) when !operator.isLogical() ->
          held(
              List.of(left, right),
              parts -> new Expr.Binary(type, operator, parts.get(0), parts.get(1)));
      case Expr.Call(var type, var function, var overload, var arguments) ->
          held(arguments, parts -> new Expr.Call(type, function, overload, parts));
      case Expr.Assign assign -> ordered(assign);
      case Expr.Increment(var type, Expr.Subscript target, var decrement, var postfix)
          when isEvaluatedTwice(target.index()) ->
          held(
              target.index(),
              index -> new Expr.Increment(type, at(target, index), decrement, postfix));
      default -> node;
    };
  }

  private Expr ordered(Expr.Assign assign) {
    boolean isPointer = assign.type() instanceof SnippetType.Pointer;
    if (isPointer || !(hasEffects(assign.value()) || targetMatters(assign))) {
      return assign;
    }
    if (assign.target() instanceof Expr.Subscript target && !isConstant(target.index())) {
      boolean needsIndex =
          conflicts(target.index(), assign.value())
              || (!assign.compound().isPlain() && isEvaluatedTwice(target.index()));
      if (needsIndex) {
        return held(target.index(), index -> valueFirst(assign, at(target, index)));
      }
    }
    return valueFirst(assign, assign.target());
  }

  /// Evaluates the value before anything is stored, and after a compound assignment's old value.
  private Expr valueFirst(Expr.Assign assign, Expr target) {
    if (!conflicts(
        new Expr.Assign(assign.type(), target, assign.compound(), Expr.Literal.of(0)),
        assign.value())) {
      return new Expr.Assign(assign.type(), target, assign.compound(), assign.value());
    }
    if (assign.compound().isPlain()) {
      return held(
          assign.value(),
          value -> new Expr.Assign(assign.type(), target, Expr.Compound.PLAIN, value));
    }
    BinaryOperator operator = assign.compound().operator();
    SnippetType common = assign.compound().common();
    return held(
        converted(common, target),
        old ->
            held(
                new Expr.Binary(common, operator, old, assign.value()),
                result ->
                    new Expr.Assign(
                        assign.type(),
                        target,
                        Expr.Compound.PLAIN,
                        converted(target.type(), result))));
  }

  private static boolean targetMatters(Expr.Assign assign) {
    return assign.target() instanceof Expr.Subscript(_, _, var index)
        && (hasEffects(index) || (!assign.compound().isPlain() && isEvaluatedTwice(index)));
  }

  /// The printer would keep the index of an element that is read and written within the expression.
  private static boolean isEvaluatedTwice(Expr index) {
    return !Purity.isPure(index);
  }

  private static Expr at(Expr.Subscript target, Expr index) {
    return new Expr.Subscript(target.type(), target.base(), Origin.replaced(target.index(), index));
  }

  private static Expr converted(SnippetType type, Expr value) {
    return value.type().equals(type) ? value : new Expr.Convert(type, value);
  }

  /// The node on its operands, those in variables that have to be evaluated before others.
  private Expr held(List<Expr> operands, java.util.function.Function<List<Expr>, Expr> node) {
    int last = lastToHold(operands);
    var parts = new ArrayList<Expr>();
    var before = new ArrayList<Expr>();
    for (int i = 0; i < operands.size(); i++) {
      Expr operand = operands.get(i);
      if (i > last || isConstant(operand) || !(operand.type() instanceof SnippetType.Number)) {
        parts.add(operand);
      } else {
        Expr.Name name = fresh(operand.type());
        before.add(new Expr.Assign(operand.type(), name, Expr.Compound.PLAIN, operand));
        parts.add(name);
      }
    }
    Expr result = node.apply(parts);
    for (int i = before.size() - 1; i >= 0; i--) {
      result = new Expr.Sequence(result.type(), before.get(i), result);
    }
    return result;
  }

  private Expr held(Expr value, java.util.function.Function<Expr, Expr> node) {
    Expr.Name name = fresh(value.type());
    Expr result = node.apply(name);
    return new Expr.Sequence(
        result.type(), new Expr.Assign(value.type(), name, Expr.Compound.PLAIN, value), result);
  }

  private static int lastToHold(List<Expr> operands) {
    int last = -1;
    for (int i = 0; i < operands.size(); i++) {
      for (int later = i + 1; later < operands.size(); later++) {
        if (conflicts(operands.get(i), operands.get(later))) {
          last = i;
        }
      }
    }
    return last;
  }

  private Expr.Name fresh(SnippetType type) {
    NumericType number = type.numeric();
    String wanted = "held";
    String name = wanted;
    for (int k = 1; !names.add(name); k++) {
      name = wanted + k;
    }
    declarations.add(
        new Op.Do(new Stmt.Declare(type, name, Optional.of(Expr.Literal.of(number, 0)))));
    return new Expr.Name(type, name);
  }

  private static boolean hasEffects(Expr expression) {
    return Effects.of(expression).changes();
  }

  private static boolean isConstant(Expr expression) {
    return expression instanceof Expr.Literal || expression instanceof Expr.Text;
  }

  private static boolean conflicts(Expr a, Expr b) {
    return Effects.of(a).conflictsWith(Effects.of(b));
  }

  /// What an expression reads and changes: variables by name, and memory as a whole.
  private record Effects(
      Set<String> reads, Set<String> writes, boolean readsMemory, boolean writesMemory) {

    static Effects of(Expr expression) {
      var reads = new HashSet<String>();
      var writes = new HashSet<String>();
      boolean[] memory = new boolean[2];
      Walker.walk(
          expression,
          node -> {
            switch (node) {
              case Expr.Name(_, var name) -> reads.add(name);
              case Expr.Subscript _ -> memory[0] = true;
              case Expr.Assign(_, Expr.Name target, _, _) -> writes.add(target.name());
              case Expr.Increment(_, Expr.Name target, _, _) -> writes.add(target.name());
              case Expr.Assign _, Expr.Increment _ -> memory[1] = true;
              case Expr.Call call when isUnknown(call) -> memory[1] = true;
              default -> {}
            }
          });
      return new Effects(reads, writes, memory[0], memory[1]);
    }

    private static boolean isUnknown(Expr.Call call) {
      String function = call.function();
      return WITH_EFFECTS.contains(function)
          || !(Origin.isMark(call)
              || FunctionLibrary.contains(function)
              || function.startsWith("random_"));
    }

    boolean changes() {
      return writesMemory || !writes.isEmpty();
    }

    boolean conflictsWith(Effects other) {
      return (writesMemory && (other.readsMemory || other.writesMemory))
          || (other.writesMemory && readsMemory)
          || writes.stream()
              .anyMatch(name -> other.reads.contains(name) || other.writes.contains(name))
          || other.writes.stream().anyMatch(reads::contains);
    }
  }
}
