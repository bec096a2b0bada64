package org.genn.engine.kernel;

import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.VariableReference;

/// What a custom update runs over: the union of the dimensions of the variables that it refers to.
///
/// @param copies `SHARED`, `EXAMPLES`, or `SLICES` when all variables with copies are partial sums
///   per slice
/// @param rows rows per copy: the sources of a synapse group, 1 for neurons
/// @param length elements per row
/// @param owner synapse group whose synapses it runs over, or empty
/// @param perStep whether it refers to per-step variables
record Dimensions(Symbol.Copies copies, int rows, int length, String owner, boolean perStep) {

  boolean isSynaptic() {
    return !owner.isEmpty();
  }

  static Dimensions of(CustomUpdate update, Layout layout) {
    Symbol.Copies copies = Symbol.Copies.SHARED;
    int rows = -1;
    int length = -1;
    String owner = "";
    boolean perStep = false;
    boolean isRagged = false;
    for (VariableReference reference : update.references().values()) {
      if (reference.kind() == VariableReference.Kind.SPIKE_COUNT) {
        copies = Symbol.Copies.EXAMPLES;
        continue;
      }
      if (reference.kind() == VariableReference.Kind.DENDRITIC_DELAY) {
        copies = Symbol.Copies.EXAMPLES;
        rows = Math.max(rows, 1);
        length = Math.max(length, layout.dendrites(reference.group()).orElseThrow().targets());
        continue;
      }
      Place place = layout.place(reference);
      if (place == null) {
        throw new IllegalArgumentException(
            "custom update '%s' refers to %s, which the model does not have (before it)"
                .formatted(update.name(), reference));
      }
      copies =
          switch (place.copies()) {
            case SHARED -> copies;
            case EXAMPLE_ELEMENTS, EXAMPLES -> Symbol.Copies.EXAMPLES;
            case SLICES -> copies == Symbol.Copies.SHARED ? Symbol.Copies.SLICES : copies;
          };
      if (!place.isScalar()) {
        if (!place.perStep()) {
          rows = Math.max(rows, place.rowsPerCopy());
        }
        isRagged |= place.length() == Rows.RAGGED;
        length = Math.max(length, place.length());
      }
      if (!place.owner().isEmpty()) {
        owner = place.owner();
      }
      perStep |= place.perStep();
    }
    int elements = isRagged ? Rows.RAGGED : length < 0 ? 1 : length;
    return new Dimensions(copies, rows < 0 ? 1 : rows, elements, owner, perStep);
  }
}
