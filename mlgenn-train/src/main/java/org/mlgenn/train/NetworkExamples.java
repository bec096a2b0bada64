package org.mlgenn.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.mlgenn.Population;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.InputPopulation;
import org.mlgenn.compilers.OutputPopulation;
import org.mlgenn.data.Examples;
import org.mlgenn.data.Sha256;
import org.mlgenn.data.Targets;

/// A data set for a network with several inputs or outputs: which population is given which
/// examples, and which one is to answer what. Immutable.
public final class NetworkExamples {
  private final Map<String, Examples> inputs;
  private final Map<String, Targets> targets;

  private NetworkExamples(Map<String, Examples> inputs, Map<String, Targets> targets) {
    this.inputs = inputs;
    this.targets = targets;
  }

  /// @param inputs examples by input population, all of the same number; their own targets don't
  ///   count
  /// @param targets by output population; outputs without any are not scored
  /// @throws IllegalArgumentException when numbers of examples differ
  public static NetworkExamples of(
      Map<Population, ? extends Examples> inputs, Map<Population, ? extends Targets> targets) {
    var examplesByName = new LinkedHashMap<String, Examples>();
    inputs.forEach((population, examples) -> examplesByName.put(population.name(), examples));
    var targetsByName = new LinkedHashMap<String, Targets>();
    targets.forEach((population, each) -> targetsByName.put(population.name(), each));
    return checked(examplesByName, targetsByName);
  }

  /// The examples as those of a network with one input and one output.
  ///
  /// @throws IllegalArgumentException when the network has more
  static NetworkExamples of(CompiledNetwork compiled, Examples examples) {
    if (compiled.inputs().size() != 1 || compiled.outputs().size() != 1) {
      throw new IllegalArgumentException(
          ("the network has inputs %s and outputs %s: say with NetworkExamples.of which one each"
                  + " part of the data is for")
              .formatted(
                  compiled.inputs().stream().map(InputPopulation::population).toList(),
                  compiled.outputs().stream().map(OutputPopulation::population).toList()));
    }
    return checked(
        Map.of(compiled.inputs().getFirst().population(), examples),
        examples.targets() instanceof Targets.None
            ? Map.of()
            : Map.of(compiled.outputs().getFirst().population(), examples.targets()));
  }

  private static NetworkExamples checked(
      Map<String, Examples> inputs, Map<String, Targets> targets) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("data: no input population is given examples");
    }
    var result = new NetworkExamples(inputs, targets);
    int size = result.size();
    if (size == 0) {
      throw new IllegalArgumentException("data: no examples, expected at least one");
    }
    inputs.forEach((population, examples) -> check("inputs", population, examples.size(), size));
    targets.forEach((population, each) -> check("targets", population, each.size(), size));
    return result;
  }

  private static void check(String what, String population, int found, int expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "data: %s of population '%s' are of %d examples, expected %d as of the first input"
              .formatted(what, population, found, expected));
    }
  }

  public int size() {
    return inputs.values().iterator().next().size();
  }

  /// By the name of the input population.
  public Map<String, Examples> inputs() {
    return Collections.unmodifiableMap(inputs);
  }

  /// By the name of the output population.
  public Map<String, Targets> targets() {
    return Collections.unmodifiableMap(targets);
  }

  /// The examples as they are shown in an epoch.
  NetworkExamples inEpoch(int epoch) {
    var inEpoch = new LinkedHashMap<String, Examples>();
    var targetsInEpoch = new LinkedHashMap<>(targets);
    inputs.forEach(
        (population, examples) -> {
          Examples now = examples.inEpoch(epoch);
          inEpoch.put(population, now);
          // the targets of examples that are drawn afresh are drawn with them
          Targets before = examples.targets();
          targetsInEpoch.replaceAll((_, each) -> each == before ? now.targets() : each);
        });
    return new NetworkExamples(inEpoch, targetsInEpoch);
  }

  /// The last part of the examples, in their order, for validation, and the others for training.
  Split split(double validationShare) {
    var trainingInputs = new LinkedHashMap<String, Examples>();
    var validationInputs = new LinkedHashMap<String, Examples>();
    inputs.forEach(
        (population, examples) -> {
          var parts = examples.split(validationShare);
          trainingInputs.put(population, parts.training());
          validationInputs.put(population, parts.validation());
        });
    int training = trainingInputs.values().iterator().next().size();
    var trainingTargets = new LinkedHashMap<String, Targets>();
    var validationTargets = new LinkedHashMap<String, Targets>();
    targets.forEach(
        (population, each) -> {
          trainingTargets.put(population, each.select(range(0, training)));
          validationTargets.put(population, each.select(range(training, size())));
        });
    return new Split(
        new NetworkExamples(trainingInputs, trainingTargets),
        new NetworkExamples(validationInputs, validationTargets));
  }

  record Split(NetworkExamples training, NetworkExamples validation) {}

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  /// Hash of all inputs and targets. Of the examples alone where there is one input whose targets
  /// are those of the only output.
  String sha256() {
    if (inputs.size() == 1 && targets.size() <= 1) {
      Examples only = inputs.values().iterator().next();
      if (targets.isEmpty() || targets.containsValue(only.targets())) {
        return only.sha256();
      }
    }
    var hash = new Sha256();
    new TreeMap<>(inputs)
        .forEach((population, examples) -> hash.add(population).add(examples.sha256()));
    new TreeMap<>(targets)
        .forEach(
            (population, each) -> {
              hash.add(population);
              each.addTo(hash);
            });
    return hash.hex();
  }
}
