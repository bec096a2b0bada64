package org.mlgenn.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 over values, for provenance: arrays are preceded by their length, numbers big-endian.
public final class Sha256 {
  private static final int CHUNK = 1024;

  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(4 * CHUNK * Integer.BYTES);

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public Sha256 add(int value) {
    reserve(Integer.BYTES).putInt(value);
    return this;
  }

  public Sha256 add(long value) {
    reserve(Long.BYTES).putLong(value);
    return this;
  }

  public Sha256 add(double value) {
    return add(Double.doubleToLongBits(value));
  }

  public Sha256 add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  public Sha256 add(byte[] bytes) {
    add(bytes.length);
    flush();
    digest.update(bytes);
    return this;
  }

  public Sha256 add(int[] values) {
    add(values.length);
    for (int from = 0; from < values.length; from += CHUNK) {
      int length = Math.min(CHUNK, values.length - from);
      reserve(length * Integer.BYTES).asIntBuffer().put(values, from, length);
      buffer.position(buffer.position() + length * Integer.BYTES);
    }
    return this;
  }

  public Sha256 add(float[] values) {
    add(values.length);
    for (int from = 0; from < values.length; from += CHUNK) {
      int length = Math.min(CHUNK, values.length - from);
      reserve(length * Float.BYTES).asFloatBuffer().put(values, from, length);
      buffer.position(buffer.position() + length * Float.BYTES);
    }
    return this;
  }

  /// The hash of everything added so far, in hexadecimal; starts over.
  public String hex() {
    flush();
    return HexFormat.of().formatHex(digest.digest());
  }

  private ByteBuffer reserve(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() {
    digest.update(buffer.flip());
    buffer.clear();
  }
}
