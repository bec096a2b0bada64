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
