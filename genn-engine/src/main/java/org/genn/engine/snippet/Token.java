package org.genn.engine.snippet;

/// The smallest piece of a snippet. A `BAD` one has been reported already; the parser is silent
/// about it.
record Token(Kind kind, String text, Span span) {
  enum Kind {
    IDENTIFIER,
    NUMBER,
    STRING,
    KEYWORD,
    TYPE,
    /// Words of C that the snippet language does not have.
    RESERVED,
    PUNCTUATION,
    /// `$(` of GeNN 4 code; the name after it has been replaced by its present one.
    LEGACY,
    BAD,
    END
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  boolean is(String symbol) {
    return (kind == Kind.PUNCTUATION || kind == Kind.KEYWORD) && text.equals(symbol);
  }
}
