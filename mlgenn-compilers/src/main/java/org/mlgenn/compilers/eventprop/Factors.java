package org.mlgenn.compilers.eventprop;

import java.util.Set;
import org.mlgenn.Network;
import org.mlgenn.Population;
import org.mlgenn.compilers.Compatibility;
import org.mlgenn.losses.Loss;
import org.mlgenn.neurons.Neuron;
import org.mlgenn.neurons.NeuronContext;
import org.mlgenn.parts.AdjointContext;
import org.mlgenn.parts.AdjointDynamics;
import org.mlgenn.parts.ErrorContext;
import org.mlgenn.parts.LossTiming;
import org.mlgenn.parts.Quirk;
import org.mlgenn.parts.Sensitivity;
import org.mlgenn.parts.SynapseAdjoint;
import org.mlgenn.readouts.Readout;
import org.mlgenn.readouts.ReadoutContext;

/// The factors of the chain rule for the populations of a network that can be trained.
record Factors(EventPropCompiler compiler, Network network) {
  private Set<Quirk> quirks() {
    return Compatibility.quirks(compiler.compatibility());
  }

  NeuronContext neuronContext(Population population) {
    return new NeuronContext(
        population.name(), population.size(), compiler.simulation().dt(), quirks());
  }

  ReadoutContext readoutContext(Population population) {
    Neuron neuron = population.neuron();
    return new ReadoutContext(
        population.name(), neuron.name(), neuron.outputVariable(), neuron.spikes(), quirks());
  }

  /// Of an output.
  Readout readout(Population population) {
    return population.neuron().readout().orElseThrow();
  }

  /// Of an output.
  Loss loss(Population population) {
    return compiler.losses().of(population.name()).orElseThrow();
  }

  /// Of an output.
  ErrorContext errorContext(Population population) {
    Readout readout = readout(population);
    LossTiming timing = compiler.losses().timing();
    return new ErrorContext(
        switch (timing) {
          case PER_TRIAL -> readout.variable(readoutContext(population));
          case PER_TIMESTEP -> population.neuron().outputVariable().orElseThrow();
        },
        readout.kind(),
        timing,
        population.size(),
        compiler.exampleTimesteps(),
        compiler.simulation().dt(),
        compiler.losses().ttfsAlpha(),
        quirks());
  }

  /// Of an output: of what is judged, not always of what is read.
  Sensitivity sensitivity(Population population) {
    return switch (compiler.losses().timing()) {
      case PER_TRIAL -> readout(population).sensitivity(readoutContext(population));
      // The loss of a trial is the mean over the steps of the loss of the output variable.
      case PER_TIMESTEP -> new Sensitivity.OfVoltage("1.0 / ExampleTimesteps");
    };
  }

  /// Of the synapses that reach a population, which are alike.
  SynapseAdjoint synapse(Population population) {
    return network.incoming(population).getFirst().synapse().adjoint(dt()).orElseThrow();
  }

  /// Of all but inputs.
  AdjointDynamics adjoint(Population population) {
    boolean isDriven =
        population.isOutput() && sensitivity(population) instanceof Sensitivity.OfVoltage;
    var context = new AdjointContext(dt(), synapse(population), isDriven, quirks());
    return population.neuron().adjoint(context).orElseThrow();
  }

  /// What strengths of regularisation are multiplied by: the mean over the outputs.
  double regularisationFactor() {
    if (compiler.has(Compatibility.GRADIENT_OVER_TAU_MEM)) {
      return 1;
    }
    return network.outputs().stream()
        .mapToDouble(output -> GradientScale.of(sensitivity(output), adjoint(output)).factor())
        .average()
        .orElse(1);
  }

  private double dt() {
    return compiler.simulation().dt();
  }
}
