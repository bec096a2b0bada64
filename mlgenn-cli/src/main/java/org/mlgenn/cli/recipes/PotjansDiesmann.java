package org.mlgenn.cli.recipes;

import java.util.Locale;

/// The tables of the microcircuit below a square millimetre of cortex: eight populations of
/// integrate-and-fire neurons, excitatory (E) and inhibitory (I) in the layers 2/3, 4, 5 and 6.
///
/// Two sets of mean rates at full scale are in use. The published ones here are those that GeNN's
/// and PyNN's versions of the model carry, and which they scale it with; NEST's version has
/// replaced them by what it measured itself with these very parameters. They differ by up to 12 %,
/// and what else is known is on the side of NEST's, most clearly in L6 E (0.991 against 1.105 Hz):
/// 1.09 Hz in the simulation of the model's authors, 1.14 Hz with NEURON (both in table A.1 of
/// Romaro and others), and ours.
///
/// @see <a href="https://doi.org/10.1162/neco_a_01400">Romaro, Najman, Lytton, Roque and
///   Dura-Bernal (2021), NetPyNE implementation and scaling of the Potjans-Diesmann cortical
///   microcircuit model</a>
/// @see <a href="https://doi.org/10.1093/cercor/bhs358">Potjans and Diesmann (2014), The cell-type
///   specific cortical microcircuit</a>
enum PotjansDiesmann {
  L23E(20683, 1600, 0.971, 0.903),
  L23I(5834, 1500, 2.868, 2.965),
  L4E(21915, 2100, 4.746, 4.414),
  L4I(5479, 1900, 5.396, 5.876),
  L5E(4850, 2000, 8.142, 7.569),
  L5I(1065, 1900, 9.078, 8.633),
  L6E(14395, 2900, 0.991, 1.105),
  L6I(2948, 2100, 7.523, 7.829);

  /// Timestep of the published simulations (ms).
  static final double DT = 0.1;

  /// Rate of each background input (Hz).
  static final double BACKGROUND_RATE = 8;

  /// Weight of excitatory and background synapses (nA).
  static final double WEIGHT = 87.8e-3;

  /// Ratio of inhibitory to excitatory weights.
  static final double INHIBITION = -4;

  /// Standard deviation of weights, as a share of their mean.
  static final double WEIGHT_DEVIATION = 0.1;

  /// Time constant of synaptic currents (ms).
  static final double TAU_SYN = 0.5;

  static final double EXCITATORY_DELAY = 1.5;
  static final double INHIBITORY_DELAY = 0.75;

  /// Standard deviation of delays, as a share of their mean.
  static final double DELAY_DEVIATION = 0.5;

  /// Standard deviations above the mean at which delays are cut: the normal quantile of 0.9999.
  static final double LONGEST_DELAY_DEVIATIONS = 3.719016485455709;

  private static final double[][] PROBABILITIES = {
    {0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0, 0.0076, 0},
    {0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0, 0.0042, 0},
    {0.0077, 0.0059, 0.0497, 0.135, 0.0067, 0.0003, 0.0453, 0},
    {0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0, 0.1057, 0},
    {0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0},
    {0.0548, 0.0269, 0.0257, 0.0022, 0.06, 0.3158, 0.0086, 0},
    {0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252},
    {0.0364, 0.001, 0.0034, 0.0005, 0.0277, 0.008, 0.0658, 0.1443},
  };

  private final int neurons;
  private final int backgroundInputs;
  private final double publishedRate;
  private final double nestRate;

  PotjansDiesmann(int neurons, int backgroundInputs, double publishedRate, double nestRate) {
    this.neurons = neurons;
    this.backgroundInputs = backgroundInputs;
    this.publishedRate = publishedRate;
    this.nestRate = nestRate;
  }

  /// As it is written: `L2/3 E`.
  String label() {
    String name = name().replace("23", "2/3");
    return name.substring(0, name.length() - 1) + " " + name.charAt(name.length() - 1);
  }

  /// As names of groups: `23E`.
  String group() {
    return name().substring(1).toUpperCase(Locale.ROOT);
  }

  int neurons() {
    return neurons;
  }

  /// Background synapses onto each neuron.
  int backgroundInputs() {
    return backgroundInputs;
  }

  /// Mean rate at full scale (Hz).
  double publishedRate() {
    return publishedRate;
  }

  /// Mean rate at full scale, as simulated with NEST (Hz).
  double nestRate() {
    return nestRate;
  }

  boolean isExcitatory() {
    return name().endsWith("E");
  }

  /// Probability that a neuron of `source` has at least one synapse to one of this population.
  double probabilityFrom(PotjansDiesmann source) {
    return PROBABILITIES[ordinal()][source.ordinal()];
  }

  /// Synapses from a population to this one at full scale, `K = ln(1 - p) / ln(1 - 1 / (Ns Nt))`:
  /// so many drawn with replacement leave no pair unconnected but with probability `1 - p`.
  long synapsesFrom(PotjansDiesmann source) {
    double pairs = (double) source.neurons * neurons;
    return Math.round(Math.log(1 - probabilityFrom(source)) / Math.log((pairs - 1) / pairs));
  }

  /// Synapses onto each neuron from a population, on average.
  double inDegreeFrom(PotjansDiesmann source) {
    return (double) synapsesFrom(source) / neurons;
  }

  /// Mean weight of synapses from a population (nA).
  double weightFrom(PotjansDiesmann source) {
    double factor = this == L23E && source == L4E ? 2 : 1;
    return factor * WEIGHT * (source.isExcitatory() ? 1 : INHIBITION);
  }

  /// Standard deviation of the weights of synapses from a population (nA).
  double weightDeviationFrom(PotjansDiesmann source) {
    return Math.abs(weightFrom(source)) * (this == L23E && source == L4E ? 0.05 : WEIGHT_DEVIATION);
  }

  /// Mean of `weight · in-degree · rate` over all inputs at full scale and published rates (nA Hz).
  double meanInput() {
    double sum = WEIGHT * backgroundInputs * BACKGROUND_RATE;
    for (PotjansDiesmann source : values()) {
      sum += weightFrom(source) * inDegreeFrom(source) * source.publishedRate;
    }
    return sum;
  }
}
