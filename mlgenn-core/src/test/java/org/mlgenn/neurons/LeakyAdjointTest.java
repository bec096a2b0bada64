package org.mlgenn.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.model.TapeModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.mlgenn.initializers.Value;
import org.mlgenn.parts.AdjointContext;
import org.mlgenn.parts.AdjointDynamics;
import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.Quirk;
import org.mlgenn.parts.Stage;
import org.mlgenn.parts.SynapseAdjoint;
import org.mlgenn.synapses.Exponential;

@Feature("EVP-01")
class LeakyAdjointTest {
  private static final SynapseAdjoint SYNAPSE =
      Exponential.forEventProp().tau(5).adjoint(1).orElseThrow();

  private static AdjointDynamics adjoint(Neuron neuron, boolean isDriven) {
    return neuron.adjoint(new AdjointContext(1, SYNAPSE, isDriven, Set.of())).orElseThrow();
  }

  @Test
  void spikingNeuronsJump() {
    AdjointDynamics adjoint = adjoint(LeakyIntegrateFire.forEventProp(), false);
    assertEquals(
        """
        LambdaI = (Beta * LambdaI) + (AdjointCoupling * LambdaV);
        LambdaV *= Alpha;\
        """,
        adjoint.betweenSpikes().code().get(Stage.ADJOINT));
    assertEquals(
        new AdjointDynamics.Jump(
            List.of(new TapeModel.Field("IMinusV", "scalar", "(CurrentScale * Isyn) - V")),
            "LambdaV += (((Vthresh - Vreset) * LambdaV) + RevIsyn) / IMinusV;",
            "1.0 / IMinusV"),
        adjoint.jump().orElseThrow());
  }

  @Test
  void leakyOutputsAreDriven() {
    AdjointDynamics adjoint = adjoint(LeakyIntegrate.forEventProp(), true);
    assertEquals(
        """
        LambdaI = Drive + (Beta * (LambdaI - Drive)) + (AdjointCoupling * (LambdaV - Drive));
        LambdaV = Drive + (Alpha * (LambdaV - Drive));\
        """,
        adjoint.betweenSpikes().code().get(Stage.ADJOINT));
    assertEquals(Optional.empty(), adjoint.jump());
  }

  @Test
  void scaledInputIsTheMeanCurrentOfAStep() {
    AdjointDynamics adjoint = adjoint(LeakyIntegrateFire.forEventProp(), false);
    assertEquals(1, adjoint.inputGain());
    assertEquals(
        1 / (5 * (1 - Math.exp(-1 / 5.0))),
        adjoint.betweenSpikes().parameters().get("CurrentScale"),
        1e-12);
    assertEquals(1, SYNAPSE.gain());
  }

  @Test
  void unscaledInputIsLargerInContinuousTime() {
    double inputGain = 1 / (1 - Math.exp(-1 / 20.0));
    assertEquals(inputGain, adjoint(new LeakyIntegrateFire(), false).inputGain(), 1e-9);
    SynapseAdjoint unscaled = new Exponential(5).adjoint(1).orElseThrow();
    assertEquals(1 / (5 * (1 - Math.exp(-1 / 5.0))), unscaled.gain(), 1e-12);
  }

  @Test
  void neuronsMayDifferInTheirTimeConstants() {
    AdjointDynamics adjoint =
        adjoint(LeakyIntegrateFire.forEventProp().tauMem(Value.of(new float[] {10, 30})), false);
    assertEquals(20, adjoint.tauMem());
    assertTrue(
        adjoint.betweenSpikes().states().stream()
            .map(Contribution.State::variable)
            .anyMatch(variable -> variable.name().equals("AdjointCoupling")));
  }

  @Test
  void unscaledInputNeedsOneTimeConstant() {
    var neuron = new LeakyIntegrateFire().tauMem(Value.of(new float[] {10, 30}));
    assertEquals(
        "LeakyIntegrateFire: input that is not scaled needs one tauMem for all neurons; set"
            + " scaleI(true)",
        assertThrows(IllegalArgumentException.class, () -> adjoint(neuron, false)).getMessage());
  }

  @Test
  void refractoryNeuronsStandStill() {
    var neuron =
        LeakyIntegrateFire.forEventProp().refractoriness(new Refractoriness(2).integrates(false));
    AdjointDynamics adjoint = adjoint(neuron, false);
    assertEquals(
        "StepCurrent = (RefracTime > 0.0) ? -1.0e30 : (CurrentScale * Isyn);",
        adjoint.betweenSpikes().code().get(Stage.PREPARE));
    assertEquals(
        "LambdaV = (((ReleaseCurrent - Vreset) * LambdaV) + RevIsyn) / IMinusV;",
        adjoint.jump().orElseThrow().code());
    AdjointDynamics ignoring =
        neuron
            .adjoint(new AdjointContext(1, SYNAPSE, false, Set.of(Quirk.REFRACTORINESS_IGNORED)))
            .orElseThrow();
    assertEquals(adjoint(LeakyIntegrateFire.forEventProp(), false), ignoring);
  }

  @Test
  void neuronsWithoutALeakHaveNone() {
    assertEquals(
        Optional.empty(),
        new IntegrateFire().adjoint(new AdjointContext(1, SYNAPSE, false, Set.of())));
  }
}
