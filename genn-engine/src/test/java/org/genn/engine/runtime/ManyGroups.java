package org.genn.engine.runtime;

import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.NeuronModels;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.WeightUpdateModels;

/// Models of many groups, half neuron groups and half synapse groups: eight neuron models and ten
/// kinds of synapses, each group with parameters, sizes and initial values of its own.
public final class ManyGroups {
  private static final int NEURON_KINDS = 8;
  private static final int SYNAPSE_KINDS = 10;
  private static final int POISSON_KIND = 4;

  /// Whether each group has code of its own besides.
  private final boolean isDistinct;

  private final int half;

  private ManyGroups(int groups, boolean isDistinct) {
    this.half = groups / 2;
    this.isDistinct = isDistinct;
  }

  /// Groups of eighteen kinds, each with parameters of its own.
  public static ModelSpec varied(int groups) {
    return new ManyGroups(groups, false).spec("varied");
  }

  /// Groups each of which has code of its own.
  public static ModelSpec distinct(int groups) {
    return new ManyGroups(groups, true).spec("distinct");
  }

  private ModelSpec spec(String name) {
    ModelSpec spec = new ModelSpec(name, 0.5, 1, 42);
    for (int k = 0; k < half; k++) {
      spec = spec.neuronGroup(neurons(k));
    }
    for (int k = 0; k < half; k++) {
      spec = spec.synapseGroup(synapses(k));
    }
    return spec;
  }

  private static String name(int neurons) {
    return "pop" + neurons;
  }

  /// Statements that no other group has.
  private String own(int k, String variable) {
    if (!isDistinct) {
      return "";
    }
    var text = new StringBuilder();
    String[] forms = {
      "%s += 1e-6 * sin(%s * %d.0);", "%s -= 1e-7 * %s * %d.0;", "%s += 1e-6 / (2.0 + %s * %d.0);"
    };
    for (int n = 0; n <= k % 5; n++) {
      text.append(forms[(k / 5 + n) % forms.length].formatted(variable, variable, k + n))
          .append('\n');
    }
    return text.toString();
  }

  private NeuronModel model(int k, NeuronModel base, String variable) {
    return isDistinct
        ? base.simCode(
            base.simCode().get(org.genn.engine.model.Phase.FORWARD) + "\n" + own(k, variable))
        : base;
  }

  private NeuronGroup neurons(int k) {
    var none = Bindings.NONE;
    return switch (k % NEURON_KINDS) {
      case 0 ->
          group(
              k,
              NeuronModels.LIF,
              "V",
              none.parameter("C", 1 + 0.01 * k)
                  .parameter("TauM", 20 + 0.1 * k)
                  .parameter("Vrest", -65)
                  .parameter("Vreset", -66)
                  .parameter("Vthresh", -50)
                  .parameter("Ioffset", 0.7 + 0.01 * k)
                  .parameter("TauRefrac", 2 + 0.1 * k)
                  .initialValue("V", new InitialValue.Uniform(-65, -50)));
      case 1 ->
          group(
              k,
              NeuronModels.IZHIKEVICH,
              "V",
              none.parameter("a", 0.02 + 0.0001 * k)
                  .parameter("b", 0.2)
                  .parameter("c", -65)
                  .parameter("d", 8 - 0.01 * k)
                  .initialValue("V", -60)
                  .initialValue("U", -12));
      case 2 ->
          group(
              k,
              NeuronModels.IZHIKEVICH_VARIABLE,
              "V",
              none.initialValue("V", -60)
                  .initialValue("U", -12)
                  .initialValue("a", new InitialValue.Uniform(0.02, 0.1))
                  .initialValue("b", 0.2)
                  .initialValue("c", new InitialValue.Normal(-60, 2))
                  .initialValue("d", 2));
      case 3 ->
          group(
              k,
              NeuronModels.TRAUB_MILES,
              "V",
              none.parameter("gNa", 7.15 + 0.01 * k)
                  .parameter("ENa", 50)
                  .parameter("gK", 1.43)
                  .parameter("EK", -95)
                  .parameter("gl", 0.02672)
                  .parameter("El", -63.563)
                  .parameter("C", 0.143)
                  .initialValue("V", -60)
                  .initialValue("m", 0.0529324)
                  .initialValue("h", 0.3176767)
                  .initialValue("n", 0.5961207));
      case POISSON_KIND ->
          group(k, NeuronModels.POISSON, "timeStepToSpike", none.parameter("rate", 20 + 0.5 * k));
      case 5 ->
          group(
              k,
              NeuronModels.RULKOV_MAP,
              "V",
              none.parameter("Vspike", 60)
                  .parameter("alpha", 3)
                  .parameter("y", -2.468)
                  .parameter("beta", 0.0165 + 0.0001 * k)
                  .initialValue("V", -60)
                  .initialValue("preV", -60));
      case 6 ->
          group(
              k,
              new NeuronModel("Leaky")
                  .parameter("tau")
                  .derivedParameter("alpha", (p, dt) -> Math.exp(-dt / p.get("tau")))
                  .variable("V")
                  .simCode("V = alpha * V + (1.0 - alpha) * (Isyn + 0.1);")
                  .thresholdCondition("V >= 1.0")
                  .resetCode("V = 0.0;"),
              "V",
              none.parameter("tau", 10 + 0.1 * k)
                  .initialValue("V", new InitialValue.Uniform(0, 1)));
      default ->
          group(
              k,
              new NeuronModel("Adaptive")
                  .parameter("tau")
                  .parameter("b")
                  .derivedParameter("alpha", (p, dt) -> Math.exp(-dt / p.get("tau")))
                  .variable("V")
                  .variable("w")
                  .simCode(
                      """
                      const scalar drive = Isyn + 20.0 - w;
                      V += dt * (drive - V + exp((V - 10.0) / 2.0)) / tau;
                      w = alpha * w + 0.001 * V;
                      """)
                  .thresholdCondition("V >= 20.0")
                  .resetCode("V = 0.0; w += b;"),
              "V",
              none.parameter("tau", 20 + 0.1 * k).parameter("b", 0.5 + 0.01 * k));
    };
  }

  private NeuronGroup group(int k, NeuronModel model, String variable, Bindings bindings) {
    return new NeuronGroup(name(k), 50 + k, model(k, model, variable), bindings);
  }

  private WeightUpdateModel own(int k, WeightUpdateModel model) {
    return isDistinct
        ? model.preSpikeSynCode(
            model.preSpikeSynCode().getOrDefault(org.genn.engine.model.Phase.FORWARD, "")
                + "\nscalar own = 0.0;\n"
                + own(k, "own")
                + "addToPost(own);")
        : model;
  }

  /// A group that is no source of Poisson spikes and has a potential.
  private int potential(int k) {
    int group = k % half;
    return group % NEURON_KINDS == POISSON_KIND ? (group + 1) % half : group;
  }

  private SynapseGroup synapses(int k) {
    int source = k % SYNAPSE_KINDS == 5 ? potential(k) : k;
    int target = potential(7 * k + 3);
    var weight = Bindings.NONE.initialValue("g", 0.01 + 0.0001 * k);
    Postsynapse current =
        new Postsynapse(PostsynapticModels.EXP_CURR, Bindings.NONE.parameter("tau", 5 + 0.05 * k));
    Postsynapse conductance =
        new Postsynapse(
            PostsynapticModels.EXP_COND,
            Bindings.NONE.parameter("tau", 3 + 0.05 * k).parameter("E", k % 2 == 0 ? 0 : -80));
    Postsynapse delta = new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE);
    BuiltSynapses random = SparsePatterns.fixedProbability(0.1 + 0.001 * k);
    Connectivity sparse = new Connectivity.Sparse(random);
    var constant = Bindings.NONE.parameter("g", 0.02 + 0.0001 * k);
    return switch (k % SYNAPSE_KINDS) {
      case 0 ->
          synapses(
              k,
              new Connectivity.Dense(),
              source,
              target,
              WeightUpdateModels.STATIC_PULSE,
              Bindings.NONE.initialValue("g", new InitialValue.Normal(0, 0.01)),
              current);
      case 1 ->
          synapses(k, sparse, source, target, WeightUpdateModels.STATIC_PULSE, weight, current);
      case 2 ->
          synapses(
              k,
              new Connectivity.Sparse(SparsePatterns.fixedNumberPost(5 + k % 7)),
              source,
              target,
              WeightUpdateModels.STDP,
              weight
                  .parameter("tauPlus", 20 + 0.1 * k)
                  .parameter("tauMinus", 20)
                  .parameter("Aplus", 0.01)
                  .parameter("Aminus", 0.012)
                  .parameter("Wmin", 0)
                  .parameter("Wmax", 1),
              conductance);
      case 3 ->
          synapses(
              k,
              new Connectivity.Procedural(random),
              source,
              target,
              WeightUpdateModels.STATIC_PULSE_CONSTANT_WEIGHT,
              constant,
              delta);
      case 4 ->
          synapses(
                  k,
                  sparse,
                  source,
                  target,
                  WeightUpdateModels.STATIC_PULSE_DENDRITIC_DELAY,
                  weight.initialValue("d", 1 + k % 4),
                  current)
              .maxDendriticDelay(8);
      case 5 ->
          synapses(
              k,
              new Connectivity.Dense(),
              source,
              target,
              WeightUpdateModels.STATIC_GRADED,
              weight.parameter("Epre", -30 - 0.1 * k).parameter("Vslope", 20),
              current);
      case 6 ->
          synapses(
              k,
              new Connectivity.Dense(),
              source,
              target,
              new WeightUpdateModel("Forgetting")
                  .parameter("decay")
                  .variable("g", VarAccess.READ_WRITE)
                  .preSpikeSynCode("addToPost(g);")
                  .synapseDynamicsCode("g *= decay;"),
              weight.parameter("decay", 1 - 1e-5 * (k + 1)),
              current);
      case 7 ->
          synapses(
              k,
              sparse,
              source,
              target,
              new WeightUpdateModel("Traces")
                  .parameter("tau")
                  .derivedParameter("keep", (p, dt) -> Math.exp(-dt / p.get("tau")))
                  .variable("g", VarAccess.READ_WRITE)
                  .pre(
                      NeuronEnd.NONE
                          .variable(new Variable("pre"))
                          .spikeCode("pre += 1.0;")
                          .dynamicsCode("pre *= keep;"))
                  .post(
                      NeuronEnd.NONE
                          .variable(new Variable("post"))
                          .spikeCode("post += 1.0;")
                          .dynamicsCode("post *= keep;"))
                  .preSpikeSynCode("addToPost(g); g -= 0.001 * post;")
                  .postSpikeSynCode("g += 0.001 * pre;"),
              weight.parameter("tau", 20 + 0.1 * k),
              conductance);
      case 8 ->
          synapses(
              k,
              new Connectivity.Bitmask(random),
              source,
              target,
              WeightUpdateModels.STATIC_PULSE_CONSTANT_WEIGHT,
              constant,
              current);
      default ->
          synapses(k, sparse, source, target, WeightUpdateModels.STATIC_PULSE, weight, delta)
              .axonalDelay(1 + k % 6);
    };
  }

  private SynapseGroup synapses(
      int k,
      Connectivity connectivity,
      int source,
      int target,
      WeightUpdateModel model,
      Bindings bindings,
      Postsynapse postsynapse) {
    return new SynapseGroup(
        "syn" + k,
        connectivity,
        name(source),
        name(target),
        new WeightUpdate(own(k, model), bindings),
        postsynapse);
  }
}
