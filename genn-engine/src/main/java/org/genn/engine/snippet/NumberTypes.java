package org.genn.engine.snippet;

/// One `SnippetType` for each number type, so that most comparisons find the same object.
final class NumberTypes {
  private static final SnippetType[] ALL = new SnippetType[NumericType.values().length];

  static {
    for (NumericType type : NumericType.values()) {
      ALL[type.ordinal()] = new SnippetType.Number(type);
    }
  }

  private NumberTypes() {}

  static SnippetType of(NumericType type) {
    return ALL[type.ordinal()];
  }
}
