package org.genn.engine.runtime;

import java.util.Arrays;
import java.util.Map;
import org.genn.engine.model.Given;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.NumericType;

/// A variable of a group of a `GeNNModel`. Its values exist while the model is loaded.
public final class ModelVariable {
  private final ModelState state;
  private final VariableReference reference;

  private final Map<String, ModelArray> extraGlobalParams;

  ModelVariable(ModelState state, VariableReference reference) {
    this(state, reference, Map.of());
  }

  /// @param extraGlobalParams arrays of its initialiser
  ModelVariable(
      ModelState state, VariableReference reference, Map<String, ModelArray> extraGlobalParams) {
    this.state = state;
    this.reference = reference;
    this.extraGlobalParams = extraGlobalParams;
  }

  public String name() {
    return reference.variable();
  }

  public VariableReference reference() {
    return state.made(reference);
  }

  /// Arrays of the code that computes its initial values. They are given values before `build`;
  /// `reinitialise` sees what they hold then.
  public Map<String, ModelArray> extraGlobalParams() {
    return extraGlobalParams;
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

  /// A copy of all values of a variable in single precision: per example where examples have their
  /// own, and row by row for synapses. A variable that synapses read with a delay has, in each
  /// example, one slot behind the other, newest first: shape `(batch, slot, neuron)`. Slot 0 has
  /// the present values; synapses with an axonal delay of `d` steps read slot `d` in the next step.
  ///
  /// @throws IllegalStateException for a variable of another type
  public float[] values() {
    requireFloat("values");
    return isDelayed() ? delays().toArray() : view().toArray();
  }

  /// The same of a variable of any type; integers above 2⁵³ are rounded.
  public double[] doubleValues() {
    return isDelayed() ? delays().toDoubles() : view().toDoubles();
  }

  /// The same of a variable of an integer type.
  public long[] longValues() {
    return isDelayed() ? delays().toLongs() : view().toLongs();
  }

  /// A copy of the values of the newest delay slot; of a variable that is not in single precision
  /// `currentView` has them.
  public float[] currentValues() {
    requireFloat("currentValues");
    return view().toArray();
  }

  private void requireFloat(String caller) {
    if (view().type() != NumericType.FLOAT) {
      throw new IllegalStateException(
          "%s has type %s, %s is for FLOAT; use %s"
              .formatted(
                  Descriptions.of(reference),
                  view().type(),
                  caller,
                  caller.equals("values") ? "doubleValues" : "currentView"));
    }
  }

  /// Sets all values; of a delayed variable those of all slots, which may all get the same.
  ///
  /// @param values as many as `values()` has; or those of one example, or of one slot
  public void setValues(float[] values) {
    if (isDelayed() || view().type() != NumericType.FLOAT) {
      setValues(doubles(values));
    } else {
      view().set(values);
    }
  }

  public void setValues(double[] values) {
    if (isDelayed()) {
      delays().set(values);
    } else {
      view().set(values);
    }
  }

  /// The same for a variable of an integer type.
  public void setValues(long[] values) {
    if (isDelayed()) {
      delays().set(values);
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
    setCurrentValues(doubles(values));
  }

  public void setCurrentValues(double[] values) {
    view().set(values);
  }

  private double[] doubles(float[] values) {
    Given.all(Descriptions.of(reference), "array of values", values);
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
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
