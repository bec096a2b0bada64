package org.genn.engine.runtime;

import static org.genn.engine.runtime.FaultyModels.ONE;
import static org.genn.engine.runtime.FaultyModels.PLASTIC;
import static org.genn.engine.runtime.FaultyModels.PULSE;
import static org.genn.engine.runtime.FaultyModels.assertProblem;
import static org.genn.engine.runtime.FaultyModels.base;
import static org.genn.engine.runtime.FaultyModels.synapses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.ModelValidator;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.snippet.SnippetException;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// What is wrong with how neurons are connected is told when a model is described, with all names;
/// numbers in comments are those of the list of errors of GeNN.
class DiagnosticsOfConnectionsTest {
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
  @Feature("S03")
  void aBitHoldsOneConnection() {
    assertProblem(
        synapses(Connectivity.Bitmask.of(new int[] {1, 0, 1}, new int[] {2, 0, 2}), PLASTIC, ONE),
        "synapse group 's': connections 0 and 2 are both from neuron 1 of 'a' to neuron 2 of 'b',"
            + " and a bitmask holds one; use sparse connectivity");
  }

  @Test
  @Feature({"I07", "I11"})
  void parametersOfConnectionsMustBePossible() { // E36
    assertProblem(
        synapses(new Connectivity.Sparse(SparsePatterns.fixedProbability(1.5)), PULSE, ONE),
        "synapse group 's', connectivity FixedProbability: parameter 'prob' must be a probability"
            + " from 0 to 1, got 1.5");
    assertProblem(
        synapses(new Connectivity.Bitmask(SparsePatterns.fixedProbability(-0.1)), PULSE, ONE),
        "synapse group 's', connectivity FixedProbability: parameter 'prob' must be a probability"
            + " from 0 to 1, got -0.1");
    assertProblem(
        synapses(
            new Connectivity.Procedural(SparsePatterns.fixedProbabilityNoAutapse(2)), PULSE, ONE),
        "synapse group 's', connectivity FixedProbabilityNoAutapse: parameter 'prob' must be a"
            + " probability from 0 to 1, got 2.0");
    assertProblem(
        synapses(new Connectivity.Sparse(SparsePatterns.fixedNumberPost(-1)), PULSE, ONE),
        "synapse group 's', connectivity FixedNumberPostWithReplacement: parameter 'num' is -1.0,"
            + " but its type unsigned int holds numbers from 0 to 4294967295",
        "synapse group 's', connectivity FixedNumberPostWithReplacement: parameter 'num' must not"
            + " be negative, got -1");
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
  @Feature({"I04", "S06", "S08"})
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
  @Feature({"I11", "I12", "I13"})
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
}
