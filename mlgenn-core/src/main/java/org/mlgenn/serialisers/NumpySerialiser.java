package org.mlgenn.serialisers;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One `.npy` file per variable in a folder, named as ml_genn names them: the keys joined by `-`,
/// for example `9-Conn_Pop0_Pop1-g.npy`.
///
/// @param folder where the files are; made when the first variable is stored
public record NumpySerialiser(Path folder) implements Serialiser {
  private static final String SUFFIX = ".npy";

  @Override
  public void serialise(List<?> keys, NumpyArray values) throws IOException {
    Path file = file(keys);
    AtomicFile.makeFolder(folder);
    Numpy.write(file, values);
  }

  @Override
  public NumpyArray deserialise(List<?> keys) throws IOException {
    return Numpy.read(file(keys));
  }

  // ml_genn: serialisers/numpy.py splits at every "-", so that names with one cannot be loaded;
  // only
  // the last one separates a name from its variable here.
  @Override
  public SequencedMap<List<String>, NumpyArray> deserialiseAll(List<?> keys) throws IOException {
    String prefix = keys.isEmpty() ? "" : title(keys) + "-";
    TreeMap<String, Path> files = new TreeMap<>();
    DirectoryStream.Filter<Path> wanted = path -> isWanted(path.getFileName().toString(), prefix);
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, wanted)) {
      stream.forEach(path -> files.put(path.getFileName().toString(), path));
    }
    SequencedMap<List<String>, NumpyArray> variables = new LinkedHashMap<>();
    for (var file : files.entrySet()) {
      variables.put(remainingKeys(file.getKey(), prefix), Numpy.read(file.getValue()));
    }
    return variables;
  }

  private static boolean isWanted(String name, String prefix) {
    return name.startsWith(prefix) && name.endsWith(SUFFIX) && !name.startsWith(".");
  }

  private static List<String> remainingKeys(String name, String prefix) {
    String rest = name.substring(prefix.length(), name.length() - SUFFIX.length());
    int dash = rest.lastIndexOf('-');
    return dash < 0 ? List.of(rest) : List.of(rest.substring(0, dash), rest.substring(dash + 1));
  }

  private Path file(List<?> keys) {
    return folder.resolve(title(keys) + SUFFIX);
  }

  private static String title(List<?> keys) {
    String title = keys.stream().map(String::valueOf).collect(Collectors.joining("-"));
    if (title.isEmpty()
        || title.startsWith(".")
        || title.chars().anyMatch(c -> "/\\\0".indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          "keys %s cannot name a file: expected no '/', no '\\' and no '.' at the start"
              .formatted(keys));
    }
    return title;
  }
}
