package org.genn.engine.runtime;

import static org.genn.engine.runtime.FaultyModels.ONE;
import static org.genn.engine.runtime.FaultyModels.PULSE;
import static org.genn.engine.runtime.FaultyModels.assertProblem;
import static org.genn.engine.runtime.FaultyModels.base;
import static org.genn.engine.runtime.FaultyModels.synapses;

import java.util.OptionalInt;
import java.util.stream.Stream;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelValidator;
import org.genn.engine.model.SynapseDelays;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is wrong with the delays of synapses is told when a model is described, with all names;
/// numbers in comments are those of the list of errors of GeNN.
class DiagnosticsOfDelaysTest {
  @Test
  @Feature({"S21", "S22", "S23", "L24"})
  void delaysMustBePossibleAndHaveRoom() { // E19, E20
    assertProblem(
        synapses(new Connectivity.Dense(), PULSE, ONE)
            .delays(new SynapseDelays(-1, -2, OptionalInt.of(0))),
        "synapse group 's': its axonal delay must not be negative, got -1 timesteps",
        "synapse group 's': its back-propagation delay must not be negative, got -2 timesteps",
        "synapse group 's': its maximal dendritic delay must be at least 1 timestep, got 0");
    assertProblem(
        synapses(
            new Connectivity.Dense(),
            WeightUpdateModels.STATIC_PULSE_DENDRITIC_DELAY,
            ONE.initialValue("d", 3)),
        "synapse group 's': StaticPulseDendriticDelay calls addToPostDelay, but the group has no"
            + " maximal dendritic delay; set it, with setMaxDendriticDelayTimesteps or"
            + " SynapseGroup.maxDendriticDelay");
    assertProblem(
        synapses(
            new Connectivity.Dense(),
            PULSE.postNeuronVariable("V").preSpikeSynCode("addToPost(V[2]);"),
            ONE),
        "synapse group 's': StaticPulse reads 'V' with a delay subscript, but the group has no"
            + " maximal dendritic delay; set it, with setMaxDendriticDelayTimesteps or"
            + " SynapseGroup.maxDendriticDelay");
    assertProblem(
        synapses(new Connectivity.Dense(), PULSE, ONE)
            .delays(new SynapseDelays(Integer.MAX_VALUE, 1 << 30, OptionalInt.of(1 << 30))),
        "synapse group 's': its axonal delay of 2147483647 timesteps is too long for the 4 neurons"
            + " of 'a'; at most 536870910 are possible",
        "synapse group 's': its back-propagation delay of 1073741824 timesteps is too long for the"
            + " 3 neurons of 'b'; at most 715827881 are possible",
        "synapse group 's': its maximal dendritic delay of 1073741824 timesteps is too long for the"
            + " 3 neurons of 'b'; at most 715827881 are possible");
  }

  /// Wherever a synapse's code sends something on its way through the dendrites.
  @ParameterizedTest
  @MethodSource
  @Feature("S23")
  void whatIsSentThroughDendritesNeedsTheirMaximum(WeightUpdateModel model) { // E20
    SynapseGroup group = synapses(new Connectivity.Dense(), model, ONE);
    assertProblem(
        group,
        "synapse group 's': StaticPulse calls addToPostDelay, but the group has no maximal"
            + " dendritic delay; set it, with setMaxDendriticDelayTimesteps or"
            + " SynapseGroup.maxDendriticDelay");
    ModelValidator.check(base().synapseGroup(group.maxDendriticDelay(3)));
  }

  static Stream<WeightUpdateModel> whatIsSentThroughDendritesNeedsTheirMaximum() {
    String code = "if (g > 0.5) { addToPostDelay(g, 2); }";
    return Stream.of(
        PULSE.preSpikeSynCode(code),
        PULSE.preNeuronVariable("V").preEvent("V > 0.5", code),
        PULSE.synapseDynamicsCode(code),
        PULSE.postSpikeSynCode(code),
        PULSE.postNeuronVariable("V").postEvent("V > 0.5", code));
  }

  @Test
  @Feature({"S23", "S24", "L24"})
  void delaysOfSynapsesMustFitTheRing() {
    String problem =
        "synapse group 's': 'd' is a delay of 10 timesteps, but the group's maximal dendritic delay"
            + " of 10 leaves room for 0 to 9; set it to 11";
    var model = WeightUpdateModels.STATIC_PULSE_DENDRITIC_DELAY;
    assertProblem(
        synapses(new Connectivity.Dense(), model, ONE.initialValue("d", 10)).maxDendriticDelay(10),
        problem);
    float[] delays = new float[12];
    delays[7] = 10;
    assertProblem(
        synapses(new Connectivity.Dense(), model, ONE.initialValue("d", InitialValue.of(delays)))
            .maxDendriticDelay(10),
        problem);
    var subscript =
        PULSE.postNeuronVariable("V").parameter("d").preSpikeSynCode("addToPost(g * V[d]);");
    assertProblem(
        synapses(new Connectivity.Dense(), subscript, ONE.parameter("d", 10)).maxDendriticDelay(10),
        problem);
  }
}
