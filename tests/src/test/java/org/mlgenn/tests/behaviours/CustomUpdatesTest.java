package org.mlgenn.tests.behaviours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mlgenn.tests.behaviours.Parts.neurons;
import static org.mlgenn.tests.behaviours.Parts.synapses;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// A5: custom updates that set, transpose and take away.
final class CustomUpdatesTest extends Behaviours {
  private static CustomUpdate setting(
      String name, String group, String code, VarAccessMode mode, VariableReference reference) {
    var model = new CustomUpdateModel("Set", code).reference("R", mode);
    return new CustomUpdate(name, group, model, Bindings.NONE).reference("R", reference);
  }

  static VariableReference neuron(String variable) {
    return VariableReference.neuron("n", variable);
  }

  private static final NeuronModel NEURON =
      new NeuronModel("Neuron")
          .variable("V")
          .variable(new Variable("shared", "scalar", VarAccess.READ_ONLY))
          .variable(new Variable("ofExample", "scalar", VarAccess.READ_ONLY_SHARED_NEURON));

  private static final WeightUpdateModel SYNAPSE =
      new WeightUpdateModel("Synapse")
          .variable("g", VarAccess.READ_WRITE)
          .pre(NeuronEnd.NONE.variable(new Variable("pre")))
          .post(NeuronEnd.NONE.variable(new Variable("post")));

  private static SynapseGroup group(String name, Connectivity connectivity, String target) {
    var postsynaptic =
        new PostsynapticModel("Postsynapse", "injectCurrent(inSyn); inSyn = 0.0;")
            .variable(new Variable("psm"));
    return new SynapseGroup(
        name,
        connectivity,
        "n",
        target,
        new WeightUpdate(SYNAPSE, Bindings.NONE),
        new Postsynapse(postsynaptic, Bindings.NONE));
  }

  @Test
  @Feature({"C04", "C05", "C06", "C07", "C08", "C09", "C10", "C22", "M17", "M18", "R12"})
  void updatesSetVariablesOfEveryKind() { // A5.1
    var own =
        new CustomUpdateModel("Own", "o = V;")
            .variable(new CustomUpdateVariable("o", CustomUpdateVarAccess.READ_WRITE))
            .reference("V", VarAccessMode.READ_ONLY);
    var kernel =
        new Connectivity.Toeplitz(
            ToeplitzPatterns.conv2d(new int[] {3, 3}, new int[] {4, 4, 1}, new int[] {2, 2, 1}));
    var batched =
        List.of(
            neuron("V"),
            VariableReference.currentSource("cs", "level"),
            VariableReference.postsynaptic("dense", "psm"),
            VariableReference.weightUpdatePre("dense", "pre"),
            VariableReference.weightUpdatePost("dense", "post"),
            VariableReference.synapse("dense", "g"),
            VariableReference.synapse("sparse", "g"),
            VariableReference.synapse("kernel", "g"),
            VariableReference.customUpdate("own", "o"),
            VariableReference.customUpdate("ownSynaptic", "o"));
    ModelSpec spec =
        model("updates")
            .neuronGroup(neurons("n", 16, NEURON))
            .neuronGroup(neurons("target", 4, Parts.EMPTY))
            .currentSource(
                new CurrentSource(
                    "cs",
                    "n",
                    new CurrentSourceModel("Level", "injectCurrent(level);").variable("level"),
                    Bindings.NONE))
            .synapseGroup(group("dense", new Connectivity.Dense(), "target"))
            .synapseGroup(group("sparse", Parts.sparse(Parts.bitCodedPairs(16, 4)), "target"))
            .synapseGroup(group("kernel", kernel, "target"))
            .customUpdate(
                new CustomUpdate("own", "Own", own, Bindings.NONE).reference("V", neuron("V")))
            .customUpdate(
                new CustomUpdate("ownSynaptic", "Own", own, Bindings.NONE)
                    .reference("V", VariableReference.synapse("dense", "g")));
    for (VariableReference reference : batched) {
      String code = "R = (batch * 1000.0) + t;";
      String name = "set" + spec.customUpdates().size();
      spec = spec.customUpdate(setting(name, "Test", code, VarAccessMode.READ_WRITE, reference));
    }
    var shared = neuron("shared");
    var ofExample = neuron("ofExample");
    spec =
        spec.customUpdate(setting("setShared", "Test", "R = t;", VarAccessMode.READ_WRITE, shared))
            .customUpdate(
                setting(
                    "setOfExample",
                    "Test",
                    "R = (batch * 1000.0) + t;",
                    VarAccessMode.READ_WRITE,
                    ofExample));
    try (var simulation = open(spec)) {
      for (VariableReference reference : batched) {
        assertTrue(simulation.variable(reference).isPerExample(), reference.toString());
      }
      assertTrue(simulation.variable(ofExample).isPerExample());
      assertEquals(1, simulation.variable(ofExample).elements());
      assertFalse(simulation.variable(shared).isPerExample());
      for (int step = 0; step < 25; step++) {
        if (simulation.timestep() % 10 == 0) {
          simulation.customUpdate("Test");
        }
        simulation.stepTime();
        double last = 10 * Math.floor((simulation.timestep() - 1) / 10.0);
        for (VariableReference reference : batched) {
          expect(simulation, reference, (example, _) -> 1000.0 * example + last);
        }
        expect(simulation, ofExample, (example, _) -> 1000.0 * example + last);
        expectEach(simulation, shared, _ -> last);
      }
    }
  }

  @Test
  @Feature({"C04", "C05", "C15", "N09", "M19", "R12"})
  void updatesWriteThePresentSlotAndBroadcastsAll() { // A5.2
    int delay = 5;
    var neuron = new NeuronModel("Neuron").variable("V").variable("U").thresholdCondition("true");
    var model =
        new WeightUpdateModel("Reader")
            .variable("v", VarAccess.READ_WRITE)
            .variable("p", VarAccess.READ_WRITE)
            .preNeuronVariable("V")
            .pre(NeuronEnd.NONE.variable(new Variable("P")))
            .preSpikeSynCode("v = V; p = P;");
    var delayed = List.of(neuron("V"), VariableReference.weightUpdatePre("s", "P"));
    var all = new ArrayList<>(delayed);
    all.add(neuron("U"));
    ModelSpec spec =
        model("slots")
            .neuronGroup(neurons("n", 10, neuron))
            .neuronGroup(neurons("target", 10, Parts.EMPTY))
            .synapseGroup(
                synapses("s", Parts.oneToOne(10), "n", "target", model, Bindings.NONE)
                    .axonalDelay(delay));
    for (VariableReference reference : all) {
      String name = reference.variable();
      spec =
          spec.customUpdate(
                  setting(
                      "test" + name,
                      "Test",
                      "R = (batch * 1000.0) + t;",
                      VarAccessMode.READ_WRITE,
                      reference))
              .customUpdate(
                  setting(
                      "all" + name,
                      "TestBroadcast",
                      "R = (batch * 2000.0) + t;",
                      VarAccessMode.BROADCAST,
                      reference));
    }
    var read = List.of(VariableReference.synapse("s", "v"), VariableReference.synapse("s", "p"));
    try (var simulation = open(spec)) {
      run(simulation, 10);
      simulation.customUpdate("Test");
      for (VariableReference reference : all) {
        expect(simulation, reference, (example, _) -> 1000.0 * example + 10);
      }
      // Synapses get there as late as the spikes of this step do.
      for (int step = 0; step <= delay; step++) {
        for (VariableReference reference : read) {
          expectEach(simulation, reference, _ -> 0);
        }
        simulation.stepTime();
      }
      for (VariableReference reference : read) {
        expect(simulation, reference, (example, _) -> 1000.0 * example + 10);
      }
      simulation.customUpdate("TestBroadcast");
      for (VariableReference reference : all) {
        expect(simulation, reference, (example, _) -> 2000.0 * example + 16);
      }
      for (int step = 0; step <= delay + 1; step++) {
        simulation.stepTime();
        for (VariableReference reference : read) {
          expect(simulation, reference, (example, _) -> 2000.0 * example + 16);
        }
      }
    }
  }

  @Test
  @Feature({"C14", "C15", "S33", "S23", "N08", "R12"})
  void resetsReachInputOnItsWayAndTimes() { // A5.3
    int size = 100;
    float[] delays = new float[size];
    for (int i = 0; i < size; i++) {
      delays[i] = (float) Math.floor(i / 20.0);
    }
    var once = new NeuronModel("Once").thresholdCondition("t < 0.5");
    var timed =
        new WeightUpdateModel("Timed")
            .variable("w", VarAccess.READ_WRITE)
            .preSpikeSynCode("w = st_pre + prev_st_pre;");
    var decay = new Postsynapse(PostsynapticModels.EXP_CURR, Bindings.NONE.parameter("tau", 10));
    var pulse = Bindings.NONE.initialValue("g", 1);
    ModelSpec spec =
        model("reset")
            .neuronGroup(neurons("once", size, once))
            .neuronGroup(neurons("delayedOnce", size, once))
            .neuronGroup(neurons("target", size, Parts.EMPTY))
            .synapseGroup(
                new SynapseGroup(
                    "plain",
                    Parts.oneToOne(size),
                    "once",
                    "target",
                    new WeightUpdate(WeightUpdateModels.STATIC_PULSE, pulse),
                    decay))
            .synapseGroup(
                new SynapseGroup(
                        "dendritic",
                        Parts.oneToOne(size),
                        "once",
                        "target",
                        new WeightUpdate(
                            WeightUpdateModels.STATIC_PULSE_DENDRITIC_DELAY,
                            pulse.initialValue("d", InitialValue.of(delays))),
                        decay)
                    .maxDendriticDelay(5))
            .synapseGroup(
                synapses(
                        "axonal",
                        Parts.oneToOne(size),
                        "delayedOnce",
                        "target",
                        timed,
                        Bindings.NONE)
                    .axonalDelay(5));
    var inputs =
        List.of(
            VariableReference.synapticInput("plain"), VariableReference.synapticInput("dendritic"));
    var times =
        List.of(
            VariableReference.spikeTime("once"),
            VariableReference.previousSpikeTime("once"),
            VariableReference.spikeTime("delayedOnce"),
            VariableReference.previousSpikeTime("delayedOnce"));
    var setScalar = new CustomUpdateModel("Zero", "R = 0.0;");
    for (VariableReference reference : inputs) {
      spec =
          spec.customUpdate(
              new CustomUpdate(
                      "reset" + spec.customUpdates().size(),
                      "Reset",
                      setScalar.reference("R", VarAccessMode.READ_WRITE),
                      Bindings.NONE)
                  .reference("R", reference));
    }
    spec =
        spec.customUpdate(
            new CustomUpdate(
                    "resetDendrites",
                    "Reset",
                    setScalar.reference("R", VarAccessMode.BROADCAST),
                    Bindings.NONE)
                .reference("R", VariableReference.dendriticDelay("dendritic")));
    var setTime =
        new CustomUpdateModel("Never", "R = lowest;")
            .parameter("lowest")
            .reference(new VariableDeclaration("R", "timepoint", VarAccessMode.BROADCAST));
    for (VariableReference reference : times) {
      spec =
          spec.customUpdate(
              new CustomUpdate(
                      "reset" + spec.customUpdates().size(),
                      "Reset",
                      setTime,
                      Bindings.NONE.parameter("lowest", setting.lowest()))
                  .reference("R", reference));
    }
    try (var simulation = open(spec)) {
      run(simulation, 2);
      expectEach(simulation, inputs.get(0), _ -> Math.exp(-0.1));
      expectEach(simulation, inputs.get(1), i -> i < 20 ? Math.exp(-0.1) : 0);
      for (VariableReference time : times) {
        expectEach(simulation, time, _ -> 0);
      }
      simulation.customUpdate("Reset");
      for (int step = 0; step < 5; step++) {
        for (VariableReference input : inputs) {
          expectEach(simulation, input, _ -> 0);
        }
        for (VariableReference time : times) {
          expectEach(simulation, time, _ -> setting.lowest());
        }
        simulation.stepTime();
      }
    }
  }

  @Test
  @Feature({"C14", "R12"})
  void spikesThatAnUpdateTakesAwayAreNotDelivered() { // A5.4
    var model =
        new CustomUpdateModel("Clear", "R = 0;")
            .reference(new VariableDeclaration("R", "unsigned int", VarAccessMode.READ_WRITE));
    var pulse = Bindings.NONE.initialValue("g", 1);
    ModelSpec spec =
        model("spikeCount")
            .neuronGroup(neurons("source", 10, Parts.ALWAYS_SPIKES))
            .neuronGroup(neurons("target", 10, Parts.SUM))
            .synapseGroup(
                synapses(
                    "s",
                    Parts.oneToOne(10),
                    "source",
                    "target",
                    WeightUpdateModels.STATIC_PULSE,
                    pulse))
            .customUpdate(
                new CustomUpdate("clear", "Clear", model, Bindings.NONE)
                    .reference("R", VariableReference.sourceSpikeCount("s")));
    try (var simulation = open(spec)) {
      run(simulation, 2);
      expectEach(simulation, VariableReference.neuron("target", "x"), _ -> 1);
      simulation.customUpdate("Clear");
      simulation.stepTime();
      expectEach(simulation, VariableReference.neuron("target", "x"), _ -> 0);
      simulation.stepTime();
      expectEach(simulation, VariableReference.neuron("target", "x"), _ -> 1);
    }
  }

  static float[] random(int size) {
    var random = new Random(42);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static CustomUpdate sum(String name, VariableReference x, VariableReference y) {
    var model =
        new CustomUpdateModel("Sum", "sum = x + (1000.0 * y);")
            .variable(new CustomUpdateVariable("sum", CustomUpdateVarAccess.READ_WRITE))
            .reference("x", VarAccessMode.READ_ONLY)
            .reference("y", VarAccessMode.READ_ONLY);
    return new CustomUpdate(name, "Sum", model, Bindings.NONE).reference("x", x).reference("y", y);
  }

  /// GeNN refuses references to groups with different delays; here each has its own slot.
  @Test
  @Feature({"C04", "S21", "R12"})
  void referencesToGroupsWithOtherDelaysAreThoseOfNow() { // B7.3
    var neuron =
        new NeuronModel("Neuron").variable("V").simCode("V = t + id;").thresholdCondition("true");
    var reader =
        new WeightUpdateModel("Reader").preNeuronVariable("V").preSpikeSynCode("addToPost(V);");
    ModelSpec spec = model("slots").neuronGroup(neurons("target", 10, Parts.EMPTY));
    for (int delay : new int[] {10, 5}) {
      String source = "delayed" + delay;
      spec =
          spec.neuronGroup(neurons(source, 10, neuron))
              .synapseGroup(
                  synapses("s" + delay, Parts.oneToOne(10), source, "target", reader, Bindings.NONE)
                      .axonalDelay(delay));
    }
    spec =
        spec.customUpdate(
            sum(
                "sum",
                VariableReference.neuron("delayed10", "V"),
                VariableReference.neuron("delayed5", "V")));
    try (var simulation = open(spec)) {
      for (int step = 0; step < 25; step++) {
        simulation.stepTime();
        simulation.customUpdate("Sum");
        double time = step;
        expectEach(
            simulation, VariableReference.customUpdate("sum", "sum"), id -> 1001 * (time + id));
      }
    }
  }

  @Test
  @Feature({"C13", "R12"})
  void transposesWriteTheMatrixThatLeadsBack() { // A5.5
    int rows = 100;
    int columns = 70;
    float[] forward = random(rows * columns);
    var weights =
        new WeightUpdateModel("Weights").variable("g", VarAccess.READ_WRITE).preSpikeSynCode("");
    var update =
        new CustomUpdateModel("Scale", "R = R * 0.5;").reference("R", VarAccessMode.READ_WRITE);
    ModelSpec spec =
        model("transpose")
            .neuronGroup(neurons("a", rows, Parts.EMPTY))
            .neuronGroup(neurons("b", columns, Parts.EMPTY))
            .synapseGroup(
                synapses(
                    "forward",
                    new Connectivity.Dense(),
                    "a",
                    "b",
                    weights,
                    Bindings.NONE.initialValue("g", InitialValue.of(forward))))
            .synapseGroup(
                synapses("backward", new Connectivity.Dense(), "b", "a", weights, Bindings.NONE))
            .customUpdate(
                new CustomUpdate("transpose", "Transpose", update, Bindings.NONE)
                    .transposed(
                        "R",
                        VariableReference.synapse("forward", "g"),
                        VariableReference.synapse("backward", "g")));
    try (var simulation = open(spec)) {
      simulation.customUpdate("Transpose");
      expectEach(simulation, VariableReference.synapse("forward", "g"), k -> forward[k] * 0.5);
      expectEach(
          simulation,
          VariableReference.synapse("backward", "g"),
          k -> forward[(k % rows) * columns + k / rows] * 0.5);
    }
  }
}
