package org.mlgenn.compilers.eventprop;

import java.util.ArrayList;
import java.util.Optional;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.TapeModel;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.mlgenn.Population;
import org.mlgenn.compilers.Compatibility;
import org.mlgenn.compilers.parts.NeuronAssembly;
import org.mlgenn.parts.AdjointDynamics;
import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.ErrorSignal;
import org.mlgenn.parts.Sensitivity;
import org.mlgenn.parts.Stage;
import org.mlgenn.readouts.Readout;

/// The engine model of a population that is trained: the factors of the chain rule, multiplied.
///
/// @param assembly all contributions
/// @param signal of an output
record PopulationComposition(NeuronAssembly assembly, Optional<ErrorSignal> signal) {
  /// Input that the feedback of a spike's targets is summed in.
  static final String FEEDBACK = "RevIsyn";

  /// Variable that says which spikes of an input are replayed, where ml_genn's tapes are imitated.
  static final String REPLAYED = "Replayed";

  static PopulationComposition of(Factors factors, Population population) {
    EventPropCompiler compiler = factors.compiler();
    var assembly =
        new NeuronAssembly(population, compiler.exampleTimesteps(), compiler.simulation().dt())
            .add(population.neuron().dynamics(factors.neuronContext(population)));
    if (population.isInput()) {
      return new PopulationComposition(input(assembly, compiler), Optional.empty());
    }
    Optional<ErrorSignal> signal = Optional.empty();
    AdjointDynamics adjoint = factors.adjoint(population);
    if (population.isOutput()) {
      signal = Optional.of(factors.loss(population).errorSignal(factors.errorContext(population)));
      assembly = output(assembly, factors, signal.get(), adjoint);
    }
    assembly = assembly.add(adjoint.betweenSpikes());
    Regularisation regularisation =
        population.isOutput()
            ? Regularisation.NONE
            : compiler.regularisations().of(population.name());
    if (regularisation.isOn()) {
      assembly = assembly.add(regulariser(regularisation, factors.regularisationFactor()));
    }
    if (population.isOutput() || regularisation.isOn()) {
      assembly = assembly.add(exampleWeight());
    }
    if (adjoint.jump().isPresent()) {
      assembly = spiking(assembly, factors, signal, adjoint.jump().get());
    }
    return new PopulationComposition(assembly, signal);
  }

  private static NeuronAssembly input(NeuronAssembly assembly, EventPropCompiler compiler) {
    return imitatesTape(compiler)
        ? assembly.add(
            new Contribution("imitation of ml_genn's tape")
                .state(
                    new Contribution.State(
                        new Variable(REPLAYED, "scalar", VarAccess.READ_ONLY_DUPLICATE, true),
                        InitialValue.of(1),
                        false)))
        : assembly;
  }

  static boolean imitatesTape(EventPropCompiler compiler) {
    return compiler.has(Compatibility.TAPE_SHARED_BY_TWO_EXAMPLES)
        || compiler.has(Compatibility.LAST_STEP_SPIKE_BLOCKS_REPLAY);
  }

  private static NeuronAssembly output(
      NeuronAssembly assembly, Factors factors, ErrorSignal signal, AdjointDynamics adjoint) {
    Population population = assembly.population();
    Readout readout = factors.readout(population);
    var context = factors.readoutContext(population);
    var composed =
        assembly
            .add(readout.contribution(context))
            .add(readout.training(context))
            .add(signal.contribution());
    return switch (factors.sensitivity(population)) {
      case Sensitivity.OfVoltage(String weight) ->
          composed.add(drive(weight, factors.compiler(), adjoint));
      case Sensitivity.OfSpikeTime _ ->
          composed.add(
              new Contribution("missing spikes")
                  .code(
                      Stage.SILENT_ERROR,
                      """
                      if (t > (ExampleTime - (1.5 * dt))) {
                        LambdaV += SilentError;
                      }\
                      """));
      case Sensitivity.None(String reason) -> throw new IllegalArgumentException(reason);
    };
  }

  /// `-dL/dr · dr/dV_n / dt`: the readout sums over steps, the adjoint system integrates over time.
  private static Contribution drive(
      String weight, EventPropCompiler compiler, AdjointDynamics adjoint) {
    double scale = 1 / compiler.simulation().dt();
    if (compiler.has(Compatibility.GRADIENT_OVER_TAU_MEM)) {
      scale /= adjoint.tauMem();
    }
    return new Contribution("drive")
        .parameter("DriveScale", scale)
        .code(Stage.DRIVE, "const scalar Drive = DriveScale * Error * (%s);".formatted(weight));
  }

  private static NeuronAssembly spiking(
      NeuronAssembly assembly,
      Factors factors,
      Optional<ErrorSignal> signal,
      AdjointDynamics.Jump jump) {
    Population population = assembly.population();
    var fields = new ArrayList<TapeModel.Field>(jump.fields());
    var composed = assembly.input(FEEDBACK, 0);
    if (signal.isEmpty() || !signal.get().omitsJump()) {
      composed = composed.add(new Contribution("jump").code(Stage.JUMP, jump.code()));
    }
    if (population.isOutput()
        && factors.sensitivity(population)
            instanceof Sensitivity.OfSpikeTime(var taped, String weight, String when)) {
      fields.addAll(taped);
      composed =
          composed.add(
              new Contribution("error of spike times")
                  .code(
                      Stage.SPIKE_TIME_ERROR,
                      """
                      if (%s) {
                        LambdaV += Error * (%s) * (%s);
                      }\
                      """
                          .formatted(when, weight, jump.voltageJumpPerError())));
    }
    RingImitation ring = RingImitation.of(factors.compiler());
    return composed.add(ring.contribution()).tape(fields, ring.recordWhen(), ring.replayWhen());
  }

  private static Contribution regulariser(Regularisation regularisation, double factor) {
    return new Contribution("regularisation")
        .parameter("LambdaUpper", regularisation.lambdaUpper() * factor)
        .parameter("LambdaLower", regularisation.lambdaLower() * factor)
        .parameter("TargetCount", regularisation.nuUpper())
        .state("SpikeCount", 0)
        .state(
            new Contribution.State(
                new Variable("SpikeCountSum", "scalar", VarAccess.READ_ONLY),
                InitialValue.of(0),
                false))
        .state(new Contribution.State(new Variable("SpikeCost"), InitialValue.of(0), false))
        .code(Stage.AT_SPIKE, "SpikeCount += 1.0;")
        .code(
            Stage.TRIAL_END,
            """
            const scalar excess = (SpikeCountSum * ExampleWeight) - TargetCount;
            SpikeCost = ExampleWeight * ((excess > 0.0) ? LambdaUpper : LambdaLower) * excess;\
            """)
        .code(Stage.REGULARISE, "LambdaV -= SpikeCost;");
  }

  private static Contribution exampleWeight() {
    return new Contribution("weight of the example")
        .state(
            new Contribution.State(
                new Variable(
                    ErrorSignal.EXAMPLE_WEIGHT, "scalar", VarAccess.READ_ONLY_SHARED_NEURON),
                InitialValue.of(0),
                false));
  }

  boolean isRegularised() {
    return has("SpikeCountSum");
  }

  boolean hasExampleWeight() {
    return has(ErrorSignal.EXAMPLE_WEIGHT);
  }

  boolean has(String state) {
    return assembly.states().stream().anyMatch(each -> each.variable().name().equals(state));
  }
}
