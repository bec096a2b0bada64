package org.mlgenn.tests.genn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mlgenn.serialisers.Npz;
import org.mlgenn.serialisers.NumpyArray;

/// A model, a program for it, and the results that GeNN had.
record GennCase(String name, JsonNode description, Map<String, NumpyArray> arrays) {

  /// The cases of a folder: `manifest.json`, and for each case a file of arrays.
  record Folder(Path path, List<JsonNode> descriptions) {
    /// The folder that the system property `golden.genn` names, or the one that comes with the
    /// tests.
    static Folder open() throws IOException {
      String other = System.getProperty("golden.genn", "");
      Path path = other.isEmpty() ? bundled() : Path.of(other);
      JsonNode manifest = new ObjectMapper().readTree(path.resolve("manifest.json").toFile());
      var descriptions = new ArrayList<JsonNode>();
      manifest.get("cases").forEach(descriptions::add);
      return new Folder(path, descriptions);
    }

    private static Path bundled() throws IOException {
      try {
        return Path.of(Objects.requireNonNull(GennCase.class.getResource("/golden/genn")).toURI());
      } catch (URISyntaxException wrong) {
        throw new IOException(wrong);
      }
    }

    GennCase read(JsonNode description) throws IOException {
      Path file = path.resolve(description.get("data").asText());
      if (!Files.exists(file)) {
        throw new NotCovered("its arrays are not among those that come with the tests");
      }
      return new GennCase(description.get("name").asText(), description, Npz.read(file));
    }
  }

  NumpyArray array(String key) {
    return Objects.requireNonNull(arrays.get(key), key);
  }

  /// The array that a value names.
  NumpyArray array(JsonNode value) {
    return array(value.get("array").asText());
  }

  double number(String field, double otherwise) {
    return description.has(field) ? description.get(field).asDouble() : otherwise;
  }

  Iterable<JsonNode> list(String field) {
    return description.has(field) ? description.get(field) : List.of();
  }

  /// The user-written snippet of this name, if it is one.
  boolean defines(String model) {
    return description.get("models").has(model);
  }

  JsonNode model(String model) {
    return description.get("models").get(model);
  }

  /// Whether a result is one where GeNN does something else than it should.
  boolean isAffectedByDefect(String key) {
    if (!description.has("upstream_defect")) {
      return false;
    }
    JsonNode affected = description.get("affected_arrays");
    if (affected == null) {
      return true;
    }
    for (JsonNode name : affected) {
      if (name.asText().equals(key)) {
        return true;
      }
    }
    return false;
  }

  /// Whether the model is rightly refused.
  boolean isRefused() {
    return text(description, "upstream_defect", "").startsWith("not a defect");
  }

  static Map<String, JsonNode> fields(JsonNode node, String field) {
    var fields = new LinkedHashMap<String, JsonNode>();
    if (node.has(field)) {
      node.get(field).properties().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
    }
    return fields;
  }

  static String text(JsonNode node, String field, String otherwise) {
    return node.has(field) ? node.get(field).asText() : otherwise;
  }
}
