package org.genn.engine.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.genn.engine.model.Given;
import org.genn.engine.model.InitialValue;

/// Initial values as users of `GeNNModel` write them.
final class InitialValueOf {
  /// Up to this, a `double` holds every integer.
  private static final double LARGEST_EXACT = 1L << 53;

  private InitialValueOf() {}

  static Map<String, InitialValue> all(String where, Map<String, ?> values) {
    Given.values(where, "variable", values);
    var converted = new LinkedHashMap<String, InitialValue>();
    values.forEach((name, value) -> converted.put(name, of(where, name, value)));
    return converted;
  }

  private static InitialValue of(String where, String name, Object value) {
    return switch (value) {
      case InitialValue initial -> initial;
      case Long number when Math.abs((double) number) > LARGEST_EXACT ->
          throw new IllegalArgumentException(
              "%s: variable '%s' is given %s, which is no exact number; give an array of long"
                  .formatted(where, name, number));
      case Number number -> InitialValue.of(number.doubleValue());
      case float[] values -> InitialValue.of(values);
      case double[] values -> InitialValue.of(values);
      case long[] values -> InitialValue.of(values);
      case int[] values -> InitialValue.of(values);
      default ->
          throw new IllegalArgumentException(
              "%s: variable '%s' is given a %s; expected a number, an array of float, double, int or long, or an InitialValue"
                  .formatted(where, name, value.getClass().getSimpleName()));
    };
  }
}
