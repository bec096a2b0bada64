package org.genn.engine.model.builtin;

import java.util.List;
import java.util.Set;
import org.genn.engine.model.VarAccess;
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

  private static final Catalogue<WeightUpdateModel> ALL =
      Catalogue.of(
          "weight update model",
          List.of(STATIC_PULSE, STATIC_PULSE_CONSTANT_WEIGHT, STATIC_GRADED),
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
