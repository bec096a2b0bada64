package org.genn.engine.backend;

/// The text of an expression, and how tightly its outermost operator binds: the same in all C-like
/// languages.
public record Printed(String text, int precedence) {
  public static final int ASSIGNMENT = 1;
  public static final int CONDITIONAL = 2;
  public static final int UNARY = 13;
  public static final int PRIMARY = 14;

  /// A name, a literal, a call, a subscript.
  public static Printed primary(String text) {
    return new Printed(text, PRIMARY);
  }

  public static Printed unary(String operator, Printed operand) {
    String inner = operand.at(UNARY);
    boolean wouldMerge =
        !inner.isEmpty() && inner.charAt(0) == operator.charAt(operator.length() - 1);
    return new Printed(operator + (wouldMerge ? "(" + inner + ")" : inner), UNARY);
  }

  public static Printed cast(String type, Printed operand) {
    return new Printed("(" + type + ") " + operand.at(UNARY), UNARY);
  }

  /// A left-associative binary operator, by its spelling.
  public static Printed binary(String operator, Printed left, Printed right) {
    int precedence =
        switch (operator) {
          case "||" -> 3;
          case "&&" -> 4;
          case "|" -> 5;
          case "^" -> 6;
          case "&" -> 7;
          case "==", "!=" -> 8;
          case "<", "<=", ">", ">=" -> 9;
          case "<<", ">>", ">>>" -> 10;
          case "+", "-" -> 11;
          case "*", "/", "%" -> 12;
          default -> throw new IllegalArgumentException("not a binary operator: " + operator);
        };
    return new Printed(
        left.at(precedence) + " " + operator + " " + right.at(precedence + 1), precedence);
  }

  public static Printed assignment(Printed target, String operator, Printed value) {
    return new Printed(target.text + " " + operator + " " + value.at(ASSIGNMENT), ASSIGNMENT);
  }

  public static Printed conditional(Printed condition, Printed whenTrue, Printed whenFalse) {
    return new Printed(
        condition.at(CONDITIONAL + 1)
            + " ? "
            + whenTrue.at(CONDITIONAL + 1)
            + " : "
            + whenFalse.at(CONDITIONAL),
        CONDITIONAL);
  }

  public static Printed call(String function, Printed... arguments) {
    var text = new StringBuilder(function).append('(');
    for (int i = 0; i < arguments.length; i++) {
      text.append(i == 0 ? "" : ", ").append(arguments[i].text);
    }
    return primary(text.append(')').toString());
  }

  /// The text, in parentheses if it binds less tightly than `minimum`.
  public String at(int minimum) {
    return precedence < minimum ? "(" + text + ")" : text;
  }
}
