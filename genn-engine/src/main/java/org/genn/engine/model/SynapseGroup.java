package org.genn.engine.model;

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
