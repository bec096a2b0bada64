/// The gradient oracle: small spiking networks solved exactly, and their losses differentiated
/// numerically.
///
/// Nothing here uses the engine or the library, so that what they compute can be checked against
/// it. [ContinuousNetwork] solves a [Circuit] in continuous time, [ContinuousLoss] evaluates its
/// loss, [GradientOracle] differentiates that by central differences, and [GradientCheck] measures
/// how fast a [GradientUnderTest] converges to the result as the time step shrinks.
/// [ReferenceStepper] is the library's algorithm written down once more, plainly, in double
/// precision. Start with [NetworkCase].
package org.mlgenn.tests.gradient;
