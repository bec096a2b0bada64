package org.mlgenn.compilers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.Schedule;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.mlgenn.Connection;
import org.mlgenn.Network;
import org.mlgenn.Population;
import org.mlgenn.neurons.NeuronProperty;

/// A network made into a model for the engine. Immutable: trainers and evaluators open simulations
/// of it.
///
/// Neuron groups are named as the populations, synapse groups as the connections.
///
/// @param compiler name of the compiler, for messages and reports
/// @param model with the schedules `evaluate` and, if it can be trained, `train`
/// @param inputs populations that are given data
/// @param outputs populations with a readout
/// @param savedVariables variables that are kept in files, among them all weights
/// @param training how it is trained, if it is
public record CompiledNetwork(
    String compiler,
    Network network,
    SimulationSettings settings,
    ModelSpec model,
    List<InputPopulation> inputs,
    List<OutputPopulation> outputs,
    List<SavedVariable> savedVariables,
    Optional<Training> training) {
  /// Schedule of a trial that only answers.
  public static final String EVALUATE = "evaluate";

  /// Schedule of a trial that learns.
  public static final String TRAIN = "train";

  public CompiledNetwork {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    savedVariables = List.copyOf(savedVariables);
    schedule(model, EVALUATE);
    if (training.isPresent()) {
      schedule(model, TRAIN);
    }
  }

  private static Schedule schedule(ModelSpec model, String name) {
    Schedule schedule = model.schedules().get(name);
    if (schedule == null) {
      throw new IllegalArgumentException(
          "CompiledNetwork: model '%s' has no schedule '%s'; it has %s"
              .formatted(model.name(), name, model.schedules().keySet()));
    }
    return schedule;
  }

  /// Duration of a timestep (ms).
  public double dt() {
    return model.dt();
  }

  public int batchSize() {
    return model.batchSize();
  }

  /// Timesteps of an example.
  public int exampleTimesteps() {
    return schedule(model, EVALUATE).timesteps();
  }

  /// @throws IllegalArgumentException when it is not an input
  public InputPopulation input(Population population) {
    return find(inputs, InputPopulation::population, "input", population.name());
  }

  /// @throws IllegalArgumentException when it is not an output
  public OutputPopulation output(Population population) {
    return find(outputs, OutputPopulation::population, "output", population.name());
  }

  private static <T> T find(List<T> list, Function<T, String> nameOf, String kind, String name) {
    return list.stream()
        .filter(each -> nameOf.apply(each).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "population '%s' is not an %s of the network; it has %s"
                        .formatted(name, kind, list.stream().map(nameOf).toList())));
  }

  /// The variable of a population that a recorder asks for.
  ///
  /// @param variable name of a property as the user writes it (`v`), or of a variable of the model
  ///   (`LambdaV`)
  /// @throws IllegalArgumentException when there is none, listing those that there are
  public VariableReference recordable(Population population, String variable) {
    var properties =
        network.population(population).neuron().properties().stream()
            .filter(property -> property.variable().isPresent())
            .toList();
    String name =
        properties.stream()
            .filter(property -> property.name().equals(variable))
            .findFirst()
            .flatMap(NeuronProperty::variable)
            .orElse(variable);
    var variables =
        model.neuronGroup(population.name()).model().declarations().variables().stream()
            .map(Variable::name)
            .toList();
    if (!variables.contains(name)) {
      var recordable =
          properties.stream().filter(property -> variables.contains(property.variable().get()));
      throw new IllegalArgumentException(
          "population '%s' has no variable '%s' that can be recorded; it has %s"
              .formatted(
                  population.name(),
                  variable,
                  Stream.concat(recordable.map(NeuronProperty::name), variables.stream())
                      .toList()));
    }
    return VariableReference.neuron(population.name(), name);
  }

  /// The variable of a connection's synapses that a recorder asks for, e.g. `g`.
  ///
  /// @throws IllegalArgumentException when there is none, listing those that there are
  public VariableReference recordable(Connection connection, String variable) {
    var variables =
        model
            .synapseGroup(connection.name())
            .weightUpdate()
            .model()
            .declarations()
            .variables()
            .stream()
            .map(Variable::name)
            .toList();
    if (!variables.contains(variable)) {
      throw new IllegalArgumentException(
          "connection '%s' has no variable '%s' that can be recorded; it has %s"
              .formatted(connection.name(), variable, variables));
    }
    return VariableReference.synapse(connection.name(), variable);
  }

  /// The network and the schedules.
  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    lines.add("%s, %s".formatted(compiler, settings));
    lines.add(network.toString());
    model
        .schedules()
        .forEach(
            (name, schedule) -> {
              lines.add("schedule " + name);
              lines.add(
                  schedule
                      .toString()
                      .lines()
                      .map(line -> "  " + line)
                      .collect(Collectors.joining("\n")));
            });
    return String.join("\n", lines);
  }
}
