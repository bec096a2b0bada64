package org.mlgenn.datasets;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Handwritten digits: 60 000 images of 28 × 28 pixels to train on and 10 000 to test with, bundled
/// with this module.
///
/// ```java
/// SpikeDataset training = Mnist.load().train().latencyEncoded(18, 2);
/// ```
///
/// @see <a href="https://doi.org/10.1109/5.726791">LeCun, Bottou, Bengio & Haffner (1998)</a>
public final class Mnist {
  private Mnist() {}

  /// Reads the bundled files.
  public static ImageCollection load() {
    try {
      return IdxFolder.load(Mnist.class, "mnist");
    } catch (IOException e) {
      throw new UncheckedIOException("the bundled MNIST cannot be read", e);
    }
  }
}
