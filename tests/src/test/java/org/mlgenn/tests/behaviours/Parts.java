package org.mlgenn.tests.behaviours;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.NeuronModels;
import org.genn.engine.model.builtin.PostsynapticModels;

/// Pieces that many models of the suite are made of.
final class Parts {
  /// Neuron `i` does something at `t = i, i + 10, i + 20, …`.
  static final String PATTERN = "t >= (scalar) id && fmod(t - (scalar) id, 10.0) < 1e-4";

  static final NeuronModel EMPTY = new NeuronModel("Empty");
  static final NeuronModel ALWAYS_SPIKES =
      new NeuronModel("AlwaysSpikes").thresholdCondition("true");
  static final NeuronModel PATTERN_SPIKES =
      new NeuronModel("PatternSpikes").thresholdCondition(PATTERN);

  /// `x` is the input of the step.
  static final NeuronModel SUM = new NeuronModel("Sum").variable("x").simCode("x = Isyn;");

  /// `x` is the input of the step; neuron `i` spikes once, at `t = i`.
  static final NeuronModel SUM_AND_SPIKE =
      new NeuronModel("SumAndSpike")
          .variable("x")
          .simCode("x = Isyn;")
          .thresholdCondition("round(t) == (scalar) id");

  /// `x` is 1 at `t = i` and 0 at other times.
  static final NeuronModel ONE_HOT =
      new NeuronModel("OneHot").variable("x").simCode("x = (round(t) == (scalar) id) ? 1.0 : 0.0;");

  private Parts() {}

  static NeuronGroup neurons(String name, int size, NeuronModel model) {
    return new NeuronGroup(name, size, model, Bindings.NONE);
  }

  /// Neuron `i` spikes once, at `t = i`.
  static NeuronGroup oneHot(String name, int size) {
    return new NeuronGroup(
        name,
        size,
        NeuronModels.SPIKE_SOURCE_ARRAY,
        Bindings.NONE
            .initialValue("startSpike", InitialValue.of(ascending(size, 0)))
            .initialValue("endSpike", InitialValue.of(ascending(size, 1)))
            .extraGlobalParameter("spikeTimes", ascending(size, 0)));
  }

  /// `first, first + 1, …`
  static float[] ascending(int size, float first) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = first + i;
    }
    return values;
  }

  static int[] indices(int size) {
    return IntStream.range(0, size).toArray();
  }

  static SynapseGroup synapses(
      String name,
      Connectivity connectivity,
      String source,
      String target,
      WeightUpdateModel model,
      Bindings bindings) {
    return synapses(name, connectivity, source, target, new WeightUpdate(model, bindings));
  }

  /// Input is injected in the step in which it arrives.
  static SynapseGroup synapses(
      String name,
      Connectivity connectivity,
      String source,
      String target,
      WeightUpdate weightUpdate) {
    return new SynapseGroup(
        name,
        connectivity,
        source,
        target,
        weightUpdate,
        new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE));
  }

  static Connectivity oneToOne(int size) {
    return Connectivity.Sparse.of(indices(size), indices(size));
  }

  /// Source `i` with target `j` where bit `j` of `i + 1` is set.
  static int[][] bitCodedPairs(int sources, int targets) {
    return IntStream.range(0, sources * targets)
        .filter(k -> ((k / targets + 1) >> (k % targets) & 1) != 0)
        .mapToObj(k -> new int[] {k / targets, k % targets})
        .toArray(int[][]::new);
  }

  static int[] sources(int[][] pairs) {
    return Arrays.stream(pairs).mapToInt(pair -> pair[0]).toArray();
  }

  static int[] targets(int[][] pairs) {
    return Arrays.stream(pairs).mapToInt(pair -> pair[1]).toArray();
  }

  static Connectivity.Sparse sparse(int[][] pairs) {
    return Connectivity.Sparse.of(sources(pairs), targets(pairs));
  }

  /// The same as `bitCodedPairs`, by code.
  static BuiltSynapses bitCoded() {
    var init =
        new SparseInit("BitCoded")
            .rowBuildCode(
                """
                for (unsigned int j = 0; j < num_post; j++) {
                  if ((((id_pre + 1) >> j) & 1) != 0) {
                    addSynapse(j);
                  }
                }
                """);
    return new BuiltSynapses(init, Bindings.NONE);
  }

  static InitialValue code(String name, String code) {
    return new InitialValue.Snippet(new VariableInit(name, code), Bindings.NONE);
  }
}
