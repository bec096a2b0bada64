package org.mlgenn.initializers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.Supplier;
import org.genn.engine.model.InitialValue;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

@Feature("VAL-01")
class ValueTest {
  private static void assertRefused(String message, Supplier<Object> call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> call.get()).getMessage());
  }

  @Test
  void numbersBecomeConstants() {
    assertEquals(InitialValue.of(0.5), Value.of(0.5).initialValue());
  }

  @Test
  void arraysAreCopied() {
    float[] array = {1, 2, 3};
    Value value = Value.of(array);
    array[0] = 9;
    assertEquals(InitialValue.of(new float[] {1, 2, 3}), value.initialValue());
  }

  @Test
  void matricesAreRowMajor() {
    var values = new Values(new float[][] {{1, 2, 3}, {4, 5, 6}});
    assertEquals(List.of(2, 3), values.sizes());
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, values.toArray());
  }

  @Test
  void matricesWithRowsOfDifferentLengthsAreRefused() {
    assertRefused(
        "Values: row 1 has 1 values, row 0 has 2; rows must be equally long",
        () -> new Values(new float[][] {{1, 2}, {3}}));
  }

  @Test
  void emptyArraysAreRefused() {
    assertRefused(
        "Values: expected at least one value, got none", () -> new Values(new float[] {}));
  }

  @Test
  void arraysCanBeReshaped() {
    var values = new Values(new float[] {1, 2, 3, 4, 5, 6});
    assertEquals(new Values(new float[][] {{1, 2, 3}, {4, 5, 6}}), values.reshape(2, 3));
    assertRefused("Values: 6 values cannot have the sizes [4, 2]", () -> values.reshape(4, 2));
  }

  @Test
  @Feature("VAL-04")
  void normalTellsTheEngineItsMeanAndStandardDeviation() {
    assertEquals(new InitialValue.Normal(0.078, 0.045), new Normal(0.078, 0.045).initialValue());
    assertEquals(new Normal(0, 1), new Normal());
  }

  @Test
  @Feature("VAL-04")
  void normalRefusesANegativeStandardDeviation() {
    assertRefused("Normal: sd must be finite and not negative, got -1.0", () -> new Normal(0, -1));
    assertRefused("Normal: mean must be finite, got NaN", () -> new Normal(Double.NaN, 1));
  }

  @Test
  @Feature("VAL-05")
  void uniformTellsTheEngineItsBounds() {
    assertEquals(new InitialValue.Uniform(-1, 2), new Uniform(-1, 2).initialValue());
    assertEquals(new Uniform(0, 1), new Uniform());
  }

  @Test
  @Feature("VAL-05")
  void uniformRefusesBoundsInTheWrongOrder() {
    assertRefused(
        "Uniform: min and max must be finite with min ≤ max, got 2.0 and 1.0",
        () -> new Uniform(2, 1));
  }

  @Test
  void numbersThatAreNotFiniteAreNamedWithTheirPlace() {
    assertRefused(
        "Dense: weight must be finite, got Infinity",
        () -> Value.of(Double.POSITIVE_INFINITY).require("Dense: weight", Requirement.FINITE));
    assertRefused(
        "Dense: weight[1, 2] must be finite, got NaN",
        () ->
            Value.of(new float[][] {{1, 2, 3}, {4, 5, Float.NaN}})
                .require("Dense: weight", Requirement.FINITE));
  }

  @Test
  void timeConstantsCannotBeRandom() {
    assertRefused(
        "X: tau must be positive [ms]: give a number or an array, got Normal(20.0, 1.0)",
        () -> new Normal(20, 1).require("X: tau", Requirement.POSITIVE_TIME));
  }

  @Test
  void whatHoldsIsLeftAsItIs() {
    Value value = Value.of(new float[] {1, -2});
    assertSame(value, value.require("X: v", Requirement.FINITE));
  }

  @Test
  @Feature("VAL-03")
  void functionsApplyElementByElement() {
    assertEquals(Value.of(9), Value.of(3).map("X: tau", each -> each * each));
    assertEquals(
        Value.of(new float[] {4, 9}),
        Value.of(new float[] {2, 3}).map("X: tau", each -> each * each));
    assertRefused(
        "X: tau must be a number or an array, got Uniform(1.0, 2.0)",
        () -> new Uniform(1, 2).map("X: tau", each -> each));
  }

  @Test
  void arraysPrintTheirSizesAndHash() {
    assertEquals(
        "Values(2, 2 #", Value.of(new float[][] {{1, 2}, {3, 4}}).toString().split("#")[0] + "#");
    assertNotEquals(
        Value.of(new float[] {1, 2}).toString(), Value.of(new float[] {1, 3}).toString());
    assertEquals("0.5", Value.of(0.5).toString());
  }
}
