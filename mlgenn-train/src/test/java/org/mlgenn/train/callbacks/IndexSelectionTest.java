package org.mlgenn.train.callbacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.mlgenn.Shape;

@Feature({"CBK-07", "CBK-08"})
class IndexSelectionTest {
  private static void selects(int[] expected, IndexSelection selection, int size) {
    assertArrayEquals(expected, selection.indices("population 'p'", size));
  }

  @Test
  void everythingOrSomeOrARangeOrAMask() {
    selects(new int[] {0, 1, 2}, IndexSelection.all(), 3);
    selects(new int[] {1, 4}, IndexSelection.of(4, 1, 4), 5);
    selects(new int[] {2, 3}, IndexSelection.range(2, 4), 5);
    selects(new int[] {0, 2}, IndexSelection.mask(true, false, true), 3);
    selects(new int[0], IndexSelection.of(), 3);
  }

  @Test
  void nothingIsBeyondAMask() {
    IndexSelection mask = IndexSelection.mask(false, true);
    assertTrue(mask.contains(1));
    assertFalse(mask.contains(0));
    assertFalse(mask.contains(1000));
    assertTrue(IndexSelection.all().contains(1000));
  }

  @Test
  void coordinatesOfSeveralDimensions() {
    var shape = Shape.of(2, 3, 4);
    selects(
        new int[] {0, 23},
        IndexSelection.at(shape, new int[] {0, 1}, new int[] {0, 2}, new int[] {0, 3}),
        24);
    selects(
        new int[] {5, 6, 9, 10},
        IndexSelection.block(shape, new int[] {0, 1, 1}, new int[] {1, 3, 3}),
        24);
  }

  private static void refused(String message, Runnable selection) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, selection::run).getMessage());
  }

  @Test
  void whatIsBeyondIsRefused() {
    refused("selection: index -1 is negative", () -> IndexSelection.of(-1));
    refused(
        "population 'p': neuron 5 is selected, there are 0 to 4",
        () -> IndexSelection.of(5).indices("population 'p'", 5));
    var shape = Shape.of(2, 3);
    refused(
        "selection: coordinates of 1 dimensions, the shape (2, 3) has 2",
        () -> IndexSelection.at(shape, new int[] {0}));
    refused(
        "selection: index 3 of dimension 1, expected 0 to 2",
        () -> IndexSelection.at(shape, new int[] {0}, new int[] {3}));
    refused(
        "selection: 2 coordinates of dimension 1, expected 1 as of dimension 0",
        () -> IndexSelection.at(shape, new int[] {0}, new int[] {1, 2}));
  }
}
