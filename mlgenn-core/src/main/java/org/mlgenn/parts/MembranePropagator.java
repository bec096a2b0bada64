package org.mlgenn.parts;

/// Exact propagator over one timestep of a membrane that an exponential synapse drives: `tauMem ·
/// V' = -V + I`, `tauSyn · I' = -I`.
///
/// The backward pass needs no derivation of its own: with `μ = (tauMem · λV, tauSyn · λI)` its step
/// is the transpose of this one.
///
/// @param alpha decay of `V` over a timestep, `exp(-dt / tauMem)`
/// @param beta decay of `I` over a timestep, `exp(-dt / tauSyn)`
/// @param currentToVoltage share of `I(t)` that has reached `V(t + dt)`
/// @param timeConstantRatio `tauMem / tauSyn`, rescales the transpose from `μ` to `λ`
/// @see <a href="https://doi.org/10.1038/s41598-021-91786-z">Wunderlich & Pehle (2021), Event-based
///   backpropagation can compute exact gradients for spiking neural networks</a>
public record MembranePropagator(
    double alpha, double beta, double currentToVoltage, double timeConstantRatio) {

  /// @param tauMem membrane time constant (ms)
  /// @param tauSyn synaptic time constant (ms); may equal `tauMem`
  /// @param dt duration of a timestep (ms)
  public static MembranePropagator of(double tauMem, double tauSyn, double dt) {
    double alpha = Math.exp(-dt / tauMem);
    double beta = Math.exp(-dt / tauSyn);
    // x = 0 is the limit of equal time constants, where the usual closed form divides by zero.
    double x = dt / tauMem - dt / tauSyn;
    double growth = x == 0 ? 1 : Math.expm1(x) / x;
    return new MembranePropagator(alpha, beta, alpha * growth * dt / tauMem, tauMem / tauSyn);
  }

  /// Weight of `λV` in the step of `λI`, the transposed forward coupling: `tauMem (α - β) / (tauMem
  /// - tauSyn)`.
  public double adjointCoupling() {
    return currentToVoltage * timeConstantRatio;
  }
}
