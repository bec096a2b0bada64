package org.mlgenn.tests.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example of the README is run as it stands there.
class ReadmeTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @TempDir Path folder;

  @Test
  @Tag("slow")
  void exampleOfTheReadmeTrainsANetwork() throws Exception {
    Path app = ROOT.resolve("mlgenn-cli").resolve("target").resolve("app");
    assumeTrue(Files.isDirectory(app), "mlgenn-cli has not been packaged; run mvn verify");
    Path program = folder.resolve("MyNetwork.java");
    Files.writeString(program, example());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx700m",
                "-Dmlgenn.cache=" + folder.resolve("cache"),
                "-p",
                app.toString(),
                "--add-modules",
                "org.mlgenn.train,org.mlgenn.datasets",
                program.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();
    String output = Files.readString(folder.resolve("output"));
    assertTrue(ended, output);
    assertEquals(0, process.exitValue(), output);
    Matcher accuracy = Pattern.compile("accuracy (0\\.\\d+)").matcher(output);
    double last = 0;
    while (accuracy.find()) {
      last = Double.parseDouble(accuracy.group(1));
    }
    // The seed is in the example and bits do not depend on the machine's threads: one run gave
    // 0.949.
    assertTrue(last > 0.93, output);
  }

  private static String example() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    int begin = readme.indexOf("```java\n");
    int end = readme.indexOf("```", begin + 8);
    return readme.substring(begin + 8, end);
  }
}
