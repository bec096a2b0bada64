package org.mlgenn.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mlgenn.data.Targets;
import org.mlgenn.parts.ErrorContext;
import org.mlgenn.parts.ErrorSignal;
import org.mlgenn.parts.LossTiming;
import org.mlgenn.parts.Quirk;
import org.mlgenn.parts.ReadoutKind;
import org.mlgenn.parts.Stage;
import org.mlgenn.parts.TargetKind;

class LossTest {
  private static final Targets LABEL = new Targets.Labels(new int[] {1}, 3);
  private static final float SILENT = -Float.MAX_VALUE;

  private static ErrorContext context(ReadoutKind kind, LossTiming timing, Quirk... quirks) {
    return new ErrorContext("R", kind, timing, 3, 20, 1, 0.5, Set.of(quirks));
  }

  private static ErrorContext perTrial(ReadoutKind kind, Quirk... quirks) {
    return context(kind, LossTiming.PER_TRIAL, quirks);
  }

  @Test
  @Feature("LOS-01")
  void crossentropyIsThatOfTheSoftmax() {
    double expected = Math.log(Math.exp(0.5) + Math.exp(1) + Math.exp(-0.5)) - 1;
    assertEquals(
        expected,
        new SparseCategoricalCrossentropy(2)
            .value(new float[] {1, 2, -1}, LABEL, 0, perTrial(ReadoutKind.SUM)),
        1e-12);
  }

  @Test
  @Feature("LOS-01")
  void crossentropyOfLargeReadoutsIsFinite() {
    assertEquals(
        2000,
        new SparseCategoricalCrossentropy()
            .value(new float[] {1000, -1000, 0}, LABEL, 0, perTrial(ReadoutKind.SUM)),
        1e-9);
  }

  @Test
  @Feature("EVP-11")
  void crossentropyOfSpikeTimesPullsTheRightClassForward() {
    double softmax = Math.log(Math.exp(-3) + Math.exp(-4)) + 4;
    assertEquals(
        softmax + 0.5 / (20.2 - 4),
        new SparseCategoricalCrossentropy()
            .value(new float[] {-3, -4, SILENT}, LABEL, 0, perTrial(ReadoutKind.SPIKE_TIME)),
        1e-12);
  }

  @Test
  @Feature("EVP-11")
  void silentRightClassCountsAsASpikeAtTheEnd() {
    double softmax = Math.log(Math.exp(-3) + Math.exp(-20)) + 20;
    assertEquals(
        softmax + 0.5 / 0.2,
        new SparseCategoricalCrossentropy()
            .value(new float[] {-3, SILENT, SILENT}, LABEL, 0, perTrial(ReadoutKind.SPIKE_TIME)),
        1e-9);
  }

  @Test
  @Feature("LOS-01")
  void softmaxAndGradientHaveOneTemperature() {
    var loss = new SparseCategoricalCrossentropy(4);
    var right = loss.errorSignal(perTrial(ReadoutKind.SUM)).contribution().parameters();
    assertEquals(0.25, right.get("InverseTemperature"));
    assertEquals(0.25, right.get("ErrorScale"));
    var late =
        loss.errorSignal(perTrial(ReadoutKind.SUM, Quirk.TEMPERATURE_ONLY_IN_GRADIENT))
            .contribution()
            .parameters();
    assertEquals(1.0, late.get("InverseTemperature"));
    assertEquals(1.0, late.get("ErrorScale"));
    var ofSpikes =
        loss.errorSignal(perTrial(ReadoutKind.SPIKE_TIME, Quirk.TEMPERATURE_ONLY_IN_GRADIENT))
            .contribution()
            .parameters();
    assertEquals(1.0, ofSpikes.get("InverseTemperature"));
    assertEquals(0.25, ofSpikes.get("ErrorScale"));
  }

  @Test
  @Feature("LOS-01")
  void crossentropyReducesTheMaximumThenTheSum() {
    var signal = new SparseCategoricalCrossentropy().errorSignal(perTrial(ReadoutKind.SUM));
    assertEquals(
        List.of(
            new ErrorSignal.Reduction(
                "SoftmaxMaximum", ErrorSignal.Operation.MAXIMUM, "(InverseTemperature * R)"),
            new ErrorSignal.Reduction(
                "SoftmaxSum",
                ErrorSignal.Operation.SUM,
                "exp((InverseTemperature * R) - SoftmaxMaximum)")),
        signal.reductions());
    assertEquals(
        "Error = ExampleWeight * ErrorScale * (((id == Label) ? 1.0 : 0.0)"
            + " - (exp((InverseTemperature * R) - SoftmaxMaximum) / SoftmaxSum));",
        signal.contribution().code().get(Stage.ERROR));
  }

  @Test
  @Feature("EVP-09")
  void errorsPerTimestepHaveAValueForEachStep() {
    var signal =
        new SparseCategoricalCrossentropy()
            .errorSignal(context(ReadoutKind.SUM, LossTiming.PER_TIMESTEP));
    assertTrue(
        signal.contribution().states().stream()
            .anyMatch(
                state -> state.variable().name().equals("Error") && state.variable().perStep()));
  }

  @Test
  void temperatureMustBePositive() {
    var error =
        assertThrows(IllegalArgumentException.class, () -> new SparseCategoricalCrossentropy(-1));
    assertEquals(
        "SparseCategoricalCrossentropy: temperature must be positive, got -1.0",
        error.getMessage());
  }

  @Test
  @Feature("LOS-02")
  void meanSquareErrorIsHalfTheSquaredDistance() {
    var targets = new Targets.Values(new float[][] {{1, 2, 3}}, 1, 3);
    assertEquals(
        0.5 * (1 + 0 + 4),
        new MeanSquareError().value(new float[] {0, 2, 5}, targets, 0, perTrial(ReadoutKind.SUM)),
        1e-12);
  }

  @Test
  @Feature("LOS-02")
  void meanSquareErrorOfSpikeTimesTakesSilenceAsTheEnd() {
    var targets = new Targets.Values(new float[][] {{1, 2, 3}}, 1, 3);
    assertEquals(
        0.5 * (9 + 0 + 17 * 17),
        new MeanSquareError()
            .value(new float[] {-4, -2, SILENT}, targets, 0, perTrial(ReadoutKind.SPIKE_TIME)),
        1e-12);
  }

  @Test
  @Feature("LOS-02")
  void targetsPerTimestepAreASeries() {
    assertEquals(TargetKind.VALUES, new MeanSquareError().target(LossTiming.PER_TRIAL));
    assertEquals(TargetKind.SERIES, new MeanSquareError().target(LossTiming.PER_TIMESTEP));
    assertEquals(
        """
        const scalar deviation = Target - R;
        Error = ExampleWeight * deviation;
        LossSum += LossWeight * deviation * deviation;\
        """,
        new MeanSquareError()
            .errorSignal(context(ReadoutKind.LAST_VALUE, LossTiming.PER_TIMESTEP))
            .contribution()
            .code()
            .get(Stage.STORE_ERROR));
  }

  @Test
  @Feature("LOS-03")
  void relativeMeanSquareErrorWantsAMargin() {
    var loss = new RelativeMeanSquareError(2);
    var context = perTrial(ReadoutKind.SPIKE_TIME);
    assertEquals(0.5 * (4 + 1), loss.value(new float[] {-5, -5, -6}, LABEL, 0, context), 1e-12);
    assertEquals(0.5 * 4, loss.value(new float[] {-5, -5, SILENT}, LABEL, 0, context), 1e-12);
    assertEquals(
        0.5 * 17 * 17, loss.value(new float[] {-5, SILENT, SILENT}, LABEL, 0, context), 1e-12);
  }

  @Test
  void deltaMustBeFinite() {
    var error =
        assertThrows(IllegalArgumentException.class, () -> new RelativeMeanSquareError(Double.NaN));
    assertEquals("RelativeMeanSquareError: delta must be finite [ms], got NaN", error.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SPIKE_COUNT  | PER_TRIAL    | a number of spikes is piecewise constant, it has no gradient
          WEIGHTED_SUM | PER_TIMESTEP | a loss of every timestep weighs all steps alike, not by a weighted sum over the steps; use Var, SumVar or AvgVar
          MAXIMUM      | PER_TIMESTEP | a loss of every timestep weighs all steps alike, not by the largest value; use Var, SumVar or AvgVar
          SPIKE_TIME   | PER_TIMESTEP | a loss of every timestep weighs all steps alike, not by the time of a spike; use Var, SumVar or AvgVar
          SPIKE_COUNT  | PER_TIMESTEP | a loss of every timestep weighs all steps alike, not by a number of spikes; use Var, SumVar or AvgVar
          """)
  void crossentropyRefuses(ReadoutKind kind, LossTiming timing, String reason) {
    assertEquals(reason, new SparseCategoricalCrossentropy().refusal(kind, timing).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LAST_VALUE   | PER_TRIAL    | the square error of a variable is taken at every timestep; set perTimestepLoss(true) with a target for each, or use AvgVar
          SPIKE_COUNT  | PER_TRIAL    | a number of spikes is piecewise constant, it has no gradient
          SUM          | PER_TIMESTEP | a target of every timestep is one of the output variable, not of a sum over the steps; use Var
          WEIGHTED_SUM | PER_TIMESTEP | a target of every timestep is one of the output variable, not of a weighted sum over the steps; use Var
          MAXIMUM      | PER_TIMESTEP | a target of every timestep is one of the output variable, not of the largest value; use Var
          SPIKE_TIME   | PER_TIMESTEP | a target of every timestep is one of the output variable, not of the time of a spike; use Var
          SPIKE_COUNT  | PER_TIMESTEP | a target of every timestep is one of the output variable, not of a number of spikes; use Var
          """)
  void meanSquareErrorRefuses(ReadoutKind kind, LossTiming timing, String reason) {
    assertEquals(reason, new MeanSquareError().refusal(kind, timing).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "LAST_VALUE, the value at the last step",
    "SUM, a sum over the steps",
    "WEIGHTED_SUM, a weighted sum over the steps",
    "MAXIMUM, the largest value",
    "SPIKE_COUNT, a number of spikes"
  })
  void relativeMeanSquareErrorRefuses(ReadoutKind kind, String description) {
    assertEquals(
        "it compares times of spikes, not %s; use FirstSpikeTime".formatted(description),
        new RelativeMeanSquareError(1).refusal(kind, LossTiming.PER_TRIAL).orElseThrow());
    assertEquals(
        "spikes are compared at the end of a trial, not at every timestep",
        new RelativeMeanSquareError(1).refusal(kind, LossTiming.PER_TIMESTEP).orElseThrow());
  }
}
