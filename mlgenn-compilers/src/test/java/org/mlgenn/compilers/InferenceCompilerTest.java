package org.mlgenn.compilers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelValidator;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VariableReference;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.mlgenn.Network;
import org.mlgenn.NetworkBuilder;
import org.mlgenn.Shape;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.initializers.Normal;
import org.mlgenn.initializers.Value;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.Refractoriness;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.readouts.AvgVar;
import org.mlgenn.readouts.MaxVar;
import org.mlgenn.readouts.Readout;
import org.mlgenn.synapses.Delta;
import org.mlgenn.synapses.Exponential;

class InferenceCompilerTest {
  private static final Network NETWORK = network(new AvgVar());

  private static Network network(Readout readout) {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), 4);
    var hidden =
        net.population(
            "hidden",
            new LeakyIntegrateFire()
                .v(Value.of(new float[] {0, 0.1f, 0.2f}))
                .refractoriness(new Refractoriness(2)),
            3);
    var output = net.population("output", new LeakyIntegrate().readout(readout), 2);
    net.connect(input, hidden, new Dense(new Normal(0.1, 0.2)), new Exponential(5));
    net.connect(hidden, hidden, new Dense(0), new Delta());
    net.connect(hidden, output, new Dense(0.5), new Exponential(5));
    net.recordSpikes(hidden);
    return net.build();
  }

  private static Map<String, String> resets(CompiledNetwork compiled) {
    return compiled.model().customUpdates().stream()
        .collect(Collectors.toMap(CustomUpdate::name, each -> each.model().updateCode()));
  }

  @Test
  void nothingOfAnExampleIsLeftByDefault() {
    var compiled = new InferenceCompiler(20).compile(NETWORK);
    assertEquals(
        """
        begin trial
        update Reset
        run FORWARD, 20 steps\
        """,
        compiled.model().schedules().get("evaluate").toString());
    assertEquals(
        Set.of(
            "Reset_hidden", "Reset_output", "Reset_Conn_input_hidden", "Reset_Conn_hidden_output"),
        resets(compiled).keySet());
    assertEquals(
        "V = VInitial;\nRefracTime = RefracTimeInitial;", resets(compiled).get("Reset_hidden"));
    assertEquals(Set.of("evaluate"), compiled.model().schedules().keySet());
    assertEquals(Optional.empty(), compiled.training());
  }

  @Test
  @Feature("INF-05")
  void timeMayRunOn() {
    var compiled = new InferenceCompiler(20).resetsTime(false).compile(NETWORK);
    assertEquals(
        "begin trial, time runs on",
        compiled.model().schedules().get("evaluate").toString().lines().findFirst().get());
  }

  @Test
  @Feature("INF-06")
  void stateMayBeKeptButForReadouts() {
    var compiled = new InferenceCompiler(20).resetsState(false).compile(NETWORK);
    assertEquals(
        Set.of("Reset_output", "Reset_Conn_input_hidden", "Reset_Conn_hidden_output"),
        resets(compiled).keySet());
    String variable = compiled.outputs().get(0).variable().variable();
    assertEquals("%1$s = %1$sInitial;".formatted(variable), resets(compiled).get("Reset_output"));
  }

  @Test
  @Feature("INF-07")
  void synapticInputMayBeKept() {
    var compiled = new InferenceCompiler(20).resetsSynapticInput(false).compile(NETWORK);
    assertEquals(Set.of("Reset_hidden", "Reset_output"), resets(compiled).keySet());
  }

  @Test
  void spikesInFlightMayArriveInTheNextExample() {
    var compiled =
        new InferenceCompiler(20)
            .compatibility(Compatibility.SPIKES_CROSS_EXAMPLES)
            .compile(NETWORK);
    assertEquals(
        "begin trial, spikes in flight arrive",
        compiled.model().schedules().get("evaluate").toString().lines().findFirst().get());
  }

  @Test
  void quirksReachTheReadout() {
    var compiler = new InferenceCompiler(20);
    var quirky = compiler.compatibility(Compatibility.MAXIMUM_FROM_ZERO);
    assertEquals(InitialValue.of(-Float.MAX_VALUE), maximum(compiler));
    assertEquals(InitialValue.of(0), maximum(quirky));
  }

  private static InitialValue maximum(InferenceCompiler compiler) {
    var compiled = compiler.compile(network(new MaxVar()));
    var output = compiled.model().neuronGroup("output");
    return output.bindings().initialValues().get(compiled.outputs().get(0).variable().variable());
  }

  @Test
  void modelsWithoutAnythingToResetHaveNoReset() {
    var net = new NetworkBuilder();
    net.population("input", new SpikeInput(), 4);
    var compiled = new InferenceCompiler(20).compile(net.build());
    assertEquals(
        "begin trial\nrun FORWARD, 20 steps",
        compiled.model().schedules().get("evaluate").toString());
  }

  @Test
  void settingsBecomeThoseOfTheModel() {
    var settings =
        new SimulationSettings().dt(0.5).batchSize(32).seed(1234).precision(Precision.DOUBLE);
    var compiled = new InferenceCompiler(20).simulation(settings).compile(NETWORK);
    assertEquals(0.5, compiled.dt());
    assertEquals(32, compiled.batchSize());
    assertEquals(1234, compiled.model().seed());
    assertEquals(Precision.DOUBLE, compiled.model().precision());
    assertEquals(20, compiled.exampleTimesteps());
  }

  @Test
  void weightsAreNamedAsInFiles() {
    var compiled = new InferenceCompiler(20).compile(NETWORK);
    assertEquals(
        List.of("Conn_input_hidden-g", "Conn_hidden_hidden-g", "Conn_hidden_output-g"),
        compiled.savedVariables().stream().map(SavedVariable::name).toList());
    assertEquals(
        new SavedVariable(
            "Conn_input_hidden-g",
            VariableReference.synapse("Conn_input_hidden", "g"),
            Shape.of(4, 3)),
        compiled.savedVariables().get(0));
  }

  @Test
  void populationsAreFoundByTheirHandle() {
    var compiled = new InferenceCompiler(20).compile(network(new AvgVar()));
    var input = compiled.network().population("input");
    var hidden = compiled.network().population("hidden");
    assertEquals(new InputPopulation("input", "input", Shape.of(4)), compiled.input(input));
    assertEquals(
        "population 'hidden' is not an output of the network; it has [output]",
        assertThrows(IllegalArgumentException.class, () -> compiled.output(hidden)).getMessage());
    assertEquals(
        "population 'hidden' is not an input of the network; it has [input]",
        assertThrows(IllegalArgumentException.class, () -> compiled.input(hidden)).getMessage());
  }

  @Test
  @Feature("CBK-05")
  void variablesAreRecordedByTheirPropertyOrTheirOwnName() {
    var compiled = new InferenceCompiler(20).compile(NETWORK);
    var hidden = compiled.network().population("hidden");
    var v = VariableReference.neuron("hidden", "V");
    assertEquals(v, compiled.recordable(hidden, "v"));
    assertEquals(v, compiled.recordable(hidden, "V"));
    assertEquals(
        "population 'hidden' has no variable 'tauMem' that can be recorded; it has [v, V,"
            + " RefracTime]",
        assertThrows(IllegalArgumentException.class, () -> compiled.recordable(hidden, "tauMem"))
            .getMessage());
    var connection = compiled.network().connection("Conn_input_hidden");
    assertEquals(
        VariableReference.synapse("Conn_input_hidden", "g"), compiled.recordable(connection, "g"));
    assertEquals(
        "connection 'Conn_input_hidden' has no variable 'd' that can be recorded; it has [g]",
        assertThrows(IllegalArgumentException.class, () -> compiled.recordable(connection, "d"))
            .getMessage());
  }

  @Test
  void engineAcceptsTheModel() {
    ModelValidator.check(new InferenceCompiler(20).compile(NETWORK).model());
    ModelValidator.check(new InferenceCompiler(20).compile(network(new MaxVar())).model());
  }

  @Test
  void compiledNetworksPrintThemselves() {
    var net = new NetworkBuilder();
    net.population("input", new SpikeInput(), 4);
    assertEquals(
        """
        InferenceCompiler, SimulationSettings[dt=1.0, batchSize=1, seed=0, precision=FLOAT]
        network of 1 populations and 0 connections
          input (4): SpikeInput[maxSpikes=1000000]
        schedule evaluate
          begin trial
          run FORWARD, 20 steps\
        """,
        new InferenceCompiler(20).compile(net.build()).toString());
  }

  @Test
  void wrongSettingsAreRefused() {
    assertEquals(
        "InferenceCompiler: exampleTimesteps must be positive, got 0",
        assertThrows(IllegalArgumentException.class, () -> new InferenceCompiler(0)).getMessage());
    assertEquals(
        "SimulationSettings: dt must be positive [ms], got NaN",
        assertThrows(IllegalArgumentException.class, () -> new SimulationSettings().dt(Double.NaN))
            .getMessage());
    assertEquals(
        "SimulationSettings: batchSize must be positive, got 0",
        assertThrows(IllegalArgumentException.class, () -> new SimulationSettings().batchSize(0))
            .getMessage());
  }

  @Test
  void unsupportedNetworksListEveryReason() {
    var error =
        new UnsupportedNetworkException(
            "EventPropCompiler cannot train this network", List.of("first", "second"));
    assertEquals(
        "EventPropCompiler cannot train this network:\n  - first\n  - second", error.getMessage());
    assertEquals(List.of("first", "second"), error.problems());
  }

  @Test
  void withersChangeWhatTheySay() {
    var changed =
        new InferenceCompiler(20)
            .exampleTimesteps(30)
            .simulation(new SimulationSettings().seed(3))
            .resetsTime(false)
            .resetsState(false)
            .resetsSynapticInput(false)
            .compatibility(Compatibility.MAXIMUM_FROM_ZERO);
    assertEquals(
        new InferenceCompiler(
            30,
            new SimulationSettings(1, 1, 3, Precision.FLOAT),
            false,
            false,
            false,
            Set.of(Compatibility.MAXIMUM_FROM_ZERO)),
        changed);
  }
}
