package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.ModelValidator;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Schedule;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;

/*
 * ModelSpec ──ModelCode──▶ checked snippets ──Layout──▶ arrays ──*Lowering──▶ functions ──Lowering──▶ kernels, plans
 *
 * A run kernel is: for each example of the slice, for each step, the functions of the phases in order. Examples are the
 * outer loop since nothing couples them inside of a run, and the state of one example stays in the nearest cache.
 */

/// Turns a model into a program of kernels and the plans that launch them.
public final class Lowering {
  private final ModelSpec spec;
  private final Layout layout;
  private final List<Function> functions = new ArrayList<>();
  private final List<Kernel> kernels = new ArrayList<>();
  private final Map<Phase, List<Function>> phases = new EnumMap<>(Phase.class);
  private final Map<String, CustomUpdateLowering.Lowered> updates = new LinkedHashMap<>();
  private final Map<Object, Integer> runKernels = new HashMap<>();

  /// Functions that handle parts, with what they use.
  private final Map<String, Footprint> local = new HashMap<>();

  private final Map<RunKernel, List<Launch.Stage>> stagedRuns = new HashMap<>();

  /// Which part of a step a function is, where it is not one of the neurons.
  private final Map<String, Launch.Part> parts = new HashMap<>();

  private final Map<String, List<Launch>> updatePlans = new LinkedHashMap<>();
  private final Map<String, List<Launch>> hostPlans = new LinkedHashMap<>();

  private final Map<String, Integer> connect = new LinkedHashMap<>();
  private final List<Launch> initialise = new ArrayList<>();

  private record RunKernel(java.util.Set<Phase> phases, List<String> updates, int timesteps) {}

  private Lowering(ModelSpec spec, LoweringSettings settings) {
    this.spec = spec;
    ModelCode code = new ModelCode(spec);
    layout = new Layout(spec, settings, code, new Accumulators(spec, code));
    var init = new InitLowering(spec, new InitCode(layout, spec.synapseGroups()), layout);
    layout.initialisation(init);
    lowerPhases(code);
    for (CustomUpdate update : spec.customUpdates()) {
      lower(update, code);
    }
    for (CustomConnectivityUpdate update : spec.customConnectivityUpdates()) {
      lower(update, new ConnectivityUpdateLowering(spec, code, layout).lower(update));
    }
    hostPlans.forEach((group, hosts) -> updatePlans.get(group).addAll(0, hosts));
    lowerInitialisation(init);
  }

  private void lowerInitialisation(InitLowering init) {
    for (SynapseGroup group : spec.synapseGroups()) {
      SynapseLayout.lists(layout.rows(group.name()))
          .ifPresent(
              lists ->
                  SynapseLayout.built(group)
                      .ifPresent(
                          built ->
                              connect.put(group.name(), add(init.connect(group, built, lists)))));
    }
    var done = new java.util.HashSet<Integer>();
    layout
        .symbols()
        .forEach(
            (reference, symbol) -> {
              if (symbol.initial() instanceof InitialValue.Snippet initial
                  && done.add(symbol.array())) {
                int kernel = add(init.values(reference, symbol, initial));
                initialise.add(new Launch.Run(kernel, 0, 0, new Launch.Timer.Initialise()));
              }
            });
  }

  private int add(InitLowering.Lowered lowered) {
    functions.add(lowered.function());
    kernels.add(lowered.kernel());
    return kernels.size() - 1;
  }

  /// @throws IllegalArgumentException with all that is wrong with the model
  /// @throws org.genn.engine.snippet.SnippetException with all faults of its snippets
  public static LoweredModel lower(ModelSpec spec, LoweringSettings settings) {
    ModelValidator.check(spec);
    return new Lowering(spec, settings).lower(settings);
  }

  private void add(List<Function> functions, Function function, Launch.Part part) {
    functions.add(function);
    parts.put(function.name(), part);
  }

  private void lowerPhases(ModelCode code) {
    var synapses = new SynapseLowering(spec, code, layout);
    var neurons = new NeuronLowering(spec, code, layout);
    var forward = new ArrayList<Function>();
    var backward = new ArrayList<Function>();
    for (SynapseGroup group : spec.synapseGroups()) {
      divided(builder -> synapses.dynamics(group, builder))
          .ifPresent(function -> add(forward, function, Launch.Part.SYNAPSE_DYNAMICS));
    }
    for (SynapseGroup group : spec.synapseGroups()) {
      divided(builder -> synapses.forward(group, builder))
          .ifPresent(function -> add(forward, function, Launch.Part.PRESYNAPTIC));
    }
    for (SynapseGroup group : spec.synapseGroups()) {
      divided(builder -> synapses.postsynaptic(group, builder))
          .ifPresent(function -> add(forward, function, Launch.Part.POSTSYNAPTIC));
    }
    for (int number = 0; number < spec.neuronGroups().size(); number++) {
      NeuronGroup group = spec.neuronGroups().get(number);
      int stream = number;
      if (!group.model().spikesFromOutside()) {
        divided(builder -> Optional.of(neurons.forward(group, stream, builder)))
            .ifPresent(forward::add);
      }
    }
    if (layout.hasBackward) {
      for (SynapseGroup group : spec.synapseGroups()) {
        synapses.backward(group).ifPresent(backward::add);
      }
      for (NeuronGroup group : spec.neuronGroups()) {
        neurons.backward(group).ifPresent(backward::add);
      }
    }
    phases.put(Phase.FORWARD, forward);
    phases.put(Phase.BACKWARD, backward);
    functions.addAll(forward);
    functions.addAll(backward);
  }

  /// A function that handles one part where the model is divided and parts can run at the same
  /// time, or else everything.
  private Optional<Function> divided(
      java.util.function.Function<FunctionBuilder, Optional<Function>> lowering) {
    if (layout.partition.isDivided()) {
      var builder = new FunctionBuilder(layout, true);
      Optional<Function> function = lowering.apply(builder);
      Optional<Footprint> footprint = function.flatMap(made -> Locality.of(made, builder));
      if (footprint.isPresent()) {
        local.put(function.orElseThrow().name(), footprint.get());
        return function;
      }
      function.ifPresent(made -> layout.functions.release(made.name()));
    }
    return lowering.apply(new FunctionBuilder(layout));
  }

  private void lower(CustomUpdate update, ModelCode code) {
    var lowered = new CustomUpdateLowering(spec, code, layout).lower(update);
    functions.addAll(lowered.functions());
    updates.put(update.name(), lowered);
    if (!isPerStep(update)) {
      kernels.add(lowered.kernel());
      updatePlans
          .computeIfAbsent(update.group(), _ -> new ArrayList<>())
          .add(
              new Launch.Run(
                  kernels.size() - 1, 0, 0, new Launch.Timer.CustomUpdate(update.group())));
    }
  }

  private void lower(CustomConnectivityUpdate update, ConnectivityUpdateLowering.Lowered lowered) {
    String group = update.group();
    functions.addAll(lowered.functions());
    List<Launch> plan = updatePlans.computeIfAbsent(group, _ -> new ArrayList<>());
    lowered
        .host()
        .ifPresent(
            kernel ->
                hostPlans
                    .computeIfAbsent(group, _ -> new ArrayList<>())
                    .add(launch(kernel, new Launch.Timer.CustomUpdateHost(group))));
    lowered
        .rows()
        .ifPresent(kernel -> plan.add(launch(kernel, new Launch.Timer.CustomUpdate(group))));
    plan.add(lowered.after());
  }

  private Launch launch(Kernel kernel, Launch.Timer timer) {
    kernels.add(kernel);
    return new Launch.Run(kernels.size() - 1, 0, 0, timer);
  }

  private boolean isPerStep(CustomUpdate update) {
    return Dimensions.of(update, layout).perStep();
  }

  private LoweredModel lower(LoweringSettings settings) {
    var plans = new LinkedHashMap<String, List<Launch>>();
    spec.schedules().forEach((name, schedule) -> plans.put(name, plan(schedule)));
    List<Launch> step = List.of();
    if (spec.schedules().isEmpty()) {
      var run = new Schedule.Run(java.util.Set.of(Phase.FORWARD), 0, 1, List.of());
      step =
          settings.timesParts()
              ? timedStep(run)
              : List.of(new Launch.BeginTrial(false), run(run, 1));
    }
    Program program =
        new Program(ArrayTable.identifier(spec.name()), layout.table.arrays(), functions, kernels);
    return new LoweredModel(
        spec,
        program,
        layout.slices,
        layout.symbols(),
        layout.delaySlots(),
        layout.extraGlobalParameterSymbols(),
        layout.dynamicParameterSymbols(),
        layout.sparseGroups(),
        connect,
        initialise,
        layout.spikeLists(),
        layout.recordingArrays(),
        layout.recordingSteps(),
        layout.table.indexOf(layout.trial),
        plans,
        step,
        updatePlans);
  }

  private List<Launch> plan(Schedule schedule) {
    var launches = new ArrayList<Launch>();
    for (Schedule.Item item : schedule.items()) {
      switch (item) {
        case Schedule.BeginTrial(boolean clearsSpikes, boolean resetsTime) -> {
          launches.add(new Launch.BeginTrial(resetsTime));
          launches.add(beginTrial(clearsSpikes));
        }
        case Schedule.Run run -> launches.add(run(run, schedule.timesteps()));
        case Schedule.Update(String group) ->
            launches.addAll(updatePlans.getOrDefault(group, List.of()));
      }
    }
    if (schedule.isOverlapped()) {
      launches.addAll(layout.swaps());
    }
    return launches;
  }

  private Launch run(Schedule.Run run, int timesteps) {
    var key = new RunKernel(run.phases(), run.updates(), timesteps);
    String phaseNames = String.join(" + ", run.phases().stream().map(Phase::name).toList());
    var timer = new Launch.Timer.Steps(phaseNames);
    if (invocations(run).stream().anyMatch(called -> called.local().isPresent())) {
      List<Launch.Stage> stages = stagedRuns.get(key);
      if (stages == null) {
        String name = runName(run) + "_" + kernels.size();
        var staged = new StagedRun(layout, name, stepHead(run, timesteps), invocations(run));
        stages = staged.stages(kernels);
        stagedRuns.put(key, stages);
      }
      return new Launch.Staged(stages, run.first(), run.steps(), timer);
    }
    int kernel = runKernels.computeIfAbsent(key, _ -> addRunKernel(run, timesteps));
    return new Launch.Run(kernel, run.first(), run.steps(), timer);
  }

  /// Declares the number and the time of a step, for each phase.
  private List<Op> stepHead(Schedule.Run run, int timesteps) {
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
      head.add(Build.run(Build.declare(layout.timepoint, stepTime(phase).name(), time(step))));
    }
    return head;
  }

  private static Expr.Name step(Phase phase) {
    return Build.integer(phase == Phase.FORWARD ? "step" : "replayed");
  }

  private Expr.Name stepTime(Phase phase) {
    return Build.name(layout.timepoint, phase == Phase.FORWARD ? "t" : "replayedTime");
  }

  /// What a step calls, in order.
  private List<StagedRun.Invocation> invocations(Schedule.Run run) {
    var called = new ArrayList<StagedRun.Invocation>();
    for (Phase phase : run.phases()) {
      var functions = new ArrayList<Function>();
      if (phase == Phase.FORWARD) {
        functions.addAll(shiftSpikes());
        keepDelayed().ifPresent(functions::add);
      }
      functions.addAll(phases.get(phase));
      if (phase == Phase.FORWARD) {
        gatherSpikes().ifPresent(functions::add);
      }
      functions.forEach(function -> called.add(invocation(function, phase)));
    }
    Phase last = run.phases().contains(Phase.FORWARD) ? Phase.FORWARD : Phase.BACKWARD;
    for (String group : run.updates()) {
      for (CustomUpdate update : spec.customUpdates()) {
        if (update.group().equals(group)) {
          called.add(invocation(updates.get(update.name()).functions().getFirst(), last));
        }
      }
    }
    return called;
  }

  private StagedRun.Invocation invocation(Function function, Phase phase) {
    return new StagedRun.Invocation(
        function.name(),
        step(phase),
        stepTime(phase),
        Optional.ofNullable(local.get(function.name())),
        layout.examplesMeet(function));
  }

  private static String runName(Schedule.Run run) {
    return "run_" + String.join("_", run.phases().stream().map(Phase::name).toList());
  }

  /// One step, with launches of their own for its parts.
  private List<Launch> timedStep(Schedule.Run run) {
    var launches = new ArrayList<Launch>();
    launches.add(new Launch.BeginTrial(false));
    List<StagedRun.Invocation> all = invocations(run);
    int begin = 0;
    for (int i = 1; i <= all.size(); i++) {
      Launch.Part part = part(all.get(begin));
      boolean isLast = i == all.size();
      if (isLast || part(all.get(i)) != part) {
        var timer =
            isLast ? new Launch.Timer.Steps(Phase.FORWARD.name()) : new Launch.Timer.StepPart(part);
        launches.add(launch(run, all.subList(begin, i), timer));
        begin = i;
      }
    }
    return launches;
  }

  private Launch.Part part(StagedRun.Invocation called) {
    return parts.getOrDefault(called.function(), Launch.Part.NEURONS);
  }

  private Launch launch(Schedule.Run run, List<StagedRun.Invocation> called, Launch.Timer timer) {
    if (called.stream().anyMatch(each -> each.local().isPresent())) {
      String name = runName(run) + "_" + kernels.size();
      var stages = new StagedRun(layout, name, stepHead(run, 1), called).stages(kernels);
      return new Launch.Staged(stages, run.first(), run.steps(), timer);
    }
    return new Launch.Run(addRunKernel(run, 1, called), run.first(), run.steps(), timer);
  }

  private int addRunKernel(Schedule.Run run, int timesteps) {
    return addRunKernel(run, timesteps, invocations(run));
  }

  private int addRunKernel(
      Schedule.Run run, int timesteps, List<StagedRun.Invocation> invocations) {
    if (invocations.stream().anyMatch(StagedRun.Invocation::examplesMeet)) {
      // One thread takes the examples through each step in order.
      var staged =
          new StagedRun(
              layout, runName(run) + "_" + kernels.size(), stepHead(run, timesteps), invocations);
      return staged.stages(kernels).getFirst().alone();
    }
    Expr.Name example = Build.integer("example");
    Expr.Name count = Build.integer("count");
    var body = new ArrayList<Op>(stepHead(run, timesteps));
    invocations.forEach(called -> body.add(called.op(example, Build.integer("slice"))));
    Op steps =
        new Op.Loop(
            count.name(),
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
    String name = runName(run) + "_" + kernels.size();
    kernels.add(
        new Kernel(
            name,
            "Steps of " + run.phases() + (run.updates().isEmpty() ? "" : ", then " + run.updates()),
            Kernel.Domain.EXAMPLES,
            layout.batch,
            kernel));
    return kernels.size() - 1;
  }

  private Expr time(Expr step) {
    Expr absolute =
        Build.add(Build.name(NumericType.INT64, "start"), Build.convert(NumericType.INT64, step));
    return Build.multiply(
        Build.convert(layout.timepoint, absolute), Build.literal(layout.timepoint, spec.dt()));
  }

  /// Spikes of the last step become those of the step before, in lists that are not on tape.
  private List<Function> shiftSpikes() {
    var shifts = new ArrayList<Function>();
    var places = new LinkedHashMap<String, SpikePlace>();
    layout.spikes().forEach((group, place) -> places.put(ArrayTable.identifier(group), place));
    layout
        .events()
        .forEach((group, place) -> places.put(ArrayTable.identifier(group) + "_events", place));
    places.forEach(
        (name, place) -> {
          if (!place.isTaped()) {
            shifts.add(shift(name + "_shift", place));
          }
        });
    return shifts;
  }

  /// Spikes that parts have listed become those of the step.
  private Optional<Function> gatherSpikes() {
    List<PartList> lists =
        layout.partLists().stream()
            .filter(list -> local.values().stream().anyMatch(used -> used.writes(list.lists())))
            .toList();
    if (lists.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        addOnce(
            "gatherSpikes",
            name -> {
              var builder = new FunctionBuilder(layout);
              lists.forEach(list -> list.gather(builder));
              return builder.function(name, "Spikes of the parts become those of the step");
            }));
  }

  private Function addOnce(String name, java.util.function.Function<String, Function> lowering) {
    return functions.stream()
        .filter(function -> function.name().equals(name))
        .findFirst()
        .orElseGet(
            () -> {
              Function made = lowering.apply(name);
              functions.add(made);
              return made;
            });
  }

  /// Spikes and input that are on their way move on by a step.
  private Optional<Function> keepDelayed() {
    if (layout.rings().isEmpty() && layout.dendrites().isEmpty() && layout.histories().isEmpty()) {
      return Optional.empty();
    }
    String name = "keepDelayed";
    Optional<Function> existing = functions.stream().filter(f -> f.name().equals(name)).findFirst();
    if (existing.isPresent()) {
      return existing;
    }
    FunctionBuilder builder = new FunctionBuilder(layout);
    layout
        .rings()
        .forEach(
            (key, ring) -> {
              SpikePlace place =
                  key.endsWith("/events")
                      ? layout.events().get(key.substring(0, key.length() - "/events".length()))
                      : layout.spikes(key);
              Expr last = place.isTaped() ? builder.step : Build.integer(0);
              ring.keep(builder, SpikeRange.segment(builder, place, last));
            });
    layout.dendrites().forEach(ring -> ring.advance(builder));
    layout.histories().forEach(history -> history.keep(builder));
    Function function = builder.function(name, "Delayed spikes and input move on by a step");
    functions.add(function);
    return Optional.of(function);
  }

  private Function shift(String name, SpikePlace place) {
    Optional<Function> existing = functions.stream().filter(f -> f.name().equals(name)).findFirst();
    if (existing.isPresent()) {
      return existing.get();
    }
    FunctionBuilder builder = new FunctionBuilder(layout);
    String offsets = builder.row(place.offsets(), builder.example);
    String ids = builder.row(place.ids(), builder.example);
    moveSegment(builder, offsets, 1, 2, ids, ids);
    builder.run(Build.assign(offset(offsets, 2), offset(offsets, 1)));
    Function function = builder.function(name, "Spikes of the last step become spikes in flight");
    functions.add(function);
    return function;
  }

  private static Expr offset(String offsets, int segment) {
    return Build.element(NumericType.INT32, offsets, Build.integer(segment));
  }

  /// Moves the entries between two offsets to the front; afterwards they are segment 0.
  private void moveSegment(
      FunctionBuilder builder, String offsets, int first, int second, String from, String to) {
    Expr.Name begin = Build.integer(builder.names.fresh("begin"));
    Expr.Name size = Build.integer(builder.names.fresh("size"));
    Expr.Name entry = Build.integer(builder.names.fresh("entry"));
    builder.run(Build.declare(NumericType.INT32, begin.name(), offset(offsets, first)));
    builder.run(
        Build.declare(
            NumericType.INT32, size.name(), Build.subtract(offset(offsets, second), begin)));
    builder.ops.add(
        new Op.Loop(
            entry.name(),
            Build.integer(0),
            size,
            List.of(
                Build.run(
                    Build.assign(
                        Build.element(NumericType.INT32, to, entry),
                        Build.element(NumericType.INT32, from, Build.add(begin, entry)))))));
    builder.run(Build.assign(offset(offsets, 0), Build.integer(0)));
    builder.run(Build.assign(offset(offsets, 1), size));
  }

  private Launch beginTrial(boolean clearsSpikes) {
    int kernel =
        runKernels.computeIfAbsent("beginTrial" + clearsSpikes, _ -> addBeginTrial(clearsSpikes));
    return new Launch.Run(kernel, 0, 0, new Launch.Timer.TrialStart());
  }

  private int addBeginTrial(boolean clearsSpikes) {
    FunctionBuilder builder = new FunctionBuilder(layout);
    layout
        .spikes()
        .forEach(
            (group, place) -> {
              if (!place.isExternal()) {
                beginTrial(builder, place, layout.replay(group), clearsSpikes);
              }
            });
    layout.events().values().forEach(place -> beginTrial(builder, place, place, clearsSpikes));
    if (clearsSpikes) {
      layout
          .rings()
          .forEach(
              (key, ring) -> ring.clear(builder, ArrayTable.identifier(key) + "_clearDelayed"));
    }
    String name = clearsSpikes ? "beginTrial" : "continueTrial";
    Function function = builder.function(name, "Start of a trial: spike lists of one example");
    functions.add(function);
    Expr.Name example = Build.integer("example");
    kernels.add(
        new Kernel(
            name + "_examples",
            "Start of a trial",
            Kernel.Domain.EXAMPLES,
            layout.batch,
            List.of(
                new Op.Loop(
                    example.name(),
                    Build.integer("begin"),
                    Build.integer("end"),
                    List.of(
                        new Op.Invoke(
                            name,
                            List.of(
                                example,
                                Build.integer("slice"),
                                Build.integer(0),
                                Build.literal(layout.timepoint, 0))))))));
    return kernels.size() - 1;
  }

  private void beginTrial(
      FunctionBuilder builder, SpikePlace place, SpikePlace last, boolean clearsSpikes) {
    if (clearsSpikes) {
      String offsets = builder.row(place.offsets(), builder.example);
      for (int segment = 0; segment <= (place.isTaped() ? 1 : 2); segment++) {
        builder.run(Build.assign(offset(offsets, segment), Build.integer(0)));
      }
    } else if (place.isTaped()) {
      // The last segment of the tape that was recorded before, which overlapped training has
      // exchanged.
      String lastOffsets = builder.row(last.offsets(), builder.example);
      Expr size =
          Build.subtract(
              offset(lastOffsets, layout.timesteps + 1), offset(lastOffsets, layout.timesteps));
      Expr.Name flying = Build.integer(builder.names.fresh("inFlight"));
      builder.run(Build.declare(NumericType.INT32, flying.name(), size));
      builder.ops.add(
          new Op.Reserve(
              List.of(place.ids()),
              builder.example,
              flying,
              Build.integer(Integer.MAX_VALUE - 16)));
      if (last == place) {
        String ids = builder.row(place.ids(), builder.example);
        moveSegment(builder, lastOffsets, layout.timesteps, layout.timesteps + 1, ids, ids);
      } else {
        copySegment(builder, place, last, lastOffsets, flying);
      }
    }
  }

  private void copySegment(
      FunctionBuilder builder,
      SpikePlace place,
      SpikePlace last,
      String lastOffsets,
      Expr.Name size) {
    String from = builder.row(last.ids(), builder.example);
    String to = builder.row(place.ids(), builder.example);
    String offsets = builder.row(place.offsets(), builder.example);
    Expr.Name begin = Build.integer(builder.names.fresh("begin"));
    Expr.Name entry = Build.integer(builder.names.fresh("entry"));
    builder.run(
        Build.declare(NumericType.INT32, begin.name(), offset(lastOffsets, layout.timesteps)));
    builder.ops.add(
        new Op.Loop(
            entry.name(),
            Build.integer(0),
            size,
            List.of(
                Build.run(
                    Build.assign(
                        Build.element(NumericType.INT32, to, entry),
                        Build.element(NumericType.INT32, from, Build.add(begin, entry)))))));
    builder.run(Build.assign(offset(offsets, 0), Build.integer(0)));
    builder.run(Build.assign(offset(offsets, 1), size));
  }
}
