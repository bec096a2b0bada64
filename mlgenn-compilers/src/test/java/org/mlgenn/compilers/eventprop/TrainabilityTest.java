package org.mlgenn.compilers.eventprop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.genn.engine.model.ModelValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlgenn.Network;
import org.mlgenn.NetworkBuilder;
import org.mlgenn.Population;
import org.mlgenn.Shape;
import org.mlgenn.compilers.UnsupportedNetworkException;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.losses.Loss;
import org.mlgenn.losses.MeanSquareError;
import org.mlgenn.losses.RelativeMeanSquareError;
import org.mlgenn.losses.SparseCategoricalCrossentropy;
import org.mlgenn.neurons.IntegrateFire;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.Neuron;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.readouts.AvgVar;
import org.mlgenn.readouts.AvgVarExpWeight;
import org.mlgenn.readouts.FirstSpikeTime;
import org.mlgenn.readouts.MaxVar;
import org.mlgenn.readouts.Readout;
import org.mlgenn.readouts.SpikeCount;
import org.mlgenn.readouts.SumVar;
import org.mlgenn.readouts.Var;
import org.mlgenn.synapses.Delta;
import org.mlgenn.synapses.Exponential;
import org.mlgenn.synapses.Synapse;

class TrainabilityTest {
  private static final Synapse SYNAPSE = Exponential.forEventProp();

  /// A loss, a readout and a timing, and whether they can be trained.
  private record Pair(Loss loss, Readout readout, boolean perTimestep, boolean isTrainable) {
    @Override
    public String toString() {
      return "%s of %s%s"
          .formatted(loss.name(), readout.name(), perTimestep ? " per timestep" : "");
    }
  }

  /// Every pair: what is listed here can be trained, all others are refused.
  static Stream<Pair> pairs() {
    var trainable =
        List.of(
            "SparseCategoricalCrossentropy of SumVar",
            "SparseCategoricalCrossentropy of AvgVar",
            "SparseCategoricalCrossentropy of AvgVarExpWeight",
            "SparseCategoricalCrossentropy of MaxVar",
            "SparseCategoricalCrossentropy of Var",
            "SparseCategoricalCrossentropy of FirstSpikeTime",
            "SparseCategoricalCrossentropy of Var per timestep",
            "SparseCategoricalCrossentropy of SumVar per timestep",
            "SparseCategoricalCrossentropy of AvgVar per timestep",
            "MeanSquareError of SumVar",
            "MeanSquareError of AvgVar",
            "MeanSquareError of AvgVarExpWeight",
            "MeanSquareError of MaxVar",
            "MeanSquareError of FirstSpikeTime",
            "MeanSquareError of Var per timestep",
            "RelativeMeanSquareError of FirstSpikeTime");
    var pairs = new ArrayList<Pair>();
    for (Loss loss :
        List.of(
            new SparseCategoricalCrossentropy(),
            new MeanSquareError(),
            new RelativeMeanSquareError(1))) {
      for (Readout readout :
          List.of(
              new Var(),
              new SumVar(),
              new AvgVar(),
              new AvgVarExpWeight(),
              new MaxVar(),
              new SpikeCount(),
              new FirstSpikeTime())) {
        for (boolean perTimestep : new boolean[] {false, true}) {
          String name = new Pair(loss, readout, perTimestep, false).toString();
          pairs.add(new Pair(loss, readout, perTimestep, trainable.contains(name)));
        }
      }
    }
    return pairs.stream();
  }

  private static Network network(Neuron output, Synapse synapse) {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), 4);
    var hidden = net.population("hidden", LeakyIntegrateFire.forEventProp(), 3);
    var out = net.population("output", output, 2);
    net.connect(input, hidden, new Dense(0.1), SYNAPSE);
    net.connect(hidden, out, new Dense(0.5), synapse);
    return net.build();
  }

  private static Network network(Readout readout) {
    return network(
        readout.kind().needsSpikes()
            ? LeakyIntegrateFire.forEventProp().readout(readout)
            : LeakyIntegrate.forEventProp().readout(readout),
        SYNAPSE);
  }

  private static void assertRefused(
      EventPropCompiler compiler, Network network, String... problems) {
    var refusal = assertThrows(UnsupportedNetworkException.class, () -> compiler.compile(network));
    assertEquals(List.of(problems), refusal.problems());
    assertEquals(
        "EventPropCompiler cannot train this network:\n  - " + String.join("\n  - ", problems),
        refusal.getMessage());
  }

  private static EventPropCompiler crossentropy() {
    return new EventPropCompiler(10).loss(new SparseCategoricalCrossentropy());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyPairIsCompiledOrRefusedWithItsReason(Pair pair) {
    var compiler = new EventPropCompiler(10).loss(pair.loss()).perTimestepLoss(pair.perTimestep());
    Network network = network(pair.readout());
    if (pair.isTrainable()) {
      ModelValidator.check(compiler.compile(network).model());
    } else {
      String reason =
          pair.loss().refusal(pair.readout().kind(), compiler.losses().timing()).orElseThrow();
      assertRefused(
          compiler,
          network,
          "population 'output': %s%s of %s: %s"
              .formatted(
                  pair.loss().name(),
                  pair.perTimestep() ? " per timestep" : "",
                  pair.readout().name(),
                  reason));
    }
  }

  @Test
  void allProblemsAreListedAtOnce() {
    assertRefused(
        new EventPropCompiler(10).loss(new RelativeMeanSquareError(1)),
        network(new IntegrateFire().readout(new SpikeCount()), new Delta()),
        "population 'output': RelativeMeanSquareError of SpikeCount: it compares times of spikes,"
            + " not a number of spikes; use FirstSpikeTime",
        "connection 'Conn_hidden_output': synapse Delta is not supported; supported: Exponential"
            + " with one tau for all neurons");
  }

  @Test
  void neuronsWithoutAnAdjointSystemAreRefused() {
    assertRefused(
        crossentropy(),
        network(new IntegrateFire().readout(new FirstSpikeTime()), SYNAPSE),
        "population 'output': IntegrateFire has no adjoint system; use LeakyIntegrateFire, or"
            + " LeakyIntegrate for an output");
  }

  @Test
  void voltagesOfSpikingNeuronsAreRefused() {
    assertRefused(
        crossentropy(),
        network(LeakyIntegrateFire.forEventProp().readout(new AvgVar()), SYNAPSE),
        "population 'output': AvgVar of neurons that spike is not supported; use LeakyIntegrate, or"
            + " FirstSpikeTime");
  }

  @Test
  void networksWithoutAReadoutAreRefused() {
    assertRefused(
        crossentropy(),
        network(LeakyIntegrateFire.forEventProp(), SYNAPSE),
        "no population has a readout; give the output's neuron one with readout(…)");
  }

  @Test
  void outputsNeedALoss() {
    assertRefused(
        new EventPropCompiler(10),
        network(new AvgVar()),
        "population 'output': no loss is given for it; use loss(…)");
  }

  @Test
  void neuronsThatNobodyHearsAreRefused() {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), 4);
    var dead = net.population("dead", LeakyIntegrate.forEventProp(), 3);
    var output = net.population("output", LeakyIntegrate.forEventProp().readout(new AvgVar()), 2);
    net.connect(input, dead, new Dense(0.1), SYNAPSE);
    net.connect(input, output, new Dense(0.1), SYNAPSE);
    assertRefused(
        crossentropy(),
        net.build(),
        "population 'dead': LeakyIntegrate never spikes and is not read out, so nothing depends on"
            + " it; give it a readout");
  }

  @Test
  void synapsesOfAPopulationMustBeAlike() {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), 4);
    var output = net.population("output", LeakyIntegrate.forEventProp().readout(new AvgVar()), 2);
    net.connect("fast", input, output, new Dense(0.1), Exponential.forEventProp().tau(2));
    net.connect("slow", input, output, new Dense(0.1), Exponential.forEventProp().tau(9));
    assertRefused(
        crossentropy(),
        net.build(),
        "population 'output': its incoming connections have different synapses (fast:"
            + " Exponential[tau=2.0, scaleI=true], slow: Exponential[tau=9.0, scaleI=true]);"
            + " EventProp needs the same for all of them");
  }

  @Test
  void lossesAndRegularisationsOfOthersAreRefused() {
    var stranger = new Population("stranger", new LeakyIntegrateFire(), Shape.of(3));
    assertRefused(
        crossentropy()
            .loss(stranger, new MeanSquareError())
            .regularisation(stranger, new Regularisation(1, 1)),
        network(new AvgVar()),
        "the loss given for 'stranger' has no output of that name; outputs: [output]",
        "the regularisation given for 'stranger' has no hidden population of that name; hidden"
            + " populations: [hidden]");
  }
}
