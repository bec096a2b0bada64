package org.genn.engine.snippet;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Choice among the overloads of a function.
///
/// Each argument is ranked: 0 exact (up to const), 1 promotion (small integer → int32, float →
/// double), 2 any other conversion. The smallest list of ranks in lexicographic order wins, the
/// first one among equals.
final class Overloads {

  private static final int IMPOSSIBLE = -1;

  private Overloads() {}

  static Optional<SnippetType.Function> best(
      List<SnippetType.Function> candidates, List<SnippetType> arguments) {
    Optional<SnippetType.Function> best = Optional.empty();
    int[] bestRanks = {};
    for (SnippetType.Function candidate : candidates) {
      Optional<int[]> ranks = ranks(candidate, arguments);
      if (ranks.isPresent() && (best.isEmpty() || Arrays.compare(ranks.get(), bestRanks) < 0)) {
        best = Optional.of(candidate);
        bestRanks = ranks.get();
      }
    }
    return best;
  }

  private static Optional<int[]> ranks(
      SnippetType.Function candidate, List<SnippetType> arguments) {
    int fixed = candidate.parameters().size();
    if (arguments.size() < fixed || (arguments.size() > fixed && !candidate.variadic())) {
      return Optional.empty();
    }
    int[] ranks = new int[fixed];
    for (int i = 0; i < fixed; i++) {
      ranks[i] = rank(arguments.get(i), candidate.parameters().get(i));
      if (ranks[i] == IMPOSSIBLE) {
        return Optional.empty();
      }
    }
    return Optional.of(ranks);
  }

  private static int rank(SnippetType argument, SnippetType parameter) {
    if (argument instanceof SnippetType.Number(NumericType from)
        && parameter instanceof SnippetType.Number(NumericType to)) {
      if (from == to) {
        return 0;
      }
      boolean promotion =
          (to == NumericType.INT32 && from.rank() < to.rank())
              || (from == NumericType.FLOAT && to == NumericType.DOUBLE);
      return promotion ? 1 : 2;
    }
    return Operand.keepsConst(argument, parameter) ? 0 : IMPOSSIBLE;
  }

  /// Why no candidate fits.
  static String problem(
      String name, List<SnippetType.Function> candidates, List<SnippetType> arguments) {
    SnippetType.Function first = candidates.getFirst();
    int wanted = first.parameters().size();
    boolean countFits =
        arguments.size() == wanted || (first.variadic() && arguments.size() > wanted);
    if (!countFits) {
      return "'%s' takes %s%d argument%s, got %d"
          .formatted(
              name,
              first.variadic() ? "at least " : "",
              wanted,
              wanted == 1 ? "" : "s",
              arguments.size());
    }
    String forms =
        candidates.stream()
            .map(candidate -> name + TypeNames.list(candidate.parameters(), candidate.variadic()))
            .collect(Collectors.joining(", "));
    return "'%s' cannot be called with %s; there is %s"
        .formatted(name, TypeNames.list(arguments, false), forms);
  }
}
