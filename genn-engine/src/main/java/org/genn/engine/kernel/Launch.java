package org.genn.engine.kernel;

import java.util.List;

/// One thing that the runtime does in a plan.
public sealed interface Launch {

  /// Runs a kernel over all units of its domain: over the active examples, slice by slice, for
  /// `EXAMPLES`.
  ///
  /// @param timer what the time is booked on
  record Run(int kernel, int first, int steps, Timer timer) implements Launch {}

  /// Runs steps in stages, which all parts go through together.
  record Staged(List<Stage> stages, int first, int steps, Timer timer) implements Launch {
    public Staged {
      stages = List.copyOf(stages);
    }
  }

  /// A stage of a step: a kernel that runs alone, then one that runs for all parts at the same
  /// time.
  ///
  /// @param alone its number, or -1
  /// @param parts its number, or -1
  record Stage(int alone, int parts) {}

  /// Exchanges two arrays: what was recorded becomes what is replayed.
  record Swap(int first, int second) implements Launch {}

  /// Sets the step at which the trial starts: 0, or the present one.
  record BeginTrial(boolean resetsTime) implements Launch {}

  /// Follows each launch of a custom connectivity update: brings what is kept beside the rows up to
  /// date where they have changed, and tells what went wrong.
  ///
  /// @param update its name
  /// @param synapses group that it changes
  /// @param launches array whose only element is increased by 1
  /// @param outcome array of one row: per source a sum of `ConnectivityOutcome` bits, or -1 where
  ///   connections never change
  /// @param rooms arrays of ragged rows that kernels work in: each call makes one of them as long
  ///   as the longest row of synapses may be, and one element longer
  /// @param group of the update
  record Connectivity(
      String update, String synapses, int launches, int outcome, List<Integer> rooms, String group)
      implements Launch {
    public Connectivity {
      rooms = List.copyOf(rooms);
    }
  }

  /// What a step consists of, in order.
  enum Part {
    SYNAPSE_DYNAMICS,
    PRESYNAPTIC,
    POSTSYNAPTIC,
    NEURONS
  }

  /// What the time of a kernel is booked on.
  sealed interface Timer {
    /// Steps of a run.
    record Steps(String phases) implements Timer {}

    /// Part of a step, in models that are timed part by part. The last part of a step is booked on
    /// `Steps`.
    record StepPart(Part part) implements Timer {}

    /// A custom update group.
    record CustomUpdate(String group) implements Timer {}

    /// Custom updates of a group that also write a matrix transposed.
    record CustomUpdateTranspose(String group) implements Timer {}

    /// Host code of the custom connectivity updates of a group.
    record CustomUpdateHost(String group) implements Timer {}

    /// What the runtime does after the custom connectivity updates of a group.
    record CustomUpdateRemap(String group) implements Timer {}

    /// Connections and initial values.
    record Initialise() implements Timer {}

    /// Start of a trial.
    record TrialStart() implements Timer {}
  }
}
