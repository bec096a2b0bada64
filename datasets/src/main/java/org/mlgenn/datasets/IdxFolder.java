package org.mlgenn.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mlgenn.data.Targets;

/// A folder with the four IDX files of MNIST or one of its relatives (Fashion-MNIST, KMNIST, …),
/// plain or gzipped: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, and the same with
// `t10k`.
public final class IdxFolder {
  private IdxFolder() {}

  private enum Part {
    TRAIN_IMAGES("train-images", 3),
    TRAIN_LABELS("train-labels", 1),
    TEST_IMAGES("t10k-images", 3),
    TEST_LABELS("t10k-labels", 1);

    private final String stem;
    private final int rank;

    Part(String stem, int rank) {
      this.stem = stem;
      this.rank = rank;
    }

    String fileName() {
      return "%s-idx%d-ubyte".formatted(stem, rank);
    }

    List<String> alternatives() {
      String dotted = "%s.idx%d-ubyte".formatted(stem, rank);
      return List.of(fileName() + ".gz", fileName(), dotted + ".gz", dotted);
    }
  }

  /// Where the bytes of a file come from.
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  private record Entry(String name, Source source) {
    IdxReader.Content read(Part part) throws IOException {
      try (InputStream in = source.open()) {
        return IdxReader.read(in, name, part.rank);
      }
    }
  }

  /// Reads the data set in a folder.
  ///
  /// @throws IOException naming all files that are missing, or the file that cannot be read
  public static ImageCollection load(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "%s: %s, expected a folder with IDX files"
              .formatted(folder, Files.exists(folder) ? "is a file" : "no such folder"));
    }
    Map<Part, Entry> entries = new EnumMap<>(Part.class);
    List<String> missing = new ArrayList<>();
    for (Part part : Part.values()) {
      part.alternatives().stream()
          .map(folder::resolve)
          .filter(Files::isRegularFile)
          .findFirst()
          .ifPresentOrElse(
              file ->
                  entries.put(part, new Entry(file.toString(), () -> Files.newInputStream(file))),
              () -> missing.add(part.fileName()));
    }
    if (!missing.isEmpty()) {
      throw new IOException(
          "%s: missing %s (plain or .gz); the folder holds %s"
              .formatted(folder, String.join(", ", missing), contents(folder)));
    }
    return read(folder.toString(), entries);
  }

  private static List<String> contents(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().limit(20).toList();
    }
  }

  /// Reads the four gzipped files from resources beside a class.
  static ImageCollection load(Class<?> owner, String folder) throws IOException {
    Map<Part, Entry> entries = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      String name = folder + "/" + part.fileName() + ".gz";
      entries.put(part, new Entry(name, () -> resource(owner, name)));
    }
    return read(folder, entries);
  }

  private static InputStream resource(Class<?> owner, String name) throws IOException {
    InputStream in = owner.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("%s: no such resource beside %s".formatted(name, owner.getName()));
    }
    return in;
  }

  /// Training and test images are unpacked side by side, since one gzip stream keeps one core busy.
  private static ImageCollection read(String where, Map<Part, Entry> entries) throws IOException {
    FutureTask<ImageDataset> test =
        start(() -> images(entries, Part.TEST_IMAGES, Part.TEST_LABELS));
    ImageDataset train = images(entries, Part.TRAIN_IMAGES, Part.TRAIN_LABELS);
    try {
      return withCommonClasses(where, train, test.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(where + ": interrupted while reading", e);
    }
  }

  private static FutureTask<ImageDataset> start(Callable<ImageDataset> reading) {
    FutureTask<ImageDataset> task = new FutureTask<>(reading);
    Thread.ofPlatform().daemon().name("idx-reader").start(task);
    return task;
  }

  private static ImageDataset images(Map<Part, Entry> entries, Part images, Part labels)
      throws IOException {
    Entry imageFile = entries.get(images);
    Entry labelFile = entries.get(labels);
    IdxReader.Content pixels = imageFile.read(images);
    byte[] classes = labelFile.read(labels).values();
    int[] shape = pixels.shape();
    if (shape[0] != classes.length) {
      throw new IOException(
          "%s: %d images, but %s has %d labels"
              .formatted(imageFile.name(), shape[0], labelFile.name(), classes.length));
    }
    int[] values =
        IntStream.range(0, classes.length).map(example -> classes[example] & 0xFF).toArray();
    try {
      return ImageDataset.owning(
          pixels.values(), shape[1], shape[2], new Targets.Labels(values, 256));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s: %s".formatted(imageFile.name(), e.getMessage()), e);
    }
  }

  /// The files don't say how many classes there are: as many as the largest label asks for.
  private static ImageCollection withCommonClasses(
      String where, ImageDataset train, ImageDataset test) throws IOException {
    int classes = Math.max(train.largestLabel(), test.largestLabel()) + 1;
    try {
      return new ImageCollection(train.withClasses(classes), test.withClasses(classes));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s: %s".formatted(where, e.getMessage()), e);
    }
  }
}
