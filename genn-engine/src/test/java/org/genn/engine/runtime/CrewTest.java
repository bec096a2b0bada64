package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrewTest {

  /// Sums that come out right only when every part of every stage runs once, after the stage before
  /// and what is done alone: no part may see anything unfinished. Plain fields, so that visibility
  /// is tested too.
  private static final class Chain implements Crew.Job {
    private final long[] values;
    private final int delays;
    private long sum;
    private int alone;

    Chain(int parts, int delays) {
      values = new long[16 * parts];
      this.delays = delays;
    }

    @Override
    public void part(int stage, int part) {
      if (alone != stage + 1) {
        throw new IllegalStateException("stage %d before what precedes it".formatted(stage));
      }
      if (delays > 0 && new SplittableRandom(31L * stage + part).nextInt(delays) == 0) {
        LockSupport.parkNanos(30_000);
      }
      values[16 * part] = values[16 * part] * 31 + sum + part;
    }

    @Override
    public void between(int stage) {
      if (alone++ != stage) {
        throw new IllegalStateException("stage %d twice".formatted(stage));
      }
      for (int k = 0; k < values.length; k += 16) {
        sum = sum * 17 + values[k];
      }
    }

    long result(Workers workers, int stages) {
      workers.runTogether(this, values.length / 16, stages);
      assertEquals(stages + 1, alone);
      return sum;
    }
  }

  private static long expected(int parts, int stages) {
    var chain = new Chain(parts, 0);
    chain.between(0);
    for (int stage = 0; stage < stages; stage++) {
      for (int part = 0; part < parts; part++) {
        chain.part(stage, part);
      }
      chain.between(stage + 1);
    }
    return chain.sum;
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 2", "2, 1", "2, 3", "3, 3", "5, 5", "4, 2", "5, 64"})
  void stagesFollowEachOther(int threads, int parts) {
    long expected = expected(parts, 2000);
    try (var workers = new Workers(threads, "crew")) {
      for (int job = 0; job < 5; job++) {
        assertEquals(expected, new Chain(parts, 0).result(workers, 2000));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "3, 3", "4, 4"})
  void whoComesLateIsReplaced(int threads, int parts) {
    long expected = expected(parts, 500);
    try (var workers = new Workers(threads, "crew")) {
      assertEquals(expected, new Chain(parts, 40).result(workers, 500));
    }
  }

  /// Jobs of one stage and jobs in chunks in turn, with pauses in which threads park.
  @Test
  void jobsOfBothKindsAlternate() {
    try (var workers = new Workers(3, "crew")) {
      for (int job = 0; job < 3000; job++) {
        int parts = 1 + job % 4;
        int stages = job % 7;
        assertEquals(expected(parts, stages), new Chain(parts, 0).result(workers, stages));
        var count = new AtomicInteger();
        workers.run((_, _) -> count.incrementAndGet(), 5);
        assertEquals(5, count.get());
        if (job % 500 == 0) {
          LockSupport.parkNanos(2_000_000);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "2, 1", "3, 2", "4, 1"})
  void aFailureOfAPartEndsTheJobAndReachesTheCaller(int threads, int part) {
    var failure = new IllegalStateException("broken");
    try (var workers = new Workers(threads, "crew")) {
      for (int job = 0; job < 50; job++) {
        int last = job;
        var begun = new AtomicInteger();
        Crew.Job failing =
            new Crew.Job() {
              @Override
              public void part(int stage, int number) {
                begun.set(Math.max(begun.get(), stage));
                if (stage == last && number == part) {
                  throw failure;
                }
              }

              @Override
              public void between(int stage) {}
            };
        assertSame(
            failure,
            assertThrows(
                IllegalStateException.class, () -> workers.runTogether(failing, threads, 100)));
        assertEquals(last, begun.get());
        assertEquals(expected(threads, 20), new Chain(threads, 0).result(workers, 20));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "5", "10"})
  void aFailureBetweenStagesReachesTheCaller(int when) {
    var failure = new StackOverflowError();
    Crew.Job failing =
        new Crew.Job() {
          @Override
          public void part(int stage, int part) {}

          @Override
          public void between(int stage) {
            if (stage == when) {
              throw failure;
            }
          }
        };
    try (var workers = new Workers(2, "crew")) {
      assertSame(
          failure,
          assertThrows(StackOverflowError.class, () -> workers.runTogether(failing, 2, 10)));
      assertEquals(expected(2, 20), new Chain(2, 0).result(workers, 20));
    }
  }

  @Test
  void anInterruptIsKeptForTheCaller() {
    try (var workers = new Workers(2, "crew")) {
      Thread.currentThread().interrupt();
      assertEquals(expected(2, 300), new Chain(2, 30).result(workers, 300));
      assertEquals(true, Thread.interrupted());
    }
  }

  @Test
  void stagesAllocateNothing() {
    Crew.Job job =
        new Crew.Job() {
          @Override
          public void part(int stage, int part) {}

          @Override
          public void between(int stage) {}
        };
    try (var workers = new Workers(2, "crew")) {
      Allocation.assertNone(2000, () -> workers.runTogether(job, 2, 5));
    }
  }

  /// Many more threads than cores get through in time: nobody waits for a thread that does not run.
  @Test
  void moreThreadsThanCoresGetThrough() {
    int threads = 4 * Runtime.getRuntime().availableProcessors();
    try (var workers = new Workers(threads, "crew")) {
      assertEquals(expected(threads, 1000), new Chain(threads, 0).result(workers, 1000));
    }
  }
}
