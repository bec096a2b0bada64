package org.mlgenn.neurons;

import java.util.List;
import java.util.Optional;
import org.mlgenn.initializers.Requirement;
import org.mlgenn.initializers.Value;
import org.mlgenn.parts.AdjointContext;
import org.mlgenn.parts.AdjointDynamics;
import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.Stage;
import org.mlgenn.readouts.Readout;

/// Leaky integrator that never spikes: the usual output neuron.
///
/// `tauMem · dV/dt = -V + I`; each step `V ← αV + I + bias` with `α = exp(-dt / tauMem)`, or, with
/// scaled input, `V ← αV + (1 - α)I + bias`. The bias is never scaled.
///
/// @param v voltage at the start of an example (dimensionless)
/// @param bias added in each step (dimensionless)
/// @param tauMem membrane time constant (ms), positive
/// @param scaleI whether the input is scaled by `1 - α`, so that a constant input `I` leads to `V =
///   I`; without it a spike of weight `w` raises `V` by `w` at once
/// @param readout what is read, if the population is an output
/// @see <a href="https://neuronaldynamics.epfl.ch/online/Ch1.S3.html">Gerstner, Kistler, Naud &
///   Paninski (2014), Neuronal Dynamics, ch. 1.3</a>
public record LeakyIntegrate(
    Value v, Value bias, Value tauMem, boolean scaleI, Optional<Readout> readout)
    implements Neuron {
  public LeakyIntegrate {
    v.require("LeakyIntegrate: v", Requirement.FINITE);
    bias.require("LeakyIntegrate: bias", Requirement.FINITE);
    tauMem.require("LeakyIntegrate: tauMem", Requirement.POSITIVE_TIME);
  }

  /// Start at 0, no bias, 20 ms, input not scaled.
  public LeakyIntegrate() {
    this(Value.of(0), Value.of(0), Value.of(20), false, Optional.empty());
  }

  /// As EventProp needs it: with scaled input.
  public static LeakyIntegrate forEventProp() {
    return new LeakyIntegrate().scaleI(true);
  }

  public LeakyIntegrate v(Value v) {
    return new LeakyIntegrate(v, bias, tauMem, scaleI, readout);
  }

  public LeakyIntegrate v(double v) {
    return v(Value.of(v));
  }

  public LeakyIntegrate bias(Value bias) {
    return new LeakyIntegrate(v, bias, tauMem, scaleI, readout);
  }

  public LeakyIntegrate bias(double bias) {
    return bias(Value.of(bias));
  }

  public LeakyIntegrate tauMem(Value tauMem) {
    return new LeakyIntegrate(v, bias, tauMem, scaleI, readout);
  }

  public LeakyIntegrate tauMem(double tauMem) {
    return tauMem(Value.of(tauMem));
  }

  public LeakyIntegrate scaleI(boolean scaleI) {
    return new LeakyIntegrate(v, bias, tauMem, scaleI, readout);
  }

  public LeakyIntegrate readout(Readout readout) {
    return new LeakyIntegrate(v, bias, tauMem, scaleI, Optional.of(readout));
  }

  @Override
  public Contribution dynamics(NeuronContext context) {
    var contribution = new Contribution("neuron LeakyIntegrate");
    contribution =
        ValueParts.parameter(
            contribution,
            "Alpha",
            ValueParts.decay("LeakyIntegrate: tauMem", tauMem, context.dt()));
    if (scaleI) {
      contribution =
          ValueParts.parameter(
              contribution,
              "InputShare",
              ValueParts.inputShare("LeakyIntegrate: tauMem", tauMem, context));
    }
    contribution = ValueParts.parameter(contribution, "Bias", bias);
    return ValueParts.state(contribution, "V", v.initialValue())
        .code(
            Stage.INTEGRATE,
            scaleI
                ? "V = (Alpha * V) + (InputShare * Isyn) + Bias;"
                : "V = (Alpha * V) + Isyn + Bias;");
  }

  @Override
  public Optional<AdjointDynamics> adjoint(AdjointContext context) {
    return Optional.of(LeakyAdjoint.of("LeakyIntegrate", tauMem, scaleI, false, context));
  }

  @Override
  public boolean spikes() {
    return false;
  }

  @Override
  public Optional<String> outputVariable() {
    return Optional.of("V");
  }

  @Override
  public List<NeuronProperty> properties() {
    return List.of(
        new NeuronProperty("v", v, "V"),
        new NeuronProperty("bias", bias, "Bias"),
        new NeuronProperty("tauMem", tauMem));
  }
}
