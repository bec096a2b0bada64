package org.genn.engine.snippet;

import java.util.List;
import java.util.stream.Collectors;

/// Checked trees as text, for tests and debugging: like C, with every parenthesis and conversion
/// visible.
///
/// `V += i / 2` on a `float` V prints as `V +=<float> float((i / 2))`. A delayed value is
/// `delayed(x, steps)`.
public final class TreeText {

  private TreeText() {}

  public static String of(Expr expr) {
    return switch (expr) {
      case Expr.Literal literal -> literal(literal);
      case Expr.Text(var characters) -> "\"" + characters + "\"";
      case Expr.Name(_, var name) -> name;
      case Expr.Subscript(_, var base, var index) -> of(base) + "[" + of(index) + "]";
      case Expr.Delayed(_, var name, var steps) -> "delayed(" + name + ", " + of(steps) + ")";
      case Expr.Unary(_, var operator, var operand) -> "(" + operator.symbol() + of(operand) + ")";
      case Expr.Binary(_, var operator, var left, var right) ->
          "(" + of(left) + " " + operator.symbol() + " " + of(right) + ")";
      case Expr.Conditional(_, var condition, var whenTrue, var whenFalse) ->
          "(" + of(condition) + " ? " + of(whenTrue) + " : " + of(whenFalse) + ")";
      case Expr.Convert(var type, var operand) ->
          TypeNames.of(type).replace(' ', '_') + "(" + of(operand) + ")";
      case Expr.Assign(_, var target, var compound, var value) ->
          of(target)
              + (compound.isPlain()
                  ? " = "
                  : " "
                      + compound.operator().symbol()
                      + "=<"
                      + TypeNames.of(compound.common())
                      + "> ")
              + of(value);
      case Expr.Increment(_, var target, var decrement, var postfix) -> {
        String symbol = decrement ? "--" : "++";
        yield postfix ? of(target) + symbol : symbol + of(target);
      }
      case Expr.Call(_, var function, _, var arguments) ->
          arguments.stream()
              .map(TreeText::of)
              .collect(Collectors.joining(", ", function + "(", ")"));
      case Expr.Sequence(_, var first, var second) -> "(" + of(first) + ", " + of(second) + ")";
    };
  }

  private static String literal(Expr.Literal literal) {
    long bits = literal.bits();
    return switch (literal.type().numeric()) {
      case BOOL -> bits == 0 ? "false" : "true";
      case INT8, UINT8, INT16, UINT16 -> TypeNames.of(literal.type()) + "(" + bits + ")";
      case INT32 -> Long.toString(bits);
      case UINT32 -> bits + "u";
      case INT64 -> bits + "l";
      case UINT64 -> Long.toUnsignedString(bits) + "ul";
      case FLOAT -> (float) literal.real() + "f";
      case DOUBLE -> Double.toString(literal.real());
    };
  }

  /// One statement a line, blocks indented by two blanks.
  public static String of(List<Stmt> statements) {
    return statements.stream().map(TreeText::of).collect(Collectors.joining("\n"));
  }

  public static String of(Stmt stmt) {
    return switch (stmt) {
      case Stmt.Declare(var type, var name, var initial) ->
          TypeNames.of(type)
              + " "
              + name
              + initial.map(value -> " = " + of(value)).orElse("")
              + ";";
      case Stmt.Evaluate(var expression) -> of(expression) + ";";
      case Stmt.Block(var statements) ->
          statements.isEmpty() ? "{}" : "{\n" + indented(statements) + "\n}";
      case Stmt.If(var condition, var whenTrue, var whenFalse) ->
          "if ("
              + of(condition)
              + ") "
              + of(whenTrue)
              + whenFalse.map(branch -> " else " + of(branch)).orElse("");
      case Stmt.While(var condition, var body) -> "while (" + of(condition) + ") " + of(body);
      case Stmt.DoWhile(var body, var condition) ->
          "do " + of(body) + " while (" + of(condition) + ");";
      case Stmt.For(var initial, var condition, var update, var body) ->
          initial.stream()
                  .map(TreeText::of)
                  .collect(Collectors.joining(" ", "for (", initial.isEmpty() ? "; " : " "))
              + condition.map(TreeText::of).orElse("")
              + "; "
              + update.map(TreeText::of).orElse("")
              + ") "
              + of(body);
      case Stmt.Switch(var selector, var cases) ->
          cases.stream()
              .map(TreeText::part)
              .collect(Collectors.joining("\n", "switch (" + of(selector) + ") {\n", "\n}"));
      case Stmt.Break() -> "break;";
      case Stmt.Continue() -> "continue;";
      case Stmt.ForEachSynapse(var body) -> "for_each_synapse " + of(body);
    };
  }

  private static String part(Stmt.Case part) {
    String labels =
        part.labels().stream().map(label -> "case " + label + ": ").collect(Collectors.joining())
            + (part.isDefault() ? "default: " : "");
    return (labels.strip() + "\n" + indented(part.statements())).stripTrailing();
  }

  private static String indented(List<Stmt> statements) {
    return of(statements).indent(2).stripTrailing();
  }
}
