package org.mlgenn.serialisers;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// What a `.npy` file says about the values that follow.
///
/// ```
/// \x93NUMPY  major minor  length (2 bytes, from version 2 on 4)  {'descr': …}  padding to 64  \n
/// ```
///
/// @param characters length of each string; 1 for other types
/// @param size bytes of the header with everything before the values
/// @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NumPy:
///   numpy.lib.format</a>
record NumpyHeader(
    NumpyType type, int characters, ByteOrder order, boolean fortranOrder, int[] shape, int size) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_LENGTH = 1 << 16;
  private static final int ALIGNMENT = 64;

  static NumpyHeader of(NumpyArray array) {
    int characters = 1;
    if (array.values() instanceof String[] strings) {
      for (String string : strings) {
        characters = Math.max(characters, string.codePointCount(0, string.length()));
      }
    }
    return new NumpyHeader(
        array.type(), characters, ByteOrder.LITTLE_ENDIAN, false, array.shape(), 0);
  }

  /// Number of values, or -1 if it is beyond what a Java array can hold.
  long count() {
    long count = 1;
    for (int dimension : shape) {
      if (dimension == 0) {
        return 0;
      }
    }
    for (int dimension : shape) {
      count *= dimension;
      if (count > Integer.MAX_VALUE - 8) {
        return -1;
      }
    }
    return count;
  }

  /// Bytes of one value in the file.
  long valueBytes() {
    return (long) characters * type.bytes();
  }

  String descriptor() {
    String mark = type.bytes() == 1 ? "|" : order == ByteOrder.LITTLE_ENDIAN ? "<" : ">";
    return mark + type.code() + (type.isText() ? characters : "");
  }

  byte[] encode() {
    String dictionary =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }"
            .formatted(descriptor(), NumpyArray.show(shape));
    int unpadded = MAGIC.length + 4 + dictionary.length() + 1;
    int padding = Math.floorMod(-unpadded, ALIGNMENT);
    byte[] text = (dictionary + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(unpadded + padding)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length)
        .put(text)
        .array();
  }

  static NumpyHeader read(InputStream in, String where) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (!Arrays.equals(start, 0, Math.min(start.length, MAGIC.length), MAGIC, 0, MAGIC.length)) {
      throw new IOException(
          "%s: not a NumPy array: starts with '%s', expected '%s' (\\x93NUMPY)"
              .formatted(where, hex(start), hex(MAGIC)));
    }
    if (start.length < MAGIC.length + 2) {
      throw truncated(where);
    }
    int major = start[MAGIC.length];
    if (major < 1 || major > 3) {
      throw new IOException(
          "%s: format version %d.%d, expected 1.0, 2.0 or 3.0"
              .formatted(where, major & 0xFF, start[MAGIC.length + 1] & 0xFF));
    }
    byte[] length = in.readNBytes(major == 1 ? 2 : 4);
    if (length.length < (major == 1 ? 2 : 4)) {
      throw truncated(where);
    }
    ByteBuffer buffer = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN);
    long bytes = Integer.toUnsignedLong(major == 1 ? buffer.getChar() : buffer.getInt());
    if (bytes > MAX_LENGTH) {
      throw new IOException(
          "%s: header of %d bytes, expected at most %d".formatted(where, bytes, MAX_LENGTH));
    }
    byte[] text = in.readNBytes((int) bytes);
    if (text.length < bytes) {
      throw truncated(where);
    }
    Charset charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    int size = start.length + length.length + text.length;
    return new NumpyHeaderParser(new String(text, charset), where).parse(size);
  }

  private static EOFException truncated(String where) {
    return new EOFException("%s: ends within the header".formatted(where));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
