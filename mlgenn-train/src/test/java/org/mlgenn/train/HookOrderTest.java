package org.mlgenn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Feature({"CBK-01", "CBK-12"})
class HookOrderTest {
  /// Writes its hooks down; throws in one of them.
  private static final class Witness implements TrainingCallback {
    private final String prefix;
    private final List<String> calls;
    private final String failing;
    private final boolean wantsTimesteps;

    Witness(String prefix, List<String> calls, String failing, boolean wantsTimesteps) {
      this.prefix = prefix;
      this.calls = calls;
      this.failing = failing;
      this.wantsTimesteps = wantsTimesteps;
    }

    private void call(String hook, String detail) throws IOException {
      calls.add(prefix + hook + detail);
      if (hook.equals(failing)) {
        throw new IOException("no space left");
      }
    }

    @Override
    public String name() {
      return "Witness" + prefix;
    }

    @Override
    public void onTrainBegin(Progress progress) throws IOException {
      call("onTrainBegin", "");
    }

    @Override
    public void onTrainEnd(Progress progress) throws IOException {
      call("onTrainEnd", "");
    }

    @Override
    public void onTestBegin(Progress progress) throws IOException {
      call("onTestBegin", "");
    }

    @Override
    public void onTestEnd(Progress progress) throws IOException {
      call("onTestEnd", "");
    }

    @Override
    public void onEpochBegin(Progress progress) throws IOException {
      call("onEpochBegin", " " + progress.epoch());
    }

    @Override
    public void onEpochEnd(Progress progress) throws IOException {
      call("onEpochEnd", " " + progress.epoch());
    }

    @Override
    public void onEpochComplete(Progress progress, EpochReport report) throws IOException {
      call("onEpochComplete", " " + report.epoch());
    }

    @Override
    public void onBatchBegin(Progress progress) throws IOException {
      call("onBatchBegin", " " + progress.batch());
    }

    @Override
    public void onBatchEnd(Progress progress) throws IOException {
      call("onBatchEnd", " " + progress.batch());
    }

    @Override
    public boolean wantsTimesteps(Progress progress) {
      return wantsTimesteps;
    }

    @Override
    public void onTimestepBegin(Progress progress, String phases, int step) throws IOException {
      call("onTimestepBegin", " %s %d".formatted(phases, step));
    }

    @Override
    public void onTimestepEnd(Progress progress, String phases, int step) throws IOException {
      call("onTimestepEnd", " %s %d".formatted(phases, step));
    }

    @Override
    public void onSavePoint(Progress progress) throws IOException {
      call("onSavePoint", "");
    }
  }

  private final List<String> calls = new ArrayList<>();

  private Witness witness(String prefix) {
    return new Witness(prefix, calls, "", false);
  }

  @Test
  void hooksAreCalledInOrder() {
    try (Trainer trainer = Toy.trainer(4)) {
      trainer.train(
          Toy.data(6, 1),
          1,
          new TrainingOptions().validation(Toy.data(2, 2)).validationCallbacks(witness("v:")),
          witness("t:"));
    }
    assertEquals(
        List.of(
            "t:onTrainBegin",
            "v:onTestBegin",
            "t:onEpochBegin 0",
            "t:onBatchBegin 0",
            "t:onBatchEnd 0",
            "t:onSavePoint",
            "t:onBatchBegin 1",
            "t:onBatchEnd 1",
            "t:onSavePoint",
            "t:onEpochEnd 0",
            "v:onEpochBegin 0",
            "v:onBatchBegin 0",
            "v:onBatchEnd 0",
            "v:onEpochEnd 0",
            "t:onEpochComplete 0",
            "t:onSavePoint",
            "t:onTrainEnd",
            "v:onTestEnd"),
        calls);
  }

  @Test
  void eachHookIsCalledInTheOrderOfTheCallbacks() {
    try (Trainer trainer = Toy.trainer(4)) {
      trainer.train(Toy.data(1, 1), 1, witness("a:"), witness("b:"));
    }
    assertEquals(
        List.of("a:onTrainBegin", "b:onTrainBegin", "a:onEpochBegin 0", "b:onEpochBegin 0"),
        calls.subList(0, 4));
  }

  @Test
  void evaluationIsOneEpochOfTestHooks() {
    try (Trainer trainer = Toy.trainer(4)) {
      trainer.evaluate(Toy.data(1, 1), witness(""));
    }
    assertEquals(
        List.of(
            "onTestBegin",
            "onEpochBegin 0",
            "onBatchBegin 0",
            "onBatchEnd 0",
            "onEpochEnd 0",
            "onTestEnd"),
        calls);
  }

  @Test
  void timestepsOfBothPhasesAreShownWhenAskedFor() {
    try (Trainer trainer = Toy.trainer(4)) {
      trainer.train(Toy.data(1, 1), 1, new Witness("", calls, "", true));
    }
    List<String> begun = calls.stream().filter(call -> call.startsWith("onTimestepB")).toList();
    assertEquals(2 * Toy.TIMESTEPS, begun.size());
    assertEquals("onTimestepBegin FORWARD 0", begun.getFirst());
    assertEquals("onTimestepBegin FORWARD 19", begun.get(19));
    assertEquals("onTimestepBegin BACKWARD 19", begun.get(20));
    assertEquals("onTimestepBegin BACKWARD 0", begun.getLast());
  }

  @Test
  void singleStepsGiveTheSameWeights() {
    try (Trainer whole = Toy.trainer(4);
        Trainer cut = Toy.trainer(4)) {
      whole.train(Toy.data(10, 1), 1);
      cut.train(Toy.data(10, 1), 1, new Witness("", calls, "", true));
      assertEquals(Toy.state(whole), Toy.state(cut));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "onTrainBegin",
        "onEpochBegin",
        "onBatchBegin",
        "onTimestepBegin",
        "onTimestepEnd",
        "onBatchEnd",
        "onSavePoint",
        "onEpochEnd",
        "onEpochComplete",
        "onTrainEnd"
      })
  void callbackThatThrowsEndsTrainingCleanly(String hook) {
    Trainer trainer = Toy.trainer(4);
    try (trainer) {
      var failure =
          assertThrows(
              CallbackException.class,
              () ->
                  trainer.train(
                      Toy.data(6, 1),
                      2,
                      witness("a:"),
                      new Witness("b:", calls, hook, true),
                      witness("c:")));
      assertEquals("Witnessb:", failure.callback());
      assertEquals(hook, failure.hook());
      assertTrue(
          failure
              .getMessage()
              .matches(
                  "callback Witnessb: failed in %s, epoch \\d, batch \\d: no space left"
                      .formatted(hook)),
          failure.getMessage());
      assertSame(IOException.class, failure.getCause().getClass());
      assertTrue(calls.contains("a:onTrainEnd"));
      assertTrue(calls.contains("b:onTrainEnd"));
      assertEquals(!hook.equals("onTrainBegin"), calls.contains("c:onTrainEnd"));
      if (hook.equals("onBatchEnd")) {
        assertTrue(calls.contains("c:onBatchEnd 0"), "others get the same hook");
      }
    }
    try (Trainer again = Toy.trainer(4)) {
      assertEquals(1, again.train(Toy.data(6, 1), 1).epochs().size());
    }
  }

  @Test
  void trainerGoesOnAfterAFailedCallback() {
    try (Trainer trainer = Toy.trainer(4)) {
      assertThrows(
          CallbackException.class,
          () -> trainer.train(Toy.data(6, 1), 1, new Witness("", calls, "onTimestepEnd", true)));
      assertEquals(1, trainer.train(Toy.data(6, 1), 1).epochs().size());
    }
  }
}
