package org.genn.engine.backend.form;

import static org.genn.engine.backend.form.MergedFunctions.functions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Launch;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.Lowering;
import org.genn.engine.kernel.LoweringSettings;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// Which custom updates share a function, and when which of them run.
@Feature("G01")
class MergedUpdatesTest {
  private static final NeuronModel NEURON =
      new NeuronModel("Neuron")
          .variable("x")
          .variable(new Variable("shared", "scalar", VarAccess.READ_ONLY))
          .simCode("x = Isyn;")
          .thresholdCondition("t > 0.0");

  private static final WeightUpdateModel PLASTIC =
      new WeightUpdateModel("Plastic")
          .variable("g", VarAccess.READ_WRITE)
          .variable("h", VarAccess.READ_WRITE)
          .preSpikeSynCode("addToPost(g); g *= 0.5;");
  private static final WeightUpdateModel LEARNING = PLASTIC.postSpikeSynCode("g += h;");

  private static final CustomUpdateModel SET =
      new CustomUpdateModel("Set", "r = p;")
          .parameter("p")
          .reference("r", VarAccessMode.READ_WRITE);

  private static final CustomUpdateModel SET_ALL =
      new CustomUpdateModel("SetAll", "r = p;")
          .parameter("p")
          .reference("r", VarAccessMode.BROADCAST);

  private static SynapseGroup synapses(
      String name,
      Connectivity connectivity,
      String source,
      String target,
      WeightUpdateModel model) {
    return new SynapseGroup(
        name,
        connectivity,
        source,
        target,
        new WeightUpdate(model, Bindings.NONE),
        new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE));
  }

  private static Connectivity random() {
    return new Connectivity.Sparse(SparsePatterns.fixedProbability(0.1));
  }

  /// Neurons `a` and `b`, dense `ab` and `ba`, and `delayed` from `a` to `b`, whose synapses read
  /// `x` of `a` as it was three steps ago.
  private static ModelSpec base() {
    return new ModelSpec("m", 1, 2, 7)
        .neuronGroup(new NeuronGroup("a", 10, NEURON, Bindings.NONE))
        .neuronGroup(new NeuronGroup("b", 10, NEURON, Bindings.NONE))
        .synapseGroup(synapses("ab", new Connectivity.Dense(), "a", "b", PLASTIC))
        .synapseGroup(synapses("ba", new Connectivity.Dense(), "b", "a", PLASTIC))
        .synapseGroup(
            synapses(
                    "delayed",
                    new Connectivity.Dense(),
                    "a",
                    "b",
                    PLASTIC.preNeuronVariable("x").preSpikeSynCode("addToPost(g * x);"))
                .axonalDelay(3));
  }

  private static ModelSpec with(
      ModelSpec spec, CustomUpdateModel model, double p, String group, VariableReference... of) {
    ModelSpec extended = spec;
    for (VariableReference reference : of) {
      extended =
          extended.customUpdate(
              new CustomUpdate(
                      "u" + extended.customUpdates().size(),
                      group,
                      model,
                      Bindings.NONE.parameter("p", p))
                  .reference("r", reference));
    }
    return extended;
  }

  private static List<Long> numbers(ModelSpec spec, String name) {
    return functions(spec, name).stream().map(MergedFunctions::given).toList();
  }

  private static VariableReference x(String neurons) {
    return VariableReference.neuron(neurons, "x");
  }

  private static VariableReference g(String synapses) {
    return VariableReference.synapse(synapses, "g");
  }

  private static LoweredModel lowered(ModelSpec spec) {
    return Lowering.lower(spec, new LoweringSettings());
  }

  @Test
  void updatesThatDifferInAParameterShareAFunctionAndOtherCodeIsAnother() {
    ModelSpec spec = with(with(base(), SET, 1, "G", x("b")), SET, 2, "G", x("b"));
    assertEquals(List.of(1L), numbers(spec, "u.*"));
    var add =
        new CustomUpdateModel("Add", "r += p;")
            .parameter("p")
            .reference("r", VarAccessMode.READ_WRITE);
    assertEquals(2, functions(with(spec, add, 1, "G", x("b")), "u.*").size());
  }

  /// Groups are launched apart and share code.
  @Test
  void updatesOfTwoGroupsShareAFunctionAndAreLaunchedApart() {
    ModelSpec spec = with(with(base(), SET, 1, "G", x("b")), SET, 1, "H", x("b"));
    assertEquals(List.of(0L), numbers(spec, "u.*"));
    Map<String, List<Launch>> updates = lowered(spec).updates();
    assertEquals(Set.of("G", "H"), updates.keySet());
    var kernels = List.of(kernel(updates.get("G")), kernel(updates.get("H")));
    assertFalse(kernels.getFirst().equals(kernels.getLast()), kernels.toString());
  }

  private static int kernel(List<Launch> plan) {
    assertEquals(1, plan.size());
    return ((Launch.Run) plan.getFirst()).kernel();
  }

  /// The present value of a variable is where it would be without a delay; only what is set for all
  /// steps is in other places.
  @Test
  void delaysMatterWhereAllStepsAreSet() {
    assertEquals(List.of(0L), numbers(with(base(), SET, 1, "G", x("a"), x("b")), "u.*"));
    assertEquals(List.of(0L, 0L), numbers(with(base(), SET_ALL, 1, "G", x("a"), x("b")), "u.*"));
  }

  @Test
  void theLengthOfDendriticDelaysMattersWhereAllStepsAreSetAndForNothingElse() {
    var model = WeightUpdateModels.STATIC_PULSE_DENDRITIC_DELAY;
    ModelSpec spec = base();
    int[] slots = {3, 3, 5};
    for (int k = 0; k < slots.length; k++) {
      spec =
          spec.synapseGroup(
              synapses("s" + k, new Connectivity.Dense(), "a", "b", model)
                  .maxDendriticDelay(slots[k]));
    }
    VariableReference[] delays = {
      VariableReference.dendriticDelay("s0"),
      VariableReference.dendriticDelay("s1"),
      VariableReference.dendriticDelay("s2")
    };
    assertEquals(List.of(0L), numbers(with(spec, SET, 1, "G", delays), "u.*"));
    assertEquals(List.of(0L, 0L), numbers(with(spec, SET_ALL, 1, "G", delays), "u.*"));
  }

  @Test
  void whatExamplesShareIsAnotherFunctionThanWhatEachHas() {
    VariableReference[] shared = {
      VariableReference.neuron("a", "shared"), VariableReference.neuron("b", "shared")
    };
    ModelSpec spec = with(with(base(), SET, 1, "G", x("a"), x("b")), SET, 1, "G", shared);
    assertEquals(List.of(0L, 0L), numbers(spec, "u.*"));
    var domains = new TreeMap<String, Kernel.Domain>();
    for (Kernel kernel : lowered(spec).program().kernels()) {
      if (kernel.name().startsWith("update_")) {
        domains.put(kernel.name().substring("update_".length()), kernel.domain());
      }
    }
    assertEquals(
        Map.of(
            "u0", Kernel.Domain.EXAMPLES,
            "u1", Kernel.Domain.EXAMPLES,
            "u2", Kernel.Domain.WHOLE,
            "u3", Kernel.Domain.WHOLE),
        domains);
  }

  @Test
  void initialValuesOfUpdatesShareAFunctionWhateverTheirGroup() {
    var model =
        new CustomUpdateModel("Keep", "v = r;")
            .variable(new CustomUpdateVariable("v", CustomUpdateVarAccess.READ_WRITE))
            .reference("r", VarAccessMode.READ_ONLY);
    ModelSpec spec = base();
    for (int k = 0; k < 3; k++) {
      var bindings = Bindings.NONE.initialValue("v", VariableInits.uniform(0, k == 2 ? 2 : 1));
      spec =
          spec.customUpdate(
              new CustomUpdate("u" + k, "G" + k, model, bindings).reference("r", x("b")));
    }
    // the upper bound and the stream
    assertEquals(List.of(2L), numbers(spec, "u.*_initialise"));
    assertEquals(3, lowered(spec).initialise().size());
  }

  @Test
  void transposesShareAFunctionWhateverTheyAreOf() {
    var model = new CustomUpdateModel("Transpose", "").reference("r", VarAccessMode.READ_ONLY);
    ModelSpec spec = base();
    for (String variable : List.of("g", "h")) {
      spec =
          spec.customUpdate(
              new CustomUpdate(variable, "T", model, Bindings.NONE)
                  .transposed("r", g("ab"), VariableReference.synapse("ba", variable)));
    }
    assertEquals(List.of(0L), numbers(spec, "[gh]_source"));
    var timers =
        lowered(spec).updates().get("T").stream().map(run -> ((Launch.Run) run).timer()).toList();
    var transpose = new Launch.Timer.CustomUpdateTranspose("T");
    assertEquals(List.of(transpose, transpose), timers);
  }

  @Test
  void updatesOfSparseAndDenseSynapsesAreTwoFunctions() {
    ModelSpec spec =
        base()
            .synapseGroup(synapses("s0", random(), "a", "b", PLASTIC))
            .synapseGroup(synapses("s1", random(), "b", "a", PLASTIC));
    assertEquals(
        List.of(0L, 0L),
        numbers(with(spec, SET, 1, "G", g("ab"), g("ba"), g("s0"), g("s1")), "u.*"));
  }

  // ---- connectivity updates

  private static final CustomConnectivityUpdateModel CUT =
      new CustomConnectivityUpdateModel("Cut", "for_each_synapse { remove_synapse(); }");

  private static final CustomConnectivityUpdateModel COUNT =
      new CustomConnectivityUpdateModel("Count", "n = 0.0; for_each_synapse { n += 1.0; }")
          .preVariable(new Variable("n"));

  private static ModelSpec rewired(
      ModelSpec spec, String name, String synapses, CustomConnectivityUpdateModel model) {
    return spec.customConnectivityUpdate(
        new CustomConnectivityUpdate(name, "R", synapses, model, Bindings.NONE));
  }

  /// What moves with a synapse are the variables of its group and those of updates of it.
  @Test
  void connectivityUpdatesShareAFunctionWhereAsManyValuesMoveWithASynapse() {
    ModelSpec spec = base();
    for (String name : List.of("s0", "s1", "s2")) {
      spec =
          rewired(spec.synapseGroup(synapses(name, random(), "a", "b", PLASTIC)), name, name, CUT);
    }
    assertEquals(1, functions(spec, "s\\d_rewire_row").size());
    assertEquals(1, functions(spec, "s\\d_rewire_finish").size());
    var mark =
        new CustomUpdateModel("Mark", "v = r;")
            .variable(new CustomUpdateVariable("v", CustomUpdateVarAccess.READ_WRITE))
            .reference("r", VarAccessMode.READ_ONLY);
    var marked =
        spec.customUpdate(
            new CustomUpdate("mark", "G", mark, Bindings.NONE).reference("r", g("s1")));
    assertEquals(1, functions(marked, "s\\d_rewire_row").size());
    assertEquals(2, functions(marked, "s\\d_rewire_finish").size());
  }

  /// Whatever moves with the synapses of their groups.
  @Test
  void initialValuesOfConnectivityUpdatesShareAFunction() {
    var keeping =
        new CustomConnectivityUpdateModel("Keep", "for_each_synapse { remove_synapse(); }")
            .variable(new Variable("v"));
    ModelSpec spec =
        base()
            .synapseGroup(synapses("s0", random(), "a", "b", PLASTIC))
            .synapseGroup(synapses("s1", random(), "a", "b", WeightUpdateModels.STATIC_PULSE));
    for (int k = 0; k < 2; k++) {
      spec =
          spec.customConnectivityUpdate(
              new CustomConnectivityUpdate(
                  "keep" + k,
                  "R",
                  "s" + k,
                  keeping,
                  Bindings.NONE.initialValue("v", VariableInits.uniform(0, 1 + k))));
    }
    assertEquals(2, functions(spec, "keep.*_rewire_finish").size());
    // the upper bound and the stream
    assertEquals(List.of(2L), numbers(spec, "keep.*_initialise"));
  }

  /// Afterwards connections are arranged anew by target, once for each update that may have changed
  /// them, where code of the targets' spikes needs that.
  @Test
  void onlyUpdatesThatChangeConnectionsArrangeThemAnewAndOnlyForLearningOfTargets() {
    ModelSpec spec =
        base()
            .synapseGroup(synapses("learning", random(), "a", "b", LEARNING))
            .synapseGroup(
                synapses(
                    "narrow",
                    new Connectivity.Sparse(SparsePatterns.fixedProbability(0.1), true),
                    "a",
                    "b",
                    LEARNING))
            .synapseGroup(synapses("plain", random(), "a", "b", PLASTIC));
    spec = rewired(rewired(spec, "cutLearning", "learning", CUT), "cutNarrow", "narrow", CUT);
    spec = rewired(rewired(spec, "cutPlain", "plain", CUT), "count", "learning", COUNT);
    LoweredModel model = lowered(spec);
    var changes = new TreeMap<String, Boolean>();
    for (Launch launch : model.updates().get("R")) {
      if (launch instanceof Launch.Connectivity after) {
        changes.put(after.update(), after.outcome() >= 0);
      }
    }
    assertEquals(
        Map.of("cutLearning", true, "cutNarrow", true, "cutPlain", true, "count", false), changes);
    assertTrue(model.sparse().get("learning").remap().isPresent());
    assertTrue(model.sparse().get("narrow").remap().isPresent());
    assertFalse(model.sparse().get("plain").remap().isPresent());
    // targets of narrow groups are numbers of another type
    assertEquals(2, functions(spec, "(cut|count).*_rewire_finish").size());
  }
}
