package org.genn.engine.backend.jvm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// The JDK's compiler, from memory to memory.
final class JvmCompiler {
  private static final List<String> OPTIONS =
      List.of(
          "-proc:none",
          "-Xlint:none",
          "-nowarn",
          "-g:source,lines",
          "-implicit:none",
          "--limit-modules",
          "java.base");

  private JvmCompiler() {}

  static boolean isAvailable() {
    return ModuleLayer.boot().findModule("jdk.compiler").isPresent();
  }

  /// Classes of the source by name, or what the compiler said.
  record Result(Map<String, byte[]> classes, String log) {}

  static Result compile(JavaSource source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var log = new StringWriter();
    try (StandardJavaFileManager files =
            compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        var memory = new Memory(files)) {
      var task = compiler.getTask(log, memory, null, OPTIONS, null, List.of(new Text(source)));
      return task.call() ? new Result(memory.classes(), "") : new Result(Map.of(), log.toString());
    }
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(JavaSource source) {
      super(URI.create("string:///" + source.className() + ".java"), Kind.SOURCE);
      text = source.text();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> outputs = new LinkedHashMap<>();

    Memory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("string:///" + className + kind.extension), kind) {
        @Override
        public OutputStream openOutputStream() {
          var output = new ByteArrayOutputStream();
          outputs.put(className, output);
          return output;
        }
      };
    }

    Map<String, byte[]> classes() {
      var classes = new LinkedHashMap<String, byte[]>();
      outputs.forEach((name, output) -> classes.put(name, output.toByteArray()));
      return classes;
    }
  }
}
