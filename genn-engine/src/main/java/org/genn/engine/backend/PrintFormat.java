package org.genn.engine.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.genn.engine.snippet.SnippetType;

/// A `printf` format of C, taken apart and printed for another language.
///
/// @param text the format for the other language
/// @param values what it prints
public record PrintFormat(String text, List<Printed> values) {
  private static final Pattern CONVERSION =
      Pattern.compile("%([-+ #0]*)(\\d*)(?:\\.(\\d*))?(?:hh|h|ll|l|z|j|t|L)?(.)", Pattern.DOTALL);

  /// A conversion that fits its argument.
  ///
  /// @param format that it is part of
  /// @param precision with its dot, or empty
  public record Conversion(
      String format, String written, String flags, String width, String precision, char letter) {

    private static Conversion of(String format, Matcher matcher) {
      return new Conversion(
          format,
          matcher.group(),
          matcher.group(1),
          matcher.group(2),
          matcher.group(3) == null ? "" : "." + matcher.group(3),
          matcher.group(4).charAt(0));
    }

    public boolean wantsReal() {
      return "fFeEgG".indexOf(letter) >= 0;
    }

    public boolean wantsInteger() {
      return "diuxXc".indexOf(letter) >= 0;
    }

    private void checkFits(SnippetType type) {
      boolean isNumber = type instanceof SnippetType.Number;
      boolean isReal = isNumber && type.numeric().isReal();
      if ((letter == 's' && isNumber)
          || (wantsReal() && !isReal)
          || (wantsInteger() && (isReal || !isNumber))) {
        throw new BackendException(
            "printf(\"%s\"): %s does not fit its argument".formatted(format, written));
      }
    }

    /// What to throw for a conversion that a back end does not know.
    public BackendException unknown(String backend) {
      return new BackendException(
          "printf(\"%s\"): the %s back end does not know %s".formatted(format, backend, written));
    }
  }

  /// Prints a conversion for a language.
  public interface ConversionPrinter {
    /// Appends the conversion to the text.
    ///
    /// @return what it prints
    Printed print(Conversion conversion, SnippetType type, Printed argument, StringBuilder text);
  }

  /// @param types of the arguments
  /// @throws BackendException when there are too few arguments, or one does not fit
  public static PrintFormat of(
      String format,
      List<SnippetType> types,
      List<Printed> arguments,
      ConversionPrinter conversions) {
    var text = new StringBuilder();
    var values = new ArrayList<Printed>();
    Matcher matcher = CONVERSION.matcher(format);
    int end = 0;
    while (matcher.find()) {
      text.append(format, end, matcher.start());
      end = matcher.end();
      if (matcher.group(4).equals("%")) {
        text.append("%%");
        continue;
      }
      int next = values.size();
      if (next == arguments.size()) {
        throw new BackendException(
            "printf(\"%s\"): more conversions than arguments".formatted(format));
      }
      Conversion conversion = Conversion.of(format, matcher);
      conversion.checkFits(types.get(next));
      values.add(conversions.print(conversion, types.get(next), arguments.get(next), text));
    }
    text.append(format, end, format.length());
    return new PrintFormat(text.toString(), values);
  }

  /// A call of a function with the text, as a string, and the values.
  public Printed call(String function) {
    var arguments = new ArrayList<Printed>();
    arguments.add(Printed.primary('"' + text + '"'));
    arguments.addAll(values);
    return Printed.call(function, arguments.toArray(Printed[]::new));
  }
}
