package org.mlgenn.tests.gradient;

/// Something that computes the gradient of a network's loss on a time grid.
///
/// Calls for one network come together, and among them those with one time step, so that an
/// implementation may keep what it built for the last call.
@FunctionalInterface
public interface GradientUnderTest {
  /// The gradient of the mean loss over the case's examples.
  ///
  /// @param network the network, its batch and its loss
  /// @param dt time step (ms)
  /// @param phase by how much the grid's origin is shifted (ms), in `[0, dt)`: use
  ///   [NetworkCase#shiftedSpikes], which lets every input spike come so much earlier
  /// @return `dL/dw`, `(projection, source, target)`
  double[][][] gradients(NetworkCase network, double dt, double phase);
}
