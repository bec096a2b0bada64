package org.genn.engine.runtime;

import java.util.Arrays;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.Symbol;
import org.genn.engine.snippet.NumberRange;
import org.genn.engine.snippet.NumericType;

/// Values of a row that its type holds, converted once to the type of its array, to be written into
/// one or more rows.
final class RowValues {
  private final NumericType type;
  private final double[] values;
  private final float[] floats;
  private final int[] integers;

  private static final float[] NO_FLOATS = {};
  private static final int[] NO_INTEGERS = {};

  RowValues(NumericType type, double[] values) {
    this.type = type;
    this.values = values;
    floats = type == NumericType.FLOAT ? floats(values) : NO_FLOATS;
    integers = isShortInteger(type) ? integers(values) : NO_INTEGERS;
  }

  /// The same value `length` times.
  static RowValues constant(NumericType type, double value, int length) {
    var values = new double[length];
    Arrays.fill(values, value);
    return new RowValues(type, values);
  }

  /// What memory takes as a whole row.
  private static boolean isShortInteger(NumericType type) {
    return type.isIntegral() && type != NumericType.BOOL && type.bits() <= Integer.SIZE;
  }

  private static float[] floats(double[] values) {
    var floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static int[] integers(double[] values) {
    var integers = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      integers[i] = (int) (long) values[i];
    }
    return integers;
  }

  int length() {
    return values.length;
  }

  void write(Memory memory, Symbol symbol, int row) {
    int array = symbol.array();
    if (type == NumericType.FLOAT) {
      memory.writeFloats(array, row, floats, 0);
    } else if (isShortInteger(type)) {
      memory.writeIntegers(array, row, 0, integers, 0, integers.length);
    } else {
      for (int i = 0; i < values.length; i++) {
        if (type == NumericType.DOUBLE) {
          memory.setDouble(array, row, i, values[i]);
        } else {
          memory.setLong(array, row, i, NumberRange.integer(values[i]));
        }
      }
    }
  }
}
