package org.genn.engine.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.Launch;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.SpikeList;
import org.genn.engine.model.Schedule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the plans of a model that is open, and keeps its time.
final class Execution {
  // elements of the row LoweredModel.trial
  private static final int TRIAL_START = 0;
  private static final int ACTIVE_EXAMPLES = 1;
  private static final int SEED = 2;
  private static final int PRESENT_STEP = 3;
  private static final int RECORDED_STEPS = 4;

  private final Opened opened;
  private final LoweredModel model;
  private final Memory memory;
  private final String owner;
  private final TimeBook book;
  private final Workers workers;
  private final Map<String, Plan> plans = new HashMap<>();
  private final Map<String, Plan> cutPlans = new HashMap<>();
  private final Map<String, Plan> updates = new HashMap<>();
  private final Turn turn;
  private final Plan initialValues;
  private final Plan step;
  private final int[] overflows;
  private int activeExamples;
  private long timestep;
  private long trialStart;
  private int trialTimesteps;
  private Plan lastTrial;
  private long connectivityVersion;
  private boolean dividedByZero;

  /// @param owner how messages call the model
  Execution(Opened opened, String owner, TimeBook book, Workers workers) {
    this.opened = opened;
    this.owner = owner;
    this.book = book;
    this.workers = workers;
    turn = new Turn(owner);
    model = opened.lowered();
    memory = opened.instance().memory();
    activeExamples = model.spec().batchSize();
    step = plan(model.step());
    lastTrial = step;
    for (var entry : model.plans().entrySet()) {
      plans.put(entry.getKey(), plan(entry.getValue()));
    }
    for (var entry : model.updates().entrySet()) {
      updates.put(entry.getKey(), plan(entry.getValue()));
    }
    initialValues = plan(model.initialise());
    overflows =
        model.spikes().values().stream()
            .mapToInt(SpikeList::overflow)
            .filter(array -> array >= 0)
            .toArray();
  }

  private Plan plan(List<Launch> launches) {
    return Plan.of(opened, launches, book, workers.threads());
  }

  // ---- the beginning

  /// Goes back to time 0, before any values are set.
  void restart() {
    timestep = 0;
    trialStart = 0;
    trialTimesteps = 0;
    lastTrial = step;
    dividedByZero = false;
    memory.setLong(model.trial(), 0, ACTIVE_EXAMPLES, activeExamples);
    memory.setLong(model.trial(), 0, SEED, model.spec().seed());
    memory.setLong(model.trial(), 0, RECORDED_STEPS, model.recordingSteps());
  }

  /// Runs the kernels that compute initial values.
  void setInitialValues() {
    run(initialValues);
  }

  /// Who runs the model.
  Turn turn() {
    return turn;
  }

  ConnectivitySetup connectivitySetup() {
    return new ConnectivitySetup(model, opened.instance(), workers, model.spec().seed());
  }

  // ---- runs

  /// Runs a trial.
  void runTrial(String schedule) {
    Plan plan = trial(schedule);
    try (var _ = turn.take()) {
      beginTrial(schedule);
      run(plan);
      lastTrial = plan;
    }
  }

  /// Runs a trial step by step.
  void runTrial(String schedule, StepObserver observer) {
    Plan whole = trial(schedule);
    try (var _ = turn.take()) {
      beginTrial(schedule);
      Plan cut =
          cutPlans.computeIfAbsent(
              schedule, name -> Plan.cut(opened, model.plans().get(name), book, workers.threads()));
      for (Plan.Part part : cut.parts()) {
        if (part instanceof Plan.Observed observed) {
          run(observed, observer);
        } else {
          run(part);
        }
      }
      lastTrial = whole;
      reportDivisionByZero();
    }
  }

  private Plan trial(String schedule) {
    Plan plan = plans.get(schedule);
    if (plan == null) {
      throw new IllegalArgumentException(
          Lookup.missing(owner, "schedule", schedule, plans.keySet()));
    }
    return plan;
  }

  private void beginTrial(String schedule) {
    Schedule trial = model.spec().schedules().get(schedule);
    trialTimesteps = trial == null ? 0 : trial.timesteps();
    lastTrial = step;
    for (int array : overflows) {
      memory.clear(array);
    }
  }

  /// Runs one step of a model without schedules.
  void stepTime() {
    if (model.step().isEmpty()) {
      throw new IllegalStateException(
          "%s has schedules %s; it is run by runTrial, not step by step"
              .formatted(owner, model.plans().keySet()));
    }
    try (var _ = turn.take()) {
      trialTimesteps = 1;
      run(step);
    }
  }

  /// Runs steps of a model without schedules; faster than one by one where threads share the work
  /// of a step.
  void stepTime(int steps) {
    try (var _ = turn.take()) {
      if (steps > 1
          && step.parts().getLast() instanceof Plan.Compute(StagedRegion region, _)
          && step.parts().size() == 2) {
        trialTimesteps = 1;
        region.runRepeatedly(workers, timestep, steps);
        trialStart = timestep + steps - 1;
        moveTo(timestep + steps);
        reportDivisionByZero();
      } else {
        for (int done = 0; done < steps; done++) {
          stepTime();
        }
      }
    }
  }

  /// Launches a group of custom updates.
  void customUpdate(String group) {
    Plan plan = updates.get(group);
    if (plan == null) {
      throw new IllegalArgumentException(
          Lookup.missing(owner, "custom update group", group, updates.keySet()));
    }
    try (var _ = turn.take()) {
      run(plan);
    }
  }

  private void run(Plan plan) {
    List<Plan.Part> parts = plan.parts();
    for (int i = 0; i < parts.size(); i++) {
      run(parts.get(i));
    }
    reportDivisionByZero();
  }

  private void run(Plan.Part part) {
    switch (part) {
      case Plan.Compute compute -> {
        compute.region().run(workers, activeExamples);
        if (compute.clock() >= 0) {
          moveTo(trialStart + compute.clock());
        }
      }
      case Plan.Swap swap -> memory.swap(swap.first(), swap.second());
      case Plan.Begin begin -> {
        if (begin.resetsTime()) {
          timestep = 0;
        }
        trialStart = timestep;
        memory.setLong(model.trial(), 0, TRIAL_START, trialStart);
      }
      case Plan.Reconnect(var launch, var times) -> {
        var rewiring = new Rewiring(model, memory, connectivitySetup());
        long start = times.begin();
        boolean isChanged = rewiring.follow(launch);
        connectivityVersion += isChanged ? 1 : 0;
        times.book(0, 0, start);
        times.end(start);
        rewiring.requireSuccess(launch);
      }
      case Plan.Observed _ -> throw new IllegalStateException("observed steps need an observer");
    }
  }

  private void run(Plan.Observed observed, StepObserver observer) {
    for (int s = observed.first(); s < observed.first() + observed.steps(); s++) {
      observer.begin(observed.phases(), s);
      for (Section region : observed.regions()) {
        region.runStep(workers, activeExamples, s);
      }
      if (observed.advances()) {
        moveTo(trialStart + s + 1);
      }
      observer.end(observed.phases(), s);
    }
  }

  private void reportDivisionByZero() {
    if (opened.instance().dividedByZero() && !dividedByZero) {
      dividedByZero = true;
      log().warn("{}: an integer was divided by zero; the result was taken as 0", owner);
    }
  }

  boolean dividedByZero() {
    return dividedByZero;
  }

  // ---- time and examples

  long timestep() {
    return timestep;
  }

  void moveTo(long step) {
    timestep = step;
    memory.setLong(model.trial(), 0, PRESENT_STEP, step);
  }

  int activeExamples() {
    return activeExamples;
  }

  void activeExamples(int examples) {
    activeExamples = examples;
    memory.setLong(model.trial(), 0, ACTIVE_EXAMPLES, examples);
  }

  /// Steps of the last trial.
  int trialTimesteps() {
    return trialTimesteps;
  }

  /// Where the last trial has left what it recorded in an array: overlapped trials exchange it at
  /// their end.
  int recordedArray(int array) {
    for (Plan.Part part : lastTrial.parts()) {
      if (part instanceof Plan.Swap(int first, int second) && first == array) {
        return second;
      }
    }
    return array;
  }

  /// Changes when the rows of sparse groups do.
  long connectivityVersion() {
    return connectivityVersion;
  }

  void connectivityChanged() {
    connectivityVersion++;
  }

  /// Looked up when there is something to say: what logs takes 0.2 s to start.
  private static Logger log() {
    return LoggerFactory.getLogger(Simulation.class);
  }
}
