package org.mlgenn.connectivity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.mlgenn.Shape;
import org.mlgenn.connectivity.Connectivity.Ends;
import org.mlgenn.initializers.Normal;
import org.mlgenn.initializers.Value;

@Feature("CON-01")
class DenseTest {
  private static final float[][] WEIGHTS = {{1, 2, 3}, {4, 5, 6}};

  @Test
  @Feature("NET-09")
  void arraysTellTheShapesOfBothEnds() {
    assertEquals(
        new Ends(Shape.of(2), Shape.of(3)),
        new Dense(WEIGHTS).infer(new Ends(Shape.UNKNOWN, Shape.UNKNOWN)));
  }

  @Test
  @Feature("NET-09")
  void otherWeightsTellNothing() {
    var ends = new Ends(Shape.of(2), Shape.UNKNOWN);
    assertEquals(ends, new Dense(new Normal(0, 1)).infer(ends));
  }

  @Test
  void shapesOfAsManyNeuronsFit() {
    var ends = new Ends(Shape.of(1, 2), Shape.of(3));
    assertEquals(ends, new Dense(WEIGHTS).infer(ends));
  }

  @Test
  void otherShapesAreRefused() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Dense(WEIGHTS).infer(new Ends(Shape.of(2), Shape.of(2, 2))));
    assertEquals(
        "the weights have 3 columns, the target population has the shape (2, 2) (4 neurons)",
        error.getMessage());
  }

  @Test
  void weightsThatAreNotNumbersAreRefused() {
    float[][] weights = {{1, 2}, {Float.NaN, 4}};
    assertEquals(
        "Dense: weight[1, 0] must be finite, got NaN",
        assertThrows(IllegalArgumentException.class, () -> new Dense(weights)).getMessage());
  }

  @Test
  void arraysMustHaveTwoDimensions() {
    assertEquals(
        "Dense: an array of weights must be (source, target), got the sizes [3]",
        assertThrows(
                IllegalArgumentException.class, () -> new Dense(Value.of(new float[] {1, 2, 3})))
            .getMessage());
  }
}
