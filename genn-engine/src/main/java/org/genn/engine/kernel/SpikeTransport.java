package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;

/// Lowers what moves spikes, events and delayed input on: from step to step, from trial to trial.
final class SpikeTransport {
  private final Layout layout;
  private final ProgramBuilder program;
  private final Map<Boolean, Integer> trialStarts = new HashMap<>();

  SpikeTransport(Layout layout, ProgramBuilder program) {
    this.layout = layout;
    this.program = program;
  }

  /// What is done before the functions of a forward step.
  List<Function> beforeStep() {
    var functions = new ArrayList<Function>();
    var places = new LinkedHashMap<String, SpikePlace>();
    layout
        .spikes
        .places()
        .forEach((group, place) -> places.put(ArrayTable.identifier(group), place));
    layout
        .spikes
        .events()
        .forEach((group, place) -> places.put(ArrayTable.identifier(group) + "_events", place));
    places.forEach(
        (name, place) -> {
          if (!place.isTaped()) {
            functions.add(program.once(name + "_shift", function -> shift(function, place)));
          }
        });
    if (!layout.spikes.rings().isEmpty()
        || !layout.inputs.dendrites().isEmpty()
        || !layout.histories.all().isEmpty()) {
      functions.add(program.once("keepDelayed", this::keepDelayed));
    }
    return functions;
  }

  /// Spikes that parts have listed become those of the step.
  ///
  /// @param footprints what the functions use that handle parts
  Optional<Function> afterStep(Map<String, Footprint> footprints) {
    List<PartList> lists =
        layout.spikes.partLists().stream()
            .filter(
                list -> footprints.values().stream().anyMatch(used -> used.writes(list.lists())))
            .toList();
    return lists.isEmpty()
        ? Optional.empty()
        : Optional.of(program.once("gatherSpikes", name -> gather(name, lists)));
  }

  private Function gather(String name, List<PartList> lists) {
    FunctionBuilder builder = new FunctionBuilder(layout);
    lists.forEach(list -> list.gather(builder));
    return builder.function(name, "Spikes of the parts become those of the step");
  }

  /// Spikes of the last step become those of the step before, in a list that is not on tape.
  private Function shift(String name, SpikePlace place) {
    FunctionBuilder builder = new FunctionBuilder(layout);
    String offsets = builder.row(place.offsets(), builder.example);
    String ids = builder.row(place.ids(), builder.example);
    moveToFront(builder, new SpikeRange(ids, offset(offsets, 1), offset(offsets, 2)), place);
    builder.run(Build.assign(offset(offsets, 2), offset(offsets, 1)));
    return builder.function(name, "Spikes of the last step become spikes in flight");
  }

  /// Spikes and input that are on their way move on by a step.
  private Function keepDelayed(String name) {
    FunctionBuilder builder = new FunctionBuilder(layout);
    layout
        .spikes
        .rings()
        .forEach(
            (key, ring) -> {
              SpikePlace place =
                  key.endsWith("/events")
                      ? layout
                          .spikes
                          .events()
                          .get(key.substring(0, key.length() - "/events".length()))
                      : layout.spikes(key);
              Expr last = place.isTaped() ? builder.step : Build.integer(0);
              ring.keep(builder, SpikeRange.segment(builder, place, last));
            });
    layout.inputs.dendrites().forEach(ring -> ring.advance(builder));
    layout.histories.all().forEach(history -> history.keep(builder));
    return builder.function(name, "Delayed spikes and input move on by a step");
  }

  /// Starts a trial.
  ///
  /// @param clearsSpikes whether spikes in flight are dropped
  Launch beginTrial(boolean clearsSpikes) {
    int kernel = trialStarts.computeIfAbsent(clearsSpikes, this::trialStart);
    return new Launch.Run(kernel, 0, 0, new Launch.Timer.TrialStart());
  }

  private int trialStart(boolean clearsSpikes) {
    String name = clearsSpikes ? "beginTrial" : "continueTrial";
    program.functions.add(beginTrial(name, clearsSpikes));
    Expr.Name example = Build.integer("example");
    var call =
        new Op.Invoke(
            name,
            List.of(
                example,
                Build.integer("slice"),
                Build.integer(0),
                Build.literal(layout.timepoint, 0)));
    return program.add(
        new Kernel(
            name + "_examples",
            "Start of a trial",
            Kernel.Domain.EXAMPLES,
            layout.batch,
            List.of(
                new Op.Loop(
                    example.name(), Build.integer("begin"), Build.integer("end"), List.of(call)))));
  }

  private Function beginTrial(String name, boolean clearsSpikes) {
    FunctionBuilder builder = new FunctionBuilder(layout);
    layout
        .spikes
        .places()
        .forEach(
            (group, place) -> {
              if (!place.isExternal()) {
                beginTrial(builder, place, layout.replay(group), clearsSpikes);
              }
            });
    layout
        .spikes
        .events()
        .values()
        .forEach(place -> beginTrial(builder, place, place, clearsSpikes));
    if (clearsSpikes) {
      layout
          .spikes
          .rings()
          .forEach(
              (key, ring) -> ring.clear(builder, ArrayTable.identifier(key) + "_clearDelayed"));
    }
    return builder.function(name, "Start of a trial: spike lists of one example");
  }

  /// @param last where the trial before has left its spikes: overlapped training has exchanged it
  private void beginTrial(
      FunctionBuilder builder, SpikePlace place, SpikePlace last, boolean clearsSpikes) {
    if (clearsSpikes) {
      String offsets = builder.row(place.offsets(), builder.example);
      for (int segment = 0; segment <= (place.isTaped() ? 1 : 2); segment++) {
        builder.run(Build.assign(offset(offsets, segment), Build.integer(0)));
      }
    } else if (place.isTaped()) {
      String offsets = builder.row(last.offsets(), builder.example);
      Expr begin = offset(offsets, layout.timesteps);
      Expr end = offset(offsets, layout.timesteps + 1);
      Expr.Name flying = Build.integer(builder.names.fresh("inFlight"));
      builder.run(Build.declare(NumericType.INT32, flying.name(), Build.subtract(end, begin)));
      builder.ops.add(
          new Op.Reserve(
              List.of(place.ids()),
              builder.example,
              flying,
              Build.integer(Integer.MAX_VALUE - 16)));
      String ids = builder.row(last.ids(), builder.example);
      moveToFront(builder, new SpikeRange(ids, begin, end), place);
    }
  }

  /// Spikes become segment 0 of a list: those in flight.
  private static void moveToFront(FunctionBuilder builder, SpikeRange spikes, SpikePlace place) {
    Expr.Name size = spikes.copy(builder, builder.row(place.ids(), builder.example));
    String offsets = builder.row(place.offsets(), builder.example);
    builder.run(Build.assign(offset(offsets, 0), Build.integer(0)));
    builder.run(Build.assign(offset(offsets, 1), size));
  }

  private static Expr offset(String offsets, int segment) {
    return Build.element(NumericType.INT32, offsets, Build.integer(segment));
  }
}
