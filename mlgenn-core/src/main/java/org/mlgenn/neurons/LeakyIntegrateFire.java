package org.mlgenn.neurons;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mlgenn.initializers.Requirement;
import org.mlgenn.initializers.Value;
import org.mlgenn.parts.AdjointContext;
import org.mlgenn.parts.AdjointDynamics;
import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.Quirk;
import org.mlgenn.parts.Stage;
import org.mlgenn.readouts.Readout;

/// Leaky integrate-and-fire neuron.
///
/// Between spikes `tauMem · dV/dt = -V + I`; each step `V ← αV + I` with `α = exp(-dt / tauMem)`,
/// or, with scaled input, `V ← αV + (1 - α)I`. When then `V ≥ vThresh`, and it is not refractory,
/// it emits a spike and `V` is reset.
///
/// @param vThresh firing threshold (dimensionless)
/// @param vReset voltage that a spike resets to (dimensionless)
/// @param v voltage at the start of an example (dimensionless)
/// @param tauMem membrane time constant (ms), positive
/// @param refractoriness time after a spike without spikes, if any
/// @param reset what a spike does to the voltage
/// @param scaleI whether the input is scaled by `1 - α`, so that a constant input `I` leads to `V =
///   I`; without it a spike of weight `w` raises `V` by `w` at once
/// @param readout what is read, if the population is an output
/// @see <a href="https://neuronaldynamics.epfl.ch/online/Ch1.S3.html">Gerstner, Kistler, Naud &
///   Paninski (2014), Neuronal Dynamics, ch. 1.3</a>
public record LeakyIntegrateFire(
    Value vThresh,
    Value vReset,
    Value v,
    Value tauMem,
    Optional<Refractoriness> refractoriness,
    Reset reset,
    boolean scaleI,
    Optional<Readout> readout)
    implements Neuron {
  public LeakyIntegrateFire {
    vThresh.require("LeakyIntegrateFire: vThresh", Requirement.FINITE);
    vReset.require("LeakyIntegrateFire: vReset", Requirement.FINITE);
    v.require("LeakyIntegrateFire: v", Requirement.FINITE);
    tauMem.require("LeakyIntegrateFire: tauMem", Requirement.POSITIVE_TIME);
  }

  /// Threshold 1, reset and start at 0, 20 ms, no refractoriness, subtracting reset, input not
  /// scaled.
  public LeakyIntegrateFire() {
    this(
        Value.of(1),
        Value.of(0),
        Value.of(0),
        Value.of(20),
        Optional.empty(),
        Reset.SUBTRACT,
        false,
        Optional.empty());
  }

  /// As EventProp needs it: reset to `vReset`, scaled input.
  public static LeakyIntegrateFire forEventProp() {
    return new LeakyIntegrateFire().reset(Reset.TO_RESET).scaleI(true);
  }

  public LeakyIntegrateFire vThresh(Value vThresh) {
    return new LeakyIntegrateFire(
        vThresh, vReset, v, tauMem, refractoriness, reset, scaleI, readout);
  }

  public LeakyIntegrateFire vThresh(double vThresh) {
    return vThresh(Value.of(vThresh));
  }

  public LeakyIntegrateFire vReset(Value vReset) {
    return new LeakyIntegrateFire(
        vThresh, vReset, v, tauMem, refractoriness, reset, scaleI, readout);
  }

  public LeakyIntegrateFire vReset(double vReset) {
    return vReset(Value.of(vReset));
  }

  public LeakyIntegrateFire v(Value v) {
    return new LeakyIntegrateFire(
        vThresh, vReset, v, tauMem, refractoriness, reset, scaleI, readout);
  }

  public LeakyIntegrateFire v(double v) {
    return v(Value.of(v));
  }

  public LeakyIntegrateFire tauMem(Value tauMem) {
    return new LeakyIntegrateFire(
        vThresh, vReset, v, tauMem, refractoriness, reset, scaleI, readout);
  }

  public LeakyIntegrateFire tauMem(double tauMem) {
    return tauMem(Value.of(tauMem));
  }

  public LeakyIntegrateFire refractoriness(Refractoriness refractoriness) {
    return new LeakyIntegrateFire(
        vThresh, vReset, v, tauMem, Optional.of(refractoriness), reset, scaleI, readout);
  }

  public LeakyIntegrateFire reset(Reset reset) {
    return new LeakyIntegrateFire(
        vThresh, vReset, v, tauMem, refractoriness, reset, scaleI, readout);
  }

  public LeakyIntegrateFire scaleI(boolean scaleI) {
    return new LeakyIntegrateFire(
        vThresh, vReset, v, tauMem, refractoriness, reset, scaleI, readout);
  }

  public LeakyIntegrateFire readout(Readout readout) {
    return new LeakyIntegrateFire(
        vThresh, vReset, v, tauMem, refractoriness, reset, scaleI, Optional.of(readout));
  }

  @Override
  public Contribution dynamics(NeuronContext context) {
    var contribution = new Contribution("neuron LeakyIntegrateFire");
    contribution =
        ValueParts.parameter(
            contribution,
            "Alpha",
            ValueParts.decay("LeakyIntegrateFire: tauMem", tauMem, context.dt()));
    if (scaleI) {
      contribution =
          ValueParts.parameter(
              contribution,
              "InputShare",
              ValueParts.inputShare("LeakyIntegrateFire: tauMem", tauMem, context));
    }
    contribution = ValueParts.parameter(contribution, "Vthresh", vThresh);
    contribution = ValueParts.parameter(contribution, "Vreset", vReset);
    contribution = ValueParts.state(contribution, "V", v.initialValue());
    contribution =
        contribution
            .code(Stage.INTEGRATE, integration())
            .code(
                Stage.THRESHOLD,
                refractoriness.isPresent() ? "V >= Vthresh && RefracTime <= 0.0" : "V >= Vthresh")
            .code(
                Stage.RESET,
                switch (reset) {
                  case SUBTRACT -> "V -= (Vthresh - Vreset);";
                  case TO_RESET -> "V = Vreset;";
                });
    if (refractoriness.isPresent()) {
      contribution = ValueParts.parameter(contribution, "TauRefrac", refractoriness.get().tau());
      contribution =
          contribution.state("RefracTime", 0).code(Stage.RESET, "RefracTime = TauRefrac;");
    }
    return contribution;
  }

  private String integration() {
    String update = scaleI ? "V = (Alpha * V) + (InputShare * Isyn);" : "V = (Alpha * V) + Isyn;";
    if (refractoriness.isEmpty()) {
      return update;
    }
    return refractoriness.get().integrates()
        ? """
        %s
        if (RefracTime > 0.0) {
          RefracTime -= dt;
        }\
        """
            .formatted(update)
        : """
        if (RefracTime > 0.0) {
          RefracTime -= dt;
        } else {
          %s
        }\
        """
            .formatted(update);
  }

  @Override
  public Optional<AdjointDynamics> adjoint(AdjointContext context) {
    AdjointDynamics free = LeakyAdjoint.of("LeakyIntegrateFire", tauMem, scaleI, true, context);
    boolean standsStill =
        refractoriness.isPresent()
            && !refractoriness.get().integrates()
            && !context.has(Quirk.REFRACTORINESS_IGNORED);
    return Optional.of(standsStill ? LeakyAdjoint.standingStill(free) : free);
  }

  @Override
  public boolean spikes() {
    return true;
  }

  @Override
  public Optional<String> outputVariable() {
    return Optional.of("V");
  }

  @Override
  public List<NeuronProperty> properties() {
    var properties =
        new ArrayList<>(
            List.of(
                new NeuronProperty("vThresh", vThresh, "Vthresh"),
                new NeuronProperty("vReset", vReset, "Vreset"),
                new NeuronProperty("v", v, "V"),
                new NeuronProperty("tauMem", tauMem)));
    refractoriness.ifPresent(
        refractory ->
            properties.add(new NeuronProperty("tauRefrac", refractory.tau(), "TauRefrac")));
    return properties;
  }
}
