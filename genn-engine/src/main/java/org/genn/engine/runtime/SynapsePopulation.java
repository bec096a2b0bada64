package org.genn.engine.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;

/// A population of synapses of a `GeNNModel`.
public final class SynapsePopulation {
  private final ModelState state;
  private final String name;
  private final Connectivity connectivity;
  private final NeuronPopulation source;
  private final NeuronPopulation target;
  private final WeightUpdate weightUpdate;
  private final Postsynapse postsynapse;
  private final ModelPart weightPart;
  private final ModelPart postsynapticPart;
  private final Map<String, ModelVariable> preVars;
  private final Map<String, ModelVariable> postVars;
  private String postTargetVar = "Isyn";
  private String preTargetVar = "Isyn";

  SynapsePopulation(
      ModelState state,
      String name,
      Connectivity connectivity,
      NeuronPopulation source,
      NeuronPopulation target,
      WeightUpdate weightUpdate,
      Postsynapse postsynapse) {
    this.state = state;
    this.name = name;
    this.connectivity = connectivity;
    this.source = source;
    this.target = target;
    this.weightUpdate = weightUpdate;
    this.postsynapse = postsynapse;
    weightPart =
        new ModelPart(
            state,
            VariableReference.Kind.SYNAPSE,
            name,
            weightUpdate.model().declarations(),
            weightUpdate.model().declarations().variables().stream()
                .map(variable -> VariableReference.synapse(name, variable.name()))
                .toList(),
            weightUpdate.bindings());
    preVars =
        variables(weightUpdate.model().pre().variables(), VariableReference.Kind.WEIGHT_UPDATE_PRE);
    postVars =
        variables(
            weightUpdate.model().post().variables(), VariableReference.Kind.WEIGHT_UPDATE_POST);
    postsynapticPart =
        new ModelPart(
            state,
            VariableReference.Kind.POSTSYNAPTIC,
            name,
            postsynapse.model().declarations(),
            postsynapse.model().declarations().variables().stream()
                .map(variable -> VariableReference.postsynaptic(name, variable.name()))
                .toList(),
            postsynapse.bindings());
  }

  private Map<String, ModelVariable> variables(
      List<Variable> declared, VariableReference.Kind kind) {
    var byName = new LinkedHashMap<String, ModelVariable>();
    for (Variable variable : declared) {
      var reference = new VariableReference(kind, name, variable.name());
      byName.put(variable.name(), new ModelVariable(state, reference));
    }
    return Collections.unmodifiableMap(byName);
  }

  public String name() {
    return name;
  }

  public NeuronPopulation source() {
    return source;
  }

  public NeuronPopulation target() {
    return target;
  }

  public Map<String, ModelVariable> vars() {
    return weightPart.variables();
  }

  /// Variables that the weight update keeps for each neuron of the source.
  public Map<String, ModelVariable> preVars() {
    return preVars;
  }

  /// Variables that the weight update keeps for each neuron of the target.
  public Map<String, ModelVariable> postVars() {
    return postVars;
  }

  public Map<String, ModelVariable> psmVars() {
    return postsynapticPart.variables();
  }

  public Map<String, ModelArray> extraGlobalParams() {
    return weightPart.arrays();
  }

  public Map<String, ModelArray> psmExtraGlobalParams() {
    return postsynapticPart.arrays();
  }

  /// The summed input.
  public ModelVariable outPost() {
    return new ModelVariable(state, VariableReference.synapticInput(name));
  }

  public String postTargetVar() {
    return postTargetVar;
  }

  /// Sets the input of the target that `injectCurrent` feeds.
  public void setPostTargetVar(String variable) {
    state.requireNotBuilt("change where its synapses lead");
    postTargetVar = variable;
  }

  public String preTargetVar() {
    return preTargetVar;
  }

  /// Sets the input of the source that `addToPre` feeds.
  public void setPreTargetVar(String variable) {
    state.requireNotBuilt("change where its synapses lead");
    preTargetVar = variable;
  }

  /// Asks for a location of a variable of the synapses; before `build`.
  public void setWuVarLocation(String variable, VarLocation location) {
    weightPart.setVariableLocation(variable, location);
  }

  public VarLocation wuVarLocation(String variable) {
    return weightPart.variableLocation(variable);
  }

  /// Asks for a location of a variable of the postsynaptic model; before `build`.
  public void setPsVarLocation(String variable, VarLocation location) {
    postsynapticPart.setVariableLocation(variable, location);
  }

  public VarLocation psVarLocation(String variable) {
    return postsynapticPart.variableLocation(variable);
  }

  public void setWuParamDynamic(String parameter) {
    weightPart.setParameterDynamic(parameter);
  }

  public void setPsParamDynamic(String parameter) {
    postsynapticPart.setParameterDynamic(parameter);
  }

  public void setWuDynamicParamValue(String parameter, double value) {
    weightPart.setDynamicParameterValue(parameter, value);
  }

  public void setPsDynamicParamValue(String parameter, double value) {
    postsynapticPart.setDynamicParameterValue(parameter, value);
  }

  /// Recorded spike-like events of the source, one entry per example.
  public List<RecordedSpikes> preSpikeEventRecordingData() {
    return recordedEvents(source, name);
  }

  /// Recorded spike-like events of the target, one entry per example.
  public List<RecordedSpikes> postSpikeEventRecordingData() {
    return recordedEvents(target, name + ".post");
  }

  private List<RecordedSpikes> recordedEvents(NeuronPopulation population, String recording) {
    Simulation simulation = state.simulation();
    if (!population.spikeEventRecordingEnabled()) {
      throw new IllegalStateException(
          ("spike-like events of population '%s' are not recorded; call"
                  + " setSpikeEventRecordingEnabled(true) of population '%s' before build()")
              .formatted(name, population.name()));
    }
    return IntStream.range(0, simulation.batchSize())
        .mapToObj(example -> simulation.recordedSpikes(recording, example))
        .toList();
  }

  SynapseGroup group() {
    var weights = weightUpdate.bindings(weightPart.bindings());
    var post =
        new Postsynapse(
            postsynapse.model(), postsynapticPart.bindings(), postsynapse.neuronVariables());
    return new SynapseGroup(
        name,
        connectivity,
        source.name(),
        target.name(),
        weights,
        post,
        postTargetVar,
        preTargetVar);
  }
}
