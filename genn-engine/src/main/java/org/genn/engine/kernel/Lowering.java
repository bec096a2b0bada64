package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.ModelValidator;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Schedule;
import org.genn.engine.model.SynapseGroup;

/*
 * ModelSpec ──ModelCode──▶ checked snippets ──Layout──▶ arrays ──*Lowering──▶ functions ──Lowering──▶ kernels, plans
 */

/// Turns a model into a program of kernels and the plans that launch them.
public final class Lowering {
  private final ModelSpec spec;
  private final Layout layout;
  private final ProgramBuilder program = new ProgramBuilder();
  private final SpikeTransport transport;
  private final RunLowering runs;

  /// The functions of custom updates that runs call, by update.
  private final Map<String, Function> updates = new LinkedHashMap<>();

  private final Map<String, List<Launch>> updatePlans = new LinkedHashMap<>();
  private final Map<String, List<Launch>> hostPlans = new LinkedHashMap<>();

  private final Map<String, Integer> beforeConnect = new LinkedHashMap<>();
  private final Map<String, Integer> connect = new LinkedHashMap<>();
  private final List<Launch> initialise = new ArrayList<>();

  private Lowering(ModelSpec spec, LoweringSettings settings) {
    this.spec = spec;
    ModelCode code = new ModelCode(spec, settings.isChecked());
    layout = new Layout(spec, settings, code, new Accumulators(spec, code));
    var init = new InitLowering(spec, new InitCode(layout, spec.synapseGroups()), layout);
    layout.initialisation(init);
    var functions = new StepFunctions(spec, code, layout);
    program.functions.addAll(functions.of(Phase.FORWARD));
    program.functions.addAll(functions.of(Phase.BACKWARD));
    transport = new SpikeTransport(layout, program);
    runs = new RunLowering(spec, layout, program, functions, transport, updates);
    for (CustomUpdate update : spec.customUpdates()) {
      lower(update, code);
    }
    for (CustomConnectivityUpdate update : spec.customConnectivityUpdates()) {
      lower(update, new ConnectivityUpdateLowering(spec, code, layout).lower(update));
    }
    hostPlans.forEach((group, hosts) -> updatePlans.get(group).addAll(0, hosts));
    lowerInitialisation(init);
  }

  /// @throws IllegalArgumentException with all that is wrong with the model
  /// @throws org.genn.engine.snippet.SnippetException with all faults of its snippets
  public static LoweredModel lower(ModelSpec spec, LoweringSettings settings) {
    ModelValidator.check(spec);
    return new Lowering(spec, settings).lower(settings);
  }

  private void lower(CustomUpdate update, ModelCode code) {
    String group = update.group();
    var lowered = new CustomUpdateLowering(spec, code, layout).lower(update);
    program.functions.addAll(lowered.functions());
    updates.put(update.name(), lowered.functions().getFirst());
    if (!Dimensions.of(update, layout).perStep()) {
      var timer =
          update.transposes().isEmpty()
              ? new Launch.Timer.CustomUpdate(group)
              : new Launch.Timer.CustomUpdateTranspose(group);
      plan(updatePlans, group).add(launch(lowered.kernel(), timer));
    }
  }

  private void lower(CustomConnectivityUpdate update, ConnectivityUpdateLowering.Lowered lowered) {
    String group = update.group();
    program.functions.addAll(lowered.functions());
    List<Launch> plan = plan(updatePlans, group);
    lowered
        .host()
        .ifPresent(
            kernel ->
                plan(hostPlans, group)
                    .add(launch(kernel, new Launch.Timer.CustomUpdateHost(group))));
    lowered
        .rows()
        .ifPresent(kernel -> plan.add(launch(kernel, new Launch.Timer.CustomUpdate(group))));
    plan.add(lowered.after());
  }

  private static List<Launch> plan(Map<String, List<Launch>> plans, String group) {
    return plans.computeIfAbsent(group, _ -> new ArrayList<>());
  }

  private Launch launch(Kernel kernel, Launch.Timer timer) {
    return new Launch.Run(program.add(kernel), 0, 0, timer);
  }

  private void lowerInitialisation(InitLowering init) {
    for (SynapseGroup group : spec.synapseGroups()) {
      SynapseLayout.built(group)
          .filter(built -> !built.init().hostInitCode().isBlank())
          .ifPresent(
              built -> beforeConnect.put(group.name(), add(init.beforeConnect(group, built))));
      SynapseLayout.lists(layout.rows(group.name()))
          .ifPresent(
              lists ->
                  SynapseLayout.built(group)
                      .ifPresent(
                          built ->
                              connect.put(group.name(), add(init.connect(group, built, lists)))));
    }
    var done = new HashSet<Integer>();
    layout
        .variables
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
    program.functions.add(lowered.function());
    return program.add(lowered.kernel());
  }

  private LoweredModel lower(LoweringSettings settings) {
    var plans = new LinkedHashMap<String, List<Launch>>();
    spec.schedules().forEach((name, schedule) -> plans.put(name, plan(schedule)));
    List<Launch> step = spec.schedules().isEmpty() ? step(settings.timesParts()) : List.of();
    return new LoweredModel(
        spec,
        new Program(
            ArrayTable.identifier(spec.name()),
            layout.table.arrays(),
            program.functions,
            program.kernels),
        layout.slices,
        layout.variables.symbols(),
        layout.histories.delaySlots(),
        layout.variables.extraGlobalParameterSymbols(),
        layout.variables.dynamicParameterSymbols(),
        layout.sparseGroups(),
        beforeConnect,
        connect,
        initialise,
        layout.spikes.spikeLists(),
        layout.spikes.recordingArrays(),
        layout.recordingSteps(),
        layout.table.indexOf(layout.trial),
        plans,
        step,
        updatePlans);
  }

  /// The plan of a step of a model without schedules.
  private List<Launch> step(boolean timesParts) {
    var run = new Schedule.Run(Set.of(Phase.FORWARD), 0, 1, List.of());
    var launches = new ArrayList<Launch>();
    launches.add(new Launch.BeginTrial(false));
    launches.addAll(timesParts ? runs.timedStep(run) : List.of(runs.run(run, 1)));
    return launches;
  }

  private List<Launch> plan(Schedule schedule) {
    var launches = new ArrayList<Launch>();
    for (Schedule.Item item : schedule.items()) {
      switch (item) {
        case Schedule.BeginTrial(boolean clearsSpikes, boolean resetsTime) -> {
          launches.add(new Launch.BeginTrial(resetsTime));
          launches.add(transport.beginTrial(clearsSpikes));
        }
        case Schedule.Run run -> launches.add(runs.run(run, schedule.timesteps()));
        case Schedule.Update(String group) ->
            launches.addAll(updatePlans.getOrDefault(group, List.of()));
      }
    }
    if (schedule.isOverlapped()) {
      launches.addAll(layout.spikes.swaps());
    }
    return launches;
  }
}
