package org.mlgenn.compilers;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Schedule;
import org.mlgenn.Connection;
import org.mlgenn.Network;
import org.mlgenn.Population;
import org.mlgenn.compilers.parts.NeuronAssembly;
import org.mlgenn.compilers.parts.ResetUpdate;
import org.mlgenn.compilers.parts.SynapseAssembly;
import org.mlgenn.neurons.Neuron;
import org.mlgenn.neurons.NeuronContext;
import org.mlgenn.parts.Contribution;
import org.mlgenn.readouts.ReadoutContext;

/// Compiles a network to answer: nothing in it learns.
///
/// A trial is: reset · `exampleTimesteps` steps · answer. By default nothing of an example is left
/// when the next one begins: the time, the state of neurons and synapses and spikes that are still
/// on their way are reset. Where the state of the neurons is kept, that of the readouts is reset
/// nevertheless.
///
/// @param exampleTimesteps timesteps of an example
/// @param simulation how it is simulated
/// @param resetsTime whether each example begins at time 0; otherwise time runs on
/// @param resetsState whether the state of neurons and synapses is reset for each example
/// @param resetsSynapticInput whether the current that synapses still carry is reset for each
///   example
/// @param compatibility peculiarities of ml_genn to be imitated
public record InferenceCompiler(
    int exampleTimesteps,
    SimulationSettings simulation,
    boolean resetsTime,
    boolean resetsState,
    boolean resetsSynapticInput,
    Set<Compatibility> compatibility) {
  public InferenceCompiler {
    if (exampleTimesteps <= 0) {
      throw new IllegalArgumentException(
          "InferenceCompiler: exampleTimesteps must be positive, got " + exampleTimesteps);
    }
    compatibility = Set.copyOf(compatibility);
  }

  /// Everything is reset for each example, nothing is imitated.
  public InferenceCompiler(int exampleTimesteps) {
    this(exampleTimesteps, new SimulationSettings(), true, true, true, Set.of());
  }

  public InferenceCompiler exampleTimesteps(int exampleTimesteps) {
    return new InferenceCompiler(
        exampleTimesteps, simulation, resetsTime, resetsState, resetsSynapticInput, compatibility);
  }

  public InferenceCompiler simulation(SimulationSettings simulation) {
    return new InferenceCompiler(
        exampleTimesteps, simulation, resetsTime, resetsState, resetsSynapticInput, compatibility);
  }

  public InferenceCompiler resetsTime(boolean resetsTime) {
    return new InferenceCompiler(
        exampleTimesteps, simulation, resetsTime, resetsState, resetsSynapticInput, compatibility);
  }

  public InferenceCompiler resetsState(boolean resetsState) {
    return new InferenceCompiler(
        exampleTimesteps, simulation, resetsTime, resetsState, resetsSynapticInput, compatibility);
  }

  // ml_genn: compilers/inference_compiler.py keeps it by default
  // (reset_in_syn_between_batches=False)
  public InferenceCompiler resetsSynapticInput(boolean resetsSynapticInput) {
    return new InferenceCompiler(
        exampleTimesteps, simulation, resetsTime, resetsState, resetsSynapticInput, compatibility);
  }

  public InferenceCompiler compatibility(Set<Compatibility> compatibility) {
    return new InferenceCompiler(
        exampleTimesteps, simulation, resetsTime, resetsState, resetsSynapticInput, compatibility);
  }

  public InferenceCompiler compatibility(Compatibility first, Compatibility... rest) {
    return compatibility(EnumSet.of(first, rest));
  }

  public CompiledNetwork compile(Network network) {
    var model = simulation.model("Inference");
    var outputs = new ArrayList<OutputPopulation>();
    var weights = new ArrayList<SavedVariable>();
    var resets = new ArrayList<CustomUpdate>();
    for (Population population : network.populations()) {
      Contribution dynamics = population.neuron().dynamics(neuronContext(population));
      var readout =
          population.neuron().readout().map(each -> each.contribution(readoutContext(population)));
      var assembly =
          new NeuronAssembly(population, exampleTimesteps, simulation.dt()).add(dynamics);
      if (readout.isPresent()) {
        assembly = assembly.add(readout.get());
        outputs.add(assembly.output(readoutContext(population)));
      }
      model = model.neuronGroup(assembly.group());
      var states =
          resetsState ? assembly.states() : readout.map(Contribution::states).orElse(List.of());
      ResetUpdate.neurons(population.name(), states).ifPresent(resets::add);
    }
    for (Connection connection : network.connections()) {
      var group =
          SynapseAssembly.group(
              network, connection, SynapseAssembly.staticWeights(connection), simulation.dt());
      model = model.synapseGroup(group);
      weights.add(SynapseAssembly.weights(network, connection));
      boolean resetsInput = resetsSynapticInput && connection.synapse().hasMemory();
      ResetUpdate.synapses(connection.name(), group.postsynapse(), resetsState, resetsInput)
          .ifPresent(resets::add);
    }
    for (CustomUpdate reset : resets) {
      model = model.customUpdate(reset);
    }
    return new CompiledNetwork(
        "InferenceCompiler",
        network,
        simulation,
        model.schedule(CompiledNetwork.EVALUATE, schedule(!resets.isEmpty())),
        InputPopulation.of(network),
        outputs,
        weights,
        Optional.empty());
  }

  private Schedule schedule(boolean hasResets) {
    var schedule =
        new Schedule(exampleTimesteps)
            .beginTrial(!compatibility.contains(Compatibility.SPIKES_CROSS_EXAMPLES), resetsTime);
    return (hasResets ? schedule.update(ResetUpdate.GROUP) : schedule).run(Phase.FORWARD);
  }

  private NeuronContext neuronContext(Population population) {
    return new NeuronContext(
        population.name(), population.size(), simulation.dt(), Compatibility.quirks(compatibility));
  }

  private ReadoutContext readoutContext(Population population) {
    Neuron neuron = population.neuron();
    return new ReadoutContext(
        population.name(),
        neuron.name(),
        neuron.outputVariable(),
        neuron.spikes(),
        Compatibility.quirks(compatibility));
  }
}
