package org.mlgenn.cli.commands;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import org.mlgenn.serialisers.AtomicFile;

/// Writes maps and lists as JSON.
final class JsonFile {
  private JsonFile() {}

  /// Replaces a file once the new one is complete.
  static void write(Path file, Object content) throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    mapper.configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false);
    AtomicFile.write(
        file,
        out -> {
          mapper.writeValue(out, content);
          out.write('\n');
        });
  }
}
