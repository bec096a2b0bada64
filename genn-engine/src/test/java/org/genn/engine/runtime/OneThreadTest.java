package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccessMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A model is run by one thread at a time; what a second one does is refused and changes nothing.
@Timeout(60)
class OneThreadTest {
  private static final NeuronModel COUNTER =
      new NeuronModel("Counter").variable("n").simCode("n += 1.0;");

  private static final CustomUpdateModel RESET =
      new CustomUpdateModel("Reset", "n = 0.0;").reference("n", VarAccessMode.READ_WRITE);

  private static GeNNModel loaded(int threads) {
    var model = new GeNNModel(Precision.FLOAT, "net", "jvm");
    model.setPreferences(model.preferences().threads(threads));
    var neurons = model.addNeuronPopulation("p", 10, COUNTER, Map.of(), Map.of("n", 0));
    model.addCustomUpdate(
        "reset",
        "reset",
        RESET,
        Map.of(),
        Map.of(),
        Map.of("n", GeNNModel.createVarRef(neurons, "n")));
    model.build();
    model.load();
    return model;
  }

  private static void assertRefused(Runnable call) {
    var refusal = assertThrows(IllegalStateException.class, call::run);
    assertEquals(
        "model 'net' is in use by thread 'other'; one thread at a time may run, reinitialise or"
            + " close it: wait for that one, or open the model once per thread",
        refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anotherThreadIsRefusedWhileOneRunsTheModel(int threads) throws Exception {
    try (var model = loaded(threads)) {
      Turn turn = model.simulation().turn();
      var isTaken = new CountDownLatch(1);
      var isOver = new CountDownLatch(1);
      Thread other =
          Thread.ofPlatform()
              .name("other")
              .start(
                  () -> {
                    try (var _ = turn.take()) {
                      isTaken.countDown();
                      isOver.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      isTaken.await();

      assertRefused(model::stepTime);
      assertRefused(() -> model.stepTime(5));
      assertRefused(() -> model.customUpdate("reset"));
      assertRefused(model::reinitialise);
      assertRefused(model::unload);
      assertRefused(model::close);

      isOver.countDown();
      other.join();
      model.stepTime(3);
      assertEquals(3, model.timestep());
      assertEquals(3, model.neuronPopulation("p").vars().get("n").values()[0]);
    }
  }

  @Test
  void threadsMayTakeTurns() throws Exception {
    try (var model = loaded(2)) {
      model.stepTime(2);
      Thread other = Thread.ofPlatform().start(() -> model.stepTime(3));
      other.join();
      model.stepTime();
      assertEquals(6, model.timestep());
    }
  }

  @Test
  void theTurnIsGivenBackAfterAFailure() throws Exception {
    try (var model = loaded(1)) {
      assertThrows(IllegalArgumentException.class, () -> model.customUpdate("rest"));
      assertThrows(IllegalArgumentException.class, () -> model.stepTime(-1));
      Thread other = Thread.ofPlatform().start(model::stepTime);
      other.join();
      assertEquals(1, model.timestep());
    }
  }

  @Test
  void aThreadThatHasTheTurnMayTakeItAgain() throws Exception {
    var turn = new Turn("model 'net'");
    var refused = new AtomicInteger();
    Runnable tried =
        () -> {
          try (var _ = turn.take()) {
            // nothing is to be done with it
          } catch (IllegalStateException e) {
            refused.incrementAndGet();
          }
        };
    try (var _ = turn.take()) {
      try (var _ = turn.take()) {
        Thread.ofPlatform().start(tried).join();
      }
      Thread.ofPlatform().start(tried).join();
      assertEquals(2, refused.get(), "giving back the inner one has not given back the outer one");
    }
    Thread.ofPlatform().start(tried).join();
    assertEquals(2, refused.get());
  }
}
