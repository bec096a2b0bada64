package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.junit.jupiter.api.Test;

/// The table of the package's page, which leads from names of PyGeNN to names of Java.
final class NameTableTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern METHOD =
      Pattern.compile("(?:[A-Z]\\w+\\.)?([a-z]\\w*)(?:\\([^`]*\\))?");
  private static final List<Class<?>> FACADE =
      List.of(
          GeNNModel.class,
          NeuronPopulation.class,
          SynapsePopulation.class,
          ModelCurrentSource.class,
          ModelCustomUpdate.class,
          ModelCustomConnectivityUpdate.class,
          ModelVariable.class,
          ModelArray.class,
          VariableView.class,
          org.genn.engine.model.SparseInit.class,
          ToeplitzPatterns.class);

  @Test
  void methodsThatTheTableNamesExist() throws IOException {
    Set<String> methods =
        FACADE.stream()
            .flatMap(type -> Stream.of(type.getMethods()))
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    var missing = new TreeSet<String>();
    int found = 0;
    for (String[] row : rows()) {
      for (String name : javaNames(row)) {
        found++;
        if (!methods.contains(name)) {
          missing.add(name);
        }
      }
    }
    assertEquals(Set.of(), missing);
    assertTrue(found > 100, "only " + found + " names were found");
  }

  private static List<String[]> rows() throws IOException {
    Path page = Path.of("src/main/java/org/genn/engine/runtime/package-info.java");
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("/// | ") && line.contains("`"))
        .map(line -> line.substring(6, line.length() - 2).split(" \\| "))
        .toList();
  }

  private static List<String> javaNames(String[] row) {
    var names = new ArrayList<String>();
    String source = row[1].startsWith("the same in camel case") ? row[0] : "";
    CODE.matcher(source).results().map(code -> camelCase(code.group(1))).forEach(names::add);
    CODE.matcher(row[1])
        .results()
        .map(code -> METHOD.matcher(code.group(1)))
        .filter(name -> name.matches() && !name.group().startsWith("org."))
        .map(name -> name.group(1))
        .filter(name -> !name.contains("_"))
        .forEach(names::add);
    names.removeIf(name -> name.contains("…"));
    return names;
  }

  private static String camelCase(String name) {
    return Pattern.compile("_(.)")
        .matcher(name)
        .replaceAll(letter -> letter.group(1).toUpperCase(java.util.Locale.ROOT));
  }
}
