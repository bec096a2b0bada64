package org.genn.engine.runtime;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.Instance;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Launch;
import org.genn.engine.kernel.Program;

/// Launches that are run without waiting in between: each chunk of the units goes through all of
/// them in order.
///
/// For examples a chunk is a slice; for rows some rows, which only launches of the same number of
/// rows share.
final class Region implements Section, Workers.Job {
  private static final int ROWS_PER_CHUNK = 32;

  private final Instance instance;
  private final Program program;
  private final Kernel.Domain domain;
  private final int units;
  private final int slices;
  private final int chunks;
  private final int rowsPerChunk;
  private final int[] kernels;
  private final int[] first;
  private final int[] steps;
  private final TimeBook.Region times;
  private int active;
  private int onlyStep = -1;

  Region(Opened model, List<Launch.Run> launches, TimeBook book, int threads) {
    instance = model.instance();
    program = model.lowered().program();
    Kernel kernel = program.kernels().get(launches.getFirst().kernel());
    domain = kernel.domain();
    units = kernel.units();
    slices = model.lowered().slices();
    rowsPerChunk = rowsPerChunk(units, threads);
    chunks =
        switch (domain) {
          case EXAMPLES -> slices;
          case ROWS -> Math.ceilDiv(units, rowsPerChunk);
          case ROWS_IN_ORDER, WHOLE -> 1;
          case PARTS -> throw new IllegalArgumentException("parts are run by a StagedRegion");
        };
    kernels = new int[launches.size()];
    first = new int[launches.size()];
    steps = new int[launches.size()];
    var timers = new ArrayList<Launch.Timer>();
    for (int k = 0; k < launches.size(); k++) {
      Launch.Run launch = launches.get(k);
      kernels[k] = launch.kernel();
      first[k] = launch.first();
      steps[k] = launch.steps();
      timers.add(launch.timer());
    }
    times = book.region(timers, threads);
  }

  /// Calls of a kernel over as many rows.
  static int chunksOfRows(int rows, int threads) {
    return Math.ceilDiv(rows, rowsPerChunk(rows, threads));
  }

  private static int rowsPerChunk(int units, int threads) {
    int fair = Math.ceilDiv(units, 4 * threads);
    int least = Math.ceilDiv(units, Workers.MAX_CHUNKS);
    return Math.max(Math.clamp(fair, 1, ROWS_PER_CHUNK), least);
  }

  @Override
  public void run(Workers workers, int activeExamples) {
    active = activeExamples;
    long start = times.begin();
    boolean isAlone = domain == Kernel.Domain.EXAMPLES && Math.min(active, slices) <= 1;
    if (isAlone) {
      for (int chunk = 0; chunk < chunks; chunk++) {
        run(chunk, 0);
      }
    } else {
      workers.run(this, chunks);
    }
    times.end(start);
  }

  @Override
  public void runStep(Workers workers, int activeExamples, int step) {
    onlyStep = step;
    try {
      run(workers, activeExamples);
    } finally {
      onlyStep = -1;
    }
  }

  @Override
  public void run(int chunk, int worker) {
    switch (domain) {
      case EXAMPLES -> {
        int begin = (int) ((long) chunk * active / slices);
        int end = (int) ((chunk + 1L) * active / slices);
        if (begin < end) {
          runAll(begin, end, chunk, worker);
        }
      }
      case ROWS -> {
        int begin = chunk * rowsPerChunk;
        runAll(begin, Math.min(begin + rowsPerChunk, units), 0, worker);
      }
      case ROWS_IN_ORDER, WHOLE, PARTS -> runAll(0, units, 0, worker);
    }
  }

  private void runAll(int begin, int end, int slice, int worker) {
    long from = times.begin();
    for (int i = 0; i < kernels.length; i++) {
      runOne(i, begin, end, slice);
      from = times.book(worker, i, from);
    }
  }

  private void runOne(int i, int begin, int end, int slice) {
    boolean isWholeRun = onlyStep < 0;
    try {
      instance.run(
          kernels[i],
          begin,
          end,
          slice,
          isWholeRun ? first[i] : onlyStep,
          isWholeRun ? steps[i] : 1);
    } catch (RuntimeException e) {
      Kernel kernel = program.kernels().get(kernels[i]);
      throw new BackendException(
          "model '%s': kernel '%s' failed for %s %d to %d: %s"
              .formatted(program.name(), kernel.name(), unitName(), begin, end - 1, reason(e)),
          e);
    }
  }

  /// What back ends report about code is told in its own words.
  static String reason(RuntimeException e) {
    return e instanceof IllegalStateException ? e.getMessage() : e.toString();
  }

  private String unitName() {
    return switch (domain) {
      case EXAMPLES -> "examples";
      case ROWS, ROWS_IN_ORDER -> "rows";
      case WHOLE, PARTS -> "units";
    };
  }
}
