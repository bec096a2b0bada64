package org.genn.engine.runtime;

import java.util.Map;
import org.genn.engine.model.Given;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.VariableReference;

/// An extra global parameter of a group of a `GeNNModel`.
public final class ModelArray {
  private final ModelState state;
  private final VariableReference reference;
  private final Map<String, InitialValue.Values> initialValues;

  ModelArray(
      ModelState state,
      VariableReference reference,
      Map<String, InitialValue.Values> initialValues) {
    this.state = state;
    this.reference = reference;
    this.initialValues = initialValues;
  }

  public String name() {
    return reference.variable();
  }

  /// Sets values, and with them the length, before the model is loaded.
  public void setInitValues(float[] values) {
    requireGiven(values);
    setInitValues(InitialValue.of(values));
  }

  public void setInitValues(double[] values) {
    requireGiven(values);
    setInitValues(InitialValue.of(values));
  }

  public void setInitValues(long[] values) {
    requireGiven(values);
    setInitValues(InitialValue.of(values));
  }

  private void requireGiven(Object values) {
    Given.all(
        "extra global parameter '%s.%s'".formatted(reference.group(), name()),
        "array of values",
        values);
  }

  private void setInitValues(InitialValue values) {
    if (state.isLoaded()) {
      throw new IllegalStateException(
          "extra global parameter '%s.%s': initial values are set before load(); use setValues"
              .formatted(reference.group(), name()));
    }
    initialValues.put(name(), (InitialValue.Values) values);
  }

  /// The live values.
  public ArrayView view() {
    return state.simulation().extraGlobalParameter(reference);
  }

  /// A copy of the values in single precision.
  public float[] values() {
    return view().toArray();
  }

  /// A copy of the values; integers above 2⁵³ are rounded.
  public double[] doubleValues() {
    return view().toDoubles();
  }

  /// A copy of the values of an array of an integer type.
  public long[] longValues() {
    return view().toLongs();
  }

  public void setValues(float[] values) {
    view().set(values);
  }

  public void setValues(double[] values) {
    view().set(values);
  }

  public void setValues(long[] values) {
    view().set(values);
  }

  public void pullFromDevice() {
    view();
  }

  public void pushToDevice() {
    view();
  }
}
