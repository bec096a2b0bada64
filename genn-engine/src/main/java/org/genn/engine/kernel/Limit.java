package org.genn.engine.kernel;

import java.util.List;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;

/*
 * Most of what goes wrong in code shows as a subscript outside of an array, which back ends test by themselves in checked
 * mode. This is for numbers that lowered code would cut to what is possible, so that no array is ever left: the delay of a
 * synapse, the target of one that is made at each spike. Programs that are not checked have no such calls.
 */

/// Tests in checked programs whether a number that a model's code computes is a possible one.
///
/// In the IR it is a call of `within(value, count, owner, message)`: the `int64` value as an
/// `int32` where `0 <= value < count`; elsewhere the kernel fails with the message, in which
/// `FOUND` stands for the value, and `OWNER` for the neuron whose row is being made.
public final class Limit {
  /// The name of the function; snippets cannot call it.
  public static final String FUNCTION = "within";

  /// What stands for the value in a message.
  public static final String FOUND = "%d";

  /// What stands for the owner in a message.
  public static final String OWNER = "%o";

  private static final SnippetType.Function TYPE =
      new SnippetType.Function(
          SnippetType.INT32,
          List.of(SnippetType.of(NumericType.INT64), SnippetType.INT32, SnippetType.INT32),
          true);

  private Limit() {}

  /// The type that code gives a number as which is tested: where it is, one that cuts nothing
  /// before.
  ///
  /// @param plain the type elsewhere
  static SnippetType given(boolean isChecked, SnippetType plain) {
    return isChecked ? SnippetType.of(NumericType.INT64) : plain;
  }

  /// @param count of possible values, which begin at 0
  /// @param owner number of the neuron that the message may name
  /// @param message where, what, what is possible and the way out
  static Expr of(Expr value, Expr count, Expr owner, String message) {
    return new Expr.Call(
        SnippetType.INT32,
        FUNCTION,
        TYPE,
        List.of(Build.convert(NumericType.INT64, value), count, owner, new Expr.Text(message)));
  }

  /// The message, when the test has failed.
  public static String told(String message, long found, long owner) {
    return message.replace(FOUND, Long.toString(found)).replace(OWNER, Long.toString(owner));
  }

  /// The number of steps of a synapse's delay.
  ///
  /// @param what has the delay
  /// @param slots of the group's dendrites
  static Expr delay(Expr steps, int slots, String group, String what) {
    return of(
        steps,
        Build.integer(slots),
        Build.integer(0),
        ("synapse group '%s': %s a delay of %s timesteps, but the group's maximal dendritic delay"
                + " of %d leaves room for 0 to %d; make that longer or the delay shorter")
            .formatted(group, what, FOUND, slots, slots - 1));
  }
}
