/// Values of parameters, states and weights: one number for all, an array, or random numbers.
///
/// Everything here is a `Value`; read that type first.
@NullMarked
package org.mlgenn.initializers;

import org.jspecify.annotations.NullMarked;
