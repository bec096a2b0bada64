package org.genn.engine.model.builtin;

import java.util.List;
import java.util.Set;
import org.genn.engine.model.CurrentSourceModel;

/// The built-in current-source models.
public final class CurrentSourceModels {

  /// Constant current `amp`.
  public static final CurrentSourceModel DC =
      new CurrentSourceModel("DC", "injectCurrent(amp);").parameter("amp");

  /// Normally distributed current, new in every step: `mean`, standard deviation `sd`.
  public static final CurrentSourceModel GAUSSIAN_NOISE =
      new CurrentSourceModel("GaussianNoise", "injectCurrent(mean + (gennrand_normal() * sd));")
          .parameter("mean")
          .parameter("sd");

  /// What a Poisson process of `rate` (Hz) sends through exponential synapses of `weight` (nA) and
  /// time constant `tauSyn` (ms): each event adds to `current`, which decays. The number of events
  /// in a step is Poisson with mean `rate · dt / 1000`.
  // GeNN: counts uniform numbers until their product is below e^-Lambda, which gives the same
  // distribution.
  public static final CurrentSourceModel POISSON_EXP =
      new CurrentSourceModel(
              "PoissonExp",
              """
              current += Init * gennrand_poisson(Lambda);
              injectCurrent(current);
              current *= ExpDecay;
              """)
          .parameter("weight")
          .parameter("tauSyn")
          .parameter("rate")
          .derivedParameter("ExpDecay", (p, dt) -> Math.exp(-dt / p.get("tauSyn")))
          .derivedParameter(
              "Init",
              (p, dt) ->
                  p.get("weight")
                      * (1.0 - Math.exp(-dt / p.get("tauSyn")))
                      * (p.get("tauSyn") / dt))
          .derivedParameter("Lambda", (p, dt) -> p.get("rate") / 1000.0 * dt)
          .variable("current");

  private static final Catalogue<CurrentSourceModel> ALL =
      Catalogue.of(
          "current source model",
          List.of(DC, GAUSSIAN_NOISE, POISSON_EXP),
          CurrentSourceModel::name);

  private CurrentSourceModels() {}

  /// The model that GeNN calls `name`.
  ///
  /// @throws IllegalArgumentException when there is none
  public static CurrentSourceModel named(String name) {
    return ALL.get(name);
  }

  public static Set<String> names() {
    return ALL.entries().keySet();
  }
}
