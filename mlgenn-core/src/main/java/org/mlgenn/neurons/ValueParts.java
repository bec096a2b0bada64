package org.mlgenn.neurons;

import org.genn.engine.model.InitialValue;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.mlgenn.initializers.Constant;
import org.mlgenn.initializers.Normal;
import org.mlgenn.initializers.Uniform;
import org.mlgenn.initializers.Value;
import org.mlgenn.initializers.Values;
import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.Quirk;

/// How values become parts of an engine model.
final class ValueParts {
  private ValueParts() {}

  /// A number becomes a parameter, anything else a variable that is constant in code and shared by
  /// the examples.
  static Contribution parameter(Contribution contribution, String name, Value value) {
    return switch (value) {
      case Constant(double number) -> contribution.parameter(name, number);
      case Values _, Normal _, Uniform _ ->
          contribution.state(
              new Contribution.State(
                  new Variable(name, "scalar", VarAccess.READ_ONLY), value.initialValue(), false));
    };
  }

  /// A state that each trial starts from the value.
  static Contribution state(Contribution contribution, String name, InitialValue value) {
    return contribution.state(new Contribution.State(new Variable(name), value, true));
  }

  /// `1 - exp(-dt / tau)`, neuron by neuron.
  static Value inputShare(String what, Value tau, NeuronContext context) {
    // ml_genn: neurons/leaky_integrate_fire.py subtracts the rounded exp(-dt / tau) from 1, which
    // leaves few digits where dt is much shorter than tau; we do so only when asked.
    return context.has(Quirk.INPUT_SHARE_ROUNDED)
        ? tau.map(what, milliseconds -> 1f - (float) Math.exp(-context.dt() / milliseconds))
        : tau.map(what, milliseconds -> -Math.expm1(-context.dt() / milliseconds));
  }

  /// `exp(-dt / tau)`, neuron by neuron.
  static Value decay(String what, Value tau, double dt) {
    return tau.map(what, milliseconds -> Math.exp(-dt / milliseconds));
  }
}
