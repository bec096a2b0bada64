package org.mlgenn.cli.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PotjansDiesmannTest {
  @Test
  void sizesAreThePublishedOnes() {
    assertEquals(
        77169, Stream.of(PotjansDiesmann.values()).mapToInt(PotjansDiesmann::neurons).sum());
    long synapses = 0;
    for (PotjansDiesmann target : PotjansDiesmann.values()) {
      for (PotjansDiesmann source : PotjansDiesmann.values()) {
        synapses += target.synapsesFrom(source);
      }
    }
    assertEquals(298_880_968, synapses);
    assertEquals(298_880_968, new MicrocircuitModel(1, 0.1, false).network(1).synapseCount());
  }

  @Test
  void labelsAndGroups() {
    assertEquals("L2/3 E", PotjansDiesmann.L23E.label());
    assertEquals("L6 I", PotjansDiesmann.L6I.label());
    assertEquals("23E", PotjansDiesmann.L23E.group());
  }

  @Test
  void weightsFromLayer4ToLayer23AreDoubled() {
    assertEquals(0.1756, PotjansDiesmann.L23E.weightFrom(PotjansDiesmann.L4E), 1e-12);
    assertEquals(0.00878, PotjansDiesmann.L23E.weightDeviationFrom(PotjansDiesmann.L4E), 1e-12);
    assertEquals(-0.3512, PotjansDiesmann.L4E.weightFrom(PotjansDiesmann.L4I), 1e-12);
    assertEquals(0.03512, PotjansDiesmann.L4E.weightDeviationFrom(PotjansDiesmann.L4I), 1e-12);
  }

  /// The mean input of L4 E from the tables, population by population.
  @Test
  void aSmallerNetworkGetsACurrentInPlaceOfInput() {
    double[] inDegrees = new double[8];
    double sum = 0.0878 * 2100 * 8;
    for (PotjansDiesmann source : PotjansDiesmann.values()) {
      inDegrees[source.ordinal()] = PotjansDiesmann.L4E.inDegreeFrom(source);
      double weight = source.isExcitatory() ? 0.0878 : -0.3512;
      sum += weight * inDegrees[source.ordinal()] * source.publishedRate();
    }
    double current = 0.001 * 0.5 * (1 - Math.sqrt(0.25)) * sum;
    assertEquals(
        current, new MicrocircuitModel(0.25, 0.1, false).compensation(PotjansDiesmann.L4E), 1e-12);
    assertEquals(0, new MicrocircuitModel(1, 0.1, false).compensation(PotjansDiesmann.L4E), 1e-15);
  }

  /// 1.5 ms and 3.719 deviations of 0.75 ms are 42.9 steps.
  @Test
  void theRingHoldsTheLongestDelay() {
    assertEquals(44, new MicrocircuitModel(1, 0.1, false).delaySlots());
  }
}
