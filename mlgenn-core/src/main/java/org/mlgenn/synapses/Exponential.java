package org.mlgenn.synapses;

import java.util.List;
import java.util.Optional;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.mlgenn.initializers.Constant;
import org.mlgenn.initializers.Requirement;
import org.mlgenn.initializers.Value;
import org.mlgenn.initializers.Values;
import org.mlgenn.parts.SynapseAdjoint;

/// Current that decays exponentially, `tau · dI/dt = -I`, and jumps by the weight at a spike.
///
/// Each step `I ← I + inSyn; inSyn ← β · inSyn` with `β = exp(-dt / tau)`: the spike's whole weight
/// counts in the step in which it arrives. With scaled input `I ← I + s · inSyn` with `s = (tau /
/// dt)(1 - β)`, the mean of the decaying current over the step, so that the charge is integrated
/// exactly.
///
/// @param tau synaptic time constant (ms), positive: a number, or one per target neuron
/// @param scaleI whether the input is scaled
/// @see <a href="https://neuronaldynamics.epfl.ch/online/Ch3.S1.html">Gerstner, Kistler, Naud &
///   Paninski (2014), Neuronal Dynamics, ch. 3.1</a>
public record Exponential(Value tau, boolean scaleI) implements Synapse {
  public Exponential {
    tau.require("Exponential: tau", Requirement.POSITIVE_TIME);
  }

  public Exponential(double tau) {
    this(Value.of(tau), false);
  }

  /// 5 ms, input not scaled.
  public Exponential() {
    this(5);
  }

  /// As EventProp needs it: with scaled input.
  public static Exponential forEventProp() {
    return new Exponential().scaleI(true);
  }

  public Exponential tau(Value tau) {
    return new Exponential(tau, scaleI);
  }

  public Exponential tau(double tau) {
    return tau(Value.of(tau));
  }

  public Exponential scaleI(boolean scaleI) {
    return new Exponential(tau, scaleI);
  }

  @Override
  public Postsynapse postsynapse(double dt) {
    var model =
        new PostsynapticModel(
            "Exponential",
            scaleI
                ? "injectCurrent(IScale * inSyn);\ninSyn *= ExpDecay;"
                : "injectCurrent(inSyn);\ninSyn *= ExpDecay;");
    Value decay = tau.map("Exponential: tau", each -> Math.exp(-dt / each));
    var postsynapse = with(new Postsynapse(model, Bindings.NONE), "ExpDecay", decay);
    if (!scaleI) {
      return postsynapse;
    }
    Value scale = tau.map("Exponential: tau", each -> (each / dt) * (1.0 - Math.exp(-dt / each)));
    return with(postsynapse, "IScale", scale);
  }

  private static Postsynapse with(Postsynapse postsynapse, String name, Value value) {
    PostsynapticModel model = postsynapse.model();
    Bindings bindings = postsynapse.bindings();
    return value instanceof Constant(double number)
        ? new Postsynapse(model.parameter(name), bindings.parameter(name, number))
        : new Postsynapse(
            model.variable(new Variable(name, "scalar", VarAccess.READ_ONLY)),
            bindings.initialValue(name, value.initialValue()));
  }

  @Override
  public boolean hasMemory() {
    return true;
  }

  /// For a number as time constant.
  @Override
  public Optional<SynapseAdjoint> adjoint(double dt) {
    if (!(tau instanceof Constant(double tauSyn))) {
      return Optional.empty();
    }
    double scale = tauSyn / dt * -Math.expm1(-dt / tauSyn);
    return Optional.of(new SynapseAdjoint(tauSyn, scaleI ? 1 : 1 / scale, 1 / scale));
  }

  @Override
  public List<String> problems(int targets) {
    return tau instanceof Values values && values.length() != targets
        ? List.of(
            "Exponential: tau has %d values, the target has %d neurons"
                .formatted(values.length(), targets))
        : List.of();
  }
}
