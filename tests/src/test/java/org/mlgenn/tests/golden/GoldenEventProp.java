package org.mlgenn.tests.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.genn.engine.model.VariableReference;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;
import org.mlgenn.Network;
import org.mlgenn.Population;
import org.mlgenn.compilers.Compatibility;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.Overlap;
import org.mlgenn.compilers.ReplayMask;
import org.mlgenn.compilers.SimulationSettings;
import org.mlgenn.compilers.TrainedOutput;
import org.mlgenn.compilers.TrainedVariable;
import org.mlgenn.compilers.Training;
import org.mlgenn.compilers.eventprop.EventPropCompiler;
import org.mlgenn.compilers.eventprop.Regularisation;
import org.mlgenn.compilers.eventprop.TrainingOrder;
import org.mlgenn.losses.Loss;
import org.mlgenn.losses.MeanSquareError;
import org.mlgenn.losses.RelativeMeanSquareError;
import org.mlgenn.losses.SparseCategoricalCrossentropy;
import org.mlgenn.optimisers.Adam;
import org.mlgenn.parts.TargetKind;

/// Runs a case of the EventProp compiler, with all of ml_genn's peculiarities.
final class GoldenEventProp {
  private final GoldenFolder.Case golden;
  private final Deviations deviations;
  private final Network network;
  private final CompiledNetwork compiled;
  private final Training training;

  private GoldenEventProp(GoldenFolder.Case golden, Deviations deviations) {
    this.golden = golden;
    this.deviations = deviations;
    network = GoldenNetwork.of(golden);
    compiled = compiler().compile(network);
    training = compiled.training().orElseThrow();
  }

  static void run(GoldenFolder.Case golden, Deviations deviations) {
    new GoldenEventProp(golden, deviations).run();
  }

  private EventPropCompiler compiler() {
    JsonNode arguments = golden.compilerArguments();
    JsonNode adam = golden.description().get("optimiser");
    var compiler =
        new EventPropCompiler(golden.timesteps())
            .simulation(new SimulationSettings().dt(golden.dt()).seed(1))
            .loss(loss(golden.description().get("loss"), arguments))
            .perTimestepLoss(
                arguments.path("per_timestep_loss").asBoolean(false)
                    || isMeanSquare(golden.description().get("loss")))
            .ttfsAlpha(arguments.path("ttfs_alpha").asDouble(0.01))
            .optimiser(
                new Adam(adam.get("alpha").asDouble())
                    .beta1(adam.get("beta1").asDouble())
                    .beta2(adam.get("beta2").asDouble())
                    .epsilon(adam.get("epsilon").asDouble()))
            .maxSpikes(arguments.path("max_spikes").asInt(500))
            .strictTapes(arguments.path("strict_buffer_checking").asBoolean(false))
            .order(TrainingOrder.OVERLAPPED)
            .compatibility(Compatibility.ML_GENN);
    for (Population population : network.populations()) {
      if (!population.isInput() && !population.isOutput()) {
        compiler = compiler.regularisation(population, regularisation(population, arguments));
      }
    }
    return compiler;
  }

  private static Regularisation regularisation(Population population, JsonNode arguments) {
    return new Regularisation(
        strength(population, arguments.path("reg_lambda_upper")),
        strength(population, arguments.path("reg_lambda_lower")),
        arguments.path("reg_nu_upper").asDouble(0));
  }

  private static double strength(Population population, JsonNode lambda) {
    return lambda.isObject() ? lambda.path(population.name()).asDouble(0) : lambda.asDouble(0);
  }

  private static boolean isMeanSquare(JsonNode loss) {
    return loss.get("type").asText().equals("MeanSquareError");
  }

  private static Loss loss(JsonNode loss, JsonNode arguments) {
    String type = loss.get("type").asText();
    return switch (type) {
      case "SparseCategoricalCrossentropy" ->
          new SparseCategoricalCrossentropy(arguments.path("softmax_temperature").asDouble(1));
      case "MeanSquareError" -> new MeanSquareError();
      case "RelativeMeanSquareError" -> new RelativeMeanSquareError(loss.get("delta").asDouble());
      default -> throw new IllegalArgumentException("loss " + type);
    };
  }

  private void run() {
    // As in ml_genn, each connection has a current of its own: the order of additions is the same.
    var settings =
        new RuntimeSettings()
            .backend("jvm")
            .threads(1)
            .fusesPostsynapticModels(false)
            .recordingSteps(golden.timesteps());
    try (var simulation = Simulation.open(compiled.model(), settings)) {
      training.exampleWeights().forEach(reference -> simulation.variable(reference).fill(1));
      var input = new GoldenInput(golden, network.population("in").size());
      List<ReplayMask.Filter> filters = new ArrayList<>();
      training.replayMasks().forEach(mask -> filters.add(mask.filter()));
      int examples = golden.array("in_offsets").size() - 1;
      int validated = golden.has("val_offsets") ? golden.array("val_offsets").size() - 1 : 0;
      int epochs = golden.description().get("num_epochs").asInt();
      for (int epoch = 0; epoch < epochs; epoch++) {
        for (int batch = 0; batch < examples; batch++) {
          var train = input.set(simulation, "in", batch, 0);
          mask(simulation, filters, train.offsets(), train.ids());
          train(simulation, epoch * examples + batch, batch);
        }
        for (int example = 0; example < validated; example++) {
          var train = input.set(simulation, "val", example, 0);
          mask(simulation, filters, train.offsets(), train.ids());
          simulation.runTrial(CompiledNetwork.EVALUATE);
          readouts(simulation, "val_readout_", epoch * validated + example);
        }
      }
    }
  }

  private void mask(
      Simulation simulation, List<ReplayMask.Filter> filters, int[] offsets, int[] ids) {
    for (int index = 0; index < filters.size(); index++) {
      simulation
          .variable(training.replayMasks().get(index).variable())
          .write(0, filters.get(index).next(offsets, ids), 0);
    }
  }

  private void train(Simulation simulation, int step, int batch) {
    training.outputs().forEach(output -> target(simulation, output, batch));
    for (TrainedVariable variable : training.variables()) {
      variable
          .optimiser()
          .parameters(step)
          .forEach(
              (name, value) -> simulation.dynamicParameter(variable.update(), name).set(value));
    }
    var traces =
        batch == 0
            ? new GoldenInference.Traces(golden, network, simulation, step, deviations)
            : new GoldenInference.Traces(
                golden, network, simulation, step, deviations, "V", "LambdaV", "LambdaI");
    simulation.runTrial(batch == 0 ? Overlap.BEGIN : CompiledNetwork.TRAIN, traces);
    for (Population population : network.populations()) {
      if (population.recordsSpikes()) {
        deviations.same(
            "spikes of " + population.name(),
            GoldenInput.expected(golden, population.name(), step, 0),
            GoldenInput.found(simulation, population.name(), 0));
      }
    }
    readouts(simulation, "readout_", step);
    for (TrainedVariable variable : training.variables()) {
      String connection = variable.variable().variable().group();
      if (batch > 0) {
        compare(
            "Gradient_%s_before_optimiser".formatted(connection),
            step,
            simulation.variable(variable.gradient()).toArray());
      }
      compare(
          "g_%s_after_batch".formatted(connection),
          step,
          simulation.variable(variable.variable().variable()).toArray());
    }
  }

  private void compare(String array, int row, float[] found) {
    deviations.compare(
        array,
        golden.row(array, row),
        found,
        Deviations.largest(golden.array(array).floats()),
        Deviations.SUMS);
  }

  private void readouts(Simulation simulation, String prefix, int row) {
    compiled
        .outputs()
        .forEach(
            output -> {
              String array = prefix + output.population();
              deviations.compare(
                  array,
                  golden.row(array, row),
                  simulation.variable(output.variable()).toArray(),
                  Deviations.largest(golden.array(array).floats()),
                  Deviations.SUMS);
            });
  }

  private void target(Simulation simulation, TrainedOutput output, int batch) {
    VariableReference target = output.target();
    if (output.kind() == TargetKind.LABEL) {
      simulation.variable(target).setLong(0, 0, golden.array("labels").ints()[batch]);
    } else {
      simulation.variable(target).write(0, golden.row("y_true", batch), 0);
    }
  }
}
