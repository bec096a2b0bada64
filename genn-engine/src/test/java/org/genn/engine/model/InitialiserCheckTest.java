package org.genn.engine.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.genn.engine.model.builtin.VariableInits;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// Parameters with which an initialiser would draw nothing, or for ever, are refused with names.
@Feature("M15")
class InitialiserCheckTest {
  private static ModelSpec with(InitialValue value) {
    return new ModelSpec("m", 1, 1, 1)
        .neuronGroup(
            new NeuronGroup(
                "n",
                2,
                new NeuronModel("Held").variable("x"),
                Bindings.NONE.initialValue("x", value)));
  }

  private static void assertRefused(InitialValue value, String initialiser, String... problems) {
    String found =
        assertThrows(IllegalArgumentException.class, () -> ModelValidator.check(with(value)))
            .getMessage();
    String where = "\n  - neuron group 'n', variable 'x', initialiser " + initialiser + ": ";
    String count = problems.length == 1 ? "a problem:" : problems.length + " problems:";
    assertEquals("model 'm' has " + count + where + String.join(where, problems), found);
  }

  private static void assertAccepted(InitialValue value) {
    assertDoesNotThrow(() -> ModelValidator.check(with(value)));
  }

  @Test
  void uniformNeedsItsEndsInOrder() {
    assertRefused(
        VariableInits.uniform(2, 1),
        "Uniform",
        "parameter 'min' is 2.0; it must not be above 'max', which is 1.0");
    assertAccepted(VariableInits.uniform(1, 1));
  }

  @Test
  void deviationsMustNotBeNegative() {
    assertRefused(
        VariableInits.normal(0, -1), "Normal", "parameter 'sd' is -1.0; it must not be negative");
    assertAccepted(VariableInits.normal(-1, 0));
  }

  @Test
  void everythingWrongIsTold() {
    String deviation = "parameter 'sd' is -2.0; it must not be negative";
    String order = "parameter 'min' is 3.0; it must not be above 'max', which is 1.0";
    assertRefused(VariableInits.normalClipped(0, -2, 3, 1), "NormalClipped", deviation, order);
    assertRefused(
        VariableInits.normalClippedDelay(0, -2, 3, 1), "NormalClippedDelay", deviation, order);
  }

  @Test
  void clippedNormalMustBeAbleToDrawANumber() {
    assertRefused(
        VariableInits.normalClipped(1, 0.5, 1, 1),
        "NormalClipped",
        "no number from 'min' 1.0 to 'max' 1.0 is ever drawn with 'mean' 1.0 and 'sd' 0.5");
    assertRefused(
        VariableInits.normalClippedDelay(5, 0, 1, 2),
        "NormalClippedDelay",
        "no number from 'min' 1.0 to 'max' 2.0 is ever drawn with 'mean' 5.0 and 'sd' 0.0");
    assertAccepted(VariableInits.normalClipped(1, 0, 1, 1));
    assertAccepted(VariableInits.normalClipped(1, 0.5, 0, Double.POSITIVE_INFINITY));
  }

  @Test
  void exponentialNeedsAMeanThatIsNotNegative() {
    assertRefused(
        VariableInits.exponential(-0.5),
        "Exponential",
        "parameter 'lambda' is -0.5; it must not be negative");
    assertAccepted(VariableInits.exponential(0));
  }

  @Test
  void gammaNeedsAShapeAndAScale() {
    assertRefused(
        VariableInits.gamma(0, -1),
        "Gamma",
        "parameter 'a' is 0.0; the shape must be positive",
        "parameter 'b' is -1.0; it must not be negative");
    assertAccepted(VariableInits.gamma(0.1, 0));
  }

  @Test
  void binomialNeedsAProbability() {
    assertRefused(
        VariableInits.binomial(3, 1.5),
        "Binomial",
        "parameter 'p' is 1.5; a probability is from 0 to 1");
    assertAccepted(VariableInits.binomial(3, 1));
  }

  @Test
  void numbersThatAreNoneAreToldOnce() {
    String found =
        assertThrows(
                IllegalArgumentException.class,
                () -> ModelValidator.check(with(VariableInits.normal(0, Double.NaN))))
            .getMessage();
    assertEquals(
        "model 'm' has a problem:\n  - neuron group 'n', variable 'x': parameter 'sd' is NaN",
        found);
  }

  @Test
  void ownInitialisersOfTheSameNameMayMeanSomethingElse() {
    var own = new VariableInit("Uniform", "value = min + max;").parameter("min").parameter("max");
    assertAccepted(
        new InitialValue.Snippet(own, Bindings.NONE.parameter("min", 2).parameter("max", 1)));
  }
}
