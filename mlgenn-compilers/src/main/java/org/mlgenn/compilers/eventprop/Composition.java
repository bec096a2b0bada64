package org.mlgenn.compilers.eventprop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.VariableReference;
import org.mlgenn.Connection;
import org.mlgenn.Network;
import org.mlgenn.Population;
import org.mlgenn.compilers.Compatibility;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.InputPopulation;
import org.mlgenn.compilers.Overlap;
import org.mlgenn.compilers.ReplayMask;
import org.mlgenn.compilers.SavedVariable;
import org.mlgenn.compilers.TrainedOutput;
import org.mlgenn.compilers.Training;
import org.mlgenn.compilers.parts.ResetUpdate;
import org.mlgenn.compilers.parts.SynapseAssembly;
import org.mlgenn.parts.ErrorSignal;
import org.mlgenn.parts.Stage;

/// Puts the model of a network together that can be trained.
final class Composition {
  private static final String STEP_ERROR = "StepError";
  private static final String TRIAL_END = "TrialEnd";
  private static final String COUNT_SPIKES = "SpikeCountReduce";

  private final EventPropCompiler compiler;
  private final Network network;
  private final Factors factors;
  private final Map<String, PopulationComposition> populations = new LinkedHashMap<>();
  private final List<WeightTraining> weights;
  private final List<CustomUpdate> updates = new ArrayList<>();
  private final Set<String> stepGroups = new LinkedHashSet<>();
  private final Set<String> endGroups = new LinkedHashSet<>();

  Composition(EventPropCompiler compiler, Network network) {
    this.compiler = compiler;
    this.network = network;
    factors = new Factors(compiler, network);
    for (Population population : network.populations()) {
      populations.put(population.name(), PopulationComposition.of(factors, population));
    }
    weights =
        network.connections().stream().map(each -> new WeightTraining(factors, each)).toList();
  }

  CompiledNetwork compile() {
    updatesOfTrial();
    var model = compiler.simulation().model("EventProp").tapeCapacity(tapeCapacity());
    for (PopulationComposition population : populations.values()) {
      model = model.neuronGroup(population.assembly().group());
      ResetUpdate.neurons(population.assembly().population().name(), population.assembly().states())
          .ifPresent(updates::add);
    }
    for (WeightTraining weight : weights) {
      model = model.synapseGroup(weight.group());
      updatesOf(weight);
    }
    for (CustomUpdate update : updates) {
      model = model.customUpdate(update);
    }
    return new CompiledNetwork(
        "EventPropCompiler",
        network,
        compiler.simulation(),
        schedules(model),
        InputPopulation.of(network),
        network.outputs().stream()
            .map(output -> composition(output).assembly().output(factors.readoutContext(output)))
            .toList(),
        network.connections().stream().map(this::saved).toList(),
        Optional.of(training()));
  }

  /// Imitated tapes leave spikes out by themselves, of those that are all taped.
  private int tapeCapacity() {
    return compiler.has(Compatibility.TAPE_SHARED_BY_TWO_EXAMPLES)
        ? compiler.exampleTimesteps()
        : compiler.tapes().maxSpikes();
  }

  private PopulationComposition composition(Population population) {
    return populations.get(population.name());
  }

  private SavedVariable saved(Connection connection) {
    return SynapseAssembly.weights(network, connection);
  }

  /// Between the phases: numbers of spikes first, then reductions, then errors and what is kept.
  private void updatesOfTrial() {
    populations.values().stream()
        .filter(PopulationComposition::isRegularised)
        .forEach(population -> add(countSpikes(population), endGroups));
    var ends = new ArrayList<CustomUpdate>();
    for (PopulationComposition population : populations.values()) {
      var elements = new ElementUpdate(population.assembly());
      boolean isPerStep =
          population.signal().isPresent()
              && factors.errorContext(population.assembly().population()).isPerTimestep();
      population
          .signal()
          .ifPresent(
              signal ->
                  signal
                      .reductions()
                      .forEach(
                          reduction ->
                              add(
                                  elements.reduction(reduction),
                                  isPerStep ? stepGroups : endGroups)));
      String error = population.assembly().code(Stage.ERROR);
      String end = population.assembly().code(Stage.TRIAL_END);
      if (isPerStep && !error.isEmpty()) {
        add(elements.code(STEP_ERROR, error), stepGroups);
      }
      String atEnd =
          Stream.of(isPerStep ? "" : error, end)
              .filter(code -> !code.isEmpty())
              .collect(Collectors.joining("\n"));
      if (!atEnd.isEmpty()) {
        ends.add(elements.code(TRIAL_END, atEnd));
      }
    }
    ends.forEach(update -> add(update, endGroups));
  }

  private void add(CustomUpdate update, Set<String> groups) {
    updates.add(update);
    groups.add(update.group());
  }

  private static CustomUpdate countSpikes(PopulationComposition population) {
    String name = population.assembly().population().name();
    var model =
        new CustomUpdateModel(COUNT_SPIKES, "SpikeCountSum = SpikeCount;")
            .reference("SpikeCount", VarAccessMode.READ_ONLY)
            .reference("SpikeCountSum", VarAccessMode.REDUCE_SUM);
    return new CustomUpdate(COUNT_SPIKES + "_" + name, COUNT_SPIKES, model, Bindings.NONE)
        .reference("SpikeCount", VariableReference.neuron(name, "SpikeCount"))
        .reference("SpikeCountSum", VariableReference.neuron(name, "SpikeCountSum"));
  }

  private void updatesOf(WeightTraining weight) {
    Connection connection = weight.connection();
    boolean resetsInput =
        connection.synapse().hasMemory() && !compiler.has(Compatibility.CURRENT_CROSSES_EXAMPLES);
    ResetUpdate.synapses(connection.name(), weight.group().postsynapse(), true, resetsInput)
        .ifPresent(updates::add);
    if (compiler.has(Compatibility.INPUT_ZEROED_BEFORE_LAST_STEP)) {
      updates.add(zeroInput(connection));
    }
    if (weight.isTrained()) {
      updates.add(weight.reduce());
      updates.add(weight.learn());
    }
  }

  private static CustomUpdate zeroInput(Connection connection) {
    var model =
        new CustomUpdateModel(TrialPlan.ZERO_GROUP, "inSyn = 0.0;")
            .reference("inSyn", VarAccessMode.READ_WRITE);
    return new CustomUpdate(
            TrialPlan.ZERO_GROUP + "_" + connection.name(),
            TrialPlan.ZERO_GROUP,
            model,
            Bindings.NONE)
        .reference("inSyn", VariableReference.synapticInput(connection.name()));
  }

  private ModelSpec schedules(ModelSpec model) {
    var plan = new TrialPlan(compiler, List.copyOf(stepGroups), List.copyOf(endGroups));
    var evaluated = model.schedule(CompiledNetwork.EVALUATE, plan.evaluate());
    return switch (compiler.order()) {
      case EXACT -> evaluated.schedule(CompiledNetwork.TRAIN, plan.exact());
      case OVERLAPPED ->
          evaluated
              .schedule(CompiledNetwork.TRAIN, plan.overlapped())
              .schedule(Overlap.BEGIN, plan.overlappedBegin())
              .schedule(Overlap.END, plan.overlappedEnd());
    };
  }

  private Training training() {
    return new Training(
        network.outputs().stream().map(this::trainedOutput).toList(),
        weights.stream().filter(WeightTraining::isTrained).map(WeightTraining::trained).toList(),
        populations.values().stream()
            .filter(PopulationComposition::hasExampleWeight)
            .map(each -> reference(each.assembly().population(), ErrorSignal.EXAMPLE_WEIGHT))
            .toList(),
        compiler.tapes().strict(),
        switch (compiler.order()) {
          case EXACT -> Optional.empty();
          case OVERLAPPED -> Optional.of(new Overlap(compiler.has(Compatibility.LAST_BATCH_LOST)));
        },
        PopulationComposition.imitatesTape(compiler)
            ? network.inputs().stream().map(this::replayMask).toList()
            : List.of());
  }

  private TrainedOutput trainedOutput(Population output) {
    var context = factors.errorContext(output);
    var loss = factors.loss(output);
    var target = loss.target(context.timing());
    return new TrainedOutput(
        output.name(),
        loss,
        target,
        context,
        reference(output, target.variable()),
        reference(output, ErrorSignal.EXAMPLE_WEIGHT),
        composition(output).has(ErrorSignal.LOSS_SUM)
            ? Optional.of(reference(output, ErrorSignal.LOSS_SUM))
            : Optional.empty());
  }

  private ReplayMask replayMask(Population input) {
    return new ReplayMask(
        reference(input, PopulationComposition.REPLAYED),
        input.size(),
        compiler.exampleTimesteps(),
        compiler.has(Compatibility.TAPE_SHARED_BY_TWO_EXAMPLES) ? compiler.tapes().maxSpikes() : 0,
        compiler.has(Compatibility.LAST_STEP_SPIKE_BLOCKS_REPLAY));
  }

  private static VariableReference reference(Population population, String variable) {
    return VariableReference.neuron(population.name(), variable);
  }
}
