package org.mlgenn.tests.golden;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Numbers are those of ml_genn.
///
/// The cases are those that come with the tests; `-Dgolden.mlgenn=DIR` takes another folder of the
/// same format. Cases that need what is not there yet are skipped, each with what it needs.
@Feature({
  "SYN-03", "NRN-03", "NRN-04", "NRN-05", "RDO-01", "RDO-02", "RDO-03", "RDO-04", "RDO-05",
  "RDO-06", "RDO-07", "OPT-01", "OPT-02", "INF-05", "INF-06", "INF-07", "EVP-01", "EVP-02",
  "EVP-04", "EVP-05", "EVP-06", "EVP-07", "EVP-08", "EVP-09", "EVP-10", "EVP-11", "EVP-12",
  "EVP-13", "EVP-14", "EVP-15", "EVP-21"
})
final class MlGennGoldenTest {
  @TestFactory
  Stream<DynamicTest> casesAgree() throws IOException {
    var folder = GoldenFolder.open();
    return folder.names().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> run(folder, name)));
  }

  private static void run(GoldenFolder folder, String name) throws IOException {
    var golden = folder.get(name);
    Optional<String> uncovered = GoldenNetwork.uncovered(golden.description());
    Assumptions.assumeTrue(
        uncovered.isEmpty(), () -> name + " is not covered yet: " + uncovered.orElseThrow());
    var deviations = new Deviations();
    switch (golden.kind()) {
      case "InferenceCompiler" -> GoldenInference.run(golden, deviations);
      case "EventPropCompiler" -> GoldenEventProp.run(golden, deviations);
      case "Adam" -> GoldenAdam.run(golden, deviations);
      default -> Assumptions.abort(name + " is not covered yet: " + golden.kind());
    }
    deviations.check(name);
  }
}
