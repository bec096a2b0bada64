package org.genn.engine.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

class ModelValidatorTest {
  private static final NeuronModel LIF =
      new NeuronModel("Lif")
          .parameter("Tau")
          .variable("V")
          .variable(new Variable("Bias", "scalar", VarAccess.READ_ONLY))
          .simCode("V += Isyn / Tau;")
          .thresholdCondition("V > 1.0");
  private static final NeuronModel LEAKY =
      new NeuronModel("Leaky").variable("V").simCode("V += Isyn;");
  private static final WeightUpdateModel STATIC =
      new WeightUpdateModel("Static")
          .variable("g", VarAccess.READ_ONLY)
          .preSpikeSynCode("addToPost(g);");
  private static final PostsynapticModel DELTA =
      new PostsynapticModel("Delta", "injectCurrent(inSyn); inSyn = 0.0;");

  private static final ModelSpec TWO =
      new ModelSpec("m", 1.0, 4, 1)
          .neuronGroup(new NeuronGroup("hidden", 3, LIF, Bindings.NONE.parameter("Tau", 20)))
          .neuronGroup(new NeuronGroup("output", 2, LEAKY, Bindings.NONE))
          .synapseGroup(dense("weights", "hidden", "output"));

  private static SynapseGroup dense(String name, String source, String target) {
    return new SynapseGroup(
        name,
        new Connectivity.Dense(),
        source,
        target,
        new WeightUpdate(STATIC, Bindings.NONE),
        new Postsynapse(DELTA, Bindings.NONE));
  }

  private static void assertProblems(ModelSpec spec, String... problems) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ModelValidator.check(spec)).getMessage();
    String count = problems.length == 1 ? "a problem" : problems.length + " problems";
    assertEquals("model 'm' has " + count + ":\n  - " + String.join("\n  - ", problems), message);
  }

  @Test
  void aSoundModelPasses() {
    assertDoesNotThrow(() -> ModelValidator.check(TWO));
  }

  @Test
  void allProblemsAreNamedAtOnce() { // E4
    assertProblems(
        new ModelSpec("m", -1, 0, 1)
            .neuronGroup(
                new NeuronGroup(
                    "a-b",
                    -3,
                    LIF,
                    Bindings.NONE
                        .parameter("tau", 20)
                        .initialValue("v", 1)
                        .extraGlobalParameter("e", new float[1])))
            .synapseGroup(dense("s", "hiden", "x")),
        "dt must be positive [ms], got -1.0",
        "the batch size must be at least 1, got 0",
        "neuron group 'a-b': a name has letters, digits and underscores only",
        "neuron group 'a-b': its size must not be negative, got -3",
        "neuron group 'a-b': parameter 'Tau' of Lif has no value",
        "neuron group 'a-b': Lif has no parameter 'tau'; available: [Tau]; did you mean 'Tau'?",
        "neuron group 'a-b': Lif has no variable 'v'; available: [Bias, V]; did you mean 'V'?",
        "neuron group 'a-b': Lif has no extra global parameter 'e'; there are none",
        "synapse group 's': unknown source 'hiden'; available: [a-b]",
        "synapse group 's': unknown target 'x'; available: [a-b]");
  }

  @Test
  @Feature("M07")
  void namesMustBeUniqueAndUsable() {
    var model = LEAKY.parameter("V").variable("for").parameter("9x");
    assertProblems(
        new ModelSpec("m", 1, 1, 1)
            .neuronGroup(new NeuronGroup("a", 1, LEAKY, Bindings.NONE))
            .neuronGroup(
                new NeuronGroup("a", 1, model, Bindings.NONE.parameter("V", 1).parameter("9x", 1))),
        "neuron group 'a': there is another one of this name",
        "neuron group 'a', model Leaky: '9x' can't be used as a name; names are letters, digits and"
            + " underscores, begin with no digit and are no word of the language",
        "neuron group 'a', model Leaky: 'V' is declared twice",
        "neuron group 'a', model Leaky: 'for' can't be used as a name; names are letters, digits"
            + " and underscores, begin with no digit and are no word of the language");
  }

  @Test
  @Feature("M09")
  void valuesAreChecked() {
    var bindings =
        Bindings.NONE
            .dynamicParameter("Tau", Double.NaN)
            .initialValue("V", new InitialValue.Normal(0, -1))
            .initialValue("Bias", new InitialValue.Uniform(2, 1));
    assertProblems(
        new ModelSpec("m", 1, 1, 1).neuronGroup(new NeuronGroup("a", 1, LIF, bindings)),
        "neuron group 'a': parameter 'Tau' is NaN",
        "neuron group 'a': variable 'V' has Normal(0.0, -1.0); the standard deviation must not be"
            + " negative",
        "neuron group 'a': variable 'Bias' has Uniform(2.0, 1.0); the minimum must not be above the"
            + " maximum");
  }

  @Test
  void typesMustBeKnown() {
    var model =
        LEAKY
            .variable(new Variable("x", "flaot", VarAccess.READ_WRITE))
            .variable(new Variable("y", "uint32_t", VarAccess.READ_WRITE))
            .variable(new Variable("z", "uint32_t*", VarAccess.READ_WRITE))
            .extraGlobalParameter("e", "what*");
    assertProblems(
        new ModelSpec("m", 1, 1, 1).neuronGroup(new NeuronGroup("a", 1, model, Bindings.NONE)),
        "neuron group 'a': 'x' has type 'flaot', which is no number type",
        "neuron group 'a': 'z' has type 'uint32_t*', which is no number type",
        "neuron group 'a': 'e' has type 'what*', which is unknown");
  }

  @Test
  void spikesFromOutsideLeaveNothingForCode() {
    var model = NeuronModel.externalSpikes("Input").simCode("x = 1;").variable("x");
    var taped = NeuronModel.externalSpikes("Taped").tape(new TapeModel(List.of(), "", "", ""));
    assertProblems(
        TWO.neuronGroup(new NeuronGroup("input", 1, model, Bindings.NONE))
            .neuronGroup(new NeuronGroup("taped", 1, taped, Bindings.NONE))
            .synapseGroup(dense("back", "hidden", "taped")),
        "neuron group 'input': its spikes come from outside, so Input must have no code",
        "neuron group 'input': its spikes come from outside, so Input must have no variables that"
            + " code could write",
        "neuron group 'taped': its spikes come from outside and are their own tape; Taped must not"
            + " declare one",
        "synapse group 'back': target 'taped' takes its spikes from outside and so no input");
  }

  @Test
  void whatNeverSpikesHasNothingToDoWithSpikes() {
    var model = LEAKY.resetCode("V = 0.0;").tape(new TapeModel(List.of(), "", "", ""));
    assertProblems(
        TWO.neuronGroup(new NeuronGroup("a", 1, model, Bindings.NONE).recordsSpikes(true)),
        "neuron group 'a': Leaky has reset code, but no threshold condition",
        "neuron group 'a': Leaky has a spike tape, but no threshold condition",
        "neuron group 'a': records spikes, but Leaky never spikes");
  }

  @Test
  void synapsesReferToVariablesOfTheirNeurons() {
    var model = STATIC.preNeuronVariable("V").preNeuronVariable("W").postNeuronVariable("Vpost");
    var update =
        new WeightUpdate(model, Bindings.NONE)
            .postNeuronVariable("Vpost", VariableReference.neuron("hidden", "V"))
            .postNeuronVariable("x", VariableReference.neuron("output", "V"));
    assertProblems(
        TWO.synapseGroup(
            new SynapseGroup(
                    "s",
                    new Connectivity.Dense(),
                    "hidden",
                    "output",
                    update,
                    new Postsynapse(DELTA, Bindings.NONE))
                .postTargetVariable("Icond")),
        "synapse group 's': source 'hidden' has no variable 'W'; available: [Bias, V]",
        "synapse group 's': there is no reference 'x'; available: [Vpost]",
        "synapse group 's': 'Vpost' must refer to a variable of its target 'output', not to V of"
            + " 'hidden'",
        "synapse group 's': target 'output' has no input 'Icond'; available: [Isyn]");
  }

  @Test
  @Feature("S11")
  void eventCodeAndThresholdBelongTogether() { // E21
    assertProblems(
        TWO.synapseGroup(withEvents("a", "V > 0.1", ""))
            .synapseGroup(withEvents("b", "", "addToPost(g);")),
        "synapse group 'a': Static has an event threshold, but no event code",
        "synapse group 'b': Static has event code, but no event threshold");
  }

  private static SynapseGroup withEvents(String name, String threshold, String code) {
    return new SynapseGroup(
        name,
        new Connectivity.Dense(),
        "hidden",
        "output",
        new WeightUpdate(STATIC.preEvent(threshold, code), Bindings.NONE),
        new Postsynapse(DELTA, Bindings.NONE));
  }

  private static CustomUpdate update(CustomUpdateModel model) {
    return new CustomUpdate("u", "group", model, Bindings.NONE);
  }

  @Test
  @Feature("M19")
  void referencesOfCustomUpdatesMustExistAndFit() { // E4, E22
    var model =
        new CustomUpdateModel("Copy", "")
            .reference("a", VarAccessMode.READ_WRITE)
            .reference("b", VarAccessMode.READ_ONLY)
            .reference("g", VarAccessMode.READ_ONLY)
            .reference("unbound", VarAccessMode.READ_ONLY)
            .reference(new VariableDeclaration("c", "int", VarAccessMode.READ_ONLY))
            .reference("d", VarAccessMode.READ_ONLY)
            .reference("e", VarAccessMode.READ_ONLY);
    assertProblems(
        TWO.customUpdate(
            update(model)
                .reference("a", VariableReference.neuron("hidden", "V"))
                .reference("b", VariableReference.neuron("output", "V"))
                .reference("g", VariableReference.synapse("weights", "g"))
                .reference("c", VariableReference.neuron("hidden", "V"))
                .reference("d", VariableReference.neuron("hidden", "v"))
                .reference("e", VariableReference.synapse("weight", "g"))
                .reference("f", VariableReference.synapse("weights", "g"))),
        "custom update 'u': there is no reference 'f'; available: [a, b, c, d, e, g, unbound]",
        "custom update 'u': reference 'unbound' of Copy is not bound",
        "custom update 'u': neuron group 'hidden' has no variable 'v'; available: [Bias, V]; did"
            + " you mean 'V'?",
        "custom update 'u': unknown synapse group 'weight'; available: [weights]; did you mean"
            + " 'weights'?",
        "custom update 'u': reference 'c' has type int, but the variable has type scalar",
        "custom update 'u': reference 'b' has 2 elements, but 'a' has 3",
        "custom update 'u': reference 'a' is to a variable of neurons, others are to synapses of"
            + " 'weights', but an update runs over one of them; sums over the synapses of a source"
            + " are possible in the row code of a custom connectivity update");
  }

  @Test
  @Feature("C16")
  void referencesToArraysMustHaveTheTypeOfTheirElements() { // E22
    var array = LEAKY.extraGlobalParameter("e", "float*");
    var model =
        new CustomUpdateModel("Fill", "")
            .reference("V", VarAccessMode.READ_ONLY)
            .extraGlobalParameterReference("x", "int*")
            .extraGlobalParameterReference("y", "float*");
    assertProblems(
        new ModelSpec("m", 1, 1, 1)
            .neuronGroup(
                new NeuronGroup(
                    "a", 3, array, Bindings.NONE.extraGlobalParameter("e", new float[2])))
            .customUpdate(
                update(model)
                    .reference("V", VariableReference.neuron("a", "V"))
                    .extraGlobalParameterReference("x", VariableReference.neuron("a", "e"))
                    .extraGlobalParameterReference("y", VariableReference.neuron("a", "e"))),
        "custom update 'u': reference 'x' has elements of type int*, but the extra global parameter"
            + " has float*");
  }

  @Test
  @Feature("C13")
  void transposesMustHaveTheTypeOfTheirMatrix() { // E23
    var integers =
        new WeightUpdateModel("Integers")
            .variable(new Variable("g", "int", VarAccess.READ_ONLY))
            .preSpikeSynCode("addToPost(g);");
    assertProblems(
        TWO.synapseGroup(
                new SynapseGroup(
                    "back",
                    new Connectivity.Dense(),
                    "output",
                    "hidden",
                    new WeightUpdate(integers, Bindings.NONE),
                    new Postsynapse(DELTA, Bindings.NONE)))
            .customUpdate(
                update(new CustomUpdateModel("T", "").reference("g", VarAccessMode.READ_ONLY))
                    .transposed(
                        "g",
                        VariableReference.synapse("weights", "g"),
                        VariableReference.synapse("back", "g"))),
        "custom update 'u': 'g' has type scalar, but its transpose 'g' has type int");
  }

  @Test
  @Feature({"C11", "C12"})
  void reductionsMustLackWhatTheyReduce() { // E24
    var model =
        new CustomUpdateModel("Reduce", "")
            .variable(new CustomUpdateVariable("overBatch", CustomUpdateVarAccess.REDUCE_BATCH_SUM))
            .variable(
                new CustomUpdateVariable("overNeurons", CustomUpdateVarAccess.REDUCE_NEURON_MAX))
            .reference("V", VarAccessMode.REDUCE_SUM)
            .reference("Bias", VarAccessMode.READ_WRITE);
    assertProblems(
        TWO.customUpdate(
            update(model)
                .reference("V", VariableReference.neuron("hidden", "V"))
                .reference("Bias", VariableReference.neuron("hidden", "Bias"))),
        "custom update 'u': reference 'V' is reduced to, but has all dimensions of the update",
        "custom update 'u': reference 'Bias' may only be read or reduced to, since the variable is"
            + " shared by all examples",
        "custom update 'u': reduces [overBatch] over examples and [overNeurons, V] over elements;"
            + " only one is possible in an update");
  }

  /// Of a value that all neurons of an example share, and one that all examples share.
  @Test
  @Feature({"C04", "M17"})
  void whatIsSharedIsOnlyWrittenByUpdatesOfTheSameDimensions() { // E24
    var neuron =
        LEAKY
            .variable(new Variable("ofAll", "scalar", VarAccess.READ_ONLY))
            .variable(new Variable("ofExample", "scalar", VarAccess.READ_ONLY_SHARED_NEURON));
    var model =
        new CustomUpdateModel("Write", "")
            .reference("V", VarAccessMode.READ_ONLY)
            .reference("x", VarAccessMode.READ_WRITE);
    for (int batch : new int[] {1, 4}) {
      ModelSpec spec =
          new ModelSpec("m", 1, batch, 1)
              .neuronGroup(new NeuronGroup("a", 3, neuron, Bindings.NONE));
      var update = update(model).reference("V", VariableReference.neuron("a", "V"));
      assertProblems(
          spec.customUpdate(update.reference("x", VariableReference.neuron("a", "ofExample"))),
          "custom update 'u': reference 'x' may only be read or reduced to, since the variable is"
              + " shared by all elements");
      ModelSpec ofAll =
          spec.customUpdate(update.reference("x", VariableReference.neuron("a", "ofAll")));
      if (batch == 1) {
        assertDoesNotThrow(() -> ModelValidator.check(ofAll));
      } else {
        assertProblems(
            ofAll,
            "custom update 'u': reference 'x' may only be read or reduced to, since the variable is"
                + " shared by all examples");
      }
      for (String shared : List.of("ofAll", "ofExample")) {
        var alone =
            update(new CustomUpdateModel("Alone", "").reference("x", VarAccessMode.READ_WRITE))
                .reference("x", VariableReference.neuron("a", shared));
        assertDoesNotThrow(() -> ModelValidator.check(spec.customUpdate(alone)));
      }
    }
  }

  @Test
  @Feature("C10")
  void customUpdatesReferToThoseBeforeThem() { // E24, E27
    var model = new CustomUpdateModel("Chain", "").reference("x", VarAccessMode.READ_ONLY);
    assertProblems(
        TWO.customUpdate(update(model).reference("x", VariableReference.customUpdate("u", "x"))),
        "custom update 'u': refers to custom update 'u', which is not added before it");
    assertProblems(
        TWO.customUpdate(update(new CustomUpdateModel("None", ""))),
        "custom update 'u': it refers to no variable, so what it should run over is unknown");
  }

  @Test
  void schedulesNameKnownUpdatesAndLeaveSharedStateAloneInRuns() {
    var reduce =
        new CustomUpdateModel("Reduce", "sum = V;")
            .variable(new CustomUpdateVariable("sum", CustomUpdateVarAccess.REDUCE_BATCH_SUM))
            .reference("V", VarAccessMode.READ_ONLY);
    var run = new Schedule.Run(Set.of(Phase.FORWARD), 0, 5, List.of("group", "softmaks"));
    var schedule = new Schedule(5).run(run).update("softmax");
    var softmax =
        new CustomUpdateModel("Softmax", "sum = V;")
            .variable(new CustomUpdateVariable("sum", CustomUpdateVarAccess.REDUCE_NEURON_SUM))
            .reference("V", VarAccessMode.READ_ONLY);
    Map<String, VariableReference> v = Map.of("V", VariableReference.neuron("hidden", "V"));
    assertProblems(
        TWO.customUpdate(new CustomUpdate("u", "group", reduce, Bindings.NONE, v, Map.of()))
            .customUpdate(new CustomUpdate("soft", "softmax", softmax, Bindings.NONE, v, Map.of()))
            .schedule("train", schedule),
        "schedule 'train': custom update 'u' changes [sum], which the examples share, inside of a"
            + " run; launch it between runs",
        "schedule 'train': unknown custom update group 'softmaks'; available: [group, softmax]; did"
            + " you mean 'softmax'?");
  }

  @Test
  void aModelReplaysTheSameTrialOrTheOneBefore() {
    assertProblems(
        TWO.schedule("a", new Schedule(5).run(Phase.FORWARD, Phase.BACKWARD))
            .schedule("b", new Schedule(5).run(Phase.FORWARD).run(Phase.BACKWARD)),
        "the schedules replay the trial before (FORWARD + BACKWARD) and the same trial (BACKWARD);"
            + " a model can do one only");
  }

  @Test
  void valuesPerStepNeedASchedule() {
    var model =
        LEAKY.variable(new Variable("target", "scalar", VarAccess.READ_ONLY_DUPLICATE, true));
    assertProblems(
        new ModelSpec("m", 1, 1, 1).neuronGroup(new NeuronGroup("a", 1, model, Bindings.NONE)),
        "neuron group 'a': variable 'target' has a value per step of a trial, but the model has no"
            + " schedule");
  }
}
