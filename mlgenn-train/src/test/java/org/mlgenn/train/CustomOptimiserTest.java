package org.mlgenn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.VarAccessMode;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.mlgenn.optimisers.Optimiser;
import org.mlgenn.serialisers.NumpyArray;
import org.mlgenn.train.checkpoints.SavedValues;

class CustomOptimiserTest {
  private static final int EXAMPLES = 20;

  /// Plain gradient descent, as a user writes it: `w -= rate · dL/dw`.
  private record GradientDescent(double learningRate) implements Optimiser {
    @Override
    public CustomUpdateModel model(Optional<Clamp> clamp) {
      return new CustomUpdateModel("GradientDescent", "Variable -= Rate * Gradient;")
          .parameter("Rate")
          .reference("Gradient", VarAccessMode.READ_ONLY)
          .reference("Variable", VarAccessMode.READ_WRITE);
    }

    @Override
    public Bindings bindings(Optional<Clamp> clamp) {
      return Bindings.NONE.dynamicParameter("Rate", learningRate);
    }

    @Override
    public List<String> stateVariables() {
      return List.of();
    }

    @Override
    public Map<String, Double> parameters(long step) {
      return Map.of("Rate", learningRate);
    }

    @Override
    public String learningRateParameter() {
      return "Rate";
    }

    @Override
    public GradientDescent learningRate(double learningRate) {
      return new GradientDescent(learningRate);
    }
  }

  private static Map<String, NumpyArray> weights(Trainer trainer) {
    return new LinkedHashMap<>(SavedValues.read(trainer.compiled(), trainer.simulation()));
  }

  private static Trainer open(double rate) {
    return Trainer.open(
        Toy.compiler(EXAMPLES).optimiser(new GradientDescent(rate)).compile(Toy.NETWORK),
        Toy.settings());
  }

  @Test
  @Feature("OPT-03")
  void stepOfAnOptimiserOfTheUserIsProportionalToItsRate() {
    try (Trainer slow = open(1);
        Trainer fast = open(2)) {
      Map<String, NumpyArray> start = weights(slow);
      slow.train(Toy.data(EXAMPLES, 3), 1);
      fast.train(Toy.data(EXAMPLES, 3), 1);
      double change = 0;
      for (String name : start.keySet()) {
        float[] before = start.get(name).floats();
        float[] once = weights(slow).get(name).floats();
        float[] twice = weights(fast).get(name).floats();
        for (int weight = 0; weight < before.length; weight++) {
          double step = once[weight] - before[weight];
          // Weights of about 1 are rounded to 6e-8; three of them.
          assertEquals(2 * step, twice[weight] - before[weight], 1e-6, name);
          change = Math.max(change, Math.abs(step));
        }
      }
      assertTrue(change > 1e-2, "weights change by up to " + change);
    }
  }

  @Test
  void optimiserOfTheUserLowersTheLoss() {
    try (Trainer trainer = open(1)) {
      var report = trainer.train(Toy.data(EXAMPLES, 3), 20);
      double first = report.epochs().getFirst().trainLoss();
      assertTrue(report.loss() < 0.8 * first, report::toString);
    }
  }
}
