package org.genn.engine.backend.c;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.Printed;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;

/// `printf` formats with the length modifiers that the arguments have.
final class CPrintFormat {
  private static final Pattern CONVERSION =
      Pattern.compile("%([-+ #0]*)(\\d*)(?:\\.(\\d*))?(?:hh|h|ll|l|z|j|t|L)?(.)", Pattern.DOTALL);

  private CPrintFormat() {}

  static Printed print(String format, List<SnippetType> types, List<Printed> arguments) {
    var text = new StringBuilder();
    var values = new ArrayList<Printed>();
    Matcher matcher = CONVERSION.matcher(format);
    int end = 0;
    int next = 0;
    while (matcher.find()) {
      text.append(format, end, matcher.start());
      end = matcher.end();
      if (matcher.group(4).equals("%")) {
        text.append("%%");
        continue;
      }
      if (next == arguments.size()) {
        throw new BackendException(
            "printf(\"%s\"): more conversions than arguments".formatted(format));
      }
      values.add(value(format, matcher, types.get(next), arguments.get(next), text));
      next++;
    }
    text.append(format, end, format.length());
    values.addFirst(Printed.primary('"' + text.toString() + '"'));
    return Printed.call("checked_print", values.toArray(Printed[]::new));
  }

  private static Printed value(
      String format, Matcher matcher, SnippetType type, Printed argument, StringBuilder text) {
    char conversion = matcher.group(4).charAt(0);
    String precision = matcher.group(3) == null ? "" : "." + matcher.group(3);
    boolean isNumber = type instanceof SnippetType.Number;
    boolean isReal = isNumber && type.numeric().isReal();
    boolean wantsReal = "fFeEgG".indexOf(conversion) >= 0;
    boolean wantsInteger = "diuxXc".indexOf(conversion) >= 0;
    if ((conversion == 's' && isNumber)
        || (wantsReal && !isReal)
        || (wantsInteger && (isReal || !isNumber))) {
      throw new BackendException(
          "printf(\"%s\"): %s does not fit its argument".formatted(format, matcher.group()));
    }
    if (!wantsReal && !wantsInteger && conversion != 's') {
      throw new BackendException(
          "printf(\"%s\"): the native back end does not know %s"
              .formatted(format, matcher.group()));
    }
    boolean isLong = wantsInteger && conversion != 'c';
    text.append('%').append(matcher.group(1)).append(matcher.group(2)).append(precision);
    text.append(isLong ? "l" : "").append(conversion);
    return isLong ? wide(type.numeric(), conversion, argument) : argument;
  }

  /// The argument as the `long` that shows what the conversion wants.
  private static Printed wide(NumericType type, char conversion, Printed argument) {
    boolean isSigned = conversion == 'd' || conversion == 'i';
    if (type.bits() > 32) {
      return argument;
    }
    return isSigned
        ? Printed.cast("long", argument)
        : Printed.cast("long", Printed.cast("unsigned", argument));
  }
}
