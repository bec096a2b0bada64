package org.genn.engine.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.genn.engine.model.InitialValue;

/// Initial values as users of `GeNNModel` write them.
final class InitialValueOf {
  private InitialValueOf() {}

  static Map<String, InitialValue> all(String where, Map<String, ?> values) {
    var converted = new LinkedHashMap<String, InitialValue>();
    values.forEach((name, value) -> converted.put(name, of(where, name, value)));
    return converted;
  }

  private static InitialValue of(String where, String name, Object value) {
    return switch (value) {
      case InitialValue initial -> initial;
      case Number number -> InitialValue.of(number.doubleValue());
      case float[] values -> InitialValue.of(values);
      case double[] values -> InitialValue.of(floats(values));
      default ->
          throw new IllegalArgumentException(
              "%s: variable '%s' is given a %s; expected a number, an array of float or double, or an InitialValue"
                  .formatted(where, name, value.getClass().getSimpleName()));
    };
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
