package org.genn.engine.snippet;

import static org.genn.engine.snippet.Checks.source;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.genn.engine.snippet.Environment.Access;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What GeNN 5.4 accepts and rejects, its defects put right.
class AcceptRejectTest {

  private static final Environment CUSTOM_UPDATE =
      Environment.of(NumericType.FLOAT, NumericType.FLOAT)
          .withVariable("f", SnippetType.FLOAT, Access.READ_ONLY)
          .withVariable("i", SnippetType.INT32, Access.READ_ONLY)
          .withVariable("u", SnippetType.UINT32, Access.READ_ONLY)
          .withVariable("r", SnippetType.FLOAT, Access.READ_WRITE)
          .withVariable("k", SnippetType.INT32, Access.READ_WRITE)
          .withVariable("m", SnippetType.FLOAT, Access.WRITE_ONLY)
          .withVariable("id", SnippetType.UINT32, Access.READ_ONLY)
          .withVariable("t", SnippetType.FLOAT, Access.READ_ONLY)
          .withVariable("dt", SnippetType.FLOAT, Access.READ_ONLY);

  private static Stream<String> lines() throws IOException {
    try (var in = AcceptRejectTest.class.getResourceAsStream("accept-reject.txt")) {
      var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#"));
    }
  }

  @TestFactory
  Stream<DynamicTest> listedCodesAreAcceptedOrRejected() throws IOException {
    return lines().map(line -> DynamicTest.dynamicTest(line.replace('\t', ' '), () -> check(line)));
  }

  private static void check(String line) {
    int tab = line.indexOf('\t');
    var source = source(line.substring(tab + 1).replace("\\n", "\n"));
    if (line.startsWith("accept")) {
      assertDoesNotThrow(() -> Snippet.statements(source, CUSTOM_UPDATE));
    } else {
      assertThrows(SnippetException.class, () -> Snippet.statements(source, CUSTOM_UPDATE));
    }
  }

  @Test
  void theListIsComplete() throws IOException {
    assertEquals(99, lines().count());
  }
}
