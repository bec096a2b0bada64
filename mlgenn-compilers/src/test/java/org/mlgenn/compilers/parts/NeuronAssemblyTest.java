package org.mlgenn.compilers.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.InputVariable;
import org.genn.engine.model.ModelParameter;
import org.genn.engine.model.Phase;
import org.genn.engine.model.TapeModel;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.junit.jupiter.api.Test;
import org.mlgenn.Population;
import org.mlgenn.Shape;
import org.mlgenn.compilers.OutputPopulation;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.Stage;
import org.mlgenn.readouts.ReadoutContext;
import org.mlgenn.readouts.SumVar;

class NeuronAssemblyTest {
  private static final Population HIDDEN =
      new Population("hidden", new LeakyIntegrateFire(), Shape.of(2, 3)).recordsSpikes(true);

  private static NeuronAssembly assembly(Contribution... contributions) {
    var assembly = new NeuronAssembly(HIDDEN, 20, 0.5);
    for (Contribution contribution : contributions) {
      assembly = assembly.add(contribution);
    }
    return assembly;
  }

  @Test
  void stagesBecomePartsOfTheModelInTheirOrder() {
    var neuron =
        new Contribution("neuron")
            .code(Stage.RESET, "V = 0.0;")
            .code(Stage.THRESHOLD, "V > 1.0")
            .code(Stage.INTEGRATE, "V += Isyn;")
            .code(Stage.ADJOINT, "LambdaV *= 0.5;")
            .code(Stage.JUMP, "LambdaV += 1.0;")
            .state("V", 0);
    var readout =
        new Contribution("readout")
            .code(Stage.READ_OUT, "Sum += V;")
            .code(Stage.AT_SPIKE, "Count++;")
            .code(Stage.DRIVE, "scalar Drive = 1.0;")
            .code(Stage.ERROR, "Error = 1.0;")
            .code(Stage.REGULARISE, "LambdaV -= 0.1;");
    var group =
        assembly(neuron, readout)
            .input("RevIsyn", 0)
            .tape(List.of(new TapeModel.Field("IMinusV", "scalar", "Isyn - V")), "", "V > 0.0")
            .group();
    var model = group.model();
    assertEquals(
        Map.of(
            Phase.FORWARD, "V += Isyn;\nSum += V;",
            Phase.BACKWARD, "scalar Drive = 1.0;\nLambdaV *= 0.5;"),
        model.simCode());
    assertEquals("V > 1.0", model.thresholdCondition());
    assertEquals("Count++;\nV = 0.0;", model.resetCode());
    assertEquals(List.of(new InputVariable("RevIsyn", "scalar", 0)), model.additionalInputs());
    assertEquals("LambdaV += 1.0;\nLambdaV -= 0.1;", model.tape().get().replayCode());
    assertEquals("V > 0.0", model.tape().get().replayWhen());
    assertEquals("Error = 1.0;", assembly(neuron, readout).code(Stage.ERROR));
    assertEquals(6, group.size());
    assertTrue(group.recordsSpikes());
  }

  @Test
  void statesAndParametersBecomeDeclarationsAndBindings() {
    var group = assembly(new Contribution("neuron").parameter("Alpha", 0.5).state("V", 2)).group();
    assertEquals(List.of(new ModelParameter("Alpha")), group.model().declarations().parameters());
    assertEquals(List.of(new Variable("V")), group.model().declarations().variables());
    assertEquals(Map.of("Alpha", 0.5), group.bindings().parameters());
    assertEquals(Map.of("V", InitialValue.of(2)), group.bindings().initialValues());
  }

  @Test
  void lengthOfTheExampleIsThereForCodeThatMentionsIt() {
    var mentions =
        new Contribution("readout").code(Stage.READ_OUT, "Sum += exp(-t / ExampleTime);");
    assertEquals(Map.of("ExampleTime", 10.0), assembly(mentions).group().bindings().parameters());
    var steps = new Contribution("readout").code(Stage.READ_OUT, "Sum += V / ExampleTimesteps;");
    assertEquals(Map.of("ExampleTimesteps", 20.0), assembly(steps).group().bindings().parameters());
    assertEquals(Map.of(), assembly().group().bindings().parameters());
  }

  @Test
  void sameNameFromTwoPartiesIsRefusedNamingBoth() {
    var neuron = new Contribution("neuron X").state("V", 0);
    var readout = new Contribution("readout Y").parameter("V", 1);
    assertEquals(
        "population 'hidden': 'V' is contributed by neuron X and by readout Y",
        assertThrows(IllegalArgumentException.class, () -> assembly(neuron, readout).group())
            .getMessage());
  }

  @Test
  void twoThresholdsAreRefusedNamingBoth() {
    var neuron = new Contribution("neuron X").code(Stage.THRESHOLD, "V > 1.0");
    var other = new Contribution("synapse Y").code(Stage.THRESHOLD, "V > 2.0");
    assertEquals(
        "population 'hidden': both neuron X and synapse Y give a threshold condition",
        assertThrows(IllegalArgumentException.class, () -> assembly(neuron, other).group())
            .getMessage());
  }

  @Test
  void inputsHaveSpikesFromOutside() {
    var input = new Population("input", new SpikeInput(), Shape.of(4));
    var model = new NeuronAssembly(input, 20, 1).group().model();
    assertTrue(model.spikesFromOutside());
    assertEquals(Optional.empty(), model.tape());
  }

  @Test
  void outputsTellVariableAndType() {
    var neuron = new LeakyIntegrate().readout(new SumVar());
    var output = new Population("output", neuron, Shape.of(2));
    var context = new ReadoutContext("output", neuron.name(), neuron.outputVariable(), false);
    var assembly = new NeuronAssembly(output, 20, 1).add(new SumVar().contribution(context));
    String variable = new SumVar().variable(context);
    assertEquals(
        new OutputPopulation(
            "output",
            new SumVar(),
            VariableReference.neuron("output", variable),
            "scalar",
            Shape.of(2)),
        assembly.output(context));
  }

  @Test
  void outputsWithoutReadoutOrVariableAreRefused() {
    var context = new ReadoutContext("hidden", "X", Optional.of("V"), true);
    assertEquals(
        "population 'hidden' has no readout; give its neuron one with readout(…)",
        assertThrows(IllegalArgumentException.class, () -> assembly().output(context))
            .getMessage());
    var output = new Population("output", new LeakyIntegrate().readout(new SumVar()), Shape.of(2));
    String variable = new SumVar().variable(context);
    assertEquals(
        "population 'output': readout SumVar reads '%s', which nobody contributes"
            .formatted(variable),
        assertThrows(
                IllegalArgumentException.class,
                () -> new NeuronAssembly(output, 20, 1).output(context))
            .getMessage());
  }
}
