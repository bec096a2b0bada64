package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// Puts the code that makes the synapses of one source (or target) into a function: what it adds is
/// written to a row and counted.
///
/// Nothing is written beyond the row, but counted it is, so that a second pass can have a row that
/// is long enough.
///
/// @param others neurons at the other end: indices must be below
/// @param room elements of the row, at least 1
/// @param row where indices go
/// @param kernel where places in the kernel go
/// @param count local that counts
/// @param isWrong local that becomes a `RowMistake` when an index is out of bounds
/// @param tests what is tested at once
record RowCode(
    int others,
    Expr room,
    String row,
    NumericType type,
    Optional<KernelRow> kernel,
    Expr.Name count,
    Expr.Name isWrong,
    Optional<Tests> tests) {

  /// @param row beside that of the indices
  /// @param isCounted whether places outside of the kernel are noted as mistakes: rows that are
  ///   made once have the time
  record KernelRow(String row, boolean isCounted) {}

  static final String ADD = "addSynapse";

  /// What a kernel fails with, in checked programs; elsewhere mistakes are counted, and told by who
  /// runs the code.
  ///
  /// @param source whose row it is
  /// @param target when a synapse leads to no neuron
  /// @param room when a row has more synapses than its bound
  /// @param kernel when a place is outside of the kernel
  record Tests(Expr source, String target, String room, String kernel) {
    static Tests of(
        Expr source, SynapseGroup group, BuiltSynapses built, int targets, int capacity) {
      String where =
          "synapse group '%s': connectivity %s adds ".formatted(group.name(), built.init().name());
      return new Tests(
          source,
          where
              + ("a synapse of source %s to target %s, but '%s' has %d neurons; test the index"
                      + " before addSynapse")
                  .formatted(Limit.OWNER, Limit.FOUND, group.target(), targets),
          where
              + ("synapse %s (counted from 0) of source %s to a row with room for %d; give it a"
                      + " larger maximal row length")
                  .formatted(Limit.FOUND, Limit.OWNER, capacity),
          where
              + ("a synapse of source %s with the kernel index %s, but the kernel has the size %s;"
                      + " test the index before addSynapse")
                  .formatted(Limit.OWNER, Limit.FOUND, Arrays.toString(built.kernelSize())));
    }
  }

  /// The statements.
  ///
  /// @param local name of one that they need
  List<Stmt> inline(List<Stmt> code, ElementScope scope, BuiltSynapses built, String local) {
    int[] sizes = built.kernelSize();
    NumericType index =
        tests.isPresent() ? NumericType.INT32 : GivenIndex.type(code, ADD, 1 + sizes.length);
    Expr.Name added = Build.name(index, local);
    scope.inliner.bindFunction(ADD, arguments -> add(arguments, sizes, added));
    var body = new ArrayList<Stmt>();
    body.add(Build.declare(NumericType.INT32, count.name(), Build.integer(0)));
    body.add(Build.declare(NumericType.INT32, isWrong.name(), Build.integer(0)));
    body.add(Build.declare(index, added.name(), Build.literal(index, 0)));
    body.addAll(scope.loads);
    body.addAll(scope.inliner.inline(code));
    return body;
  }

  private Expr add(List<Expr> arguments, int[] sizes, Expr.Name added) {
    Expr at =
        tested(count, room, Tests::room)
            .orElseGet(
                () ->
                    Build.smaller(
                        NumericType.INT32, count, Build.subtract(room, Build.integer(1))));
    Expr target = arguments.getFirst();
    Expr steps =
        assign(
            added,
            tested(target, Build.integer(others), Tests::target)
                .orElseGet(() -> given(added, target)));
    steps = then(steps, assign(Build.element(type, row, at), Build.convert(type, added)));
    steps = then(steps, noteUnlessBelow(others, added, RowMistake.NO_NEURON));
    if (kernel.isPresent()) {
      Expr place = Build.element(NumericType.INT32, kernel.get().row(), at);
      List<Expr> indices = arguments.subList(1, arguments.size());
      Expr placing =
          kernel.get().isCounted()
              ? placeCounted(place, indices, sizes, added)
              : assign(place, place(indices, sizes));
      steps = then(steps, placing);
    }
    return then(steps, Build.addTo(count, Build.integer(1)));
  }

  private Expr noteUnlessBelow(int bound, Expr.Name added, int mistake) {
    return assign(
        isWrong,
        new Expr.Conditional(
            SnippetType.INT32,
            GivenIndex.isOutside(added, bound),
            Build.integer(mistake),
            isWrong));
  }

  private Expr place(List<Expr> indices, int[] sizes) {
    Expr place = Build.integer(0);
    for (int k = 0; k < sizes.length; k++) {
      Expr size = Build.integer(sizes[k]);
      Expr part =
          tested(indices.get(k), size, Tests::kernel)
              .orElse(GivenIndex.as(NumericType.INT32, indices.get(k)));
      place = k == 0 ? part : Build.add(Build.multiply(place, size), part);
    }
    return place;
  }

  /// Index by index, since each may have effects and is needed twice.
  private Expr placeCounted(Expr place, List<Expr> indices, int[] sizes, Expr.Name added) {
    Expr steps = assign(place, Build.integer(0));
    for (int k = 0; k < sizes.length; k++) {
      steps = then(steps, assign(added, given(added, indices.get(k))));
      steps = then(steps, noteUnlessBelow(sizes[k], added, RowMistake.OUTSIDE_KERNEL));
      Expr part = Build.convert(NumericType.INT32, added);
      steps =
          then(
              steps,
              assign(place, Build.add(Build.multiply(place, Build.integer(sizes[k])), part)));
    }
    return steps;
  }

  private static Expr given(Expr.Name added, Expr index) {
    return GivenIndex.as(added.type().numeric(), index);
  }

  private Optional<Expr> tested(Expr value, Expr count, Function<Tests, String> message) {
    return tests.map(test -> Limit.of(value, count, test.source(), message.apply(test)));
  }

  private static Expr assign(Expr target, Expr value) {
    return new Expr.Assign(target.type(), target, Expr.Compound.PLAIN, value);
  }

  private static Expr then(Expr first, Expr second) {
    return new Expr.Sequence(second.type(), first, second);
  }
}
