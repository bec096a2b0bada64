package org.mlgenn.serialisers;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses the Python dictionary in a `.npy` header: the three known keys with literal values.
final class NumpyHeaderParser {
  private static final int MAX_RANK = 64;

  private final String text;
  private final String where;
  private int position;

  private @Nullable String descriptor;
  private @Nullable Boolean fortranOrder;
  private int @Nullable [] shape;

  NumpyHeaderParser(String text, String where) {
    this.text = text;
    this.where = where;
  }

  NumpyHeader parse(int size) throws IOException {
    expect('{');
    while (!skip('}')) {
      entry();
      if (!skip(',')) {
        expect('}');
        break;
      }
    }
    blanks();
    if (position < text.length()) {
      throw malformed("expected nothing after the dictionary");
    }
    if (descriptor == null || fortranOrder == null || shape == null) {
      throw malformed("expected the keys 'descr', 'fortran_order' and 'shape'");
    }
    return header(descriptor, fortranOrder, shape, size);
  }

  private void entry() throws IOException {
    String key = string();
    expect(':');
    switch (key) {
      case "descr" -> {
        blanks();
        if (text.startsWith("[", position)) {
          throw new IOException(
              "%s: records (a dtype with fields) are not supported, expected one of %s"
                  .formatted(where, NumpyType.codes()));
        }
        descriptor = string();
      }
      case "fortran_order" -> fortranOrder = truth();
      case "shape" -> shape = shape();
      default -> throw malformed("unknown key '%s'".formatted(key));
    }
  }

  private String string() throws IOException {
    blanks();
    char quote = position < text.length() ? text.charAt(position) : 0;
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, position + 1) : -1;
    if (end < 0) {
      throw malformed("expected a string");
    }
    String value = text.substring(position + 1, end);
    position = end + 1;
    return value;
  }

  private boolean truth() throws IOException {
    blanks();
    for (String literal : List.of("True", "False")) {
      if (text.startsWith(literal, position)) {
        position += literal.length();
        return literal.equals("True");
      }
    }
    throw malformed("expected True or False");
  }

  private int[] shape() throws IOException {
    expect('(');
    List<Integer> dimensions = new ArrayList<>();
    while (!skip(')')) {
      dimensions.add(dimension());
      if (dimensions.size() > MAX_RANK) {
        throw malformed("expected at most %d dimensions".formatted(MAX_RANK));
      }
      if (!skip(',')) {
        expect(')');
        break;
      }
    }
    return dimensions.stream().mapToInt(Integer::intValue).toArray();
  }

  private int dimension() throws IOException {
    blanks();
    int start = position;
    while (position < text.length()
        && text.charAt(position) >= '0'
        && text.charAt(position) <= '9') {
      position++;
    }
    String digits = text.substring(start, position);
    if (digits.isEmpty()) {
      throw malformed("expected a dimension");
    }
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException _) {
      throw new IOException(
          "%s: dimension %s of the shape, expected at most %d"
              .formatted(where, digits, Integer.MAX_VALUE));
    }
  }

  private NumpyHeader header(String descriptor, boolean fortranOrder, int[] shape, int size)
      throws IOException {
    char mark = descriptor.isEmpty() ? 0 : descriptor.charAt(0);
    boolean marked = mark == '<' || mark == '>' || mark == '|';
    String code = descriptor.substring(marked ? 1 : 0);
    ByteOrder order = mark == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    for (NumpyType type : NumpyType.values()) {
      if (type.isText() && code.matches(type.code() + "[1-9][0-9]{0,6}")) {
        int characters = Integer.parseInt(code.substring(1));
        return new NumpyHeader(type, characters, order, fortranOrder, shape, size);
      }
      if (!type.isText() && type.code().equals(code)) {
        return new NumpyHeader(type, 1, order, fortranOrder, shape, size);
      }
    }
    throw new IOException(
        "%s: dtype '%s' is not supported, expected one of %s"
            .formatted(where, descriptor, NumpyType.codes()));
  }

  private void blanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private boolean skip(char expected) {
    blanks();
    if (position < text.length() && text.charAt(position) == expected) {
      position++;
      return true;
    }
    return false;
  }

  private void expect(char expected) throws IOException {
    if (!skip(expected)) {
      throw malformed("expected '%c'".formatted(expected));
    }
  }

  private IOException malformed(String problem) {
    String rest = text.substring(position).strip();
    String found =
        rest.isEmpty() ? "its end" : "'" + rest.substring(0, Math.min(20, rest.length())) + "'";
    return new IOException(
        "%s: malformed header at character %d, before %s: %s"
            .formatted(where, position + 1, found, problem));
  }
}
