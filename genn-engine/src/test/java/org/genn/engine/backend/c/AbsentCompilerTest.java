package org.genn.engine.backend.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.VariableReference;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A JVM of its own whose C compiler is missing, says nothing useful, or fails: `auto` runs on
/// `jvm`, and who asks for `native` gets the reason in one line.
final class AbsentCompilerTest {
  @TempDir Path folder;

  /// What runs in the other JVM.
  static final class Runner {
    private Runner() {}

    public static void main(String[] arguments) {
      var model = new NeuronModel("Counter").variable("x").simCode("x += 1.0;");
      var spec =
          new ModelSpec("count", 1.0, 1, 1)
              .neuronGroup(new NeuronGroup("n", 1, model, Bindings.NONE));
      for (String backend : List.of("auto", "native")) {
        var settings =
            new RuntimeSettings()
                .backend(backend)
                .build(new BuildSettings().cacheDirectory(Optional.empty()));
        try (var simulation = Simulation.open(spec, settings)) {
          simulation.stepTime();
          System.out.println(
              "%s: %s on %s"
                  .formatted(
                      backend,
                      simulation.variable(VariableReference.neuron("n", "x")).get(0, 0),
                      simulation.backend()));
        } catch (BackendException e) {
          System.out.println(backend + ": " + e.getMessage());
        }
      }
    }
  }

  private static List<String> run(String compiler) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dmlgenn.cc=" + compiler,
                "-cp",
                System.getProperty("java.class.path"),
                Runner.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), output);
    return output.lines().filter(line -> line.matches("(auto|native): .*")).toList();
  }

  private String compiler(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("cc"), "#!/bin/sh\n" + script);
    assertTrue(file.toFile().setExecutable(true));
    return file.toString();
  }

  @Test
  void aMissingCompilerLeavesJvm() throws IOException, InterruptedException {
    assertEquals(
        List.of(
            "auto: 1.0 on jvm",
            "native: back end 'native' is not available: no C compiler found (looked for"
                + " no-such-cc); install gcc or clang, or name one in variable CC"),
        run("no-such-cc"));
  }

  @Test
  void aCompilerThatCannotCompileLeavesJvm() throws IOException, InterruptedException {
    String fake =
        compiler("[ \"$1\" = --version ] && echo 1.0 && exit 0\necho no licence\nexit 1\n");
    assertEquals(
        List.of(
            "auto: 1.0 on jvm",
            "native: back end 'native' is not available: " + fake + " cannot compile: no licence"),
        run(fake));
  }

  @Test
  void aCompilerThatCrashesLeavesJvm() throws IOException, InterruptedException {
    String fake = compiler("kill -SEGV $$\n");
    List<String> lines = run(fake);
    assertEquals("auto: 1.0 on jvm", lines.get(0));
    assertEquals(
        "native: back end 'native' is not available: "
            + fake
            + " --version failed: it said nothing",
        lines.get(1));
    assertEquals(2, lines.size());
  }

  @Test
  void aCompilerThatMakesNothingOfUseIsReported() throws IOException, InterruptedException {
    // Says that it has compiled, but has written no library that can be loaded.
    String fake =
        compiler(
            "[ \"$1\" = --version ] && echo 1.0 && exit 0\n"
                + "while [ $# -gt 0 ]; do [ \"$1\" = -o ] && echo junk > \"$2\"; shift; done\n");
    List<String> lines = run(fake);
    assertEquals("auto: 1.0 on jvm", lines.get(0));
    assertTrue(lines.get(1).startsWith("native: "), lines.get(1));
    assertEquals(2, lines.size());
  }
}
