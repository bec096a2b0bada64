package org.genn.engine.kernel;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.ExtraGlobalParameter;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.Environment;
import org.genn.engine.snippet.Environment.Access;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// The checked snippets that make connections and initial values.
final class InitCode {
  private final SnippetNames names;
  private final SnippetReader reader;
  private final Map<VariableReference, List<Stmt>> variables = new HashMap<>();
  private final Map<String, List<Stmt>> connections = new HashMap<>();
  private final Map<String, List<Stmt>> host = new HashMap<>();

  /// @throws org.genn.engine.snippet.SnippetException with the faults of all snippets
  InitCode(Layout layout, List<SynapseGroup> groups) {
    reader = new SnippetReader(layout.isChecked);
    names = new SnippetNames(layout.scalar, layout.timepoint);
    for (SynapseGroup group : groups) {
      reader.begin("synapse group", group.name());
      SynapseLayout.built(group)
          .ifPresent(
              built -> {
                connections.put(group.name(), read(built));
                host.put(group.name(), readHost(built));
              });
    }
    layout
        .variables
        .symbols()
        .forEach(
            (reference, symbol) -> {
              if (symbol.initial() instanceof InitialValue.Snippet initial) {
                Place place = layout.place(reference);
                begin(reference);
                variables.put(
                    reference, read(initial, place.type(), names(reference, place, layout)));
              }
            });
    layout
        .variables
        .generated()
        .forEach(
            (reference, value) -> {
              if (value.initial() instanceof InitialValue.Snippet initial) {
                begin(reference);
                variables.put(
                    reference,
                    read(initial, value.type(), synapseNames(layout.rows(reference.group()))));
              }
            });
    reader.throwFaults();
  }

  private void begin(VariableReference variable) {
    reader.begin("variable '%s' of group".formatted(variable.variable()), variable.group());
  }

  List<Stmt> of(VariableReference variable) {
    return variables.get(variable);
  }

  /// Row or column code of a group.
  List<Stmt> of(SynapseGroup group) {
    return connections.get(group.name());
  }

  /// Code that is run before the connections of a group are made.
  List<Stmt> host(SynapseGroup group) {
    return host.get(group.name());
  }

  private List<Stmt> readHost(BuiltSynapses built) {
    SparseInit init = built.init();
    Environment environment =
        names.unsigned(
            parameters(init.declarations()), List.of("num_pre", "num_post", "num_threads"));
    for (ExtraGlobalParameter array : init.declarations().extraGlobalParameters()) {
      for (String function :
          List.of(SparseInit.allocation(array.name()), HostInitLowering.push(array.name()))) {
        environment =
            environment.withFunction(function, SnippetType.NOTHING, List.of(SnippetType.UINT32));
      }
    }
    return reader
        .scope(environment.withRandomNumbers())
        .statements("host init code of connectivity " + init.name(), init.hostInitCode());
  }

  private List<Stmt> read(BuiltSynapses built) {
    var init = built.init();
    String kind = built.isByColumn() ? "column" : "row";
    Environment environment = parameters(init.declarations());
    List<String> indices =
        built.isByColumn()
            ? List.of("id_post", "id_pre_begin", "num_pre", "num_post", "num_batch")
            : List.of(
                "id_pre",
                "id_post_begin",
                "id_thread",
                "num_threads",
                "num_pre",
                "num_post",
                "num_batch");
    environment = names.unsigned(environment, indices);
    List<SnippetType> arguments =
        Collections.nCopies(1 + built.kernelSize().length, GivenIndex.TYPE);
    return reader
        .scope(
            environment
                .withFunction(RowCode.ADD, SnippetType.NOTHING, arguments)
                .withRandomNumbers())
        .statements(
            "%s build code of connectivity %s".formatted(kind, init.name()),
            built.isByColumn() ? init.columnBuildCode() : init.rowBuildCode());
  }

  private List<Stmt> read(InitialValue.Snippet initial, NumericType type, List<String> indices) {
    Environment environment =
        parameters(initial.init().declarations())
            .withVariable("value", SnippetType.of(type), Access.READ_WRITE)
            .withVariable("num_batch", SnippetType.UINT32, Access.READ_ONLY);
    return reader
        .scope(names.unsigned(environment, indices).withRandomNumbers())
        .statements("code of variable initialiser " + initial.init().name(), initial.init().code());
  }

  private static List<String> names(VariableReference reference, Place place, Layout layout) {
    if (!place.owner().isEmpty()) {
      return synapseNames(layout.rows(place.owner()));
    }
    return reference.kind() == VariableReference.Kind.SYNAPSE
        ? List.of("id_kernel", "num_pre", "num_post")
        : List.of("id", "num_neurons");
  }

  private static List<String> synapseNames(RowAccess rows) {
    return rows.hasKernel()
        ? List.of("id_pre", "id_post", "num_pre", "num_post", "id_kernel")
        : List.of("id_pre", "id_post", "num_pre", "num_post");
  }

  private Environment parameters(Declarations declarations) {
    SnippetType scalar = SnippetType.of(names.scalar());
    return names.parameters(
        Environment.of(names.scalar(), names.timepoint())
            .withVariable("dt", scalar, Access.READ_ONLY),
        declarations);
  }
}
