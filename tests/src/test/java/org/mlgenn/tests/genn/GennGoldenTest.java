package org.mlgenn.tests.genn;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Stream;
import org.genn.engine.backend.Backends;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;
import org.genn.engine.snippet.SnippetException;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Numbers are those of GeNN.
///
/// The cases are those that come with the tests; `-Dgolden.genn=DIR` takes another folder of the
/// same format. Cases that need what is not there yet are skipped, each with what it needs.
@Feature({"S24", "L24", "N01", "N12", "N13", "N14", "N15", "N17", "C01", "C02", "C03", "R04"})
final class GennGoldenTest {
  @TestFactory
  Stream<DynamicContainer> casesAgree() throws IOException {
    var folder = GennCase.Folder.open();
    return Stream.of("jvm", "native")
        .map(
            backend ->
                DynamicContainer.dynamicContainer(
                    backend,
                    folder.descriptions().stream()
                        .map(
                            description ->
                                DynamicTest.dynamicTest(
                                    description.get("name").asText(),
                                    () -> run(folder, description, backend)))));
  }

  private static void run(GennCase.Folder folder, JsonNode description, String backend)
      throws IOException {
    var availability =
        Backends.all().stream()
            .filter(candidate -> candidate.name().equals(backend))
            .findFirst()
            .orElseThrow()
            .availability();
    Assumptions.assumeTrue(availability.isAvailable(), availability.detail());
    try {
      run(folder.read(description), backend);
    } catch (NotCovered missing) {
      Assumptions.abort(
          "%s is not covered yet: %s".formatted(description.get("name"), missing.getMessage()));
    }
  }

  private static void run(GennCase golden, String backend) {
    if (golden.description().has("checks")) {
      Assumptions.assumeTrue(backend.equals("jvm"), "what is accepted depends on no back end");
      GennChecks.run(golden);
      return;
    }
    if (golden.isRefused()) {
      var spec = new GennModel(golden).spec();
      assertThrows(
          SnippetException.class,
          () -> Simulation.open(spec, new RuntimeSettings().backend(backend)));
      return;
    }
    try (var run = new GennRun(golden, new GennModel(golden).spec(), backend)) {
      var differences = run.run();
      assertTrue(differences.isEmpty(), () -> String.join("\n", differences));
    }
  }
}
