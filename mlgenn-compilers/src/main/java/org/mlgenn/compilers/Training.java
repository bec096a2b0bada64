package org.mlgenn.compilers;

import java.util.List;
import java.util.Optional;
import org.genn.engine.model.VariableReference;

/// What a trainer needs to know besides what evaluation needs.
///
/// @param outputs populations with a loss
/// @param variables that training changes
/// @param exampleWeights all variables that hold 1 / examples in the batch, one value per example:
///   those of the outputs, and of populations that are regularised
/// @param strictTapes whether spikes that did not fit on a tape are an error; otherwise they are
///   counted and reported
/// @param overlap whether a batch is learnt from while the next one runs forward
/// @param replayMasks of inputs, only where ml_genn's tapes are imitated
public record Training(
    List<TrainedOutput> outputs,
    List<TrainedVariable> variables,
    List<VariableReference> exampleWeights,
    boolean strictTapes,
    Optional<Overlap> overlap,
    List<ReplayMask> replayMasks) {
  public Training {
    outputs = List.copyOf(outputs);
    variables = List.copyOf(variables);
    exampleWeights = List.copyOf(exampleWeights);
    replayMasks = List.copyOf(replayMasks);
  }

  /// Each batch is learnt from at once; nothing but outputs has weights of examples.
  public Training(List<TrainedOutput> outputs, List<TrainedVariable> variables) {
    this(
        outputs,
        variables,
        outputs.stream().map(TrainedOutput::exampleWeight).toList(),
        false,
        Optional.empty(),
        List.of());
  }
}
