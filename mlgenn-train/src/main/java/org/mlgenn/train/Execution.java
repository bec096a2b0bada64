package org.mlgenn.train;

import org.genn.engine.model.NeuronGroup;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;
import org.mlgenn.compilers.CompiledNetwork;

/// A compiled network that runs, with the ways in and out of it. What trainers and evaluators
/// share.
final class Execution implements AutoCloseable {
  final CompiledNetwork compiled;
  final Simulation simulation;
  final InputSlots inputs;
  final AnswerSlots answers;
  final TargetSlots targets;
  final OptimiserSteps optimisers;

  private Execution(CompiledNetwork compiled, Simulation simulation) {
    this.compiled = compiled;
    this.simulation = simulation;
    inputs = new InputSlots(compiled, simulation);
    answers = new AnswerSlots(compiled, simulation);
    targets = new TargetSlots(compiled, simulation);
    optimisers = new OptimiserSteps(compiled, simulation);
  }

  static Execution open(CompiledNetwork compiled, RuntimeSettings settings) {
    Simulation simulation = Simulation.open(compiled.model(), recording(compiled, settings));
    try {
      return new Execution(compiled, simulation);
    } catch (Throwable failure) {
      simulation.close();
      throw failure;
    }
  }

  /// Where a population records its spikes, a trial of them is kept.
  private static RuntimeSettings recording(CompiledNetwork compiled, RuntimeSettings settings) {
    boolean records =
        compiled.model().neuronGroups().stream()
            .anyMatch(group -> isRecorded(group) && settings.recordingSteps() == 0);
    return records ? settings.recordingSteps(compiled.exampleTimesteps()) : settings;
  }

  private static boolean isRecorded(NeuronGroup group) {
    return group.recordsSpikes() || group.recordsSpikeEvents();
  }

  Provenance provenance(NetworkExamples data) {
    return new Provenance(
        compiled.toString(),
        compiled.network().identity(),
        simulation.seed(),
        simulation.backend(),
        simulation.threads(),
        simulation.slices(),
        compiled.batchSize(),
        data.sha256());
  }

  @Override
  public void close() {
    simulation.close();
  }
}
