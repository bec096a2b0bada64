package org.genn.engine.runtime;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Launch;
import org.genn.engine.snippet.Snippet;

/// The launches of a trial, a step or an update, in the form in which they are run: as few regions
/// as possible.
record Plan(List<Part> parts) {

  sealed interface Part {}

  /// @param clock step that the time stands at afterwards, counted from the start of the trial, or
  ///   -1
  record Compute(Section region, int clock) implements Part {}

  /// Steps that an observer watches.
  ///
  /// @param advances whether time goes on with each
  record Observed(
      List<? extends Section> regions, String phases, int first, int steps, boolean advances)
      implements Part {}

  record Swap(int first, int second) implements Part {}

  record Begin(boolean resetsTime) implements Part {}

  /// @param times what it is booked on
  record Reconnect(Launch.Connectivity launch, TimeBook.Region times) implements Part {}

  static Plan of(Opened model, List<Launch> launches, TimeBook book, int threads) {
    return new Planner(model, book, threads, false).plan(launches);
  }

  /// A plan whose runs are run step by step.
  static Plan cut(Opened model, List<Launch> launches, TimeBook book, int threads) {
    return new Planner(model, book, threads, true).plan(launches);
  }

  private static final class Planner {
    private final Opened model;
    private final TimeBook book;
    private final int threads;
    private final boolean isCut;
    private final List<Part> parts = new ArrayList<>();
    private final List<Launch.Run> open = new ArrayList<>();

    Planner(Opened model, TimeBook book, int threads, boolean isCut) {
      this.model = model;
      this.book = book;
      this.threads = threads;
      this.isCut = isCut;
    }

    Plan plan(List<Launch> launches) {
      for (Launch launch : launches) {
        switch (launch) {
          case Launch.Run run -> add(run);
          case Launch.Staged staged -> {
            flush();
            add(staged);
          }
          case Launch.Swap(int first, int second) -> {
            flush();
            parts.add(new Swap(first, second));
          }
          case Launch.Connectivity connectivity -> {
            flush();
            var timer = new Launch.Timer.CustomUpdateRemap(connectivity.group());
            parts.add(new Reconnect(connectivity, book.region(List.of(timer), 1)));
          }
          case Launch.BeginTrial(boolean resetsTime) -> {
            flush();
            parts.add(new Begin(resetsTime));
          }
        }
      }
      flush();
      return new Plan(List.copyOf(parts));
    }

    private void add(Launch.Run run) {
      if (!open.isEmpty() && !continues(run)) {
        flush();
      }
      open.add(run);
    }

    private void add(Launch.Staged launch) {
      var region = new StagedRegion(model, launch, book, threads);
      boolean isObserved =
          isCut && launch.steps() > 0 && launch.timer() instanceof Launch.Timer.Steps;
      String phases = launch.timer() instanceof Launch.Timer.Steps(String names) ? names : "";
      boolean advances = advances(phases) && launch.steps() > 0;
      if (isObserved) {
        parts.add(new Observed(List.of(region), phases, launch.first(), launch.steps(), advances));
      } else {
        parts.add(new Compute(region, advances ? launch.first() + launch.steps() : -1));
      }
    }

    private boolean continues(Launch.Run run) {
      Launch.Run before = open.getLast();
      boolean fits = isCut ? sharesObservedStep(before, run) : fuses(before, run);
      return fits && !(clock() >= 0 && readsTime(run));
    }

    /// Time moves on after a region, so an update that asks for it can't share one with steps.
    private boolean readsTime(Launch.Run run) {
      return switch (run.timer()) {
        case Launch.Timer.CustomUpdate(String group) -> readsTime(group);
        case Launch.Timer.CustomUpdateTranspose(String group) -> readsTime(group);
        case Launch.Timer.Steps _,
            Launch.Timer.StepPart _,
            Launch.Timer.CustomUpdateHost _,
            Launch.Timer.CustomUpdateRemap _,
            Launch.Timer.Initialise _,
            Launch.Timer.TrialStart _ ->
            false;
      };
    }

    private boolean readsTime(String updateGroup) {
      return model.lowered().spec().customUpdates().stream()
          .filter(update -> update.group().equals(updateGroup))
          .anyMatch(update -> Snippet.mentions(update.model().updateCode(), "t"));
    }

    private boolean fuses(Launch.Run before, Launch.Run run) {
      Kernel a = kernel(before);
      Kernel b = kernel(run);
      if (a.domain() != b.domain()) {
        return false;
      }
      return switch (a.domain()) {
        case EXAMPLES -> true;
        case ROWS -> a.units() == b.units() && before.steps() == 0 && run.steps() == 0;
        case ROWS_IN_ORDER, WHOLE, PARTS -> false;
      };
    }

    /// With an observer, launches of the same single step belong together; all others stand alone
    /// or are fused as usual when they are not steps.
    private boolean sharesObservedStep(Launch.Run before, Launch.Run run) {
      if (isStep(before) || isStep(run)) {
        return before.timer().equals(run.timer())
            && before.steps() == 1
            && run.steps() == 1
            && before.first() == run.first();
      }
      return fuses(before, run);
    }

    private static boolean isStep(Launch.Run run) {
      return run.timer() instanceof Launch.Timer.Steps && run.steps() > 0;
    }

    private void flush() {
      if (open.isEmpty()) {
        return;
      }
      Launch.Run last = open.getLast();
      if (isCut && isStep(last) && last.timer() instanceof Launch.Timer.Steps(String phases)) {
        var regions =
            open.stream().map(run -> new Region(model, List.of(run), book, threads)).toList();
        parts.add(new Observed(regions, phases, last.first(), last.steps(), advances(phases)));
      } else {
        parts.add(new Compute(new Region(model, List.copyOf(open), book, threads), clock()));
      }
      open.clear();
    }

    /// Where the open launches leave the clock.
    private int clock() {
      int clock = -1;
      for (Launch.Run run : open) {
        if (run.timer() instanceof Launch.Timer.Steps(String phases)
            && run.steps() > 0
            && advances(phases)) {
          clock = run.first() + run.steps();
        }
      }
      return clock;
    }

    /// Time goes on in the forward phase; a replay does not move it.
    private static boolean advances(String phases) {
      return phases.contains("FORWARD");
    }

    private Kernel kernel(Launch.Run run) {
      return model.lowered().program().kernels().get(run.kernel());
    }
  }
}
