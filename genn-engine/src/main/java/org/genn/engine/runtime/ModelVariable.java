package org.genn.engine.runtime;

import org.genn.engine.model.VariableReference;

/// A variable of a group of a `GeNNModel`. Its values exist while the model is loaded.
public final class ModelVariable {
  private final ModelState state;
  private final VariableReference reference;

  ModelVariable(ModelState state, VariableReference reference) {
    this.state = state;
    this.reference = reference;
  }

  public String name() {
    return reference.variable();
  }

  public VariableReference reference() {
    return reference;
  }

  /// The live values.
  public VariableView view() {
    return state.simulation().variable(reference);
  }

  /// The live values of the newest delay slot: the same, since no variable of this engine is
  /// delayed.
  public VariableView currentView() {
    return view();
  }

  /// A copy of all values: per example where examples have their own, and row by row for synapses.
  public float[] values() {
    return view().toArray();
  }

  public float[] currentValues() {
    return values();
  }

  public void setValues(float[] values) {
    view().set(values);
  }

  public void setValues(double value) {
    view().fill(value);
  }

  public void pullFromDevice() {
    view().pull();
  }

  public void pushToDevice() {
    view().push();
  }
}
