package org.genn.engine.runtime;

import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.Symbol;

/// Elements of a symbol of one row, whatever their type.
record Cells(Memory memory, Symbol symbol) {

  double get(int index) {
    return switch (symbol.type()) {
      case FLOAT -> memory.getFloat(symbol.array(), 0, index);
      case DOUBLE -> memory.getDouble(symbol.array(), 0, index);
      case BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 ->
          memory.getLong(symbol.array(), 0, index);
    };
  }

  void set(int index, double value) {
    switch (symbol.type()) {
      case FLOAT -> memory.setFloat(symbol.array(), 0, index, (float) value);
      case DOUBLE -> memory.setDouble(symbol.array(), 0, index, value);
      case BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 ->
          memory.setLong(symbol.array(), 0, index, (long) value);
    }
  }
}
