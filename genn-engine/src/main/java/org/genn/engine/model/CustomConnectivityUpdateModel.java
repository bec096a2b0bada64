package org.genn.engine.model;

import java.util.List;

/// Code that removes and adds synapses of a sparse group when its group is launched.
///
/// Host code runs first, once. Then row code runs once for each source neuron: in no order, unless
/// it writes an extra global parameter, then in ascending order. It may visit the synapses of the
/// source with `for_each_synapse { … }`, where `remove_synapse()` removes the one that is visited,
/// and append others with `add_synapse(target, values…)`: first the values of the update's own
/// variables of synapses, then those of the variables that it refers to. All other variables of the
/// synapses start at 0.
///
/// Synapses have a place in the row of their source: the last one of the row takes the place of one
/// that is removed, and is visited next; one that is added comes last. The next update meets them
/// in that order, and the host reads connections and values in it.
///
/// Variables of the update are shared by all examples, as the connections are.
///
/// @param declarations parameters and extra global parameters; variables are in the parts
/// @param synapses variables of the synapses; code meets them inside of `for_each_synapse`
/// @param pre variables of the source neurons
/// @param post variables of the target neurons; row code may only read them, inside of
///   `for_each_synapse`
/// @param hostUpdateCode sees whole arrays: variables of both ends, extra global parameters, and
///   `row_length`
public record CustomConnectivityUpdateModel(
    String name,
    Declarations declarations,
    ConnectivityUpdatePart synapses,
    ConnectivityUpdatePart pre,
    ConnectivityUpdatePart post,
    List<ExtraGlobalParameter> extraGlobalParameterReferences,
    String rowUpdateCode,
    String hostUpdateCode) {

  public CustomConnectivityUpdateModel {
    Given.to(
        "custom connectivity update model",
        name,
        "declarations",
        declarations,
        "synapses",
        synapses,
        "source neurons",
        pre,
        "target neurons",
        post,
        "row update code",
        rowUpdateCode,
        "host update code",
        hostUpdateCode);
    extraGlobalParameterReferences = List.copyOf(extraGlobalParameterReferences);
  }

  public CustomConnectivityUpdateModel(String name, String rowUpdateCode) {
    this(
        name,
        Declarations.NONE,
        ConnectivityUpdatePart.NONE,
        ConnectivityUpdatePart.NONE,
        ConnectivityUpdatePart.NONE,
        List.of(),
        rowUpdateCode,
        "");
  }

  public CustomConnectivityUpdateModel declarations(Declarations declarations) {
    return new CustomConnectivityUpdateModel(
        name,
        declarations,
        synapses,
        pre,
        post,
        extraGlobalParameterReferences,
        rowUpdateCode,
        hostUpdateCode);
  }

  public CustomConnectivityUpdateModel parameter(String parameter) {
    return parameter(parameter, "scalar");
  }

  public CustomConnectivityUpdateModel parameter(String parameter, String type) {
    return declarations(declarations.parameter(new ModelParameter(parameter, type)));
  }

  public CustomConnectivityUpdateModel derivedParameter(
      String parameter, DerivedParameter.Function function) {
    return declarations(
        declarations.derivedParameter(new DerivedParameter(parameter, "scalar", function)));
  }

  public CustomConnectivityUpdateModel extraGlobalParameter(String parameter, String type) {
    return declarations(
        declarations.extraGlobalParameter(new ExtraGlobalParameter(parameter, type)));
  }

  public CustomConnectivityUpdateModel synapses(ConnectivityUpdatePart synapses) {
    return new CustomConnectivityUpdateModel(
        name,
        declarations,
        synapses,
        pre,
        post,
        extraGlobalParameterReferences,
        rowUpdateCode,
        hostUpdateCode);
  }

  public CustomConnectivityUpdateModel pre(ConnectivityUpdatePart pre) {
    return new CustomConnectivityUpdateModel(
        name,
        declarations,
        synapses,
        pre,
        post,
        extraGlobalParameterReferences,
        rowUpdateCode,
        hostUpdateCode);
  }

  public CustomConnectivityUpdateModel post(ConnectivityUpdatePart post) {
    return new CustomConnectivityUpdateModel(
        name,
        declarations,
        synapses,
        pre,
        post,
        extraGlobalParameterReferences,
        rowUpdateCode,
        hostUpdateCode);
  }

  /// A variable of the synapses.
  public CustomConnectivityUpdateModel variable(Variable variable) {
    return synapses(synapses.variable(variable));
  }

  public CustomConnectivityUpdateModel preVariable(Variable variable) {
    return pre(pre.variable(variable));
  }

  public CustomConnectivityUpdateModel postVariable(Variable variable) {
    return post(post.variable(variable));
  }

  /// A variable of the synapses that another group has.
  public CustomConnectivityUpdateModel reference(VariableDeclaration reference) {
    return synapses(synapses.reference(reference));
  }

  public CustomConnectivityUpdateModel reference(String reference, VarAccessMode mode) {
    return reference(new VariableDeclaration(reference, mode));
  }

  public CustomConnectivityUpdateModel preReference(VariableDeclaration reference) {
    return pre(pre.reference(reference));
  }

  public CustomConnectivityUpdateModel postReference(VariableDeclaration reference) {
    return post(post.reference(reference));
  }

  public CustomConnectivityUpdateModel extraGlobalParameterReference(
      String parameter, String type) {
    return new CustomConnectivityUpdateModel(
        name,
        declarations,
        synapses,
        pre,
        post,
        Declarations.plus(
            extraGlobalParameterReferences, new ExtraGlobalParameter(parameter, type)),
        rowUpdateCode,
        hostUpdateCode);
  }

  public CustomConnectivityUpdateModel hostUpdateCode(String hostUpdateCode) {
    return new CustomConnectivityUpdateModel(
        name,
        declarations,
        synapses,
        pre,
        post,
        extraGlobalParameterReferences,
        rowUpdateCode,
        hostUpdateCode);
  }
}
