package org.mlgenn.readouts;

import java.util.Optional;
import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.ReadoutKind;
import org.mlgenn.parts.Sensitivity;

/// What is read of an output population at the end of an example: one number per example and
/// neuron, `(batch, neurons)`.
public interface Readout {
  /// For messages.
  default String name() {
    return getClass().getSimpleName();
  }

  /// What the readout takes from its population.
  ReadoutKind kind();

  /// State and code that accumulate the readout during an example.
  ///
  /// @throws IllegalArgumentException when the neuron lacks what the readout needs; see `problem`
  Contribution contribution(ReadoutContext context);

  /// Variable of the neuron group that holds the readout at the end, one value per example and
  /// neuron.
  String variable(ReadoutContext context);

  /// Why the readout cannot read this population, with the way out; empty when it can.
  default Optional<String> problem(ReadoutContext context) {
    if (kind().needsSpikes() && !context.spikes()) {
      return Optional.of(
          "%s needs a neuron that spikes, %s does not; use LeakyIntegrateFire"
              .formatted(name(), context.neuron()));
    }
    if (!kind().needsSpikes() && context.outputVariable().isEmpty()) {
      return Optional.of(
          "%s needs a neuron with an output variable, %s has none; use LeakyIntegrate"
              .formatted(name(), context.neuron()));
    }
    return Optional.empty();
  }

  /// What training needs besides, so that the backward phase finds what `sensitivity` names.
  default Contribution training(ReadoutContext context) {
    return new Contribution("readout " + name());
  }

  /// How the readout depends on what the neuron did.
  Sensitivity sensitivity(ReadoutContext context);
}
