package org.genn.engine.backend.jvm;

import java.util.List;
import org.genn.engine.backend.PrintFormat;
import org.genn.engine.backend.Printed;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.PrintConversion;
import org.genn.engine.snippet.SnippetType;

/// C's `printf` formats as calls of `String.format`.
final class JavaPrintFormat {
  private JavaPrintFormat() {}

  static Printed print(String format, List<SnippetType> types, List<Printed> arguments) {
    var printed = PrintFormat.of(format, types, arguments, JavaPrintFormat::value);
    return new PrintFormat(escapes(printed.text()), printed.values()).call("print");
  }

  private static Printed value(
      PrintConversion conversion, SnippetType type, Printed argument, StringBuilder text) {
    char letter = conversion.letter();
    String flags = flags(conversion);
    String width = conversion.width();
    String precision = conversion.precision().equals(".") ? ".0" : conversion.precision();
    return switch (letter) {
      case 'f', 'F', 'e', 'E', 's' -> {
        text.append('%').append(flags).append(width).append(precision);
        text.append(letter == 'F' ? 'f' : letter);
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
            .append(letter == 'u' && type.numeric() == NumericType.UINT64 ? 's' : 'd');
        yield integer(
            letter == 'u' ? unsigned(type.numeric()) : signed(type.numeric()),
            type.numeric(),
            argument);
      }
      case 'x', 'X' -> {
        text.append('%').append(flags).append(width).append(letter);
        yield argument;
      }
      case 'c' -> {
        // C prints the lowest byte, Java refuses what is no character.
        text.append('%').append(flags).append(width).append(letter);
        yield Printed.cast("int", Printed.binary("&", argument, Printed.primary("0xff")));
      }
      default -> throw new IllegalArgumentException("unknown conversion " + conversion.written());
    };
  }

  /// Flags that say something: Java refuses those that C leaves out of account.
  private static String flags(PrintConversion conversion) {
    String given = conversion.flags();
    char letter = conversion.letter();
    boolean hasSign = "difFeEgG".indexOf(letter) >= 0;
    var flags = new StringBuilder();
    if (given.contains("-") && !conversion.width().isEmpty()) {
      flags.append('-');
    } else if (given.contains("0")
        && !conversion.width().isEmpty()
        && letter != 's'
        && letter != 'c') {
      flags.append('0');
    }
    if (hasSign && given.contains("+")) {
      flags.append('+');
    } else if (hasSign && given.contains(" ")) {
      flags.append(' ');
    }
    if (given.contains("#") && "xXfFeE".indexOf(letter) >= 0) {
      flags.append('#');
    }
    return flags.toString();
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
