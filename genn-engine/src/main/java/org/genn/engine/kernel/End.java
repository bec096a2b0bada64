package org.genn.engine.kernel;

import java.util.List;
import java.util.Map;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;

/// The two ends of a synapse group.
enum End {
  PRE,
  POST;

  /// The neuron group at this end.
  String neurons(SynapseGroup group) {
    return this == PRE ? group.source() : group.target();
  }

  /// What the weight update keeps here.
  NeuronEnd part(SynapseGroup group) {
    var model = group.weightUpdate().model();
    return this == PRE ? model.pre() : model.post();
  }

  /// Variables of the neurons that the weight update names.
  List<VariableDeclaration> neuronVariables(SynapseGroup group) {
    var model = group.weightUpdate().model();
    return this == PRE ? model.preNeuronVariables() : model.postNeuronVariables();
  }

  /// What such a name stands for.
  VariableReference neuronVariable(SynapseGroup group, String name) {
    Map<String, VariableReference> bound =
        this == PRE
            ? group.weightUpdate().preNeuronVariables()
            : group.weightUpdate().postNeuronVariables();
    return bound.getOrDefault(name, VariableReference.neuron(neurons(group), name));
  }

  /// A variable that the weight update keeps here.
  VariableReference variable(SynapseGroup group, String name) {
    return this == PRE
        ? VariableReference.weightUpdatePre(group.name(), name)
        : VariableReference.weightUpdatePost(group.name(), name);
  }

  /// Steps from what happens here to its effect at the synapses, besides the one that there always
  /// is.
  int delay(SynapseGroup group) {
    return this == PRE ? group.delays().axonal() : group.delays().backPropagation();
  }

  /// Everything here that synapse code may name, by its name in the code.
  Map<String, VariableReference> names(SynapseGroup group) {
    var names = new java.util.LinkedHashMap<String, VariableReference>();
    for (VariableDeclaration declared : neuronVariables(group)) {
      names.put(declared.name(), neuronVariable(group, declared.name()));
    }
    part(group).variables().forEach(v -> names.put(v.name(), variable(group, v.name())));
    if (this == POST) {
      for (VariableDeclaration declared : group.weightUpdate().model().postsynapticVariables()) {
        names.put(
            declared.name(),
            group
                .weightUpdate()
                .postsynapticVariables()
                .getOrDefault(
                    declared.name(),
                    VariableReference.postsynaptic(group.name(), declared.name())));
      }
    }
    names.put(named("st"), VariableReference.spikeTime(neurons(group)));
    names.put(named("prev_st"), VariableReference.previousSpikeTime(neurons(group)));
    names.put(named("set"), eventTime(group));
    names.put(named("prev_set"), previousEventTime(group));
    return names;
  }

  /// When the neurons here have met the group's event condition last.
  VariableReference eventTime(SynapseGroup group) {
    return this == PRE
        ? VariableReference.preEventTime(group.name())
        : VariableReference.postEventTime(group.name());
  }

  /// The same as it was a step ago.
  VariableReference previousEventTime(SynapseGroup group) {
    return this == PRE
        ? VariableReference.previousPreEventTime(group.name())
        : VariableReference.previousPostEventTime(group.name());
  }

  /// `st_pre` for `st`.
  String named(String time) {
    return time + (this == PRE ? "_pre" : "_post");
  }

  ModelCode.EndCode code(ModelCode.SynapseCode code) {
    return this == PRE ? code.pre() : code.post();
  }
}
