package org.mlgenn.datasets;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mlgenn.data.Sha256;
import org.mlgenn.data.SpikeDataset;
import org.mlgenn.data.SpikeTrain;
import org.mlgenn.data.Targets;

/// Grey-scale images of one size with a label each. Immutable.
///
/// Pixels are unsigned bytes, 0 to 255, `(image, row, column)`; the neurons of an encoded image are
/// its pixels in that order.
public final class ImageDataset {
  private final byte[] pixels;
  private final int rows;
  private final int columns;
  private final Targets.Labels labels;
  private volatile @Nullable String sha256;

  private ImageDataset(byte[] pixels, int rows, int columns, Targets.Labels labels) {
    this.pixels = pixels;
    this.rows = rows;
    this.columns = columns;
    this.labels = labels;
  }

  /// Images from their pixels, `(image, row, column)`.
  ///
  /// @throws IllegalArgumentException if the sizes do not fit or a label is outside the classes
  public static ImageDataset of(byte[] pixels, int rows, int columns, int[] labels, int classes) {
    return owning(pixels.clone(), rows, columns, new Targets.Labels(labels, classes));
  }

  static ImageDataset owning(byte[] pixels, int rows, int columns, Targets.Labels labels) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "images of %d × %d pixels, expected at least 1 × 1".formatted(rows, columns));
    }
    long pixelsPerImage = (long) rows * columns;
    if (labels.size() == 0) {
      throw new IllegalArgumentException("images: none, expected at least one");
    }
    if (pixels.length % pixelsPerImage != 0) {
      throw new IllegalArgumentException(
          "images: %d pixels are not a whole number of images of %d × %d pixels"
              .formatted(pixels.length, rows, columns));
    }
    if (pixels.length / pixelsPerImage != labels.size()) {
      throw new IllegalArgumentException(
          "images: %d images but %d labels"
              .formatted(pixels.length / pixelsPerImage, labels.size()));
    }
    return new ImageDataset(pixels, rows, columns, labels);
  }

  public int size() {
    return labels.size();
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public int classes() {
    return labels.classes();
  }

  public int label(int example) {
    return labels.label(example);
  }

  public Targets.Labels labels() {
    return labels;
  }

  /// The brightness of a pixel, 0 to 255.
  public int pixel(int example, int row, int column) {
    return pixels[(example * rows + row) * columns + column] & 0xFF;
  }

  /// The pixels of an image, `(row, column)`.
  public byte[] image(int example) {
    int length = rows * columns;
    return Arrays.copyOfRange(pixels, example * length, (example + 1) * length);
  }

  /// The images `from` to `to - 1`.
  public ImageDataset subset(int from, int to) {
    if (from < 0 || to > size() || from >= to) {
      throw new IllegalArgumentException(
          "images %d to %d: expected at least one of the images 0 to %d"
              .formatted(from, to - 1, size() - 1));
    }
    int length = rows * columns;
    return new ImageDataset(
        Arrays.copyOfRange(pixels, from * length, to * length),
        rows,
        columns,
        labels.select(IntStream.range(from, to).toArray()));
  }

  /// One spike per bright pixel, the brighter the earlier, in 20 steps of 1 ms.
  ///
  /// @param maxTime time of a black pixel (ms)
  /// @param minTime time of a white pixel (ms)
  public SpikeDataset latencyEncoded(double maxTime, double minTime) {
    return encoded(LatencyEncoder.linear(maxTime, minTime));
  }

  /// All images encoded, by all cores.
  public SpikeDataset encoded(LatencyEncoder encoder) {
    SpikeTrain[] inputs = new SpikeTrain[size()];
    IntStream.range(0, size())
        .parallel()
        .forEach(example -> inputs[example] = encode(encoder, example, 0, 0));
    return SpikeDataset.of(Arrays.asList(inputs), labels);
  }

  /// Images that are encoded when they are asked for, moved by up to `maxShift` pixels in both
  /// directions, in every epoch differently.
  public ShiftedImages shifted(LatencyEncoder encoder, int maxShift, long seed) {
    return ShiftedImages.of(this, encoder, maxShift, seed);
  }

  /// One image, moved to the right and down by some pixels.
  SpikeTrain encode(LatencyEncoder encoder, int example, int right, int down) {
    return encoder.encode(pixels, example * rows * columns, rows, columns, right, down);
  }

  int largestLabel() {
    return IntStream.of(labels.toArray()).max().orElse(0);
  }

  ImageDataset withClasses(int classes) {
    return new ImageDataset(pixels, rows, columns, new Targets.Labels(labels.toArray(), classes));
  }

  /// SHA-256 of the images and labels, in hexadecimal.
  public String sha256() {
    String known = sha256;
    if (known == null) {
      Sha256 hash = new Sha256().add("images").add(rows).add(columns).add(pixels);
      labels.addTo(hash);
      known = hash.hex();
      sha256 = known;
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageDataset images
        && rows == images.rows
        && columns == images.columns
        && labels.equals(images.labels)
        && Arrays.equals(pixels, images.pixels);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(pixels) + labels.hashCode();
  }

  @Override
  public String toString() {
    return "ImageDataset[size=%d, rows=%d, columns=%d, classes=%d]"
        .formatted(size(), rows, columns, classes());
  }
}
