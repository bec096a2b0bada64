package org.genn.engine.model;

import java.util.LinkedHashMap;
import java.util.Map;

/// Synapses from the neurons of `source` to those of `target`.
///
/// @param postTargetVariable input variable of the target that `injectCurrent` adds to
/// @param preTargetVariable input variable of the source that `addToPre` adds to
/// @param delays in timesteps
public record SynapseGroup(
    String name,
    Connectivity connectivity,
    String source,
    String target,
    WeightUpdate weightUpdate,
    Postsynapse postsynapse,
    String postTargetVariable,
    String preTargetVariable,
    SynapseDelays delays) {

  public SynapseGroup {
    Given.to(
        "synapse group",
        name,
        "connectivity",
        connectivity,
        "source",
        source,
        "target",
        target,
        "weight update",
        weightUpdate,
        "postsynapse",
        postsynapse,
        "input variable of the target",
        postTargetVariable,
        "input variable of the source",
        preTargetVariable,
        "delays",
        delays);
  }

  public SynapseGroup(
      String name,
      Connectivity connectivity,
      String source,
      String target,
      WeightUpdate weightUpdate,
      Postsynapse postsynapse) {
    this(name, connectivity, source, target, weightUpdate, postsynapse, "Isyn", "Isyn");
  }

  public SynapseGroup(
      String name,
      Connectivity connectivity,
      String source,
      String target,
      WeightUpdate weightUpdate,
      Postsynapse postsynapse,
      String postTargetVariable,
      String preTargetVariable) {
    this(
        name,
        connectivity,
        source,
        target,
        weightUpdate,
        postsynapse,
        postTargetVariable,
        preTargetVariable,
        SynapseDelays.NONE);
  }

  /// A group that uses the synapses of another: its connections, the values of its variables and
  /// its weight update model (GeNN 4 calls them master and slave).
  ///
  /// What the model of `owner` reads of its neurons and its postsynaptic model is read of those of
  /// this group.
  public static SynapseGroup sharing(
      String name, SynapseGroup owner, String source, String target, Postsynapse postsynapse) {
    Given.to("synapse group", name, "group whose synapses it shares", owner);
    WeightUpdate update = owner.weightUpdate();
    return new SynapseGroup(
        name,
        new Connectivity.Shared(owner.name()),
        source,
        target,
        new WeightUpdate(
            update.model(),
            update.bindings(),
            moved(update.preNeuronVariables(), source),
            moved(update.postNeuronVariables(), target),
            moved(update.postsynapticVariables(), name)),
        postsynapse);
  }

  private static Map<String, VariableReference> moved(
      Map<String, VariableReference> references, String group) {
    var moved = new LinkedHashMap<String, VariableReference>();
    references.forEach(
        (name, reference) ->
            moved.put(name, new VariableReference(reference.kind(), group, reference.variable())));
    return moved;
  }

  public SynapseGroup delays(SynapseDelays delays) {
    return new SynapseGroup(
        name,
        connectivity,
        source,
        target,
        weightUpdate,
        postsynapse,
        postTargetVariable,
        preTargetVariable,
        delays);
  }

  /// Timesteps from a spike of the source to its synapses, besides the one that there always is.
  public SynapseGroup axonalDelay(int timesteps) {
    return delays(new SynapseDelays(timesteps, delays.backPropagation(), delays.maxDendritic()));
  }

  /// Timesteps from a spike of the target to its synapses, besides the one that there always is.
  public SynapseGroup backPropagationDelay(int timesteps) {
    return delays(new SynapseDelays(delays.axonal(), timesteps, delays.maxDendritic()));
  }

  /// Length of the ring that `addToPostDelay` adds to.
  public SynapseGroup maxDendriticDelay(int timesteps) {
    return delays(
        new SynapseDelays(
            delays.axonal(), delays.backPropagation(), java.util.OptionalInt.of(timesteps)));
  }

  public SynapseGroup postTargetVariable(String variable) {
    return new SynapseGroup(
        name,
        connectivity,
        source,
        target,
        weightUpdate,
        postsynapse,
        variable,
        preTargetVariable,
        delays);
  }

  public SynapseGroup preTargetVariable(String variable) {
    return new SynapseGroup(
        name,
        connectivity,
        source,
        target,
        weightUpdate,
        postsynapse,
        postTargetVariable,
        variable,
        delays);
  }
}
