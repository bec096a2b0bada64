package org.genn.engine.snippet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects the faults of one snippet and shows each with its line of code.
final class Diagnostics {

  static final int LIMIT = 100;
  private static final int WIDEST_LINE = 100;
  private static final int LONGEST_QUOTE = 60;

  private record Fault(Span span, String problem) {}

  private final Source source;
  private final List<Fault> faults = new ArrayList<>();
  private boolean overflow;

  Diagnostics(Source source) {
    this.source = source;
  }

  void report(Span span, String problem) {
    if (faults.size() < LIMIT) {
      faults.add(new Fault(span, problem));
    } else {
      overflow = true;
    }
  }

  /// Further faults will be counted but not shown, so their texts need not be worked out.
  boolean isFull() {
    return faults.size() >= LIMIT;
  }

  /// A piece of code in quotes, cut when it is very long.
  static String quoted(String code) {
    return code.length() <= LONGEST_QUOTE
        ? "'" + code + "'"
        : "'" + code.substring(0, LONGEST_QUOTE) + "…'";
  }

  void throwIfAny() {
    if (faults.isEmpty()) {
      return;
    }
    faults.sort(Comparator.comparingInt(fault -> fault.span().start()));
    var shown = new ArrayList<>(faults.stream().distinct().map(this::diagnostic).toList());
    if (overflow) {
      var last = shown.getLast();
      shown.add(
          new SnippetException.Diagnostic(
              last.origin(),
              last.line(),
              last.column(),
              "there are more faults than the " + LIMIT + " shown",
              "",
              ""));
    }
    throw new SnippetException(shown);
  }

  private SnippetException.Diagnostic diagnostic(Fault fault) {
    String text = source.text();
    int last = text.stripTrailing().length();
    int start = Math.min(fault.span().start(), last);
    int lineStart = text.lastIndexOf('\n', start - 1) + 1;
    int lineEnd = text.indexOf('\n', start);
    lineEnd = lineEnd < 0 ? text.length() : lineEnd;
    int line = 1 + (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count();

    int from = lineStart;
    while (from < start && Character.isWhitespace(text.charAt(from))) {
      from++;
    }
    int to =
        Math.max(start, lineStart + text.substring(lineStart, lineEnd).stripTrailing().length());
    int end = Math.clamp(fault.span().end(), start + 1, Math.max(start + 1, to));
    String left = "";
    String right = "";
    if (to - from > WIDEST_LINE) {
      if (start - from > WIDEST_LINE / 2) {
        from = start - WIDEST_LINE / 2;
        left = "… ";
      }
      if (to - from > WIDEST_LINE) {
        to = from + WIDEST_LINE;
        right = " …";
      }
      end = Math.min(end, Math.max(to, start + 1));
    }
    String before = text.substring(from, start).replaceAll("[^\t]", " ");
    return new SnippetException.Diagnostic(
        source.origin(),
        line,
        start - lineStart + 1,
        fault.problem(),
        left + text.substring(from, to) + right,
        " ".repeat(left.length()) + before + "^".repeat(end - start));
  }
}
