package org.genn.engine.backend;

/// How fast kernels are, roughly: decides whether the work of a step is worth sharing out.
///
/// @param nanosPerNeuron update of one neuron of a simple model (ns)
/// @param nanosPerSynapse delivery of one spike through one synapse (ns)
public record Pace(double nanosPerNeuron, double nanosPerSynapse) {
  /// Where nothing is known.
  public static final Pace USUAL = new Pace(1, 1);
}
