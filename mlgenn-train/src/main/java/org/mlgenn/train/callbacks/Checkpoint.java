package org.mlgenn.train.callbacks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlgenn.serialisers.AtomicFile;
import org.mlgenn.train.EpochReport;
import org.mlgenn.train.Progress;
import org.mlgenn.train.TrainingCallback;
import org.mlgenn.train.checkpoints.Checkpoints;
import org.mlgenn.train.checkpoints.TrainingPosition;
import org.mlgenn.train.checkpoints.TrainingState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Saves checkpoints, after every epoch and when training is interrupted; `Trainer.resume` goes on
/// from them.
///
/// Checkpoints within an epoch are removed once there is a later one.
public final class Checkpoint implements TrainingCallback {
  /// File of the best epoch, beside the others.
  public static final String BEST_FILE = "best.npz";

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
  private static final String BEST = "best";

  private final Path folder;
  private final Options options;
  private double best = Double.POSITIVE_INFINITY;
  private boolean isBest;

  private record Options(
      int epochs, int batches, int keepLast, Optional<Monitored> keepBest, boolean replaces) {}

  private Checkpoint(Path folder, Options options) {
    this.folder = folder;
    this.options = options;
  }

  /// After every epoch, all are kept.
  ///
  /// @param folder made when training begins
  public Checkpoint(Path folder) {
    this(folder, new Options(1, 0, Integer.MAX_VALUE, Optional.empty(), false));
  }

  /// After every `epochs` epochs, and after the last.
  public Checkpoint everyEpochs(int epochs) {
    require("everyEpochs", epochs);
    return new Checkpoint(
        folder,
        new Options(epochs, options.batches, options.keepLast, options.keepBest, options.replaces));
  }

  /// Also after every `batches` batches of an epoch.
  public Checkpoint everyBatches(int batches) {
    require("everyBatches", batches);
    return new Checkpoint(
        folder,
        new Options(options.epochs, batches, options.keepLast, options.keepBest, options.replaces));
  }

  /// Keeps only so many files, the latest.
  public Checkpoint keepLast(int files) {
    require("keepLast", files);
    return new Checkpoint(
        folder,
        new Options(options.epochs, options.batches, files, options.keepBest, options.replaces));
  }

  /// Keeps the best epoch as `best.npz`, too.
  public Checkpoint keepBest(Monitored monitored) {
    return new Checkpoint(
        folder,
        new Options(
            options.epochs,
            options.batches,
            options.keepLast,
            Optional.of(monitored),
            options.replaces));
  }

  /// Whether checkpoints of an earlier training that went further are removed when this one begins;
  /// otherwise they are an error.
  public Checkpoint replaces(boolean replaces) {
    return new Checkpoint(
        folder,
        new Options(options.epochs, options.batches, options.keepLast, options.keepBest, replaces));
  }

  private static void require(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "Checkpoint: %s must be at least 1, got %d".formatted(name, value));
    }
  }

  @Override
  public void onTrainBegin(Progress progress) throws IOException {
    if (options.batches > 0 && progress.compiled().training().orElseThrow().overlap().isPresent()) {
      throw new IllegalArgumentException(
          "Checkpoint: overlapped training can be saved only between epochs; leave out"
              + " everyBatches");
    }
    if (!progress.isResumed()) {
      best = Double.POSITIVE_INFINITY;
    }
    isBest = false;
    AtomicFile.makeFolder(folder);
    var start = new TrainingPosition(progress.epoch(), progress.batch(), 0, 0);
    List<Path> later = Checkpoints.after(folder, start);
    if (later.isEmpty()) {
      return;
    }
    if (!options.replaces) {
      throw new IOException(
          ("%s: there are checkpoints of an earlier training up to %s, and this one begins at %s;"
                  + " resume that one, or take another folder")
              .formatted(folder, later.getLast().getFileName(), start));
    }
    for (Path file : later) {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void onEpochComplete(Progress progress, EpochReport report) {
    if (options.keepBest.isPresent()) {
      double cost = options.keepBest.get().cost(report);
      isBest = cost < best;
      best = isBest ? cost : best;
    }
  }

  @Override
  public void onSavePoint(Progress progress) throws IOException {
    boolean isNewBest = isBest && progress.isEpochComplete();
    boolean isDue = progress.isEnding() || isDue(progress);
    if (!isDue && !isNewBest) {
      return;
    }
    if (!progress.hasState()) {
      LOG.warn(
          "no checkpoint within an epoch of overlapped training: it can be resumed from the last"
              + " epoch that was saved");
      return;
    }
    TrainingState state = progress.state();
    if (isNewBest) {
      Checkpoints.write(folder.resolve(BEST_FILE), state);
      isBest = false;
    }
    if (isDue) {
      save(progress, state);
    }
  }

  private boolean isDue(Progress progress) {
    return progress.isEpochComplete()
        ? (progress.epoch() + 1) % options.epochs == 0
        : options.batches > 0 && progress.batch() % options.batches == 0;
  }

  private void save(Progress progress, TrainingState state) throws IOException {
    Path file = folder.resolve(Checkpoints.fileName(state.position()));
    Checkpoints.write(file, state);
    progress.saved(file);
    List<Path> kept = Checkpoints.removeWithinEpochs(folder, file);
    for (int index = 0; index < kept.size() - options.keepLast; index++) {
      Files.deleteIfExists(kept.get(index));
    }
  }

  @Override
  public Map<String, Double> state() {
    return Map.of(BEST, best);
  }

  @Override
  public void restore(Map<String, Double> state) {
    best = state.getOrDefault(BEST, Double.POSITIVE_INFINITY);
  }
}
