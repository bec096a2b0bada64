package org.mlgenn.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.genn.engine.runtime.ParameterView;
import org.genn.engine.runtime.Simulation;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.TrainedVariable;
import org.mlgenn.compilers.Training;
import org.mlgenn.optimisers.Optimiser;

/// Gives the optimisers' updates the numbers that change from step to step.
final class OptimiserSteps {
  private final List<Slot> slots = new ArrayList<>();

  OptimiserSteps(CompiledNetwork compiled, Simulation simulation) {
    for (TrainedVariable variable :
        compiled.training().map(Training::variables).orElse(List.of())) {
      slots.add(new Slot(variable, simulation));
    }
  }

  private static final class Slot {
    final String variable;
    final Map<String, ParameterView> parameters = new LinkedHashMap<>();
    Optimiser optimiser;

    Slot(TrainedVariable trained, Simulation simulation) {
      variable = trained.variable().name();
      optimiser = trained.optimiser();
      for (String name : optimiser.parameters(0).keySet()) {
        parameters.put(name, simulation.dynamicParameter(trained.update(), name));
      }
    }

    void set(long step) {
      Map<String, Double> values = optimiser.parameters(step);
      parameters.forEach((name, view) -> view.set(values.get(name)));
    }
  }

  /// @param step 0 for the first update
  void set(long step) {
    for (Slot slot : slots) {
      slot.set(step);
    }
  }

  double learningRate() {
    return slots.isEmpty() ? Double.NaN : slots.getFirst().optimiser.learningRate();
  }

  void learningRate(double rate) {
    for (Slot slot : slots) {
      if (slot.optimiser.learningRate() != rate) {
        slot.optimiser = slot.optimiser.learningRate(rate);
      }
    }
  }

  Map<String, Double> learningRates() {
    var rates = new LinkedHashMap<String, Double>();
    slots.forEach(slot -> rates.put(slot.variable, slot.optimiser.learningRate()));
    return rates;
  }

  void learningRates(Map<String, Double> rates) {
    for (Slot slot : slots) {
      Double rate = rates.get(slot.variable);
      if (rate != null) {
        slot.optimiser = slot.optimiser.learningRate(rate);
      }
    }
  }
}
