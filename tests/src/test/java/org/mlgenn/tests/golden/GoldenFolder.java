package org.mlgenn.tests.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mlgenn.serialisers.Npz;
import org.mlgenn.serialisers.NumpyArray;

/// Reference numbers: `manifest.json` describes the cases, each has its arrays in a file of its
/// own.
record GoldenFolder(Path folder, JsonNode manifest) {
  /// The folder that the system property `golden.mlgenn` names, or the one that comes with the
  /// tests.
  static GoldenFolder open() throws IOException {
    String other = System.getProperty("golden.mlgenn", "");
    Path folder = other.isEmpty() ? bundled() : Path.of(other);
    return new GoldenFolder(
        folder, new ObjectMapper().readTree(folder.resolve("manifest.json").toFile()));
  }

  private static Path bundled() throws IOException {
    try {
      return Path.of(
          Objects.requireNonNull(GoldenFolder.class.getResource("/golden/mlgenn")).toURI());
    } catch (URISyntaxException wrong) {
      throw new IOException(wrong);
    }
  }

  List<String> names() {
    var names = new ArrayList<String>();
    manifest.get("cases").fieldNames().forEachRemaining(names::add);
    return names;
  }

  Case get(String name) throws IOException {
    JsonNode description = manifest.get("cases").get(name);
    return new Case(name, description, Npz.read(folder.resolve(description.get("file").asText())));
  }

  /// A case with its arrays.
  record Case(String name, JsonNode description, Map<String, NumpyArray> arrays) {
    boolean has(String array) {
      return arrays.containsKey(array);
    }

    NumpyArray array(String array) {
      return Objects.requireNonNull(arrays.get(array), array);
    }

    int timesteps() {
      return description.get("timesteps").asInt();
    }

    double dt() {
      return description.get("dt").asDouble();
    }

    String kind() {
      return description.get("kind").asText();
    }

    JsonNode compilerArguments() {
      return description.get("compiler_args");
    }

    /// Row `index` along the first dimension.
    float[] row(String array, int index) {
      NumpyArray all = array(array);
      int length = all.size() / all.shape()[0];
      float[] row = new float[length];
      System.arraycopy(all.floats(), index * length, row, 0, length);
      return row;
    }
  }
}
