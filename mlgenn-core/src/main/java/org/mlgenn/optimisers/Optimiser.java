package org.mlgenn.optimisers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.CustomUpdateModel;

/// How a variable moves along its gradient.
public interface Optimiser {

  /// For messages: the name of the class.
  default String name() {
    return getClass().getSimpleName();
  }

  /// The update, with references `Gradient` (read) and `Variable` (written) and the optimiser's
  /// state as variables.
  ///
  /// @param clamp range that the variable is kept in
  CustomUpdateModel model(Optional<Clamp> clamp);

  /// Values of the update's parameters before the first step; those that `parameters` gives are
  /// dynamic.
  Bindings bindings(Optional<Clamp> clamp);

  /// Names of the variables that hold the optimiser's state, for checkpoints.
  List<String> stateVariables();

  /// Values that the dynamic parameters have in a step.
  ///
  /// @param step 0 for the first update, counted over the whole training
  Map<String, Double> parameters(long step);

  /// Name of the dynamic parameter that is the learning rate.
  String learningRateParameter();

  double learningRate();

  /// The same optimiser with another learning rate.
  Optimiser learningRate(double learningRate);

  /// Range of a variable.
  record Clamp(double minimum, double maximum) {
    public Clamp {
      if (!(minimum <= maximum)) {
        throw new IllegalArgumentException(
            "Clamp: minimum must not exceed maximum, got [%s, %s]".formatted(minimum, maximum));
      }
    }
  }
}
