package org.genn.engine.backend.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.Printed;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;

/// C's `printf` formats as calls of `String.format`.
final class PrintFormat {
  private static final Pattern CONVERSION =
      Pattern.compile("%([-+ #0]*)(\\d*)(?:\\.(\\d*))?(?:hh|h|ll|l|z|j|t|L)?(.)", Pattern.DOTALL);

  private PrintFormat() {}

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
    values.addFirst(Printed.primary('"' + escapes(text.toString()) + '"'));
    return Printed.call("print", values.toArray(Printed[]::new));
  }

  private static Printed value(
      String format, Matcher matcher, SnippetType type, Printed argument, StringBuilder text) {
    char conversion = matcher.group(4).charAt(0);
    String flags = matcher.group(1);
    String width = matcher.group(2);
    String precision =
        matcher.group(3) == null ? "" : "." + (matcher.group(3).isEmpty() ? "0" : matcher.group(3));
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
    return switch (conversion) {
      case 'f', 'F', 'e', 'E', 's' -> {
        text.append('%').append(flags).append(width).append(precision);
        text.append(conversion == 'F' ? 'f' : conversion);
        yield argument;
      }
      case 'g', 'G' -> {
        text.append('%').append(flags.replaceAll("[+ #0]", "")).append(width).append('s');
        yield Printed.call(
            "general",
            argument,
            Printed.primary(precision.isEmpty() ? "6" : precision.substring(1)));
      }
      case 'd', 'i', 'u' -> {
        text.append('%');
        text.append(
                precision.isEmpty() ? flags.replace("#", "") + width : "0" + precision.substring(1))
            .append(conversion == 'u' && type.numeric() == NumericType.UINT64 ? 's' : 'd');
        yield integer(
            conversion == 'u' ? unsigned(type.numeric()) : signed(type.numeric()),
            type.numeric(),
            argument);
      }
      case 'x', 'X', 'c' -> {
        text.append('%').append(flags).append(width).append(conversion);
        yield argument;
      }
      default ->
          throw new BackendException(
              "printf(\"%s\"): the jvm back end does not know %s"
                  .formatted(format, matcher.group()));
    };
  }

  private static NumericType unsigned(NumericType type) {
    return type.bits() > 32 ? NumericType.UINT64 : NumericType.UINT32;
  }

  private static NumericType signed(NumericType type) {
    return type.bits() > 32 ? NumericType.INT64 : NumericType.INT32;
  }

  private static Printed integer(NumericType shown, NumericType type, Printed argument) {
    Printed value = JavaConversions.convert(type, shown, argument);
    return switch (shown) {
      case UINT32 -> Printed.call("Integer.toUnsignedLong", value);
      case UINT64 -> Printed.call("Long.toUnsignedString", value);
      default -> value;
    };
  }

  /// C's escape sequences in Java's spelling.
  private static String escapes(String text) {
    return text.replace("\\a", "\\7")
        .replace("\\v", "\\13")
        .replace("\\?", "?")
        .replace("\\e", "\\33");
  }
}
