package org.mlgenn.datasets;

/// A data set of images as it is published: a part to train on and a part to test with.
public record ImageCollection(ImageDataset train, ImageDataset test) {
  public ImageCollection {
    if (train.rows() != test.rows() || train.columns() != test.columns()) {
      throw new IllegalArgumentException(
          "training images of %d × %d pixels but test images of %d × %d"
              .formatted(train.rows(), train.columns(), test.rows(), test.columns()));
    }
  }
}
