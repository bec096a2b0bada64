package org.mlgenn.initializers;

import java.util.function.DoublePredicate;

/// What the numbers of a value must be.
public enum Requirement {
  FINITE("finite", Double::isFinite),
  POSITIVE_TIME("positive [ms]", number -> Double.isFinite(number) && number > 0);

  private final String text;
  private final DoublePredicate condition;

  Requirement(String text, DoublePredicate condition) {
    this.text = text;
    this.condition = condition;
  }

  boolean isMet(double number) {
    return condition.test(number);
  }

  /// @throws IllegalArgumentException when the number is not what it must be
  void check(String what, double number) {
    if (!isMet(number)) {
      throw new IllegalArgumentException("%s must be %s, got %s".formatted(what, text, number));
    }
  }

  /// Random values are finite; nothing more is known of them.
  void checkRandom(String what, Value value) {
    if (this != FINITE) {
      throw new IllegalArgumentException(
          "%s must be %s: give a number or an array, got %s".formatted(what, text, value));
    }
  }
}
