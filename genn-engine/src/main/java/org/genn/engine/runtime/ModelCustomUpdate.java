package org.genn.engine.runtime;

import java.util.Map;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.VariableReference;

/// A custom update of a `GeNNModel`.
public final class ModelCustomUpdate {
  private final ModelState state;
  private CustomUpdate update;
  private final ModelPart part;

  ModelCustomUpdate(ModelState state, CustomUpdate update) {
    this.state = state;
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

  ModelState state() {
    return state;
  }

  public String name() {
    return update.name();
  }

  public String groupName() {
    return update.group();
  }

  /// Lets the matrix that a reference of the model stands for also be written, transposed, to a
  /// variable of synapses that lead back; before `build`.
  public ModelCustomUpdate transpose(String reference, SynapsePopulation back, String variable) {
    state.requireNotBuilt("change what it updates");
    VariableReference forward = update.references().get(reference);
    String where = "custom update '" + name() + "'";
    if (forward == null) {
      throw new IllegalArgumentException(
          Lookup.missing(where, "reference", reference, update.references().keySet()));
    }
    state.requireOwn(where, "population that leads back", back);
    update =
        update.transposed(reference, forward, VariableReference.synapse(back.name(), variable));
    return this;
  }

  public Map<String, ModelVariable> vars() {
    return part.variables();
  }

  public Map<String, ModelArray> extraGlobalParams() {
    return part.arrays();
  }

  /// Asks for a location of a variable; before `build`.
  public void setVarLocation(String variable, VarLocation location) {
    part.setVariableLocation(variable, location);
  }

  public VarLocation varLocation(String variable) {
    return part.variableLocation(variable);
  }

  public void setExtraGlobalParamLocation(String parameter, VarLocation location) {
    part.setArrayLocation(parameter, location);
  }

  public VarLocation extraGlobalParamLocation(String parameter) {
    return part.arrayLocation(parameter);
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
