package org.genn.engine.model;

/// Synapses from the neurons of `source` to those of `target`.
///
/// @param postTargetVariable input variable of the target that `injectCurrent` adds to
/// @param preTargetVariable input variable of the source that `addToPre` adds to
public record SynapseGroup(
    String name,
    Connectivity connectivity,
    String source,
    String target,
    WeightUpdate weightUpdate,
    Postsynapse postsynapse,
    String postTargetVariable,
    String preTargetVariable) {

  public SynapseGroup(
      String name,
      Connectivity connectivity,
      String source,
      String target,
      WeightUpdate weightUpdate,
      Postsynapse postsynapse) {
    this(name, connectivity, source, target, weightUpdate, postsynapse, "Isyn", "Isyn");
  }

  public SynapseGroup postTargetVariable(String variable) {
    return new SynapseGroup(
        name, connectivity, source, target, weightUpdate, postsynapse, variable, preTargetVariable);
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
        variable);
  }
}
