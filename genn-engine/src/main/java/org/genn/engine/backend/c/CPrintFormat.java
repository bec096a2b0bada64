package org.genn.engine.backend.c;

import java.util.List;
import org.genn.engine.backend.PrintFormat;
import org.genn.engine.backend.Printed;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.PrintConversion;
import org.genn.engine.snippet.SnippetType;

/// `printf` formats with the length modifiers that the arguments have.
final class CPrintFormat {
  private CPrintFormat() {}

  static Printed print(String format, List<SnippetType> types, List<Printed> arguments) {
    return PrintFormat.of(format, types, arguments, CPrintFormat::value).call("checked_print");
  }

  private static Printed value(
      PrintConversion conversion, SnippetType type, Printed argument, StringBuilder text) {
    char letter = conversion.letter();
    boolean isLong = conversion.wantsInteger() && letter != 'c';
    text.append('%').append(conversion.flags()).append(conversion.width());
    text.append(conversion.precision()).append(isLong ? "l" : "").append(letter);
    return isLong ? wide(type.numeric(), letter, argument) : argument;
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
