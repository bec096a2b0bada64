package org.mlgenn.compilers.eventprop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.ModelValidator;
import org.genn.engine.model.Phase;
import org.genn.engine.model.TapeModel;
import org.genn.engine.model.VariableReference;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.mlgenn.Network;
import org.mlgenn.NetworkBuilder;
import org.mlgenn.compilers.Compatibility;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.Overlap;
import org.mlgenn.compilers.SimulationSettings;
import org.mlgenn.compilers.Training;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.losses.MeanSquareError;
import org.mlgenn.losses.RelativeMeanSquareError;
import org.mlgenn.losses.SparseCategoricalCrossentropy;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.Neuron;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.parts.TargetKind;
import org.mlgenn.readouts.AvgVar;
import org.mlgenn.readouts.FirstSpikeTime;
import org.mlgenn.readouts.MaxVar;
import org.mlgenn.readouts.Var;
import org.mlgenn.synapses.Exponential;

class EventPropCompilerTest {
  private static final Neuron LEAKY = LeakyIntegrate.forEventProp().readout(new AvgVar());

  private static Network network(Neuron output) {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), 4);
    var hidden = net.population("hidden", LeakyIntegrateFire.forEventProp(), 3);
    var out = net.population("output", output, 2);
    net.connect(input, hidden, new Dense(0.1), Exponential.forEventProp());
    net.connect(hidden, hidden, new Dense(0.2), Exponential.forEventProp());
    net.connect(hidden, out, new Dense(0.5), Exponential.forEventProp());
    return net.build();
  }

  private static EventPropCompiler compiler() {
    return new EventPropCompiler(20)
        .loss(new SparseCategoricalCrossentropy())
        .simulation(new SimulationSettings().batchSize(2).seed(1));
  }

  private static String schedule(CompiledNetwork compiled, String name) {
    return compiled.model().schedules().get(name).toString();
  }

  private static Map<String, String> updates(CompiledNetwork compiled) {
    return compiled.model().customUpdates().stream()
        .collect(Collectors.toMap(CustomUpdate::name, each -> each.model().updateCode()));
  }

  private static String backward(CompiledNetwork compiled, String population) {
    return compiled.model().neuronGroup(population).model().simCode().get(Phase.BACKWARD);
  }

  private static TapeModel tape(CompiledNetwork compiled, String population) {
    return compiled.model().neuronGroup(population).model().tape().orElseThrow();
  }

  @Test
  void exactTrainingRunsForwardThenBackward() {
    CompiledNetwork compiled = compiler().compile(network(LEAKY));
    assertEquals(
        """
        begin trial
        update Reset
        run FORWARD, 20 steps
        update SoftmaxMaximum
        update SoftmaxSum
        update TrialEnd
        run BACKWARD reversed, 20 steps
        update GradientReduce
        update GradientLearn\
        """,
        schedule(compiled, "train"));
    assertEquals(
        """
        begin trial
        update Reset
        run FORWARD, 20 steps\
        """,
        schedule(compiled, "evaluate"));
    assertEquals(Set.of("train", "evaluate"), compiled.model().schedules().keySet());
    ModelValidator.check(compiled.model());
  }

  @Test
  @Feature("EVP-15")
  void regularisationCountsSpikesBetweenThePhases() {
    CompiledNetwork compiled =
        compiler().regularisation(new Regularisation(1e-8, 14)).compile(network(LEAKY));
    assertEquals(
        """
        begin trial
        update Reset
        run FORWARD, 20 steps
        update SpikeCountReduce
        update SoftmaxMaximum
        update SoftmaxSum
        update TrialEnd
        run BACKWARD reversed, 20 steps
        update GradientReduce
        update GradientLearn\
        """,
        schedule(compiled, "train"));
    assertEquals(
        """
        LambdaV += (((Vthresh - Vreset) * LambdaV) + RevIsyn) / IMinusV;
        LambdaV -= SpikeCost;\
        """,
        tape(compiled, "hidden").replayCode());
    assertEquals(
        List.of(
            VariableReference.neuron("hidden", "ExampleWeight"),
            VariableReference.neuron("output", "ExampleWeight")),
        compiled.training().orElseThrow().exampleWeights());
    ModelValidator.check(compiled.model());
  }

  @Test
  @Feature("EVP-15")
  void strengthsOfRegularisationFollowTheScaleOfTheGradients() {
    var regularised = compiler().regularisation(new Regularisation(0.5, 0.25, 14));
    assertEquals(
        Map.of("LambdaUpper", 10.0, "LambdaLower", 5.0, "TargetCount", 14.0),
        regularisation(regularised.compile(network(LEAKY))));
    assertEquals(
        Map.of("LambdaUpper", 0.5, "LambdaLower", 0.25, "TargetCount", 14.0),
        regularisation(
            regularised
                .compatibility(Compatibility.GRADIENT_OVER_TAU_MEM)
                .compile(network(LEAKY))));
    assertEquals(
        Map.of("LambdaUpper", 0.5, "LambdaLower", 0.25, "TargetCount", 14.0),
        regularisation(
            regularised.compile(
                network(LeakyIntegrateFire.forEventProp().readout(new FirstSpikeTime())))));
  }

  private static Map<String, Double> regularisation(CompiledNetwork compiled) {
    var parameters = compiled.model().neuronGroup("hidden").bindings().parameters();
    return parameters.entrySet().stream()
        .filter(each -> each.getKey().matches("LambdaUpper|LambdaLower|TargetCount"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Test
  @Feature("EVP-09")
  void lossPerTimestepIsReducedAfterEachStep() {
    CompiledNetwork compiled = compiler().perTimestepLoss(true).compile(network(LEAKY));
    assertEquals(
        """
        begin trial
        update Reset
        run FORWARD, 20 steps, after each step SoftmaxMaximum, SoftmaxSum, StepError
        run BACKWARD reversed, 20 steps
        update GradientReduce
        update GradientLearn\
        """,
        schedule(compiled, "train"));
    assertEquals(
        """
        begin trial
        update Reset
        run FORWARD, 20 steps, after each step SoftmaxMaximum, SoftmaxSum, StepError\
        """,
        schedule(compiled, "evaluate"));
    assertEquals(
        Optional.of(VariableReference.neuron("output", "LossSum")),
        compiled.training().orElseThrow().outputs().getFirst().lossSum());
    ModelValidator.check(compiled.model());
  }

  @Test
  @Feature("EVP-10")
  void squareErrorPerTimestepNeedsNoUpdates() {
    CompiledNetwork compiled =
        compiler()
            .loss(new MeanSquareError())
            .perTimestepLoss(true)
            .compile(network(LeakyIntegrate.forEventProp().readout(new Var())));
    assertEquals(
        """
        begin trial
        update Reset
        run FORWARD, 20 steps
        run BACKWARD reversed, 20 steps
        update GradientReduce
        update GradientLearn\
        """,
        schedule(compiled, "train"));
    assertEquals(TargetKind.SERIES, compiled.training().orElseThrow().outputs().getFirst().kind());
    ModelValidator.check(compiled.model());
  }

  @Test
  @Feature("EVP-04")
  void overlappedTrainingRunsBothPhasesTogether() {
    CompiledNetwork compiled = compiler().order(TrainingOrder.OVERLAPPED).compile(network(LEAKY));
    assertEquals(
        """
        begin trial
        update Reset
        run FORWARD + BACKWARD reversed, 20 steps
        update GradientReduce
        update GradientLearn
        update SoftmaxMaximum
        update SoftmaxSum
        update TrialEnd\
        """,
        schedule(compiled, "train"));
    assertEquals(
        """
        begin trial
        update Reset
        run FORWARD + BACKWARD reversed, 20 steps
        update GradientReduce
        update SoftmaxMaximum
        update SoftmaxSum
        update TrialEnd\
        """,
        schedule(compiled, Overlap.BEGIN));
    assertEquals(
        """
        begin trial
        update Reset
        run FORWARD + BACKWARD reversed, 20 steps
        update GradientReduce
        update GradientLearn\
        """,
        schedule(compiled, Overlap.END));
    assertEquals(Optional.of(new Overlap(false)), compiled.training().orElseThrow().overlap());
    ModelValidator.check(compiled.model());
  }

  @Test
  void imitatedTrialsZeroTheInputBeforeTheLastStep() {
    CompiledNetwork compiled =
        compiler()
            .order(TrainingOrder.OVERLAPPED)
            .compatibility(Compatibility.ML_GENN)
            .compile(network(LEAKY));
    assertEquals(
        """
        begin trial, spikes in flight arrive
        update Reset
        run FORWARD + BACKWARD reversed, 19 steps
        update ZeroInput
        run FORWARD + BACKWARD reversed, 1 steps from step 19
        update GradientReduce
        update GradientLearn
        update SoftmaxMaximum
        update SoftmaxSum
        update TrialEnd\
        """,
        schedule(compiled, "train"));
    assertEquals(1, compiled.training().orElseThrow().replayMasks().size());
    assertEquals(Optional.of(new Overlap(true)), compiled.training().orElseThrow().overlap());
    ModelValidator.check(compiled.model());
  }

  @Test
  void nothingIsImitatedByDefault() {
    assertEquals(Set.of(), new EventPropCompiler(1).compatibility());
    CompiledNetwork compiled = compiler().compile(network(LEAKY));
    assertEquals("", tape(compiled, "hidden").recordWhen());
    assertEquals("", tape(compiled, "hidden").replayWhen());
    assertEquals(List.of(), compiled.training().orElseThrow().replayMasks());
  }

  @Test
  @Feature("EVP-05")
  void voltageReadoutsDriveTheAdjointVoltage() {
    CompiledNetwork compiled = compiler().compile(network(LEAKY));
    assertEquals(
        """
        const scalar Drive = DriveScale * Error * (1.0 / ExampleTimesteps);
        LambdaI = Drive + (Beta * (LambdaI - Drive)) + (AdjointCoupling * (LambdaV - Drive));
        LambdaV = Drive + (Alpha * (LambdaV - Drive));\
        """,
        backward(compiled, "output"));
    assertEquals(
        """
        LambdaI = (Beta * LambdaI) + (AdjointCoupling * LambdaV);
        LambdaV *= Alpha;\
        """,
        backward(compiled, "hidden"));
  }

  @Test
  @Feature("EVP-08")
  void maximaAreKeptAtTheEndOfTheTrial() {
    CompiledNetwork compiled =
        compiler().compile(network(LeakyIntegrate.forEventProp().readout(new MaxVar())));
    assertEquals(
        """
        Error = ExampleWeight * ErrorScale * (((id == Label) ? 1.0 : 0.0) - (exp((InverseTemperature * VMax) - SoftmaxMaximum) / SoftmaxSum));
        VMaxTimeBack = VMaxTime;\
        """,
        updates(compiled).get("TrialEnd_output"));
    ModelValidator.check(compiled.model());
  }

  @Test
  @Feature("EVP-11")
  void spikeTimesEnterTheJump() {
    CompiledNetwork compiled =
        compiler()
            .compile(network(LeakyIntegrateFire.forEventProp().readout(new FirstSpikeTime())));
    assertEquals(
        """
        LambdaV += (((Vthresh - Vreset) * LambdaV) + RevIsyn) / IMinusV;
        if (IsFirst > 0.5) {
          LambdaV += Error * (1.0) * (1.0 / IMinusV);
        }\
        """,
        tape(compiled, "output").replayCode());
    assertEquals(
        List.of("IMinusV", "IsFirst"),
        tape(compiled, "output").fields().stream().map(TapeModel.Field::name).toList());
    assertEquals(
        """
        LambdaI = (Beta * LambdaI) + (AdjointCoupling * LambdaV);
        LambdaV *= Alpha;
        if (t > (ExampleTime - (1.5 * dt))) {
          LambdaV += SilentError;
        }\
        """,
        backward(compiled, "output"));
    ModelValidator.check(compiled.model());
  }

  @Test
  @Feature("EVP-12")
  void jumpOfRelativeErrorsIsLeftOutOnlyWhenAsked() {
    var compiler = compiler().loss(new RelativeMeanSquareError(2));
    Neuron output = LeakyIntegrateFire.forEventProp().readout(new FirstSpikeTime());
    assertTrue(tape(compiler.compile(network(output)), "output").replayCode().contains("RevIsyn"));
    CompiledNetwork imitating =
        compiler.compatibility(Compatibility.RELATIVE_ERROR_WITHOUT_JUMP).compile(network(output));
    assertEquals(
        """
        if (IsFirst > 0.5) {
          LambdaV += Error * (1.0) * (1.0 / IMinusV);
        }\
        """,
        tape(imitating, "output").replayCode());
  }

  @Test
  @Feature("EVP-13")
  void spikesOfNeuronsAreFedBackAndThoseOfInputsAreNot() {
    CompiledNetwork compiled = compiler().compile(network(LEAKY));
    var ofInput = compiled.model().synapseGroup("Conn_input_hidden");
    assertEquals(
        Map.of(
            Phase.FORWARD,
            "addToPost(g);",
            Phase.BACKWARD,
            "Gradient -= GradientFactor * LambdaI;"),
        ofInput.weightUpdate().model().preSpikeSynCode());
    var recurrent = compiled.model().synapseGroup("Conn_hidden_hidden");
    assertEquals(
        Map.of(
            Phase.FORWARD,
            "addToPost(g);",
            Phase.BACKWARD,
            "Gradient -= GradientFactor * LambdaI;\naddToPre(g * (LambdaV - LambdaI));"),
        recurrent.weightUpdate().model().preSpikeSynCode());
    assertEquals("RevIsyn", recurrent.preTargetVariable());
    assertEquals(5.0, recurrent.weightUpdate().bindings().parameters().get("GradientFactor"));
  }

  @Test
  @Feature("OPT-01")
  void eachConnectionLearns() {
    CompiledNetwork compiled = compiler().compile(network(LEAKY));
    assertEquals(
        "Reduced = Gradient;\nGradient = 0.0;",
        updates(compiled).get("GradientReduce_Conn_input_hidden"));
    Training training = compiled.training().orElseThrow();
    assertEquals(
        List.of("Conn_input_hidden-g", "Conn_hidden_hidden-g", "Conn_hidden_output-g"),
        training.variables().stream().map(each -> each.variable().name()).toList());
    var first = training.variables().getFirst();
    assertEquals("GradientLearn_Conn_input_hidden", first.update());
    assertEquals(
        VariableReference.customUpdate("GradientReduce_Conn_input_hidden", "Reduced"),
        first.gradient());
    assertEquals(
        List.of(
            VariableReference.customUpdate("GradientLearn_Conn_input_hidden", "M"),
            VariableReference.customUpdate("GradientLearn_Conn_input_hidden", "V")),
        first.optimiserState());
  }

  @Test
  @Feature("EVP-02")
  void tapesHoldMaxSpikes() {
    assertEquals(500, compiler().compile(network(LEAKY)).model().tapeCapacity());
    assertEquals(7, compiler().maxSpikes(7).compile(network(LEAKY)).model().tapeCapacity());
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertEquals(
        "EventPropCompiler: exampleTimesteps must be positive, got 0",
        assertThrows(IllegalArgumentException.class, () -> new EventPropCompiler(0)).getMessage());
    assertEquals(
        "EventPropCompiler: maxSpikes must be positive, got 0",
        assertThrows(IllegalArgumentException.class, () -> compiler().maxSpikes(0)).getMessage());
    assertEquals(
        "EventPropCompiler: ttfsAlpha must not be negative, got -1.0",
        assertThrows(IllegalArgumentException.class, () -> compiler().ttfsAlpha(-1)).getMessage());
    assertEquals(
        "Regularisation: nuUpper must not be negative, got -1.0",
        assertThrows(IllegalArgumentException.class, () -> new Regularisation(1, 1, -1))
            .getMessage());
  }
}
