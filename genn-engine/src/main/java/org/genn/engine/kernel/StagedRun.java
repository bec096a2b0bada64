package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;

/*
 * shift, delays │ synapses of part 0, neurons of part 0 │ gather spikes
 *               │ synapses of part 1, neurons of part 1 │
 *     alone               at the same time                   alone
 *
 * Functions keep their order. One joins the stage before it when no part would meet what another part writes: the
 * neurons of a part need nothing but the input that the synapses of the same part have added, so both are one stage,
 * unless synapse code reads variables of these neurons.
 */

/// The steps of a run as stages, which threads go through together.
final class StagedRun {
  private final Layout layout;
  private final List<Invocation> invocations;
  private final String name;
  private final List<Op> head;

  /// A function that is called in every step, for each example.
  ///
  /// @param step which it is called with, a local of the step
  /// @param local what a part uses, where the function handles parts; empty where it runs alone
  /// @param examplesMeet whether its examples write what all of them have in common
  record Invocation(
      String function,
      Expr.Name step,
      Expr.Name time,
      Optional<Footprint> local,
      boolean examplesMeet) {

    Op op(Expr example, Expr slice) {
      return new Op.Invoke(function, List.of(example, slice, step, time));
    }

    Op ofPart(Expr example, Expr slice, Expr part) {
      return new Op.Invoke(function, List.of(example, slice, step, time, part));
    }
  }

  /// @param head declares the locals of a step; `count` is its number in the run
  StagedRun(Layout layout, String name, List<Op> head, List<Invocation> invocations) {
    this.layout = layout;
    this.name = name;
    this.head = List.copyOf(head);
    this.invocations = List.copyOf(invocations);
  }

  /// Adds the kernels of the stages.
  List<Launch.Stage> stages(List<Kernel> kernels) {
    var stages = new ArrayList<Launch.Stage>();
    var alone = new ArrayList<Invocation>();
    var together = new ArrayList<Invocation>();
    Footprint footprint = new Footprint();
    for (Invocation invocation : invocations) {
      Footprint all = invocation.local().map(footprint::and).orElse(footprint);
      boolean joins = invocation.local().isPresent() ? all.isDivided() : together.isEmpty();
      if (!joins) {
        stages.add(stage(alone, together, kernels, stages.size()));
        alone.clear();
        together.clear();
        all = invocation.local().orElseGet(Footprint::new);
      }
      (invocation.local().isPresent() ? together : alone).add(invocation);
      footprint = all;
    }
    stages.add(stage(alone, together, kernels, stages.size()));
    return stages;
  }

  private Launch.Stage stage(
      List<Invocation> alone, List<Invocation> together, List<Kernel> kernels, int number) {
    return new Launch.Stage(
        alone.isEmpty() ? -1 : kernel(alone, false, kernels, number),
        together.isEmpty() ? -1 : kernel(together, true, kernels, number));
  }

  private int kernel(List<Invocation> invoked, boolean ofParts, List<Kernel> kernels, int number) {
    Expr.Name example = Build.integer("example");
    Expr.Name part = Build.integer("part");
    Expr.Name copy = Build.integer("copy");
    var calls = new ArrayList<Op>();
    for (Invocation invocation : invoked) {
      calls.add(ofParts ? invocation.ofPart(example, copy, part) : invocation.op(example, copy));
    }
    var step = new ArrayList<>(head);
    if (ofParts) {
      step.add(examples(example, copy, calls));
    } else {
      // As between stages: a function handles all examples before the next one does.
      calls.forEach(call -> step.add(examples(example, copy, List.of(call))));
    }
    Op steps =
        new Op.Loop(
            "count",
            Build.integer("first"),
            Build.add(Build.integer("first"), Build.integer("steps")),
            step);
    var body = new ArrayList<Op>();
    body.add(new Op.Hoist("trial", layout.trial, Build.integer(0)));
    body.add(trial("start", 0));
    body.add(trial("active", 1));
    if (ofParts) {
      body.add(
          new Op.Loop(part.name(), Build.integer("begin"), Build.integer("end"), List.of(steps)));
    } else {
      body.add(steps);
    }
    kernels.add(
        new Kernel(
            "%s_stage%d_%s".formatted(name, number, ofParts ? "parts" : "alone"),
            ofParts ? "What parts do at the same time" : "What is done for all parts",
            ofParts ? Kernel.Domain.PARTS : Kernel.Domain.WHOLE,
            ofParts ? layout.partition.parts() : 1,
            body));
    return kernels.size() - 1;
  }

  private static Op trial(String name, int element) {
    return Build.run(
        Build.declare(
            NumericType.INT64,
            name,
            Build.element(NumericType.INT64, "trial", Build.integer(element))));
  }

  /// The examples of each slice, as `LoweredModel` cuts the active ones.
  private Op examples(Expr.Name example, Expr.Name copy, List<Op> calls) {
    Expr next = Build.add(copy, Build.integer(1));
    return new Op.Loop(
        copy.name(),
        Build.integer(0),
        Build.integer(layout.slices),
        List.of(new Op.Loop(example.name(), sliceBegin(copy), sliceBegin(next), calls)));
  }

  private Expr sliceBegin(Expr slice) {
    Expr.Name active = Build.name(NumericType.INT64, "active");
    return Build.convert(
        NumericType.INT32,
        Build.binary(
            BinaryOperator.DIVIDE,
            Build.multiply(Build.convert(NumericType.INT64, slice), active),
            Build.convert(NumericType.INT64, Build.integer(layout.slices))));
  }
}
