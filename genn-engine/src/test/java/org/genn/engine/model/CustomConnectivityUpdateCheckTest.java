package org.genn.engine.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// What is wrong with custom connectivity updates, in words.
@Feature({"C17", "C18", "C20"})
class CustomConnectivityUpdateCheckTest {
  private static final String WHERE = "custom connectivity update 'u': ";
  private static final NeuronModel NEURON =
      new NeuronModel("Neuron")
          .variable("V")
          .variable(new Variable("bias", "scalar", VarAccess.READ_ONLY))
          .variable(new Variable("all", "scalar", VarAccess.READ_ONLY_SHARED_NEURON))
          .simCode("V += Isyn;")
          .thresholdCondition("V > 1.0");
  private static final WeightUpdateModel SYNAPSE =
      new WeightUpdateModel("Synapse")
          .variable("g", VarAccess.READ_ONLY)
          .variable("e", VarAccess.READ_WRITE)
          .preSpikeSynCode("addToPost(g); e += 1.0;");
  private static final CustomConnectivityUpdateModel CUT =
      new CustomConnectivityUpdateModel("Cut", "for_each_synapse { remove_synapse(); }");

  private static SynapseGroup synapses(String name, Connectivity connectivity) {
    return new SynapseGroup(
        name,
        connectivity,
        "pre",
        "post",
        new WeightUpdate(SYNAPSE, Bindings.NONE),
        new Postsynapse(
            new PostsynapticModel("Delta", "injectCurrent(inSyn); inSyn = 0.0;"), Bindings.NONE));
  }

  private static Connectivity.Sparse some() {
    return Connectivity.Sparse.of(new int[] {0, 0, 2}, new int[] {1, 0, 1});
  }

  private static ModelSpec base(int batch) {
    return new ModelSpec("m", 1.0, batch, 1)
        .neuronGroup(new NeuronGroup("pre", 3, NEURON, Bindings.NONE))
        .neuronGroup(new NeuronGroup("post", 2, NEURON, Bindings.NONE))
        .synapseGroup(synapses("s", some()))
        .synapseGroup(synapses("other", some()))
        .synapseGroup(synapses("dense", new Connectivity.Dense()));
  }

  private static CustomConnectivityUpdate update(CustomConnectivityUpdateModel model) {
    return new CustomConnectivityUpdate("u", "G", "s", model, Bindings.NONE);
  }

  private static void assertProblems(ModelSpec spec, String... problems) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ModelValidator.check(spec)).getMessage();
    String count = problems.length == 1 ? "a problem" : problems.length + " problems";
    assertEquals("model 'm' has " + count + ":\n  - " + String.join("\n  - ", problems), message);
  }

  private static void assertProblems(CustomConnectivityUpdate update, String... problems) {
    assertProblems(base(1).customConnectivityUpdate(update), problems);
  }

  @Test
  void aSoundUpdatePasses() {
    var model =
        CUT.variable(new Variable("a"))
            .preVariable(new Variable("b"))
            .postVariable(new Variable("c"))
            .reference("g", VarAccessMode.READ_WRITE)
            .preReference(new VariableDeclaration("V", VarAccessMode.READ_WRITE))
            .postReference(new VariableDeclaration("W", VarAccessMode.READ_ONLY))
            .extraGlobalParameter("array", "uint32_t*");
    var update =
        update(model)
            .reference("g", VariableReference.synapse("s", "g"))
            .preReference("V", VariableReference.neuron("pre", "V"))
            .postReference("W", VariableReference.neuron("post", "V"));
    assertDoesNotThrow(() -> ModelValidator.check(base(1).customConnectivityUpdate(update)));
  }

  @Test
  void synapsesMustBeSparse() { // E26
    assertProblems(
        new CustomConnectivityUpdate("u", "G", "dense", CUT, Bindings.NONE),
        WHERE
            + "synapse group 'dense' has Dense connectivity; only the synapses of sparse groups"
            + " can be added and removed");
    assertProblems(
        base(1)
            .synapseGroup(synapses("bits", new Connectivity.Bitmask(SparsePatterns.oneToOne())))
            .customConnectivityUpdate(
                new CustomConnectivityUpdate("u", "G", "bits", CUT, Bindings.NONE)),
        WHERE
            + "synapse group 'bits' has Bitmask connectivity; only the synapses of sparse groups"
            + " can be added and removed");
    assertProblems(
        new CustomConnectivityUpdate("u", "G", "S", CUT, Bindings.NONE),
        WHERE + "unknown synapse group 'S'; available: [dense, other, s]; did you mean 's'?");
  }

  @Test
  void synapseReferencesMustBeOfTheSameGroup() { // E26
    var model =
        CUT.reference("a", VarAccessMode.READ_ONLY)
            .reference("b", VarAccessMode.READ_ONLY)
            .reference("c", VarAccessMode.READ_ONLY);
    assertProblems(
        update(model)
            .reference("a", VariableReference.synapse("other", "g"))
            .reference("b", VariableReference.neuron("pre", "V"))
            .reference("c", VariableReference.synapse("s", "w")),
        WHERE + "synapse group 's' has no variable 'w'; available: [e, g]",
        WHERE + "reference 'a' must be to a variable of synapses of 's', but is to one of 'other'",
        WHERE + "reference 'b' must be to a variable of synapses of 's', but is to one of neurons");
  }

  @Test
  void referencesOfAnEndMustHaveAValuePerNeuron() { // E26
    var model =
        CUT.preReference(new VariableDeclaration("a", VarAccessMode.READ_ONLY))
            .preReference(new VariableDeclaration("b", VarAccessMode.READ_ONLY))
            .postReference(new VariableDeclaration("c", VarAccessMode.READ_ONLY))
            .postReference(new VariableDeclaration("d", VarAccessMode.READ_ONLY));
    assertProblems(
        update(model)
            .preReference("a", VariableReference.neuron("post", "V"))
            .preReference("b", VariableReference.synapse("s", "g"))
            .postReference("c", VariableReference.neuron("pre", "bias"))
            .postReference("d", VariableReference.neuron("post", "all")),
        WHERE + "presynaptic reference 'a' has 2 elements, but source 'pre' has 3 neurons",
        WHERE
            + "presynaptic reference 'b' must be to a variable with a value per neuron, but is to"
            + " one with a value per synapse",
        WHERE + "postsynaptic reference 'c' has 3 elements, but target 'post' has 2 neurons",
        WHERE
            + "postsynaptic reference 'd' must be to a variable with a value per neuron, but is to"
            + " one with a value per example");
  }

  @Test
  @Feature("R12")
  void whatEachExampleHasCannotDecideOnConnections() { // E26
    var model =
        new CustomConnectivityUpdateModel(
                "Cut", "for_each_synapse { if(e > 1.0 && g > V) remove_synapse(); }")
            .reference("e", VarAccessMode.READ_ONLY)
            .reference("g", VarAccessMode.READ_ONLY)
            .preReference(new VariableDeclaration("V", VarAccessMode.READ_ONLY))
            .postReference(new VariableDeclaration("W", VarAccessMode.READ_ONLY))
            .postReference(new VariableDeclaration("bias", VarAccessMode.READ_ONLY));
    var update =
        update(model)
            .reference("e", VariableReference.synapse("s", "e"))
            .reference("g", VariableReference.synapse("s", "g"))
            .preReference("V", VariableReference.neuron("pre", "V"))
            .postReference("W", VariableReference.neuron("post", "V"))
            .postReference("bias", VariableReference.neuron("post", "bias"));
    assertDoesNotThrow(() -> ModelValidator.check(base(1).customConnectivityUpdate(update)));
    assertProblems(
        base(5).customConnectivityUpdate(update),
        WHERE
            + "row code uses reference 'e', but each of the 5 examples has values of its own; only"
            + " add_synapse can give it a value",
        WHERE
            + "presynaptic reference 'V' is to a variable of which each of the 5 examples has"
            + " values of its own; connections are shared by all",
        WHERE
            + "postsynaptic reference 'W' is to a variable of which each of the 5 examples has"
            + " values of its own; connections are shared by all");
  }

  @Test
  void whatIsWrittenHasOneName() {
    var model =
        CUT.variable(new Variable("own"))
            .reference("a", VarAccessMode.READ_ONLY)
            .reference("b", VarAccessMode.READ_ONLY)
            .reference("c", VarAccessMode.READ_ONLY)
            .preReference(new VariableDeclaration("V", VarAccessMode.READ_WRITE))
            .preReference(new VariableDeclaration("U", VarAccessMode.READ_ONLY));
    assertProblems(
        update(model)
            .reference("a", VariableReference.synapse("s", "g"))
            .reference("b", VariableReference.synapse("s", "g"))
            .reference("c", VariableReference.connectivityUpdate("u", "own"))
            .preReference("V", VariableReference.neuron("pre", "V"))
            .preReference("U", VariableReference.neuron("pre", "V")),
        WHERE + "'a' and 'b' are the same variable, which row code may write; use one name",
        WHERE + "'own' and 'c' are the same variable, which row code may write; use one name",
        WHERE + "'V' and 'U' are the same variable, which row code may write; use one name");
  }

  @Test
  void bindingsMustBeComplete() {
    var model =
        CUT.parameter("p")
            .variable(new Variable("v", "scalar", VarAccess.READ_ONLY_SHARED_NEURON))
            .reference("g", VarAccessMode.REDUCE_SUM)
            .reference("h", VarAccessMode.READ_ONLY)
            .preReference(new VariableDeclaration("V", "int", VarAccessMode.READ_ONLY))
            .extraGlobalParameterReference("x", "float*");
    assertProblems(
        new CustomConnectivityUpdate(
                "u", "G", "s", model, Bindings.NONE.initialValue("w", 1).parameter("q", 2))
            .reference("g", VariableReference.synapse("s", "g"))
            .reference("i", VariableReference.synapse("s", "g"))
            .preReference("V", VariableReference.neuron("pre", "V")),
        WHERE
            + "variable 'v' can't be READ_ONLY_SHARED_NEURON; it has a value per synapse or neuron",
        WHERE + "parameter 'p' of Cut has no value",
        WHERE + "Cut has no parameter 'q'; available: [p]",
        WHERE + "Cut has no variable 'w'; available: [v]",
        WHERE + "extra global parameter reference 'x' is not bound",
        WHERE + "there is no reference 'i'; available: [g, h]",
        WHERE + "reference 'g' can't be REDUCE_SUM; it may be READ_ONLY or READ_WRITE",
        WHERE + "reference 'h' is not bound",
        WHERE + "reference 'V' has type int, but the variable has type scalar");
  }

  @Test
  @Feature("C22")
  void namesAreUniqueAndGroupsMayBeShared() {
    var scale =
        new CustomUpdateModel("Scale", "a *= 2.0;").reference("a", VarAccessMode.READ_WRITE);
    var spec =
        base(1)
            .customUpdate(
                new CustomUpdate("u", "G", scale, Bindings.NONE)
                    .reference("a", VariableReference.synapse("s", "e")))
            .customConnectivityUpdate(update(CUT));
    assertDoesNotThrow(() -> ModelValidator.check(spec));
    assertProblems(
        spec.customConnectivityUpdate(update(CUT)),
        "custom connectivity update 'u': there is another one of this name");
  }

  @Test
  @Feature("C10")
  void customUpdatesMayReferToItsVariables() {
    var model =
        CUT.variable(new Variable("a")).preVariable(new Variable("b", "int", VarAccess.READ_WRITE));
    var scale =
        new CustomUpdateModel("Scale", "x *= 2.0;").reference("x", VarAccessMode.READ_WRITE);
    var right =
        new CustomUpdate("right", "G", scale, Bindings.NONE)
            .reference("x", VariableReference.connectivityUpdate("u", "a"));
    assertDoesNotThrow(
        () ->
            ModelValidator.check(
                base(1).customUpdate(right).customConnectivityUpdate(update(model))));
    assertProblems(
        base(1)
            .customUpdate(
                new CustomUpdate("wrong", "G", scale, Bindings.NONE)
                    .reference("x", VariableReference.connectivityUpdatePre("u", "b")))
            .customUpdate(
                new CustomUpdate("missing", "G", scale, Bindings.NONE)
                    .reference("x", VariableReference.connectivityUpdate("U", "b")))
            .customConnectivityUpdate(update(model)),
        "custom update 'wrong': reference 'x' has type scalar, but the variable has type int",
        "custom update 'missing': unknown custom connectivity update 'U'; available: [u]; did you"
            + " mean 'u'?");
  }

  @Test
  void connectionsDoNotChangeInsideOfARun() {
    var spec =
        base(1)
            .customConnectivityUpdate(update(CUT))
            .schedule(
                "trial",
                new Schedule(4)
                    .beginTrial(true, true)
                    .run(new Schedule.Run(Set.of(Phase.FORWARD), 0, 4, List.of("G"))));
    assertProblems(
        spec,
        "schedule 'trial': custom connectivity update 'u' changes synapses of 's', which the"
            + " examples share, inside of a run; launch it between runs");
  }

  @Test
  void roomMustBeEnough() {
    assertProblems(
        base(1).synapseGroup(synapses("tight", some().maxConnections(1))),
        "synapse group 'tight': a source has 2 synapses, so room for 1 is too little; make"
            + " room for 2");
  }
}
