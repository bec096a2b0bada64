package org.genn.engine.runtime;

import static org.genn.engine.runtime.FaultyModels.NEURON;
import static org.genn.engine.runtime.FaultyModels.PULSE;
import static org.genn.engine.runtime.FaultyModels.assertProblem;
import static org.genn.engine.runtime.FaultyModels.assertProblems;
import static org.genn.engine.runtime.FaultyModels.base;
import static org.genn.engine.runtime.FaultyModels.synapses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.genn.engine.backend.BackendException;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CurrentSourceModel;
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
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.CurrentSourceModels;
import org.genn.engine.model.builtin.NeuronModels;
import org.genn.engine.snippet.SnippetException;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// What is wrong with the values that a model is given, or that its code reads, is told with all
/// names; numbers in comments are those of the list of errors of GeNN.
class DiagnosticsOfValuesTest {
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
            .initialValue("x", -128);
    ModelValidator.check(base().neuronGroup(new NeuronGroup("c", 1, model, right)));
  }

  @Test
  @Feature("M15")
  void initialValuesOfIntegralTypesAreWhole() {
    var model =
        new NeuronModel("Typed")
            .declarations(
                Declarations.NONE
                    .variable(new Variable("n", "int", VarAccess.READ_WRITE))
                    .variable(new Variable("b", "bool", VarAccess.READ_WRITE))
                    .variable(new Variable("k", "uint8_t", VarAccess.READ_WRITE))
                    .variable(new Variable("x", "scalar", VarAccess.READ_WRITE)));
    var right =
        Bindings.NONE
            .initialValue("n", -2)
            .initialValue("b", 1)
            .initialValue("k", InitialValue.of(new double[] {1, -0.0}))
            .initialValue("x", 2.5);
    ModelValidator.check(base().neuronGroup(new NeuronGroup("c", 2, model, right)));
    var wrong =
        right
            .initialValue("n", 2.5)
            .initialValue("b", 0.1)
            .initialValue("k", InitialValue.of(new float[] {1, 3.5f}));
    assertProblems(
        base().neuronGroup(new NeuronGroup("c", 2, model, wrong)),
        "neuron group 'c': variable 'n' is 2.5, but its type int holds whole numbers only",
        "neuron group 'c': variable 'b' is 0.1, but its type bool holds whole numbers only",
        "neuron group 'c': variable 'k', element 1 is 3.5, but its type uint8_t holds whole numbers"
            + " only");
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
