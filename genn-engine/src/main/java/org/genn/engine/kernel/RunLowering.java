package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.kernel.StagedRun.Invocation;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Schedule;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;

/*
 * A run kernel is: for each example of the slice, for each step, the functions of the phases in order. Examples are the
 * outer loop since nothing couples them inside of a run, and the state of one example stays in the nearest cache.
 * Where functions handle parts, or examples meet, a run is a StagedRun.
 */

/// Makes the kernels of runs.
final class RunLowering {
  private final ModelSpec spec;
  private final Layout layout;
  private final ProgramBuilder program;
  private final StepFunctions functions;
  private final SpikeTransport transport;
  private final Map<String, Function> updates;
  private final Map<Key, Integer> kernels = new HashMap<>();
  private final Map<Key, List<Launch.Stage>> staged = new HashMap<>();

  private record Key(Set<Phase> phases, List<String> updates, int timesteps) {}

  /// @param updates the functions of custom updates, by name
  RunLowering(
      ModelSpec spec,
      Layout layout,
      ProgramBuilder program,
      StepFunctions functions,
      SpikeTransport transport,
      Map<String, Function> updates) {
    this.spec = spec;
    this.layout = layout;
    this.program = program;
    this.functions = functions;
    this.transport = transport;
    this.updates = updates;
  }

  /// @param timesteps of the trial that the run belongs to
  Launch run(Schedule.Run run, int timesteps) {
    var key = new Key(run.phases(), run.updates(), timesteps);
    String phaseNames = String.join(" + ", run.phases().stream().map(Phase::name).toList());
    var timer = new Launch.Timer.Steps(phaseNames);
    List<Invocation> invocations = invocations(run);
    if (handlesParts(invocations)) {
      List<Launch.Stage> stages =
          staged.computeIfAbsent(key, _ -> stages(run, timesteps, invocations));
      return new Launch.Staged(stages, run.first(), run.steps(), timer);
    }
    int kernel = kernels.computeIfAbsent(key, _ -> kernel(run, timesteps, invocations));
    return new Launch.Run(kernel, run.first(), run.steps(), timer);
  }

  /// One step, with launches of their own for its parts.
  List<Launch> timedStep(Schedule.Run run) {
    var launches = new ArrayList<Launch>();
    List<Invocation> all = invocations(run);
    int begin = 0;
    for (int i = 1; i <= all.size(); i++) {
      Launch.Part part = functions.part(all.get(begin).function());
      boolean isLast = i == all.size();
      if (isLast || functions.part(all.get(i).function()) != part) {
        var timer =
            isLast ? new Launch.Timer.Steps(Phase.FORWARD.name()) : new Launch.Timer.StepPart(part);
        launches.add(partOfStep(run, all.subList(begin, i), timer));
        begin = i;
      }
    }
    return launches;
  }

  private Launch partOfStep(Schedule.Run run, List<Invocation> invocations, Launch.Timer timer) {
    return handlesParts(invocations)
        ? new Launch.Staged(stages(run, 1, invocations), run.first(), run.steps(), timer)
        : new Launch.Run(kernel(run, 1, invocations), run.first(), run.steps(), timer);
  }

  private static boolean handlesParts(List<Invocation> invocations) {
    return invocations.stream().anyMatch(called -> called.local().isPresent());
  }

  /// What a step calls, in order.
  private List<Invocation> invocations(Schedule.Run run) {
    var called = new ArrayList<Invocation>();
    for (Phase phase : run.phases()) {
      var all = new ArrayList<Function>();
      if (phase == Phase.FORWARD) {
        all.addAll(transport.beforeStep());
      }
      all.addAll(functions.of(phase));
      if (phase == Phase.FORWARD) {
        transport.afterStep(functions.footprints()).ifPresent(all::add);
      }
      all.forEach(function -> called.add(invocation(function, phase)));
    }
    Phase last = run.phases().contains(Phase.FORWARD) ? Phase.FORWARD : Phase.BACKWARD;
    for (String group : run.updates()) {
      for (CustomUpdate update : spec.customUpdates()) {
        if (update.group().equals(group)) {
          called.add(invocation(updates.get(update.name()), last));
        }
      }
    }
    return called;
  }

  private Invocation invocation(Function function, Phase phase) {
    return new Invocation(
        function.name(),
        step(phase),
        time(phase),
        Optional.ofNullable(functions.footprints().get(function.name())),
        layout.examplesMeet(function));
  }

  private List<Launch.Stage> stages(Schedule.Run run, int timesteps, List<Invocation> invocations) {
    return new StagedRun(layout, name(run), head(run, timesteps), invocations)
        .stages(program.kernels);
  }

  private int kernel(Schedule.Run run, int timesteps, List<Invocation> invocations) {
    if (invocations.stream().anyMatch(Invocation::examplesMeet)) {
      // One thread takes the examples through each step in order.
      return stages(run, timesteps, invocations).getFirst().alone();
    }
    Expr.Name example = Build.integer("example");
    var body = new ArrayList<Op>(head(run, timesteps));
    invocations.forEach(called -> body.add(called.op(example, Build.integer("slice"))));
    Op steps =
        new Op.Loop(
            "count",
            Build.integer("first"),
            Build.add(Build.integer("first"), Build.integer("steps")),
            body);
    var kernel = new ArrayList<Op>();
    kernel.add(new Op.Hoist("trial", layout.trial, Build.integer(0)));
    kernel.add(
        Build.run(
            Build.declare(
                NumericType.INT64,
                "start",
                Build.element(NumericType.INT64, "trial", Build.integer(0)))));
    kernel.add(
        new Op.Loop(example.name(), Build.integer("begin"), Build.integer("end"), List.of(steps)));
    return program.add(
        new Kernel(
            name(run),
            "Steps of " + run.phases() + (run.updates().isEmpty() ? "" : ", then " + run.updates()),
            Kernel.Domain.EXAMPLES,
            layout.batch,
            kernel));
  }

  private String name(Schedule.Run run) {
    String phases = String.join("_", run.phases().stream().map(Phase::name).toList());
    return "run_" + phases + "_" + program.kernels.size();
  }

  /// Declares the number and the time of a step, for each phase.
  private List<Op> head(Schedule.Run run, int timesteps) {
    Expr.Name count = Build.integer("count");
    var head = new ArrayList<Op>();
    for (Phase phase : run.phases()) {
      Expr.Name step = step(phase);
      head.add(
          Build.run(
              Build.declare(
                  NumericType.INT32,
                  step.name(),
                  phase == Phase.FORWARD
                      ? count
                      : Build.subtract(Build.integer(timesteps - 1), count))));
      head.add(Build.run(Build.declare(layout.timepoint, time(phase).name(), timeOf(step))));
    }
    return head;
  }

  private static Expr.Name step(Phase phase) {
    return Build.integer(phase == Phase.FORWARD ? "step" : "replayed");
  }

  private Expr.Name time(Phase phase) {
    return Build.name(layout.timepoint, phase == Phase.FORWARD ? "t" : "replayedTime");
  }

  private Expr timeOf(Expr step) {
    Expr absolute =
        Build.add(Build.name(NumericType.INT64, "start"), Build.convert(NumericType.INT64, step));
    return Build.multiply(
        Build.convert(layout.timepoint, absolute), Build.literal(layout.timepoint, spec.dt()));
  }
}
