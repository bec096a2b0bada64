package org.genn.engine.snippet;

/// A stretch of a snippet's text, `end` exclusive.
record Span(int start, int end) {
  Span to(Span other) {
    return new Span(start, other.end);
  }
}
