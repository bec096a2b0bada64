package org.mlgenn.train.callbacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.genn.engine.model.Phase;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.mlgenn.Population;
import org.mlgenn.compilers.InferenceCompiler;
import org.mlgenn.compilers.eventprop.TrainingOrder;
import org.mlgenn.data.SpikeDataset;
import org.mlgenn.train.CallbackException;
import org.mlgenn.train.EvaluationReport;
import org.mlgenn.train.Evaluator;
import org.mlgenn.train.Toy;
import org.mlgenn.train.Trainer;
import org.mlgenn.train.TrainingCallback;
import org.mlgenn.train.TrainingOptions;
import org.mlgenn.train.TrainingReport;

class RecorderTest {
  private static final SpikeDataset DATA = Toy.data(7, 1);

  private static EvaluationReport evaluate(TrainingCallback... callbacks) {
    try (Evaluator evaluator = Evaluator.open(Toy.inference(4), Toy.settings())) {
      return evaluator.evaluate(DATA, callbacks);
    }
  }

  private static SpikeRecording spikes(EvaluationReport report) {
    return report.recorded("hidden", SpikeRecording.class);
  }

  @Test
  @Feature("CBK-03")
  void spikesAreThoseThatVoltagesTell() {
    EvaluationReport report =
        evaluate(new SpikeRecorder(Toy.HIDDEN), new VarRecorder(Toy.HIDDEN, "v"));
    SpikeRecording spikes = spikes(report);
    List<float[][]> voltages = report.recorded("hidden.v", VarRecording.class).values();
    assertEquals(7, spikes.entries().size());
    int total = 0;
    for (int example = 0; example < 7; example++) {
      double[] times = spikes.times().get(example);
      int[] ids = spikes.ids().get(example);
      assertEquals(times.length, ids.length);
      total += ids.length;
      for (int spike = 0; spike < ids.length; spike++) {
        // after a spike the voltage is reset
        assertEquals(0f, voltages.get(example)[(int) times[spike]][ids[spike]]);
      }
    }
    assertTrue(total > 0);
  }

  @Test
  @Feature("CBK-04")
  void countsAreThoseOfTheSpikes() {
    SpikeRecording spikes = spikes(evaluate(new SpikeRecorder(Toy.HIDDEN)));
    SpikeRecording counts =
        spikes(evaluate(new SpikeRecorder(Toy.HIDDEN).isCounting(true).neurons(3, 5)));
    for (int example = 0; example < 7; example++) {
      int[] ids = spikes.ids().get(example);
      assertArrayEquals(
          new int[] {
            (int) IntStream.of(ids).filter(id -> id == 3).count(),
            (int) IntStream.of(ids).filter(id -> id == 5).count()
          },
          counts.counts().get(example));
    }
  }

  @Test
  @Feature({"CBK-07", "CBK-08"})
  void examplesAndNeuronsAreSelected() {
    SpikeRecording all = spikes(evaluate(new SpikeRecorder(Toy.HIDDEN)));
    SpikeRecording some =
        spikes(
            evaluate(
                new SpikeRecorder(Toy.HIDDEN).examples(1, 6).neurons(IndexSelection.range(0, 4))));
    assertEquals(
        List.of(1, 6), some.entries().stream().map(SpikeRecording.Entry::example).toList());
    assertArrayEquals(
        IntStream.of(all.ids().get(6)).filter(id -> id < 4).toArray(), some.ids().get(1));
  }

  @Test
  void exampleIsThatOfTheDataSetAlsoWhenShuffled() {
    try (Trainer trainer = Toy.trainer(4)) {
      TrainingReport report =
          trainer.train(DATA, 2, new SpikeRecorder(Toy.HIDDEN).examples(5).key("five"));
      var entries = report.recorded("five", SpikeRecording.class).entries();
      assertEquals(List.of(0, 1), entries.stream().map(SpikeRecording.Entry::epoch).toList());
      assertEquals(List.of(5, 5), entries.stream().map(SpikeRecording.Entry::example).toList());
    }
  }

  /// The tape of training holds what a recording would.
  @Test
  void populationsOnTapeNeedNotRecord() {
    Population silentlyTaped = Toy.HIDDEN.recordsSpikes(false);
    var network = Toy.NETWORK.replace(silentlyTaped);
    SpikeRecording recorded;
    SpikeRecording taped;
    try (Evaluator evaluator = Evaluator.open(Toy.training(4), Toy.settings())) {
      recorded = spikes(evaluator.evaluate(DATA, new SpikeRecorder(Toy.HIDDEN)));
    }
    try (Evaluator evaluator = Evaluator.open(Toy.compiler(4).compile(network), Toy.settings())) {
      taped = spikes(evaluator.evaluate(DATA, new SpikeRecorder(silentlyTaped)));
    }
    for (int example = 0; example < 7; example++) {
      assertArrayEquals(recorded.times().get(example), taped.times().get(example));
      int[] expected = recorded.ids().get(example);
      int[] found = taped.ids().get(example);
      Arrays.sort(expected);
      Arrays.sort(found);
      assertArrayEquals(expected, found);
    }
  }

  @Test
  void populationsThatDontRecordAreRefused() {
    var network = Toy.NETWORK.replace(Toy.HIDDEN.recordsSpikes(false));
    var compiled = new InferenceCompiler(Toy.TIMESTEPS).compile(network);
    try (Evaluator evaluator = Evaluator.open(compiled, Toy.settings())) {
      var failure =
          assertThrows(
              CallbackException.class,
              () -> evaluator.evaluate(DATA, new SpikeRecorder(Toy.HIDDEN)));
      assertEquals(
          "callback SpikeRecorder failed in onTestBegin, epoch 0, batch 0: population 'hidden'"
              + " does not record spikes; say NetworkBuilder.recordSpikes(…) of it",
          failure.getMessage());
    }
  }

  @Test
  void keysAreUnique() {
    var failure =
        assertThrows(
            CallbackException.class,
            () -> evaluate(new SpikeRecorder(Toy.HIDDEN), new SpikeRecorder(Toy.HIDDEN)));
    assertTrue(
        failure
            .getMessage()
            .endsWith(
                "there is already a callback that records 'hidden'; give this one a key of its"
                    + " own"));
  }

  @Test
  @Feature("CBK-05")
  void variablesAreRecordedByEitherName() {
    EvaluationReport report =
        evaluate(
            new VarRecorder(Toy.HIDDEN, "v").examples(2).neurons(1, 3),
            new VarRecorder(Toy.HIDDEN, "V").examples(2).neurons(1, 3));
    float[][] byProperty = report.recorded("hidden.v", VarRecording.class).values().getFirst();
    float[][] byVariable = report.recorded("hidden.V", VarRecording.class).values().getFirst();
    assertEquals(Toy.TIMESTEPS, byProperty.length);
    assertEquals(2, byProperty[0].length);
    assertArrayEquals(byProperty, byVariable);
    assertEquals(1, report.recorded("hidden.v", VarRecording.class).entries().size());
  }

  @Test
  void lastValueOfARunningSumIsTheAnswer() {
    try (Evaluator evaluator = Evaluator.open(Toy.inference(4), Toy.settings())) {
      float[][] answers = evaluator.predict(DATA).values();
      String sum = evaluator.compiled().outputs().getFirst().variable().variable();
      List<float[][]> recorded =
          evaluator
              .evaluate(DATA, new VarRecorder(Toy.OUTPUT, sum).key("sum"))
              .recorded("sum", VarRecording.class)
              .values();
      for (int example = 0; example < 7; example++) {
        assertArrayEquals(answers[example], recorded.get(example)[Toy.TIMESTEPS - 1]);
      }
    }
  }

  @Test
  void adjointVariablesAreRecordedInTheBackwardPhase() {
    try (Trainer trainer = Toy.trainer(4)) {
      float[][] adjoint =
          trainer
              .train(
                  DATA, 1, new VarRecorder(Toy.OUTPUT, "LambdaV").phase(Phase.BACKWARD).examples(0))
              .recorded("output.LambdaV", VarRecording.class)
              .values()
              .getFirst();
      // it starts at 0 after the last step and builds up towards the first
      double first = 0;
      double last = 0;
      for (int neuron = 0; neuron < Toy.CLASSES; neuron++) {
        first += Math.abs(adjoint[0][neuron]);
        last += Math.abs(adjoint[Toy.TIMESTEPS - 1][neuron]);
      }
      assertTrue(first > last, first + " " + last);
      assertTrue(last > 0);
    }
  }

  @Test
  void adjointVariablesOfOverlappedTrainingAreRefused() {
    var compiled = Toy.compiler(4).order(TrainingOrder.OVERLAPPED).compile(Toy.NETWORK);
    try (Trainer trainer = Trainer.open(compiled, Toy.settings())) {
      assertThrows(
          CallbackException.class,
          () ->
              trainer.train(DATA, 1, new VarRecorder(Toy.OUTPUT, "LambdaV").phase(Phase.BACKWARD)));
    }
  }

  @Test
  void unknownVariablesAreRefused() {
    var failure =
        assertThrows(
            CallbackException.class, () -> evaluate(new VarRecorder(Toy.HIDDEN, "voltage")));
    assertTrue(
        failure
            .getMessage()
            .contains("population 'hidden' has no variable 'voltage' that can be recorded"),
        failure.getMessage());
  }

  @Test
  @Feature("TRN-04")
  void trainingAndValidationRecordApart() {
    var recorder = new SpikeRecorder(Toy.HIDDEN).isCounting(true);
    try (Trainer trainer = Toy.trainer(4)) {
      TrainingReport report =
          trainer.train(
              DATA,
              1,
              new TrainingOptions().validation(Toy.data(3, 2)).validationCallbacks(recorder),
              recorder);
      assertEquals(7, report.recorded("hidden", SpikeRecording.class).entries().size());
      var validation = (SpikeRecording) report.validationRecorded().get("hidden");
      assertEquals(3, validation.entries().size());
    }
  }
}
