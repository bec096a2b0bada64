/// What a model is: neuron groups, synapse groups, custom updates, and the schedule of a trial, as
/// immutable values.
///
/// Read `ModelSpec` first, then `NeuronModel` and `Schedule`. Nothing here runs; lowering turns a
/// `ModelSpec` and its schedules into a program of kernels.
@NullMarked
package org.genn.engine.model;

import org.jspecify.annotations.NullMarked;
