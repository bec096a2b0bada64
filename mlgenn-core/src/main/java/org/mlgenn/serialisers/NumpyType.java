package org.mlgenn.serialisers;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Type of the values of a [NumpyArray].
public enum NumpyType {
  BOOL("b1", 1),
  INT8("i1", 1),
  INT16("i2", 2),
  INT32("i4", 4),
  INT64("i8", 8),
  UINT8("u1", 1),
  UINT16("u2", 2),
  UINT32("u4", 4),
  UINT64("u8", 8),
  FLOAT32("f4", 4),
  FLOAT64("f8", 8),
  /// Unicode strings, four bytes per character in a file.
  TEXT("U", 4),
  /// Strings of bytes, read as ISO 8859-1.
  BYTES("S", 1);

  private final String code;
  private final int bytes;

  NumpyType(String code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /// NumPy's code without the byte order; for strings without the length.
  public String code() {
    return code;
  }

  /// Bytes of a value in a file; for strings of a character.
  int bytes() {
    return bytes;
  }

  public boolean isText() {
    return this == TEXT || this == BYTES;
  }

  public boolean isFloat() {
    return this == FLOAT32 || this == FLOAT64;
  }

  boolean isUnsigned() {
    return ordinal() >= UINT8.ordinal() && ordinal() <= UINT64.ordinal();
  }

  static String codes() {
    return Arrays.stream(values()).map(NumpyType::code).collect(Collectors.joining(", "));
  }
}
