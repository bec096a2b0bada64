package org.genn.engine.backend.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.backend.Executable;
import org.genn.engine.backend.Instance;
import org.genn.engine.backend.Ir;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.Environment;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Rewriter;
import org.genn.engine.snippet.Snippet;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Source;
import org.genn.engine.snippet.Stmt;

/// Runs codes of the snippet language on the jvm back end. Each may use `x` and `y` of its types,
/// sets `result`, and has the array `table` of 8 `int` elements.
final class SnippetRun implements AutoCloseable {

  /// @param x type of x, and `y` of y
  record Code(NumericType result, NumericType x, NumericType y, String text) {}

  private final List<Code> codes;
  private final Executable executable;
  private final Instance instance;

  SnippetRun(List<Code> codes) {
    this.codes = codes;
    var arrays = new ArrayList<Rows>();
    var kernels = new ArrayList<Kernel>();
    for (int c = 0; c < codes.size(); c++) {
      Code code = codes.get(c);
      var result = new Rows("result" + c, code.result, 1, 1);
      var x = new Rows("x" + c, code.x, 1, 1);
      var y = new Rows("y" + c, code.y, 1, 1);
      var table = new Rows("table" + c, NumericType.INT32, 1, 8);
      arrays.addAll(List.of(result, x, y, table));
      Expr j = Ir.integer("element");
      var body = new ArrayList<Stmt>();
      body.add(Ir.declare(code.x, "x", Ir.at(code.x, "rowX", j)));
      body.add(Ir.declare(code.y, "y", Ir.at(code.y, "rowY", j)));
      body.addAll(statements(code));
      kernels.add(
          Ir.kernel(
              "kernel" + c,
              Ir.hoist("rowResult", result, Ir.integer(0)),
              Ir.hoist("rowX", x, Ir.integer(0)),
              Ir.hoist("rowY", y, Ir.integer(0)),
              Ir.hoist("table", table, Ir.integer(0)),
              new Op.Elements("code" + c, "element", Ir.integer(1), body)));
    }
    executable =
        new JvmBackend()
            .build(
                new Program("codes", arrays, List.of(), kernels),
                new BuildSettings().cacheDirectory(Optional.empty()));
    instance = executable.open();
  }

  private static List<Stmt> statements(Code code) {
    var environment =
        Environment.of(NumericType.FLOAT, NumericType.FLOAT)
            .withVariable("x", Ir.type(code.x), Environment.Access.READ_WRITE)
            .withVariable("y", Ir.type(code.y), Environment.Access.READ_WRITE)
            .withVariable("result", Ir.type(code.result), Environment.Access.READ_WRITE)
            .withVariable("table", Ir.pointer(NumericType.INT32), Environment.Access.READ_ONLY);
    List<Stmt> parsed = Snippet.statements(new Source("test", code.text), environment);
    return Rewriter.map(
        parsed,
        node ->
            node instanceof Expr.Name(SnippetType type, String name) && name.equals("result")
                ? Ir.at(type.numeric(), "rowResult", Ir.integer("element"))
                : node);
  }

  private void set(int array, NumericType type, Number value) {
    switch (type) {
      case FLOAT -> instance.memory().setFloat(array, 0, 0, value.floatValue());
      case DOUBLE -> instance.memory().setDouble(array, 0, 0, value.doubleValue());
      default -> instance.memory().setLong(array, 0, 0, value.longValue());
    }
  }

  /// The result as `Long` or `Double`.
  Number run(int code, Number x, Number y) {
    set(4 * code + 1, codes.get(code).x, x);
    set(4 * code + 2, codes.get(code).y, y);
    instance.run(code, 0, 1, 0, 0, 0);
    return switch (codes.get(code).result) {
      case FLOAT -> (double) instance.memory().getFloat(4 * code, 0, 0);
      case DOUBLE -> instance.memory().getDouble(4 * code, 0, 0);
      default -> instance.memory().getLong(4 * code, 0, 0);
    };
  }

  int table(int code, int index) {
    return (int) instance.memory().getLong(4 * code + 3, 0, index);
  }

  boolean dividedByZero() {
    return instance.dividedByZero();
  }

  @Override
  public void close() {
    try (executable) {
      instance.close();
    }
  }
}
