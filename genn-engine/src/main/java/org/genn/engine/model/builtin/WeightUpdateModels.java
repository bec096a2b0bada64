package org.genn.engine.model.builtin;

import java.util.List;
import java.util.Set;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.WeightUpdateModel;

/// The built-in weight update models.
public final class WeightUpdateModels {

  /// A spike sends the synapse's weight `g`.
  public static final WeightUpdateModel STATIC_PULSE =
      new WeightUpdateModel("StaticPulse")
          .variable("g", VarAccess.READ_ONLY)
          .preSpikeSynCode("addToPost(g);");

  /// A spike sends the weight `g`, one for all synapses.
  public static final WeightUpdateModel STATIC_PULSE_CONSTANT_WEIGHT =
      new WeightUpdateModel("StaticPulseConstantWeight")
          .parameter("g")
          .preSpikeSynCode("addToPost(g);");

  /// While the presynaptic potential `V` is above `Epre` (mV), sends `g · tanh((V - Epre) / Vslope)
  /// · dt`.
  public static final WeightUpdateModel STATIC_GRADED =
      new WeightUpdateModel("StaticGraded")
          .parameter("Epre")
          .parameter("Vslope")
          .variable("g", VarAccess.READ_ONLY)
          .preNeuronVariable("V")
          .preEvent("V > Epre", "addToPost(fmax(0.0, g * tanh((V - Epre) / Vslope) * dt));");

  /// A spike sends the synapse's weight `g`, which arrives after its dendritic delay of `d`
  /// timesteps.
  public static final WeightUpdateModel STATIC_PULSE_DENDRITIC_DELAY =
      new WeightUpdateModel("StaticPulseDendriticDelay")
          .declarations(
              Declarations.NONE
                  .variable(new Variable("g", "scalar", VarAccess.READ_ONLY))
                  .variable(new Variable("d", "uint8_t", VarAccess.READ_ONLY)))
          .preSpikeSynCode("addToPostDelay(g, d);");

  /// Spike-timing-dependent plasticity of nearest neighbours: additive, with hard bounds `Wmin` and
  /// `Wmax`.
  ///
  /// A presynaptic spike `Δ` after the last postsynaptic one lowers `g` by `Aminus · exp(−Δ /
  /// tauMinus)`, a postsynaptic spike `Δ` after the last presynaptic one raises it by `Aplus ·
  /// exp(−Δ / tauPlus)`; spikes at the same time change nothing.
  public static final WeightUpdateModel STDP =
      new WeightUpdateModel("STDP")
          .parameter("tauPlus")
          .parameter("tauMinus")
          .parameter("Aplus")
          .parameter("Aminus")
          .parameter("Wmin")
          .parameter("Wmax")
          .variable("g", VarAccess.READ_WRITE)
          .preSpikeSynCode(
              """
              addToPost(g);
              const scalar dt = t - st_post;
              if (dt > 0.0) {
                const scalar timing = exp(-dt / tauMinus);
                const scalar newWeight = g - (Aminus * timing);
                g = fmin(Wmax, fmax(Wmin, newWeight));
              }
              """)
          .postSpikeSynCode(
              """
              const scalar dt = t - st_pre;
              if (dt > 0.0) {
                const scalar timing = exp(-dt / tauPlus);
                const scalar newWeight = g + (Aplus * timing);
                g = fmin(Wmax, fmax(Wmin, newWeight));
              }
              """);

  private static final Catalogue<WeightUpdateModel> ALL =
      Catalogue.of(
          "weight update model",
          List.of(
              STATIC_PULSE,
              STATIC_PULSE_CONSTANT_WEIGHT,
              STATIC_PULSE_DENDRITIC_DELAY,
              STATIC_GRADED,
              STDP),
          WeightUpdateModel::name);

  private WeightUpdateModels() {}

  /// The model that GeNN calls `name`.
  ///
  /// @throws IllegalArgumentException when there is none
  public static WeightUpdateModel named(String name) {
    return ALL.get(name);
  }

  public static Set<String> names() {
    return ALL.entries().keySet();
  }
}
