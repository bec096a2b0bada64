package org.genn.engine.kernel;

/// One thing that the runtime does in a plan.
public sealed interface Launch {

  /// Runs a kernel over all units of its domain: over the active examples, slice by slice, for
  /// `EXAMPLES`.
  ///
  /// @param timer what the time is booked on
  record Run(int kernel, int first, int steps, Timer timer) implements Launch {}

  /// Exchanges two arrays: what was recorded becomes what is replayed.
  record Swap(int first, int second) implements Launch {}

  /// Sets the step at which the trial starts: 0, or the present one.
  record BeginTrial(boolean resetsTime) implements Launch {}

  /// What the time of a kernel is booked on.
  sealed interface Timer {
    /// Steps of a run.
    record Steps(String phases) implements Timer {}

    /// A custom update group.
    record CustomUpdate(String group) implements Timer {}

    /// Connections and initial values.
    record Initialise() implements Timer {}

    /// Start of a trial.
    record TrialStart() implements Timer {}
  }
}
