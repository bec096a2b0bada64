package org.mlgenn.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.InputPopulation;
import org.mlgenn.compilers.OutputPopulation;
import org.mlgenn.compilers.TrainedOutput;
import org.mlgenn.compilers.Training;
import org.mlgenn.data.Examples;
import org.mlgenn.data.Targets;
import org.mlgenn.metrics.Metric;

/// Whether data fit a network.
final class DataCheck {
  private final CompiledNetwork compiled;
  private final NetworkExamples data;
  private final List<String> problems = new ArrayList<>();

  private DataCheck(CompiledNetwork compiled, NetworkExamples data) {
    this.compiled = compiled;
    this.data = data;
  }

  /// @param what the data are, e.g. `training data`
  /// @param needsTargets whether every output with a loss must have targets
  /// @throws IllegalArgumentException listing everything that does not fit
  static void check(
      CompiledNetwork compiled, String what, NetworkExamples data, boolean needsTargets) {
    var check = new DataCheck(compiled, data);
    check.inputs();
    check.targets(needsTargets);
    if (!check.problems.isEmpty()) {
      throw new IllegalArgumentException(
          check.problems.size() == 1
              ? "%s: %s".formatted(what, check.problems.getFirst())
              : "%s:\n  - %s".formatted(what, String.join("\n  - ", check.problems)));
    }
  }

  private void inputs() {
    var names = compiled.inputs().stream().map(InputPopulation::population).toList();
    for (InputPopulation input : compiled.inputs()) {
      Examples examples = data.inputs().get(input.population());
      if (examples == null) {
        problems.add("input population '%s' is given no examples".formatted(input.population()));
        continue;
      }
      int neurons = input.shape().size();
      if (examples.neurons() != neurons) {
        problems.add(
            "spikes of %d neurons for population '%s', which has %d"
                .formatted(examples.neurons(), input.population(), neurons));
      }
      if (examples.timesteps() != compiled.exampleTimesteps()) {
        problems.add(
            "spikes of %d timesteps for population '%s', the network is compiled for examples of %d"
                .formatted(examples.timesteps(), input.population(), compiled.exampleTimesteps()));
      }
    }
    for (String population : data.inputs().keySet()) {
      if (!names.contains(population)) {
        problems.add("population '%s' is not an input; inputs: %s".formatted(population, names));
      }
    }
  }

  private void targets(boolean needsTargets) {
    var names = compiled.outputs().stream().map(OutputPopulation::population).toList();
    for (String population : data.targets().keySet()) {
      if (!names.contains(population)) {
        problems.add("population '%s' is not an output; outputs: %s".formatted(population, names));
      }
    }
    for (OutputPopulation output : compiled.outputs()) {
      Targets targets = data.targets().get(output.population());
      if (targets instanceof Targets.Labels labels) {
        labels(output, labels);
      }
    }
    for (TrainedOutput output : compiled.training().map(Training::outputs).orElse(List.of())) {
      Targets targets = data.targets().get(output.population());
      if (targets == null || targets instanceof Targets.None) {
        if (needsTargets) {
          problems.add("output population '%s' is given no targets".formatted(output.population()));
        }
      } else {
        kind(output, targets);
      }
    }
  }

  private void labels(OutputPopulation output, Targets.Labels labels) {
    int neurons = output.shape().size();
    for (int example = 0; example < labels.size(); example++) {
      if (labels.label(example) >= neurons) {
        problems.add(
            "example %d has label %d, output population '%s' has the classes 0 to %d"
                .formatted(example, labels.label(example), output.population(), neurons - 1));
        return;
      }
    }
  }

  private void kind(TrainedOutput output, Targets targets) {
    int neurons = output.context().neurons();
    int steps = output.context().timesteps();
    boolean fits =
        switch (output.kind()) {
          case LABEL -> targets instanceof Targets.Labels;
          case VALUES -> isValues(targets, 1, neurons);
          case SERIES -> isValues(targets, steps, neurons);
        };
    if (!fits) {
      String expected =
          switch (output.kind()) {
            case LABEL -> "a label per example";
            case VALUES -> "values for 1 step of %d neurons".formatted(neurons);
            case SERIES -> "values for %d steps of %d neurons".formatted(steps, neurons);
          };
      problems.add(
          "targets of output population '%s' are %s; %s needs %s"
              .formatted(output.population(), targets, output.loss().name(), expected));
    }
  }

  private static boolean isValues(Targets targets, int steps, int neurons) {
    return targets instanceof Targets.Values values
        && values.steps() == steps
        && values.neurons() == neurons;
  }

  /// @throws IllegalArgumentException for a metric of something that is not an output
  static void check(CompiledNetwork compiled, Map<String, Metric> metrics) {
    var names = compiled.outputs().stream().map(OutputPopulation::population).toList();
    for (String population : metrics.keySet()) {
      if (!names.contains(population)) {
        throw new IllegalArgumentException(
            "metric for population '%s', which is not an output; outputs: %s"
                .formatted(population, names));
      }
    }
  }
}
