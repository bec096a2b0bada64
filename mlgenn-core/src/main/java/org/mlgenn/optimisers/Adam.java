package org.mlgenn.optimisers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.VarAccessMode;

/// Adam: steps of about the learning rate, whatever the gradient's size.
///
/// `m ← β1 m + (1-β1) G`, `v ← β2 v + (1-β2) G²`, `θ ← θ - α m c1 / (√(v c2) + ε)` with `c_i = 1 /
/// (1 - β_i^(s+1))` in step `s = 0, 1, …`.
///
/// @param alpha learning rate, positive
/// @param beta1 decay of the mean gradient per step, in `[0, 1)`
/// @param beta2 decay of the mean squared gradient per step, in `[0, 1)`
/// @param epsilon added after the root, positive
/// @see <a href="https://arxiv.org/abs/1412.6980">Kingma, Ba (2015)</a>
public record Adam(double alpha, double beta1, double beta2, double epsilon) implements Optimiser {
  private static final String ALPHA = "Alpha";
  private static final String SCALE_1 = "MomentScale1";
  private static final String SCALE_2 = "MomentScale2";

  public Adam {
    check(alpha > 0.0 && Double.isFinite(alpha), "alpha must be positive", alpha);
    check(beta1 >= 0.0 && beta1 < 1.0, "beta1 must be in [0, 1)", beta1);
    check(beta2 >= 0.0 && beta2 < 1.0, "beta2 must be in [0, 1)", beta2);
    check(epsilon > 0.0, "epsilon must be positive", epsilon);
  }

  public Adam() {
    this(1e-3);
  }

  public Adam(double alpha) {
    this(alpha, 0.9, 0.999, 1e-8);
  }

  public Adam alpha(double alpha) {
    return new Adam(alpha, beta1, beta2, epsilon);
  }

  public Adam beta1(double beta1) {
    return new Adam(alpha, beta1, beta2, epsilon);
  }

  public Adam beta2(double beta2) {
    return new Adam(alpha, beta1, beta2, epsilon);
  }

  public Adam epsilon(double epsilon) {
    return new Adam(alpha, beta1, beta2, epsilon);
  }

  @Override
  public CustomUpdateModel model(Optional<Clamp> clamp) {
    String code =
        """
        M = (Beta1 * M) + ((1.0 - Beta1) * Gradient);
        V = (Beta2 * V) + ((1.0 - Beta2) * Gradient * Gradient);
        Variable -= (Alpha * M * MomentScale1) / (sqrt(V * MomentScale2) + Epsilon);\
        """;
    if (clamp.isPresent()) {
      code += "\nVariable = fmin(fmax(Variable, Minimum), Maximum);";
    }
    var model =
        new CustomUpdateModel("Adam", code)
            .parameter(ALPHA)
            .parameter("Beta1")
            .parameter("Beta2")
            .parameter("Epsilon")
            .parameter(SCALE_1)
            .parameter(SCALE_2)
            .variable(new CustomUpdateVariable("M", CustomUpdateVarAccess.READ_WRITE))
            .variable(new CustomUpdateVariable("V", CustomUpdateVarAccess.READ_WRITE))
            .reference("Gradient", VarAccessMode.READ_ONLY)
            .reference("Variable", VarAccessMode.READ_WRITE);
    return clamp.isPresent() ? model.parameter("Minimum").parameter("Maximum") : model;
  }

  @Override
  public Bindings bindings(Optional<Clamp> clamp) {
    var bindings =
        Bindings.NONE
            .parameter("Beta1", beta1)
            .parameter("Beta2", beta2)
            .parameter("Epsilon", epsilon)
            .initialValue("M", 0.0)
            .initialValue("V", 0.0);
    for (var parameter : parameters(0).entrySet()) {
      bindings = bindings.dynamicParameter(parameter.getKey(), parameter.getValue());
    }
    return clamp.isEmpty()
        ? bindings
        : bindings
            .parameter("Minimum", clamp.get().minimum())
            .parameter("Maximum", clamp.get().maximum());
  }

  @Override
  public List<String> stateVariables() {
    return List.of("M", "V");
  }

  @Override
  public Map<String, Double> parameters(long step) {
    return Map.of(
        ALPHA, alpha, SCALE_1, momentScale(beta1, step), SCALE_2, momentScale(beta2, step));
  }

  private static double momentScale(double beta, long step) {
    return 1.0 / (1.0 - Math.pow(beta, step + 1.0));
  }

  @Override
  public String learningRateParameter() {
    return ALPHA;
  }

  @Override
  public double learningRate() {
    return alpha;
  }

  @Override
  public Adam learningRate(double learningRate) {
    return alpha(learningRate);
  }

  private static void check(boolean holds, String expected, double found) {
    if (!holds) {
      throw new IllegalArgumentException("Adam: %s, got %s".formatted(expected, found));
    }
  }
}
