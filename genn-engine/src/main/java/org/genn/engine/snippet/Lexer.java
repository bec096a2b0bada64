package org.genn.engine.snippet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Cuts the text of a snippet into tokens. Faulty stretches become `BAD` tokens, so that it always
/// reaches the end.
final class Lexer {

  static final Set<String> KEYWORDS =
      Set.of(
          "const",
          "do",
          "else",
          "for",
          "if",
          "while",
          "switch",
          "break",
          "continue",
          "case",
          "default",
          "for_each_synapse",
          "true",
          "false");

  static final Set<String> TYPES =
      Set.of(
          "char",
          "short",
          "int",
          "long",
          "float",
          "double",
          "signed",
          "unsigned",
          "bool",
          "int8_t",
          "int16_t",
          "int32_t",
          "int64_t",
          "uint8_t",
          "uint16_t",
          "uint32_t",
          "uint64_t",
          "size_t",
          "scalar",
          "timepoint");

  static final Set<String> RESERVED =
      Set.of(
          "return",
          "goto",
          "sizeof",
          "struct",
          "union",
          "enum",
          "typedef",
          "void",
          "static",
          "volatile",
          "auto",
          "register",
          "extern",
          "inline",
          "restrict");

  /// GeNN 4 → GeNN 5.
  private static final Map<String, String> LEGACY_NAMES =
      Map.ofEntries(
          Map.entry("addToInSyn", "addToPost"),
          Map.entry("addToInSynDelay", "addToPostDelay"),
          Map.entry("sT", "st"),
          Map.entry("sT_pre", "st_pre"),
          Map.entry("sT_post", "st_post"),
          Map.entry("prev_sT_pre", "prev_st_pre"),
          Map.entry("prev_sT_post", "prev_st_post"),
          Map.entry("seT_pre", "set_pre"),
          Map.entry("seT_post", "set_post"),
          Map.entry("prev_seT_pre", "prev_set_pre"),
          Map.entry("prev_seT_post", "prev_set_post"));

  private static final Set<String> LONG_PUNCTUATION =
      Set.of(
          "<<=", ">>=", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "+=", "-=",
          "*=", "/=", "%=", "&=", "|=", "^=");
  private static final String PUNCTUATION = "(){}[],.;:?~!=<>+-*/%^&|";

  private final String text;
  private final Diagnostics diagnostics;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text, Diagnostics diagnostics) {
    this.text = text;
    this.diagnostics = diagnostics;
  }

  /// Tokens of the source; the last one is `END`.
  static List<Token> scan(Source source, Diagnostics diagnostics) {
    return new Lexer(source.text(), diagnostics).scan();
  }

  private List<Token> scan() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        at++;
      } else if (text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        comment();
      } else if (isWord(c) && !isDigit(c)) {
        word();
      } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
        number();
      } else if (c == '"') {
        string();
      } else if (text.startsWith("$(", at)) {
        add(Token.Kind.LEGACY, at + 2);
      } else if (PUNCTUATION.indexOf(c) >= 0) {
        punctuation();
      } else {
        unexpected();
      }
    }
    add(Token.Kind.END, at);
    return tokens;
  }

  private void comment() {
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      diagnostics.report(new Span(at, at + 2), "this comment is not closed; expected '*/'");
      at = text.length();
    } else {
      at = end + 2;
    }
  }

  private void word() {
    int end = at;
    while (end < text.length() && isWord(text.charAt(end))) {
      end++;
    }
    boolean ascii = true;
    while (end < text.length() && Character.isUnicodeIdentifierPart(text.charAt(end))) {
      ascii = false;
      end++;
    }
    String word = text.substring(at, end);
    if (!ascii) {
      bad(end, notAName(word));
    } else if (KEYWORDS.contains(word)) {
      add(Token.Kind.KEYWORD, end);
    } else if (TYPES.contains(word)) {
      add(Token.Kind.TYPE, end);
    } else if (RESERVED.contains(word)) {
      add(Token.Kind.RESERVED, end);
    } else {
      boolean legacy = !tokens.isEmpty() && tokens.getLast().is(Token.Kind.LEGACY);
      String name = legacy ? LEGACY_NAMES.getOrDefault(word, word) : word;
      tokens.add(new Token(Token.Kind.IDENTIFIER, name, new Span(at, end)));
      at = end;
    }
  }

  /// Takes everything that could be meant as one number, then looks whether it is one.
  private void number() {
    boolean hex = text.startsWith("0x", at) || text.startsWith("0X", at);
    int end = at;
    while (end < text.length()) {
      char c = text.charAt(end);
      boolean exponentSign =
          (c == '+' || c == '-') && !hex && "eE".indexOf(text.charAt(end - 1)) >= 0 && end > at;
      if (!isWord(c) && c != '.' && !exponentSign) {
        break;
      }
      end++;
    }
    String number = text.substring(at, end);
    var problem = Literals.problem(number);
    if (problem.isPresent()) {
      bad(end, problem.get());
    } else {
      add(Token.Kind.NUMBER, end);
    }
  }

  private void string() {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') {
      boolean escape = text.charAt(end) == '\\' && !text.startsWith("\n", end + 1);
      end += escape ? 2 : 1;
    }
    end = Math.min(end, text.length());
    if (end == text.length() || text.charAt(end) == '\n') {
      bad(end, "this string is not closed; expected '\"' on the same line");
    } else {
      tokens.add(new Token(Token.Kind.STRING, text.substring(at + 1, end), new Span(at, end + 1)));
      at = end + 1;
    }
  }

  private void punctuation() {
    int length = 1;
    while (length < 3 && LONG_PUNCTUATION.contains(piece(length + 1))) {
      length++;
    }
    add(Token.Kind.PUNCTUATION, at + length);
  }

  private String piece(int length) {
    return at + length <= text.length() ? text.substring(at, at + length) : "";
  }

  private void unexpected() {
    int point = text.codePointAt(at);
    int next = at + Character.charCount(point);
    if (point == '#') {
      int end = text.indexOf('\n', at);
      bad(end < 0 ? text.length() : end, "preprocessor lines are not part of the snippet language");
    } else if (point == '\'') {
      int end = text.indexOf('\'', next);
      boolean closed = end >= 0 && end - at <= 4;
      bad(
          closed ? end + 1 : next,
          "character literals are not part of the snippet language; write the number");
    } else if (Character.isUnicodeIdentifierStart(point)) {
      at = next;
      int start = next - Character.charCount(point);
      while (at < text.length() && Character.isUnicodeIdentifierPart(text.codePointAt(at))) {
        at += Character.charCount(text.codePointAt(at));
      }
      int end = at;
      at = start;
      bad(end, notAName(text.substring(start, end)));
    } else if (point > ' ' && point < 0x7f) {
      bad(next, "unexpected character '" + Character.toString(point) + "'");
    } else {
      bad(next, "unexpected character U+%04X".formatted(point));
    }
  }

  private static String notAName(String word) {
    return Diagnostics.quoted(word)
        + " is not a name; names have the letters A-Z, a-z, the digits and '_'";
  }

  private void bad(int end, String problem) {
    diagnostics.report(new Span(at, end), problem);
    add(Token.Kind.BAD, end);
  }

  private void add(Token.Kind kind, int end) {
    tokens.add(new Token(kind, text.substring(at, end), new Span(at, end)));
    at = end;
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  static boolean isWord(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
