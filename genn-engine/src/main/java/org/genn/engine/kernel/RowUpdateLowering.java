package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Rewriter;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/*
 * The code works on a copy of the row, if it changes connections, and else on the row itself:
 *
 *   for (int at = 0; at < row_length; at += 1 - gone) { gone = 0; … }
 *
 * remove_synapse() moves the last synapse of the row to `at` and sets `gone`, so that the moved one is visited next;
 * called again in the same iteration it does nothing. add_synapse() writes behind the last one; what can't be added is
 * written to an element that is not counted.
 */

/// Lowers the row code of a custom connectivity update: a function of one source.
final class RowUpdateLowering {
  private final Layout layout;
  private final CustomConnectivityUpdate update;
  private final ConnectivityUpdatePlace place;
  private final ConnectivityUpdateCode code;
  private final SynapseGroup group;
  private final SparseRows rows;
  private final FunctionBuilder builder;
  private final Uses uses;
  private final ElementScope scope;

  private final Expr.Name source;
  private final Expr.Name rowLength;
  private final Expr.Name outcome;
  private final Expr.Name at;
  private final Expr.Name gone;
  private final Expr.Name added;
  private String targets = "";
  private NumericType targetType = NumericType.INT32;

  /// Rows of the variables of synapses, or copies of them, in the order of the arguments of
  /// `add_synapse`.
  private final Map<String, String> values = new LinkedHashMap<>();

  private final ConnectivityUpdateNames names;
  private final Map<String, Place> places;

  RowUpdateLowering(
      ModelSpec spec,
      Layout layout,
      CustomConnectivityUpdate update,
      ConnectivityUpdatePlace place,
      ConnectivityUpdateCode code) {
    this.layout = layout;
    this.update = update;
    this.place = place;
    this.code = code;
    names = new ConnectivityUpdateNames(spec, layout, update);
    places = names.synapses();
    group = spec.synapseGroup(update.synapseGroup());
    rows = (SparseRows) layout.rows(group.name());
    builder = new FunctionBuilder(layout);
    uses = Uses.of(code.row());
    source = builder.example;
    scope = new ElementScope(builder, uses, source);
    rowLength = Build.name(SnippetType.UINT32, builder.names.fresh("rowLength"));
    outcome = Build.integer(builder.names.fresh("outcome"));
    at = Build.integer(builder.names.fresh("at"));
    gone = Build.integer(builder.names.fresh("gone"));
    added =
        Build.name(
            GivenIndex.type(code.row(), ConnectivityUpdateCode.ADD, 1),
            builder.names.fresh("added"));
  }

  Function lower(String name, String comment) {
    place
        .working()
        .ifPresent(
            working ->
                builder.ops.add(
                    new Op.Reserve(
                        working.all(),
                        builder.slice,
                        Build.integer(rows.capacity() + 1),
                        Build.integer(rows.capacity() + 1))));
    Expr length =
        Build.element(NumericType.INT32, builder.row(rows.lengths(), Build.integer(0)), source);
    builder.run(
        Build.declare(
            SnippetType.UINT32, rowLength.name(), Build.convert(NumericType.UINT32, length)));
    openRows(name, length);
    if (place.working().isPresent()) {
      builder.run(Build.declare(NumericType.INT32, outcome.name(), Build.integer(0)));
      NumericType index = added.type().numeric();
      builder.run(Build.declare(index, added.name(), Build.literal(index, 0)));
    }
    names();
    var statements = new ArrayList<>(scope.loads);
    statements.addAll(body());
    statements.addAll(scope.stores);
    if (place.working().isPresent()) {
      Expr stored =
          Build.element(NumericType.INT32, builder.row(place.outcome(), Build.integer(0)), source);
      statements.add(Build.assign(length, Build.convert(NumericType.INT32, rowLength)));
      statements.add(Build.assign(stored, outcome));
    }
    statements.forEach(builder::run);
    return builder.function(name, comment);
  }

  // ---- rows

  private void openRows(String name, Expr length) {
    String stored = builder.row(rows.indices(), source);
    if (place.working().isEmpty()) {
      targets = stored;
      targetType = rows.indices().type();
      places.forEach(
          (variable, value) -> {
            if (uses.mentions(variable)) {
              values.put(variable, builder.row(value.rows(), source));
            }
          });
      return;
    }
    WorkingRows working = place.working().get();
    targets = builder.row(working.targets(), builder.slice);
    String origin = builder.row(working.origin(), builder.slice);
    Expr.Name element = Build.integer(builder.names.fresh("synapse"));
    var copies = new ArrayList<Stmt>();
    copies.add(
        Build.assign(
            Build.element(NumericType.INT32, targets, element),
            Build.convert(
                NumericType.INT32, Build.element(rows.indices().type(), stored, element))));
    copies.add(Build.assign(Build.element(NumericType.INT32, origin, element), element));
    places.forEach(
        (variable, value) -> {
          String row = builder.row(working.values().get(value.rows()), builder.slice);
          values.put(variable, row);
          if (ConnectivityUpdatePlace.hasOneCopy(value)) {
            copies.add(
                Build.assign(
                    Build.element(value.type(), row, element),
                    Build.element(value.type(), builder.row(value.rows(), source), element)));
          }
        });
    builder.ops.add(new Op.Elements(name + "_copy", element.name(), length, copies));
  }

  private Expr target() {
    return Build.convert(NumericType.INT32, Build.element(targetType, targets, at));
  }

  // ---- names

  private void names() {
    names.bind(builder, scope);
    scope.unsigned("id_pre", source);
    scope.alias("row_length", rowLength);
    update
        .references()
        .extraGlobalParameters()
        .forEach(
            (name, bound) -> {
              if (scope.uses(name)) {
                scope.inliner.bind(
                    name, builder.row(layout.extraGlobalParameter(bound), Build.integer(0)));
              }
            });
    var model = update.model();
    for (Variable variable : model.pre().variables()) {
      perSource(
          variable.name(), VariableReference.connectivityUpdatePre(update.name(), variable.name()));
    }
    for (VariableDeclaration reference : model.pre().references()) {
      perSource(reference.name(), update.references().pre().get(reference.name()));
    }
    if (RandomCalls.appearIn(uses)) {
      RandomCalls.bind(builder, scope, source, place.stream(), place.launch(builder));
    }
    if (place.working().isPresent()) {
      scope.inliner.bindFunction(ConnectivityUpdateCode.ADD, this::add);
      scope.inliner.bindFunction(ConnectivityUpdateCode.REMOVE, _ -> remove());
    }
  }

  private void perSource(String name, VariableReference variable) {
    Place found = layout.place(variable);
    scope.variable(name, found, found.rows(), Build.integer(0), Build.integer(0));
  }

  // ---- the loop over synapses

  private List<Stmt> body() {
    var elements = new HashMap<String, Expr>();
    values.forEach(
        (name, row) -> element(elements, name, Build.element(places.get(name).type(), row, at)));
    element(elements, "id_post", Build.convert(NumericType.UINT32, target()));
    element(
        elements,
        "id_syn",
        Build.convert(rows.numbers().type().numeric(), rows.numbers().of(source, at)));
    var model = update.model();
    for (Variable variable : model.post().variables()) {
      perTarget(
          elements,
          variable.name(),
          VariableReference.connectivityUpdatePost(update.name(), variable.name()));
    }
    for (VariableDeclaration reference : model.post().references()) {
      perTarget(elements, reference.name(), update.references().post().get(reference.name()));
    }
    return Rewriter.map(
        scope.inliner.inline(code.row()),
        expression ->
            expression instanceof Expr.Name(_, var name)
                ? elements.getOrDefault(name, expression)
                : expression,
        statement -> statement instanceof Stmt.ForEachSynapse(var inner) ? loop(inner) : statement);
  }

  private void element(Map<String, Expr> elements, String name, Expr value) {
    if (uses.mentions(name)) {
      elements.put(scope.inliner.local(name), value);
    }
  }

  private void perTarget(Map<String, Expr> elements, String name, VariableReference variable) {
    if (uses.mentions(name)) {
      Place found = layout.place(variable);
      String row = builder.row(found.rows(), Build.integer(0));
      element(elements, name, Build.element(found.type(), row, target()));
    }
  }

  private Stmt loop(Stmt inner) {
    Expr next = assign(at, Build.subtract(Build.add(at, Build.integer(1)), gone));
    return new Stmt.Block(
        List.of(
            Build.declare(NumericType.INT32, gone.name(), Build.integer(0)),
            new Stmt.For(
                List.of(Build.declare(NumericType.INT32, at.name(), Build.integer(0))),
                Optional.of(
                    Build.binary(
                        BinaryOperator.LESS, at, Build.convert(NumericType.INT32, rowLength))),
                Optional.of(next),
                new Stmt.Block(List.of(Build.assign(gone, Build.integer(0)), inner)))));
  }

  /// The last synapse takes the place of the present one.
  private Expr remove() {
    Expr last =
        new Expr.Conditional(
            SnippetType.INT32, isNot(gone), Build.convert(NumericType.INT32, rowLength), at);
    Expr steps =
        assign(
            rowLength,
            Build.subtract(
                rowLength,
                Build.convert(NumericType.UINT32, Build.subtract(Build.integer(1), gone))));
    String origin = builder.row(place.working().orElseThrow().origin(), builder.slice);
    steps = then(steps, move(NumericType.INT32, targets, last));
    steps = then(steps, move(NumericType.INT32, origin, last));
    for (var value : values.entrySet()) {
      steps = then(steps, move(places.get(value.getKey()).type(), value.getValue(), last));
    }
    steps = then(steps, assign(gone, Build.integer(1)));
    return then(steps, note(Build.integer(ConnectivityOutcome.CHANGED)));
  }

  private Expr move(NumericType type, String row, Expr last) {
    return assign(Build.element(type, row, at), Build.element(type, row, last));
  }

  private static Expr isNot(Expr flag) {
    return Build.binary(BinaryOperator.EQUAL, flag, Build.integer(0));
  }

  /// Appends a synapse with the values that are given.
  private Expr add(List<Expr> arguments) {
    String origin = builder.row(place.working().orElseThrow().origin(), builder.slice);
    Expr end = Build.convert(NumericType.INT32, rowLength);
    Expr target = GivenIndex.as(added.type().numeric(), arguments.getFirst());
    Expr steps = assign(added, target);
    steps =
        then(
            steps,
            assign(
                Build.element(NumericType.INT32, targets, end),
                Build.convert(NumericType.INT32, added)));
    steps =
        then(
            steps,
            assign(
                Build.element(NumericType.INT32, origin, end), Build.integer(WorkingRows.ADDED)));
    int argument = 1;
    for (var value : values.entrySet()) {
      NumericType type = places.get(value.getKey()).type();
      steps =
          then(
              steps,
              assign(
                  Build.element(type, value.getValue(), end),
                  Build.convert(type, arguments.get(argument++))));
    }
    Expr isFull = Build.binary(BinaryOperator.GREATER_EQUAL, end, Build.integer(rows.capacity()));
    Expr leadsNowhere = GivenIndex.isOutside(added, layout.size(group.target()));
    Expr result =
        choose(
            leadsNowhere,
            Build.integer(ConnectivityOutcome.NO_TARGET),
            choose(
                isFull,
                Build.integer(ConnectivityOutcome.FULL),
                Build.integer(ConnectivityOutcome.CHANGED)));
    steps = then(steps, note(result));
    Expr isAdded = Build.binary(BinaryOperator.AND, Build.not(isFull), Build.not(leadsNowhere));
    Expr count = choose(isAdded, Build.integer(1), Build.integer(0));
    return then(
        steps, assign(rowLength, Build.add(rowLength, Build.convert(NumericType.UINT32, count))));
  }

  private static Expr choose(Expr condition, Expr whenTrue, Expr whenFalse) {
    return new Expr.Conditional(whenTrue.type(), condition, whenTrue, whenFalse);
  }

  private Expr note(Expr result) {
    return assign(
        outcome, new Expr.Binary(SnippetType.INT32, BinaryOperator.BIT_OR, outcome, result));
  }

  private static Expr assign(Expr target, Expr value) {
    return new Expr.Assign(target.type(), target, Expr.Compound.PLAIN, value);
  }

  private static Expr then(Expr first, Expr second) {
    return new Expr.Sequence(second.type(), first, second);
  }
}
