package org.genn.engine.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.genn.engine.model.Given;

/// Numbers for parameters as users of `GeNNModel` write them.
final class ParameterValue {
  /// Up to this, a `double` holds every integer.
  private static final long LARGEST_EXACT = 1L << 53;

  private ParameterValue() {}

  static Map<String, Double> all(String where, Map<String, ? extends Number> values) {
    Given.values(where, "parameter", values);
    var converted = new LinkedHashMap<String, Double>();
    values.forEach((name, value) -> converted.put(name, of(where, name, value)));
    return converted;
  }

  private static double of(String where, String name, Number value) {
    if (value instanceof Long number
        && (number > LARGEST_EXACT || number < -LARGEST_EXACT)
        && number != (long) number.doubleValue()) {
      throw new IllegalArgumentException(
          "%s: parameter '%s' is given %s, which is no exact number; use an extra global parameter"
              .formatted(where, name, number));
    }
    return value.doubleValue();
  }
}
