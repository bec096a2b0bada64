package org.mlgenn.compilers.eventprop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VariableReference;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;
import org.genn.engine.runtime.StepObserver;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.mlgenn.Network;
import org.mlgenn.NetworkBuilder;
import org.mlgenn.compilers.Compatibility;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.InferenceCompiler;
import org.mlgenn.compilers.Overlap;
import org.mlgenn.compilers.SimulationSettings;
import org.mlgenn.compilers.Training;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.data.SpikeTrain;
import org.mlgenn.data.Targets;
import org.mlgenn.losses.RelativeMeanSquareError;
import org.mlgenn.losses.SparseCategoricalCrossentropy;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.Neuron;
import org.mlgenn.neurons.Refractoriness;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.optimisers.Adam;
import org.mlgenn.readouts.AvgVar;
import org.mlgenn.readouts.FirstSpikeTime;
import org.mlgenn.synapses.Exponential;

/// What compiled networks learn, run by the engine.
class EventPropTrainingTest {
  private static final int STEPS = 40;
  private static final int INPUTS = 6;

  /// Single precision, other orders of additions.
  private static final float ROUNDING = 2e-5f;

  /// So small that weights stay what they are.
  private static final Adam STANDSTILL = new Adam(1e-30);

  private static final Neuron LEAKY = LeakyIntegrate.forEventProp().readout(new AvgVar());

  private static float[][] weights(int sources, int targets, double mean, double sd, long seed) {
    var random = new Random(seed);
    float[][] weights = new float[sources][targets];
    for (float[] row : weights) {
      for (int target = 0; target < targets; target++) {
        row[target] = (float) (mean + sd * random.nextGaussian());
      }
    }
    return weights;
  }

  private static Network network(Neuron output) {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), INPUTS);
    var hidden = net.population("hidden", LeakyIntegrateFire.forEventProp(), 5);
    var out = net.population("output", output, 3);
    var synapse = Exponential.forEventProp();
    net.connect("in", input, hidden, new Dense(weights(INPUTS, 5, 2, 1, 1)), synapse);
    net.connect("rec", hidden, hidden, new Dense(weights(5, 5, 0, 0.4, 2)), synapse);
    net.connect("out", hidden, out, new Dense(weights(5, 3, 1.5, 1, 3)), synapse);
    return net.build();
  }

  private static EventPropCompiler compiler(int batch) {
    return new EventPropCompiler(STEPS)
        .loss(new SparseCategoricalCrossentropy())
        .optimiser(STANDSTILL)
        .simulation(new SimulationSettings().batchSize(batch).seed(1));
  }

  /// Example `example`: some spikes, one of them in the last step.
  private static SpikeTrain train(int example) {
    var random = new Random(100 + example);
    int[][] steps = new int[STEPS][];
    for (int step = 0; step < STEPS; step++) {
      boolean spikes = step == STEPS - 1 || random.nextInt(3) == 0;
      steps[step] = spikes ? new int[] {random.nextInt(INPUTS)} : new int[0];
    }
    return SpikeTrain.ofSteps(INPUTS, steps);
  }

  private static int label(int example) {
    return example % 3;
  }

  private static Simulation open(CompiledNetwork compiled) {
    return Simulation.open(
        compiled.model(), new RuntimeSettings().backend("jvm").threads(1).slices(1));
  }

  private static void set(Simulation simulation, CompiledNetwork compiled, int... examples) {
    Training training = compiled.training().orElseThrow();
    simulation.activeExamples(examples.length);
    for (var weight : training.exampleWeights()) {
      simulation.variable(weight).fill(1.0 / examples.length);
    }
    for (int place = 0; place < examples.length; place++) {
      SpikeTrain train = train(examples[place]);
      simulation.setSpikes("input", place, train.offsets(), train.ids());
      simulation
          .variable(training.outputs().getFirst().target())
          .setLong(place, 0, label(examples[place]));
    }
  }

  private static List<float[]> gradients(Simulation simulation, CompiledNetwork compiled) {
    return compiled.training().orElseThrow().variables().stream()
        .map(variable -> simulation.variable(variable.gradient()).toArray())
        .toList();
  }

  private static List<float[]> train(EventPropCompiler compiler, Neuron output, int... examples) {
    CompiledNetwork compiled = compiler.compile(network(output));
    try (var simulation = open(compiled)) {
      set(simulation, compiled, examples);
      simulation.runTrial(CompiledNetwork.TRAIN);
      return gradients(simulation, compiled);
    }
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static void assertClose(List<float[]> expected, List<float[]> found) {
    for (int variable = 0; variable < expected.size(); variable++) {
      float largest = largest(expected.get(variable));
      assertTrue(largest > 0, "nothing to learn");
      assertArrayEquals(
          expected.get(variable), found.get(variable), ROUNDING * largest, "variable " + variable);
    }
  }

  private static List<float[]> scaled(List<float[]> gradients, double factor) {
    var scaled = new ArrayList<float[]>();
    for (float[] gradient : gradients) {
      float[] copy = gradient.clone();
      for (int index = 0; index < copy.length; index++) {
        copy[index] *= (float) factor;
      }
      scaled.add(copy);
    }
    return scaled;
  }

  private static List<float[]> mean(List<float[]> first, List<float[]> second) {
    var mean = scaled(first, 0.5);
    var half = scaled(second, 0.5);
    for (int variable = 0; variable < mean.size(); variable++) {
      for (int index = 0; index < mean.get(variable).length; index++) {
        mean.get(variable)[index] += half.get(variable)[index];
      }
    }
    return mean;
  }

  @Test
  @Feature("EVP-04")
  void overlappedGradientsAreTheSameOneBatchLater() {
    CompiledNetwork compiled = compiler(2).order(TrainingOrder.OVERLAPPED).compile(network(LEAKY));
    List<List<float[]>> found = new ArrayList<>();
    try (var simulation = open(compiled)) {
      set(simulation, compiled, 0, 1);
      simulation.runTrial(Overlap.BEGIN);
      set(simulation, compiled, 2, 3);
      simulation.runTrial(CompiledNetwork.TRAIN);
      found.add(gradients(simulation, compiled));
      set(simulation, compiled, 4, 5);
      simulation.runTrial(CompiledNetwork.TRAIN);
      found.add(gradients(simulation, compiled));
      set(simulation, compiled, 6, 7);
      simulation.runTrial(CompiledNetwork.EVALUATE);
      set(simulation, compiled, 0, 0);
      simulation.runTrial(Overlap.END);
      found.add(gradients(simulation, compiled));
    }
    assertClose(train(compiler(2), LEAKY, 0, 1), found.get(0));
    assertClose(train(compiler(2), LEAKY, 2, 3), found.get(1));
    assertClose(train(compiler(2), LEAKY, 4, 5), found.get(2));
  }

  @Test
  @Feature("TRN-06")
  void batchesThatAreNotFullAreWeightedRight() {
    assertClose(train(compiler(1), LEAKY, 1), train(compiler(3), LEAKY, 1));
    assertClose(
        mean(train(compiler(1), LEAKY, 1), train(compiler(1), LEAKY, 2)),
        train(compiler(3), LEAKY, 1, 2));
  }

  @Test
  void examplesLeaveNothingToTheNext() {
    CompiledNetwork compiled = compiler(1).compile(network(LEAKY));
    try (var simulation = open(compiled)) {
      for (int example = 0; example < 3; example++) {
        set(simulation, compiled, example);
        simulation.runTrial(CompiledNetwork.TRAIN);
        List<float[]> alone = train(compiler(1), LEAKY, example);
        List<float[]> found = gradients(simulation, compiled);
        for (int variable = 0; variable < alone.size(); variable++) {
          assertArrayEquals(alone.get(variable), found.get(variable), "example " + example);
        }
      }
    }
  }

  /// One decay for both inputs of the hidden neurons: what sets them back between examples does the
  /// same to each, and so keeps them from nothing.
  @Test
  void inputsOfEqualSynapsesAreOne() {
    for (CompiledNetwork compiled :
        List.of(
            compiler(1).compile(network(LEAKY)),
            new InferenceCompiler(STEPS).compile(network(LEAKY)))) {
      try (var simulation = open(compiled)) {
        simulation.variable(VariableReference.synapticInput("in")).fill(3);
        assertEquals(3, simulation.variable(VariableReference.synapticInput("rec")).get(0, 4));
        assertEquals(0, simulation.variable(VariableReference.synapticInput("out")).get(0, 2));
      }
    }
  }

  @Test
  @Feature("EVP-15")
  void regularisationKeepsItsStrengthRelativeToTheGradient() {
    var regularised = compiler(1).regularisation(new Regularisation(2e-3, 3));
    List<float[]> plain = train(compiler(1), LEAKY, 1);
    List<float[]> found = train(regularised, LEAKY, 1);
    List<float[]> upstream =
        train(regularised.compatibility(Compatibility.GRADIENT_OVER_TAU_MEM), LEAKY, 1);
    assertClose(found, scaled(upstream, 20));
    assertFalse(
        Math.abs(plain.getFirst()[0] - found.getFirst()[0]) < ROUNDING,
        "regularisation changes the gradient");
  }

  @Test
  @Feature("EVP-15")
  void regularisationIsOverTheMeanCountOfTheBatch() {
    // The same example twice has the same mean count as once.
    var regularised = new Regularisation(2e-3, 3);
    assertClose(
        train(compiler(1).regularisation(regularised), LEAKY, 1),
        train(compiler(2).regularisation(regularised), LEAKY, 1, 1));
  }

  @Test
  @Feature({"NET-06", "LOS-04"})
  void gradientsOfSeveralOutputsAddUp() {
    Neuron spiking = LeakyIntegrateFire.forEventProp().readout(new FirstSpikeTime());
    var compiler = compiler(2).loss(new SparseCategoricalCrossentropy());
    CompiledNetwork both = compiler.compile(twoOutputs(LEAKY, spiking));
    List<float[]> found;
    try (var simulation = open(both)) {
      set(simulation, both, 1, 2);
      var second = both.training().orElseThrow().outputs().get(1);
      simulation.variable(second.target()).setLong(0, 0, label(1));
      simulation.variable(second.target()).setLong(1, 0, label(2));
      simulation.runTrial(CompiledNetwork.TRAIN);
      found = gradients(simulation, both);
    }
    List<float[]> first = train(compiler, LEAKY, 1, 2);
    List<float[]> other = train(compiler, spiking, 1, 2);
    // Those of the weights that lead to both outputs: of the input and the recurrent connection.
    assertClose(scaled(mean(first, other), 2).subList(0, 2), found.subList(0, 2));
    assertClose(List.of(first.get(2), other.get(2)), found.subList(2, 4));
  }

  private static Network twoOutputs(Neuron first, Neuron second) {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), INPUTS);
    var hidden = net.population("hidden", LeakyIntegrateFire.forEventProp(), 5);
    var synapse = Exponential.forEventProp();
    net.connect("in", input, hidden, new Dense(weights(INPUTS, 5, 2, 1, 1)), synapse);
    net.connect("rec", hidden, hidden, new Dense(weights(5, 5, 0, 0.4, 2)), synapse);
    for (String name : List.of("first", "second")) {
      var output = net.population(name, name.equals("first") ? first : second, 3);
      net.connect("to_" + name, hidden, output, new Dense(weights(5, 3, 1.5, 1, 3)), synapse);
    }
    return net.build();
  }

  @Test
  @Feature("EVP-02")
  void fullTapesChangeOnlyTheGradient() {
    CompiledNetwork roomy = compiler(1).compile(network(LEAKY));
    CompiledNetwork tight = compiler(1).maxSpikes(1).compile(network(LEAKY));
    try (var with = open(roomy);
        var without = open(tight)) {
      set(with, roomy, 1);
      set(without, tight, 1);
      with.runTrial(CompiledNetwork.TRAIN);
      without.runTrial(CompiledNetwork.TRAIN);
      var answer = roomy.outputs().getFirst().variable();
      assertArrayEquals(with.variable(answer).toArray(), without.variable(answer).toArray());
      assertTrue(with.tapeOverflows().isEmpty());
      assertTrue(without.tapeOverflows().get("hidden") > 0, "spikes that did not fit");
    }
  }

  @Test
  @Feature("EVP-09")
  void lossPerTimestepIsTheMeanOverTheSteps() {
    CompiledNetwork compiled = compiler(1).perTimestepLoss(true).compile(network(LEAKY));
    try (var simulation = open(compiled)) {
      set(simulation, compiled, 1);
      double[] expected = new double[1];
      simulation.runTrial(
          CompiledNetwork.EVALUATE,
          new StepObserver() {
            @Override
            public void end(String phases, int step) {
              float[] v = simulation.variable(VariableReference.neuron("output", "V")).toArray();
              double sum = 0;
              for (float each : v) {
                sum += Math.exp(each);
              }
              expected[0] += (Math.log(sum) - v[label(1)]) / STEPS;
            }
          });
      var output = compiled.training().orElseThrow().outputs().getFirst();
      double found = 0;
      for (double part : simulation.variable(output.lossSum().orElseThrow()).toDoubles()) {
        found += part;
      }
      assertEquals(expected[0], found, 1e-5);
    }
  }

  @Test
  @Feature("EVP-11")
  void silentRightClassIsPushedToSpike() {
    Neuron deaf = LeakyIntegrateFire.forEventProp().vThresh(1e6).readout(new FirstSpikeTime());
    float[] ofOutput = train(compiler(1).ttfsAlpha(0.5), deaf, 1).getLast();
    for (int weight = 0; weight < ofOutput.length; weight++) {
      if (weight % 3 == label(1)) {
        assertTrue(ofOutput[weight] <= 0, "weights to the right class grow");
      } else {
        assertEquals(0, ofOutput[weight]);
      }
    }
    assertTrue(largest(ofOutput) > 0);
  }

  @Test
  @Feature("EVP-12")
  void silentRightClassOfRelativeErrorsIsPushedToSpike() {
    // Only the right class is deaf; the others spike before the end, later ones would be right.
    Neuron output = LeakyIntegrateFire.forEventProp().vThresh(1e6).readout(new FirstSpikeTime());
    float[] ofOutput = train(compiler(1).loss(new RelativeMeanSquareError(1)), output, 1).getLast();
    assertEquals(0, largest(ofOutput), "there is nobody to spike before");
  }

  @Test
  @Feature("OPT-01")
  void trainingLowersTheLoss() {
    CompiledNetwork compiled = compiler(3).optimiser(new Adam(0.02)).compile(network(LEAKY));
    Training training = compiled.training().orElseThrow();
    var answers = new float[9];
    try (var simulation = open(compiled)) {
      for (int step = 0; step < 60; step++) {
        set(simulation, compiled, 0, 1, 2);
        for (var variable : training.variables()) {
          for (var parameter : variable.optimiser().parameters(step).entrySet()) {
            simulation
                .dynamicParameter(variable.update(), parameter.getKey())
                .set(parameter.getValue());
          }
        }
        simulation.runTrial(CompiledNetwork.TRAIN);
      }
      set(simulation, compiled, 0, 1, 2);
      simulation.runTrial(CompiledNetwork.EVALUATE);
      answers = simulation.variable(compiled.outputs().getFirst().variable()).toArray();
    }
    for (int example = 0; example < 3; example++) {
      for (int neuron = 0; neuron < 3; neuron++) {
        assertTrue(
            answers[3 * example + label(example)] >= answers[3 * example + neuron],
            "example " + example);
      }
    }
  }

  private static final int FINE_STEPS = 8000;
  private static final double FINE = 0.005;
  private static final int POINTS = 6;
  private static final double DISTANCE = 0.02;

  @Test
  @Feature({"EVP-01", "NRN-04"})
  void refractoryNeuronsHaveTheRightGradient() {
    var compiler = new EventPropCompiler(FINE_STEPS);
    double exact = deviationFromDifferences(compiler);
    double ignoring =
        deviationFromDifferences(compiler.compatibility(Compatibility.REFRACTORINESS_IGNORED));
    // Spike times of a grid leave the slope uncertain by a few percent.
    assertTrue(exact < 0.1, "off by " + exact);
    assertTrue(ignoring > 0.5, "off by " + ignoring + " where refractoriness is ignored");
  }

  /// The largest relative deviation of the gradient by the input weights from differences of the
  /// loss on a fine grid, among those that matter.
  private static double deviationFromDifferences(EventPropCompiler compiler) {
    var loss = new SparseCategoricalCrossentropy(0.1);
    CompiledNetwork compiled =
        compiler
            .loss(loss)
            .optimiser(STANDSTILL)
            .simulation(new SimulationSettings().dt(FINE).seed(1).precision(Precision.DOUBLE))
            .compile(refractoryNetwork());
    Training training = compiled.training().orElseThrow();
    try (var simulation = open(compiled)) {
      SpikeTrain train = fineTrain();
      simulation.setSpikes("input", 0, train.offsets(), train.ids());
      simulation.variable(training.outputs().getFirst().target()).setLong(0, 0, 1);
      training.exampleWeights().forEach(weight -> simulation.variable(weight).fill(1));
      simulation.runTrial(CompiledNetwork.TRAIN);
      double[] gradient =
          simulation.variable(training.variables().getFirst().gradient()).toDoubles();
      double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
      double worst = 0;
      for (int index = 0; index < gradient.length; index++) {
        if (Math.abs(gradient[index]) < 0.4 * largest) {
          continue;
        }
        double expected = slope(simulation, compiled, loss, index);
        worst = Math.max(worst, Math.abs(gradient[index] / expected - 1));
      }
      return worst;
    }
  }

  private static Network refractoryNetwork() {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), INPUTS);
    var refractory = new Refractoriness(6, false);
    var hidden =
        net.population("hidden", LeakyIntegrateFire.forEventProp().refractoriness(refractory), 5);
    var output = net.population("output", LEAKY, 3);
    var synapse = Exponential.forEventProp();
    net.connect("in", input, hidden, new Dense(weights(INPUTS, 5, 3, 0.5, 1)), synapse);
    net.connect("out", hidden, output, new Dense(weights(5, 3, 1.5, 1, 3)), synapse);
    return net.build();
  }

  private static SpikeTrain fineTrain() {
    var random = new Random(9);
    int[][] steps = new int[FINE_STEPS][];
    for (int step = 0; step < FINE_STEPS; step++) {
      steps[step] = step % 160 == 7 ? new int[] {random.nextInt(INPUTS)} : new int[0];
    }
    return SpikeTrain.ofSteps(INPUTS, steps);
  }

  /// The derivative of the loss by a weight: the slope of the line through several points, since
  /// spike times are those of a grid.
  private static double slope(
      Simulation simulation,
      CompiledNetwork compiled,
      SparseCategoricalCrossentropy loss,
      int index) {
    var weights = simulation.variable(VariableReference.synapse("in", "g"));
    double weight = weights.getDouble(0, index);
    double covariance = 0;
    double variance = 0;
    for (int point = -POINTS; point <= POINTS; point++) {
      double change = point * DISTANCE;
      weights.setDouble(0, index, weight + change);
      simulation.runTrial(CompiledNetwork.EVALUATE);
      covariance += change * loss(simulation, compiled, loss);
      variance += change * change;
    }
    weights.setDouble(0, index, weight);
    return covariance / variance;
  }

  private static double loss(
      Simulation simulation, CompiledNetwork compiled, SparseCategoricalCrossentropy loss) {
    double[] answers = simulation.variable(compiled.outputs().getFirst().variable()).toDoubles();
    float[] readout = new float[answers.length];
    for (int neuron = 0; neuron < readout.length; neuron++) {
      readout[neuron] = (float) answers[neuron];
    }
    var context = compiled.training().orElseThrow().outputs().getFirst().context();
    return loss.value(readout, new Targets.Labels(new int[] {1}, 3), 0, context);
  }
}
