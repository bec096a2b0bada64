package org.genn.engine.model;

import java.util.List;

/// Checks the schedules of a model.
final class ScheduleCheck {
  private final Problems problems;
  private final ModelSpec spec;
  private final CustomUpdateCheck updates;

  ScheduleCheck(Problems problems, ModelSpec spec, CustomUpdateCheck updates) {
    this.problems = problems;
    this.spec = spec;
    this.updates = updates;
  }

  void check() {
    spec.schedules().forEach(this::check);
    boolean isOverlapped = spec.schedules().values().stream().anyMatch(Schedule::isOverlapped);
    boolean replaysItself =
        spec.schedules().values().stream()
            .flatMap(schedule -> schedule.items().stream())
            .anyMatch(this::isReplay);
    problems.addIf(
        isOverlapped && replaysItself,
        "the schedules replay the trial before (FORWARD + BACKWARD) and the same trial (BACKWARD);"
            + " a model can do one only");
  }

  private boolean isReplay(Schedule.Item item) {
    return item instanceof Schedule.Run run
        && run.phases().equals(java.util.Set.of(Phase.BACKWARD));
  }

  private void check(String name, Schedule schedule) {
    String where = "schedule '" + name + "'";
    for (Schedule.Item item : schedule.items()) {
      switch (item) {
        case Schedule.BeginTrial _ -> {}
        case Schedule.Update(String group) -> checkKnown(where, group);
        case Schedule.Run run -> run.updates().forEach(group -> checkInRun(where, group));
      }
    }
  }

  private boolean checkKnown(String where, String group) {
    List<String> groups = spec.updateGroups();
    if (!groups.contains(group)) {
      problems.addUnknown(where + ": unknown custom update group", group, groups);
      return false;
    }
    return true;
  }

  private void checkInRun(String where, String group) {
    if (!checkKnown(where, group)) {
      return;
    }
    for (CustomConnectivityUpdate update : spec.customConnectivityUpdates()) {
      problems.addIf(
          update.group().equals(group),
          "%s: custom connectivity update '%s' changes synapses of '%s', which the examples share,"
              + " inside of a run; launch it between runs",
          where,
          update.name(),
          update.synapseGroup());
    }
    for (CustomUpdate update : spec.customUpdates()) {
      if (update.group().equals(group)) {
        List<String> shared = updates.sharedWrites(update);
        problems.addIf(
            !shared.isEmpty(),
            "%s: custom update '%s' changes %s, which the examples share, inside of a run; launch"
                + " it between runs",
            where,
            update.name(),
            shared);
      }
    }
  }
}
