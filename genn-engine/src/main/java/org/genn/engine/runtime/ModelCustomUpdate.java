package org.genn.engine.runtime;

import java.util.Map;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.VariableReference;

/// A custom update of a `GeNNModel`.
public final class ModelCustomUpdate {
  private final CustomUpdate update;
  private final ModelPart part;

  ModelCustomUpdate(ModelState state, CustomUpdate update) {
    this.update = update;
    part =
        new ModelPart(
            state,
            VariableReference.Kind.CUSTOM_UPDATE,
            update.name(),
            update.model().declarations(),
            update.model().variables().stream()
                .map(variable -> VariableReference.customUpdate(update.name(), variable.name()))
                .toList(),
            update.bindings());
  }

  public String name() {
    return update.name();
  }

  public String groupName() {
    return update.group();
  }

  public Map<String, ModelVariable> vars() {
    return part.variables();
  }

  public Map<String, ModelArray> extraGlobalParams() {
    return part.arrays();
  }

  public void setParamDynamic(String parameter) {
    part.setParameterDynamic(parameter);
  }

  public void setDynamicParamValue(String parameter, double value) {
    part.setDynamicParameterValue(parameter, value);
  }

  CustomUpdate update() {
    return update.bindings(part.bindings());
  }
}
