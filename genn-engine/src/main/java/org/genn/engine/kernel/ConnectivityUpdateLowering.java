package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Stmt;

/// Lowers a custom connectivity update: a kernel of its host code, and one over the rows of its
/// synapses.
final class ConnectivityUpdateLowering {
  /// Streams of random numbers of neuron groups, current sources and synapse groups are below.
  private static final int FIRST_STREAM = 4_000_000;

  private final ModelSpec spec;
  private final ModelCode modelCode;
  private final Layout layout;

  ConnectivityUpdateLowering(ModelSpec spec, ModelCode modelCode, Layout layout) {
    this.spec = spec;
    this.modelCode = modelCode;
    this.layout = layout;
  }

  /// What a custom connectivity update is made of.
  ///
  /// @param host kernel of the host code, if there is any
  /// @param rows kernel of the row code, if there is any
  record Lowered(
      List<Function> functions,
      Optional<Kernel> host,
      Optional<Kernel> rows,
      Launch.Connectivity after) {}

  Lowered lower(CustomConnectivityUpdate update) {
    ConnectivityUpdateCode code = modelCode.of(update);
    SynapseGroup group = spec.synapseGroup(update.synapseGroup());
    int sources = layout.size(group.source());
    refuseSteps(update);
    String name = ArrayTable.identifier(update.name()) + "_rewire";
    ConnectivityUpdatePlace place = place(update, code, name, sources);
    String comment =
        "Custom connectivity update %s of group %s".formatted(update.name(), update.group());
    var functions = new ArrayList<Function>();
    Optional<Kernel> host = Optional.empty();
    if (!code.host().isEmpty()) {
      Function function = host(update, place, code, name + "_host", comment + ": host code");
      functions.add(function);
      host =
          Optional.of(kernel(function.name(), comment, Kernel.Domain.WHOLE, 1, List.of(function)));
    }
    Optional<Kernel> rows = Optional.empty();
    if (!code.row().isEmpty()) {
      var perRow = new ArrayList<Function>();
      perRow.add(
          new RowUpdateLowering(spec, layout, update, place, code)
              .lower(name + "_row", comment + ": one row"));
      if (place.working().isPresent()) {
        perRow.add(
            new RowWriteBack(
                    layout,
                    place,
                    (SparseRows) layout.rows(group.name()),
                    layout.synapseValues(group.name()),
                    sources,
                    RowWriteBack.written(Uses.of(code.row()), names(update).synapses()))
                .lower(name + "_finish", comment + ": changes of one row"));
      }
      functions.addAll(perRow);
      rows = Optional.of(kernel(name, comment, layout.rowDomain(perRow), sources, perRow));
    }
    return new Lowered(
        functions,
        host,
        rows,
        new Launch.Connectivity(
            update.name(),
            group.name(),
            layout.table.indexOf(place.launches()),
            place.working().isPresent() ? layout.table.indexOf(place.outcome()) : -1,
            place.working().map(WorkingRows::all).orElse(List.of()).stream()
                .map(layout.table::indexOf)
                .toList(),
            update.group()));
  }

  private ConnectivityUpdatePlace place(
      CustomConnectivityUpdate update, ConnectivityUpdateCode code, String name, int sources) {
    var used = names(update).synapses().values().stream().map(Place::rows).toList();
    return new ConnectivityUpdatePlace(
        code.changesConnections()
            ? Optional.of(
                WorkingRows.of(
                    layout.table, name, sources, used, layout.synapseValues(update.synapseGroup())))
            : Optional.empty(),
        layout.table.add(name + "_outcome", NumericType.INT32, 1, sources),
        layout.table.add(name + "_launches", NumericType.INT32, 1, 1),
        FIRST_STREAM + 2 * spec.customConnectivityUpdates().indexOf(update));
  }

  private ConnectivityUpdateNames names(CustomConnectivityUpdate update) {
    return new ConnectivityUpdateNames(spec, layout, update);
  }

  private void refuseSteps(CustomConnectivityUpdate update) {
    for (var references : List.of(update.references().pre(), update.references().post())) {
      references.forEach(
          (name, reference) -> {
            if (layout.place(reference).perStep()) {
              throw new IllegalArgumentException(
                  "custom connectivity update '%s': reference '%s' is to variable '%s' of '%s', which has a value per step of a trial"
                      .formatted(update.name(), name, reference.variable(), reference.group()));
            }
          });
    }
  }

  /// Calls functions for each unit; the first unit of the call is the number of the room that it
  /// may use.
  private Kernel kernel(
      String name, String comment, Kernel.Domain domain, int units, List<Function> functions) {
    Expr.Name unit = Build.integer("unit");
    Expr now = Build.element(NumericType.INT64, "trialNow", Build.integer(3));
    Expr time =
        Build.multiply(
            Build.convert(layout.timepoint, now), Build.literal(layout.timepoint, spec.dt()));
    var calls = new ArrayList<Op>();
    for (Function function : functions) {
      calls.add(
          new Op.Invoke(
              function.name(),
              List.of(
                  unit,
                  Build.integer("begin"),
                  Build.integer(0),
                  Build.name(layout.timepoint, "t"))));
    }
    return new Kernel(
        "update_" + name,
        comment,
        domain,
        units,
        List.of(
            new Op.Hoist("trialNow", layout.trial, Build.integer(0)),
            Build.run(Build.declare(layout.timepoint, "t", time)),
            new Op.Loop(unit.name(), Build.integer("begin"), Build.integer("end"), calls)));
  }

  // ---- host code

  private Function host(
      CustomConnectivityUpdate update,
      ConnectivityUpdatePlace place,
      ConnectivityUpdateCode code,
      String name,
      String comment) {
    FunctionBuilder builder = new FunctionBuilder(layout);
    Uses uses = Uses.of(code.host());
    SynapseGroup group = spec.synapseGroup(update.synapseGroup());
    SparseRows rows = (SparseRows) layout.rows(group.name());
    int sources = layout.size(group.source());
    ElementScope scope = new ElementScope(builder, uses, Build.integer(0));
    names(update).bind(builder, scope);
    for (Variable variable : update.model().pre().variables()) {
      array(
          builder,
          scope,
          variable,
          VariableReference.connectivityUpdatePre(update.name(), variable.name()));
    }
    for (Variable variable : update.model().post().variables()) {
      array(
          builder,
          scope,
          variable,
          VariableReference.connectivityUpdatePost(update.name(), variable.name()));
    }
    if (scope.uses("row_length")) {
      rowLengths(builder, scope, rows, name, sources);
    }
    // Host and kernels share memory: what is left of a transfer is its argument.
    for (String transfer : ConnectivityUpdateCode.transfers(update.model())) {
      scope.inliner.bindFunction(
          transfer, arguments -> arguments.isEmpty() ? Build.integer(0) : arguments.getFirst());
    }
    if (RandomCalls.appearIn(uses)) {
      RandomCalls.bind(builder, scope, Build.integer(0), place.stream() + 1, place.launch(builder));
    }
    var statements = new ArrayList<Stmt>(scope.loads);
    statements.addAll(scope.inliner.inline(code.host()));
    statements.forEach(builder::run);
    return builder.function(name, comment);
  }

  private void array(
      FunctionBuilder builder, ElementScope scope, Variable variable, VariableReference reference) {
    if (scope.uses(variable.name())) {
      scope.inliner.bind(
          variable.name(), builder.row(layout.place(reference).rows(), Build.integer(0)));
    }
  }

  /// The lengths of rows as the code sees them: unsigned.
  private void rowLengths(
      FunctionBuilder builder, ElementScope scope, SparseRows rows, String name, int sources) {
    Rows unsigned = layout.table.add(name + "_lengths", NumericType.UINT32, 1, sources);
    String to = builder.row(unsigned, Build.integer(0));
    String from = builder.row(rows.lengths(), Build.integer(0));
    Expr.Name source = Build.integer(builder.names.fresh("source"));
    builder.ops.add(
        new Op.Elements(
            name + "_lengths",
            source.name(),
            Build.integer(sources),
            List.of(
                Build.assign(
                    Build.element(NumericType.UINT32, to, source),
                    Build.convert(
                        NumericType.UINT32, Build.element(NumericType.INT32, from, source))))));
    scope.inliner.bind("row_length", to);
  }
}
