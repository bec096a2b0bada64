package org.genn.engine.model;

import java.util.Map;
import java.util.Objects;
import org.genn.engine.model.builtin.VariableInits;

/// Checks the parameters of built-in initialisers: out of range, their code would make numbers of
/// no such distribution, or draw for ever.
final class InitialiserCheck {
  private final Problems problems;
  private final VariableInit init;
  private final String where;
  private final Map<String, Double> parameters;

  /// @param variable with its group, for messages
  InitialiserCheck(Problems problems, String variable, VariableInit init, Bindings bindings) {
    this.problems = problems;
    this.init = init;
    where = "%s, initialiser %s".formatted(variable, init.name());
    parameters = bindings.parameters();
  }

  void check() {
    if (!isBuiltIn()) {
      return;
    }
    switch (init.name()) {
      case "Uniform" -> checkOrder();
      case "Normal" -> checkNotNegative("sd");
      case "NormalClipped", "NormalClippedDelay" -> {
        checkNotNegative("sd");
        checkOrder();
        checkCanBeDrawn();
      }
      case "Exponential" -> checkNotNegative("lambda");
      case "Gamma" -> {
        double shape = value("a");
        problems.addIf(
            shape <= 0, "%s: parameter 'a' is %s; the shape must be positive", where, shape);
        checkNotNegative("b");
      }
      case "Binomial" -> {
        double probability = value("p");
        problems.addIf(
            probability < 0 || probability > 1,
            "%s: parameter 'p' is %s; a probability is from 0 to 1",
            where,
            probability);
      }
      default -> {} // any number will do
    }
  }

  /// One of a user may have the same name. Contents are compared only where it is not the very
  /// same: that takes the JVM some milliseconds at first.
  private boolean isBuiltIn() {
    return VariableInits.names().contains(init.name())
        && Objects.equals(VariableInits.named(init.name()), init);
  }

  private double value(String parameter) {
    Double value = parameters.get(parameter);
    return value == null ? Double.NaN : value;
  }

  private void checkNotNegative(String parameter) {
    double value = value(parameter);
    problems.addIf(
        value < 0, "%s: parameter '%s' is %s; it must not be negative", where, parameter, value);
  }

  private void checkOrder() {
    problems.addIf(
        value("min") > value("max"),
        "%s: parameter 'min' is %s; it must not be above 'max', which is %s",
        where,
        value("min"),
        value("max"));
  }

  private void checkCanBeDrawn() {
    double mean = value("mean");
    double deviation = value("sd");
    double min = value("min");
    double max = value("max");
    boolean isPoint = deviation > 0 && min == max;
    boolean isMissed = deviation == 0 && min <= max && (mean < min || mean > max);
    problems.addIf(
        isPoint || isMissed,
        "%s: no number from 'min' %s to 'max' %s is ever drawn with 'mean' %s and 'sd' %s",
        where,
        min,
        max,
        mean,
        deviation);
  }
}
