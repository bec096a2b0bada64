package org.mlgenn.tests.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlgenn.tests.gradient.GradientNetworks.Topology;
import org.mlgenn.tests.gradient.Pair.LossKind;
import org.mlgenn.tests.gradient.Pair.ReadoutKind;

class GradientNetworksTest {
  /// One case for each network; the other pairs use the same ones.
  static Stream<NetworkCase> networks() {
    return Stream.of(ReadoutKind.AVG_VAR, ReadoutKind.FIRST_SPIKE_TIME)
        .map(readout -> new Pair(LossKind.SQUARE_ERROR, readout, false))
        .flatMap(
            pair ->
                Stream.of(Topology.values()).map(topology -> GradientNetworks.of(topology, pair)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void spikeCountsAgreeOnEveryGridAndThresholdsAreCrossedSteeply(NetworkCase network) {
    assertEquals(Optional.empty(), GradientNetworks.irregularity(network));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientsChangeLittleWhenInputSpikesMoveLikeOnAGrid(NetworkCase network) {
    double sensitivity = GradientNetworks.sensitivity(network, 1);
    assertTrue(sensitivity < 0.01, () -> "relative change " + sensitivity);
  }

  @Test
  void everyPairIsTestedOnEveryTopology() {
    Set<String> tested =
        GradientNetworks.CASES.stream().map(NetworkCase::toString).collect(Collectors.toSet());
    assertEquals(Pair.all().size() * Topology.values().length, tested.size());
  }
}
