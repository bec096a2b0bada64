package org.genn.engine.model;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Checks which neurons a synapse group connects.
final class ConnectivityCheck {
  private final Problems problems;

  ConnectivityCheck(Problems problems) {
    this.problems = problems;
  }

  void check(String where, Connectivity connectivity, NeuronGroup source, NeuronGroup target) {
    switch (connectivity) {
      case Connectivity.Dense _, Connectivity.DenseProcedural _, Connectivity.Shared _ -> {}
      case Connectivity.Sparse sparse -> check(where, sparse.pattern(), source, target);
      case Connectivity.Bitmask(var pattern) -> {
        check(where, pattern, source, target);
        if (pattern instanceof SynapsePairs pairs) {
          checkTwice(where, pairs, source, target);
        }
      }
      case Connectivity.Procedural(var built) -> checkBuilt(where, built, source, target);
      case Connectivity.ProceduralKernel(var built) -> checkBuilt(where, built, source, target);
      case Connectivity.Toeplitz(var built) -> checkBuilt(where, built, source, target);
    }
  }

  private void check(String where, SynapsePattern pattern, NeuronGroup source, NeuronGroup target) {
    switch (pattern) {
      case SynapsePairs pairs -> checkPairs(where, pairs, source, target);
      case BuiltSynapses built -> checkBuilt(where, built, source, target);
    }
  }

  /// Extra global parameters that are computed.
  private static Set<String> made(SparseInit init) {
    var made = new HashSet<>(init.hostArrays().keySet());
    made.addAll(init.allocatedArrays());
    return made;
  }

  private void checkBuilt(
      String where, BuiltSynapses built, NeuronGroup source, NeuronGroup target) {
    SparseInit init = built.init();
    String place = where + ", connectivity " + init.name();
    problems.checkNames(place, Vocabulary.CONNECTIVITY, Problems.names(init.declarations()));
    problems.checkTypes(place, init.declarations());
    problems.checkBindings(place, init.name(), init.declarations(), Map.of(), built.bindings());
    problems.checkArraysAreGiven(
        place, init.name(), init.declarations(), built.bindings(), made(init));
    for (String array : init.allocatedArrays()) {
      problems.addIf(
          built.bindings().extraGlobalParameters().containsKey(array)
              || init.hostArrays().containsKey(array),
          "%s: host init code allocates extra global parameter '%s', which has values already",
          place,
          array);
    }
    boolean hasRowCode = !init.rowBuildCode().isBlank();
    problems.addIf(
        hasRowCode == built.isByColumn(),
        "%s: it must have either row code or column code, but has %s",
        place,
        hasRowCode ? "both" : "neither");
    problems.addIf(
        built.isByColumn() && init.kernelSize().isPresent(),
        "%s: column code can't have a kernel; use row code",
        place);
    if (!built.bindings().parameters().keySet().containsAll(parameterNames(init))) {
      return;
    }
    try {
      checkKernel(place, built);
      int row = built.maxRowLength(source.size(), target.size());
      int column = built.maxColumnLength(source.size(), target.size());
      problems.addIf(
          row < 0 || column < 0,
          "%s: its bounds must not be negative, got %s per row and %s per column",
          place,
          row,
          column);
      checkExpected(place, built, source.size(), target.size());
    } catch (IllegalArgumentException | ArithmeticException e) {
      problems.add("%s: %s", place, e.getMessage());
    } catch (RuntimeException e) {
      problems.add("%s: its bounds or its kernel can't be computed: %s", place, e);
    }
  }

  private void checkExpected(String place, BuiltSynapses built, int sources, int targets) {
    built
        .init()
        .expectedSynapses()
        .ifPresent(
            count -> {
              double expected = count.of(sources, targets, built.bindings().parameters());
              problems.addIf(
                  !(expected >= 0),
                  "%s: it must expect a number of synapses from 0 on, got %s",
                  place,
                  expected);
            });
  }

  private void checkKernel(String place, BuiltSynapses built) {
    int[] size = built.kernelSize();
    if (Arrays.stream(size).anyMatch(length -> length < 0)) {
      problems.add(
          "%s: the sizes of its kernel must not be negative, got %s", place, Arrays.toString(size));
      return;
    }
    BigInteger elements =
        Arrays.stream(size)
            .mapToObj(BigInteger::valueOf)
            .reduce(BigInteger.ONE, BigInteger::multiply);
    problems.addIf(
        elements.bitLength() >= Integer.SIZE,
        "%s: its kernel of %s has %s elements; at most %s are possible",
        place,
        Arrays.toString(size),
        elements,
        Integer.MAX_VALUE);
  }

  private static List<String> parameterNames(SparseInit init) {
    return init.declarations().parameters().stream().map(ModelParameter::name).toList();
  }

  private void checkPairs(
      String where, SynapsePairs pairs, NeuronGroup source, NeuronGroup target) {
    problems.addIf(
        pairs.maxRowLength() < pairs.longestRow(),
        "%s: a source has %s synapses, so room for %s is too little; make room for %s",
        where,
        pairs.longestRow(),
        pairs.maxRowLength(),
        pairs.longestRow());
    for (int synapse = 0; synapse < pairs.size(); synapse++) {
      int from = pairs.source(synapse);
      int to = pairs.target(synapse);
      if (from < 0 || from >= source.size() || to < 0 || to >= target.size()) {
        problems.add(
            "%s: connection %d is from neuron %d of %d in '%s' to neuron %d of %d in '%s'",
            where,
            pairs.given(synapse),
            from,
            source.size(),
            source.name(),
            to,
            target.size(),
            target.name());
        return;
      }
    }
  }

  private void checkTwice(
      String where, SynapsePairs pairs, NeuronGroup source, NeuronGroup target) {
    for (int k = 1; k < pairs.size(); k++) {
      if (pairs.source(k) == pairs.source(k - 1) && pairs.target(k) == pairs.target(k - 1)) {
        problems.add(
            "%s: connections %s and %s are both from neuron %s of '%s' to neuron %s of '%s', and a"
                + " bitmask holds one; use sparse connectivity",
            where,
            pairs.given(k - 1),
            pairs.given(k),
            pairs.source(k),
            source.name(),
            pairs.target(k),
            target.name());
        return;
      }
    }
  }
}
