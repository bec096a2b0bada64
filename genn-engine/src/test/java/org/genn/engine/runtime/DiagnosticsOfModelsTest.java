package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.genn.engine.backend.BackendException;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelParameter;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.ModelValidator;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.SynapseDelays;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.CurrentSourceModels;
import org.genn.engine.model.builtin.NeuronModels;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.engine.snippet.SnippetException;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is wrong with the synapses and the values of a model is told when it is described, with all
/// names; numbers in comments are those of the list of errors of GeNN.
class DiagnosticsOfModelsTest {
  private static final NeuronModel NEURON =
      new NeuronModel("Neuron").variable("V").thresholdCondition("V > 1.0");
  private static final WeightUpdateModel PULSE = WeightUpdateModels.STATIC_PULSE;
  private static final WeightUpdateModel PLASTIC =
      new WeightUpdateModel("Plastic")
          .variable("g", VarAccess.READ_WRITE)
          .preSpikeSynCode("addToPost(g);");
  private static final Bindings ONE = Bindings.NONE.initialValue("g", 1);

  private static ModelSpec base() {
    return new ModelSpec("m", 1, 2, 1)
        .neuronGroup(new NeuronGroup("a", 4, NEURON, Bindings.NONE))
        .neuronGroup(new NeuronGroup("b", 3, NEURON, Bindings.NONE));
  }

  private static SynapseGroup synapses(
      Connectivity connectivity, WeightUpdateModel model, Bindings bindings) {
    return new SynapseGroup(
        "s",
        connectivity,
        "a",
        "b",
        new WeightUpdate(model, bindings),
        new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE));
  }

  private static void assertProblems(ModelSpec spec, String... problems) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ModelValidator.check(spec)).getMessage();
    String count = problems.length == 1 ? "a problem" : problems.length + " problems";
    assertEquals("model 'm' has " + count + ":\n  - " + String.join("\n  - ", problems), message);
  }

  private static void assertProblem(SynapseGroup group, String... problems) {
    assertProblems(base().synapseGroup(group), problems);
  }

  @Test
  @Feature("S05")
  void connectionsThatAreMadeAtEachSpikeNeedRowCodeAndNothingStored() { // E11
    assertProblem(
        synapses(
            new Connectivity.Procedural(
                new BuiltSynapses(new SparseInit("Nothing"), Bindings.NONE)),
            PULSE,
            ONE),
        "synapse group 's', connectivity Nothing: it must have either row code or column code, but"
            + " has neither");
    assertProblem(
        synapses(new Connectivity.Procedural(SparsePatterns.fixedNumberPre(2)), PULSE, ONE),
        "synapse group 's': procedural connectivity needs row code, but"
            + " FixedNumberPreWithReplacement has column code");
    assertProblem(
        synapses(
            new Connectivity.Procedural(SparsePatterns.oneToOne()),
            PULSE.postSpikeSynCode("addToPre(g);").synapseDynamicsCode("addToPost(g);"),
            ONE),
        "synapse group 's': StaticPulse has code for postsynaptic spikes or events, which"
            + " procedural connectivity can't run; use sparse connectivity",
        "synapse group 's': StaticPulse has synapse dynamics code, which procedural connectivity"
            + " can't run; use sparse connectivity");
    assertProblem(
        synapses(new Connectivity.Procedural(SparsePatterns.oneToOne()), PLASTIC, ONE),
        "synapse group 's': variable 'g' is stored nowhere in procedural connectivity, so it must"
            + " be READ_ONLY");
  }

  @Test
  @Feature("S07")
  void toeplitzConnectionsNeedAKernelAndNoChance() { // E13
    assertProblem(
        synapses(new Connectivity.Toeplitz(SparsePatterns.oneToOne()), PULSE, ONE),
        "synapse group 's': Toeplitz connectivity needs a kernel, but OneToOne has no kernel size");
    var random =
        new SparseInit("Random")
            .kernelSize(_ -> new int[] {1})
            .rowBuildCode("addSynapse(gennrand() % num_post, 0);");
    assertProblem(
        synapses(
            new Connectivity.Toeplitz(new BuiltSynapses(random, Bindings.NONE)),
            PULSE.postSpikeSynCode("addToPre(g);"),
            ONE),
        "synapse group 's': StaticPulse has code for postsynaptic spikes or events, which Toeplitz"
            + " connectivity can't run; use sparse connectivity",
        "synapse group 's': Toeplitz connectivity Random must not draw random numbers");
  }

  @Test
  @Feature("I04")
  void thePlaceInAKernelNeedsAKernel() { // E16
    ModelSpec spec =
        base()
            .synapseGroup(
                synapses(
                    new Connectivity.Dense(),
                    PULSE,
                    Bindings.NONE.initialValue("g", VariableInits.kernel(new float[9]))));
    assertEquals(
        """
        code of variable initialiser Kernel, line 1: 'id_kernel' is not defined here; available: [dt, id_post, id_pre, kernel, num_batch, num_post, num_pre, value]; did you mean 'kernel'?
          value = kernel[id_kernel];
                         ^^^^^^^^^\
        """,
        assertThrows(
                SnippetException.class,
                () -> Simulation.open(spec, Models.settings().threads(1)).close())
            .getMessage());
  }

  @Test
  @Feature({"S21", "S22", "S23", "L24"})
  void delaysMustBePossibleAndHaveRoom() { // E19, E20
    assertProblem(
        synapses(new Connectivity.Dense(), PULSE, ONE)
            .delays(new SynapseDelays(-1, -2, OptionalInt.of(0))),
        "synapse group 's': its axonal delay must not be negative, got -1 timesteps",
        "synapse group 's': its back-propagation delay must not be negative, got -2 timesteps",
        "synapse group 's': its maximal dendritic delay must be at least 1 timestep, got 0");
    assertProblem(
        synapses(
            new Connectivity.Dense(),
            WeightUpdateModels.STATIC_PULSE_DENDRITIC_DELAY,
            ONE.initialValue("d", 3)),
        "synapse group 's': StaticPulseDendriticDelay calls addToPostDelay, but the group has no"
            + " maximal dendritic delay; set it, with setMaxDendriticDelayTimesteps or"
            + " SynapseGroup.maxDendriticDelay");
    assertProblem(
        synapses(
            new Connectivity.Dense(),
            PULSE.postNeuronVariable("V").preSpikeSynCode("addToPost(V[2]);"),
            ONE),
        "synapse group 's': StaticPulse reads 'V' with a delay subscript, but the group has no"
            + " maximal dendritic delay; set it, with setMaxDendriticDelayTimesteps or"
            + " SynapseGroup.maxDendriticDelay");
    assertProblem(
        synapses(new Connectivity.Dense(), PULSE, ONE)
            .delays(new SynapseDelays(Integer.MAX_VALUE, 1 << 30, OptionalInt.of(1 << 30))),
        "synapse group 's': its axonal delay of 2147483647 timesteps is too long for the 4 neurons"
            + " of 'a'; at most 536870910 are possible",
        "synapse group 's': its back-propagation delay of 1073741824 timesteps is too long for the"
            + " 3 neurons of 'b'; at most 715827881 are possible",
        "synapse group 's': its maximal dendritic delay of 1073741824 timesteps is too long for the"
            + " 3 neurons of 'b'; at most 715827881 are possible");
  }

  /// Wherever a synapse's code sends something on its way through the dendrites.
  @ParameterizedTest
  @MethodSource
  @Feature("S23")
  void whatIsSentThroughDendritesNeedsTheirMaximum(WeightUpdateModel model) { // E20
    SynapseGroup group = synapses(new Connectivity.Dense(), model, ONE);
    assertProblem(
        group,
        "synapse group 's': StaticPulse calls addToPostDelay, but the group has no maximal"
            + " dendritic delay; set it, with setMaxDendriticDelayTimesteps or"
            + " SynapseGroup.maxDendriticDelay");
    ModelValidator.check(base().synapseGroup(group.maxDendriticDelay(3)));
  }

  static Stream<WeightUpdateModel> whatIsSentThroughDendritesNeedsTheirMaximum() {
    String code = "if (g > 0.5) { addToPostDelay(g, 2); }";
    return Stream.of(
        PULSE.preSpikeSynCode(code),
        PULSE.preNeuronVariable("V").preEvent("V > 0.5", code),
        PULSE.synapseDynamicsCode(code),
        PULSE.postSpikeSynCode(code),
        PULSE.postNeuronVariable("V").postEvent("V > 0.5", code));
  }

  @Test
  @Feature({"S23", "S24", "L24"})
  void delaysOfSynapsesMustFitTheRing() {
    String problem =
        "synapse group 's': 'd' is a delay of 10 timesteps, but the group's maximal dendritic delay"
            + " of 10 leaves room for 0 to 9; set it to 11";
    var model = WeightUpdateModels.STATIC_PULSE_DENDRITIC_DELAY;
    assertProblem(
        synapses(new Connectivity.Dense(), model, ONE.initialValue("d", 10)).maxDendriticDelay(10),
        problem);
    float[] delays = new float[12];
    delays[7] = 10;
    assertProblem(
        synapses(new Connectivity.Dense(), model, ONE.initialValue("d", InitialValue.of(delays)))
            .maxDendriticDelay(10),
        problem);
    var subscript =
        PULSE.postNeuronVariable("V").parameter("d").preSpikeSynCode("addToPost(g * V[d]);");
    assertProblem(
        synapses(new Connectivity.Dense(), subscript, ONE.parameter("d", 10)).maxDendriticDelay(10),
        problem);
  }

  @Test
  @Feature("C06")
  void updatesCannotReferToWhatIsStoredNowhere() { // E22
    var update =
        new CustomUpdate(
                "u",
                "group",
                new CustomUpdateModel("Set", "r = 1.0;").reference("r", VarAccessMode.READ_WRITE),
                Bindings.NONE)
            .reference("r", VariableReference.synapse("s", "g"));
    String problem =
        "custom update 'u': 'g' of synapse group 's' is stored nowhere, so no update can refer to"
            + " it; use dense or sparse connectivity";
    for (Connectivity connectivity :
        List.of(
            new Connectivity.DenseProcedural(),
            new Connectivity.Procedural(SparsePatterns.oneToOne()))) {
      assertProblems(
          base().synapseGroup(synapses(connectivity, PULSE, ONE)).customUpdate(update), problem);
    }
  }

  @Test
  @Feature("C13")
  void transposesNeedMatricesThatFit() { // E23, E25
    var model = new CustomUpdateModel("Transpose", "").reference("r", VarAccessMode.READ_WRITE);
    var from = VariableReference.synapse("s", "g");
    SynapseGroup forward = synapses(new Connectivity.Dense(), PLASTIC, ONE);
    assertProblems(
        base()
            .synapseGroup(forward)
            .customUpdate(
                new CustomUpdate("u", "group", model, Bindings.NONE)
                    .transposed("r", from, VariableReference.synapse("s", "w"))),
        "custom update 'u': synapse group 's' leads from 'a' to 'b', so its transpose must lead"
            + " from 'b' to 'a'; 's' leads from 'a' to 'b'",
        "custom update 'u': synapse group 's' has no variable 'w'; available: [g]");
    var sum =
        model.variable(new CustomUpdateVariable("sum", CustomUpdateVarAccess.REDUCE_BATCH_SUM));
    SynapseGroup sparse =
        new SynapseGroup(
            "back",
            Connectivity.Sparse.of(new int[0], new int[0]),
            "b",
            "a",
            new WeightUpdate(PLASTIC, ONE),
            new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE));
    assertProblems(
        base()
            .synapseGroup(forward)
            .synapseGroup(sparse)
            .customUpdate(
                new CustomUpdate("u", "group", sum, Bindings.NONE)
                    .transposed("r", from, VariableReference.synapse("back", "g"))),
        "custom update 'u': only dense matrices can be transposed, and synapse group 'back' is"
            + " none",
        "custom update 'u': can't transpose and reduce 'sum' over examples in one update");
  }

  @Test
  @Feature("C13")
  void aMatrixIsTransposedOnceIntoAnotherAndNotReduced() { // E23, E25
    var loop =
        new SynapseGroup(
            "s",
            new Connectivity.Dense(),
            "a",
            "a",
            new WeightUpdate(
                PLASTIC
                    .variable("h", VarAccess.READ_WRITE)
                    .variable("i", VarAccess.READ_WRITE)
                    .variable("sum", VarAccess.READ_ONLY),
                ONE),
            new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE));
    var g = VariableReference.synapse("s", "g");
    var h = VariableReference.synapse("s", "h");
    var model = new CustomUpdateModel("Transpose", "").reference("g", VarAccessMode.READ_WRITE);
    var update = new CustomUpdate("u", "group", model, Bindings.NONE);
    ModelSpec spec = base().synapseGroup(loop);
    ModelValidator.check(spec.customUpdate(update.transposed("g", g, h)));
    assertProblems(
        spec.customUpdate(update.transposed("g", g, g)),
        "custom update 'u': 'g' of synapse group 's' can't be its own transpose, as elements would"
            + " be read after others have been written over them; use another variable");
    var two = model.reference("h", VarAccessMode.READ_WRITE);
    assertProblems(
        spec.customUpdate(
            new CustomUpdate("u", "group", two, Bindings.NONE)
                .transposed("g", g, VariableReference.synapse("s", "i"))
                .transposed("h", h, VariableReference.synapse("s", "sum"))),
        "custom update 'u': transposes [g, h]; only one is possible in an update",
        "custom update 'u': of 'h' and its transpose 'sum' one is shared by the examples, the other"
            + " is not");
    assertProblems(
        spec.customUpdate(
            new CustomUpdate(
                    "u", "group", model.reference("sum", VarAccessMode.REDUCE_SUM), Bindings.NONE)
                .reference("sum", VariableReference.synapse("s", "sum"))
                .transposed("g", g, h)),
        "custom update 'u': can't transpose and reduce 'sum' over examples in one update");
  }

  @Test
  @Feature({"C04", "C14"})
  void updatesOfOneGroupOfSynapses() { // E24, E25, E28
    var model =
        new CustomUpdateModel("Two", "")
            .variable(new CustomUpdateVariable("n", CustomUpdateVarAccess.READ_ONLY_SHARED_NEURON))
            .reference("x", VarAccessMode.READ_ONLY)
            .reference("y", VarAccessMode.READ_ONLY);
    SynapseGroup other =
        new SynapseGroup(
            "t",
            new Connectivity.Dense(),
            "a",
            "b",
            new WeightUpdate(PLASTIC, ONE),
            new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE));
    ModelSpec spec =
        base().synapseGroup(synapses(new Connectivity.Dense(), PLASTIC, ONE)).synapseGroup(other);
    assertProblems(
        spec.customUpdate(
            new CustomUpdate("u", "group", model, Bindings.NONE)
                .reference("x", VariableReference.synapse("s", "g"))
                .reference("y", VariableReference.synapse("t", "g"))),
        "custom update 'u': refers to variables of synapse groups 's' and 't'; all must be of one",
        "custom update 'u': variable 'n' can't be READ_ONLY_SHARED_NEURON in an update of"
            + " synapses");
    var delayed = new CustomUpdateModel("Delayed", "").reference("x", VarAccessMode.READ_WRITE);
    assertProblems(
        spec.customUpdate(
            new CustomUpdate("u", "group", delayed, Bindings.NONE)
                .reference("x", VariableReference.dendriticDelay("s"))),
        "custom update 'u': synapse group 's' has no dendritic delay that an update could refer to;"
            + " the group has no maximal one; set it, with setMaxDendriticDelayTimesteps or"
            + " SynapseGroup.maxDendriticDelay");
  }

  @Test
  @Feature({"C01", "C02", "S17", "S32"})
  void whatCodeReadsOfItsPartnersMustBeTheirsAndOfItsType() { // E22
    var partner =
        new NeuronModel("Partner")
            .variable(new Variable("x", "double", VarAccess.READ_WRITE))
            .variable("y")
            .thresholdCondition("true");
    var weights =
        new WeightUpdateModel("Weights")
            .preNeuronVariable("x")
            .postNeuronVariable("y")
            .postsynapticVariable("z")
            .preSpikeSynCode("addToPost(x * y * z);");
    var postsynapse =
        new PostsynapticModel("Postsynapse", "injectCurrent(x);")
            .variable(new Variable("z", "double", VarAccess.READ_WRITE))
            .neuronVariable("x");
    var source = new CurrentSourceModel("Source", "injectCurrent(x);").neuronVariable("x");
    var ofB = VariableReference.neuron("d", "y");
    assertProblems(
        new ModelSpec("m", 1, 2, 1)
            .neuronGroup(new NeuronGroup("c", 4, partner, Bindings.NONE))
            .neuronGroup(new NeuronGroup("d", 4, partner, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.Dense(),
                    "c",
                    "d",
                    new WeightUpdate(weights, Bindings.NONE)
                        .postNeuronVariable("y", VariableReference.neuron("c", "y")),
                    new Postsynapse(postsynapse, Bindings.NONE)))
            .currentSource(new CurrentSource("cs", "c", source, Bindings.NONE))
            .currentSource(
                new CurrentSource("other", "c", source, Bindings.NONE).neuronVariable("x", ofB)),
        "synapse group 's': 'x' has type scalar, but variable 'x' of source 'c' has type double",
        "synapse group 's': 'y' must refer to a variable of its target 'd', not to y of 'c'",
        "synapse group 's': 'z' has type scalar, but variable 'z' of postsynaptic model Postsynapse"
            + " has type double",
        "synapse group 's': 'x' has type scalar, but variable 'x' of target 'd' has type double",
        "current source 'cs': 'x' has type scalar, but variable 'x' of target 'c' has type double",
        "current source 'other': 'x' must refer to a variable of its target 'c', not to y of 'd'");
  }

  @Test
  @Feature({"L27", "M10"})
  void numbersMustBeInTheRangeOfTheirType() { // E35
    var model =
        new NeuronModel("Typed")
            .declarations(
                Declarations.NONE
                    .parameter(new ModelParameter("k", "uint8_t"))
                    .parameter(new ModelParameter("n", "unsigned int"))
                    .parameter(new ModelParameter("i", "int"))
                    .variable(new Variable("x", "int8_t", VarAccess.READ_WRITE)));
    var wrong =
        Bindings.NONE
            .parameter("k", 300)
            .parameter("n", -12)
            .parameter("i", 4294967295.0)
            .initialValue("x", -129);
    assertProblems(
        base().neuronGroup(new NeuronGroup("c", 1, model, wrong)),
        "neuron group 'c': parameter 'k' is 300.0, but its type uint8_t holds numbers from 0 to"
            + " 255",
        "neuron group 'c': parameter 'n' is -12.0, but its type unsigned int holds numbers from 0"
            + " to 4294967295",
        "neuron group 'c': parameter 'i' is 4.294967295E9, but its type int holds numbers from"
            + " -2147483648 to 2147483647",
        "neuron group 'c': variable 'x' is -129.0, but its type int8_t holds numbers from -128 to"
            + " 127");
    var right =
        Bindings.NONE
            .parameter("k", 255.9)
            .parameter("n", 4294967295.0)
            .parameter("i", -2147483648.5)
            .initialValue("x", -128.9);
    ModelValidator.check(base().neuronGroup(new NeuronGroup("c", 1, model, right)));
  }

  @Test
  @Feature("M15")
  void asManyInitialValuesAsElements() {
    var three = InitialValue.of(new float[5]);
    var wrong = Bindings.NONE.initialValue("V", three);
    assertProblems(
        base()
            .neuronGroup(new NeuronGroup("c", 4, NEURON, wrong))
            .currentSource(
                new CurrentSource(
                    "cs",
                    "b",
                    CurrentSourceModels.POISSON_EXP,
                    Bindings.NONE
                        .parameter("weight", 1)
                        .parameter("tauSyn", 1)
                        .parameter("rate", 1)
                        .initialValue("current", three)))
            .synapseGroup(
                synapses(
                    new Connectivity.Dense(),
                    PULSE.pre(NeuronEnd.NONE.variable(new Variable("p"))),
                    Bindings.NONE.initialValue("g", three).initialValue("p", three))),
        "neuron group 'c': variable 'V' is given 5 values, expected 4, or 8: 4 for each of 2"
            + " examples",
        "current source 'cs': variable 'current' is given 5 values, expected 3, or 6: 3 for each of"
            + " 2 examples",
        "synapse group 's': variable 'g' is given 5 values, expected 12",
        "synapse group 's': variable 'p' is given 5 values, expected 4, or 8: 4 for each of 2"
            + " examples");
    assertProblem(
        synapses(
            Connectivity.Sparse.of(new int[] {1, 2}, new int[] {2, 0}),
            PULSE,
            Bindings.NONE.initialValue("g", three)),
        "synapse group 's': variable 'g' is given 5 values, expected 2");
  }

  @Test
  @Feature("S03")
  void aBitHoldsOneConnection() {
    assertProblem(
        synapses(Connectivity.Bitmask.of(new int[] {1, 0, 1}, new int[] {2, 0, 2}), PLASTIC, ONE),
        "synapse group 's': connections 0 and 2 are both from neuron 1 of 'a' to neuron 2 of 'b',"
            + " and a bitmask holds one; use sparse connectivity");
  }

  @Test
  @Feature("N17")
  void spikeTimesMustAscendWithinTheirArray() {
    assertProblems(
        withTimes(0, 2, 3, 1),
        "neuron group 'c': the spike times of neuron 0 must ascend, but spikeTimes[0] is 3.0 and"
            + " spikeTimes[1] is 1.0; sort them");
    assertProblems(
        withTimes(1, 5, 1, 3),
        "neuron group 'c': the spikes of neuron 0 are from 1 to 5 of 'spikeTimes', which has 2; set"
            + " startSpike and endSpike to positions within it");
    assertProblems(
        withTimes(0, 2, 3, Float.NaN),
        "neuron group 'c': spike time 1 of neuron 0, spikeTimes[1], is NaN; give a time in ms");
    ModelValidator.check(withTimes(0, 3, 1, 1, 3));
  }

  private static ModelSpec withTimes(int start, int end, float... times) {
    return base()
        .neuronGroup(
            new NeuronGroup(
                "c",
                2,
                NeuronModels.SPIKE_SOURCE_ARRAY,
                Bindings.NONE
                    .initialValue("startSpike", start)
                    .initialValue("endSpike", end)
                    .extraGlobalParameter("spikeTimes", times)));
  }

  @Test
  @Feature({"I07", "I11"})
  void parametersOfConnectionsMustBePossible() { // E36
    assertProblem(
        synapses(new Connectivity.Sparse(SparsePatterns.fixedProbability(1.5)), PULSE, ONE),
        "synapse group 's', connectivity FixedProbability: binomial: probability must be from 0 to"
            + " 1, got 1.5");
    assertProblem(
        synapses(new Connectivity.Sparse(SparsePatterns.fixedNumberPost(-1)), PULSE, ONE),
        "synapse group 's', connectivity FixedNumberPostWithReplacement: parameter 'num' is -1.0,"
            + " but its type unsigned int holds numbers from 0 to 4294967295",
        "synapse group 's', connectivity FixedNumberPostWithReplacement: binomial: trials must not"
            + " be negative, got -4");
    int[] two = {2, 2};
    int[] shape = {2, 2, 1};
    assertProblem(
        synapses(
            new Connectivity.Sparse(
                SparsePatterns.conv2d(
                    two, new int[] {0, 1}, new int[] {0, 0}, shape, new int[] {3, 1, 1})),
            PULSE,
            ONE),
        "synapse group 's', connectivity Conv2D: parameter 'conv_sh' must be positive, got 0");
  }

  @Test
  void kernelsHaveAValueForEachPlace() {
    int[] two = {2, 2};
    BuiltSynapses convolution =
        SparsePatterns.conv2d(two, two, new int[] {0, 0}, new int[] {2, 2, 1}, new int[] {1, 1, 3});
    String problem =
        "synapse group 's', variable 'g': its kernel has 11 values, but the kernel of Conv2D has"
            + " 12";
    Bindings short11 = Bindings.NONE.initialValue("g", VariableInits.kernel(new float[11]));
    assertProblem(synapses(new Connectivity.Sparse(convolution), PULSE, short11), problem);
    assertProblem(synapses(new Connectivity.Procedural(convolution), PULSE, short11), problem);
    Bindings whole = Bindings.NONE.initialValue("g", VariableInits.kernel(new float[12]));
    ModelValidator.check(
        base().synapseGroup(synapses(new Connectivity.Sparse(convolution), PULSE, whole)));
  }

  @Test
  void convolutionsNeedPopulationsOfTheirSize() {
    int[] one = {1, 1};
    int[] none = {0, 0};
    int[] four = {2, 2, 1};
    int[] three = {1, 1, 3};
    assertProblem(
        synapses(
            new Connectivity.Sparse(SparsePatterns.conv2d(one, one, none, three, three)),
            PULSE,
            ONE),
        "synapse group 's', connectivity Conv2D: its source has 4 neurons, but conv_ih × conv_iw ×"
            + " conv_ic of [1, 1, 3] are 3");
    assertProblem(
        synapses(new Connectivity.Toeplitz(ToeplitzPatterns.conv2d(one, four, four)), PULSE, ONE),
        "synapse group 's', connectivity Conv2D: its target has 3 neurons, but conv_oh × conv_ow ×"
            + " conv_oc of [2, 2, 1] are 4");
    assertProblem(
        synapses(
            new Connectivity.Toeplitz(ToeplitzPatterns.avgPoolConv2d(one, one, one, three, three)),
            PULSE,
            ONE),
        "synapse group 's', connectivity AvgPoolConv2D: its source has 4 neurons, but pool_ih ×"
            + " pool_iw × pool_ic of [1, 1, 3] are 3");
  }

  @Test
  @Feature("L26")
  void whatGennFourHadWithoutACounterpartIsNamed() { // E41
    var model = new NeuronModel("Legacy").variable("x").simCode("$(x) = 1.0; $(endRow);");
    ModelSpec spec = base().neuronGroup(new NeuronGroup("c", 1, model, Bindings.NONE));
    assertEquals(
        """
        sim code of neuron model Legacy, line 1: '$(endRow)' of GeNN 4 has no counterpart; let the build code loop over the whole row or column
          $(x) = 1.0; $(endRow);
                        ^^^^^^\
        """,
        assertThrows(
                SnippetException.class,
                () -> Simulation.open(spec, Models.settings().threads(1)).close())
            .getMessage());
  }

  @Test
  @Feature("M13")
  void subscriptsOutsideOfTheirArrayAreToldInPlainWords() {
    var model =
        new NeuronModel("Reader")
            .variable("x")
            .extraGlobalParameter("e", "scalar*")
            .simCode("x = e[id];");
    ModelSpec spec =
        new ModelSpec("m", 1, 1, 1)
            .neuronGroup(
                new NeuronGroup(
                    "c", 4, model, Bindings.NONE.extraGlobalParameter("e", new float[] {1, 2, 3})));
    var settings = Models.settings().threads(1);
    try (var simulation = Simulation.open(spec, settings.build(settings.build().isChecked(true)))) {
      assertEquals(
          "model 'm': kernel 'run_FORWARD_0' failed for examples 0 to 0: sim code of neuron"
              + " model Reader, neuron group 'c': e[3] is outside of its 3 elements",
          assertThrows(BackendException.class, simulation::stepTime).getMessage());
    }
  }
}
