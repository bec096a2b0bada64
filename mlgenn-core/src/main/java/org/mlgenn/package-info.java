/// Spiking networks as values: populations of neurons and the connections between them.
///
/// A `NetworkBuilder` (or a `SequentialBuilder` for chains of layers) collects them; its `build()`
/// infers shapes, reports everything that is wrong at once, and gives an immutable `Network`, which
/// a compiler turns into a model for the engine. Start with `NetworkBuilder`.
@NullMarked
package org.mlgenn;

import org.jspecify.annotations.NullMarked;
