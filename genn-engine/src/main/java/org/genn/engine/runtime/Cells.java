package org.genn.engine.runtime;

import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.Symbol;
import org.genn.engine.snippet.NumberRange;
import org.genn.engine.snippet.NumericType;

/// Elements of an array as real numbers, whatever their type.
record Cells(Memory memory, int array, NumericType type) {

  Cells(Memory memory, Symbol symbol) {
    this(memory, symbol.array(), symbol.type());
  }

  double get(int row, int index) {
    return switch (type) {
      case FLOAT -> memory.getFloat(array, row, index);
      case DOUBLE -> memory.getDouble(array, row, index);
      case BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 ->
          range().real(memory.getLong(array, row, index));
    };
  }

  /// @param value one that the type holds
  void set(int row, int index, double value) {
    switch (type) {
      case FLOAT -> memory.setFloat(array, row, index, (float) value);
      case DOUBLE -> memory.setDouble(array, row, index, value);
      case BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 ->
          memory.setLong(array, row, index, NumberRange.integer(value));
    }
  }

  NumberRange range() {
    return NumberRange.of(type);
  }

  /// @param name of the array
  /// @throws IllegalArgumentException when the type does not hold the value
  void requireHeld(String name, int index, double value) {
    if (!range().holds(value)) {
      throw refused(name, index, value);
    }
  }

  /// The same for a value of an integral type.
  void requireHeld(String name, int index, long value) {
    if (!range().holds(value)) {
      throw refused(name, index, value);
    }
  }

  private IllegalArgumentException refused(String name, int index, Number value) {
    return new IllegalArgumentException(range().refusal(name, index, value));
  }
}
