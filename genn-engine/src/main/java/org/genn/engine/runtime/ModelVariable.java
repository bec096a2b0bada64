package org.genn.engine.runtime;

import java.util.Arrays;
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

  /// The live values of the newest delay slot: the same. Earlier values are in `delays`.
  public VariableView currentView() {
    return view();
  }

  /// The live values of all delay slots, newest first.
  public DelayView delays() {
    return view().delays();
  }

  /// A copy of all values: per example where examples have their own, and row by row for synapses.
  /// A variable that synapses read with a delay has, in each example, one slot behind the other,
  /// newest first: shape `(batch, slot, neuron)`.
  public float[] values() {
    return isDelayed() ? delays().toArray() : view().toArray();
  }

  /// A copy of the values of the newest delay slot.
  public float[] currentValues() {
    return view().toArray();
  }

  /// Sets all values; of a delayed variable those of all slots, which may all get the same.
  public void setValues(float[] values) {
    if (isDelayed()) {
      double[] doubles = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        doubles[i] = values[i];
      }
      delays().set(doubles);
    } else {
      view().set(values);
    }
  }

  public void setValues(double value) {
    if (isDelayed()) {
      double[] doubles = new double[view().elements()];
      Arrays.fill(doubles, value);
      delays().set(doubles);
    } else {
      view().fill(value);
    }
  }

  /// Sets the values of the newest delay slot only.
  public void setCurrentValues(float[] values) {
    view().set(values);
  }

  private boolean isDelayed() {
    return delays().slots() > 1;
  }

  public void pullFromDevice() {
    view().pull();
  }

  public void pushToDevice() {
    view().push();
  }
}
