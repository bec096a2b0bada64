/// Metrics: how good the answers of a network are, gathered batch by batch.
///
/// A `Metric` is a value; `start()` gives the `MetricSum` that gathers. Start with
/// `SparseCategoricalAccuracy`.
@NullMarked
package org.mlgenn.metrics;

import org.jspecify.annotations.NullMarked;
