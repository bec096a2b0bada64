package org.genn.engine.backend;

import static org.genn.engine.backend.Ir.assign;
import static org.genn.engine.backend.Ir.evaluate;
import static org.genn.engine.backend.Ir.hoist;
import static org.genn.engine.backend.Ir.integer;
import static org.genn.engine.backend.Ir.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;

/// Evaluates expressions of up to three variables `x`, `y`, `z` for rows of values.
final class Table implements AutoCloseable {
  private static final List<String> VARIABLES = List.of("x", "y", "z");

  /// @param inputs types of x, y, z
  record Column(NumericType result, List<NumericType> inputs, Expr value) {}

  private final List<Column> columns;
  private final Executable executable;
  private final Instance instance;
  private final int length;

  Table(int length, List<Column> columns) {
    this("auto", length, columns);
  }

  Table(String backend, int length, List<Column> columns) {
    this(Backends.named(backend), length, columns);
  }

  Table(Backend backend, int length, List<Column> columns) {
    this.columns = columns;
    this.length = length;
    var arrays = new ArrayList<Rows>();
    var kernels = new ArrayList<Kernel>();
    for (int c = 0; c < columns.size(); c++) {
      Column column = columns.get(c);
      var ops = new ArrayList<Op>();
      var result = new Rows("result" + c, column.result, 1, length);
      arrays.add(result);
      ops.add(hoist("out", result, integer(0)));
      for (int v = 0; v < VARIABLES.size(); v++) {
        NumericType type = v < column.inputs.size() ? column.inputs.get(v) : NumericType.INT8;
        var input = new Rows(VARIABLES.get(v) + c, type, 1, v < column.inputs.size() ? length : 0);
        arrays.add(input);
        ops.add(hoist(VARIABLES.get(v), input, integer(0)));
      }
      ops.add(
          new Op.Elements(
              "column" + c,
              "i",
              integer(length),
              List.of(evaluate(assign(Ir.at(column.result, "out", integer("i")), column.value)))));
      kernels.add(kernel("kernel" + c, ops.toArray(Op[]::new)));
    }
    executable =
        backend.build(
            new Program("table", arrays, List.of(), kernels),
            new BuildSettings().cacheDirectory(Optional.empty()));
    instance = executable.open();
  }

  static Expr variable(NumericType type, int number) {
    return Ir.at(type, VARIABLES.get(number), integer("i"));
  }

  static Column unary(NumericType result, NumericType input, UnaryOperator<Expr> value) {
    return new Column(result, List.of(input), value.apply(variable(input, 0)));
  }

  /// A call of a function on x, y …
  static Column call(NumericType result, String function, NumericType... inputs) {
    var arguments = new Expr[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      arguments[i] = variable(inputs[i], i);
    }
    return new Column(result, List.of(inputs), Ir.call(Ir.type(result), function, arguments));
  }

  void set(int column, int variable, int index, double value) {
    int array = 4 * column + 1 + variable;
    switch (columns.get(column).inputs.get(variable)) {
      case FLOAT -> instance.memory().setFloat(array, 0, index, (float) value);
      case DOUBLE -> instance.memory().setDouble(array, 0, index, value);
      default -> instance.memory().setLong(array, 0, index, (long) value);
    }
  }

  void setLong(int column, int variable, int index, long value) {
    instance.memory().setLong(4 * column + 1 + variable, 0, index, value);
  }

  void run(int column) {
    instance.run(column, 0, 1, 0, 0, 0);
  }

  NumericType result(int column) {
    return columns.get(column).result;
  }

  double get(int column, int index) {
    return switch (columns.get(column).result) {
      case FLOAT -> instance.memory().getFloat(4 * column, 0, index);
      case DOUBLE -> instance.memory().getDouble(4 * column, 0, index);
      default -> instance.memory().getLong(4 * column, 0, index);
    };
  }

  long getLong(int column, int index) {
    return instance.memory().getLong(4 * column, 0, index);
  }

  /// The value of one column at one place.
  double at(int column, double... inputs) {
    for (int v = 0; v < inputs.length; v++) {
      set(column, v, 0, inputs[v]);
    }
    run(column);
    return get(column, 0);
  }

  boolean dividedByZero() {
    return instance.dividedByZero();
  }

  int length() {
    return length;
  }

  @Override
  public void close() {
    try (executable) {
      instance.close();
    }
  }
}
