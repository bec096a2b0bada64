package org.genn.engine.kernel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Rewriter;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/*
 * What lowering knows is which names stand for neurons and synapses of the own part (FunctionBuilder.own). What is
 * found here is which elements the code uses by these names. An access of any other form counts as one of any element,
 * so a function is taken for local only where that is certain.
 */

/// Finds out which elements of which arrays the function of a part uses.
final class Locality {
  private final Map<String, Owner> owned;
  private final Map<Rows, Integer> multiples;
  private final Map<String, Expr> values = new HashMap<>();
  private final Set<String> changing = new HashSet<>();
  private final Map<String, Rows> rows = new HashMap<>();
  private final Map<String, Owner> rowOwners = new HashMap<>();
  private final Footprint footprint = new Footprint();
  private boolean isKnown = true;
  private Owner element = Owner.ANYONE;

  private Locality(FunctionBuilder builder) {
    owned = builder.owned();
    multiples = builder.layout().inputs.multiples();
  }

  /// What the function uses, or nothing where parts could meet.
  static Optional<Footprint> of(Function function, FunctionBuilder builder) {
    var locality = new Locality(builder);
    locality.collect(function.body());
    locality.changing.forEach(locality.values::remove);
    locality.ops(function.body());
    return locality.isKnown && locality.footprint.isDivided()
        ? Optional.of(locality.footprint)
        : Optional.empty();
  }

  // ---- values of locals that never change

  private void collect(List<Op> ops) {
    for (Op op : ops) {
      switch (op) {
        case Op.Do(var statement) -> collect(statement);
        case Op.Loop loop -> collect(loop.body());
        case Op.When when -> collect(when.body());
        case Op.Elements elements -> elements.body().forEach(this::collect);
        case Op.Reduce reduce -> reduce.body().forEach(this::collect);
        case Op.Hoist _, Op.Reserve _, Op.Invoke _ -> {}
      }
    }
  }

  private void collect(Stmt statement) {
    Rewriter.map(
        statement,
        node -> {
          switch (node) {
            case Expr.Assign(_, Expr.Name(_, var name), _, _) -> changing.add(name);
            case Expr.Increment(_, Expr.Name(_, var name), _, _) -> changing.add(name);
            default -> {}
          }
          return node;
        },
        part -> {
          if (part instanceof Stmt.Declare(_, var name, var initial)) {
            if (initial.isEmpty() || values.put(name, initial.get()) != null) {
              changing.add(name);
            }
          }
          return part;
        });
  }

  // ---- accesses

  private void ops(List<Op> ops) {
    ops.forEach(this::op);
  }

  private void op(Op op) {
    switch (op) {
      case Op.Hoist(var row, var array, var index) -> {
        expression(index);
        rows.put(row, array);
        Owner owner = owner(index);
        if (owner.space().equals("part")) {
          rowOwners.put(row, owner);
        }
      }
      case Op.Do(var statement) -> statement(statement);
      case Op.Loop(_, var begin, var end, var body) -> {
        expression(begin);
        expression(end);
        ops(body);
      }
      case Op.Elements(_, var index, var begin, var end, var body) -> {
        expression(begin);
        expression(end);
        element = owned.getOrDefault(index, Owner.ANYONE);
        body.forEach(this::statement);
        element = Owner.ANYONE;
      }
      case Op.When(var condition, var body) -> {
        expression(condition);
        ops(body);
      }
      case Op.Reduce(_, _, _, var target, var index, var count, var body, var value) -> {
        expression(count);
        element = owned.getOrDefault(index, Owner.ANYONE);
        body.forEach(this::statement);
        element = Owner.ANYONE;
        expression(value);
        expression(target);
        if (target instanceof Expr.Subscript subscript) {
          written(subscript);
        }
      }
      // Growing a row and calling what has not been looked at concern everybody.
      case Op.Reserve _, Op.Invoke _ -> isKnown = false;
    }
  }

  private void statement(Stmt statement) {
    var pointers = new Pointers();
    Rewriter.map(
        statement,
        node -> visit(node, pointers),
        part -> {
          if (part instanceof Stmt.Declare(SnippetType.Pointer _, _, _)) {
            isKnown = false;
          }
          return part;
        });
    isKnown &= pointers.areSubscripted();
  }

  private void expression(Expr expression) {
    statement(new Stmt.Evaluate(expression));
  }

  /// Counts names of rows, and those of them that are subscripted.
  private static final class Pointers {
    private int named;
    private int subscripted;

    boolean areSubscripted() {
      return named == subscripted;
    }
  }

  private Expr visit(Expr node, Pointers pointers) {
    switch (node) {
      case Expr.Name(SnippetType.Pointer _, _) -> pointers.named++;
      case Expr.Subscript(_, Expr.Name(_, var row), var index) -> {
        pointers.subscripted++;
        if (rows.containsKey(row)) {
          footprint.read(rows.get(row), owner(row, index));
        } else {
          isKnown = false;
        }
      }
      case Expr.Assign(_, Expr.Subscript target, _, _) -> written(target);
      case Expr.Increment(_, Expr.Subscript target, _, _) -> written(target);
      case Expr.Call(_, var function, _, _) when function.equals("printf") -> isKnown = false;
      default -> {}
    }
    return node;
  }

  private void written(Expr.Subscript target) {
    if (target.base() instanceof Expr.Name(_, var row) && rows.containsKey(row)) {
      footprint.write(rows.get(row), owner(row, target.index()));
    } else {
      isKnown = false;
    }
  }

  private Owner owner(String row, Expr index) {
    Owner owner = rowOwners.get(row);
    return owner == null ? owner(index) : owner;
  }

  private Owner owner(Expr index) {
    return switch (index) {
      case Expr.Name(_, var name) when owned.containsKey(name) -> owned.get(name);
      case Expr.Name(_, var name) when values.containsKey(name) -> owner(values.get(name));
      case Expr.Call call when Origin.isMark(call) -> owner(Origin.unmarked(call));
      case Expr.Convert(var type, var operand)
          when type.numeric().isIntegral() && type.numeric().bits() >= 32 ->
          owner(operand);
      case Expr.Binary(_, var operator, var left, var right)
          when operator == BinaryOperator.ADD
              && owner(right).size() > 0
              && isMultiple(left, owner(right).size()) ->
          owner(right);
      case Expr.Binary(_, var operator, var left, Expr.Literal distance)
          when operator == BinaryOperator.SHIFT_RIGHT
              && distance.bits() == 5
              && owner(left).equals(Owner.neurons(owner(left).size())) ->
          Owner.words(owner(left).size());
      // The only neuron of its group.
      case Expr.Literal literal
          when literal.type().numeric().isIntegral()
              && literal.bits() == 0
              && element.equals(Owner.neurons(1)) ->
          element;
      default -> Owner.ANYONE;
    };
  }

  private boolean isMultiple(Expr value, int size) {
    return switch (value) {
      case Expr.Name(_, var name) when values.containsKey(name) ->
          isMultiple(values.get(name), size);
      case Expr.Binary(_, var operator, _, Expr.Literal factor) ->
          operator == BinaryOperator.MULTIPLY && factor.bits() == size;
      case Expr.Subscript(_, Expr.Name(_, var row), _) when rows.containsKey(row) ->
          multiples.getOrDefault(rows.get(row), -1) == size;
      default -> false;
    };
  }
}
