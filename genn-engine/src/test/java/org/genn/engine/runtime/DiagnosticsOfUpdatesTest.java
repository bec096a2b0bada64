package org.genn.engine.runtime;

import static org.genn.engine.runtime.FaultyModels.ONE;
import static org.genn.engine.runtime.FaultyModels.PLASTIC;
import static org.genn.engine.runtime.FaultyModels.PULSE;
import static org.genn.engine.runtime.FaultyModels.assertProblems;
import static org.genn.engine.runtime.FaultyModels.base;
import static org.genn.engine.runtime.FaultyModels.synapses;

import java.util.List;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.ModelValidator;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// What is wrong with custom updates is told when a model is described, with all names; numbers in
/// comments are those of the list of errors of GeNN.
class DiagnosticsOfUpdatesTest {
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
}
