package org.mlgenn.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.mlgenn.data.SpikeTrain;

class ImageDatasetTest {
  private static final LatencyEncoder ENCODER = LatencyEncoder.linear(18, 2);

  @Test
  void givesPixelsAndLabels() {
    ImageDataset images = ImageDataset.of(new byte[] {0, -1, 7, 9}, 1, 2, new int[] {1, 0}, 2);

    assertEquals(2, images.size());
    assertEquals(255, images.pixel(0, 0, 1));
    assertArrayEquals(new byte[] {7, 9}, images.image(1));
    assertEquals(1, images.label(0));
    assertEquals(ImageDataset.of(new byte[] {7, 9}, 1, 2, new int[] {0}, 2), images.subset(1, 2));
  }

  // Expected: hashlib.sha256 over the same numbers.
  @Test
  void hashCoversPixelsAndLabels() {
    ImageDataset images = ImageDataset.of(new byte[] {0, -1, 7, 9}, 1, 2, new int[] {1, 0}, 2);

    assertEquals(
        "4061113c388b01908e70735c67f1081d6f1a8c97449e1a4b61053a657b821941", images.sha256());
  }

  @Test
  void imagesOfTheWrongSizeAreRefused() {
    assertRefused(
        "images: 5 pixels are not a whole number of images of 1 × 2 pixels",
        () -> ImageDataset.of(new byte[5], 1, 2, new int[2], 10));
    assertRefused(
        "images: 3 images but 2 labels", () -> ImageDataset.of(new byte[6], 1, 2, new int[2], 10));
    assertRefused(
        "images of 0 × 2 pixels, expected at least 1 × 1",
        () -> ImageDataset.of(new byte[6], 0, 2, new int[2], 10));
    assertRefused(
        "images: none, expected at least one",
        () -> ImageDataset.of(new byte[0], 1, 2, new int[0], 10));
    assertRefused(
        "example 1: label 10 is outside the classes 0 to 9",
        () -> ImageDataset.of(new byte[4], 1, 2, new int[] {0, 10}, 10));
    assertRefused(
        "images 1 to 2: expected at least one of the images 0 to 1",
        () -> ImageDataset.of(new byte[4], 1, 2, new int[2], 10).subset(1, 3));
  }

  @Test
  void encodesEachImage() {
    var spikes =
        ImageDataset.of(new byte[] {0, -1, 7, 0}, 1, 2, new int[] {1, 0}, 2).latencyEncoded(18, 2);

    assertEquals(SpikeTrain.ofTimes(new float[] {2}, new int[] {1}, 2, 20, 1), spikes.input(0));
    assertEquals(
        SpikeTrain.ofTimes(new float[] {17.56f}, new int[] {0}, 2, 20, 1), spikes.input(1));
    assertEquals(0, spikes.label(1));
  }

  @Test
  void shiftsDependOnSeedEpochAndImageOnly() {
    ShiftedImages images = dots(50).shifted(ENCODER, 1, 7);

    assertEquals(images.inEpoch(3).input(20), images.inEpoch(3).input(20));
    assertEquals(images.inEpoch(3).input(20), images.select(4, 20).inEpoch(3).input(1));
    assertEquals(20, images.select(4, 20).targets().label(1));
    assertNotEquals(images.sha256(), dots(50).shifted(ENCODER, 1, 8).sha256());
    assertEquals(images.sha256(), images.inEpoch(9).sha256());
  }

  @Test
  void shiftsReachEveryPlaceEquallyOften() {
    ShiftedImages images = dots(50).shifted(ENCODER, 1, 7);
    int[] counts = new int[25];
    for (int epoch = 0; epoch < 36; epoch++) {
      for (int example = 0; example < 50; example++) {
        counts[images.inEpoch(epoch).input(example).ids()[0]]++;
      }
    }

    Set<Integer> places = new HashSet<>();
    for (int place = 0; place < counts.length; place++) {
      if (counts[place] > 0) {
        places.add(place);
        // five standard deviations of a binomial count: sqrt(1800 * 1/9 * 8/9) = 13.3
        assertTrue(Math.abs(counts[place] - 200) < 67, place + ": " + counts[place]);
      }
    }
    assertEquals(Set.of(6, 7, 8, 11, 12, 13, 16, 17, 18), places);
  }

  @Test
  void shiftsBeyondTheImageAreRefused() {
    assertRefused(
        "shift of up to 5 pixels: expected 0 to 4 for images of 5 × 5 pixels",
        () -> dots(2).shifted(ENCODER, 5, 7));
  }

  /// Images of 5 × 5 pixels with a white dot in the middle, each a class of its own.
  private static ImageDataset dots(int size) {
    byte[] pixels = new byte[25 * size];
    int[] labels = new int[size];
    for (int example = 0; example < size; example++) {
      pixels[25 * example + 12] = -1;
      labels[example] = example;
    }
    return ImageDataset.of(pixels, 5, 5, labels, size);
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }
}
