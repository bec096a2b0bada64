package org.mlgenn.datasets;

import java.util.stream.IntStream;
import org.mlgenn.data.Examples;
import org.mlgenn.data.Sha256;
import org.mlgenn.data.SpikeTrain;
import org.mlgenn.data.SplitMix64;
import org.mlgenn.data.Targets;

/// Images that are moved by a few pixels, in every epoch differently, and encoded when asked for.
///
/// The shift of an image is a function of (seed, epoch, image) alone: training that is interrupted
/// and resumed, by any number of threads, sees the same spikes.
public final class ShiftedImages implements Examples {
  private final ImageDataset images;
  private final LatencyEncoder encoder;
  private final int maxShift;
  private final long seed;
  private final int epoch;
  private final int[] selection;
  private final Targets.Labels labels;

  private ShiftedImages(
      ImageDataset images,
      LatencyEncoder encoder,
      int maxShift,
      long seed,
      int epoch,
      int[] selection,
      Targets.Labels labels) {
    this.images = images;
    this.encoder = encoder;
    this.maxShift = maxShift;
    this.seed = seed;
    this.epoch = epoch;
    this.selection = selection;
    this.labels = labels;
  }

  static ShiftedImages of(ImageDataset images, LatencyEncoder encoder, int maxShift, long seed) {
    int smallerSide = Math.min(images.rows(), images.columns());
    if (maxShift < 0 || maxShift >= smallerSide) {
      throw new IllegalArgumentException(
          "shift of up to %d pixels: expected 0 to %d for images of %d × %d pixels"
              .formatted(maxShift, smallerSide - 1, images.rows(), images.columns()));
    }
    int[] all = IntStream.range(0, images.size()).toArray();
    encoder.step(0); // a time beyond the example is an error here, not in the middle of an epoch
    return new ShiftedImages(images, encoder, maxShift, seed, 0, all, images.labels());
  }

  @Override
  public ShiftedImages inEpoch(int epoch) {
    return new ShiftedImages(images, encoder, maxShift, seed, epoch, selection, labels);
  }

  @Override
  public SpikeTrain input(int example) {
    int image = selection[example];
    SplitMix64 random = SplitMix64.of(seed, epoch, image);
    int right = random.nextInt(2 * maxShift + 1) - maxShift;
    int down = random.nextInt(2 * maxShift + 1) - maxShift;
    return images.encode(encoder, image, right, down);
  }

  @Override
  public int size() {
    return selection.length;
  }

  @Override
  public int neurons() {
    return images.rows() * images.columns();
  }

  @Override
  public int timesteps() {
    return encoder.timesteps();
  }

  @Override
  public Targets.Labels targets() {
    return labels;
  }

  @Override
  public ShiftedImages select(int... examples) {
    int[] selected = IntStream.of(examples).map(example -> selection[example]).toArray();
    return new ShiftedImages(
        images, encoder, maxShift, seed, epoch, selected, labels.select(examples));
  }

  /// Covers the images, the encoder, the largest shift, the seed and the selection: with them the
  /// inputs of every epoch.
  @Override
  public String sha256() {
    return new Sha256()
        .add("shifted")
        .add(images.sha256())
        .add(encoder.toString())
        .add(maxShift)
        .add(seed)
        .add(selection)
        .hex();
  }

  @Override
  public String toString() {
    return "ShiftedImages[size=%d, maxShift=%d, seed=%d, epoch=%d, %s]"
        .formatted(size(), maxShift, seed, epoch, encoder);
  }
}
