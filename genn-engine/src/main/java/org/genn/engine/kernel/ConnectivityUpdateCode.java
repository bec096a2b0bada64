package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.model.ConnectivityUpdatePart;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.ExtraGlobalParameter;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.snippet.Environment;
import org.genn.engine.snippet.Environment.Access;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// The checked snippets of a custom connectivity update.
///
/// @param row code of one source
/// @param host code that runs before, once
record ConnectivityUpdateCode(List<Stmt> row, List<Stmt> host) {
  static final String ADD = "add_synapse";
  static final String REMOVE = "remove_synapse";

  /// Whether the code may add or remove synapses.
  boolean changesConnections() {
    return Uses.of(row).called().contains(ADD) || Uses.of(row).called().contains(REMOVE);
  }

  static ConnectivityUpdateCode read(
      ModelSpec spec, CustomConnectivityUpdate update, SnippetNames known, SnippetReader reader) {
    var model = update.model();
    String of = " of custom connectivity update model " + model.name();
    return new ConnectivityUpdateCode(
        reader
            .scope(rowNames(spec, update, known))
            .statements("row update code" + of, model.rowUpdateCode()),
        reader
            .scope(hostNames(model, known))
            .statements("host update code" + of, model.hostUpdateCode()));
  }

  private static Environment rowNames(
      ModelSpec spec, CustomConnectivityUpdate update, SnippetNames known) {
    var model = update.model();
    Environment names = sizes(known.parameters(model.declarations()), known);
    names = known.unsigned(names, List.of("id_pre", "row_length"));
    for (ExtraGlobalParameter array : model.extraGlobalParameterReferences()) {
      names = names.withVariable(array.name(), known.pointer(array.type()), Access.READ_ONLY);
    }
    names =
        known
            .references(known.variables(names, model.pre().variables()), model.pre().references())
            .withFunction(ADD, SnippetType.NOTHING, added(model.synapses(), known))
            .withRandomNumbers();
    return names.withSynapseLoop(synapseNames(names, spec, update, known));
  }

  /// What there is inside of `for_each_synapse` besides.
  private static Environment synapseNames(
      Environment outside, ModelSpec spec, CustomConnectivityUpdate update, SnippetNames known) {
    var model = update.model();
    Environment names = outside.withFunction(REMOVE, SnippetType.NOTHING, List.of());
    names = known.unsigned(names, List.of("id_post"));
    names = known.number(names, SynapseNumbers.of(spec, spec.synapseGroup(update.synapseGroup())));
    names =
        known.references(
            known.variables(names, model.synapses().variables()), model.synapses().references());
    names = known.readOnly(names, model.post().variables());
    for (VariableDeclaration reference : model.post().references()) {
      names = names.withVariable(reference.name(), known.type(reference.type()), Access.READ_ONLY);
    }
    return names;
  }

  /// Types of the arguments of `add_synapse`.
  private static List<SnippetType> added(ConnectivityUpdatePart synapses, SnippetNames known) {
    var types = new ArrayList<SnippetType>(List.of(GivenIndex.TYPE));
    synapses.variables().forEach(variable -> types.add(known.type(variable.type())));
    synapses.references().forEach(reference -> types.add(known.type(reference.type())));
    return types;
  }

  private static Environment hostNames(CustomConnectivityUpdateModel model, SnippetNames known) {
    Environment names = sizes(known.parameters(model.declarations()), known);
    var rowLength = new SnippetType.Pointer(SnippetType.UINT32, true);
    names =
        names
            .withVariable("row_length", rowLength, Access.READ_ONLY)
            .withFunction("pullRowLengthFromDevice", SnippetType.NOTHING, List.of());
    for (ConnectivityUpdatePart part : List.of(model.pre(), model.post())) {
      for (Variable variable : part.variables()) {
        names =
            transfers(
                names.withVariable(
                    variable.name(), known.pointer(variable.type()), Access.READ_ONLY),
                variable.name(),
                List.of());
      }
    }
    for (ExtraGlobalParameter array : model.declarations().extraGlobalParameters()) {
      names = transfers(names, array.name(), List.of(SnippetType.UINT32));
    }
    return names.withRandomNumbers();
  }

  private static Environment transfers(
      Environment names, String array, List<SnippetType> arguments) {
    return names
        .withFunction("push" + array + "ToDevice", SnippetType.NOTHING, arguments)
        .withFunction("pull" + array + "FromDevice", SnippetType.NOTHING, arguments);
  }

  /// Names of the functions that move arrays between host and device.
  static List<String> transfers(CustomConnectivityUpdateModel model) {
    var names = new ArrayList<String>(List.of("pullRowLengthFromDevice"));
    var arrays = new ArrayList<String>();
    model.pre().variables().forEach(variable -> arrays.add(variable.name()));
    model.post().variables().forEach(variable -> arrays.add(variable.name()));
    Declarations declarations = model.declarations();
    declarations.extraGlobalParameters().forEach(array -> arrays.add(array.name()));
    for (String array : arrays) {
      names.add("push" + array + "ToDevice");
      names.add("pull" + array + "FromDevice");
    }
    return names;
  }

  private static Environment sizes(Environment environment, SnippetNames known) {
    Environment names = known.timeNames(environment);
    return known.unsigned(names, List.of("num_pre", "num_post", "num_batch", "row_stride"));
  }
}
