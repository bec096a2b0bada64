package org.mlgenn.tests.gradient;

import java.util.List;

/// A network, what it is shown, and the loss whose gradient is wanted: everything that a
/// [GradientUnderTest] needs.
///
/// The loss is the mean over the examples. A sum over time steps grows like `1/dt`; so that its
/// softmax does not saturate, the temperature and the targets of [Pair.ReadoutKind#SUM_VAR] grow
/// with it.
///
/// @param topology what the network is called
/// @param circuit the network
/// @param pair loss and readout
/// @param duration length T of a trial (ms), a multiple of every time step used
/// @param examples the batch
/// @param settings parameters of the losses
public record NetworkCase(
    String topology,
    Circuit circuit,
    Pair pair,
    double duration,
    List<Example> examples,
    Settings settings) {

  public NetworkCase {
    examples = List.copyOf(examples);
  }

  /// Parameters of the losses.
  ///
  /// @param temperature of the softmax
  /// @param ttfsAlpha strength of the crossentropy's early-spike term
  /// @param margin wanted distance of the other spikes from the label's (ms)
  public record Settings(double temperature, double ttfsAlpha, double margin) {}

  /// Number of time steps in a trial.
  public int timesteps(double dt) {
    return (int) Math.round(duration / dt);
  }

  /// The softmax temperature to use with the readouts of this time step.
  public double temperature(double dt) {
    return settings.temperature() * readoutScale(dt);
  }

  /// The wanted readouts (or first spike times (ms)) of an example with this time step.
  public double[] targets(Example example, double dt) {
    double[] targets = example.targets().clone();
    for (int neuron = 0; neuron < targets.length; neuron++) {
      targets[neuron] *= readoutScale(dt);
    }
    return targets;
  }

  /// The wanted voltages `(timestep, output neuron)`: step n integrates from `n dt` to `(n + 1)
  /// dt`, so its voltage is compared with the target at the later time.
  public double[][] targetsPerTimestep(Example example, double dt) {
    double[][] targets = new double[timesteps(dt)][example.waves().length];
    for (int step = 0; step < targets.length; step++) {
      for (int neuron = 0; neuron < targets[step].length; neuron++) {
        targets[step][neuron] = example.waves()[neuron].at((step + 1) * dt);
      }
    }
    return targets;
  }

  /// Input spike times `(input neuron, spike)` (ms) on a time grid whose origin lies `phase` later.
  public double[][] shiftedSpikes(Example example, double phase) {
    double[][] shifted = new double[example.spikes().length][];
    for (int neuron = 0; neuron < shifted.length; neuron++) {
      shifted[neuron] = example.spikes()[neuron].clone();
      for (int spike = 0; spike < shifted[neuron].length; spike++) {
        shifted[neuron][spike] -= phase;
      }
    }
    return shifted;
  }

  public boolean dependsOnTimestep() {
    return pair.readout() == Pair.ReadoutKind.SUM_VAR && !pair.perTimestep();
  }

  private double readoutScale(double dt) {
    return dependsOnTimestep() ? duration / dt : 1.0;
  }

  @Override
  public String toString() {
    return pair + ", " + topology;
  }
}
