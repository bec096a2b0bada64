package org.mlgenn.train.checkpoints;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mlgenn.data.Sha256;
import org.mlgenn.serialisers.Npz;
import org.mlgenn.serialisers.Numpy;
import org.mlgenn.serialisers.NumpyArray;

/// Reads and writes checkpoints: `.npz` archives that NumPy reads too.
///
/// ```
/// epoch-0009.npz               epoch 9 (from 0) is done
/// epoch-0009-batch-00120.npz   120 batches of epoch 9 are done
///
/// formatVersion, sha256, network, training, batchSize, slices, seed, shuffling, dataSha256
/// epoch, batch, step, timestep                     what comes next
/// variable/Conn_Pop0_Pop1-g                        weights
/// optimiser/Conn_Pop0_Pop1-g-M                     state of the optimiser
/// learningRate/…, sum/…, callback/…, history/…
/// ```
///
/// A file is written beside its place, synced and renamed: there is the older one or the whole new
/// one, at any time.
public final class Checkpoints {
  private static final int FORMAT_VERSION = 1;
  private static final String VERSION = "formatVersion";
  private static final String CHECKSUM = "sha256";
  private static final Pattern NAME =
      Pattern.compile("epoch-(\\d{4,9})(?:-batch-(\\d{5,9}))?\\.npz");

  private Checkpoints() {}

  /// Name of the file for a position.
  public static String fileName(TrainingPosition position) {
    return position.batch() == 0
        ? "epoch-%04d.npz".formatted(position.epoch() - 1)
        : "epoch-%04d-batch-%05d.npz".formatted(position.epoch(), position.batch());
  }

  /// The checkpoints of a folder, the earliest position first.
  public static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparingLong(Checkpoints::order))
          .toList();
    }
  }

  /// Checkpoints of a folder with a later position than the given one, the earliest first.
  public static List<Path> after(Path folder, TrainingPosition position) throws IOException {
    long bound = order(folder.resolve(fileName(position)));
    return list(folder).stream().filter(file -> order(file) > bound).toList();
  }

  /// Removes checkpoints within an epoch that come before a file, which they led to.
  ///
  /// @return those that are left in the folder, the earliest first
  public static List<Path> removeWithinEpochs(Path folder, Path before) throws IOException {
    var left = new ArrayList<Path>();
    for (Path file : list(folder)) {
      if (isWithinEpoch(file) && order(file) < order(before)) {
        Files.deleteIfExists(file);
      } else {
        left.add(file);
      }
    }
    return left;
  }

  private static boolean isWithinEpoch(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() && name.group(2) != null;
  }

  private static long order(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      return -1; // before epoch 0 is done
    }
    long batch = name.group(2) == null ? Integer.MAX_VALUE : Long.parseLong(name.group(2));
    return (Long.parseLong(name.group(1)) << Integer.SIZE) + batch;
  }

  /// The checkpoint of a folder with the latest position.
  public static Optional<Path> latest(Path folder) throws IOException {
    List<Path> all = list(folder);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /// The file itself, or the latest checkpoint of a folder.
  ///
  /// @throws IOException when there is none
  public static Path resolve(Path fileOrFolder) throws IOException {
    if (Files.isDirectory(fileOrFolder)) {
      return latest(fileOrFolder)
          .orElseThrow(
              () ->
                  new IOException(
                      "%s: no checkpoint in this folder, expected files such as epoch-0009.npz"
                          .formatted(fileOrFolder)));
    }
    if (!Files.exists(fileOrFolder)) {
      throw new IOException(
          "%s: no such checkpoint, neither a file nor a folder".formatted(fileOrFolder));
    }
    return fileOrFolder;
  }

  /// Writes a checkpoint, replacing one of that name once it is complete.
  ///
  /// @throws IOException naming the file and the reason; an older file of that name is as it was
  public static void write(Path file, TrainingState state) throws IOException {
    var arrays = new LinkedHashMap<String, NumpyArray>();
    arrays.put(VERSION, NumpyArray.scalar(FORMAT_VERSION));
    TrainingIdentity identity = state.identity();
    arrays.put("network", NumpyArray.scalar(identity.network()));
    arrays.put("training", NumpyArray.scalar(identity.training()));
    arrays.put("batchSize", NumpyArray.scalar(identity.batchSize()));
    arrays.put("slices", NumpyArray.scalar(identity.slices()));
    arrays.put("seed", NumpyArray.scalar(identity.seed()));
    arrays.put("shuffling", NumpyArray.scalar(identity.shuffling()));
    arrays.put("dataSha256", NumpyArray.scalar(identity.dataSha256()));
    TrainingPosition position = state.position();
    arrays.put("epoch", NumpyArray.scalar(position.epoch()));
    arrays.put("batch", NumpyArray.scalar(position.batch()));
    arrays.put("step", NumpyArray.scalar(position.step()));
    arrays.put("timestep", NumpyArray.scalar(position.timestep()));
    state.variables().forEach(section(arrays, Section.VARIABLE, array -> array));
    state.optimiser().forEach(section(arrays, Section.OPTIMISER, array -> array));
    state.learningRates().forEach(section(arrays, Section.LEARNING_RATE, NumpyArray::scalar));
    state.sums().forEach(section(arrays, Section.SUM, NumpyArray::of));
    state.callbacks().forEach(section(arrays, Section.CALLBACK, NumpyArray::scalar));
    state.history().forEach(section(arrays, Section.HISTORY, NumpyArray::of));
    arrays.put(CHECKSUM, NumpyArray.scalar(checksum(arrays)));
    Npz.write(file, arrays);
  }

  /// Covers the names too, which the checksums of the archive don't.
  private static String checksum(Map<String, NumpyArray> arrays) throws IOException {
    var hash = new Sha256();
    for (var array : new TreeMap<>(arrays).entrySet()) {
      if (!array.getKey().equals(CHECKSUM)) {
        var bytes = new ByteArrayOutputStream();
        Numpy.write(bytes, array.getValue());
        hash.add(array.getKey()).add(bytes.toByteArray());
      }
    }
    return hash.hex();
  }

  private enum Section {
    VARIABLE("variable/"),
    OPTIMISER("optimiser/"),
    LEARNING_RATE("learningRate/"),
    SUM("sum/"),
    CALLBACK("callback/"),
    HISTORY("history/");

    final String prefix;

    Section(String prefix) {
      this.prefix = prefix;
    }
  }

  @FunctionalInterface
  private interface Encoding<T> {
    NumpyArray encode(T value);
  }

  private static <T> BiConsumer<String, T> section(
      Map<String, NumpyArray> arrays, Section section, Encoding<T> encoding) {
    return (name, value) -> arrays.put(section.prefix + name, encoding.encode(value));
  }

  /// Reads a checkpoint.
  ///
  /// @throws IOException when it is missing, damaged, or no checkpoint; it is left as it is
  public static TrainingState read(Path file) throws IOException {
    Map<String, NumpyArray> arrays = Npz.read(file);
    NumpyArray version = arrays.get(VERSION);
    if (version == null) {
      throw new IOException(
          "%s: not a checkpoint: it has no array '%s', only %s"
              .formatted(file, VERSION, arrays.keySet()));
    }
    try {
      if (version.integer() != FORMAT_VERSION) {
        throw new IOException(
            "%s: checkpoint of format version %d, expected %d"
                .formatted(file, version.integer(), FORMAT_VERSION));
      }
      var content = new Arrays(arrays);
      if (!content.text(CHECKSUM).equals(checksum(arrays))) {
        throw new IOException("%s: damaged checkpoint: wrong checksum".formatted(file));
      }
      return decode(content);
    } catch (RuntimeException e) {
      throw new IOException("%s: damaged checkpoint: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static TrainingState decode(Arrays arrays) {
    return new TrainingState(
        new TrainingIdentity(
            arrays.text("network"),
            arrays.text("training"),
            arrays.count("batchSize"),
            arrays.count("slices"),
            arrays.get("seed").integer(),
            arrays.text("shuffling"),
            arrays.text("dataSha256")),
        new TrainingPosition(
            arrays.count("epoch"),
            arrays.count("batch"),
            arrays.number("step"),
            arrays.number("timestep")),
        arrays.section(Section.VARIABLE, array -> array),
        arrays.section(Section.OPTIMISER, array -> array),
        arrays.section(Section.LEARNING_RATE, NumpyArray::number),
        arrays.section(Section.SUM, NumpyArray::doubles),
        arrays.section(Section.CALLBACK, NumpyArray::number),
        arrays.section(Section.HISTORY, NumpyArray::doubles));
  }

  private record Arrays(Map<String, NumpyArray> arrays) {
    NumpyArray get(String name) {
      NumpyArray array = arrays.get(name);
      if (array == null) {
        throw new IllegalArgumentException("array '%s' is missing".formatted(name));
      }
      return array;
    }

    String text(String name) {
      return get(name).string();
    }

    long number(String name) {
      long number = get(name).integer();
      if (number < 0) {
        throw new IllegalArgumentException("'%s' is %d".formatted(name, number));
      }
      return number;
    }

    int count(String name) {
      return Math.toIntExact(number(name));
    }

    <T> Map<String, T> section(Section section, Decoding<T> decoding) {
      var values = new LinkedHashMap<String, T>();
      arrays.forEach(
          (name, array) -> {
            if (name.startsWith(section.prefix)) {
              values.put(name.substring(section.prefix.length()), decoding.decode(array));
            }
          });
      return values;
    }
  }

  @FunctionalInterface
  private interface Decoding<T> {
    T decode(NumpyArray array);
  }
}
