package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.model.ConnectivityUpdatePart;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.ExtraGlobalParameter;
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
      CustomConnectivityUpdate update, ModelCode models, SnippetReader reader) {
    var model = update.model();
    String of = " of custom connectivity update model " + model.name();
    return new ConnectivityUpdateCode(
        reader
            .scope(rowNames(update, models))
            .statements("row update code" + of, model.rowUpdateCode()),
        reader
            .scope(hostNames(model, models))
            .statements("host update code" + of, model.hostUpdateCode()));
  }

  private static Environment rowNames(CustomConnectivityUpdate update, ModelCode models) {
    var model = update.model();
    Environment names = sizes(models.parameters(model.declarations()), models);
    for (String name : List.of("id_pre", "row_length")) {
      names = names.withVariable(name, SnippetType.UINT32, Access.READ_ONLY);
    }
    for (ExtraGlobalParameter array : model.extraGlobalParameterReferences()) {
      names = names.withVariable(array.name(), models.pointer(array.type()), Access.READ_ONLY);
    }
    names =
        models
            .references(own(names, model.pre(), models), model.pre().references())
            .withFunction(ADD, SnippetType.NOTHING, added(model.synapses(), models))
            .withRandomNumbers();
    return names.withSynapseLoop(synapseNames(names, update, models));
  }

  /// What there is inside of `for_each_synapse` besides.
  private static Environment synapseNames(
      Environment outside, CustomConnectivityUpdate update, ModelCode models) {
    var model = update.model();
    Environment names = outside.withFunction(REMOVE, SnippetType.NOTHING, List.of());
    for (String name : List.of("id_post", "id_syn")) {
      names = names.withVariable(name, SnippetType.UINT32, Access.READ_ONLY);
    }
    names = models.references(own(names, model.synapses(), models), model.synapses().references());
    names = models.readOnly(names, model.post().variables());
    for (VariableDeclaration reference : model.post().references()) {
      names = names.withVariable(reference.name(), models.type(reference.type()), Access.READ_ONLY);
    }
    return names;
  }

  /// Types of the arguments of `add_synapse`.
  private static List<SnippetType> added(ConnectivityUpdatePart synapses, ModelCode models) {
    var types = new ArrayList<SnippetType>(List.of(SnippetType.UINT32));
    synapses.variables().forEach(variable -> types.add(models.type(variable.type())));
    synapses.references().forEach(reference -> types.add(models.type(reference.type())));
    return types;
  }

  private static Environment hostNames(CustomConnectivityUpdateModel model, ModelCode models) {
    Environment names = sizes(models.parameters(model.declarations()), models);
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
                    variable.name(), models.pointer(variable.type()), Access.READ_ONLY),
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

  private static Environment sizes(Environment environment, ModelCode models) {
    Environment names = models.timeNames(environment);
    for (String name : List.of("num_pre", "num_post", "num_batch", "row_stride")) {
      names = names.withVariable(name, SnippetType.UINT32, Access.READ_ONLY);
    }
    return names;
  }

  private static Environment own(
      Environment environment, ConnectivityUpdatePart part, ModelCode models) {
    Environment names = environment;
    for (Variable variable : part.variables()) {
      names =
          names.withVariable(
              variable.name(),
              models.type(variable.type()),
              variable.access().isWritable() ? Access.READ_WRITE : Access.READ_ONLY);
    }
    return names;
  }
}
