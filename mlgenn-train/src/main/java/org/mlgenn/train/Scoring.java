package org.mlgenn.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.genn.engine.runtime.Simulation;
import org.genn.engine.runtime.VariableView;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.OutputPopulation;
import org.mlgenn.compilers.TrainedOutput;
import org.mlgenn.compilers.Training;
import org.mlgenn.data.Targets;
import org.mlgenn.metrics.MeanSquareError;
import org.mlgenn.metrics.Metric;
import org.mlgenn.metrics.MetricSum;
import org.mlgenn.metrics.SparseCategoricalAccuracy;

/// Gathers losses and metrics over the batches of an epoch. Every example counts alike.
final class Scoring {
  /// Not the name of a population.
  private static final String LOSS = "(loss)";

  private final List<Slot> slots = new ArrayList<>();
  private final boolean hasLoss;
  private double lossSum;
  private long examples;

  /// @param metrics by output; others are scored by what suits their targets
  Scoring(
      CompiledNetwork compiled,
      Simulation simulation,
      Map<String, Targets> targets,
      Map<String, Metric> metrics) {
    boolean anyLoss = false;
    for (OutputPopulation output : compiled.outputs()) {
      String name = output.population();
      Targets target = targets.get(name);
      if (target == null || target instanceof Targets.None) {
        continue;
      }
      Metric metric = metrics.containsKey(name) ? metrics.get(name) : suiting(target);
      var slot = new Slot(name, metric.start());
      for (TrainedOutput trained : compiled.training().map(Training::outputs).orElse(List.of())) {
        if (trained.population().equals(name)) {
          slot.trained = List.of(trained);
          slot.lossSum = trained.lossSum().map(simulation::variable).stream().toList();
          anyLoss = true;
        }
      }
      slots.add(slot);
    }
    hasLoss = anyLoss;
  }

  private static Metric suiting(Targets targets) {
    return switch (targets) {
      case Targets.Labels _ -> new SparseCategoricalAccuracy();
      case Targets.Values _ -> new MeanSquareError();
      case Targets.None _ -> throw new IllegalArgumentException("no targets, no metric");
    };
  }

  private static final class Slot {
    final String output;
    final MetricSum metric;
    List<TrainedOutput> trained = List.of();
    List<VariableView> lossSum = List.of();

    Slot(String output, MetricSum metric) {
      this.output = output;
      this.metric = metric;
    }

    double loss(int place, float[] answer, Targets targets, int example) {
      if (!lossSum.isEmpty()) {
        VariableView sum = lossSum.getFirst();
        double loss = 0;
        for (int neuron = 0; neuron < sum.elements(); neuron++) {
          loss += sum.getDouble(place, neuron);
        }
        return loss;
      }
      TrainedOutput output = trained.getFirst();
      return output.loss().value(answer, targets, example, output.context());
    }
  }

  /// Adds a batch.
  ///
  /// @return its mean loss, 0 where there is no loss
  double add(AnswerSlots answers, NetworkExamples data, int[] places, int count) {
    double batchLoss = 0;
    for (int index = 0; index < slots.size(); index++) {
      Slot slot = slots.get(index);
      float[][] values = answers.of(slot.output);
      Targets targets = data.targets().get(slot.output);
      for (int place = 0; place < count; place++) {
        slot.metric.add(values[place], targets, places[place]);
        if (!slot.trained.isEmpty()) {
          batchLoss += slot.loss(place, values[place], targets, places[place]);
        }
      }
    }
    lossSum += batchLoss;
    examples += count;
    return batchLoss / count;
  }

  Scores scores() {
    var metrics = new ArrayList<MetricResult>();
    for (Slot slot : slots) {
      metrics.add(new MetricResult(slot.output, slot.metric.metric().name(), slot.metric.result()));
    }
    return new Scores(
        hasLoss ? OptionalDouble.of(lossSum / examples) : OptionalDouble.empty(), metrics);
  }

  void clear() {
    lossSum = 0;
    examples = 0;
    slots.forEach(slot -> slot.metric.clear());
  }

  /// For a checkpoint.
  Map<String, double[]> sums() {
    var sums = new LinkedHashMap<String, double[]>();
    sums.put(LOSS, new double[] {lossSum, examples});
    slots.forEach(slot -> sums.put(slot.output, slot.metric.toArray()));
    return sums;
  }

  void restore(Map<String, double[]> sums) {
    double[] loss = sums.getOrDefault(LOSS, new double[2]);
    lossSum = loss[0];
    examples = (long) loss[1];
    for (Slot slot : slots) {
      double[] gathered = sums.get(slot.output);
      if (gathered != null) {
        slot.metric.restore(gathered);
      }
    }
  }
}
