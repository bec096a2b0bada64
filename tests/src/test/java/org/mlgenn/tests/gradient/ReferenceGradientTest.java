package org.mlgenn.tests.gradient;

/// The reference algorithm against the exact gradients: shows that the published equations are
/// right, and that the oracle is.
class ReferenceGradientTest extends GradientContract {
  @Override
  GradientUnderTest underTest() {
    return new ReferenceStepper();
  }
}
