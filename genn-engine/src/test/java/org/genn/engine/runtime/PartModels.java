package org.genn.engine.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.Schedule;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.CurrentSourceModels;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.model.builtin.WeightUpdateModels;

/// Two populations of neurons that spike a lot, and synapses of all kinds between and within them.
final class PartModels {
  static final String SCHEDULE = "trial";
  private static final int A = 150;
  private static final int B = 71;

  /// Models of a given batch size, by name.
  static final Map<String, IntFunction<ModelSpec>> ALL = new LinkedHashMap<>();

  private static final NeuronModel LIF =
      new NeuronModel("Lif")
          .variable("V")
          .simCode("V = (0.9 * V) + Isyn + 0.11;")
          .thresholdCondition("V >= 1.0")
          .resetCode("V = 0.0;");

  private static final InitialValue WEIGHTS = VariableInits.uniform(-0.01, 0.03);
  private static final Postsynapse EXP =
      new Postsynapse(PostsynapticModels.EXP_CURR, Bindings.NONE.parameter("tau", 3));
  private static final Connectivity SPARSE =
      new Connectivity.Sparse(SparsePatterns.fixedProbability(0.2), true);

  private PartModels() {}

  static {
    add("sparse", PartModels::weights, SPARSE, WeightUpdateModels.STATIC_PULSE);
    add(
        "total",
        PartModels::weights,
        new Connectivity.Sparse(SparsePatterns.fixedNumberTotal(1500)),
        WeightUpdateModels.STATIC_PULSE);
    add("dense", PartModels::weights, new Connectivity.Dense(), WeightUpdateModels.STATIC_PULSE);
    add(
        "dense procedural",
        PartModels::weights,
        new Connectivity.DenseProcedural(),
        WeightUpdateModels.STATIC_PULSE);
    add(
        "bitmask",
        PartModels::weights,
        new Connectivity.Bitmask(SparsePatterns.fixedProbability(0.3)),
        WeightUpdateModels.STATIC_PULSE);
    add(
        "procedural",
        PartModels::weights,
        new Connectivity.Procedural(SparsePatterns.fixedProbability(0.2)),
        WeightUpdateModels.STATIC_PULSE);
    ALL.put("toeplitz", PartModels::toeplitz);
    ALL.put(
        "axonal", batch -> both(batch, LIF, LIF, s -> s.axonalDelay(3), SPARSE, stdp(), weights()));
    ALL.put(
        "back-propagation",
        batch ->
            both(
                batch,
                LIF,
                LIF,
                s -> s.backPropagationDelay(2).axonalDelay(1),
                SPARSE,
                stdp(),
                weights()));
    ALL.put(
        "dendritic",
        batch ->
            both(
                batch,
                LIF,
                LIF,
                s -> s.maxDendriticDelay(9),
                SPARSE,
                WeightUpdateModels.STATIC_PULSE_DENDRITIC_DELAY,
                weights().initialValue("d", VariableInits.normalClippedDelay(4, 2, 0, 8))));
    add("stdp sparse", PartModels::weights, SPARSE, stdp());
    add("stdp dense", PartModels::weights, new Connectivity.Dense(), stdp());
    add("traces", PartModels::weights, SPARSE, traces());
    add("dynamics", PartModels::weights, SPARSE, dynamics());
    add("dynamics dense", PartModels::weights, new Connectivity.Dense(), dynamics());
    add("feedback", PartModels::weights, SPARSE, feedback());
    add("neuron variables", PartModels::weights, SPARSE, neuronVariables());
    add("events", PartModels::weights, SPARSE, events());
    ALL.put("current sources", PartModels::currentSources);
    ALL.put("random", batch -> plain(batch, noisy()));
    ALL.put("one", PartModels::one);
    ALL.put("table", PartModels::table);
    ALL.put(
        "schedule",
        batch ->
            plain(batch, LIF)
                .schedule(SCHEDULE, new Schedule(12).beginTrial(true, true).run(Phase.FORWARD)));
  }

  private static void add(
      String name,
      java.util.function.Supplier<Bindings> bindings,
      Connectivity connectivity,
      WeightUpdateModel model) {
    ALL.put(name, batch -> both(batch, LIF, LIF, s -> s, connectivity, model, bindings.get()));
  }

  private static Bindings weights() {
    return Bindings.NONE.initialValue("g", WEIGHTS);
  }

  private static NeuronGroup group(String name, int size, NeuronModel model) {
    return new NeuronGroup(
            name, size, model, Bindings.NONE.initialValue("V", VariableInits.uniform(0, 1)))
        .recordsSpikes(true);
  }

  /// Synapses from `a` to `a`, from `a` to `b` and from `b` to `a`.
  private static ModelSpec both(
      int batch,
      NeuronModel a,
      NeuronModel b,
      java.util.function.UnaryOperator<SynapseGroup> change,
      Connectivity connectivity,
      WeightUpdateModel model,
      Bindings bindings) {
    ModelSpec spec =
        new ModelSpec("parts", 1, batch, 77)
            .neuronGroup(group("a", A, a))
            .neuronGroup(group("b", B, b));
    for (List<String> ends : List.of(List.of("a", "a"), List.of("a", "b"), List.of("b", "a"))) {
      spec =
          spec.synapseGroup(
              change.apply(
                  new SynapseGroup(
                      ends.getFirst() + ends.getLast(),
                      connectivity,
                      ends.getFirst(),
                      ends.getLast(),
                      new WeightUpdate(model, bindings),
                      EXP)));
    }
    return spec;
  }

  private static ModelSpec plain(int batch, NeuronModel model) {
    return both(batch, model, LIF, s -> s, SPARSE, WeightUpdateModels.STATIC_PULSE, weights());
  }

  private static WeightUpdateModel stdp() {
    return new WeightUpdateModel("Stdp")
        .variable("g", VarAccess.READ_WRITE)
        .preSpikeSynCode("addToPost(g); g -= 0.001 * exp(-0.1 * fmin(50.0, t - st_post));")
        .postSpikeSynCode("g += 0.001 * exp(-0.1 * fmin(50.0, t - prev_st_pre));");
  }

  private static WeightUpdateModel traces() {
    return new WeightUpdateModel("Traces")
        .variable("g", VarAccess.READ_WRITE)
        .pre(
            NeuronEnd.NONE
                .variable(new Variable("x", "scalar", VarAccess.READ_WRITE))
                .spikeCode("x += 1.0;")
                .dynamicsCode("x *= 0.95;"))
        .post(
            NeuronEnd.NONE
                .variable(new Variable("y", "scalar", VarAccess.READ_WRITE))
                .spikeCode("y += 0.5;")
                .dynamicsCode("y *= 0.9;"))
        .preSpikeSynCode("addToPost(g); g -= 0.0005 * y;")
        .postSpikeSynCode("g += 0.0005 * x;");
  }

  private static WeightUpdateModel dynamics() {
    return new WeightUpdateModel("Dynamics")
        .variable("g", VarAccess.READ_WRITE)
        .postNeuronVariable("V")
        .preSpikeSynCode("addToPost(g);")
        .synapseDynamicsCode("g += 0.0001 * (V - 0.5); addToPost(0.001 * g);");
  }

  private static WeightUpdateModel feedback() {
    return new WeightUpdateModel("Feedback")
        .variable("g", VarAccess.READ_ONLY)
        .preSpikeSynCode("addToPost(g); addToPre(0.1 * g);");
  }

  private static WeightUpdateModel neuronVariables() {
    return new WeightUpdateModel("NeuronVariables")
        .variable("g", VarAccess.READ_WRITE)
        .preNeuronVariable("V")
        .preSpikeSynCode("addToPost(g); g += 0.001 * (V - 0.4);");
  }

  private static WeightUpdateModel events() {
    return new WeightUpdateModel("Events")
        .variable("g", VarAccess.READ_WRITE)
        .pre(
            NeuronEnd.NONE
                .variable(new Variable("level", "scalar", VarAccess.READ_WRITE))
                .dynamicsCode("level = 0.9 * level + 0.1;")
                .spikeCode("level = 0.0;"))
        .preEvent("level > 0.5", "addToPost(0.1 * g * level);")
        .postNeuronVariable("V")
        .postEvent("V > 0.8", "g *= 0.999;");
  }

  private static NeuronModel noisy() {
    return new NeuronModel("Noisy")
        .variable("V")
        .simCode("V = (0.9 * V) + Isyn + 0.1 * gennrand_uniform() + 0.02 * gennrand_normal();")
        .thresholdCondition("V >= 0.6")
        .resetCode("V = 0.0;");
  }

  private static ModelSpec currentSources(int batch) {
    return plain(batch, LIF)
        .currentSource(
            new CurrentSource(
                "noise",
                "a",
                CurrentSourceModels.GAUSSIAN_NOISE,
                Bindings.NONE.parameter("mean", 0.01).parameter("sd", 0.05)))
        .currentSource(
            new CurrentSource(
                "background",
                "b",
                CurrentSourceModels.POISSON_EXP,
                Bindings.NONE
                    .parameter("weight", 0.05)
                    .parameter("tauSyn", 3)
                    .parameter("rate", 900)));
  }

  /// A group of one neuron, and one that is smaller than a part.
  private static ModelSpec one(int batch) {
    ModelSpec spec =
        plain(batch, LIF)
            .neuronGroup(group("one", 1, LIF))
            .neuronGroup(group("few", 33, LIF))
            .neuronGroup(group("none", 0, LIF));
    for (String end : List.of("one", "few", "none")) {
      for (boolean isSource : new boolean[] {true, false}) {
        spec =
            spec.synapseGroup(
                new SynapseGroup(
                    end + isSource,
                    new Connectivity.Dense(),
                    isSource ? end : "b",
                    isSource ? "b" : end,
                    new WeightUpdate(stdp(), weights()),
                    EXP));
      }
    }
    return spec;
  }

  /// Code that writes what all neurons share can't run for parts.
  private static ModelSpec table(int batch) {
    var counting =
        new NeuronModel("Counting")
            .variable("V")
            .extraGlobalParameter("Table", "scalar*")
            .simCode("V = (0.9 * V) + Isyn + 0.11; Table[(int)(V * 7.0) & 7] += V;")
            .thresholdCondition("V >= 1.0")
            .resetCode("V = 0.0;");
    ModelSpec spec = new ModelSpec("parts", 1, batch, 77);
    return spec.neuronGroup(
            new NeuronGroup(
                "a",
                A,
                counting,
                Bindings.NONE
                    .initialValue("V", VariableInits.uniform(0, 1))
                    .extraGlobalParameter("Table", new float[8])))
        .neuronGroup(group("b", B, LIF))
        .synapseGroup(
            new SynapseGroup(
                "ab",
                SPARSE,
                "a",
                "b",
                new WeightUpdate(WeightUpdateModels.STATIC_PULSE, weights()),
                EXP));
  }

  private static ModelSpec toeplitz(int batch) {
    int[] kernel = {3, 3};
    int[] in = {10, 10, 1};
    int[] out = {10, 10, 2};
    return new ModelSpec("parts", 1, batch, 77)
        .neuronGroup(group("a", 100, LIF))
        .neuronGroup(group("b", 200, LIF))
        .synapseGroup(
            new SynapseGroup(
                "ab",
                new Connectivity.Toeplitz(ToeplitzPatterns.conv2d(kernel, in, out)),
                "a",
                "b",
                new WeightUpdate(
                    WeightUpdateModels.STATIC_PULSE,
                    Bindings.NONE.initialValue("g", InitialValue.of(ramp(18)))),
                EXP));
  }

  private static float[] ramp(int length) {
    float[] values = new float[length];
    for (int k = 0; k < length; k++) {
      values[k] = 0.01f * (k - 7);
    }
    return values;
  }
}
