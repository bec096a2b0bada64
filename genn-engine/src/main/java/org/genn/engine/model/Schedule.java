package org.genn.engine.model;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What happens in one trial, in order.
///
/// A trial has `timesteps` steps. Code of the forward phase meets them from first to last, code of
/// the backward phase from last to first; a run of both phases does step `s` forward beside step
/// `timesteps - 1 - s` backward, which replays the trial before (overlapped training).
public record Schedule(int timesteps, List<Item> items) {

  /// One thing that is done.
  public sealed interface Item {}

  /// Start of a trial.
  ///
  /// @param clearsSpikes whether spikes of the last step of the trial before are dropped; otherwise
  ///   they arrive in the first step of this one
  /// @param resetsTime whether step 0 of this trial is at `t = 0`; otherwise time runs on
  public record BeginTrial(boolean clearsSpikes, boolean resetsTime) implements Item {}

  /// Steps `first`, …, `first + steps - 1` of the phases.
  ///
  /// @param updates groups of custom updates launched after each step; they may reduce over the
  ///   neurons of an example, never over the batch
  public record Run(Set<Phase> phases, int first, int steps, List<String> updates) implements Item {
    public Run {
      Given.all("Schedule", "set of phases", phases, "list of updates", updates);
      phases = java.util.Collections.unmodifiableSet(EnumSet.copyOf(phases));
      updates = List.copyOf(updates);
      if (first < 0 || steps < 0) {
        throw new IllegalArgumentException(
            "Schedule: a run needs steps from 0 on, got first " + first + ", steps " + steps);
      }
    }
  }

  /// Launch of a group of custom updates.
  public record Update(String group) implements Item {
    public Update {
      Given.all("Schedule", "name of a group of updates", group);
    }
  }

  /// So that positions in what is taped in a trial are `int`s.
  private static final int MOST_TIMESTEPS = 1 << 30;

  public Schedule {
    Given.all("Schedule", "list of items", items);
    items = List.copyOf(items);
    if (timesteps < 1) {
      throw new IllegalArgumentException(
          "Schedule: a trial needs at least one timestep, got " + timesteps);
    }
    if (timesteps > MOST_TIMESTEPS) {
      throw new IllegalArgumentException(
          "Schedule: a trial can have %d timesteps at most, got %d"
              .formatted(MOST_TIMESTEPS, timesteps));
    }
    for (Item item : items) {
      if (item instanceof Run run && (long) run.first() + run.steps() > timesteps) {
        throw new IllegalArgumentException(
            "Schedule: run of steps %d to %d in a trial of %d steps"
                .formatted(run.first(), run.first() + run.steps() - 1, timesteps));
      }
    }
  }

  public Schedule(int timesteps) {
    this(timesteps, List.of());
  }

  public Schedule beginTrial(boolean clearsSpikes, boolean resetsTime) {
    return plus(new BeginTrial(clearsSpikes, resetsTime));
  }

  /// All steps of the phases.
  public Schedule run(Phase... phases) {
    Given.all("Schedule", "array of phases", phases);
    for (Phase phase : phases) {
      Given.all("Schedule", "phase", phase);
    }
    return plus(new Run(Set.of(phases), 0, timesteps, List.of()));
  }

  public Schedule run(Run run) {
    Given.all("Schedule", "run", run);
    return plus(run);
  }

  public Schedule update(String group) {
    return plus(new Update(group));
  }

  public Schedule plus(Item item) {
    Given.all("Schedule", "item", item);
    var extended = new ArrayList<>(items);
    extended.add(item);
    return new Schedule(timesteps, extended);
  }

  /// Whether the trial before is replayed while this one runs forward.
  public boolean isOverlapped() {
    return items.stream().anyMatch(item -> item instanceof Run run && run.phases().size() > 1);
  }

  public boolean hasPhase(Phase phase) {
    Given.all("Schedule", "phase", phase);
    return items.stream().anyMatch(item -> item instanceof Run run && run.phases().contains(phase));
  }

  /// One line per item.
  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    for (Item item : items) {
      lines.add(
          switch (item) {
            case BeginTrial(boolean clears, boolean resets) ->
                "begin trial"
                    + (clears ? "" : ", spikes in flight arrive")
                    + (resets ? "" : ", time runs on");
            case Run run -> describe(run);
            case Update(String group) -> "update " + group;
          });
    }
    return String.join("\n", lines);
  }

  private static String describe(Run run) {
    var phases = new ArrayList<String>();
    for (Phase phase : run.phases()) {
      phases.add(phase == Phase.BACKWARD ? "BACKWARD reversed" : phase.name());
    }
    String first = run.first() == 0 ? "" : " from step " + run.first();
    String updates =
        run.updates().isEmpty() ? "" : ", after each step " + String.join(", ", run.updates());
    return "run %s, %d steps%s%s"
        .formatted(String.join(" + ", phases), run.steps(), first, updates);
  }
}
