package org.genn.engine.snippet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A conversion of a `printf` format: `%-5.2f`.
///
/// Those of C for numbers and strings: `d i u x X c` for integers, `f F e E g G` for real numbers,
/// `s` for strings. Length modifiers (`l`, `ll`, `h` …) say nothing, as types are known.
///
/// @param begin position in the format
/// @param end position after it
/// @param written as it stands there
/// @param precision with its dot, or empty
/// @param letter `%` for a per cent sign, which takes no argument
public record PrintConversion(
    int begin, int end, String written, String flags, String width, String precision, char letter) {
  private static final Pattern CONVERSION =
      Pattern.compile("%([-+ #0]*)(\\d*)(?:\\.(\\d*))?(?:hh|h|ll|l|z|j|t|L)?(.)", Pattern.DOTALL);
  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);
  private static final String ESCAPES = "abefnrtv?'\"\\01234567";
  private static final int LONGEST = 1 << 14;
  private static final String INTEGERS = "diuxXc";
  private static final String REALS = "fFeEgG";

  /// The conversions of a format, in order.
  public static List<PrintConversion> of(String format) {
    var conversions = new ArrayList<PrintConversion>();
    Matcher matcher = CONVERSION.matcher(format);
    while (matcher.find()) {
      conversions.add(
          new PrintConversion(
              matcher.start(),
              matcher.end(),
              matcher.group(),
              matcher.group(1),
              matcher.group(2),
              matcher.group(3) == null ? "" : "." + matcher.group(3),
              matcher.group(4).charAt(0)));
    }
    return conversions;
  }

  public boolean takesArgument() {
    return letter != '%';
  }

  public boolean wantsReal() {
    return REALS.indexOf(letter) >= 0;
  }

  public boolean wantsInteger() {
    return INTEGERS.indexOf(letter) >= 0;
  }

  /// What is wrong with a format and its arguments, if anything is; arguments without a conversion
  /// are left out, as in C.
  ///
  /// @param types of the arguments
  static Optional<String> problem(String format, List<SnippetType> types) {
    if (format.length() > LONGEST) {
      return Optional.of(
          "a format can have %d characters at most; print it in parts".formatted(LONGEST));
    }
    if (CONVERSION.matcher(format).replaceAll("").contains("%")) {
      return Optional.of("printf has a '%' at the end of its format; write '%%' for the sign");
    }
    List<PrintConversion> conversions =
        of(format).stream().filter(PrintConversion::takesArgument).toList();
    for (int k = 0; k < conversions.size(); k++) {
      PrintConversion conversion = conversions.get(k);
      if (!conversion.wantsReal() && !conversion.wantsInteger() && conversion.letter != 's') {
        return Optional.of(
            "printf does not know %s; it knows %s%s and s"
                .formatted(Diagnostics.quoted(conversion.written), INTEGERS, REALS));
      }
      if (k >= types.size()) {
        return Optional.of(
            "printf has %d conversions, but %d arguments after its format"
                .formatted(conversions.size(), types.size()));
      }
      if (!conversion.fits(types.get(k))) {
        return Optional.of(
            "printf prints %s with %s, but argument %d after its format is %s"
                .formatted(
                    conversion.wantsReal()
                        ? "real numbers"
                        : conversion.wantsInteger() ? "integers" : "strings",
                    Diagnostics.quoted(conversion.written),
                    k + 1,
                    TypeNames.of(types.get(k))));
      }
    }
    return Optional.empty();
  }

  /// What is wrong with a backslash in a string, if anything is: languages differ in what they know
  /// besides.
  static Optional<String> unknownEscape(String characters) {
    return ESCAPE
        .matcher(characters)
        .results()
        .filter(escape -> ESCAPES.indexOf(escape.group(1).charAt(0)) < 0)
        .findFirst()
        .map(
            escape ->
                "strings don't know %s; they know \\n, \\t and the other ones of a letter of C, and up to three octal digits"
                    .formatted(Diagnostics.quoted(escape.group())));
  }

  private boolean fits(SnippetType type) {
    boolean isNumber = type instanceof SnippetType.Number;
    boolean isReal = isNumber && type.numeric().isReal();
    return wantsReal() ? isReal : wantsInteger() ? isNumber && !isReal : !isNumber;
  }
}
