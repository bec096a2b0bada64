package org.genn.engine.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.Deflater;

/// Numbers and texts as few bytes, which are compressed and then hashed: a new JVM interprets the
/// hash, which takes longer for a byte than making it, but has the compression as native code. What
/// differs before it differs after it.
final class DigestBytes {
  private final Map<String, Integer> texts = new HashMap<>();
  private byte[] bytes = new byte[1 << 16];
  private int length;

  /// SHA-256, in hexadecimal digits.
  String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      var deflater = new Deflater(Deflater.BEST_SPEED);
      deflater.setInput(bytes, 0, length);
      deflater.finish();
      byte[] compressed = new byte[1 << 14];
      while (!deflater.finished()) {
        digest.update(compressed, 0, deflater.deflate(compressed));
      }
      deflater.end();
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A number in 7 bits a byte, after a letter that tells what it is.
  void number(char kind, long value) {
    makeRoom(2 + Long.BYTES + Short.BYTES);
    bytes[length++] = (byte) kind;
    long rest = value;
    while ((rest & ~0x7f) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /// A text, or the number of one that there was before.
  void text(String text) {
    Integer known = texts.putIfAbsent(text, texts.size());
    if (known != null) {
      number('t', known);
      return;
    }
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    number('s', encoded.length);
    makeRoom(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
  }

  private void makeRoom(int more) {
    if (more > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
