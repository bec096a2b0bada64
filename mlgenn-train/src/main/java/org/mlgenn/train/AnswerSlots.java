package org.mlgenn.train;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.runtime.Simulation;
import org.genn.engine.runtime.VariableView;
import org.genn.engine.snippet.NumericType;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.OutputPopulation;

/// Reads the answers of a batch into arrays that are used again for the next one.
final class AnswerSlots {
  private final List<Slot> slots = new ArrayList<>();

  AnswerSlots(CompiledNetwork compiled, Simulation simulation) {
    for (OutputPopulation output : compiled.outputs()) {
      VariableView view = simulation.variable(output.variable());
      slots.add(
          new Slot(
              output.population(), view, new float[compiled.batchSize()][output.shape().size()]));
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // used again and again, on purpose
  private record Slot(String population, VariableView view, float[][] answers) {
    void read(int count) {
      for (int place = 0; place < count; place++) {
        float[] answer = answers[place];
        if (view.type() == NumericType.FLOAT) {
          view.read(place, answer, 0);
        } else {
          for (int neuron = 0; neuron < answer.length; neuron++) {
            answer[neuron] = (float) view.getDouble(place, neuron);
          }
        }
      }
    }
  }

  void read(int count) {
    for (int slot = 0; slot < slots.size(); slot++) {
      slots.get(slot).read(count);
    }
  }

  /// The answers of an output, `(place, neuron)`, until the next batch.
  float[][] of(String population) {
    for (Slot slot : slots) {
      if (slot.population.equals(population)) {
        return slot.answers;
      }
    }
    throw new IllegalArgumentException("population '%s' is not an output".formatted(population));
  }
}
