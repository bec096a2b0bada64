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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /// The function `heap` of the script, with files in place of those of the system.
  private String heap(String machine, String container) throws IOException, InterruptedException {
    String script = Files.readString(SCRIPT);
    int begin = script.indexOf("heap() {");
    String function = script.substring(begin, script.indexOf("\n}\n", begin) + 3);
    Path memory = Files.writeString(folder.resolve("meminfo"), machine);
    Path limit = Files.writeString(folder.resolve("memory.max"), container);
    Process process =
        new ProcessBuilder(
                "bash",
                "-uc",
                function + "heap \"$1\" \"$2\"; echo \"$heap\"",
                "test",
                memory.toString(),
                limit.toString())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), text);
    return text.strip();
  }

  @ParameterizedTest
  @CsvSource({
    "24000000, max, 11718m", // half of the machine
    "24000000, 4294967296, 2048m", // half of the container
    "4000000, 68719476736, 1953m", // the container may have more than there is
    "1000000, max, 1024m",
    "200000000, max, 30720m",
    "24000000, '', 11718m"
  })
  void javaObjectsMayTakeHalfOfTheMemory(String kilobytes, String container, String expected)
      throws IOException, InterruptedException {
    String machine =
        "MemFree: 17 kB\nMemTotal:       %s kB\nMemAvailable: 3 kB\n".formatted(kilobytes);
    assertEquals(expected, heap(machine, container + "\n"));
  }

  @Test
  void whereTheSystemTellsNothingJavaObjectsMayTakeAGibibyte()
      throws IOException, InterruptedException {
    assertEquals("1024m", heap("", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "2gb", "-1g", "0", "1.5g", "2 g"})
  void memoryThatIsNoSizeIsToldBeforeAnythingIsBuilt(String memory)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder("bash", SCRIPT.toString(), "info").redirectErrorStream(true);
    builder.environment().put("MLGENN_JAVA", System.getProperty("java.home"));
    builder.environment().put("MLGENN_MEMORY", memory);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes());
    assertEquals(1, process.waitFor());
    assertEquals(
        "mlgenn: MLGENN_MEMORY is '%s', which is no size; give one such as 2g or 1500m\n"
            .formatted(memory),
        text);
  }

  @Test
  void startsThroughALink() throws IOException, InterruptedException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), SCRIPT);
    assertTrue(run("/no-such-jdk", link).text.contains("MLGENN_JAVA is '/no-such-jdk'"));
  }
}
