package org.mlgenn.benchmarks;

import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.Schedule;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.engine.runtime.Simulation;

/// The engine's side of benchmarks of synapses: spikes from outside through one matrix to neurons
/// that sum them up.
record Summation(Simulation simulation) implements Contest.Contestant {
  static final String SYNAPSES = "synapses";
  private static final String SOURCES = "sources";
  private static final String TARGETS = "targets";
  private static final String RUN = "run";

  static ModelSpec model(
      int sources, int targets, Connectivity connectivity, double decay, int batch, int timesteps) {
    NeuronModel sum =
        new NeuronModel("Sum").parameter("decay").variable("V").simCode("V = (decay * V) + Isyn;");
    return new ModelSpec("summation", 1, batch, 1)
        .neuronGroup(
            new NeuronGroup(SOURCES, sources, NeuronModel.externalSpikes("Spikes"), Bindings.NONE))
        .neuronGroup(
            new NeuronGroup(TARGETS, targets, sum, Bindings.NONE.parameter("decay", decay)))
        .synapseGroup(
            new SynapseGroup(
                SYNAPSES,
                connectivity,
                SOURCES,
                TARGETS,
                new WeightUpdate(
                    WeightUpdateModels.STATIC_PULSE,
                    Bindings.NONE.initialValue("g", VariableInits.uniform(-1, 1))),
                new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE)))
        .schedule(RUN, new Schedule(timesteps).beginTrial(false, false).run(Phase.FORWARD));
  }

  /// Spikes of one example, in each repetition the same.
  void give(int example, SparseProblem.Spikes spikes) {
    simulation.setSpikes(SOURCES, example, spikes.offsets(), spikes.ids());
  }

  float[] weights() {
    return simulation.variable(VariableReference.synapse(SYNAPSES, "g")).toArray();
  }

  @Override
  public void run() {
    simulation.runTrial(RUN);
  }

  @Override
  public long spikes() {
    return -1;
  }

  @Override
  public float[] state() {
    return simulation.variable(VariableReference.neuron(TARGETS, "V")).toArray();
  }
}
