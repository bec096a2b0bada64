package org.mlgenn.tests.behaviours;

import static org.mlgenn.tests.behaviours.Parts.neurons;
import static org.mlgenn.tests.behaviours.Parts.synapses;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.runtime.Simulation;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A3: what synapse code sees of variables at both ends, of neurons and of postsynaptic models.
///
/// Ten neurons are connected one to one. A variable `s` is set to the time, of a spike or of every
/// step, at one side and copied to `w` of the synapse.
final class WeightUpdateVariablesTest extends Behaviours {
  private static final int SIZE = 10;
  private static final int STEPS = 100;
  private static final int[] DELAYS = {0, 20};
  private static final List<String> COPIES = List.of("preSpike", "postSpike", "dynamics");

  private static final Variable S = new Variable("s", "scalar", VarAccess.READ_WRITE);
  private static final Variable SHIFT = new Variable("shift", "scalar", VarAccess.READ_ONLY);

  private static WeightUpdateModel copying(String where) {
    return copying(where, "s");
  }

  private static WeightUpdateModel copying(String where, String variable) {
    var model = new WeightUpdateModel("Copy" + where).variable("w", VarAccess.READ_WRITE);
    String code = "w = %s;".formatted(variable);
    return switch (where) {
      case "preSpike" -> model.preSpikeSynCode(code);
      case "postSpike" -> model.postSpikeSynCode(code);
      case "preEvent" -> model.preEvent(Parts.PATTERN, code);
      default -> model.synapseDynamicsCode(code);
    };
  }

  private Bindings bindings() {
    return Bindings.NONE.initialValue("w", setting.lowest());
  }

  private Bindings withS(Bindings bindings) {
    return bindings.initialValue("s", setting.lowest());
  }

  private static Bindings withShift(Bindings bindings) {
    float[] shift = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      shift[i] = 10 * i;
    }
    return bindings.initialValue("shift", InitialValue.of(shift));
  }

  private static SynapseGroup delayed(SynapseGroup group, String side, int delay) {
    return side.equals("pre") ? group.axonalDelay(delay) : group.backPropagationDelay(delay);
  }

  /// The value of the last spike that has arrived by `t`.
  private double lastSpike(int i, double t, int delay) {
    double time = i + 10 * Math.floor((t - delay - 2 - i) / 10);
    return time < 0 ? setting.lowest() : time;
  }

  private double lastShifted(int i, double t, int delay) {
    double time = lastSpike(i, t, delay);
    return time < 0 ? time : time + 10 * i;
  }

  /// Copies `s` as it was `d` steps before, with `d` a variable of the synapse.
  private static WeightUpdateModel copyingDelayed(String where) {
    var model = copying(where, "s[d]");
    return model.declarations(
        model.declarations().variable(new Variable("d", "uint8_t", VarAccess.READ_ONLY)));
  }

  private interface Wanted {
    double of(int neuron, double t, int delay);
  }

  /// The same with and without fusing.
  private void expectCopies(ModelSpec spec, Wanted wanted) {
    expectCopies(spec, false, wanted);
    expectCopies(spec, true, wanted);
  }

  private void expectCopies(ModelSpec spec, boolean fuses, Wanted wanted) {
    var settings = settings().fusesPostsynapticModels(fuses).fusesPrePostWeightUpdateModels(fuses);
    try (var simulation = Simulation.open(spec, settings)) {
      for (int step = 0; step < STEPS; step++) {
        simulation.stepTime();
        double t = simulation.t();
        for (SynapseGroup group : spec.synapseGroups()) {
          int delay = delay(group);
          expectEach(
              simulation,
              VariableReference.synapse(group.name(), "w"),
              i -> wanted.of(i, t, delay));
        }
      }
    }
  }

  private static int delay(SynapseGroup group) {
    int subscript = group.delays().maxDendritic().orElse(1) - 1;
    return group.delays().axonal() + group.delays().backPropagation() + subscript;
  }

  @ParameterizedTest
  @ValueSource(strings = {"spikes", "dynamics"})
  @Feature({"L24", "S14", "S15", "S16", "S24", "R12"})
  void subscriptsOfPostsynapticVariablesDelayThem(String what) { // A3.1, A3.2
    boolean isAtSpikes = what.equals("spikes");
    var end = NeuronEnd.NONE.variable(S).variable(SHIFT);
    end = isAtSpikes ? end.spikeCode("s = t;") : end.dynamicsCode("s = t + shift;");
    var spec =
        model("subscripts_" + what)
            .neuronGroup(
                neurons("pre", SIZE, isAtSpikes ? Parts.ALWAYS_SPIKES : Parts.PATTERN_SPIKES))
            .neuronGroup(neurons("post", SIZE, Parts.PATTERN_SPIKES));
    for (int delay : DELAYS) {
      for (String where : isAtSpikes ? COPIES : List.of("preSpike", "postSpike")) {
        spec =
            spec.synapseGroup(
                synapses(
                        where + delay,
                        Parts.oneToOne(SIZE),
                        "pre",
                        "post",
                        copyingDelayed(where).post(end),
                        withShift(withS(bindings())).initialValue("d", delay))
                    .maxDendriticDelay(delay + 1));
      }
    }
    expectCopies(spec, isAtSpikes ? this::lastSpike : this::lastShifted);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Feature({"L24", "S17", "S24", "S32", "M04", "R12"})
  void subscriptsOfThePostsynapticModelDelayIt(boolean fuses) { // A3.4
    var postsynapse =
        new Postsynapse(
            new PostsynapticModel("Timed", "s = t + shift; injectCurrent(inSyn); inSyn = 0.0;")
                .variable(S)
                .variable(SHIFT),
            withShift(Bindings.NONE.initialValue("s", setting.lowest())));
    var spec =
        model("postsynapticSubscripts")
            .neuronGroup(neurons("pre", SIZE, Parts.PATTERN_SPIKES))
            .neuronGroup(neurons("post", SIZE, Parts.PATTERN_SPIKES));
    for (int delay : DELAYS) {
      for (String where : List.of("preSpike", "postSpike", "preEvent")) {
        spec =
            spec.synapseGroup(
                new SynapseGroup(
                        where + delay,
                        Parts.oneToOne(SIZE),
                        "pre",
                        "post",
                        new WeightUpdate(
                            copyingDelayed(where).postsynapticVariable("s"),
                            bindings().initialValue("d", delay)),
                        postsynapse)
                    .maxDendriticDelay(delay + 1));
      }
    }
    expectCopies(spec, fuses, this::lastShifted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pre", "post"})
  @Feature({"S14", "S16", "S21", "S22", "M05", "R12"})
  void variablesSetAtSpikesArriveWithTheDelay(String side) { // A3.1
    var end = NeuronEnd.NONE.variable(S).spikeCode("s = t;");
    boolean isPre = side.equals("pre");
    var spec =
        model("spikeSet_" + side)
            .neuronGroup(neurons("pre", SIZE, isPre ? Parts.PATTERN_SPIKES : Parts.ALWAYS_SPIKES))
            .neuronGroup(neurons("post", SIZE, isPre ? Parts.ALWAYS_SPIKES : Parts.PATTERN_SPIKES));
    for (int delay : DELAYS) {
      for (String where : COPIES) {
        var model = isPre ? copying(where).pre(end) : copying(where).post(end);
        var group =
            synapses(where + delay, Parts.oneToOne(SIZE), "pre", "post", model, withS(bindings()));
        spec = spec.synapseGroup(delayed(group, side, delay));
      }
    }
    expectCopies(spec, this::lastSpike);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pre", "post"})
  @Feature({"S15", "S16", "S21", "S22", "M05", "R12"})
  void variablesSetInEachStepArriveWithTheDelay(String side) { // A3.2
    var end = NeuronEnd.NONE.variable(S).variable(SHIFT).dynamicsCode("s = t + shift;");
    var spec =
        model("dynamicsSet_" + side)
            .neuronGroup(neurons("pre", SIZE, Parts.PATTERN_SPIKES))
            .neuronGroup(neurons("post", SIZE, Parts.PATTERN_SPIKES));
    for (int delay : DELAYS) {
      for (String where : List.of("preSpike", "postSpike")) {
        var model = side.equals("pre") ? copying(where).pre(end) : copying(where).post(end);
        var group =
            synapses(
                where + delay,
                Parts.oneToOne(SIZE),
                "pre",
                "post",
                model,
                withShift(withS(bindings())));
        spec = spec.synapseGroup(delayed(group, side, delay));
      }
    }
    expectCopies(spec, this::lastShifted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pre", "post"})
  @Feature({"S17", "S21", "S22", "N09", "R12"})
  void neuronVariablesArriveWithTheDelay(String side) { // A3.3
    NeuronModel neuron = Parts.PATTERN_SPIKES.variable(S).variable(SHIFT).simCode("s = t + shift;");
    var spec = model("neuronVariables_" + side);
    var groups = new ArrayList<SynapseGroup>();
    for (int delay : DELAYS) {
      // A population per delay: what is delayed must not depend on what other groups need.
      String other = "pre".equals(side) ? "post" : "pre";
      spec =
          spec.neuronGroup(
                  new NeuronGroup(
                      side + delay,
                      SIZE,
                      neuron,
                      withShift(Bindings.NONE.initialValue("s", setting.lowest()))))
              .neuronGroup(neurons(other + delay, SIZE, Parts.PATTERN_SPIKES));
      for (String where : List.of("preSpike", "postSpike", "preEvent")) {
        for (boolean isBound : new boolean[] {false, true}) {
          boolean isPre = side.equals("pre");
          String name = isBound ? "bound" : "s";
          var model = copying(where, name);
          model = isPre ? model.preNeuronVariable(name) : model.postNeuronVariable(name);
          var update = new WeightUpdate(model, bindings());
          if (isBound) {
            var reference = VariableReference.neuron(side + delay, "s");
            update =
                isPre
                    ? update.preNeuronVariable(name, reference)
                    : update.postNeuronVariable(name, reference);
          }
          var group =
              synapses(
                  where + name + delay,
                  Parts.oneToOne(SIZE),
                  "pre" + delay,
                  "post" + delay,
                  update);
          groups.add(delayed(group, side, delay));
        }
      }
    }
    for (SynapseGroup group : groups) {
      spec = spec.synapseGroup(group);
    }
    expectCopies(spec, this::lastShifted);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Feature({"S17", "S32", "S22", "M04", "R12"})
  void postsynapticVariablesArriveWithTheDelay(boolean fuses) { // A3.4
    var postsynaptic =
        new PostsynapticModel("Timed", "s = t + shift; injectCurrent(inSyn); inSyn = 0.0;")
            .variable(S)
            .variable(SHIFT);
    var postsynapse =
        new Postsynapse(postsynaptic, withShift(Bindings.NONE.initialValue("s", setting.lowest())));
    var spec =
        model("postsynapticVariables")
            .neuronGroup(neurons("pre", SIZE, Parts.PATTERN_SPIKES))
            .neuronGroup(neurons("post", SIZE, Parts.PATTERN_SPIKES));
    for (int delay : DELAYS) {
      for (String where : List.of("preSpike", "postSpike", "preEvent")) {
        var update = new WeightUpdate(copying(where).postsynapticVariable("s"), bindings());
        spec =
            spec.synapseGroup(
                new SynapseGroup(
                        where + delay, Parts.oneToOne(SIZE), "pre", "post", update, postsynapse)
                    .backPropagationDelay(delay));
      }
    }
    expectCopies(spec, fuses, this::lastShifted);
  }

  @Test
  @Feature({"S06", "S07", "S16", "R12"})
  void presynapticVariablesScaleKernels() { // A3.5
    int size = 20;
    float[] image = Images.test(size);
    int[] in = {size, size, 1};
    int[] out = {size - 2, size - 2, 1};
    int[] three = {3, 3};
    var pixels =
        new NeuronModel("Pixels")
            .variable(new Variable("pixel", "scalar", VarAccess.READ_ONLY))
            .thresholdCondition("pixel > 0.5 && t < 0.5");
    var scaled =
        new WeightUpdateModel("Scaled")
            .variable("g", VarAccess.READ_ONLY)
            .pre(NeuronEnd.NONE.variable(new Variable("constant", "scalar", VarAccess.READ_ONLY)))
            .preSpikeSynCode("addToPost(g * constant);");
    var values = InitialValue.of(Images.VERTICAL);
    var bindings = Bindings.NONE.initialValue("g", values).initialValue("constant", 1);
    var kernel = Bindings.NONE.initialValue("g", VariableInits.kernel(Images.VERTICAL));
    var conv = SparsePatterns.conv2d(three, new int[] {1, 1}, new int[] {0, 0}, in, out);
    int targets = (size - 2) * (size - 2);
    var spec =
        model("kernelVariables")
            .neuronGroup(
                new NeuronGroup(
                    "image",
                    size * size,
                    pixels,
                    Bindings.NONE.initialValue("pixel", InitialValue.of(image))))
            .neuronGroup(neurons("toeplitz", targets, Parts.SUM))
            .neuronGroup(neurons("sparse", targets, Parts.SUM))
            .synapseGroup(
                synapses(
                    "toeplitz",
                    new Connectivity.Toeplitz(ToeplitzPatterns.conv2d(three, in, out)),
                    "image",
                    "toeplitz",
                    scaled,
                    bindings))
            .synapseGroup(
                synapses(
                    "sparse",
                    new Connectivity.Sparse(conv),
                    "image",
                    "sparse",
                    scaled,
                    kernel.initialValue("constant", 1)));
    float[] expected = Images.correlated(image, size, Images.VERTICAL);
    try (var simulation = open(spec)) {
      run(simulation, 2);
      expectEach(simulation, VariableReference.neuron("toeplitz", "x"), pixel -> expected[pixel]);
      expectEach(simulation, VariableReference.neuron("sparse", "x"), pixel -> expected[pixel]);
    }
  }
}
