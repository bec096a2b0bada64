package org.mlgenn.neurons;

import java.util.List;
import java.util.Optional;
import org.mlgenn.initializers.Requirement;
import org.mlgenn.initializers.Value;
import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.Stage;
import org.mlgenn.readouts.Readout;

/// Integrate-and-fire neuron without leak.
///
/// Each step `V ← V + I`; when then `V ≥ vThresh`, it emits a spike and `V ← vReset`.
///
/// @param vThresh firing threshold (dimensionless)
/// @param vReset voltage after a spike (dimensionless)
/// @param v voltage at the start of an example (dimensionless)
/// @param readout what is read, if the population is an output
/// @see <a href="https://neuronaldynamics.epfl.ch/online/Ch1.S3.html">Gerstner, Kistler, Naud &
///   Paninski (2014), Neuronal Dynamics, ch. 1.3</a>
public record IntegrateFire(Value vThresh, Value vReset, Value v, Optional<Readout> readout)
    implements Neuron {
  public IntegrateFire {
    vThresh.require("IntegrateFire: vThresh", Requirement.FINITE);
    vReset.require("IntegrateFire: vReset", Requirement.FINITE);
    v.require("IntegrateFire: v", Requirement.FINITE);
  }

  /// Threshold 1, reset and start at 0.
  public IntegrateFire() {
    this(Value.of(1), Value.of(0), Value.of(0), Optional.empty());
  }

  public IntegrateFire vThresh(Value vThresh) {
    return new IntegrateFire(vThresh, vReset, v, readout);
  }

  public IntegrateFire vThresh(double vThresh) {
    return vThresh(Value.of(vThresh));
  }

  public IntegrateFire vReset(Value vReset) {
    return new IntegrateFire(vThresh, vReset, v, readout);
  }

  public IntegrateFire vReset(double vReset) {
    return vReset(Value.of(vReset));
  }

  public IntegrateFire v(Value v) {
    return new IntegrateFire(vThresh, vReset, v, readout);
  }

  public IntegrateFire v(double v) {
    return v(Value.of(v));
  }

  public IntegrateFire readout(Readout readout) {
    return new IntegrateFire(vThresh, vReset, v, Optional.of(readout));
  }

  @Override
  public Contribution dynamics(NeuronContext context) {
    var contribution = new Contribution("neuron IntegrateFire");
    contribution = ValueParts.parameter(contribution, "Vthresh", vThresh);
    contribution = ValueParts.parameter(contribution, "Vreset", vReset);
    return ValueParts.state(contribution, "V", v.initialValue())
        .code(Stage.INTEGRATE, "V += Isyn;")
        .code(Stage.THRESHOLD, "V >= Vthresh")
        .code(Stage.RESET, "V = Vreset;");
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
    return List.of(
        new NeuronProperty("vThresh", vThresh, "Vthresh"),
        new NeuronProperty("vReset", vReset, "Vreset"),
        new NeuronProperty("v", v, "V"));
  }
}
