package org.mlgenn.tests.features;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Finds which tests show which features, in the compiled tests of all modules.
final class FeatureScan {
  private static final String ANNOTATION = "Lorg/genn/feature/Feature;";

  private FeatureScan() {}

  /// Test classes by feature id.
  static SortedMap<String, SortedSet<String>> scan(List<Path> testClassFolders) throws IOException {
    var tests = new TreeMap<String, SortedSet<String>>();
    for (Path folder : testClassFolders) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
          scan(ClassFile.of().parse(file), tests);
        }
      }
    }
    return tests;
  }

  private static void scan(ClassModel type, Map<String, SortedSet<String>> tests) {
    String name = type.thisClass().asInternalName();
    String simple = name.substring(name.lastIndexOf('/') + 1).replaceAll("\\$.*", "");
    collect(type, simple, tests);
    type.methods().forEach(method -> collect(method, simple, tests));
  }

  private static void collect(
      AttributedElement element, String test, Map<String, SortedSet<String>> tests) {
    element
        .findAttribute(Attributes.runtimeVisibleAnnotations())
        .ifPresent(found -> found.annotations().forEach(a -> collect(a, test, tests)));
  }

  private static void collect(
      Annotation annotation, String test, Map<String, SortedSet<String>> tests) {
    if (!annotation.className().equalsString(ANNOTATION)) {
      return;
    }
    for (AnnotationElement element : annotation.elements()) {
      if (element.value() instanceof AnnotationValue.OfArray array) {
        for (AnnotationValue value : array.values()) {
          if (value instanceof AnnotationValue.OfString id) {
            tests.computeIfAbsent(id.stringValue(), _ -> new TreeSet<>()).add(test);
          }
        }
      }
    }
  }
}
