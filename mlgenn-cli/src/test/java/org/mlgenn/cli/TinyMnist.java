package org.mlgenn.cli;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mlgenn.datasets.ImageCollection;
import org.mlgenn.datasets.ImageDataset;
import org.mlgenn.datasets.Mnist;

/// A folder with IDX files of the first images of MNIST.
public final class TinyMnist {
  public static final int TRAINING = 320;
  public static final int TEST = 100;
  private static final int IMAGES_MAGIC = 0x803;
  private static final int LABELS_MAGIC = 0x801;

  private TinyMnist() {}

  public static Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    ImageCollection all = Mnist.load();
    write(folder, "train", all.train().subset(0, TRAINING));
    write(folder, "t10k", all.test().subset(0, TEST));
    return folder;
  }

  private static void write(Path folder, String part, ImageDataset images) throws IOException {
    try (var out =
        new DataOutputStream(Files.newOutputStream(folder.resolve(part + "-images-idx3-ubyte")))) {
      out.writeInt(IMAGES_MAGIC);
      out.writeInt(images.size());
      out.writeInt(images.rows());
      out.writeInt(images.columns());
      for (int image = 0; image < images.size(); image++) {
        out.write(images.image(image));
      }
    }
    try (var out =
        new DataOutputStream(Files.newOutputStream(folder.resolve(part + "-labels-idx1-ubyte")))) {
      out.writeInt(LABELS_MAGIC);
      out.writeInt(images.size());
      for (int image = 0; image < images.size(); image++) {
        out.writeByte(images.label(image));
      }
    }
  }
}
