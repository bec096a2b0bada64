package org.mlgenn.compilers.eventprop;

import java.util.ArrayList;
import java.util.Optional;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.Phase;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.mlgenn.Connection;
import org.mlgenn.Population;
import org.mlgenn.compilers.Compatibility;
import org.mlgenn.compilers.TrainedVariable;
import org.mlgenn.compilers.parts.SynapseAssembly;
import org.mlgenn.optimisers.Optimiser;
import org.mlgenn.parts.SynapseAdjoint;

/// What a connection does backward, and how its weights learn.
record WeightTraining(Factors factors, Connection connection) {
  static final String REDUCE_GROUP = "GradientReduce";
  static final String LEARN_GROUP = "GradientLearn";
  private static final String GRADIENT = "Gradient";
  private static final String REDUCED = "Reduced";

  private Population source() {
    return factors.network().population(connection.source());
  }

  boolean isTrained() {
    return connection.connectivity().isTrainable();
  }

  SynapseGroup group() {
    var group =
        SynapseAssembly.group(
            factors.network(), connection, weightUpdate(), factors.compiler().simulation().dt());
    return source().isInput() ? group : group.preTargetVariable(PopulationComposition.FEEDBACK);
  }

  /// At a replayed spike `G ← G - tauSyn · λI`, and `Σ w (λV - λI)` is fed back to a source that is
  /// not an input.
  private WeightUpdate weightUpdate() {
    Population target = factors.network().population(connection.target());
    SynapseAdjoint synapse = factors.synapse(target);
    double gain =
        factors.compiler().has(Compatibility.INPUT_GAIN_IGNORED)
            ? 1
            : synapse.gain() * factors.adjoint(target).inputGain();
    var model =
        new WeightUpdateModel("EventProp")
            .variable(SynapseAssembly.WEIGHT, VarAccess.READ_ONLY)
            .postNeuronVariable("LambdaI")
            .preSpikeSynCode("addToPost(g);");
    var bindings =
        Bindings.NONE.initialValue(
            SynapseAssembly.WEIGHT, connection.connectivity().weight().initialValue());
    var backward = new ArrayList<String>();
    boolean isMasked = source().isInput() && PopulationComposition.imitatesTape(factors.compiler());
    if (isTrained()) {
      model = model.parameter("GradientFactor").variable(GRADIENT, VarAccess.READ_WRITE);
      bindings =
          bindings.parameter("GradientFactor", synapse.tau() * gain).initialValue(GRADIENT, 0);
      backward.add(
          isMasked
              ? "Gradient -= Replayed * GradientFactor * LambdaI;"
              : "Gradient -= GradientFactor * LambdaI;");
      if (isMasked) {
        model = model.preNeuronVariable(PopulationComposition.REPLAYED);
      }
    }
    if (!source().isInput()) {
      model = model.parameter("FeedbackFactor").postNeuronVariable("LambdaV");
      bindings = bindings.parameter("FeedbackFactor", gain);
      backward.add(
          gain == 1
              ? "addToPre(g * (LambdaV - LambdaI));"
              : "addToPre(FeedbackFactor * g * (LambdaV - LambdaI));");
    }
    if (!backward.isEmpty()) {
      model = model.preSpikeSynCode(Phase.BACKWARD, String.join("\n", backward));
    }
    return new WeightUpdate(model, bindings);
  }

  /// Sums the gradient over the examples and starts it anew.
  CustomUpdate reduce() {
    var model =
        new CustomUpdateModel("GradientReduce", "Reduced = Gradient;\nGradient = 0.0;")
            .variable(new CustomUpdateVariable(REDUCED, CustomUpdateVarAccess.REDUCE_BATCH_SUM))
            .reference(GRADIENT, VarAccessMode.READ_WRITE);
    return new CustomUpdate(reduceName(), REDUCE_GROUP, model, Bindings.NONE)
        .reference(GRADIENT, VariableReference.synapse(connection.name(), GRADIENT));
  }

  private String reduceName() {
    return REDUCE_GROUP + "_" + connection.name();
  }

  private String learnName() {
    return LEARN_GROUP + "_" + connection.name();
  }

  private VariableReference gradient() {
    return VariableReference.customUpdate(reduceName(), REDUCED);
  }

  /// A step of the optimiser.
  CustomUpdate learn() {
    Optimiser optimiser = factors.compiler().optimiser();
    return new CustomUpdate(
            learnName(),
            LEARN_GROUP,
            optimiser.model(Optional.empty()),
            optimiser.bindings(Optional.empty()))
        .reference("Gradient", gradient())
        .reference(
            "Variable", VariableReference.synapse(connection.name(), SynapseAssembly.WEIGHT));
  }

  TrainedVariable trained() {
    Optimiser optimiser = factors.compiler().optimiser();
    return new TrainedVariable(
        SynapseAssembly.weights(factors.network(), connection),
        gradient(),
        optimiser.stateVariables().stream()
            .map(variable -> VariableReference.customUpdate(learnName(), variable))
            .toList(),
        learnName(),
        optimiser);
  }
}
