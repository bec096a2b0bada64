package org.mlgenn.compilers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.model.VariableReference;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;
import org.genn.engine.runtime.StepObserver;
import org.genn.feature.Feature;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlgenn.Network;
import org.mlgenn.NetworkBuilder;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.data.SpikeTrain;
import org.mlgenn.initializers.Value;
import org.mlgenn.neurons.IntegrateFire;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.Neuron;
import org.mlgenn.neurons.Refractoriness;
import org.mlgenn.neurons.Reset;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.synapses.Delta;
import org.mlgenn.synapses.Exponential;
import org.mlgenn.synapses.Synapse;

/// Every option of the neurons and synapses, run by the engine, against a recurrence in plain Java.
class NeuronDynamicsTest {
  private static final int INPUTS = 6;
  private static final int NEURONS = 4;
  private static final int STEPS = 60;
  private static final int EXAMPLES = 3;

  private static final double START = 0.125;
  private static final double[] START_VOLTAGES = {START, START, START, START};
  private static final double[][] INPUT_WEIGHTS = weights(INPUTS, 0.4, 3);
  private static final double[][] RECURRENT_WEIGHTS = weights(NEURONS, 0.1, 5);

  /// Single precision against double precision, over sixty steps.
  private static final double TOLERANCE = 2e-5;

  /// A neuron and a synapse, and the same for the recurrence.
  private record Case(
      String name, Neuron neuron, Synapse synapse, Consumer<ReferenceNetwork> options) {
    Case(String name, Neuron neuron, Consumer<ReferenceNetwork> options) {
      this(name, neuron, new Exponential(5), EXPONENTIAL.andThen(options));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Consumer<ReferenceNetwork> EXPONENTIAL =
      reference -> reference.isExponential = true;

  private static final Case LIF = new Case("LIF", new LeakyIntegrateFire().v(START), _ -> {});

  private static final List<Case> CASES =
      List.of(
          LIF,
          new Case(
              "IF",
              new IntegrateFire().vThresh(1.5).vReset(-0.25).v(START),
              reference -> {
                reference.leaks = false;
                reference.subtracts = false;
                Arrays.fill(reference.vThresh, 1.5);
                reference.vReset = -0.25;
              }),
          new Case(
              "LI_with_bias",
              new LeakyIntegrate().bias(0.0625).tauMem(10).v(START),
              reference -> {
                reference.spikes = false;
                reference.bias = 0.0625;
                Arrays.fill(reference.tauMem, 10);
              }),
          new Case(
              "LI_with_scaled_input_and_bias",
              new LeakyIntegrate().bias(0.0625).scaleI(true).v(START),
              reference -> {
                reference.spikes = false;
                reference.scalesInput = true;
                reference.bias = 0.0625;
              }),
          new Case(
              "LIF_reset_to_a_voltage",
              new LeakyIntegrateFire().reset(Reset.TO_RESET).vReset(-0.5).v(START),
              reference -> {
                reference.subtracts = false;
                reference.vReset = -0.5;
              }),
          new Case(
              "LIF_subtracting_with_vReset",
              new LeakyIntegrateFire().vReset(-0.5).v(START),
              reference -> reference.vReset = -0.5),
          new Case(
              "LIF_with_scaled_input",
              new LeakyIntegrateFire().tauMem(5).scaleI(true).vThresh(0.25).v(START),
              reference -> {
                reference.scalesInput = true;
                Arrays.fill(reference.tauMem, 5);
                Arrays.fill(reference.vThresh, 0.25);
              }),
          new Case(
              "LIF_integrating_while_refractory",
              new LeakyIntegrateFire().refractoriness(new Refractoriness(3.5)).v(START),
              reference -> {
                reference.isRefractory = true;
                reference.tauRefrac = 3.5;
              }),
          new Case(
              "LIF_standing_still_while_refractory",
              new LeakyIntegrateFire().refractoriness(new Refractoriness(3.5, false)).v(START),
              reference -> {
                reference.isRefractory = true;
                reference.integratesInRefractoriness = false;
                reference.tauRefrac = 3.5;
              }),
          new Case(
              "LIF_with_a_value_per_neuron",
              new LeakyIntegrateFire()
                  .tauMem(Value.of(new float[] {5, 10, 20, 40}))
                  .vThresh(Value.of(new float[] {1, 1.25f, 0.75f, 2}))
                  .v(START),
              reference -> {
                reference.tauMem = new double[] {5, 10, 20, 40};
                reference.vThresh = new double[] {1, 1.25, 0.75, 2};
              }),
          new Case("Delta", new LeakyIntegrateFire().v(START), new Delta(), _ -> {}),
          new Case(
              "Exponential_with_scaled_input",
              LeakyIntegrateFire.forEventProp().tauMem(5).vThresh(0.25).v(START),
              Exponential.forEventProp().tau(3),
              EXPONENTIAL.andThen(
                  reference -> {
                    reference.scalesCurrent = true;
                    reference.scalesInput = true;
                    reference.tauSyn = 3;
                    reference.subtracts = false;
                    Arrays.fill(reference.tauMem, 5);
                    Arrays.fill(reference.vThresh, 0.25);
                  })));

  private static final Map<Double, Watched> RESULTS = new HashMap<>();

  /// All cases are populations of one network, so that only one model is built for each dt.
  @BeforeAll
  static void simulate() {
    for (double dt : new double[] {1, 0.5}) {
      var settings = new SimulationSettings().dt(dt);
      RESULTS.put(dt, simulate(new InferenceCompiler(STEPS).simulation(settings), CASES));
    }
  }

  static Stream<Arguments> cases() {
    return CASES.stream().flatMap(each -> Stream.of(1.0, 0.5).map(dt -> Arguments.of(each, dt)));
  }

  private static double[][] weights(int sources, double scale, long seed) {
    var random = new SplittableRandom(seed);
    double[][] weights = new double[sources][NEURONS];
    for (double[] row : weights) {
      for (int neuron = 0; neuron < NEURONS; neuron++) {
        row[neuron] = (float) (scale * (random.nextDouble() - 0.4));
      }
    }
    return weights;
  }

  private static float[][] toFloats(double[][] matrix) {
    float[][] floats = new float[matrix.length][matrix[0].length];
    for (int row = 0; row < matrix.length; row++) {
      for (int column = 0; column < matrix[row].length; column++) {
        floats[row][column] = (float) matrix[row][column];
      }
    }
    return floats;
  }

  private static boolean[][] input(int example) {
    var random = new SplittableRandom(17 + example);
    boolean[][] input = new boolean[STEPS][INPUTS];
    for (boolean[] step : input) {
      for (int neuron = 0; neuron < INPUTS; neuron++) {
        step[neuron] = random.nextDouble() < 0.15;
      }
    }
    return input;
  }

  private static SpikeTrain train(boolean[][] input) {
    int[][] perStep = new int[STEPS][];
    for (int step = 0; step < STEPS; step++) {
      var ids = new ArrayList<Integer>();
      for (int neuron = 0; neuron < INPUTS; neuron++) {
        if (input[step][neuron]) {
          ids.add(neuron);
        }
      }
      perStep[step] = ids.stream().mapToInt(Integer::intValue).toArray();
    }
    return SpikeTrain.ofSteps(INPUTS, perStep);
  }

  private static Network network(List<Case> cases) {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), INPUTS);
    for (Case each : cases) {
      var layer = net.population(each.name(), each.neuron(), NEURONS);
      net.connect(input, layer, new Dense(toFloats(INPUT_WEIGHTS)), each.synapse());
      if (each.neuron().spikes()) {
        net.connect(layer, layer, new Dense(toFloats(RECURRENT_WEIGHTS)), each.synapse());
      }
    }
    return net.build();
  }

  private static Watched simulate(InferenceCompiler compiler, List<Case> cases) {
    var compiled = compiler.compile(network(cases));
    var settings =
        new RuntimeSettings()
            .backend("jvm")
            .threads(1)
            .build(new BuildSettings().cacheDirectory(Optional.empty()));
    try (var simulation = Simulation.open(compiled.model(), settings)) {
      var watched = new Watched(simulation, cases);
      for (int example = 0; example < EXAMPLES; example++) {
        watched.run(example);
      }
      return watched;
    }
  }

  private static ReferenceNetwork reference(Case options, double dt) {
    var reference = new ReferenceNetwork();
    reference.dt = dt;
    reference.weights = INPUT_WEIGHTS;
    reference.recurrent = options.neuron().spikes() ? RECURRENT_WEIGHTS : new double[0][];
    reference.tauMem = new double[] {20, 20, 20, 20};
    reference.vThresh = new double[] {1, 1, 1, 1};
    options.options().accept(reference);
    reference.start(START_VOLTAGES);
    return reference;
  }

  private static void run(ReferenceNetwork reference, int example) {
    boolean[][] input = input(example);
    for (int step = 0; step < STEPS; step++) {
      reference.step(example * STEPS + step, input[step]);
    }
  }

  /// What the engine does with the examples one after the other.
  private static final class Watched implements StepObserver {
    private final Map<String, List<float[]>> voltages = new HashMap<>();
    private final Map<String, List<String>> spikes = new HashMap<>();
    private final Simulation simulation;
    private final List<Case> cases;
    private int example;

    Watched(Simulation simulation, List<Case> cases) {
      this.simulation = simulation;
      this.cases = cases;
      for (Case each : cases) {
        voltages.put(each.name(), new ArrayList<>());
        spikes.put(each.name(), new ArrayList<>());
      }
    }

    void run(int shownExample) {
      example = shownExample;
      SpikeTrain train = train(input(example));
      simulation.setSpikes("input", 0, train.offsets(), train.ids());
      simulation.runTrial(CompiledNetwork.EVALUATE, this);
    }

    @Override
    public void end(String phases, int step) {
      for (Case each : cases) {
        var view = simulation.variable(VariableReference.neuron(each.name(), "V"));
        view.pull();
        voltages.get(each.name()).add(view.toArray());
        if (each.neuron().spikes()) {
          int[] ids = simulation.spikes(each.name()).ids(0, 0);
          Arrays.sort(ids);
          for (int neuron : ids) {
            spikes.get(each.name()).add((example * STEPS + step) + ":" + neuron);
          }
        }
      }
    }

    void assertFollows(ReferenceNetwork reference, String name) {
      assertEquals(reference.emitted, spikes.get(name));
      assertEquals(EXAMPLES * STEPS, reference.voltages.size());
      for (int step = 0; step < reference.voltages.size(); step++) {
        double[] found = new double[NEURONS];
        for (int neuron = 0; neuron < NEURONS; neuron++) {
          found[neuron] = voltages.get(name).get(step)[neuron];
        }
        assertArrayEquals(reference.voltages.get(step), found, TOLERANCE, "step " + step);
      }
    }
  }

  @ParameterizedTest(name = "{0}, dt {1}")
  @MethodSource("cases")
  @Feature({
    "NRN-01", "NRN-02", "NRN-03", "NRN-04", "NRN-05", "SYN-01", "SYN-02", "SYN-03", "VAL-02",
    "VAL-03", "INP-01", "CON-01"
  })
  void engineFollowsTheRecurrence(Case options, double dt) {
    var reference = reference(options, dt);
    for (int example = 0; example < EXAMPLES; example++) {
      reference.start(START_VOLTAGES);
      run(reference, example);
    }
    assertTrue(
        !options.neuron().spikes() || reference.emitted.size() > 20, reference.emitted.toString());
    RESULTS.get(dt).assertFollows(reference, options.name());
  }

  @Test
  @Feature({"INF-06", "INF-07"})
  void whatIsNotResetGoesOn() {
    var compiler =
        new InferenceCompiler(STEPS)
            .resetsState(false)
            .resetsSynapticInput(false)
            .compatibility(Compatibility.SPIKES_CROSS_EXAMPLES);
    var reference = reference(LIF, 1);
    for (int example = 0; example < EXAMPLES; example++) {
      // Spikes of the inputs are the host's: those of a last step are gone.
      reference.inputSpiked = new boolean[INPUTS];
      run(reference, example);
    }
    simulate(compiler, List.of(LIF)).assertFollows(reference, "LIF");
  }

  @Test
  @Feature("INF-07")
  void synapticInputGoesOnWhereOnlyItIsNotReset() {
    var compiler = new InferenceCompiler(STEPS).resetsSynapticInput(false);
    var reference = reference(LIF, 1);
    for (int example = 0; example < EXAMPLES; example++) {
      double[] inputCurrent = reference.inputCurrent;
      double[] recurrentCurrent = reference.recurrentCurrent;
      reference.start(START_VOLTAGES);
      reference.inputCurrent = inputCurrent;
      reference.recurrentCurrent = recurrentCurrent;
      run(reference, example);
    }
    simulate(compiler, List.of(LIF)).assertFollows(reference, "LIF");
  }
}
