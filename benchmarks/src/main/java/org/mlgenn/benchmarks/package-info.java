/// End-to-end timings, which `mlgenn bench` runs: `Benchmark` lists them. Those of host code, with
/// JMH, are in the package `jmh`.
@NullMarked
package org.mlgenn.benchmarks;

import org.jspecify.annotations.NullMarked;
