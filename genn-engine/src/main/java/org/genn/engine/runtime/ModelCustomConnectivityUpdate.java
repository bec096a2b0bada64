package org.genn.engine.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;

/// A custom connectivity update of a `GeNNModel`.
public final class ModelCustomConnectivityUpdate {
  private final ModelState state;
  private final CustomConnectivityUpdate update;
  private final ModelPart part;

  ModelCustomConnectivityUpdate(ModelState state, CustomConnectivityUpdate update) {
    this.state = state;
    this.update = update;
    var model = update.model();
    var variables = new ArrayList<VariableReference>();
    for (Variable variable : model.synapses().variables()) {
      variables.add(VariableReference.connectivityUpdate(name(), variable.name()));
    }
    for (Variable variable : model.pre().variables()) {
      variables.add(VariableReference.connectivityUpdatePre(name(), variable.name()));
    }
    for (Variable variable : model.post().variables()) {
      variables.add(VariableReference.connectivityUpdatePost(name(), variable.name()));
    }
    part =
        new ModelPart(
            state,
            VariableReference.Kind.CONNECTIVITY_UPDATE,
            update.name(),
            model.declarations(),
            variables,
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

  /// Name of the population whose synapses it adds and removes.
  public String synapseGroup() {
    return update.synapseGroup();
  }

  /// Variables of the synapses.
  public Map<String, ModelVariable> vars() {
    return variables(update.model().synapses().variables());
  }

  /// Variables of the source neurons.
  public Map<String, ModelVariable> preVars() {
    return variables(update.model().pre().variables());
  }

  /// Variables of the target neurons.
  public Map<String, ModelVariable> postVars() {
    return variables(update.model().post().variables());
  }

  /// All of them.
  List<ModelVariable> variables() {
    return List.copyOf(part.variables().values());
  }

  private Map<String, ModelVariable> variables(List<Variable> declared) {
    var byName = new LinkedHashMap<String, ModelVariable>();
    declared.forEach(
        variable -> byName.put(variable.name(), part.variables().get(variable.name())));
    return new Named<>("group '" + name() + "'", "variable", byName);
  }

  public Map<String, ModelArray> extraGlobalParams() {
    return part.arrays();
  }

  /// Asks for a location of a variable of the synapses; before `build`.
  public void setVarLocation(String variable, VarLocation location) {
    part.setVariableLocation(nameOf(vars(), variable), location);
  }

  public VarLocation varLocation(String variable) {
    return part.variableLocation(nameOf(vars(), variable));
  }

  /// Asks for a location of a variable of the source neurons; before `build`.
  public void setPreVarLocation(String variable, VarLocation location) {
    part.setVariableLocation(nameOf(preVars(), variable), location);
  }

  public VarLocation preVarLocation(String variable) {
    return part.variableLocation(nameOf(preVars(), variable));
  }

  /// Asks for a location of a variable of the target neurons; before `build`.
  public void setPostVarLocation(String variable, VarLocation location) {
    part.setVariableLocation(nameOf(postVars(), variable), location);
  }

  public VarLocation postVarLocation(String variable) {
    return part.variableLocation(nameOf(postVars(), variable));
  }

  /// The name, if there is such a variable.
  private static String nameOf(Map<String, ModelVariable> variables, String variable) {
    return variables.get(variable).name();
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

  CustomConnectivityUpdate update() {
    return update.bindings(part.bindings());
  }
}
