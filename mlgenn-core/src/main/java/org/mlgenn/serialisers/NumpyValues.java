package org.mlgenn.serialisers;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The values of a `.npy` file, read and written in chunks.
///
/// Nothing is allocated for what a header promises before it was compared with the bytes that there
/// are and with a limit.
final class NumpyValues {
  private static final int CHUNK = 1 << 16;

  /// What a Java string costs beside its characters, so that many tiny ones keep to the limit too.
  private static final int STRING_OVERHEAD = 64;

  private NumpyValues() {}

  /// Reads the values that follow a header.
  ///
  /// @param available bytes that follow the header
  /// @param limit memory that the values may take (bytes)
  static NumpyArray read(
      InputStream in, NumpyHeader header, long available, long limit, String where)
      throws IOException {
    long count = header.count();
    long bytes = count * header.valueBytes();
    String promise =
        "%s: header declares shape %s of '%s'"
            .formatted(where, NumpyArray.show(header.shape()), header.descriptor());
    if (count < 0) {
      throw new IOException("%s, more values than an array can hold".formatted(promise));
    }
    if (bytes != available) {
      throw new IOException(
          "%s, %d bytes, but %d bytes follow".formatted(promise, bytes, available));
    }
    long memory = header.type().isText() ? count * STRING_OVERHEAD + bytes : bytes;
    if (header.fortranOrder()) {
      memory = 2 * memory + count * Integer.BYTES;
    }
    if (memory > limit) {
      throw new IOException(
          "%s, which takes %d bytes of memory, expected at most %d"
              .formatted(promise, memory, limit));
    }
    Object values = read(in, header, (int) count, where);
    if (header.fortranOrder() && header.shape().length > 1) {
      values = toRowMajor(values, header.shape());
    }
    return NumpyArray.owning(header.type(), values, header.shape());
  }

  private static Object read(InputStream in, NumpyHeader header, int count, String where)
      throws IOException {
    int width = (int) header.valueBytes();
    int perChunk = Math.max(1, CHUNK / width);
    ByteBuffer buffer = ByteBuffer.allocate(perChunk * width).order(header.order());
    Object values = allocate(header.type(), count);
    for (int index = 0; index < count; index += perChunk) {
      int length = Math.min(perChunk, count - index);
      int found = in.readNBytes(buffer.array(), 0, length * width);
      if (found < length * width) {
        throw new EOFException(
            "%s: ends after %d bytes of values, expected %d"
                .formatted(where, (long) index * width + found, (long) count * width));
      }
      buffer.clear().limit(length * width);
      decode(buffer, header, values, index, length);
    }
    return values;
  }

  private static Object allocate(NumpyType type, int count) {
    return switch (type) {
      case BOOL -> new boolean[count];
      case INT8, UINT8 -> new byte[count];
      case INT16, UINT16 -> new short[count];
      case INT32, UINT32 -> new int[count];
      case INT64, UINT64 -> new long[count];
      case FLOAT32 -> new float[count];
      case FLOAT64 -> new double[count];
      case TEXT, BYTES -> new String[count];
    };
  }

  private static void decode(
      ByteBuffer buffer, NumpyHeader header, Object values, int index, int length) {
    switch (values) {
      case byte[] bytes -> buffer.get(bytes, index, length);
      case short[] shorts -> buffer.asShortBuffer().get(shorts, index, length);
      case int[] ints -> buffer.asIntBuffer().get(ints, index, length);
      case long[] longs -> buffer.asLongBuffer().get(longs, index, length);
      case float[] floats -> buffer.asFloatBuffer().get(floats, index, length);
      case double[] doubles -> buffer.asDoubleBuffer().get(doubles, index, length);
      case boolean[] booleans -> {
        for (int offset = 0; offset < length; offset++) {
          booleans[index + offset] = buffer.get() != 0;
        }
      }
      case String[] strings -> {
        for (int offset = 0; offset < length; offset++) {
          strings[index + offset] = string(buffer, header);
        }
      }
      default -> throw new AssertionError(values.getClass());
    }
  }

  /// A string of fixed length, without the zeros that fill it up.
  private static String string(ByteBuffer buffer, NumpyHeader header) {
    if (header.type() == NumpyType.BYTES) {
      byte[] bytes = new byte[header.characters()];
      buffer.get(bytes);
      return withoutZeros(new String(bytes, StandardCharsets.ISO_8859_1));
    }
    StringBuilder text = new StringBuilder(header.characters());
    for (int character = 0; character < header.characters(); character++) {
      int codePoint = buffer.getInt();
      text.appendCodePoint(Character.isValidCodePoint(codePoint) ? codePoint : 0xFFFD);
    }
    return withoutZeros(text.toString());
  }

  private static String withoutZeros(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == 0) {
      end--;
    }
    return text.substring(0, end);
  }

  /// Column-major (Fortran) values in row-major order.
  private static Object toRowMajor(Object values, int[] shape) {
    int[] source = columnMajorIndices(shape);
    Object result = Array.newInstance(values.getClass().getComponentType(), source.length);
    for (int target = 0; target < source.length; target++) {
      System.arraycopy(values, source[target], result, target, 1);
    }
    return result;
  }

  /// For each row-major index the index of the same value in column-major order.
  private static int[] columnMajorIndices(int[] shape) {
    int count = 1;
    for (int dimension : shape) {
      count *= dimension;
    }
    int[] indices = new int[count];
    int[] position = new int[shape.length];
    for (int target = 0; target < count; target++) {
      int index = 0;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        index = index * shape[axis] + position[axis];
      }
      indices[target] = index;
      for (int axis = shape.length - 1; axis >= 0 && ++position[axis] == shape[axis]; axis--) {
        position[axis] = 0;
      }
    }
    return indices;
  }

  static void write(OutputStream out, NumpyArray array, NumpyHeader header) throws IOException {
    int width = (int) header.valueBytes();
    int perChunk = Math.max(1, CHUNK / width);
    ByteBuffer buffer = ByteBuffer.allocate(perChunk * width).order(ByteOrder.LITTLE_ENDIAN);
    int count = array.size();
    for (int index = 0; index < count; index += perChunk) {
      int length = Math.min(perChunk, count - index);
      buffer.clear();
      encode(array.values(), header, index, length, buffer);
      out.write(buffer.array(), 0, length * width);
    }
  }

  private static void encode(
      Object values, NumpyHeader header, int index, int length, ByteBuffer buffer) {
    switch (values) {
      case byte[] bytes -> buffer.put(bytes, index, length);
      case short[] shorts -> buffer.asShortBuffer().put(shorts, index, length);
      case int[] ints -> buffer.asIntBuffer().put(ints, index, length);
      case long[] longs -> buffer.asLongBuffer().put(longs, index, length);
      case float[] floats -> buffer.asFloatBuffer().put(floats, index, length);
      case double[] doubles -> buffer.asDoubleBuffer().put(doubles, index, length);
      case boolean[] booleans -> {
        for (int offset = 0; offset < length; offset++) {
          buffer.put((byte) (booleans[index + offset] ? 1 : 0));
        }
      }
      case String[] strings -> {
        for (int offset = 0; offset < length; offset++) {
          putString(strings[index + offset], header, buffer);
        }
      }
      default -> throw new AssertionError(values.getClass());
    }
  }

  private static void putString(String text, NumpyHeader header, ByteBuffer buffer) {
    int[] characters = text.codePoints().toArray();
    for (int character = 0; character < header.characters(); character++) {
      int codePoint = character < characters.length ? characters[character] : 0;
      if (header.type() == NumpyType.BYTES) {
        buffer.put((byte) codePoint);
      } else {
        buffer.putInt(codePoint);
      }
    }
  }
}
