package org.genn.engine.backend.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.genn.engine.backend.RoutineNames;
import org.genn.engine.kernel.Function;
import org.genn.engine.kernel.Limit;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// The code of a function without its names, arrays and numbers.
///
/// Literals appear in the order in which `Replacement` meets them.
///
/// @param key equal for functions of the same shape
/// @param rows arrays that it works on, in order of first use
/// @param literals numbers that another function of the shape may have others for
record Shape(String key, List<Rows> rows, List<Expr.Literal> literals) {

  private static final Set<String> PRINTED = Set.of("printf", "assert", Limit.FUNCTION);

  static Shape of(Function function) {
    var writer = new Writer();
    for (Expr.Name parameter : function.parameters()) {
      writer.name(parameter.name());
      writer.type(parameter.type());
    }
    writer.ops(function.body());
    return new Shape(writer.key.toString(), writer.rows, writer.literals);
  }

  /// All names of a function.
  static Set<String> names(Function function) {
    var names = new HashSet<>(RoutineNames.all(function.body()));
    function.parameters().forEach(parameter -> names.add(parameter.name()));
    return names;
  }

  /// Shows all statements, and expressions as statements.
  static void statements(List<Op> ops, Consumer<Stmt> visit) {
    for (Op op : ops) {
      switch (op) {
        case Op.Hoist(_, _, var index) -> visit.accept(new Stmt.Evaluate(index));
        case Op.Do(var statement) -> visit.accept(statement);
        case Op.Loop(_, var begin, var end, var body) -> {
          visit.accept(new Stmt.Evaluate(begin));
          visit.accept(new Stmt.Evaluate(end));
          statements(body, visit);
        }
        case Op.Elements(_, _, var begin, var end, var body) -> {
          visit.accept(new Stmt.Evaluate(begin));
          visit.accept(new Stmt.Evaluate(end));
          body.forEach(visit);
        }
        case Op.Reduce reduce -> {
          visit.accept(new Stmt.Evaluate(reduce.target()));
          visit.accept(new Stmt.Evaluate(reduce.count()));
          reduce.body().forEach(visit);
          visit.accept(new Stmt.Evaluate(reduce.value()));
        }
        case Op.When(var condition, var body) -> {
          visit.accept(new Stmt.Evaluate(condition));
          statements(body, visit);
        }
        case Op.Reserve(_, var index, var length, var limit) -> {
          visit.accept(new Stmt.Evaluate(index));
          visit.accept(new Stmt.Evaluate(length));
          visit.accept(new Stmt.Evaluate(limit));
        }
        case Op.Invoke(_, var arguments) ->
            arguments.forEach(argument -> visit.accept(new Stmt.Evaluate(argument)));
      }
    }
  }

  /// Whether a literal must be the same in all functions that are merged: divisors and counts of
  /// shifts, which make faster instructions than variables do, and what is shown to the user.
  static boolean isFixed(Expr.Binary parent) {
    boolean isShift =
        parent.operator() == BinaryOperator.SHIFT_LEFT
            || parent.operator() == BinaryOperator.SHIFT_RIGHT;
    boolean isDivision =
        parent.operator() == BinaryOperator.DIVIDE || parent.operator() == BinaryOperator.REMAINDER;
    boolean isIntegral =
        parent.right().type() instanceof SnippetType.Number(NumericType type) && type.isIntegral();
    return isShift || (isDivision && isIntegral);
  }

  static boolean isFixed(Expr.Call parent) {
    return PRINTED.contains(parent.function());
  }

  private static final class Writer {
    private final StringBuilder key = new StringBuilder();
    private final List<Rows> rows = new ArrayList<>();
    private final List<Expr.Literal> literals = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<Rows, Integer> arrays = new HashMap<>();

    private Writer word(String word) {
      key.append(word).append(' ');
      return this;
    }

    private void name(String name) {
      Integer known = names.putIfAbsent(name, names.size());
      key.append('n').append(known == null ? names.size() - 1 : known).append(' ');
    }

    private void type(SnippetType type) {
      switch (type) {
        case SnippetType.Number(var numeric) -> word(numeric.name());
        case SnippetType.Pointer(var pointee, var constant) -> {
          word(constant ? "const*" : "*");
          type(pointee);
        }
        case SnippetType.Nothing() -> word("void");
        case SnippetType.Function function -> word(function.toString());
      }
    }

    private void array(Rows array) {
      Integer known = arrays.putIfAbsent(array, arrays.size());
      if (known == null) {
        rows.add(array);
      }
      key.append('a').append(known == null ? arrays.size() - 1 : known).append(' ');
      word(array.type().name()).word(array.isRagged() ? "ragged" : "fixed");
      word(array.isScratch() ? "scratch" : "kept");
    }

    void ops(List<Op> ops) {
      word("{");
      ops.forEach(this::op);
      word("}");
    }

    private void op(Op op) {
      switch (op) {
        case Op.Hoist(var row, var from, var index) -> {
          word("hoist").name(row);
          array(from);
          expression(index);
        }
        case Op.Do(var statement) -> statement(statement);
        case Op.Loop(var index, var begin, var end, var body) -> {
          word("loop").name(index);
          expression(begin);
          expression(end);
          ops(body);
        }
        case Op.Elements(_, var index, var begin, var end, var body) -> {
          word("elements").name(index);
          expression(begin);
          expression(end);
          statements(body);
        }
        case Op.Reduce reduce -> {
          word("reduce").word(reduce.reduction().name()).word(reduce.type().name());
          expression(reduce.target());
          name(reduce.index());
          expression(reduce.count());
          statements(reduce.body());
          expression(reduce.value());
        }
        case Op.When(var condition, var body) -> {
          word("when").expression(condition);
          ops(body);
        }
        case Op.Reserve(var arrays, var index, var length, var limit) -> {
          word("reserve").word(Integer.toString(arrays.size()));
          arrays.forEach(this::array);
          expression(index);
          expression(length);
          expression(limit);
        }
        case Op.Invoke(var function, var arguments) -> {
          word("invoke").word(function);
          arguments.forEach(this::expression);
        }
      }
    }

    private void statements(List<Stmt> statements) {
      word("{");
      statements.forEach(this::statement);
      word("}");
    }

    private void optional(Optional<Expr> expression) {
      word(expression.isPresent() ? "some" : "none");
      expression.ifPresent(this::expression);
    }

    private void statement(Stmt statement) {
      switch (statement) {
        case Stmt.Declare(var type, var name, var initial) -> {
          word("declare").type(type);
          optional(initial);
          name(name);
        }
        case Stmt.Evaluate(var expression) -> expression(expression);
        case Stmt.Block(var statements) -> statements(statements);
        case Stmt.If(var condition, var whenTrue, var whenFalse) -> {
          word("if").expression(condition);
          statement(whenTrue);
          word(whenFalse.isPresent() ? "else" : "fi");
          whenFalse.ifPresent(this::statement);
        }
        case Stmt.While(var condition, var body) -> {
          word("while").expression(condition);
          statement(body);
        }
        case Stmt.DoWhile(var body, var condition) -> {
          word("do").statement(body);
          expression(condition);
        }
        case Stmt.For(var initial, var condition, var update, var body) -> {
          word("for").statements(initial);
          optional(condition);
          optional(update);
          statement(body);
        }
        case Stmt.Switch(var selector, var cases) -> {
          word("switch").expression(selector);
          for (Stmt.Case part : cases) {
            word(part.labels().toString()).word(part.isDefault() ? "default" : "case");
            statements(part.statements());
          }
        }
        case Stmt.Break() -> word("break");
        case Stmt.Continue() -> word("continue");
        case Stmt.ForEachSynapse(var body) -> word("synapses").statement(body);
      }
    }

    private void fixed(Expr expression) {
      if (expression instanceof Expr.Literal literal) {
        type(literal.type());
        word(Long.toString(literal.bits()));
      } else {
        expression(expression);
      }
    }

    private void expression(Expr expression) {
      switch (expression) {
        case Expr.Literal literal -> {
          word("literal").type(literal.type());
          literals.add(literal);
        }
        case Expr.Text(var characters) -> word("text").word(characters);
        case Expr.Name(var type, var name) -> {
          name(name);
          type(type);
        }
        case Expr.Subscript(var type, var base, var index) -> {
          word("[]").type(type);
          expression(base);
          expression(index);
        }
        case Expr.Delayed(_, var name, var steps) -> {
          word("delayed").name(name);
          expression(steps);
        }
        case Expr.Unary(var type, var operator, var operand) -> {
          word(operator.name()).type(type);
          expression(operand);
        }
        case Expr.Binary binary -> {
          word(binary.operator().name()).type(binary.type());
          expression(binary.left());
          if (isFixed(binary)) {
            fixed(binary.right());
          } else {
            expression(binary.right());
          }
        }
        case Expr.Conditional(var type, var condition, var whenTrue, var whenFalse) -> {
          word("?").type(type);
          expression(condition);
          expression(whenTrue);
          expression(whenFalse);
        }
        case Expr.Convert(var type, var operand) -> {
          word("convert").type(type);
          expression(operand);
        }
        case Expr.Assign(var type, var target, var compound, var value) -> {
          word("=").type(type);
          word(compound.operator().name()).type(compound.common());
          expression(target);
          if (compound.isPlain()) {
            expression(value);
          } else {
            fixed(value);
          }
        }
        case Expr.Increment(var type, var target, var decrement, var postfix) -> {
          word(decrement ? "--" : "++").word(postfix ? "after" : "before").type(type);
          expression(target);
        }
        case Expr.Call call -> {
          word("call").word(call.function()).type(call.overload());
          for (Expr argument : call.arguments()) {
            if (isFixed(call)) {
              fixed(argument);
            } else {
              expression(argument);
            }
          }
        }
        case Expr.Sequence(_, var first, var second) -> {
          word("sequence").expression(first);
          expression(second);
        }
      }
    }
  }
}
