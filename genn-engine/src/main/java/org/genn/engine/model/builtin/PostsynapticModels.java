package org.genn.engine.model.builtin;

import java.util.List;
import java.util.Set;
import org.genn.engine.model.PostsynapticModel;

/// The built-in postsynaptic models.
public final class PostsynapticModels {

  /// Current that decays with time constant `tau` (ms). What an input `w` injects until it is gone
  /// sums up to `w · tau / dt`, whatever `dt` is.
  public static final PostsynapticModel EXP_CURR =
      new PostsynapticModel(
              "ExpCurr",
              """
              injectCurrent(init * inSyn);
              inSyn *= expDecay;
              """)
          .parameter("tau")
          .derivedParameter("expDecay", (p, dt) -> Math.exp(-dt / p.get("tau")))
          .derivedParameter(
              "init", (p, dt) -> p.get("tau") * (1.0 - Math.exp(-dt / p.get("tau"))) / dt);

  /// Conductance that decays with time constant `tau` (ms), of reversal potential `E` (mV); reads
  /// `V` of the neuron.
  public static final PostsynapticModel EXP_COND =
      new PostsynapticModel(
              "ExpCond",
              """
              injectCurrent(inSyn * (E - V));
              inSyn *= expDecay;
              """)
          .parameter("tau")
          .parameter("E")
          .derivedParameter("expDecay", (p, dt) -> Math.exp(-dt / p.get("tau")))
          .neuronVariable("V");

  /// All input is injected in the step in which it arrives.
  public static final PostsynapticModel DELTA_CURR =
      new PostsynapticModel(
          "DeltaCurr",
          """
          injectCurrent(inSyn);
          inSyn = 0.0;
          """);

  private static final Catalogue<PostsynapticModel> ALL =
      Catalogue.of(
          "postsynaptic model", List.of(EXP_CURR, EXP_COND, DELTA_CURR), PostsynapticModel::name);

  private PostsynapticModels() {}

  /// The model that GeNN calls `name`.
  ///
  /// @throws IllegalArgumentException when there is none
  public static PostsynapticModel named(String name) {
    return ALL.get(name);
  }

  public static Set<String> names() {
    return ALL.entries().keySet();
  }
}
