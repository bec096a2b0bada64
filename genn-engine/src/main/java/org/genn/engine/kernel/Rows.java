package org.genn.engine.kernel;

import org.genn.engine.snippet.NumericType;

/// An array of rows, the only memory that kernels have.
///
/// A loop over elements reads and writes `row[index]` with its bare index, of rows taken out of
/// their arrays before (`Op.Hoist`): the one form that every compiler vectorises (see the design
/// notes on CPU kernels).
///
/// @param name unique in the program, a valid identifier
/// @param count number of rows
/// @param length elements per row, or `RAGGED` when each row has a length of its own
public record Rows(String name, NumericType type, int count, int length) {
  public static final int RAGGED = -1;

  public boolean isRagged() {
    return length == RAGGED;
  }
}
