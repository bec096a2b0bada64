package org.mlgenn.compilers.eventprop;

/// Pulls the mean number of spikes of each hidden neuron, over the examples of a batch, towards a
/// target.
///
/// At every replayed spike `λV` is reduced by `λ (C / B - ν) / B`, with the neuron's spikes `C` in
/// the `B` examples of the batch. A neuron that never spikes is not reached.
///
/// The strengths are on ml_genn's scale: `GradientScale` adapts them to gradients of the loss.
///
/// @param lambdaUpper strength `λ` for neurons that spike more than the target, not negative
/// @param lambdaLower strength `λ` for neurons that spike less, not negative
/// @param nuUpper target `ν` (spikes per example), not negative
/// @see <a href="https://doi.org/10.1088/2634-4386/ada852">Nowotny, Turner & Knight (2025), Loss
///   shaping enhances exact gradient learning with EventProp in spiking neural networks</a>
public record Regularisation(double lambdaUpper, double lambdaLower, double nuUpper) {
  /// None.
  public static final Regularisation NONE = new Regularisation(0, 0, 0);

  public Regularisation {
    check("lambdaUpper", lambdaUpper);
    check("lambdaLower", lambdaLower);
    check("nuUpper", nuUpper);
  }

  /// The same strength above and below the target.
  public Regularisation(double lambda, double nuUpper) {
    this(lambda, lambda, nuUpper);
  }

  private static void check(String name, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          "Regularisation: %s must not be negative, got %s".formatted(name, value));
    }
  }

  public Regularisation lambdaUpper(double lambdaUpper) {
    return new Regularisation(lambdaUpper, lambdaLower, nuUpper);
  }

  public Regularisation lambdaLower(double lambdaLower) {
    return new Regularisation(lambdaUpper, lambdaLower, nuUpper);
  }

  public Regularisation nuUpper(double nuUpper) {
    return new Regularisation(lambdaUpper, lambdaLower, nuUpper);
  }

  boolean isOn() {
    return lambdaUpper != 0 || lambdaLower != 0;
  }
}
