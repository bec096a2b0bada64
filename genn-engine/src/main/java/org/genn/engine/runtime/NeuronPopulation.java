package org.genn.engine.runtime;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Given;
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
  private boolean recordsZeroCopy;
  private final Locations locations;

  NeuronPopulation(
      ModelState state, String name, int numNeurons, NeuronModel model, Bindings bindings) {
    this.state = state;
    locations = new Locations(state, "population '" + name + "'", state.usualLocation());
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

  /// What it is part of.
  ModelState state() {
    return state;
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

  /// When each neuron has spiked last (ms); the lowest number of the type before its first spike.
  /// Kept only where some code or update of the model uses it.
  public ModelVariable spikeTimes() {
    return new ModelVariable(state, VariableReference.spikeTime(name));
  }

  /// The same as it was a step ago: until the step after a spike, the time of the spike before.
  public ModelVariable prevSpikeTimes() {
    return new ModelVariable(state, VariableReference.previousSpikeTime(name));
  }

  /// Asks for a location of what the engine keeps about spikes; before `build`.
  public void setLocation(SpikeState what, VarLocation location) {
    Given.all("population '" + name + "'", "kind of spike state", what);
    locations.set("kind of spike state", what.name(), SpikeState.names(), location);
  }

  public VarLocation location(SpikeState what) {
    Given.all("population '" + name + "'", "kind of spike state", what);
    return locations.get("kind of spike state", what.name(), SpikeState.names());
  }

  public boolean recordingZeroCopyEnabled() {
    return recordsZeroCopy;
  }

  /// Asks for recordings in host memory that the device writes directly.
  public void setRecordingZeroCopyEnabled(boolean isEnabled) {
    state.requireNotBuilt("change how it records");
    recordsZeroCopy = isEnabled;
  }

  /// Spikes of the last step.
  public SpikeView currentSpikes() {
    return state.simulation().spikes(name);
  }

  /// Asks for a location of a variable; before `build`.
  public void setVarLocation(String variable, VarLocation location) {
    part.setVariableLocation(variable, location);
  }

  public VarLocation varLocation(String variable) {
    return part.variableLocation(variable);
  }

  public void setExtraGlobalParamLocation(String parameter, VarLocation location) {
    part.setArrayLocation(parameter, location);
  }

  public VarLocation extraGlobalParamLocation(String parameter) {
    return part.arrayLocation(parameter);
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
