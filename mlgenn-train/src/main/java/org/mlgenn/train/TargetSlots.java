package org.mlgenn.train;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.runtime.Simulation;
import org.genn.engine.runtime.VariableView;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.TrainedOutput;
import org.mlgenn.compilers.Training;
import org.mlgenn.data.Targets;

/// Gives the outputs the targets of a batch, and the examples their weights.
final class TargetSlots {
  private final int batchSize;
  private final List<Slot> slots = new ArrayList<>();
  private final List<VariableView> weights;
  private int weighted = -1;

  TargetSlots(CompiledNetwork compiled, Simulation simulation) {
    batchSize = compiled.batchSize();
    for (TrainedOutput output : compiled.training().map(Training::outputs).orElse(List.of())) {
      slots.add(new Slot(output, simulation.variable(output.target())));
    }
    weights =
        compiled.training().map(Training::exampleWeights).orElse(List.of()).stream()
            .map(simulation::variable)
            .toList();
  }

  private record Slot(TrainedOutput output, VariableView view) {
    void write(int place, Targets targets, int example) {
      switch (targets) {
        case Targets.Labels labels -> view.setLong(place, 0, labels.label(example));
        case Targets.Values values -> write(place, values.values(example));
        case Targets.None _ -> {}
      }
    }

    private void write(int place, float[] values) {
      for (int element = 0; element < values.length; element++) {
        view.setDouble(place, element, values[element]);
      }
    }
  }

  /// @param examples which example is at each place
  /// @param count places that are used; the others have weight 0
  void write(NetworkExamples data, int[] examples, int count) {
    for (Slot slot : slots) {
      Targets targets = data.targets().get(slot.output.population());
      if (targets != null) {
        for (int place = 0; place < count; place++) {
          slot.write(place, targets, examples[place]);
        }
      }
    }
    weigh(count);
  }

  private void weigh(int count) {
    if (count == weighted) {
      return;
    }
    for (VariableView weight : weights) {
      for (int place = 0; place < batchSize; place++) {
        weight.setDouble(place, 0, place < count ? 1.0 / count : 0.0);
      }
    }
    weighted = count;
  }
}
