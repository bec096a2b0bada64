package org.genn.engine.snippet;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The numbers of the language: their form, type and value.
final class Literals {

  private static final Pattern REAL =
      Pattern.compile(
          "(?<digits>\\d++(?:\\.\\d*+(?:[eE][+-]?\\d++)?+|[eE][+-]?\\d++))(?<suffix>[fFdD]?)");
  private static final Pattern INTEGER =
      Pattern.compile("(?:0[xX](?<hex>[0-9a-fA-F]++)|(?<digits>\\d++))(?<unsigned>[uU]?)");
  private static final Pattern OCTAL = Pattern.compile("0\\d.*");
  private static final Pattern HEX_REAL = Pattern.compile("0[xX][0-9a-fA-F]*(\\.|[pP]).*");
  private static final Pattern NO_LEADING_DIGIT = Pattern.compile("\\.\\d.*");
  private static final Pattern SUFFIXED_INTEGER = Pattern.compile("(?<digits>\\d+)[fFdD]");
  private static final Pattern LONG_SUFFIX =
      Pattern.compile("(?:0[xX][0-9a-fA-F]++|\\d++)[uU]*+[lL]++[uU]*+");

  private Literals() {}

  /// What is wrong with the form of a number, if anything.
  static Optional<String> problem(String text) {
    if (OCTAL.matcher(text).matches()) {
      return Optional.of(
          Diagnostics.quoted(text) + ": octal numbers are not supported; remove the leading 0");
    }
    if (REAL.matcher(text).matches()) {
      return Optional.empty();
    }
    Matcher integer = INTEGER.matcher(text);
    if (integer.matches()) {
      return magnitude(integer).isPresent()
          ? Optional.empty()
          : Optional.of(Diagnostics.quoted(text) + " does not fit into 64 bits");
    }
    if (NO_LEADING_DIGIT.matcher(text).matches()) {
      return Optional.of(
          Diagnostics.quoted(text) + ": a number needs a digit before its point; write 0.…");
    }
    Matcher suffixed = SUFFIXED_INTEGER.matcher(text);
    if (suffixed.matches()) {
      return Optional.of(
          Diagnostics.quoted(text)
              + ": this suffix needs a point or an exponent; write 1.0f, not 1f");
    }
    if (HEX_REAL.matcher(text).matches()) {
      return Optional.of(Diagnostics.quoted(text) + ": hexadecimal real numbers are not supported");
    }
    if (LONG_SUFFIX.matcher(text).matches()) {
      return Optional.of(
          Diagnostics.quoted(text)
              + ": the suffix L is not supported; large integers are 64 bits wide anyway");
    }
    return Optional.of(Diagnostics.quoted(text) + " is not a number");
  }

  /// Value of a number whose form is right.
  ///
  /// Integers have the first type that holds them, as in C: `int32`, `int64` for decimal ones;
  /// `int32`, `uint32`, `int64`, `uint64` for hexadecimal ones; `uint32`, `uint64` with the suffix
  /// `u`. Decimal ones beyond `int64` are `uint64`.
  static Expr.Literal value(String text, NumericType scalar) {
    Matcher integer = INTEGER.matcher(text);
    if (integer.matches()) {
      long bits = magnitude(integer).orElseThrow();
      return new Expr.Literal(
          SnippetType.of(
              type(bits, integer.group("hex") != null, !integer.group("unsigned").isEmpty())),
          bits);
    }
    Matcher real = REAL.matcher(text);
    if (!real.matches()) {
      throw new IllegalArgumentException("not a number: " + text);
    }
    NumericType type =
        switch (real.group("suffix")) {
          case "f", "F" -> NumericType.FLOAT;
          case "d", "D" -> NumericType.DOUBLE;
          default -> scalar;
        };
    String digits = real.group("digits");
    return Expr.Literal.of(
        type, type == NumericType.FLOAT ? Float.parseFloat(digits) : Double.parseDouble(digits));
  }

  static void requireInRange(NumericType type, double value) {
    NumberRange range = NumberRange.of(type);
    if (!range.holds(value)) {
      throw new IllegalArgumentException(range.refusal(value));
    }
    if (type == NumericType.FLOAT && Double.isFinite(value) && !Float.isFinite((float) value)) {
      throw new IllegalArgumentException(value + " does not fit into " + TypeNames.of(type));
    }
  }

  private static NumericType type(long bits, boolean hex, boolean unsigned) {
    boolean beyondInt64 = bits < 0;
    boolean beyondUint32 = beyondInt64 || bits > 0xffff_ffffL;
    boolean beyondInt32 = beyondInt64 || bits > Integer.MAX_VALUE;
    if (beyondInt64) {
      return NumericType.UINT64;
    }
    if (unsigned) {
      return beyondUint32 ? NumericType.UINT64 : NumericType.UINT32;
    }
    if (!beyondInt32) {
      return NumericType.INT32;
    }
    return hex && !beyondUint32 ? NumericType.UINT32 : NumericType.INT64;
  }

  /// The value as an unsigned 64-bit number, empty when it is larger than that.
  private static Optional<Long> magnitude(Matcher integer) {
    boolean hex = integer.group("hex") != null;
    String digits = hex ? integer.group("hex") : integer.group("digits");
    try {
      return Optional.of(Long.parseUnsignedLong(digits, hex ? 16 : 10));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
