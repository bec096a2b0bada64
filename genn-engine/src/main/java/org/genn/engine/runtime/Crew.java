package org.genn.engine.runtime;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.genn.engine.kernel.Partition;
import org.jspecify.annotations.Nullable;

/// Lets threads go through the stages of a job together: a stage begins when all parts of the one
/// before are done.
///
/// Only one thread may call `run`; it works too, as number 0. The others call `join`.
final class Crew {
  /*
   * A stage may take 2 µs, so meeting must cost little: the thread that finishes the last part of a stage does what is
   * to be done alone and then opens the next stage by one write, which the others wait for.
   *
   * Part p belongs to thread p, so that its data stays in one cache. But cores may be busy with other things, and who
   * waits for a thread that does not run loses a time slice. So a part that its owner has not begun when others have
   * waited for some microseconds is taken by one of those, and from then on at once, until the owner is back. To take a
   * part is a compare-and-set of the stage that it was taken for last. Nobody has to be there: the calling thread alone
   * gets through.
   *
   * Who waits spins, then lets other threads run, then parks. How long it spins depends on how often spinning has been
   * enough: with more threads than cores it never is.
   *
   * `STAGE` holds the number of the stage (upper bits) and whether it is open (lowest bit). Numbers never come back, so
   * a thread that is late can only fail to take a part of a stage that is over. What it needs to know of the job is
   * written before a stage is opened, and stays as it is until all parts that were taken are done.
   */
  private static final int LINE = 16;
  private static final int STAGE = LINE;
  private static final int ABSENT = LINE + 1;
  private static final int PENDING = 2 * LINE;
  private static final int CLAIMS = 3 * LINE;
  private static final int MAX_PARTS = Partition.MAX_PARTS;

  private static final int SPINS_PER_LOOK = 8;
  private static final long LONGEST_SPIN_NANOS = 10_000;
  private static final long SHORTEST_SPIN_NANOS = 500;
  private static final long HELP_NANOS = 10_000;
  private static final long PARK_NANOS = 50_000;
  private static final long WAKE_NANOS = 200_000;

  /// Work in stages.
  interface Job {
    /// Runs one part of a stage.
    void part(int stage, int part);

    /// Runs before a stage, alone; after the last one, with the number of stages.
    void between(int stage);
  }

  private final AtomicLongArray words;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Member[] members;
  private final IntConsumer wake;
  private @Nullable Job job;
  private int parts;
  private int stages;
  private long first;
  private long lastWake;

  /// A thread's place.
  private static final class Member {
    private volatile @Nullable Thread parked;
    private long spinNanos = LONGEST_SPIN_NANOS;
  }

  /// @param threads how many may take part, the calling one included
  /// @param wake makes that many of the others call `join` while there is work
  Crew(int threads, IntConsumer wake) {
    words = new AtomicLongArray(CLAIMS + (MAX_PARTS + 1) * LINE);
    // Parts beyond the last thread have no owner.
    words.set(ABSENT, threads >= MAX_PARTS ? 0 : -1L << threads);
    members = new Member[threads];
    for (int number = 0; number < threads; number++) {
      members[number] = new Member();
    }
    this.wake = wake;
  }

  /// Runs a job. What a part throws is thrown here when the other parts of its stage are done; no
  /// further stage is begun then.
  ///
  /// @param partCount parts of each stage, from 1 to 64
  void run(Job newJob, int partCount, int stageCount) {
    newJob.between(0);
    if (stageCount == 0) {
      return;
    }
    long last = words.get(STAGE) >>> 1;
    job = newJob;
    stages = stageCount;
    first = last + 1;
    if (parts != partCount) {
      setParts(partCount, last);
    }
    open(last + 1);
    wakeOthers(partCount);
    while (isOpen()) {
      work(0);
      await(0);
    }
    job = null;
    rethrow(failure.getAndSet(null));
  }

  /// Waking a thread takes longer than a small stage, so those that did not come the last time are
  /// not woken for every job.
  private void wakeOthers(int partCount) {
    if (absentOf(partCount) != 0) {
      long now = System.nanoTime();
      if (now - lastWake < WAKE_NANOS) {
        return;
      }
      lastWake = now;
    }
    wake.accept(partCount - 1);
  }

  private long absentOf(int partCount) {
    return words.get(ABSENT) & -1L >>> MAX_PARTS - partCount;
  }

  private static void rethrow(@Nullable Throwable thrown) {
    switch (thrown) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(thrown);
    }
  }

  /// Parts that there are not count as taken for ever.
  private void setParts(int partCount, long last) {
    parts = partCount;
    for (int part = 0; part < MAX_PARTS; part++) {
      words.set(claim(part), part < partCount ? last : Long.MAX_VALUE);
    }
  }

  /// Whether a thread's part of the present stage is still to be done.
  boolean hasWork(int member) {
    long seen = words.get(STAGE);
    return (seen & 1) != 0 && member < MAX_PARTS && words.get(claim(member)) < seen >>> 1;
  }

  /// Works until the job is over.
  void join(int member) {
    while (isOpen()) {
      work(member);
      await(member);
    }
  }

  private boolean isOpen() {
    return (words.get(STAGE) & 1) != 0;
  }

  private static int claim(int part) {
    return CLAIMS + part * LINE;
  }

  private void open(long stage) {
    words.set(PENDING, parts);
    words.set(STAGE, stage << 1 | 1);
    for (int member = 0; member < Math.min(parts, members.length); member++) {
      unpark(members[member]);
    }
  }

  private void close(long stage) {
    words.set(STAGE, stage << 1);
    for (Member member : members) {
      unpark(member);
    }
  }

  private static void unpark(Member member) {
    Thread parked = member.parked;
    if (parked != null) {
      member.parked = null;
      LockSupport.unpark(parked);
    }
  }

  /// Does the own part of the present stage, and of those that are opened by that.
  private void work(int member) {
    while (true) {
      long seen = words.get(STAGE);
      if ((seen & 1) == 0 || !take(member, seen >>> 1)) {
        return;
      }
      if ((words.get(ABSENT) & 1L << member) != 0) {
        setAbsent(member, false);
      }
      runPart(member, seen >>> 1);
    }
  }

  private boolean take(int part, long stage) {
    long before = words.get(claim(part));
    return before < stage && words.compareAndSet(claim(part), before, stage);
  }

  private void setAbsent(int member, boolean isAbsent) {
    long bit = 1L << member;
    long before;
    do {
      before = words.get(ABSENT);
    } while (!words.compareAndSet(ABSENT, before, isAbsent ? before | bit : before & ~bit));
  }

  private void runPart(int part, long stage) {
    Job current = Objects.requireNonNull(job);
    int number = (int) (stage - first);
    try {
      current.part(number, part);
    } catch (Throwable thrown) {
      failure.compareAndSet(null, thrown);
    }
    if (words.decrementAndGet(PENDING) == 0) {
      advance(current, stage, number + 1);
    }
  }

  private void advance(Job current, long stage, int next) {
    if (failure.get() == null) {
      try {
        current.between(next);
      } catch (Throwable thrown) {
        failure.compareAndSet(null, thrown);
      }
    }
    if (next < stages && failure.get() == null) {
      open(stage + 1);
    } else {
      close(stage + 1);
    }
  }

  private boolean mustWait(int number) {
    return isOpen() && !hasWork(number);
  }

  /// Waits until there is work for a thread, or the job is over.
  private void await(int number) {
    Member member = members[number];
    if (spins(number, member.spinNanos)) {
      if (member.spinNanos < LONGEST_SPIN_NANOS) {
        member.spinNanos = Math.min(2 * member.spinNanos, LONGEST_SPIN_NANOS);
      }
      return;
    }
    member.spinNanos = Math.max(member.spinNanos / 2, SHORTEST_SPIN_NANOS);
    boolean wasInterrupted = false;
    long start = System.nanoTime();
    while (mustWait(number)) {
      long waited = System.nanoTime() - start;
      if (help(waited > HELP_NANOS)) {
        start = System.nanoTime();
      } else if (waited < PARK_NANOS) {
        Thread.yield();
      } else {
        wasInterrupted |= park(number);
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether spinning was enough.
  private boolean spins(int number, long nanos) {
    long start = 0;
    while (true) {
      if (help(false)) {
        return true;
      }
      for (int spin = 0; spin < SPINS_PER_LOOK; spin++) {
        if (!mustWait(number)) {
          return true;
        }
        Thread.onSpinWait();
      }
      long now = System.nanoTime();
      if (start == 0) {
        start = now;
      } else if (now - start > nanos) {
        return false;
      }
    }
  }

  /// Runs a part whose owner is absent, if there is one.
  ///
  /// @param wasLong whether an owner that has not begun yet counts as absent
  private boolean help(boolean wasLong) {
    long seen = words.get(STAGE);
    if ((seen & 1) == 0) {
      return false;
    }
    int count = parts;
    long absent = absentOf(count);
    if (absent == 0 && !wasLong) {
      return false;
    }
    for (int part = 0; part < count; part++) {
      boolean isAbsent = (absent & 1L << part) != 0;
      if ((isAbsent || wasLong) && take(part, seen >>> 1)) {
        if (!isAbsent) {
          setAbsent(part, true);
        }
        runPart(part, seen >>> 1);
        return true;
      }
    }
    return false;
  }

  /// Whether the thread was interrupted.
  private boolean park(int number) {
    members[number].parked = Thread.currentThread();
    if (mustWait(number)) {
      LockSupport.park(this);
    }
    members[number].parked = null;
    return Thread.interrupted();
  }
}
