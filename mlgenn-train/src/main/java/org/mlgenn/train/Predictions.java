package org.mlgenn.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.mlgenn.Population;

/// The answers of a network: per output population one number per example and neuron.
public final class Predictions {
  private final Map<String, float[][]> answers;

  /// @param answers by output population, `(example, neuron)`; taken over
  Predictions(Map<String, float[][]> answers) {
    this.answers = new LinkedHashMap<>(answers);
  }

  public Set<String> outputs() {
    return Set.copyOf(answers.keySet());
  }

  /// Answers of an output population, `(example, neuron)`: read only.
  ///
  /// @throws IllegalArgumentException when there is no such output
  public float[][] of(String output) {
    float[][] found = answers.get(output);
    if (found == null) {
      throw new IllegalArgumentException(
          "population '%s' is not an output; outputs: %s".formatted(output, answers.keySet()));
    }
    return found;
  }

  public float[][] of(Population output) {
    return of(output.name());
  }

  /// Answers of the only output population, `(example, neuron)`: read only.
  public float[][] values() {
    if (answers.size() != 1) {
      throw new IllegalStateException(
          "there are several outputs, name one of them: " + answers.keySet());
    }
    return answers.values().iterator().next();
  }

  /// The neuron with the largest answer, per example; of equal answers the first.
  public int[] classes(String output) {
    float[][] values = of(output);
    int[] classes = new int[values.length];
    for (int example = 0; example < classes.length; example++) {
      for (int neuron = 1; neuron < values[example].length; neuron++) {
        if (values[example][neuron] > values[example][classes[example]]) {
          classes[example] = neuron;
        }
      }
    }
    return classes;
  }

  public int[] classes(Population output) {
    return classes(output.name());
  }

  @Override
  public String toString() {
    var text = new StringBuilder("Predictions[");
    answers.forEach(
        (output, values) ->
            text.append(text.charAt(text.length() - 1) == '[' ? "" : ", ")
                .append(output)
                .append(": ")
                .append(values.length)
                .append(" examples"));
    return text.append(']').toString();
  }
}
