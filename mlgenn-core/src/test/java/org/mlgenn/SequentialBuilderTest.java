package org.mlgenn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.readouts.AvgVar;
import org.mlgenn.synapses.Delta;
import org.mlgenn.synapses.Exponential;

@Feature("NET-02")
class SequentialBuilderTest {
  @Test
  void eachLayerIsConnectedToTheOneBefore() {
    var net = new SequentialBuilder();
    var input = net.input(new SpikeInput(), 4);
    var hidden = net.layer(new Dense(0.1), new LeakyIntegrateFire(), new Exponential(5), 3);
    var output = net.layer("output", new Dense(new float[3][2]), new LeakyIntegrate(), new Delta());
    Network network = net.build();
    assertEquals(List.of(input, hidden, output), net.layers());
    assertEquals(Optional.empty(), input.connection());
    assertEquals("Conn_Pop1_output", output.connection().get().name());
    assertEquals(
        List.of("Conn_Pop0_Pop1", "Conn_Pop1_output"),
        network.connections().stream().map(Connection::name).toList());
    assertEquals(Shape.of(2), network.population("output").shape());
  }

  @Test
  void theSameNetworkAsWithTheGeneralBuilder() {
    var layers = new SequentialBuilder().defaults(Defaults.forEventProp());
    layers.input("input", new SpikeInput(), 4);
    var neuron = layers.neuron(LeakyIntegrate.class).readout(new AvgVar());
    var last = layers.layer(new Dense(1), neuron, 2);
    layers.recordSpikes(last);

    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), 4);
    var output = net.population(LeakyIntegrate.forEventProp().readout(new AvgVar()), 2);
    net.connect(input, output, new Dense(1), Exponential.forEventProp());
    net.recordSpikes(output);
    assertEquals(net.build(), layers.build());
  }

  @Test
  void theInputComesFirst() {
    var net = new SequentialBuilder();
    assertEquals(
        "SequentialBuilder: the first layer must be an input; add one with input(…)",
        assertThrows(
                IllegalArgumentException.class,
                () -> net.layer(new Dense(1), new LeakyIntegrate(), 2))
            .getMessage());
    net.input(new SpikeInput(), 4);
    assertEquals(
        "SequentialBuilder: an input comes first; 'second' would be layer 1",
        assertThrows(IllegalArgumentException.class, () -> net.input("second", new SpikeInput(), 4))
            .getMessage());
  }
}
