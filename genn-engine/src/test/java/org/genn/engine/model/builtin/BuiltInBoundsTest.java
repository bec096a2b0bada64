package org.genn.engine.model.builtin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.genn.engine.model.BuiltSynapses;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// How many synapses a source and a target may have. Bounds of random connections were computed
/// with 60 digits from the binomial distribution: no more than one matrix in 10⁴ has a longer row.
class BuiltInBoundsTest {
  private static final int SOURCES = 200;
  private static final int TARGETS = 1000;

  private static void expect(int row, int column, BuiltSynapses synapses) {
    assertEquals(row, synapses.maxRowLength(SOURCES, TARGETS), "synapses of a source");
    assertEquals(column, synapses.maxColumnLength(SOURCES, TARGETS), "synapses of a target");
  }

  @Test
  @Feature({"I16", "I06", "I07"})
  void independentPairs() {
    expect(1, 1, SparsePatterns.oneToOne());
    expect(149, 45, SparsePatterns.fixedProbability(0.1));
    expect(149, 45, SparsePatterns.fixedProbabilityNoAutapse(0.1));
    expect(1000, 200, SparsePatterns.fixedProbability(1));
    expect(0, 0, SparsePatterns.fixedProbability(0));
  }

  @Test
  @Feature({"I16", "I08", "I09", "I10"})
  void fixedNumbers() {
    expect(10, 13, SparsePatterns.fixedNumberPost(10));
    expect(88, 10, SparsePatterns.fixedNumberPre(10));
    expect(53, 20, SparsePatterns.fixedNumberTotal(5000));
  }

  @Test
  @Feature({"I16", "I17", "I11", "I12", "I13"})
  void convolutions() {
    int[] in = {10, 8, 3};
    var strided =
        SparsePatterns.conv2d(
            new int[] {5, 4}, new int[] {2, 3}, new int[] {0, 0}, in, new int[] {3, 2, 7});
    assertEquals(3 * 2 * 7, strided.maxRowLength(240, 42));
    assertArrayEquals(new int[] {5, 4, 3, 7}, strided.kernelSize());
    var toeplitz = ToeplitzPatterns.conv2d(new int[] {5, 4}, in, new int[] {6, 5, 7});
    assertEquals(5 * 4 * 7, toeplitz.maxRowLength(240, 210));
    assertArrayEquals(new int[] {5, 4, 3, 7}, toeplitz.kernelSize());
    int[] two = {2, 2};
    var pooled =
        ToeplitzPatterns.avgPoolConv2d(new int[] {3, 2}, two, two, in, new int[] {3, 3, 7});
    assertEquals(3 * 2 * 7, pooled.maxRowLength(240, 63));
    assertArrayEquals(new int[] {3, 2, 3, 7}, pooled.kernelSize());
  }

  @Test
  @Feature({"I16", "I11", "I12"})
  void productsOfSizesAreExact() {
    int[] kernel = {1 << 16, 1 << 16};
    int[] one = {1, 1};
    int[] pixel = {1, 1, 1};
    String problem = "a source has 4294967296 synapses; at most 2147483647 are possible";
    for (BuiltSynapses large :
        List.of(
            SparsePatterns.conv2d(kernel, one, one, pixel, pixel),
            ToeplitzPatterns.conv2d(kernel, pixel, pixel))) {
      assertEquals(
          problem,
          assertThrows(IllegalArgumentException.class, () -> large.maxRowLength(1, 1))
              .getMessage());
    }
    int[] image = {1 << 30, 1 << 30, 16};
    assertEquals(
        "its source has 0 neurons, but conv_ih × conv_iw × conv_ic of [1073741824, 1073741824, 16]"
            + " are 18446744073709551616",
        assertThrows(
                IllegalArgumentException.class,
                () -> ToeplitzPatterns.conv2d(one, image, pixel).maxRowLength(0, 1))
            .getMessage());
  }

  @Test
  void shapesOfConvolutionsHaveAllTheirDimensions() {
    int[] two = {3, 3};
    int[] three = {6, 5, 2};
    assertEquals(
        "convolution: 'conv_k…' takes height and width, got [3]",
        assertThrows(
                IllegalArgumentException.class,
                () -> ToeplitzPatterns.conv2d(new int[] {3}, three, three))
            .getMessage());
    assertEquals(
        "convolution: 'conv_o…' takes height, width and channels, got [3, 3]",
        assertThrows(
                IllegalArgumentException.class,
                () -> SparsePatterns.conv2d(two, two, two, three, two))
            .getMessage());
  }
}
