package org.genn.engine.runtime;

import java.util.Map;
import org.genn.engine.model.InitialValue;

/// An extra global parameter of a group of a `GeNNModel`.
public final class ModelArray {
  private final ModelState state;
  private final String group;
  private final String name;
  private final Map<String, InitialValue.Values> initialValues;

  ModelArray(
      ModelState state, String group, String name, Map<String, InitialValue.Values> initialValues) {
    this.state = state;
    this.group = group;
    this.name = name;
    this.initialValues = initialValues;
  }

  public String name() {
    return name;
  }

  /// Sets values, and with them the length, before the model is loaded.
  public void setInitValues(float[] values) {
    if (state.isLoaded()) {
      throw new IllegalStateException(
          "extra global parameter '%s.%s': initial values are set before load(); use setValues"
              .formatted(group, name));
    }
    initialValues.put(name, (InitialValue.Values) InitialValue.of(values));
  }

  /// The live values.
  public ArrayView view() {
    return state.simulation().extraGlobalParameter(group, name);
  }

  public float[] values() {
    return view().toArray();
  }

  public void setValues(float[] values) {
    view().set(values);
  }

  public void pullFromDevice() {
    view();
  }

  public void pushToDevice() {
    view();
  }
}
