package org.mlgenn.parts;

import java.util.List;

/// The loss's factor of the chain rule: how the state `Error` of each output neuron, minus the
/// derivative of the loss by the readout weighted by the example's share of the batch, comes about.
///
/// Per trial the contribution's code of `Stage.ERROR` sets `Error` at the end of the trial. Per
/// timestep `Error` has a value of its own for each step, set by code of `Stage.STORE_ERROR`, or by
/// that of `Stage.ERROR` after each step. Losses of spike times also set `SilentError`, what drives
/// neurons whose spike is missing.
///
/// The code may use `ExampleWeight`, 1 / examples in the batch, which the compiler provides, and
/// the results of the reductions by their names.
///
/// @param contribution states and code
/// @param reductions over the neurons of each example, in the order in which they run, before the
///   code of `Stage.ERROR`
/// @param omitsJump whether spikes of the population leave the adjoint voltage as it is but for the
///   error (a quirk)
public record ErrorSignal(
    Contribution contribution, List<Reduction> reductions, boolean omitsJump) {

  /// The state with the error.
  public static final String ERROR = "Error";

  /// The state with the error of neurons whose spike is missing.
  public static final String SILENT_ERROR = "SilentError";

  /// 1 / examples in the batch, one value per example.
  public static final String EXAMPLE_WEIGHT = "ExampleWeight";

  /// The state in which a loss per timestep sums up its own value, over neurons and steps.
  public static final String LOSS_SUM = "LossSum";

  public ErrorSignal {
    reductions = List.copyOf(reductions);
  }

  public ErrorSignal(Contribution contribution, List<Reduction> reductions) {
    this(contribution, reductions, false);
  }

  /// A number per example, reduced over the neurons of the population.
  ///
  /// @param name under which later reductions and the code of `Stage.ERROR` know it
  /// @param expression per neuron, in terms of the population's variables and earlier reductions
  public record Reduction(String name, Operation operation, String expression) {}

  /// How values are reduced.
  public enum Operation {
    SUM,
    MAXIMUM
  }
}
