package org.mlgenn.readouts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.genn.engine.model.InitialValue;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlgenn.parts.Quirk;
import org.mlgenn.parts.ReadoutKind;
import org.mlgenn.parts.Sensitivity;
import org.mlgenn.parts.Stage;

class ReadoutTest {
  private static final ReadoutContext LEAKY =
      new ReadoutContext("output", "LeakyIntegrate", Optional.of("V"), false);
  private static final ReadoutContext SPIKING =
      new ReadoutContext("output", "LeakyIntegrateFire", Optional.of("V"), true);
  private static final ReadoutContext NOTHING =
      new ReadoutContext("output", "SpikeInput", Optional.empty(), false);

  private static String weight(Readout readout, Quirk... quirks) {
    return ((Sensitivity.OfVoltage) readout.sensitivity(LEAKY.quirks(Set.of(quirks)))).weight();
  }

  @Test
  @Feature("RDO-02")
  void varIsTheOutputVariableItself() {
    assertEquals("V", new Var().variable(LEAKY));
    assertEquals(Map.of(), new Var().contribution(LEAKY).code());
    assertEquals("(t > (ExampleTime - (1.5 * dt))) ? 1.0 : 0.0", weight(new Var()));
  }

  @Test
  @Feature("RDO-03")
  void sumVarAddsUp() {
    assertEquals(Map.of(Stage.READ_OUT, "VSum += V;"), new SumVar().contribution(LEAKY).code());
    assertEquals("VSum", new SumVar().variable(LEAKY));
    assertEquals("1.0", weight(new SumVar()));
    assertEquals("1.0 / ExampleTimesteps", weight(new SumVar(), Quirk.SUM_DRIVEN_AS_MEAN));
  }

  @Test
  @Feature("RDO-04")
  void avgVarDividesEachTerm() {
    assertEquals(
        Map.of(Stage.READ_OUT, "VAvg += V / ExampleTimesteps;"),
        new AvgVar().contribution(LEAKY).code());
    assertEquals("1.0 / ExampleTimesteps", weight(new AvgVar()));
  }

  @Test
  @Feature("RDO-05")
  void avgVarExpWeightWeighsEarlyStepsMore() {
    assertEquals(
        Map.of(Stage.READ_OUT, "VAvg += exp(-t / ExampleTime) * (V / ExampleTimesteps);"),
        new AvgVarExpWeight().contribution(LEAKY).code());
    assertEquals("exp(-t / ExampleTime) / ExampleTimesteps", weight(new AvgVarExpWeight()));
    assertEquals(
        "exp(-(t + dt) / ExampleTime) / ExampleTimesteps",
        weight(new AvgVarExpWeight(), Quirk.EXPONENTIAL_WEIGHT_ONE_STEP_LATE));
  }

  @Test
  @Feature("RDO-06")
  void maxVarStartsBelowEverything() {
    assertEquals(
        InitialValue.of(-Float.MAX_VALUE),
        new MaxVar().contribution(LEAKY).states().getFirst().initial());
    assertEquals(
        InitialValue.of(0),
        new MaxVar()
            .contribution(LEAKY.quirks(Set.of(Quirk.MAXIMUM_FROM_ZERO)))
            .states()
            .getFirst()
            .initial());
  }

  @Test
  @Feature("RDO-06")
  void maxVarKeepsTheTimeOfTheMaximumForTheBackwardPhase() {
    assertEquals(
        Map.of(Stage.TRIAL_END, "VMaxTimeBack = VMaxTime;"), new MaxVar().training(LEAKY).code());
    assertEquals("(fabs(t - VMaxTimeBack) < (0.5 * dt)) ? 1.0 : 0.0", weight(new MaxVar()));
  }

  @Test
  @Feature("RDO-01")
  void spikeCountHasNoGradient() {
    assertEquals(
        Map.of(Stage.AT_SPIKE, "Scount += 1.0;"), new SpikeCount().contribution(SPIKING).code());
    assertEquals(
        new Sensitivity.None("a number of spikes is piecewise constant"),
        new SpikeCount().sensitivity(SPIKING));
  }

  @Test
  @Feature("RDO-07")
  void firstSpikeTimeIsNegatedAndLowestWithoutASpike() {
    var contribution = new FirstSpikeTime().contribution(SPIKING);
    assertEquals(
        Map.of(Stage.AT_SPIKE, "TFirstSpike = fmax(TFirstSpike, -t);"), contribution.code());
    assertEquals(InitialValue.of(-Float.MAX_VALUE), contribution.states().getFirst().initial());
  }

  static Stream<Readout> all() {
    return Stream.of(
        new Var(),
        new SumVar(),
        new AvgVar(),
        new AvgVarExpWeight(),
        new MaxVar(),
        new SpikeCount(),
        new FirstSpikeTime());
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatANeuronLacksIsSaid(Readout readout) {
    String name = readout.getClass().getSimpleName();
    assertEquals(
        readout.kind().needsSpikes()
            ? Optional.of(
                name
                    + " needs a neuron that spikes, LeakyIntegrate does not; use"
                    + " LeakyIntegrateFire")
            : Optional.empty(),
        readout.problem(LEAKY));
    assertEquals(Optional.empty(), readout.problem(SPIKING));
    if (!readout.kind().needsSpikes()) {
      assertEquals(
          Optional.of(
              name
                  + " needs a neuron with an output variable, SpikeInput has none; use"
                  + " LeakyIntegrate"),
          readout.problem(NOTHING));
    }
  }

  @Test
  void readoutsOfNothingFail() {
    var error =
        assertThrows(IllegalArgumentException.class, () -> new SumVar().contribution(NOTHING));
    assertEquals("population 'output': SpikeInput has no output variable", error.getMessage());
  }

  @Test
  void kindsDescribeThemselves() {
    assertEquals("the largest value", ReadoutKind.MAXIMUM.description());
  }
}
