package org.mlgenn.neurons;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.TapeModel;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.mlgenn.initializers.Constant;
import org.mlgenn.initializers.Normal;
import org.mlgenn.initializers.Uniform;
import org.mlgenn.initializers.Value;
import org.mlgenn.initializers.Values;
import org.mlgenn.parts.AdjointContext;
import org.mlgenn.parts.AdjointDynamics;
import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.MembranePropagator;
import org.mlgenn.parts.Quirk;
import org.mlgenn.parts.Stage;

/// Adjoint system of a leaky membrane, with the parameters and variables of the forward code.
///
/// A step is the transpose of the forward propagator (`MembranePropagator`), towards the constant
/// drive of the step. At a spike `λV ← λV + ((vThresh - vReset) λV + Σ w (λV - λI)) / (I - V)`,
/// with the current `I` and voltage `V` right before it.
final class LeakyAdjoint {
  private LeakyAdjoint() {}

  private static final String FREE =
      """
      LambdaI = (Beta * LambdaI) + (AdjointCoupling * LambdaV);
      LambdaV *= Alpha;\
      """;

  private static final String DRIVEN =
      """
      LambdaI = Drive + (Beta * (LambdaI - Drive)) + (AdjointCoupling * (LambdaV - Drive));
      LambdaV = Drive + (Alpha * (LambdaV - Drive));\
      """;

  static AdjointDynamics of(
      String neuron, Value tauMem, boolean scalesInput, boolean spikes, AdjointContext context) {
    double tauSyn = context.synapse().tau();
    var contribution =
        new Contribution("adjoint of " + neuron)
            .parameter("Beta", Math.exp(-context.dt() / tauSyn))
            .state("LambdaV", 0)
            .state("LambdaI", 0)
            .code(Stage.ADJOINT, context.isDriven() ? DRIVEN : FREE);
    contribution =
        ValueParts.parameter(
            contribution,
            "AdjointCoupling",
            tauMem.map(
                neuron + ": tauMem",
                tau -> MembranePropagator.of(tau, tauSyn, context.dt()).adjointCoupling()));
    double meanTau = mean(neuron, tauMem);
    if (!scalesInput && !context.has(Quirk.INPUT_GAIN_IGNORED) && !(tauMem instanceof Constant)) {
      throw new IllegalArgumentException(
          neuron + ": input that is not scaled needs one tauMem for all neurons; set scaleI(true)");
    }
    double gain =
        scalesInput || context.has(Quirk.INPUT_GAIN_IGNORED)
            ? 1
            : 1 / -Math.expm1(-context.dt() / meanTau);
    if (!spikes) {
      return new AdjointDynamics(contribution, Optional.empty(), meanTau, gain);
    }
    contribution =
        contribution.parameter("CurrentScale", gain * context.synapse().currentPerInput());
    return new AdjointDynamics(contribution, Optional.of(jump()), meanTau, gain);
  }

  /// The adjoint system of a spiking neuron whose voltage stands still in a refractory time after
  /// each spike.
  ///
  /// In that time `λV` stands still too, and `λI` only decays. A later spike means a later end of
  /// the refractory time, where the voltage moves on from `vReset` with the current `I'` of then:
  /// `λV ← ((I' - vReset) λV + Σ w (λV - λI)) / (I - V)`. Without a refractory time `I' = I` and `V
  /// = vThresh`, which is the jump above.
  static AdjointDynamics standingStill(AdjointDynamics free) {
    Contribution between = free.betweenSpikes();
    var contribution =
        new Contribution(between.party(), between.parameters(), between.states(), Map.of())
            .state(
                new Contribution.State(
                    new Variable("StepCurrent", "scalar", VarAccess.READ_WRITE, true),
                    InitialValue.of(0),
                    false))
            .state("CurrentAfter", 0)
            .state("ReleaseCurrent", 0)
            .code(
                Stage.PREPARE,
                "StepCurrent = (RefracTime > 0.0) ? -1.0e30 : (CurrentScale * Isyn);")
            .code(
                Stage.ADJOINT,
                """
                if (StepCurrent < -1.0e29) {
                  LambdaI *= Beta;
                } else {
                  LambdaI = (Beta * LambdaI) + (AdjointCoupling * LambdaV);
                  LambdaV *= Alpha;
                  ReleaseCurrent = CurrentAfter;
                  CurrentAfter = StepCurrent;
                }\
                """);
    return new AdjointDynamics(
        contribution,
        Optional.of(
            new AdjointDynamics.Jump(
                free.jump().orElseThrow().fields(),
                "LambdaV = (((ReleaseCurrent - Vreset) * LambdaV) + RevIsyn) / IMinusV;",
                free.jump().orElseThrow().voltageJumpPerError())),
        free.tauMem(),
        free.inputGain());
  }

  private static AdjointDynamics.Jump jump() {
    return new AdjointDynamics.Jump(
        List.of(new TapeModel.Field("IMinusV", "scalar", "(CurrentScale * Isyn) - V")),
        "LambdaV += (((Vthresh - Vreset) * LambdaV) + RevIsyn) / IMinusV;",
        "1.0 / IMinusV");
  }

  private static double mean(String neuron, Value tau) {
    return switch (tau) {
      case Constant(double number) -> number;
      case Values values ->
          IntStream.range(0, values.length()).mapToDouble(values::get).average().orElseThrow();
      case Normal _, Uniform _ ->
          throw new IllegalArgumentException(
              neuron + ": tauMem must be a number or one for each neuron, got " + tau);
    };
  }
}
