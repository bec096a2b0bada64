package org.genn.engine.kernel;

import java.util.List;
import java.util.Optional;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.TreeText;
import org.genn.engine.snippet.Walker;

/*
 * The code of a current source, say, runs within the function that updates its neurons. So what a test fails with cannot
 * be named after the function: the snippet and the group are noted where the snippet is read.
 */

/// Whose code a snippet is, which failed tests name.
///
/// In the IR the subscript of an array of a checked program is `from(index, text)`, which is the
/// index, and `assert(condition, text)` has a second argument; the text is what messages begin
/// with.
///
/// @param text the snippet, then the group
/// @param marksSubscripts whether subscripts are tested
public record Origin(String text, boolean marksSubscripts) {
  private static final String FUNCTION = "from";
  private static final String ASSERT = "assert";

  /// Notes the origin in a node of a snippet.
  Expr mark(Expr node) {
    return switch (node) {
      case Expr.Subscript(var type, var base, var index) when marksSubscripts ->
          new Expr.Subscript(type, base, marked(index, text + ": " + array(base)));
      case Expr.Call(var type, var function, var overload, var arguments)
          when function.equals(ASSERT) -> {
        Expr condition = arguments.getFirst();
        yield new Expr.Call(
            type,
            function,
            new SnippetType.Function(overload.result(), overload.parameters(), true),
            List.of(condition, new Expr.Text(text + ": " + assertion(condition))));
      }
      default -> node;
    };
  }

  private static Expr marked(Expr index, String text) {
    var overload = new SnippetType.Function(index.type(), List.of(index.type()), true);
    return new Expr.Call(index.type(), FUNCTION, overload, List.of(index, new Expr.Text(text)));
  }

  /// The name in the code of an array, or of a pointer into it.
  private static String array(Expr base) {
    String[] name = {""};
    Walker.walk(
        base,
        node -> {
          if (name[0].isEmpty() && node instanceof Expr.Name(SnippetType.Pointer _, var found)) {
            name[0] = found;
          }
        });
    return name[0];
  }

  private static String assertion(Expr condition) {
    String text = TreeText.of(condition);
    boolean isInParentheses =
        condition instanceof Expr.Binary
            || condition instanceof Expr.Unary
            || condition instanceof Expr.Conditional
            || condition instanceof Expr.Sequence;
    return isInParentheses ? ASSERT + text : ASSERT + "(" + text + ")";
  }

  /// What messages about a subscript, or a failed assertion, begin with; empty where none is noted.
  public static Optional<String> of(Expr marked) {
    return marked instanceof Expr.Call(_, _, _, var arguments)
            && (isMark(marked) || (isAssertion(marked) && arguments.size() > 1))
        ? Optional.of(((Expr.Text) arguments.getLast()).characters())
        : Optional.empty();
  }

  private static boolean isAssertion(Expr node) {
    return node instanceof Expr.Call call && call.function().equals(ASSERT);
  }

  /// Whether it is an index with its origin.
  public static boolean isMark(Expr node) {
    return node instanceof Expr.Call call && call.function().equals(FUNCTION);
  }

  /// The index itself.
  public static Expr unmarked(Expr index) {
    return isMark(index) ? ((Expr.Call) index).arguments().getFirst() : index;
  }

  /// An index in place of another one, with the same origin.
  public static Expr replaced(Expr index, Expr replacement) {
    return isMark(index) ? marked(replacement, of(index).orElseThrow()) : replacement;
  }
}
