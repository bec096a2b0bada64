package org.mlgenn.tests.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mlgenn.Network;
import org.mlgenn.NetworkBuilder;
import org.mlgenn.Population;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.initializers.Values;
import org.mlgenn.neurons.IntegrateFire;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.Neuron;
import org.mlgenn.neurons.Refractoriness;
import org.mlgenn.neurons.Reset;
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

/// The network of a case.
final class GoldenNetwork {
  private static final Set<String> NEURONS =
      Set.of("SpikeInput", "IntegrateFire", "LeakyIntegrate", "LeakyIntegrateFire");

  private GoldenNetwork() {}

  /// What a case needs that these tests do not cover; empty when they cover it.
  static Optional<String> uncovered(JsonNode description) {
    JsonNode network = description.get("network");
    if (network == null) {
      return Optional.empty();
    }
    for (JsonNode population : network.get("populations")) {
      String type = population.get("neuron").get("type").asText();
      if (!NEURONS.contains(type)) {
        return Optional.of("neuron " + type);
      }
    }
    for (JsonNode connection : network.get("connections")) {
      JsonNode connectivity = connection.get("connectivity");
      if (!connectivity.get("type").asText().equals("Dense")) {
        return Optional.of("connectivity " + connectivity.get("type").asText());
      }
      JsonNode delay = connectivity.get("delay");
      if (delay != null && !(delay.isNumber() && delay.asDouble() == 0)) {
        return Optional.of("delays");
      }
    }
    return Optional.empty();
  }

  static Network of(GoldenFolder.Case golden) {
    var builder = new NetworkBuilder();
    Map<String, Population> populations = new HashMap<>();
    JsonNode network = golden.description().get("network");
    for (JsonNode population : network.get("populations")) {
      String name = population.get("name").asText();
      Neuron neuron = neuron(population.get("neuron"));
      populations.put(name, builder.population(name, neuron, shape(population.get("shape"))));
      if (!neuron.isInput() && neuron.spikes()) {
        builder.recordSpikes(populations.get(name));
      }
    }
    for (JsonNode connection : network.get("connections")) {
      Population source = populations.get(connection.get("source").asText());
      Population target = populations.get(connection.get("target").asText());
      String weight = connection.get("connectivity").get("weight").get("array").asText();
      builder.connect(
          connection.get("name").asText(),
          source,
          target,
          new Dense(
              new Values(golden.array(weight).floats()).reshape(source.size(), target.size())),
          synapse(connection.get("synapse")));
    }
    return builder.build();
  }

  private static int[] shape(JsonNode sizes) {
    List<Integer> shape = new ArrayList<>();
    sizes.forEach(size -> shape.add(size.asInt()));
    return shape.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Synapse synapse(JsonNode synapse) {
    return synapse.get("type").asText().equals("Delta")
        ? new Delta()
        : new Exponential(synapse.get("tau").asDouble()).scaleI(synapse.get("scale_i").asBoolean());
  }

  private static Neuron neuron(JsonNode neuron) {
    return switch (neuron.get("type").asText()) {
      case "SpikeInput" -> new SpikeInput();
      case "IntegrateFire" -> {
        var made =
            new IntegrateFire()
                .vThresh(number(neuron, "v_thresh"))
                .vReset(number(neuron, "v_reset"))
                .v(number(neuron, "v"));
        yield hasReadout(neuron) ? made.readout(readout(neuron)) : made;
      }
      case "LeakyIntegrate" -> {
        var made =
            new LeakyIntegrate()
                .v(number(neuron, "v"))
                .bias(number(neuron, "bias"))
                .tauMem(number(neuron, "tau_mem"))
                .scaleI(neuron.get("scale_i").asBoolean());
        yield hasReadout(neuron) ? made.readout(readout(neuron)) : made;
      }
      default -> {
        var made =
            new LeakyIntegrateFire()
                .vThresh(number(neuron, "v_thresh"))
                .vReset(number(neuron, "v_reset"))
                .v(number(neuron, "v"))
                .tauMem(number(neuron, "tau_mem"))
                .scaleI(neuron.get("scale_i").asBoolean())
                .reset(neuron.get("relative_reset").asBoolean() ? Reset.SUBTRACT : Reset.TO_RESET);
        if (!neuron.get("tau_refrac").isNull()) {
          made =
              made.refractoriness(
                  new Refractoriness(
                      number(neuron, "tau_refrac"),
                      neuron.get("integrate_during_refrac").asBoolean()));
        }
        yield hasReadout(neuron) ? made.readout(readout(neuron)) : made;
      }
    };
  }

  private static double number(JsonNode node, String name) {
    return node.get(name).asDouble();
  }

  private static boolean hasReadout(JsonNode neuron) {
    return neuron.hasNonNull("readout");
  }

  private static Readout readout(JsonNode neuron) {
    String type = neuron.get("readout").asText();
    return switch (type) {
      case "Var" -> new Var();
      case "SumVar" -> new SumVar();
      case "AvgVar" -> new AvgVar();
      case "AvgVarExpWeight" -> new AvgVarExpWeight();
      case "MaxVar" -> new MaxVar();
      case "SpikeCount" -> new SpikeCount();
      case "FirstSpikeTime" -> new FirstSpikeTime();
      default -> throw new IllegalArgumentException("readout " + type);
    };
  }
}
