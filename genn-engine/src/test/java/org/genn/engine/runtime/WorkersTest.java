package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void everyChunkRunsExactlyOnceInEveryLaunch(int threads) {
    try (var workers = new Workers(threads, "test")) {
      for (int launch = 0; launch < 3000; launch++) {
        int chunks = launch % 9;
        var counts = new AtomicIntegerArray(9);
        workers.run((chunk, _) -> counts.incrementAndGet(chunk), chunks);
        for (int chunk = 0; chunk < 9; chunk++) {
          assertEquals(
              chunk < chunks ? 1 : 0, counts.get(chunk), "launch " + launch + ", chunk " + chunk);
        }
      }
    }
  }

  @Test
  void threadsShareTheChunks() throws InterruptedException {
    try (var workers = new Workers(2, "test")) {
      var bothRun = new CountDownLatch(2);
      workers.run((_, _) -> meet(bothRun), 2);
      assertTrue(bothRun.await(0, TimeUnit.SECONDS));
    }
  }

  private static void meet(CountDownLatch latch) {
    latch.countDown();
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void parkedWorkersWakeUp() throws InterruptedException {
    try (var workers = new Workers(2, "test")) {
      for (int i = 0; i < 5; i++) {
        Thread.sleep(5);
        var bothRun = new CountDownLatch(2);
        workers.run((_, _) -> meet(bothRun), 2);
      }
    }
  }

  @Test
  void failureOfAWorkerReachesTheCallerAndWorkersStayUsable() {
    try (var workers = new Workers(2, "test")) {
      var bothRun = new CountDownLatch(2);
      var failure = new IllegalStateException("broken");
      var thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  workers.run(
                      (_, worker) -> {
                        meet(bothRun);
                        if (worker == 1) {
                          throw failure;
                        }
                      },
                      2));
      assertSame(failure, thrown);
      var count = new AtomicInteger();
      workers.run((_, _) -> count.incrementAndGet(), 20);
      assertEquals(20, count.get());
    }
  }

  @Test
  void launchesAllocateNothing() {
    try (var workers = new Workers(2, "test")) {
      int[] sums = new int[2 * 64];
      Workers.Job job = (chunk, worker) -> sums[64 * worker] += chunk;
      Allocation.assertNone(5000, () -> workers.run(job, 16));
    }
  }

  @Test
  void idleWorkersCostNothing() throws InterruptedException {
    try (var workers = new Workers(2, "idle-test")) {
      workers.run((_, _) -> {}, 2);
      Thread.sleep(50);
      Thread worker =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals("idle-test-1"))
              .findFirst()
              .orElseThrow();
      assertEquals(Thread.State.WAITING, worker.getState());
    }
  }

  @Test
  void threadsEndWhenClosed() throws InterruptedException {
    var workers = new Workers(2, "ending-test");
    Thread worker =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("ending-test-1"))
            .findFirst()
            .orElseThrow();
    workers.close();
    worker.join(5000);
    assertEquals(Thread.State.TERMINATED, worker.getState());
  }
}
