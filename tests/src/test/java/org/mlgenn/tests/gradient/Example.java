package org.mlgenn.tests.gradient;

/// What the network gets in one trial, and what it should answer.
///
/// @param spikes input spike times (ms), `(input neuron, spike)`, ascending
/// @param label the right output neuron
/// @param targets per output neuron the wanted readout (a voltage), or the wanted first spike time
///   (ms)
/// @param waves per output neuron the wanted voltage over time
public record Example(double[][] spikes, int label, double[] targets, Wave[] waves) {

  /// A smooth target: `offset + amplitude · sin(frequency · t + phase)`, t and 1/frequency in ms.
  public record Wave(double offset, double amplitude, double frequency, double phase) {
    public double at(double time) {
      return offset + amplitude * Math.sin(frequency * time + phase);
    }
  }
}
