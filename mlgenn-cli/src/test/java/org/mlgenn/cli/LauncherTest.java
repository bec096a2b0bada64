package org.mlgenn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The script `mlgenn`, where it does not get as far as building or starting anything.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {
  private static final Path SCRIPT = Path.of("..", "mlgenn").toAbsolutePath().normalize();

  @TempDir Path folder;

  private record Result(int status, String text) {}

  private static Result run(String java, Path script) throws IOException, InterruptedException {
    var builder = new ProcessBuilder("bash", script.toString(), "info").redirectErrorStream(true);
    builder.environment().put("MLGENN_JAVA", java);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes());
    return new Result(process.waitFor(), text);
  }

  @Test
  void jdkThatIsNoneIsTold() throws IOException, InterruptedException {
    Result result = run(folder.toString(), SCRIPT);
    assertEquals(
        "mlgenn: MLGENN_JAVA is '%s', which is no JDK of version 25 or newer.\n".formatted(folder),
        result.text);
    assertEquals(1, result.status);
  }

  @Test
  void jdkThatIsTooOldIsTold() throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("bin"));
    for (String tool : new String[] {"java", "javac"}) {
      Path file = Files.createFile(folder.resolve("bin").resolve(tool));
      assertTrue(file.toFile().setExecutable(true));
    }
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
    assertEquals(1, run(folder.toString(), SCRIPT).status);
  }

  @Test
  void startsThroughALink() throws IOException, InterruptedException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), SCRIPT);
    assertTrue(run("/no-such-jdk", link).text.contains("MLGENN_JAVA is '/no-such-jdk'"));
  }
}
