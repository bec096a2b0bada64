package org.mlgenn.cli.recipes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
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
import org.mlgenn.cli.SimulatedNetwork;

/// Makes the microcircuit out of its tables and the engine's built-in models.
///
/// A network of scale `s` has `s` times the neurons, each with `s` times the synapses. Weights grow
/// by `1 / √s`, which keeps the variance of the input, and a constant current replaces the mean
/// that is lost then: `τ_syn (1 - √s) Σ w K ν` over all inputs with their published rates `ν` (van
/// Albada et al. 2015).
///
/// @param scale from 0 to 1
/// @param dt duration of a timestep (ms)
/// @param isProcedural whether synapses are made anew at each spike and stored nowhere
record MicrocircuitModel(double scale, double dt, boolean isProcedural) {
  /// Delays are stored as unsigned bytes.
  static final int MOST_DELAY_SLOTS = 256;

  private static final double RESTING_POTENTIAL = -65;

  /// A target takes two bytes, a weight four, a delay one.
  private static final int STORED_BYTES = 7;

  private static final double SECONDS_PER_MS = 1e-3;

  /// The longest delay of a synapse (ms).
  static double longestDelay() {
    return longest(PotjansDiesmann.EXCITATORY_DELAY);
  }

  private static double longest(double mean) {
    return mean * (1 + PotjansDiesmann.DELAY_DEVIATION * PotjansDiesmann.LONGEST_DELAY_DEVIATIONS);
  }

  /// Steps that input may be on its way, the present one included.
  int delaySlots() {
    return (int) Math.round(longestDelay() / dt) + 1;
  }

  SimulatedNetwork network(long seed) {
    var model = new ModelSpec("microcircuit", dt, 1, seed);
    var populations = new ArrayList<SimulatedNetwork.Population>();
    for (PotjansDiesmann population : PotjansDiesmann.values()) {
      model = model.neuronGroup(neurons(population)).currentSource(background(population));
      populations.add(
          new SimulatedNetwork.Population(
              population.group(),
              population.label(),
              OptionalDouble.of(population.publishedRate()),
              OptionalDouble.of(population.nestRate())));
    }
    var synapses = new LinkedHashMap<String, Long>();
    for (PotjansDiesmann target : PotjansDiesmann.values()) {
      for (PotjansDiesmann source : PotjansDiesmann.values()) {
        int count = synapseCount(source, target);
        if (count > 0) {
          SynapseGroup group = synapses(source, target, count);
          model = model.synapseGroup(group);
          synapses.put(group.name(), (long) count);
        }
      }
    }
    return new SimulatedNetwork(
        "Potjans-Diesmann microcircuit" + (scale == 1 ? "" : ", scale " + scale),
        model,
        populations,
        synapses,
        isProcedural ? 0 : STORED_BYTES,
        settings(seed),
        remarks());
  }

  private Map<String, Object> settings(long seed) {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("scale", scale);
    settings.put("dt", dt);
    settings.put("procedural", isProcedural);
    settings.put("seed", seed);
    return settings;
  }

  private List<String> remarks() {
    var remarks = new ArrayList<String>();
    if (scale < 1) {
      remarks.add(
          "A network of scale %s is more correlated than the full one: its rates differ from the published ones, the more the smaller it is."
              .formatted(scale));
    }
    if (dt != PotjansDiesmann.DT) {
      remarks.add("The published rates belong to --dt %s.".formatted(PotjansDiesmann.DT));
    }
    return remarks;
  }

  int neuronCount(PotjansDiesmann population) {
    return (int) Math.round(population.neurons() * scale);
  }

  int synapseCount(PotjansDiesmann source, PotjansDiesmann target) {
    return (int) Math.round(target.inDegreeFrom(source) * scale * neuronCount(target));
  }

  private NeuronGroup neurons(PotjansDiesmann population) {
    Bindings bindings =
        Bindings.NONE
            .parameter("C", 0.25)
            .parameter("TauM", 10)
            .parameter("Vrest", RESTING_POTENTIAL)
            .parameter("Vreset", RESTING_POTENTIAL)
            .parameter("Vthresh", -50)
            .parameter("Ioffset", compensation(population))
            .parameter("TauRefrac", 2)
            .initialValue("V", VariableInits.normal(-58, 5));
    return new NeuronGroup(population.group(), neuronCount(population), NeuronModels.LIF, bindings)
        .recordsSpikes(true);
  }

  /// The constant current that replaces input which a smaller network lacks (nA).
  double compensation(PotjansDiesmann population) {
    return SECONDS_PER_MS
        * PotjansDiesmann.TAU_SYN
        * (1 - Math.sqrt(scale))
        * population.meanInput();
  }

  private CurrentSource background(PotjansDiesmann population) {
    return new CurrentSource(
        population.group() + "_background",
        population.group(),
        CurrentSourceModels.POISSON_EXP,
        Bindings.NONE
            .parameter("weight", PotjansDiesmann.WEIGHT / Math.sqrt(scale))
            .parameter("tauSyn", PotjansDiesmann.TAU_SYN)
            .parameter(
                "rate", population.backgroundInputs() * scale * PotjansDiesmann.BACKGROUND_RATE));
  }

  private SynapseGroup synapses(PotjansDiesmann source, PotjansDiesmann target, int count) {
    BuiltSynapses pattern = SparsePatterns.fixedNumberTotal(count);
    return new SynapseGroup(
            source.group() + "_" + target.group(),
            isProcedural
                ? new Connectivity.Procedural(pattern)
                : new Connectivity.Sparse(pattern).narrowIndices(true),
            source.group(),
            target.group(),
            new WeightUpdate(
                WeightUpdateModels.STATIC_PULSE_DENDRITIC_DELAY, weightsAndDelays(source, target)),
            new Postsynapse(
                PostsynapticModels.EXP_CURR,
                Bindings.NONE.parameter("tau", PotjansDiesmann.TAU_SYN)))
        .maxDendriticDelay(delaySlots());
  }

  private Bindings weightsAndDelays(PotjansDiesmann source, PotjansDiesmann target) {
    double weight = target.weightFrom(source) / Math.sqrt(scale);
    double deviation = target.weightDeviationFrom(source) / Math.sqrt(scale);
    boolean isExcitatory = source.isExcitatory();
    double delay =
        isExcitatory ? PotjansDiesmann.EXCITATORY_DELAY : PotjansDiesmann.INHIBITORY_DELAY;
    return Bindings.NONE
        .initialValue(
            "g",
            VariableInits.normalClipped(
                weight,
                deviation,
                isExcitatory ? 0 : -Float.MAX_VALUE,
                isExcitatory ? Float.MAX_VALUE : 0))
        .initialValue(
            "d",
            VariableInits.normalClippedDelay(
                delay, delay * PotjansDiesmann.DELAY_DEVIATION, 0, longest(delay)));
  }
}
