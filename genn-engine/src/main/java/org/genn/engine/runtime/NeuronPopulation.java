package org.genn.engine.runtime;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.VariableReference;

/// A population of neurons of a `GeNNModel`.
public final class NeuronPopulation {
  private final ModelState state;
  private final String name;
  private final int numNeurons;
  private final NeuronModel model;
  private final ModelPart part;
  private boolean recordsSpikes;
  private boolean recordsSpikeEvents;

  NeuronPopulation(
      ModelState state, String name, int numNeurons, NeuronModel model, Bindings bindings) {
    this.state = state;
    this.name = name;
    this.numNeurons = numNeurons;
    this.model = model;
    part =
        new ModelPart(
            state,
            VariableReference.Kind.NEURON,
            name,
            model.declarations(),
            model.declarations().variables().stream()
                .map(variable -> VariableReference.neuron(name, variable.name()))
                .toList(),
            bindings);
  }

  public String name() {
    return name;
  }

  public int numNeurons() {
    return numNeurons;
  }

  public NeuronModel model() {
    return model;
  }

  public Map<String, Double> params() {
    return part.parameters();
  }

  public Map<String, ModelVariable> vars() {
    return part.variables();
  }

  public Map<String, ModelArray> extraGlobalParams() {
    return part.arrays();
  }

  public boolean spikeRecordingEnabled() {
    return recordsSpikes;
  }

  public void setSpikeRecordingEnabled(boolean isEnabled) {
    state.requireNotBuilt("change what it records");
    recordsSpikes = isEnabled;
  }

  public boolean spikeEventRecordingEnabled() {
    return recordsSpikeEvents;
  }

  public void setSpikeEventRecordingEnabled(boolean isEnabled) {
    state.requireNotBuilt("change what it records");
    recordsSpikeEvents = isEnabled;
  }

  /// Recorded spikes, one entry per example.
  ///
  /// @throws IllegalStateException before as many steps have run as recordings hold
  public List<RecordedSpikes> spikeRecordingData() {
    Simulation simulation = state.simulation();
    if (!recordsSpikes) {
      throw new IllegalStateException(
          "spike recording of population '%s' is not enabled; call setSpikeRecordingEnabled(true) before build()"
              .formatted(name));
    }
    return IntStream.range(0, simulation.batchSize())
        .mapToObj(example -> simulation.recordedSpikes(name, example))
        .toList();
  }

  /// Spikes of the last step.
  public SpikeView currentSpikes() {
    return state.simulation().spikes(name);
  }

  /// Lets a parameter be changed at run time; before `build`.
  public void setParamDynamic(String parameter) {
    part.setParameterDynamic(parameter);
  }

  public void setDynamicParamValue(String parameter, double value) {
    part.setDynamicParameterValue(parameter, value);
  }

  NeuronGroup group() {
    return new NeuronGroup(
        name, numNeurons, model, part.bindings(), recordsSpikes, recordsSpikeEvents);
  }
}
