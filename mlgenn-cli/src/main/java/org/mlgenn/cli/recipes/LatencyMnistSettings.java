package org.mlgenn.cli.recipes;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mlgenn.cli.Arguments;
import org.mlgenn.cli.UsageException;

/// What decides the result of `latency-mnist`.
///
/// @param learningRate of Adam; the highest, where it changes
/// @param isPlain whether it stays as it is
/// @param maxShift pixels by which training images are moved at most
/// @param validationShare of the training images that are not trained with
record LatencyMnistSettings(
    int epochs,
    int batch,
    int hidden,
    double learningRate,
    boolean isPlain,
    int maxShift,
    double validationShare,
    long seed) {
  private static final double PLAIN_LEARNING_RATE = 0.01;

  static LatencyMnistSettings of(Arguments arguments) {
    boolean isPlain = arguments.isGiven(LatencyMnist.PLAIN.name());
    if (isPlain && arguments.isGiven(LatencyMnist.SHIFT.name())) {
      throw new UsageException("--plain trains without shifts; leave out --shift");
    }
    return new LatencyMnistSettings(
        arguments.text("epochs").isPresent() ? arguments.integer("epochs", 0) : 0,
        arguments.integer("batch", 1),
        arguments.integer(LatencyMnist.HIDDEN.name(), 1),
        learningRate(arguments, isPlain),
        isPlain,
        isPlain ? 0 : arguments.integer(LatencyMnist.SHIFT.name(), 0),
        arguments.number(
            LatencyMnist.VALIDATION.name(),
            share -> share >= 0 && share < 1,
            "a number from 0 to less than 1"),
        arguments.text("seed").isPresent() ? arguments.seed("seed") : 0);
  }

  private static double learningRate(Arguments arguments, boolean isPlain) {
    return isPlain && !arguments.isGiven(LatencyMnist.LEARNING_RATE.name())
        ? PLAIN_LEARNING_RATE
        : arguments.number(
            LatencyMnist.LEARNING_RATE.name(), rate -> rate > 0, "a positive number");
  }

  LatencyMnistSettings hidden(int hidden) {
    return new LatencyMnistSettings(
        epochs, batch, hidden, learningRate, isPlain, maxShift, validationShare, seed);
  }

  Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("epochs", epochs);
    map.put("batch", batch);
    map.put("hidden", hidden);
    map.put("learningRate", learningRate);
    map.put("schedule", isPlain ? "constant" : "cosine");
    map.put("plain", isPlain);
    map.put("shift", maxShift);
    map.put("validation", validationShare);
    return map;
  }
}
