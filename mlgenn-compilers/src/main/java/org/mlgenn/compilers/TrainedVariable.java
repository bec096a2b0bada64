package org.mlgenn.compilers;

import java.util.List;
import org.genn.engine.model.VariableReference;
import org.mlgenn.optimisers.Optimiser;

/// A variable that training changes.
///
/// Before an update the host sets the dynamic parameters of `update` to
/// `optimiser.parameters(step)`.
///
/// @param variable with its name in files
/// @param gradient of the mean loss of a batch by the variable, after the update
/// @param optimiserState variables to be kept in checkpoints
/// @param update name of the custom update that changes the variable
public record TrainedVariable(
    SavedVariable variable,
    VariableReference gradient,
    List<VariableReference> optimiserState,
    String update,
    Optimiser optimiser) {
  public TrainedVariable {
    optimiserState = List.copyOf(optimiserState);
  }
}
