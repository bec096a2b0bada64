package org.genn.engine.runtime;

/// Seconds that the custom updates of a group took.
///
/// @param update kernels of updates that transpose nothing, and row code of connectivity updates
/// @param transpose kernels of updates that also write a matrix transposed
/// @param remap what the runtime does after connectivity updates
/// @param host host code of connectivity updates
public record CustomUpdateTimes(double update, double transpose, double remap, double host) {

  CustomUpdateTimes plus(CustomUpdateTimes other) {
    return new CustomUpdateTimes(
        update + other.update, transpose + other.transpose, remap + other.remap, host + other.host);
  }
}
