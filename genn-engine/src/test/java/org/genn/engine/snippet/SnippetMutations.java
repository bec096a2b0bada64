package org.genn.engine.snippet;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Damages codes: by tokens, by characters, and by putting the halves of two together.
final class SnippetMutations {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|[A-Za-z_][A-Za-z0-9_]*|[0-9.]+[a-zA-Z0-9]*|\"[^\"]*\"|.", Pattern.DOTALL);
  private static final String NOISE =
      "\0\1\t\u000b\f\r\n\u007f\u0085\u00a0\u200b\u2028\ufeff\uffff";

  private final RandomGenerator random;

  SnippetMutations(RandomGenerator random) {
    this.random = random;
  }

  /// @param other what may be spliced in
  String mutated(String code, String other) {
    String result = code;
    int count = 1 + random.nextInt(4);
    for (int n = 0; n < count; n++) {
      result =
          switch (random.nextInt(7)) {
            case 0 -> spliced(result, other);
            case 1 -> withNoise(result);
            case 2 -> withSurrogates(result);
            default -> byTokens(result);
          };
    }
    return result;
  }

  private String byTokens(String code) {
    List<String> tokens =
        new ArrayList<>(TOKEN.matcher(code).results().map(r -> r.group()).toList());
    if (tokens.isEmpty()) {
      return code;
    }
    int at = random.nextInt(tokens.size());
    int with = random.nextInt(tokens.size());
    switch (random.nextInt(5)) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.add(at, tokens.get(at));
      case 2 -> tokens.add(at, tokens.get(with));
      case 3 -> {
        String first = tokens.get(at);
        tokens.set(at, tokens.get(with));
        tokens.set(with, first);
      }
      default -> {
        // Many times the same piece: deep nesting and long chains where it can be repeated.
        int end = Math.min(tokens.size(), at + 1 + random.nextInt(5));
        String piece = String.join("", tokens.subList(at, end));
        tokens.add(at, piece.repeat(random.nextInt(random.nextInt(50) == 0 ? 400 : 6)));
      }
    }
    return String.join("", tokens);
  }

  private String spliced(String code, String other) {
    String begin = code.substring(0, random.nextInt(code.length() + 1));
    return begin + other.substring(random.nextInt(other.length() + 1));
  }

  /// Single bytes, as from a file that is none of text.
  private String withNoise(String code) {
    var text = new StringBuilder(code);
    int count = 1 + random.nextInt(3);
    for (int n = 0; n < count; n++) {
      char noise =
          random.nextBoolean()
              ? NOISE.charAt(random.nextInt(NOISE.length()))
              : (char) random.nextInt(0x100);
      int at = random.nextInt(text.length() + 1);
      if (at < text.length() && random.nextBoolean()) {
        text.setCharAt(at, noise);
      } else {
        text.insert(at, noise);
      }
    }
    return text.toString();
  }

  /// Characters beyond 16 bits, whole and halved.
  private String withSurrogates(String code) {
    String character = Character.toString(0x10000 + random.nextInt(0x10_0000));
    int at = random.nextInt(code.length() + 1);
    String piece = random.nextBoolean() ? character : character.substring(random.nextInt(2));
    return code.substring(0, at) + piece + code.substring(at);
  }
}
