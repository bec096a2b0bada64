package org.mlgenn.tests.behaviours;

/// Images as rows of pixels, and what kernels make of them.
final class Images {
  static final float[] HORIZONTAL = {1, 2, 1, 0, 0, 0, -1, -2, -1};
  static final float[] VERTICAL = {1, 0, -1, 2, 0, -2, 1, 0, -1};

  private Images() {}

  /// A square with a bright disc, a bar and some noise.
  static float[] test(int size) {
    float[] pixels = new float[size * size];
    for (int row = 0; row < size; row++) {
      for (int col = 0; col < size; col++) {
        boolean isDisc = Math.hypot(row - size * 0.4, col - size * 0.55) < size * 0.25;
        boolean isBar = row > size * 0.8 && row < size * 0.9;
        boolean isNoise = Math.floorMod((row * 73 + col * 31) ^ (row * col), 17) == 0;
        pixels[row * size + col] = isDisc ^ isBar ^ isNoise ? 1 : 0;
      }
    }
    return pixels;
  }

  /// Correlation with a 3 × 3 kernel, where it fits.
  static float[] correlated(float[] image, int size, float[] kernel) {
    int out = size - 2;
    float[] pixels = new float[out * out];
    for (int row = 0; row < out; row++) {
      for (int col = 0; col < out; col++) {
        for (int k = 0; k < 9; k++) {
          pixels[row * out + col] += kernel[k] * image[(row + k / 3) * size + col + k % 3];
        }
      }
    }
    return pixels;
  }
}
