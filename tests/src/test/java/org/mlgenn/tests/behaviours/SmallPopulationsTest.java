package org.mlgenn.tests.behaviours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mlgenn.tests.behaviours.Parts.neurons;
import static org.mlgenn.tests.behaviours.Parts.synapses;

import java.util.LinkedHashMap;
import java.util.Map;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.CurrentSourceModels;
import org.genn.engine.model.builtin.NeuronModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.runtime.Simulation;
import org.genn.feature.Feature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Populations of one neuron and of none, with all that others have.
final class SmallPopulationsTest extends Behaviours {
  private static final NeuronModel SPIKES =
      new NeuronModel("Spikes")
          .variable("x")
          .variable("drawn")
          .simCode("x = Isyn; drawn = gennrand_uniform();")
          .thresholdCondition("true");

  /// Code for all that a synapse can do where its values are stored.
  private static final WeightUpdateModel ALL =
      new WeightUpdateModel("All")
          .variable("g", VarAccess.READ_WRITE)
          .pre(NeuronEnd.NONE.variable(new Variable("p")).spikeCode("p += 1.0;"))
          .post(NeuronEnd.NONE.variable(new Variable("q")).dynamicsCode("q += 1.0;"))
          .preSpikeSynCode("addToPostDelay(g, 1); addToPre(0.0);")
          .postSpikeSynCode("g += 0.0 * (p + q);")
          .preEvent("t > 0.5", "addToPost(0.0);")
          .synapseDynamicsCode("addToPost(0.0);");

  private static final WeightUpdateModel PULSE =
      new WeightUpdateModel("Pulse")
          .variable("g", VarAccess.READ_ONLY)
          .preSpikeSynCode("addToPostDelay(g, 1);");

  private static Map<String, SynapseGroup> synapsesOfEachKind() {
    var half = SparsePatterns.fixedProbability(1);
    var one = Bindings.NONE.initialValue("g", Parts.code("One", "value = 1.0;"));
    var all = new LinkedHashMap<String, Connectivity>();
    all.put("dense", new Connectivity.Dense());
    all.put("sparse", new Connectivity.Sparse(half));
    all.put("narrow", new Connectivity.Sparse(half).narrowIndices(true));
    all.put("byColumn", new Connectivity.Sparse(SparsePatterns.fixedNumberPre(1)));
    all.put("bitmask", new Connectivity.Bitmask(half));
    all.put("procedural", new Connectivity.Procedural(half));
    all.put("denseProcedural", new Connectivity.DenseProcedural());
    var groups = new LinkedHashMap<String, SynapseGroup>();
    all.forEach(
        (name, connectivity) -> {
          boolean isStored = !name.toLowerCase(java.util.Locale.ROOT).contains("procedural");
          boolean isPlain = isStored && !name.equals("bitmask");
          var group =
              synapses(name, connectivity, "source", name, isPlain ? ALL : PULSE, one)
                  .maxDendriticDelay(3)
                  .axonalDelay(1);
          groups.put(name, isPlain ? group.backPropagationDelay(1) : group);
        });
    return groups;
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1", "1, 0", "1, 1", "0, 40", "40, 0", "1, 40", "40, 1"})
  @Feature({"N01", "S01", "S02", "S03", "S04", "S05", "I10", "R12"})
  void everyConnectionReachesWhatThereIs(int sources, int targets) {
    ModelSpec spec = model("small").neuronGroup(neurons("source", sources, SPIKES));
    var groups = synapsesOfEachKind();
    for (SynapseGroup group : groups.values()) {
      if (group.name().equals("byColumn") && sources == 0) {
        continue; // there is no source to draw
      }
      spec = spec.neuronGroup(neurons(group.target(), targets, SPIKES)).synapseGroup(group);
    }
    try (var simulation = open(spec)) {
      run(simulation, 3);
      for (SynapseGroup group : spec.synapseGroups()) {
        expectEach(simulation, VariableReference.neuron(group.target(), "x"), _ -> 0);
      }
      run(simulation, 3);
      for (SynapseGroup group : spec.synapseGroups()) {
        double arriving = group.name().equals("byColumn") ? 1 : sources;
        expectEach(simulation, VariableReference.neuron(group.target(), "x"), _ -> arriving);
      }
      simulation.reinitialise();
      assertEquals(0, simulation.timestep());
      run(simulation, 1);
    }
  }

  private static CustomUpdate update(String name, CustomUpdateModel model, String variable) {
    return new CustomUpdate(name, "Update", model, Bindings.NONE)
        .reference("v", VariableReference.neuron("n", variable));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  @Feature({"N05", "N16", "C01", "C04", "C12", "C17", "C18", "I02", "R12"})
  void everythingElseHasAsMuchToDoAsThereAreNeurons(int size) {
    var sum =
        new CustomUpdateModel("Sum", "total = v;")
            .variable(new CustomUpdateVariable("total", CustomUpdateVarAccess.REDUCE_NEURON_SUM))
            .reference("v", VarAccessMode.READ_ONLY);
    var most =
        new CustomUpdateModel("Most", "largest = v;")
            .variable(new CustomUpdateVariable("largest", CustomUpdateVarAccess.REDUCE_BATCH_MAX))
            .reference("v", VarAccessMode.READ_ONLY);
    var rewire =
        new CustomConnectivityUpdateModel(
            "Rewire", "for_each_synapse { remove_synapse(); } add_synapse(0);");
    var poisson = Bindings.NONE.parameter("rate", 1e6);
    ModelSpec spec =
        model("alone")
            .neuronGroup(
                new NeuronGroup(
                        "n",
                        size,
                        SPIKES,
                        Bindings.NONE.initialValue("drawn", VariableInits.normal(0, 1)))
                    .recordsSpikes(true))
            .neuronGroup(
                new NeuronGroup("poisson", size, NeuronModels.POISSON, poisson).recordsSpikes(true))
            .neuronGroup(
                new NeuronGroup(
                    "given",
                    size,
                    NeuronModels.SPIKE_SOURCE_ARRAY,
                    Bindings.NONE
                        .initialValue("startSpike", InitialValue.of(new float[size]))
                        .initialValue("endSpike", InitialValue.of(Parts.ascending(size, 1)))
                        .extraGlobalParameter("spikeTimes", new float[size])))
            .currentSource(
                new CurrentSource(
                    "cs", "n", CurrentSourceModels.DC, Bindings.NONE.parameter("amp", 2)))
            .synapseGroup(
                synapses(
                    "s",
                    new Connectivity.Sparse(SparsePatterns.oneToOne()),
                    "poisson",
                    "n",
                    new WeightUpdateModel("Empty").preSpikeSynCode("addToPost(1.0);"),
                    Bindings.NONE))
            .customUpdate(update("sum", sum, "x"))
            .customUpdate(update("most", most, "x"))
            .customConnectivityUpdate(
                new CustomConnectivityUpdate("rewire", "Rewire", "s", rewire, Bindings.NONE));
    try (var simulation = Simulation.open(spec, settings().recordingSteps(4))) {
      run(simulation, 4);
      simulation.customUpdate("Update");
      simulation.customUpdate("Rewire");
      assertEquals(size, simulation.sparseConnectivity("s").size());
      expectEach(simulation, VariableReference.neuron("n", "x"), _ -> 3);
      expectEach(simulation, VariableReference.customUpdate("sum", "total"), _ -> 3 * size);
      expectEach(simulation, VariableReference.customUpdate("most", "largest"), _ -> 3);
      for (int example = 0; example < setting.batchSize(); example++) {
        assertEquals(4 * size, simulation.recordedSpikes("n", example).count());
        assertEquals(4 * size, simulation.recordedSpikes("poisson", example).count());
      }
    }
  }
}
