package org.genn.engine.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Threads that share the chunks of a job with the thread that launches it. Only one thread may
/// launch.
class Workers implements AutoCloseable {
  /*
   * A launch must cost little and allocate nothing, since a step of a small model takes some 10 µs.
   *
   * `ticket` holds the number of the launch (upper 40 bits) and how many of its chunks nobody has taken yet (lower 24).
   * Taking a chunk is one compare-and-set of the whole ticket, so a thread that is late can't take a chunk of one
   * launch for that of another: `job` and `chunks` are only written when every chunk of the launch before is done,
   * which also changes the ticket.
   *
   * A worker that finds nothing to do spins for a moment and then parks. It sets `isParked` before it looks at the
   * ticket for the last time; the launcher writes the ticket before it looks at `isParked`: one of them sees the other.
   */
  private static final int CHUNK_BITS = 24;
  private static final long CHUNK_MASK = (1L << CHUNK_BITS) - 1;
  private static final long PURE_SPIN_NANOS = 5_000;
  private static final long SPIN_NANOS = 40_000;

  /// The largest number of chunks of a launch.
  static final int MAX_CHUNKS = (int) CHUNK_MASK;

  /// Work that is cut into chunks, which may run at the same time.
  interface Job {
    /// @param worker number of the thread that runs it, from 0, the launching thread
    void run(int chunk, int worker);
  }

  private final AtomicLong ticket = new AtomicLong();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Worker[] workers;
  private final Crew crew;
  private volatile boolean isClosed;
  private volatile @Nullable Thread launcher;
  private @Nullable Job job;
  private int chunks;

  /// @param threads how many threads share a job, the launching one included
  Workers(int threads, String name) {
    workers = new Worker[threads - 1];
    crew = new Crew(threads, this::wake);
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i + 1, name + "-" + (i + 1));
    }
    try {
      for (Worker worker : workers) {
        worker.start();
      }
    } catch (OutOfMemoryError e) {
      close();
      throw new IllegalStateException(
          "the system gives no %d threads; ask for fewer".formatted(threads), e);
    }
  }

  int threads() {
    return workers.length + 1;
  }

  /// Runs all chunks and returns when they are done. What a chunk throws is thrown here; chunks
  /// that had not begun by then are left out.
  void run(Job newJob, int count) {
    if (count <= 1 || workers.length == 0) {
      for (int chunk = 0; chunk < count; chunk++) {
        newJob.run(chunk, 0);
      }
      return;
    }
    job = newJob;
    chunks = count;
    pending.set(count);
    long launch = (ticket.get() >>> CHUNK_BITS) + 1;
    ticket.set(launch << CHUNK_BITS | count);
    wake(count - 1);
    work(0);
    awaitOthers();
    job = null;
    Throwable thrown = failure.getAndSet(null);
    if (thrown != null) {
      rethrow(thrown);
    }
  }

  /// Runs a job whose parts meet after each stage; see `Crew`.
  void runTogether(Crew.Job stagedJob, int parts, int stages) {
    crew.run(stagedJob, parts, stages);
  }

  private void wake(int needed) {
    int left = needed;
    for (Worker worker : workers) {
      if (left == 0) {
        return;
      }
      left--;
      if (worker.isParked) {
        worker.isParked = false;
        LockSupport.unpark(worker);
      }
    }
  }

  private void work(int worker) {
    while (true) {
      long seen = ticket.get();
      int left = (int) (seen & CHUNK_MASK);
      if (left == 0) {
        return;
      }
      Job current = job;
      int chunk = chunks - left;
      if (current != null && ticket.compareAndSet(seen, seen - 1)) {
        runChunk(current, chunk, worker);
      }
    }
  }

  private void runChunk(Job current, int chunk, int worker) {
    if (failure.get() == null) {
      try {
        current.run(chunk, worker);
      } catch (Throwable thrown) {
        failure.compareAndSet(null, thrown);
      }
    }
    if (pending.decrementAndGet() == 0) {
      Thread waiting = launcher;
      if (waiting != null) {
        LockSupport.unpark(waiting);
      }
    }
  }

  private void awaitOthers() {
    if (pending.get() == 0) {
      return;
    }
    boolean wasInterrupted = false;
    long start = System.nanoTime();
    while (pending.get() != 0) {
      if (System.nanoTime() - start < SPIN_NANOS) {
        Thread.onSpinWait();
      } else {
        launcher = Thread.currentThread();
        if (pending.get() != 0) {
          LockSupport.park(this);
          wasInterrupted |= Thread.interrupted();
        }
      }
    }
    launcher = null;
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void rethrow(Throwable thrown) {
    switch (thrown) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(thrown);
    }
  }

  /// Ends the threads; must not be called while a job runs.
  @Override
  public void close() {
    isClosed = true;
    for (Worker worker : workers) {
      LockSupport.unpark(worker);
    }
  }

  private final class Worker extends Thread {
    private final int number;
    private volatile boolean isParked;

    Worker(int number, String name) {
      super(name);
      this.number = number;
      setDaemon(true);
    }

    @Override
    public void run() {
      long idleSince = System.nanoTime();
      while (!isClosed) {
        if ((ticket.get() & CHUNK_MASK) != 0) {
          work(number);
          idleSince = System.nanoTime();
        } else if (crew.hasWork(number)) {
          crew.join(number);
          idleSince = System.nanoTime();
        } else {
          idleSince = idle(idleSince);
        }
      }
    }

    /// Waits for a moment; returns since when.
    private long idle(long since) {
      long waited = System.nanoTime() - since;
      if (waited < PURE_SPIN_NANOS) {
        Thread.onSpinWait();
      } else if (waited < SPIN_NANOS) {
        // Who is waited for may want this core.
        Thread.yield();
      } else {
        parkUntilWoken();
        return System.nanoTime();
      }
      return since;
    }

    private void parkUntilWoken() {
      isParked = true;
      if ((ticket.get() & CHUNK_MASK) == 0 && !crew.hasWork(number) && !isClosed) {
        LockSupport.park(Workers.this);
        Thread.interrupted();
      }
      isParked = false;
    }
  }
}
