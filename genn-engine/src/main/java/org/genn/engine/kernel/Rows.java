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
/// @param isScratch whether no kernel finds in it what another one left, and nor does the host:
///   every function writes an element before it reads it
public record Rows(String name, NumericType type, int count, int length, boolean isScratch) {
  public static final int RAGGED = -1;

  private static final int NUMBERED = -1;

  public Rows(String name, NumericType type, int count, int length) {
    this(name, type, count, length, false);
  }

  /// An array that a function is told by its number in the program, the value of an `int32`
  /// parameter.
  ///
  /// @param like has the same type and use
  public static Rows numbered(String parameter, Rows like) {
    return new Rows(parameter, like.type, NUMBERED, like.length, like.isScratch);
  }

  public boolean isNumbered() {
    return count == NUMBERED;
  }

  public boolean isRagged() {
    return length == RAGGED;
  }
}
