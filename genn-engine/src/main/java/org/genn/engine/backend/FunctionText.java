package org.genn.engine.backend;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Functions that are printed with a program when it uses them, read from a text file.
///
/// The file has functions separated by blank lines, each with the comment lines before it.
/// `common.txt` is written in what Java and C have in common (`long` has 64 bits), so that both
/// compute the same bits; what differs is a few primitives at its head, which each language's own
/// file defines.
public final class FunctionText {
  private static final Pattern CALL = Pattern.compile("(?<![\\w.])([A-Za-z_]\\w*)\\(");

  private final Map<String, List<String>> functions = new LinkedHashMap<>();

  private FunctionText() {}

  /// Reads files that lie beside this class; a function may have several overloads.
  public static FunctionText read(String... files) {
    var text = new FunctionText();
    for (String file : files) {
      text.add(readAll(file));
    }
    return text;
  }

  /// The text of a file that lies beside this class.
  public static String readAll(String file) {
    try (InputStream in = FunctionText.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String file) {
    for (String function : file.strip().split("\n\\s*\n")) {
      String head = function.lines().filter(line -> !line.startsWith("//")).findFirst().orElse("");
      Matcher name = CALL.matcher(head);
      if (name.find()) {
        functions.computeIfAbsent(name.group(1), _ -> new ArrayList<>()).add(function);
      }
    }
  }

  /// The functions that a text calls, and those that these call, in the order of the files.
  public List<String> usedBy(String text) {
    return usedBy(called(text));
  }

  /// The same for what a text calls.
  public List<String> usedBy(Set<String> called) {
    var used = new LinkedHashSet<String>();
    collect(called, used);
    var result = new ArrayList<String>();
    functions.forEach(
        (name, overloads) -> {
          if (used.contains(name)) {
            result.addAll(overloads);
          }
        });
    return result;
  }

  private void collect(Set<String> called, Set<String> used) {
    for (String name : called) {
      if (functions.containsKey(name) && used.add(name)) {
        functions.get(name).forEach(overload -> collect(called(overload), used));
      }
    }
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || isDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// What a text calls without naming an object or class.
  public static Set<String> called(String text) {
    var called = new LinkedHashSet<String>();
    for (int open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
      int begin = open;
      while (begin > 0 && isNamePart(text.charAt(begin - 1))) {
        begin--;
      }
      boolean isName = begin < open && !isDigit(text.charAt(begin));
      if (isName && (begin == 0 || text.charAt(begin - 1) != '.')) {
        called.add(text.substring(begin, open));
      }
    }
    return called;
  }
}
