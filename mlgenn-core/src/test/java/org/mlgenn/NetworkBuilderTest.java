package org.mlgenn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.initializers.Normal;
import org.mlgenn.initializers.Value;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.Reset;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.readouts.AvgVar;
import org.mlgenn.readouts.FirstSpikeTime;
import org.mlgenn.synapses.Delta;
import org.mlgenn.synapses.Exponential;

@Feature("NET-01")
class NetworkBuilderTest {
  private static void assertRefused(String message, Supplier<Object> call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> call.get()).getMessage());
  }

  private static Network classifier(Dense inputWeights, LeakyIntegrateFire neuron) {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), 4);
    var hidden = net.population("hidden", neuron, 3);
    var output = net.population("output", new LeakyIntegrate().readout(new AvgVar()), 2);
    net.connect(input, hidden, inputWeights, new Exponential(5));
    net.connect(hidden, hidden, new Dense(0), new Exponential(5));
    net.connect(hidden, output, new Dense(new Normal(0.2, 0.37)), new Exponential(5));
    net.connect("skip", input, output, new Dense(0.5), new Delta());
    return net.build();
  }

  @Test
  @Feature({"NET-05", "NET-06"})
  void networksKnowTheirInputsOutputsAndConnections() {
    Network network = classifier(new Dense(0.1), new LeakyIntegrateFire());
    assertEquals(List.of("input"), network.inputs().stream().map(Population::name).toList());
    assertEquals(List.of("output"), network.outputs().stream().map(Population::name).toList());
    assertEquals(
        List.of("Conn_input_hidden", "Conn_hidden_hidden"),
        network.incoming(network.population("hidden")).stream().map(Connection::name).toList());
    assertEquals(
        List.of("Conn_hidden_hidden", "Conn_hidden_output"),
        network.outgoing(network.population("hidden")).stream().map(Connection::name).toList());
  }

  @Test
  @Feature("NET-03")
  void populationsWithoutANameAreNumbered() {
    var net = new NetworkBuilder();
    var first = net.population(new SpikeInput(), 28, 28, 1);
    net.population("named", new LeakyIntegrateFire(), 3);
    var second = net.population(new LeakyIntegrateFire(), 3);
    assertEquals(List.of("Pop0", "Pop1"), List.of(first.name(), second.name()));
    assertEquals(784, first.size());
    assertEquals("(28, 28, 1)", first.shape().toString());
  }

  @Test
  @Feature("NET-04")
  void connectionsAreNamedAfterTheirEnds() {
    var net = new NetworkBuilder();
    var input = net.population(new SpikeInput(), 2);
    var output = net.population(new LeakyIntegrate(), 2);
    assertEquals("Conn_Pop0_Pop1", net.connect(input, output, new Dense(1)).name());
    assertEquals("again", net.connect("again", input, output, new Dense(1), new Delta()).name());
  }

  @Test
  void namesThatFilesCouldNotHaveAreRefused() {
    var net = new NetworkBuilder();
    assertRefused(
        "Population: 'layer-1' is not a valid name: names of checkpoint files are split at '-';"
            + " use '_'",
        () -> net.population("layer-1", new SpikeInput(), 2));
    assertRefused(
        "Population: '1st layer' is not a valid name: use letters, digits and '_', and no digit"
            + " first",
        () -> net.population("1st layer", new SpikeInput(), 2));
    assertRefused(
        "Connection: '' is not a valid name: use letters, digits and '_', and no digit first",
        () -> new Connection("", "a", "b", new Dense(1), new Delta()));
  }

  @Test
  void namesAreUsedOnce() {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), 2);
    var output = net.population("output", new LeakyIntegrate(), 2);
    assertRefused(
        "NetworkBuilder: there is already a population 'input'",
        () -> net.population("input", new SpikeInput(), 2));
    net.connect(input, output, new Dense(1));
    assertRefused(
        "NetworkBuilder: there is already a connection 'Conn_input_output'; give this one a name of"
            + " its own",
        () -> net.connect(input, output, new Dense(1)));
  }

  @Test
  @Feature("NET-10")
  void populationsOfAnotherNetworkAreRefused() {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), 2);
    var stranger = new NetworkBuilder().population("input", new SpikeInput(), 2);
    assertRefused(
        "NetworkBuilder: population 'input' is not of this network; it has [input]",
        () -> net.connect(input, stranger, new Dense(1)));
  }

  @Test
  @Feature("NET-09")
  void shapesAreInferredInAnyOrder() {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput());
    var hidden = net.population("hidden", new LeakyIntegrateFire());
    var output = net.population("output", new LeakyIntegrate());
    net.connect(hidden, output, new Dense(new float[3][2]));
    net.connect(input, hidden, new Dense(new float[4][3]));
    Network network = net.build();
    assertEquals(Shape.of(4), network.population(input).shape());
    assertEquals(Shape.of(3), network.population(hidden).shape());
    assertEquals(Shape.of(2), network.population(output).shape());
    assertEquals(Shape.UNKNOWN, hidden.shape());
  }

  @Test
  void everythingThatIsWrongIsListedAtOnce() {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), 4);
    var hidden =
        net.population("hidden", new LeakyIntegrateFire().tauMem(Value.of(new float[] {5, 6})), 3);
    var lost = net.population("lost", new LeakyIntegrateFire());
    var output = net.population("output", new LeakyIntegrate().readout(new FirstSpikeTime()), 2);
    net.connect(input, hidden, new Dense(new float[4][2]));
    net.connect(
        hidden, output, new Dense(1), new Exponential().tau(Value.of(new float[] {1, 2, 3})));
    net.connect(output, hidden, new Dense(1));
    net.connect(hidden, input, new Dense(1));
    net.connect(hidden, lost, new Dense(new Normal()));
    var error = assertThrows(InvalidNetworkException.class, net::build);
    assertEquals(
        """
        the network is not complete or contradicts itself:
          - connection 'Conn_input_hidden': the weights have 2 columns, the target population has the shape (3) (3 neurons)
          - connection 'Conn_hidden_output': Exponential: tau has 3 values, the target has 2 neurons
          - connection 'Conn_output_hidden': 'output' has no spikes to send: LeakyIntegrate never spikes
          - connection 'Conn_hidden_input': 'input' is an input and cannot receive spikes
          - population 'hidden': LeakyIntegrateFire: tauMem has 2 values, the population has 3 neurons
          - population 'lost': its shape is not known; give it one, or connect it with an array of weights
          - population 'output': FirstSpikeTime needs a neuron that spikes, LeakyIntegrate does not; use LeakyIntegrateFire\
        """,
        error.getMessage());
    assertEquals(7, error.problems().size());
  }

  @Test
  void networksWithoutPopulationsOrWithUnknownEndsAreRefused() {
    assertEquals(
        List.of("it has no populations; add them with NetworkBuilder.population"),
        assertThrows(InvalidNetworkException.class, () -> new NetworkBuilder().build()).problems());
    var input = new Population("input", new SpikeInput(), Shape.of(2));
    var connection = new Connection("c", "input", "nowhere", new Dense(1), new Delta());
    assertEquals(
        List.of(
            "population 'input': the name is used twice",
            "connection 'c': there is no population 'nowhere'; there are [input, input]"),
        assertThrows(
                InvalidNetworkException.class,
                () -> new Network(List.of(input, input), List.of(connection)))
            .problems());
  }

  @Test
  @Feature("NET-08")
  void defaultsAreWhatNeuronsAndSynapsesStartFrom() {
    var net = new NetworkBuilder().defaults(Defaults.forEventProp());
    assertEquals(
        new LeakyIntegrateFire().reset(Reset.TO_RESET).scaleI(true).tauMem(10),
        net.neuron(LeakyIntegrateFire.class).tauMem(10));
    assertEquals(new Exponential(3).scaleI(true), net.synapse(Exponential.class).tau(3));
    var input = net.population("input", new SpikeInput(), 2);
    var output = net.population("output", net.neuron(LeakyIntegrate.class), 2);
    assertEquals(Exponential.forEventProp(), net.connect(input, output, new Dense(1)).synapse());
    assertRefused(
        "NetworkBuilder: no default for SpikeInput; add it with defaults(Defaults.NONE.neuron(…))",
        () -> net.neuron(SpikeInput.class));
  }

  @Test
  @Feature("NET-11")
  void spikesAreRecordedWhereItIsAskedFor() {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), 2);
    var output = net.population("output", new LeakyIntegrateFire(), 2);
    net.recordSpikes(output).recordSpikeEvents(output);
    net.connect(input, output, new Dense(1));
    Network network = net.build();
    assertTrue(network.population("output").recordsSpikes());
    assertTrue(network.population("output").recordsSpikeEvents());
    assertTrue(network.recordSpikes(input).population("input").recordsSpikes());
    assertEquals(false, network.population("input").recordsSpikes());
  }

  @Test
  void networksPrintThemselves() {
    assertEquals(
        """
        network of 3 populations and 4 connections
          input (4): SpikeInput[maxSpikes=1000000]
          hidden (3): LeakyIntegrateFire[vThresh=1.0, vReset=0.0, v=0.0, tauMem=20.0, refractoriness=Optional.empty, reset=SUBTRACT, scaleI=false, readout=Optional.empty]
          output (2): LeakyIntegrate[v=0.0, bias=0.0, tauMem=20.0, scaleI=false, readout=Optional[AvgVar[]]]
          Conn_input_hidden, input → hidden: Dense[weight=0.1], Exponential[tau=5.0, scaleI=false]
          Conn_hidden_hidden, hidden → hidden: Dense[weight=0.0], Exponential[tau=5.0, scaleI=false]
          Conn_hidden_output, hidden → output: Dense[weight=Normal(0.2, 0.37)], Exponential[tau=5.0, scaleI=false]
          skip, input → output: Dense[weight=0.5], Delta[]\
        """,
        classifier(new Dense(0.1), new LeakyIntegrateFire()).toString());
  }

  @Test
  void identityIsTheSameInEveryProcessAndWhateverTheWeights() {
    var network = classifier(new Dense(0.1), new LeakyIntegrateFire());
    assertEquals(
        network.identity(), classifier(new Dense(0.7), new LeakyIntegrateFire()).identity());
    assertEquals(network.identity(), network.recordSpikes(network.population("hidden")).identity());
    assertNotEquals(
        network.identity(),
        classifier(new Dense(0.1), new LeakyIntegrateFire().tauMem(10)).identity());
    assertEquals(
        "58d8234d1d0c02b718cf86f69a0f38db50f718a938c838e91b75456aed2a0e8a", network.identity());
  }

  @Test
  @Feature("NET-12")
  void partsCanBeReplaced() {
    var network = classifier(new Dense(0.1), new LeakyIntegrateFire());
    Connection connection = network.connection("Conn_input_hidden");
    var loaded = connection.connectivity().weight(Value.of(new float[4][3]));
    assertEquals(
        loaded,
        network
            .replace(connection.connectivity(loaded))
            .connection("Conn_input_hidden")
            .connectivity());
    Population hidden = network.population("hidden");
    assertEquals(
        new LeakyIntegrateFire().tauMem(7),
        network
            .replace(hidden.neuron(new LeakyIntegrateFire().tauMem(7)))
            .population("hidden")
            .neuron());
  }

  @Test
  void unknownNamesAreAnsweredWithTheKnownOnes() {
    var network = classifier(new Dense(0.1), new LeakyIntegrateFire());
    assertRefused(
        "the network has no population 'hiden'; it has [input, hidden, output]",
        () -> network.population("hiden"));
    assertRefused(
        "the network has no connection 'x'; it has [Conn_input_hidden, Conn_hidden_hidden,"
            + " Conn_hidden_output, skip]",
        () -> network.connection("x"));
  }

  @Test
  void equalNetworksAreEqual() {
    assertEquals(
        classifier(new Dense(0.1), new LeakyIntegrateFire()),
        classifier(new Dense(0.1), new LeakyIntegrateFire()));
  }

  @Test
  void shapesMustBePositiveAndOfBearableSize() {
    assertRefused("Shape: sizes must be positive, got (3, 0)", () -> Shape.of(3, 0));
    assertRefused(
        "Shape: (65536, 65536) has more than 2147483647 elements", () -> Shape.of(65536, 65536));
  }
}
