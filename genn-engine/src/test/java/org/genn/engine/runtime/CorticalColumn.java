package org.genn.engine.runtime;

import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.builtin.CurrentSourceModels;
import org.genn.engine.model.builtin.NeuronModels;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.model.builtin.WeightUpdateModels;

/// The cortical column of Potjans and Diesmann (2014), at any scale: the model that the building of
/// sparse connectivity and delayed scatter are measured with.
///
/// At scale `s` each population has `s` times its neurons, and each neuron `s` times its inputs,
/// without a compensation of what it misses.
///
/// @see <a href="https://doi.org/10.1093/cercor/bhs358">Potjans and Diesmann (2014)</a>
final class CorticalColumn {
  private static final double DT = 0.1;
  private static final String[] NAMES = {"23E", "23I", "4E", "4I", "5E", "5I", "6E", "6I"};
  private static final int[] SIZES = {20683, 5834, 21915, 5479, 4850, 1065, 14395, 2948};
  private static final int[] EXTERNAL = {1600, 1500, 2100, 1900, 2000, 1900, 2900, 2100};

  /// Rows are targets, columns are sources.
  private static final double[][] PROBABILITIES = {
    {0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0, 0.0076, 0},
    {0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0, 0.0042, 0},
    {0.0077, 0.0059, 0.0497, 0.135, 0.0067, 0.0003, 0.0453, 0},
    {0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0, 0.1057, 0},
    {0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0},
    {0.0548, 0.0269, 0.0257, 0.0022, 0.06, 0.3158, 0.0086, 0},
    {0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252},
    {0.0364, 0.001, 0.0034, 0.0005, 0.0277, 0.008, 0.0658, 0.1443}
  };

  private static final double WEIGHT = 87.8e-3;
  private static final double QUANTILE = 3.7190164854556804; // of 0.9999

  private CorticalColumn() {}

  static ModelSpec spec(double scale) {
    var spec = new ModelSpec("column", DT, 1, 1234);
    for (int k = 0; k < SIZES.length; k++) {
      Bindings neurons =
          Bindings.NONE
              .parameter("C", 0.25)
              .parameter("TauM", 10)
              .parameter("Vrest", -65)
              .parameter("Vreset", -65)
              .parameter("Vthresh", -50)
              .parameter("Ioffset", 0)
              .parameter("TauRefrac", 2)
              .initialValue("V", new InitialValue.Normal(-58, 5));
      Bindings background =
          Bindings.NONE
              .parameter("weight", WEIGHT)
              .parameter("tauSyn", 0.5)
              .parameter("rate", 8.0 * EXTERNAL[k]);
      spec =
          spec.neuronGroup(new NeuronGroup(NAMES[k], size(k, scale), NeuronModels.LIF, neurons))
              .currentSource(
                  new CurrentSource(
                      "external" + NAMES[k],
                      NAMES[k],
                      CurrentSourceModels.POISSON_EXP,
                      background));
    }
    for (int target = 0; target < SIZES.length; target++) {
      for (int source = 0; source < SIZES.length; source++) {
        if (total(source, target, scale) > 0) {
          spec = spec.synapseGroup(synapses(source, target, scale));
        }
      }
    }
    return spec;
  }

  private static int size(int population, double scale) {
    return (int) Math.round(SIZES[population] * scale);
  }

  private static int total(int source, int target, double scale) {
    double pairs = (double) SIZES[source] * SIZES[target];
    double probability = PROBABILITIES[target][source];
    double inputs =
        Math.round(Math.log1p(-probability) / Math.log1p(-1 / pairs)) / (double) SIZES[target];
    return (int) Math.round(inputs * scale * size(target, scale));
  }

  private static SynapseGroup synapses(int source, int target, double scale) {
    boolean isExcitatory = source % 2 == 0;
    boolean isDoubled = source == 2 && target == 0;
    double mean = isExcitatory ? (isDoubled ? 2 * WEIGHT : WEIGHT) : -4 * WEIGHT;
    double deviation = Math.abs(mean) * (isDoubled ? 0.05 : 0.1);
    InitialValue weight =
        isExcitatory
            ? VariableInits.normalClipped(mean, deviation, 0, Float.MAX_VALUE)
            : VariableInits.normalClipped(mean, deviation, -Float.MAX_VALUE, 0);
    double delay = isExcitatory ? 1.5 : 0.75;
    InitialValue delays =
        VariableInits.normalClippedDelay(delay, delay / 2, 0, delay + delay / 2 * QUANTILE);
    double longest = 1.5 + 0.75 * QUANTILE;
    return new SynapseGroup(
            NAMES[source] + "_" + NAMES[target],
            new Connectivity.Sparse(
                SparsePatterns.fixedNumberTotal(total(source, target, scale)), true),
            NAMES[source],
            NAMES[target],
            new WeightUpdate(
                WeightUpdateModels.STATIC_PULSE_DENDRITIC_DELAY,
                Bindings.NONE.initialValue("g", weight).initialValue("d", delays)),
            new Postsynapse(PostsynapticModels.EXP_CURR, Bindings.NONE.parameter("tau", 0.5)))
        .maxDendriticDelay((int) Math.round(longest / DT) + 1);
  }
}
