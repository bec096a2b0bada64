package org.genn.engine.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Given;
import org.genn.engine.model.GivenNames;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.model.builtin.WeightUpdateModels;

/// What PyGeNN has as functions of its module: models with their values, and references. They are
/// called as `GeNNModel.initVar(…)`.
///
/// A model, initialiser or connectivity is given as an object, or by GeNN's name where it is a
/// built-in one.
abstract class ModelFunctions {
  ModelFunctions() {}

  /// Initial values that code computes.
  public static InitialValue initVar(VariableInit init, Map<String, ? extends Number> params) {
    Given.all("initVar", "initialiser", init);
    return new InitialValue.Snippet(init, bindings(GivenNames.of(init), params, Map.of()));
  }

  /// @param init name of a built-in initialiser: `Uniform`, `Normal`, …
  public static InitialValue initVar(String init, Map<String, ? extends Number> params) {
    return initVar(VariableInits.named(init), params);
  }

  /// @param extraGlobalParams contents of the initialiser's arrays, such as the `kernel` of
  ///   `Kernel`
  public static InitialValue initVar(
      String init, Map<String, ? extends Number> params, Map<String, float[]> extraGlobalParams) {
    var named = VariableInits.named(init);
    Given.values("snippet " + init, "extra global parameter", extraGlobalParams);
    return new InitialValue.Snippet(
        named, bindings(GivenNames.of(named), params, extraGlobalParams));
  }

  /// Connections that code makes.
  public static BuiltSynapses initSparseConnectivity(
      SparseInit init, Map<String, ? extends Number> params) {
    Given.all("initSparseConnectivity", "connectivity", init);
    return new BuiltSynapses(init, bindings(GivenNames.of(init), params, Map.of()));
  }

  /// @param init name of a built-in snippet without parameters: `OneToOne`
  public static BuiltSynapses initSparseConnectivity(String init) {
    return initSparseConnectivity(init, Map.of());
  }

  /// @param init name of a built-in snippet: `OneToOne`, `FixedProbability`, …
  public static BuiltSynapses initSparseConnectivity(
      String init, Map<String, ? extends Number> params) {
    return initSparseConnectivity(SparsePatterns.named(init), params);
  }

  /// @param init name of a built-in snippet: `Conv2D`, `AvgPoolConv2D`
  public static BuiltSynapses initToeplitzConnectivity(
      String init, Map<String, ? extends Number> params) {
    return initSparseConnectivity(ToeplitzPatterns.named(init), params);
  }

  /// @param init made by `ToeplitzPatterns.ofDiagonals`
  public static BuiltSynapses initToeplitzConnectivity(
      SparseInit init, Map<String, ? extends Number> params) {
    return initSparseConnectivity(init, params);
  }

  private static Bindings bindings(
      GivenNames names, Map<String, ? extends Number> params, Map<String, float[]> arrays) {
    String where = "snippet " + names.model();
    var bindings = new Bindings(ParameterValue.all(where, params), Map.of(), Map.of(), Set.of());
    for (var entry : arrays.entrySet()) {
      bindings = bindings.extraGlobalParameter(entry.getKey(), entry.getValue());
    }
    names.requireAll(where, bindings);
    return bindings;
  }

  public static WeightUpdate initWeightUpdate(
      WeightUpdateModel model, Map<String, ? extends Number> params, Map<String, ?> vars) {
    return initWeightUpdate(model, params, vars, Map.of(), Map.of());
  }

  /// @param preVarRefs variables of the source that the model names; those of the same name where
  ///   none is given
  public static WeightUpdate initWeightUpdate(
      WeightUpdateModel model,
      Map<String, ? extends Number> params,
      Map<String, ?> vars,
      Map<String, VariableReference> preVarRefs,
      Map<String, VariableReference> postVarRefs) {
    return initWeightUpdate(
        model, params, vars, Map.of(), Map.of(), preVarRefs, postVarRefs, Map.of());
  }

  /// @param preVars initial values of what is kept for neurons of the source
  /// @param postVars initial values of what is kept for neurons of the target
  /// @param psmVarRefs variables of the postsynaptic model that the code names
  public static WeightUpdate initWeightUpdate(
      WeightUpdateModel model,
      Map<String, ? extends Number> params,
      Map<String, ?> vars,
      Map<String, ?> preVars,
      Map<String, ?> postVars,
      Map<String, VariableReference> preVarRefs,
      Map<String, VariableReference> postVarRefs,
      Map<String, VariableReference> psmVarRefs) {
    Given.all("initWeightUpdate", "model", model);
    String where = "weight update model " + model.name();
    Given.values(where, "variable", vars);
    Given.values(where, "presynaptic variable", preVars);
    Given.values(where, "postsynaptic variable", postVars);
    var all = new LinkedHashMap<String, Object>(vars);
    all.putAll(ModelPart.ofEnd(where, "presynaptic", preVars, model.pre().variables()));
    all.putAll(ModelPart.ofEnd(where, "postsynaptic", postVars, model.post().variables()));
    var bindings = ModelPart.bindings(where, GivenNames.of(model), params, all);
    return new WeightUpdate(model, bindings, preVarRefs, postVarRefs, psmVarRefs);
  }

  /// @param model name of a built-in model without variables: `StaticPulseConstantWeight`
  public static WeightUpdate initWeightUpdate(String model, Map<String, ? extends Number> params) {
    return initWeightUpdate(model, params, Map.of());
  }

  /// @param model name of a built-in model: `StaticPulse`, …
  public static WeightUpdate initWeightUpdate(
      String model, Map<String, ? extends Number> params, Map<String, ?> vars) {
    return initWeightUpdate(WeightUpdateModels.named(model), params, vars);
  }

  /// @param model name of a built-in model; see the form for a `WeightUpdateModel`
  public static WeightUpdate initWeightUpdate(
      String model,
      Map<String, ? extends Number> params,
      Map<String, ?> vars,
      Map<String, ?> preVars,
      Map<String, ?> postVars,
      Map<String, VariableReference> preVarRefs,
      Map<String, VariableReference> postVarRefs,
      Map<String, VariableReference> psmVarRefs) {
    return initWeightUpdate(
        WeightUpdateModels.named(model),
        params,
        vars,
        preVars,
        postVars,
        preVarRefs,
        postVarRefs,
        psmVarRefs);
  }

  /// @param model name of a built-in model without parameters: `DeltaCurr`
  public static Postsynapse initPostsynaptic(String model) {
    return initPostsynaptic(model, Map.of());
  }

  /// @param model name of a built-in model without variables: `ExpCurr`
  public static Postsynapse initPostsynaptic(String model, Map<String, ? extends Number> params) {
    return initPostsynaptic(model, params, Map.of());
  }

  /// @param model name of a built-in model: `ExpCurr`, `ExpCond`, `DeltaCurr`
  public static Postsynapse initPostsynaptic(
      String model, Map<String, ? extends Number> params, Map<String, ?> vars) {
    return initPostsynaptic(PostsynapticModels.named(model), params, vars);
  }

  public static Postsynapse initPostsynaptic(
      PostsynapticModel model, Map<String, ? extends Number> params, Map<String, ?> vars) {
    return initPostsynaptic(model, params, vars, Map.of());
  }

  /// @param model name of a built-in model: `ExpCond`
  public static Postsynapse initPostsynaptic(
      String model,
      Map<String, ? extends Number> params,
      Map<String, ?> vars,
      Map<String, VariableReference> varRefs) {
    return initPostsynaptic(PostsynapticModels.named(model), params, vars, varRefs);
  }

  /// @param varRefs variables of the target that the model names; those of the same name where none
  ///   is given
  public static Postsynapse initPostsynaptic(
      PostsynapticModel model,
      Map<String, ? extends Number> params,
      Map<String, ?> vars,
      Map<String, VariableReference> varRefs) {
    Given.all("initPostsynaptic", "model", model);
    var bindings =
        ModelPart.bindings(
            "postsynaptic model " + model.name(), GivenNames.of(model), params, vars);
    return new Postsynapse(model, bindings, varRefs);
  }

  public static VariableReference createVarRef(NeuronPopulation population, String variable) {
    Given.all("createVarRef", "population", population);
    return population.state().made(VariableReference.neuron(population.name(), variable));
  }

  public static VariableReference createVarRef(ModelCurrentSource source, String variable) {
    Given.all("createVarRef", "current source", source);
    return source.state().made(VariableReference.currentSource(source.name(), variable));
  }

  public static VariableReference createVarRef(ModelCustomUpdate update, String variable) {
    Given.all("createVarRef", "update", update);
    return update.state().made(VariableReference.customUpdate(update.name(), variable));
  }

  public static VariableReference createPsmVarRef(SynapsePopulation population, String variable) {
    Given.all("createPsmVarRef", "population", population);
    return population.state().made(VariableReference.postsynaptic(population.name(), variable));
  }

  public static VariableReference createWuVarRef(SynapsePopulation population, String variable) {
    Given.all("createWuVarRef", "population", population);
    return population.state().made(VariableReference.synapse(population.name(), variable));
  }

  public static VariableReference createWuVarRef(ModelCustomUpdate update, String variable) {
    Given.all("createWuVarRef", "update", update);
    return update.state().made(VariableReference.customUpdate(update.name(), variable));
  }

  public static VariableReference createWuVarRef(
      ModelCustomConnectivityUpdate update, String variable) {
    Given.all("createWuVarRef", "update", update);
    return update.state().made(VariableReference.connectivityUpdate(update.name(), variable));
  }

  public static VariableReference createPreVarRef(
      ModelCustomConnectivityUpdate update, String variable) {
    Given.all("createPreVarRef", "update", update);
    return update.state().made(VariableReference.connectivityUpdatePre(update.name(), variable));
  }

  public static VariableReference createPostVarRef(
      ModelCustomConnectivityUpdate update, String variable) {
    Given.all("createPostVarRef", "update", update);
    return update.state().made(VariableReference.connectivityUpdatePost(update.name(), variable));
  }

  public static VariableReference createWuPreVarRef(SynapsePopulation population, String variable) {
    Given.all("createWuPreVarRef", "population", population);
    return population.state().made(VariableReference.weightUpdatePre(population.name(), variable));
  }

  public static VariableReference createWuPostVarRef(
      SynapsePopulation population, String variable) {
    Given.all("createWuPostVarRef", "population", population);
    return population.state().made(VariableReference.weightUpdatePost(population.name(), variable));
  }

  public static VariableReference createSpikeTimeVarRef(NeuronPopulation population) {
    Given.all("createSpikeTimeVarRef", "population", population);
    return population.state().made(VariableReference.spikeTime(population.name()));
  }

  public static VariableReference createPrevSpikeTimeVarRef(NeuronPopulation population) {
    Given.all("createPrevSpikeTimeVarRef", "population", population);
    return population.state().made(VariableReference.previousSpikeTime(population.name()));
  }

  public static VariableReference createDenDelayVarRef(SynapsePopulation population) {
    Given.all("createDenDelayVarRef", "population", population);
    return population.state().made(VariableReference.dendriticDelay(population.name()));
  }

  public static VariableReference createSrcSpikeCountVarRef(SynapsePopulation population) {
    Given.all("createSrcSpikeCountVarRef", "population", population);
    return population.state().made(VariableReference.sourceSpikeCount(population.name()));
  }

  public static VariableReference createOutPostVarRef(SynapsePopulation population) {
    Given.all("createOutPostVarRef", "population", population);
    return population.state().made(VariableReference.synapticInput(population.name()));
  }

  public static VariableReference createEgpRef(NeuronPopulation population, String parameter) {
    Given.all("createEgpRef", "population", population);
    return population.state().made(VariableReference.neuron(population.name(), parameter));
  }

  public static VariableReference createEgpRef(ModelCurrentSource source, String parameter) {
    Given.all("createEgpRef", "current source", source);
    return source.state().made(VariableReference.currentSource(source.name(), parameter));
  }

  public static VariableReference createEgpRef(ModelCustomUpdate update, String parameter) {
    Given.all("createEgpRef", "update", update);
    return update.state().made(VariableReference.customUpdate(update.name(), parameter));
  }

  public static VariableReference createEgpRef(
      ModelCustomConnectivityUpdate update, String parameter) {
    Given.all("createEgpRef", "update", update);
    return update.state().made(VariableReference.connectivityUpdate(update.name(), parameter));
  }

  public static VariableReference createPsmEgpRef(SynapsePopulation population, String parameter) {
    Given.all("createPsmEgpRef", "population", population);
    return population.state().made(VariableReference.postsynaptic(population.name(), parameter));
  }

  public static VariableReference createWuEgpRef(SynapsePopulation population, String parameter) {
    Given.all("createWuEgpRef", "population", population);
    return population.state().made(VariableReference.synapse(population.name(), parameter));
  }
}
