package org.mlgenn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.runtime.RuntimeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A JVM of its own whose C compiler makes nothing of use.
final class FailingCompilerTest {
  @TempDir Path folder;

  /// What runs in the other JVM.
  static final class Runner {
    private Runner() {}

    public static void main(String[] arguments) {
      var settings =
          new RuntimeSettings()
              .threads(1)
              .build(new BuildSettings().cacheDirectory(Optional.empty()));
      try (Trainer trainer = Trainer.open(Toy.training(8), settings)) {
        TrainingReport report = trainer.train(Toy.data(8, 1), 1);
        System.out.println(trainer.backend() + ", report: " + report.provenance().backend());
      }
    }
  }

  @Test
  void trainingGoesOnWithJvmAndSaysSo() throws IOException, InterruptedException {
    Path compiler =
        Files.writeString(
            folder.resolve("cc"),
            """
            #!/bin/sh
            [ "$1" = --version ] && echo 1.0 && exit 0
            while [ $# -gt 0 ]; do [ "$1" = -o ] && echo junk > "$2"; shift; done
            """);
    assertTrue(compiler.toFile().setExecutable(true));
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dmlgenn.cc=" + compiler,
                "-cp",
                System.getProperty("java.class.path"),
                Runner.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    // Before it there may be what the log says.
    assertEquals("jvm, report: jvm", output.lines().reduce("", (_, line) -> line));
  }
}
