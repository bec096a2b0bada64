package org.mlgenn.tests.genn;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.VariableReference;
import org.mlgenn.serialisers.NumpyArray;

/// Where GeNN has the synapses of sparse groups. A custom connectivity update leaves them in the
/// order in which it moved them there, while here they are sorted by source and target again.
final class GennSynapseOrder {
  private final GennCase golden;
  private final ModelSpec spec;
  private final Map<String, int[]> orders = new HashMap<>();

  GennSynapseOrder(GennCase golden, ModelSpec spec) {
    this.golden = golden;
    this.spec = spec;
  }

  /// Notes the pairs that GeNN had when probes were read.
  void note(Iterable<JsonNode> probes) {
    for (JsonNode probe : probes) {
      String key = probe.get("key").asText();
      if (probe.get("kind").asText().equals("sparse_inds") && golden.arrays().containsKey(key)) {
        orders.put(probe.get("group").asText(), order(golden.array(key)));
      }
    }
  }

  private static int[] order(NumpyArray pairs) {
    int count = pairs.size() / 2;
    return IntStream.range(0, count)
        .boxed()
        .sorted(
            Comparator.comparingLong((Integer k) -> pairs.longAt(k))
                .thenComparingLong(k -> pairs.longAt(count + k)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /// For each value of a probe, the place of GeNN's; empty where it is the same.
  int[] of(JsonNode probe) {
    String kind = probe.get("kind").asText();
    String group = probe.get("group").asText();
    int[] order =
        switch (kind) {
          case "sparse_inds", "wu" -> orders.getOrDefault(group, new int[0]);
          case "ccu" ->
              spec.customConnectivityUpdates().stream()
                  .filter(update -> update.name().equals(group))
                  .map(update -> orders.get(update.synapseGroup()))
                  .findFirst()
                  .orElse(new int[0]);
          case "cu" -> updated(group).map(orders::get).orElse(new int[0]);
          default -> new int[0];
        };
    return kind.equals("sparse_inds")
        ? IntStream.concat(
                IntStream.of(order), IntStream.of(order).map(place -> order.length + place))
            .toArray()
        : order;
  }

  /// The synapse group that a custom update runs over.
  private Optional<String> updated(String name) {
    return spec.customUpdates().stream()
        .filter(update -> update.name().equals(name))
        .flatMap(update -> update.references().values().stream())
        .filter(reference -> reference.kind() == VariableReference.Kind.SYNAPSE)
        .map(VariableReference::group)
        .filter(orders::containsKey)
        .findFirst();
  }
}
