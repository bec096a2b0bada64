package org.mlgenn.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mlgenn.datasets.IdxReaderTest.assertFails;
import static org.mlgenn.datasets.IdxReaderTest.gzip;
import static org.mlgenn.datasets.IdxReaderTest.idx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFolderTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    write("train-images-idx3-ubyte", idx(new int[] {2, 1, 2}, 1, 2, 3, 4));
    write("train-labels-idx1-ubyte.gz", gzip(idx(new int[] {2}, 0, 4)));
    write("t10k-images.idx3-ubyte", idx(new int[] {1, 1, 2}, 200, 100));
    write("t10k-labels.idx1-ubyte.gz", gzip(idx(new int[] {1}, 5)));
  }

  @Test
  void readsPlainAndGzippedFilesOfEitherName() throws IOException {
    ImageCollection images = IdxFolder.load(folder);

    assertEquals(
        ImageDataset.of(new byte[] {1, 2, 3, 4}, 1, 2, new int[] {0, 4}, 6), images.train());
    assertEquals(200, images.test().pixel(0, 0, 0));
    assertEquals(5, images.test().label(0));
    assertEquals(6, images.test().classes());
  }

  @Test
  void missingFilesAreNamedAtOnce() throws IOException {
    Files.delete(folder.resolve("train-images-idx3-ubyte"));
    Files.delete(folder.resolve("t10k-labels.idx1-ubyte.gz"));

    assertFails(
        folder
            + ": missing train-images-idx3-ubyte, t10k-labels-idx1-ubyte (plain or .gz); the folder"
            + " holds [t10k-images.idx3-ubyte, train-labels-idx1-ubyte.gz]",
        () -> IdxFolder.load(folder));
  }

  @Test
  void missingFolderIsReported() {
    Path none = folder.resolve("none");
    Path file = folder.resolve("train-images-idx3-ubyte");

    assertFails(
        none + ": no such folder, expected a folder with IDX files", () -> IdxFolder.load(none));
    assertFails(file + ": is a file, expected a folder with IDX files", () -> IdxFolder.load(file));
  }

  @Test
  void differentNumbersOfImagesAndLabelsAreReported() throws IOException {
    write("train-labels-idx1-ubyte.gz", gzip(idx(new int[] {3}, 0, 4, 1)));

    assertFails(
        "%s: 2 images, but %s has 3 labels"
            .formatted(
                folder.resolve("train-images-idx3-ubyte"),
                folder.resolve("train-labels-idx1-ubyte.gz")),
        () -> IdxFolder.load(folder));
  }

  @Test
  void brokenTestFileIsReported() throws IOException {
    write("t10k-images.idx3-ubyte", idx(new int[] {1, 1, 2}, 200));

    assertFails(
        folder.resolve("t10k-images.idx3-ubyte")
            + ": header declares 1 × 1 × 2 values, but only 1 bytes follow",
        () -> IdxFolder.load(folder));
  }

  @Test
  void imagesOfDifferentSizesAreReported() throws IOException {
    write("t10k-images.idx3-ubyte", idx(new int[] {1, 2, 2}, 200, 1, 2, 3));

    assertFails(
        folder + ": training images of 1 × 2 pixels but test images of 2 × 2",
        () -> IdxFolder.load(folder));
  }

  @Test
  void filesWithoutImagesAreReported() throws IOException {
    write("train-images-idx3-ubyte", idx(new int[] {0, 1, 2}));
    write("train-labels-idx1-ubyte.gz", idx(new int[] {0}));

    assertFails(
        folder.resolve("train-images-idx3-ubyte") + ": images: none, expected at least one",
        () -> IdxFolder.load(folder));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }
}
