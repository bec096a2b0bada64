package org.genn.engine.runtime;

import java.util.Map;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.Given;
import org.genn.engine.model.VariableReference;

/// A current source of a `GeNNModel`.
public final class ModelCurrentSource {
  private final ModelState state;
  private final CurrentSource source;
  private final ModelPart part;
  private String targetVar;

  ModelCurrentSource(ModelState state, CurrentSource source) {
    this.state = state;
    this.source = source;
    targetVar = source.targetVariable();
    part =
        new ModelPart(
            state,
            VariableReference.Kind.CURRENT_SOURCE,
            source.name(),
            source.model().declarations(),
            source.model().declarations().variables().stream()
                .map(variable -> VariableReference.currentSource(source.name(), variable.name()))
                .toList(),
            source.bindings());
  }

  ModelState state() {
    return state;
  }

  public String name() {
    return source.name();
  }

  public CurrentSourceModel model() {
    return source.model();
  }

  public Map<String, Double> params() {
    return part.parameters();
  }

  public Map<String, ModelVariable> vars() {
    return part.variables();
  }

  public Map<String, ModelArray> extraGlobalParams() {
    return part.arrays();
  }

  public String targetVar() {
    return targetVar;
  }

  /// Sets the input variable of the population that the current is added to.
  public void setTargetVar(String variable) {
    state.requireNotBuilt("change where its current leads");
    Given.all("current source '" + name() + "'", "target variable", variable);
    targetVar = variable;
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

  CurrentSource source() {
    return new CurrentSource(
        source.name(),
        source.target(),
        source.model(),
        part.bindings(),
        source.neuronVariables(),
        targetVar);
  }
}
