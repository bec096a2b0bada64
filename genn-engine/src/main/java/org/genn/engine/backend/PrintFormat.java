package org.genn.engine.backend;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.snippet.PrintConversion;
import org.genn.engine.snippet.SnippetType;

/// A `printf` format of C, taken apart and printed for another language.
///
/// @param text the format for the other language
/// @param values what it prints
public record PrintFormat(String text, List<Printed> values) {
  /// Prints a conversion for a language.
  public interface ConversionPrinter {
    /// Appends the conversion to the text.
    ///
    /// @return what it prints
    Printed print(
        PrintConversion conversion, SnippetType type, Printed argument, StringBuilder text);
  }

  /// @param types of the arguments, which fit the format
  public static PrintFormat of(
      String format,
      List<SnippetType> types,
      List<Printed> arguments,
      ConversionPrinter conversions) {
    var text = new StringBuilder();
    var values = new ArrayList<Printed>();
    int end = 0;
    for (PrintConversion conversion : PrintConversion.of(format)) {
      text.append(format, end, conversion.begin());
      end = conversion.end();
      if (conversion.takesArgument()) {
        int next = values.size();
        values.add(conversions.print(conversion, types.get(next), arguments.get(next), text));
      } else {
        text.append("%%");
      }
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
