package org.mlgenn.train;

/// How good the answers of one output population were.
///
/// @param output the population
/// @param metric its name, e.g. `accuracy`
public record MetricResult(String output, String metric, double value) {}
