package org.mlgenn.tests.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.VariableReference;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;
import org.mlgenn.optimisers.Adam;
import org.mlgenn.optimisers.Optimiser.Clamp;

/// Runs Adam over given gradients.
final class GoldenAdam {
  private GoldenAdam() {}

  static void run(GoldenFolder.Case golden, Deviations deviations) {
    golden
        .description()
        .get("runs")
        .properties()
        .forEach(run -> run(golden, run.getKey(), run.getValue(), deviations));
  }

  private static void run(
      GoldenFolder.Case golden, String name, JsonNode settings, Deviations deviations) {
    var adam =
        new Adam(settings.get("alpha").asDouble())
            .beta1(settings.get("beta1").asDouble())
            .beta2(settings.get("beta2").asDouble())
            .epsilon(settings.get("epsilon").asDouble());
    Optional<Clamp> clamp =
        settings.get("clamp").isNull()
            ? Optional.empty()
            : Optional.of(
                new Clamp(
                    settings.get("clamp").get(0).asDouble(),
                    settings.get("clamp").get(1).asDouble()));
    float[] start = golden.array(name + "_x0").floats();
    var group =
        new NeuronGroup(
            "variables",
            start.length,
            new NeuronModel("Variables").variable("X").variable("G"),
            Bindings.NONE.initialValue("X", InitialValue.of(start)).initialValue("G", 0));
    var update =
        new CustomUpdate("learn", "Learn", adam.model(clamp), adam.bindings(clamp))
            .reference("Variable", VariableReference.neuron("variables", "X"))
            .reference("Gradient", VariableReference.neuron("variables", "G"));
    var model = new ModelSpec("Adam", 1, 1, 1).neuronGroup(group).customUpdate(update);
    try (var simulation = Simulation.open(model, new RuntimeSettings().backend("jvm").threads(1))) {
      for (int step = 0; step < settings.get("steps").asInt(); step++) {
        simulation
            .variable(VariableReference.neuron("variables", "G"))
            .set(golden.row(name + "_gradients", step));
        adam.parameters(step)
            .forEach(
                (parameter, value) -> simulation.dynamicParameter("learn", parameter).set(value));
        simulation.customUpdate("Learn");
        for (String variable : Arrays.asList("x", "M", "V")) {
          var reference =
              variable.equals("x")
                  ? VariableReference.neuron("variables", "X")
                  : VariableReference.customUpdate("learn", variable);
          String array = name + "_" + variable;
          deviations.compare(
              array,
              golden.row(array, step),
              simulation.variable(reference).toArray(),
              Deviations.largest(golden.array(array).floats()),
              Deviations.TIGHT);
        }
      }
    }
  }
}
