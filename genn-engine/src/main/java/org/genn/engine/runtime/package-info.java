/// Running models: the only stage that has state.
///
/// `Simulation` lowers, builds, opens and initialises a `ModelSpec` and runs its trials or steps;
/// views give access to its variables, spikes and parameters. `GeNNModel` is the mutable facade
/// with the method names of PyGeNN.
@NullMarked
package org.genn.engine.runtime;

import org.jspecify.annotations.NullMarked;
