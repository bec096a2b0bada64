package org.mlgenn.compilers.parts;

import org.genn.engine.model.Bindings;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.mlgenn.Connection;
import org.mlgenn.Network;
import org.mlgenn.compilers.SavedVariable;

/// How connections become synapse groups.
public final class SynapseAssembly {
  /// Variable that holds the weights.
  public static final String WEIGHT = "g";

  private SynapseAssembly() {}

  /// Weights that stay as they are: a spike adds the weight to the target's input.
  public static WeightUpdate staticWeights(Connection connection) {
    var model =
        new WeightUpdateModel("StaticPulse")
            .variable(WEIGHT, VarAccess.READ_ONLY)
            .preSpikeSynCode("addToPost(g);");
    return new WeightUpdate(
        model,
        Bindings.NONE.initialValue(WEIGHT, connection.connectivity().weight().initialValue()));
  }

  /// The synapse group of a connection.
  ///
  /// @param dt duration of a timestep (ms)
  public static SynapseGroup group(
      Network network, Connection connection, WeightUpdate weightUpdate, double dt) {
    return new SynapseGroup(
        connection.name(),
        connection.connectivity().matrix(network.ends(connection)),
        connection.source(),
        connection.target(),
        weightUpdate,
        connection.synapse().postsynapse(dt));
  }

  /// The weights of a connection, as files have them.
  public static SavedVariable weights(Network network, Connection connection) {
    return new SavedVariable(
        connection.name() + "-" + WEIGHT,
        VariableReference.synapse(connection.name(), WEIGHT),
        connection.connectivity().weightShape(network.ends(connection)));
  }
}
