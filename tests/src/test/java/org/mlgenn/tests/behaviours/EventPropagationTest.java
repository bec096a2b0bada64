package org.mlgenn.tests.behaviours;

import static org.mlgenn.tests.behaviours.Parts.bitCodedPairs;
import static org.mlgenn.tests.behaviours.Parts.neurons;
import static org.mlgenn.tests.behaviours.Parts.sparse;
import static org.mlgenn.tests.behaviours.Parts.synapses;

import java.util.LinkedHashMap;
import java.util.Map;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// A1: what spikes and spike-like events send through synapses of each kind.
final class EventPropagationTest extends Behaviours {
  private static final int SOURCES = 16;
  private static final int TARGETS = 4;
  private static final int[][] PAIRS = bitCodedPairs(SOURCES, TARGETS);
  private static final String AT_ID = "round(t) == (scalar) id";

  private static final WeightUpdateModel EVENT_PULSE =
      new WeightUpdateModel("EventPulse")
          .variable("g", VarAccess.READ_ONLY)
          .preEvent(AT_ID, "addToPost(g);");
  private static final WeightUpdateModel EVENT_PULSE_CONSTANT =
      new WeightUpdateModel("EventPulseConstant").preEvent(AT_ID, "addToPost(1.0);");

  private static final Bindings G_1 = Bindings.NONE.initialValue("g", 1);
  private static final Bindings CONSTANT_1 = Bindings.NONE.parameter("g", 1);
  private static final Bindings G_BY_CODE =
      Bindings.NONE.initialValue(
          "g", Parts.code("Bit", "value = (scalar) (((id_pre + 1) >> id_post) & 1);"));

  private static Bindings ones(Bindings bindings) {
    float[] g = new float[SOURCES * TARGETS];
    for (int[] pair : PAIRS) {
      g[pair[0] * TARGETS + pair[1]] = 1;
    }
    return bindings.initialValue("g", InitialValue.of(g));
  }

  /// The bit-coded connections in each form; the value `g` of a connection is 1.
  private static Map<String, SynapseGroup> decoders(
      WeightUpdateModel variable, WeightUpdateModel constant, Bindings one) {
    var wirings = new LinkedHashMap<String, SynapseGroup>();
    add(wirings, "sparseConstant", new Connectivity.Sparse(Parts.bitCoded()), constant, one);
    add(wirings, "sparse", new Connectivity.Sparse(Parts.bitCoded()), variable, G_1);
    add(wirings, "sparseNarrow", sparse(PAIRS).narrowIndices(true), variable, G_1);
    add(wirings, "sparsePairs", sparse(PAIRS), variable, G_1);
    add(wirings, "bitmask", new Connectivity.Bitmask(Parts.bitCoded()), constant, one);
    add(wirings, "dense", new Connectivity.Dense(), variable, G_BY_CODE);
    add(wirings, "denseArray", new Connectivity.Dense(), variable, ones(Bindings.NONE));
    add(wirings, "procedural", new Connectivity.Procedural(Parts.bitCoded()), constant, one);
    add(wirings, "denseProcedural", new Connectivity.DenseProcedural(), variable, G_BY_CODE);
    return wirings;
  }

  private static void add(
      Map<String, SynapseGroup> wirings,
      String name,
      Connectivity connectivity,
      WeightUpdateModel model,
      Bindings bindings) {
    wirings.put(name, synapses(name, connectivity, "source", name + "Target", model, bindings));
  }

  private ModelSpec withTargets(ModelSpec sources, Map<String, SynapseGroup> wirings) {
    ModelSpec spec = sources;
    for (SynapseGroup group : wirings.values()) {
      spec = spec.neuronGroup(neurons(group.target(), TARGETS, Parts.SUM)).synapseGroup(group);
    }
    return spec;
  }

  private void expectCounting(ModelSpec spec, Map<String, SynapseGroup> wirings) {
    try (var simulation = open(spec)) {
      for (int step = 0; step < SOURCES; step++) {
        simulation.stepTime();
        for (SynapseGroup group : wirings.values()) {
          expectDecoded(simulation, group.target(), simulation.timestep() - 1);
        }
      }
    }
  }

  @Test
  @Feature({"S01", "S02", "S03", "S04", "S05", "S09", "S26", "S29", "S35", "R12"})
  void spikesCountUpThroughBitCodedConnections() { // A1.1, A1.4
    var wirings =
        decoders(
            WeightUpdateModels.STATIC_PULSE,
            WeightUpdateModels.STATIC_PULSE_CONSTANT_WEIGHT,
            CONSTANT_1);
    expectCounting(
        withTargets(model("spikes").neuronGroup(Parts.oneHot("source", SOURCES)), wirings),
        wirings);
  }

  @Test
  @Feature({"S11", "R12"})
  void spikeLikeEventsCountUpThroughBitCodedConnections() { // A1.2
    var wirings = decoders(EVENT_PULSE, EVENT_PULSE_CONSTANT, Bindings.NONE);
    expectCounting(
        withTargets(model("events").neuronGroup(neurons("source", SOURCES, Parts.EMPTY)), wirings),
        wirings);
  }

  @Test
  @Feature({"S03", "S04", "S05", "S06", "S07", "S19", "S23", "S35", "R12"})
  void dendriticDelaysLetSpikesArriveTogether() { // A1.3, and with kernels
    int size = 10;
    float[] delays = new float[size];
    int[][] pairs = new int[size][];
    for (int i = 0; i < size; i++) {
      delays[i] = 9 - i;
      pairs[i] = new int[] {i, 0};
    }
    int[] row = {1, size};
    int[] in = {1, size, 1};
    int[] one = {1, 1, 1};
    var g = Bindings.NONE.initialValue("g", 1);
    var given = g.initialValue("d", InitialValue.of(delays));
    var byCode = g.initialValue("d", Parts.code("Delay", "value = 9 - id_pre;"));
    var toFirst = new SparseInit("ToFirst").rowBuildCode("addSynapse(0);");
    var conv = SparsePatterns.conv2d(row, new int[] {1, 1}, new int[] {0, 0}, in, one);
    var wirings = new LinkedHashMap<String, SynapseGroup>();
    var model = WeightUpdateModels.STATIC_PULSE_DENDRITIC_DELAY;
    add(wirings, "dense", new Connectivity.Dense(), model, given);
    add(wirings, "sparse", sparse(pairs), model, given);
    var bits = Connectivity.Bitmask.of(Parts.sources(pairs), Parts.targets(pairs));
    add(wirings, "bitmask", bits, model, given);
    var built = new BuiltSynapses(toFirst, Bindings.NONE);
    add(wirings, "procedural", new Connectivity.Procedural(built), model, byCode);
    add(wirings, "denseProcedural", new Connectivity.DenseProcedural(), model, byCode);
    add(wirings, "kernel", new Connectivity.ProceduralKernel(conv), model, given);
    var toeplitz = ToeplitzPatterns.conv2d(row, in, one);
    add(wirings, "toeplitz", new Connectivity.Toeplitz(toeplitz), model, given);
    var spec = model("dendrites").neuronGroup(Parts.oneHot("source", size));
    for (SynapseGroup group : wirings.values()) {
      spec =
          spec.neuronGroup(neurons(group.target(), 1, Parts.SUM))
              .synapseGroup(group.maxDendriticDelay(size));
    }
    try (var simulation = open(spec)) {
      for (int step = 0; step < 13; step++) {
        simulation.stepTime();
        double expected = simulation.timestep() == 11 ? 10 : 0;
        for (SynapseGroup group : wirings.values()) {
          expectEach(simulation, VariableReference.neuron(group.target(), "x"), _ -> expected);
        }
      }
    }
  }

  private static final int SIZE = 64;

  /// Spikes at t = 0 where a pixel is set.
  private static final NeuronModel PIXELS =
      new NeuronModel("Pixels")
          .variable(new Variable("pixel", "scalar", VarAccess.READ_ONLY))
          .thresholdCondition("pixel > 0.5 && t < 0.5");

  @Test
  @Feature({"S06", "S07", "S08", "I04", "I11", "I12", "R12"})
  void kernelsCorrelateImages() { // A1.5, A1.6
    float[] image = Images.test(SIZE);
    int[] in = {SIZE, SIZE, 1};
    int[] out = {SIZE - 2, SIZE - 2, 1};
    int[] three = {3, 3};
    var conv = SparsePatterns.conv2d(three, new int[] {1, 1}, new int[] {0, 0}, in, out);
    var toeplitz = ToeplitzPatterns.conv2d(three, in, out);
    var connections =
        Map.of(
            "sparse", new Connectivity.Sparse(conv),
            "toeplitz", new Connectivity.Toeplitz(toeplitz),
            "procedural", new Connectivity.ProceduralKernel(conv));
    var kernels = Map.of("horizontal", Images.HORIZONTAL, "vertical", Images.VERTICAL);
    var spec =
        model("kernels")
            .neuronGroup(
                new NeuronGroup(
                    "image",
                    SIZE * SIZE,
                    PIXELS,
                    Bindings.NONE.initialValue("pixel", InitialValue.of(image))));
    for (var connection : connections.entrySet()) {
      for (var kernel : kernels.entrySet()) {
        String name = connection.getKey() + "_" + kernel.getKey();
        InitialValue g =
            connection.getKey().equals("sparse")
                ? VariableInits.kernel(kernel.getValue())
                : InitialValue.of(kernel.getValue());
        spec =
            spec.neuronGroup(neurons(name, (SIZE - 2) * (SIZE - 2), Parts.SUM))
                .synapseGroup(
                    synapses(
                        name,
                        connection.getValue(),
                        "image",
                        name,
                        WeightUpdateModels.STATIC_PULSE,
                        Bindings.NONE.initialValue("g", g)));
      }
    }
    try (var simulation = open(spec)) {
      run(simulation, 2);
      for (String connection : connections.keySet()) {
        kernels.forEach(
            (kernel, values) -> {
              float[] expected = Images.correlated(image, SIZE, values);
              expectEach(
                  simulation,
                  VariableReference.neuron(connection + "_" + kernel, "x"),
                  pixel -> expected[pixel]);
            });
      }
    }
  }

  private static final WeightUpdateModel REVERSE =
      new WeightUpdateModel("Reverse")
          .variable("g", VarAccess.READ_ONLY)
          .preSpikeSynCode("addToPre(g);");
  private static final Bindings POWER_OF_POST =
      Bindings.NONE.initialValue("g", Parts.code("Power", "value = (scalar) (1 << id_post);"));

  @Test
  @Feature({"S19", "S11", "R12"})
  void spikesAddToTheirSource() { // A1.7
    var byEvent =
        new WeightUpdateModel("ReverseEvent")
            .variable("g", VarAccess.READ_ONLY)
            .preEvent(AT_ID, "addToPre(g);");
    var byBit =
        new WeightUpdateModel("ReverseBit").preSpikeSynCode("addToPre((scalar) (1 << id_post));");
    var dense =
        Bindings.NONE.initialValue(
            "g",
            Parts.code(
                "PowerOfBit",
                "value = (((id_pre + 1) >> id_post) & 1) != 0 ? (scalar) (1 << id_post) : 0.0;"));
    var groups = new LinkedHashMap<String, SynapseGroup>();
    addReverse(groups, "sparse", sparse(PAIRS), REVERSE, POWER_OF_POST);
    addReverse(groups, "built", new Connectivity.Sparse(Parts.bitCoded()), REVERSE, POWER_OF_POST);
    addReverse(groups, "dense", new Connectivity.Dense(), REVERSE, dense);
    addReverse(groups, "bitmask", new Connectivity.Bitmask(Parts.bitCoded()), byBit, Bindings.NONE);
    addReverse(
        groups, "procedural", new Connectivity.Procedural(Parts.bitCoded()), byBit, Bindings.NONE);
    addReverse(groups, "event", sparse(PAIRS), byEvent, POWER_OF_POST);
    var spec = model("reverse").neuronGroup(neurons("target", TARGETS, Parts.EMPTY));
    for (SynapseGroup group : groups.values()) {
      spec =
          spec.neuronGroup(neurons(group.source(), SOURCES, Parts.SUM_AND_SPIKE))
              .synapseGroup(group);
    }
    try (var simulation = open(spec)) {
      for (int step = 0; step < SOURCES; step++) {
        simulation.stepTime();
        for (SynapseGroup group : groups.values()) {
          expectSum(
              simulation, VariableReference.neuron(group.source(), "x"), simulation.timestep() - 1);
        }
      }
    }
  }

  private static void addReverse(
      Map<String, SynapseGroup> groups,
      String name,
      Connectivity connectivity,
      WeightUpdateModel model,
      Bindings bindings) {
    groups.put(name, synapses(name, connectivity, name + "Source", "target", model, bindings));
  }

  @Test
  @Feature({"S06", "S07", "S19", "R12"})
  void kernelsAddToTheirSource() { // A1.8
    int[] in = {8, 8, 1};
    int[] out = {6, 6, 1};
    int[] three = {3, 3};
    var connections =
        Map.of(
            "toeplitz",
            new Connectivity.Toeplitz(ToeplitzPatterns.conv2d(three, in, out)),
            "procedural",
            new Connectivity.ProceduralKernel(
                SparsePatterns.conv2d(three, new int[] {1, 1}, new int[] {0, 0}, in, out)));
    float[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    var bindings = Bindings.NONE.initialValue("g", InitialValue.of(ones));
    var spec = model("reverseKernel").neuronGroup(neurons("target", 36, Parts.EMPTY));
    for (var entry : connections.entrySet()) {
      String source = entry.getKey() + "Source";
      spec =
          spec.neuronGroup(neurons(source, 64, Parts.SUM_AND_SPIKE))
              .synapseGroup(
                  synapses(entry.getKey(), entry.getValue(), source, "target", REVERSE, bindings));
    }
    int[] windows = {1, 2, 3, 3, 3, 3, 2, 1};
    try (var simulation = open(spec)) {
      for (int step = 0; step < 65; step++) {
        simulation.stepTime();
        int spiked = (int) simulation.timestep() - 2;
        for (String name : connections.keySet()) {
          expectEach(
              simulation,
              VariableReference.neuron(name + "Source", "x"),
              i -> i == spiked ? windows[i / 8] * windows[i % 8] : 0);
        }
      }
    }
  }

  @Test
  @Feature({"S10", "S12", "S19", "R12"})
  void postsynapticSpikesAndEventsAddToTheSource() { // A1.9
    var bySpike =
        new WeightUpdateModel("ReversePost")
            .variable("g", VarAccess.READ_ONLY)
            .postSpikeSynCode("addToPre(g);");
    var byEvent =
        new WeightUpdateModel("ReversePostEvent")
            .variable("g", VarAccess.READ_ONLY)
            .postEvent(AT_ID, "addToPre(g);");
    int[][] pairs = new int[PAIRS.length][];
    for (int k = 0; k < pairs.length; k++) {
      pairs[k] = new int[] {PAIRS[k][1], PAIRS[k][0]};
    }
    var dense =
        Bindings.NONE.initialValue(
            "g", Parts.code("BitOfPost", "value = (scalar) (((id_post + 1) >> id_pre) & 1);"));
    var groups = new LinkedHashMap<String, SynapseGroup>();
    for (var entry : Map.of("Spike", bySpike, "Event", byEvent).entrySet()) {
      String name = "sparse" + entry.getKey();
      groups.put(
          name, synapses(name, sparse(pairs), name + "Source", "target", entry.getValue(), G_1));
      String denseName = "dense" + entry.getKey();
      groups.put(
          denseName,
          synapses(
              denseName,
              new Connectivity.Dense(),
              denseName + "Source",
              "target",
              entry.getValue(),
              dense));
    }
    var spec = model("reversePost").neuronGroup(Parts.oneHot("target", SOURCES));
    for (SynapseGroup group : groups.values()) {
      spec = spec.neuronGroup(neurons(group.source(), TARGETS, Parts.SUM)).synapseGroup(group);
    }
    try (var simulation = open(spec)) {
      for (int step = 0; step < SOURCES; step++) {
        simulation.stepTime();
        for (SynapseGroup group : groups.values()) {
          expectDecoded(simulation, group.source(), simulation.timestep() - 1);
        }
      }
    }
  }
}
