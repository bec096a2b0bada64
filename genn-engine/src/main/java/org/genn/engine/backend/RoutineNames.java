package org.genn.engine.backend;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;
import org.genn.engine.snippet.Walker;

/// The names that a routine, or a part of one, uses.
public final class RoutineNames {
  private final Map<String, Expr.Name> used = new LinkedHashMap<>();
  private final Map<String, Expr.Name> assigned = new LinkedHashMap<>();
  private final Map<String, Boolean> declared = new LinkedHashMap<>();

  private RoutineNames() {}

  /// All names of a routine.
  static Set<String> of(Routine routine) {
    var names = new RoutineNames();
    routine.parameters().forEach(parameter -> names.declared.put(parameter.name(), false));
    names.ops(routine.body());
    var all = new HashSet<>(names.used.keySet());
    all.addAll(names.declared.keySet());
    return all;
  }

  /// All names that a list of operations uses or declares.
  public static Set<String> all(List<Op> ops) {
    var names = of(ops);
    var all = new HashSet<>(names.used.keySet());
    all.addAll(names.declared.keySet());
    return all;
  }

  public static RoutineNames of(List<Op> ops) {
    var names = new RoutineNames();
    names.ops(ops);
    return names;
  }

  /// Names that are not declared inside, in order of first use.
  public List<Expr.Name> free() {
    return used.values().stream().filter(name -> !declared.containsKey(name.name())).toList();
  }

  /// Free names whose variables, not elements of rows, are changed.
  public List<Expr.Name> changed() {
    return assigned.values().stream().filter(name -> !declared.containsKey(name.name())).toList();
  }

  public boolean declares(String name) {
    return declared.containsKey(name);
  }

  /// Names of pointer variables that are declared inside, as against rows.
  public Set<String> pointers() {
    var pointers = new HashSet<String>();
    declared.forEach(
        (name, isPointer) -> {
          if (isPointer) {
            pointers.add(name);
          }
        });
    return pointers;
  }

  private void ops(List<Op> ops) {
    ops.forEach(this::op);
  }

  private void op(Op op) {
    switch (op) {
      case Op.Hoist(var row, var rows, var index) -> {
        array(rows);
        expression(index);
        declared.put(row, false);
      }
      case Op.Do(var statement) -> statement(statement);
      case Op.Loop(var index, var begin, var end, var body) -> {
        expression(begin);
        expression(end);
        declared.put(index, false);
        ops(body);
      }
      case Op.Elements(_, var index, var begin, var end, var body) -> {
        declared.put(index, false);
        body.forEach(this::statement);
        expression(begin);
        expression(end);
      }
      case Op.Reduce(_, _, _, var target, var index, var count, var body, var value) -> {
        declared.put(index, false);
        body.forEach(this::statement);
        expression(value);
        expression(count);
        expression(target);
        if (target instanceof Expr.Name name) {
          assigned.putIfAbsent(name.name(), name);
        }
      }
      case Op.When(var condition, var body) -> {
        expression(condition);
        ops(body);
      }
      case Op.Reserve(var arrays, var index, var length, var limit) -> {
        arrays.forEach(this::array);
        expression(index);
        expression(length);
        expression(limit);
      }
      case Op.Invoke(_, var arguments) -> arguments.forEach(this::expression);
    }
  }

  private void array(Rows rows) {
    if (rows.isNumbered()) {
      note(new Expr.Name(SnippetType.INT32, rows.name()));
    }
  }

  private void statement(Stmt statement) {
    Walker.walk(
        statement,
        this::note,
        part -> {
          if (part instanceof Stmt.Declare declare) {
            declared.put(declare.name(), declare.type() instanceof SnippetType.Pointer);
          }
        });
  }

  private void expression(Expr expression) {
    Walker.walk(expression, this::note);
  }

  private void note(Expr node) {
    switch (node) {
      case Expr.Name name -> used.putIfAbsent(name.name(), name);
      case Expr.Assign(_, Expr.Name target, _, _) -> assigned.putIfAbsent(target.name(), target);
      case Expr.Increment(_, Expr.Name target, _, _) -> assigned.putIfAbsent(target.name(), target);
      default -> {}
    }
  }
}
