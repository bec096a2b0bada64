package org.mlgenn.compilers;

import java.util.List;

/// What a trainer needs to know besides what evaluation needs.
///
/// @param outputs populations with a loss
/// @param variables that training changes
public record Training(List<TrainedOutput> outputs, List<TrainedVariable> variables) {
  public Training {
    outputs = List.copyOf(outputs);
    variables = List.copyOf(variables);
  }
}
