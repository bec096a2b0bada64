package org.mlgenn.compilers;

import java.util.Optional;
import org.genn.engine.model.VariableReference;
import org.mlgenn.losses.Loss;
import org.mlgenn.parts.ErrorContext;
import org.mlgenn.parts.TargetKind;

/// What training does with an output population.
///
/// Before a batch, `target` gets the targets of its examples and `exampleWeight` gets, per example,
/// 1 / examples in the batch, or 0 for the places of a batch that is not full.
///
/// The loss of the batch is the sum over the examples of `exampleWeight` times the loss of the
/// example, which is `loss.value(answer, targets, example, context)`, or, where there is a
/// `lossSum`, the sum of that variable over the neurons.
///
/// @param population its name
/// @param kind what `target` holds
/// @param target of each example
/// @param exampleWeight one value per example
/// @param lossSum loss of each example so far, where it is gathered step by step
public record TrainedOutput(
    String population,
    Loss loss,
    TargetKind kind,
    ErrorContext context,
    VariableReference target,
    VariableReference exampleWeight,
    Optional<VariableReference> lossSum) {}
