package org.genn.engine.kernel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.FunctionLibrary;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// Checks that a program is one that back ends can print: names are declared, once, and used as
/// what they are; types agree; functions exist; rows are reserved before they are taken, and never
/// taken inside a loop over elements.
///
/// Run after every pass. What it finds is a mistake of this library, so it says where and stops.
public final class IrVerifier {
  private final Program program;
  private final Map<String, Function> functions = new HashMap<>();
  private final Map<String, Rows> arrays = new HashMap<>();
  private final Set<String> labels = new HashSet<>();

  private IrVerifier(Program program) {
    this.program = program;
  }

  /// Returns the program.
  ///
  /// @throws IllegalStateException when something is wrong with it
  public static Program verify(Program program) {
    new IrVerifier(program).program();
    return program;
  }

  private void program() {
    identifier("program", program.name());
    for (Rows rows : program.arrays()) {
      identifier("array", rows.name());
      if (arrays.put(rows.name(), rows) != null) {
        throw problem("arrays", "two arrays are called '" + rows.name() + "'");
      }
      if (rows.count() < 0 || (rows.length() < 0 && !rows.isRagged())) {
        throw problem("array '" + rows.name() + "'", "it has a negative size: " + rows);
      }
    }
    for (Function function : program.functions()) {
      routine("function", function.name());
      if (functions.put(function.name(), function) != null) {
        throw problem("functions", "two functions are called '" + function.name() + "'");
      }
    }
    var kernels = new HashSet<String>();
    for (Kernel kernel : program.kernels()) {
      routine("kernel", kernel.name());
      if (functions.containsKey(kernel.name()) || !kernels.add(kernel.name())) {
        throw problem("kernels", "two functions or kernels are called '" + kernel.name() + "'");
      }
    }
    for (Function function : program.functions()) {
      var scope = new IrScope("function", function.name());
      function.parameters().forEach(parameter -> scope.declare(parameter.name(), parameter.type()));
      ops(function.body(), scope);
    }
    for (Kernel kernel : program.kernels()) {
      var scope = new IrScope("kernel", kernel.name());
      Kernel.PARAMETERS.forEach(parameter -> scope.declare(parameter, SnippetType.INT32));
      ops(kernel.body(), scope);
    }
  }

  private static void routine(String what, String name) {
    identifier(what, name);
    if (FunctionLibrary.contains(name)) {
      throw problem(what, "'" + name + "' is a function of the language");
    }
  }

  private static void identifier(String what, String name) {
    if (!isIdentifier(name)) {
      throw problem(what, "its name is no identifier: '" + name + "'");
    }
  }

  static boolean isIdentifier(String name) {
    for (int k = 0; k < name.length(); k++) {
      char c = name.charAt(k);
      boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!isLetter && (k == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private void ops(List<Op> ops, IrScope scope) {
    scope.open();
    ops.forEach(op -> op(op, scope));
    scope.close();
  }

  private void op(Op op, IrScope scope) {
    switch (op) {
      case Op.Hoist(var row, var rows, var index) -> {
        array(rows, scope);
        integer(index, scope, "index of a row");
        scope.declareRow(row, rows);
      }
      case Op.Do(var statement) -> new IrStatements(scope, functions).check(statement);
      case Op.Loop(var index, var begin, var end, var body) -> {
        integer(begin, scope, "start of a loop");
        integer(end, scope, "end of a loop");
        scope.open();
        scope.declare(index, SnippetType.INT32);
        ops(body, scope);
        scope.close();
      }
      case Op.Elements(var label, var index, var begin, var end, var body) -> {
        label(label, scope);
        integer(begin, scope, "start of a loop over elements");
        integer(end, scope, "end of a loop over elements");
        scope.open();
        scope.declare(index, SnippetType.INT32);
        var statements = new IrStatements(scope, functions);
        body.forEach(statements::check);
        scope.close();
      }
      case Op.Reduce reduce -> reduce(reduce, scope);
      case Op.When(var condition, var body) -> {
        type(condition, SnippetType.BOOL, scope, "condition");
        ops(body, scope);
      }
      case Op.Reserve(var arrays, var index, var length, var limit) -> {
        for (Rows rows : arrays) {
          array(rows, scope);
          if (!rows.isRagged()) {
            throw problem(
                scope.where(), "rows of '" + rows.name() + "' have a fixed length and cannot grow");
          }
          scope.requireNotHoisted(rows);
        }
        integer(index, scope, "index of a row");
        integer(length, scope, "reserved length");
        integer(limit, scope, "limit of a row");
      }
      case Op.Invoke(var function, var arguments) ->
          new IrStatements(scope, functions).invoke(function, arguments);
    }
  }

  private void reduce(Op.Reduce reduce, IrScope scope) {
    label(reduce.label(), scope);
    SnippetType type = SnippetType.of(reduce.type());
    integer(reduce.count(), scope, "count of a reduction");
    var statements = new IrStatements(scope, functions);
    statements.check(
        new Stmt.Evaluate(
            new Expr.Assign(
                type, reduce.target(), Expr.Compound.PLAIN, Expr.Literal.of(reduce.type(), 0))));
    scope.open();
    scope.declare(reduce.index(), SnippetType.INT32);
    reduce.body().forEach(statements::check);
    type(reduce.value(), type, scope, "value of a reduction");
    scope.close();
  }

  private void label(String label, IrScope scope) {
    if (!isIdentifier(label)) {
      throw problem("label in " + scope.where(), "its name is no identifier: '" + label + "'");
    }
    if (!labels.add(label)) {
      throw problem(scope.where(), "two loops are called '" + label + "'");
    }
  }

  private void array(Rows rows, IrScope scope) {
    if (rows.isNumbered()) {
      integer(new Expr.Name(SnippetType.INT32, rows.name()), scope, "number of an array");
      return;
    }
    if (!rows.equals(arrays.get(rows.name()))) {
      throw problem(scope.where(), "the program has no array " + rows);
    }
  }

  private void integer(Expr expression, IrScope scope, String what) {
    new IrStatements(scope, functions).expression(expression);
    if (!(expression.type() instanceof SnippetType.Number(NumericType type))
        || !type.isIntegral()) {
      throw problem(scope.where(), what + " is no integer: " + expression);
    }
  }

  private void type(Expr expression, SnippetType wanted, IrScope scope, String what) {
    new IrStatements(scope, functions).expression(expression);
    if (!expression.type().equals(wanted)) {
      throw problem(
          scope.where(), "%s has type %s, not %s".formatted(what, expression.type(), wanted));
    }
  }

  static IllegalStateException problem(String where, String what) {
    return new IllegalStateException("kernel IR, " + where + ": " + what);
  }
}
