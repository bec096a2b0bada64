package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/*
 * Three shapes:
 *
 *   neurons, per example     function (example, …): one loop over the elements; a neuron reduction follows it
 *   neurons, over the batch  clear the targets, then the same function for each active example in turn
 *   synapses                 function (source, …): one row; with copies, one copy after the other
 *
 * A reduction over the batch adds in the order of the examples (or slices), so its bits depend on no thread.
 */

/// Lowers a custom update.
final class CustomUpdateLowering {
  private final ModelSpec spec;
  private final ModelCode modelCode;
  private final Layout layout;

  CustomUpdateLowering(ModelSpec spec, ModelCode modelCode, Layout layout) {
    this.spec = spec;
    this.modelCode = modelCode;
    this.layout = layout;
  }

  /// What a custom update is made of.
  ///
  /// @param functions the first one is called per example and step inside of runs
  record Lowered(List<Function> functions, Kernel kernel) {}

  Lowered lower(CustomUpdate update) {
    Dimensions dimensions = Dimensions.of(update, layout);
    List<UpdateTerm> terms = UpdateTerm.of(update, dimensions, layout);
    String name = ArrayTable.identifier(update.name());
    String comment = "Custom update " + update.name() + " of group " + update.group();
    if (dimensions.isSynaptic()) {
      return synaptic(update, dimensions, terms, name, comment);
    }
    Function function = neurons(update, dimensions, terms, name, comment);
    var functions = new ArrayList<>(List.of(function));
    Expr.Name example = Build.integer("example");
    var body = new ArrayList<Op>(time());
    boolean overBatch = terms.stream().anyMatch(UpdateTerm::overBatch);
    if (dimensions.copies() == Symbol.Copies.SHARED) {
      body.add(call(function, Build.integer(0), Build.integer(0)));
      return new Lowered(
          functions, new Kernel("update_" + name, comment, Kernel.Domain.WHOLE, 1, body));
    }
    if (overBatch || layout.examplesMeet(function)) {
      if (overBatch) {
        Function clear = clear(terms, name);
        functions.add(clear);
        body.add(call(clear, Build.integer(0), Build.integer(0)));
      }
      body.add(new Op.Hoist("trial", layout.trial, Build.integer(0)));
      Expr active =
          Build.convert(
              NumericType.INT32, Build.element(NumericType.INT64, "trial", Build.integer(1)));
      body.add(
          new Op.Loop(
              example.name(),
              Build.integer(0),
              active,
              List.of(call(function, example, Build.integer(0)))));
      return new Lowered(
          functions, new Kernel("update_" + name, comment, Kernel.Domain.WHOLE, 1, body));
    }
    body.add(
        new Op.Loop(
            example.name(),
            Build.integer("begin"),
            Build.integer("end"),
            List.of(call(function, example, Build.integer("slice")))));
    return new Lowered(
        functions,
        new Kernel("update_" + name, comment, Kernel.Domain.EXAMPLES, layout.batch, body));
  }

  /// Declares `t`, the time at which the simulation is.
  private List<Op> time() {
    Expr now = Build.element(NumericType.INT64, "trialNow", Build.integer(3));
    return List.of(
        new Op.Hoist("trialNow", layout.trial, Build.integer(0)),
        Build.run(
            Build.declare(
                layout.timepoint,
                "t",
                Build.multiply(
                    Build.convert(layout.timepoint, now),
                    Build.literal(layout.timepoint, spec.dt())))));
  }

  private Op call(Function function, Expr example, Expr slice) {
    return new Op.Invoke(
        function.name(),
        List.of(example, slice, Build.integer(0), Build.name(layout.timepoint, "t")));
  }

  private static boolean isInDendrites(CustomUpdate update, String reference) {
    return update.references().get(reference).kind() == VariableReference.Kind.DENDRITIC_DELAY;
  }

  /// Input on its way to the targets.
  private void inDendrites(
      VariableDeclaration reference,
      CustomUpdate update,
      FunctionBuilder builder,
      ElementScope scope,
      Expr element,
      Uses uses) {
    String name = reference.name();
    if (!scope.uses(name)) {
      return;
    }
    DendriteRing ring = layout.dendrites(update.references().get(name).group()).orElseThrow();
    Expr at = ring.arrived(builder, element);
    scope.value(name, at.type(), at);
    Expr local = Build.name(at.type(), scope.inliner.local(name));
    if (reference.mode() == VarAccessMode.BROADCAST) {
      String sums = builder.row(ring.sums(), builder.example);
      for (int slot = 0; slot < ring.slots(); slot++) {
        Expr index = Build.add(element, Build.integer(slot * ring.targets()));
        scope.stores.add(Build.assign(Build.element(ring.sums().type(), sums, index), local));
      }
    } else if (uses.written().contains(name)) {
      scope.stores.add(Build.assign(at, local));
    }
  }

  private static boolean isSpikeCount(CustomUpdate update, String reference) {
    return update.references().get(reference).kind() == VariableReference.Kind.SPIKE_COUNT;
  }

  private Function clear(List<UpdateTerm> terms, String name) {
    FunctionBuilder builder = new FunctionBuilder(layout);
    for (UpdateTerm term : terms) {
      if (term.overBatch()) {
        builder.fill(
            name + "_clear_" + term.name(),
            builder.row(term.place().rows(), Build.integer(0)),
            term.place().type(),
            term.place().length(),
            term.start());
      }
    }
    return builder.function(name + "_clear", "Start of the reductions of custom update " + name);
  }

  private Function neurons(
      CustomUpdate update,
      Dimensions dimensions,
      List<UpdateTerm> terms,
      String name,
      String comment) {
    FunctionBuilder builder = new FunctionBuilder(layout);
    List<Stmt> code = modelCode.of(update);
    Uses uses = Uses.of(code);
    boolean isScalar = dimensions.length() == 1;
    Expr element = isScalar ? Build.integer(0) : Build.integer(builder.names.fresh("neuron"));
    ElementScope scope = new ElementScope(builder, uses, element);
    scope.alias("t", builder.time);
    scope.unsigned("id", element);
    scope.unsigned("num_neurons", Build.integer(dimensions.length()));
    modelCode
        .kernelOf(update)
        .ifPresent(
            group -> {
              scope.unsigned("id_kernel", element);
              scope.unsigned("id_syn", element);
              scope.unsigned("num_pre", Build.integer(layout.size(group.source())));
              scope.unsigned("num_post", Build.integer(layout.size(group.target())));
            });
    scope.unsigned("num_batch", Build.integer(layout.batch));
    scope.unsigned("batch", builder.example);
    common(update, scope, builder);
    var after = new ArrayList<Op>();
    for (UpdateTerm term : terms) {
      if (!term.isReduction()) {
        if (term.place().isScalar() && uses.written().contains(term.name())) {
          exampleValue(term, builder, scope);
        } else {
          scope.variable(
              term.name(), term.place(), term.place().rows(), builder.example, builder.step);
        }
      } else {
        reduce(term, builder, scope, element, dimensions, name, after);
      }
    }
    for (VariableDeclaration reference : update.model().references()) {
      if (isSpikeCount(update, reference.name())) {
        spikeCount(reference.name(), update, builder, scope, uses);
      } else if (isInDendrites(update, reference.name())) {
        inDendrites(reference, update, builder, scope, element, uses);
      }
    }
    var body = new ArrayList<>(scope.loads);
    body.addAll(scope.inliner.inline(code));
    body.addAll(scope.stores);
    if (isScalar) {
      builder.run(new Stmt.Block(body));
    } else {
      builder.ops.add(
          new Op.Elements(
              name + "_update",
              ((Expr.Name) element).name(),
              Build.integer(dimensions.length()),
              body));
    }
    builder.ops.addAll(after);
    for (VariableDeclaration reference : update.model().references()) {
      if (reference.mode() == VarAccessMode.BROADCAST) {
        layout
            .history(update.references().get(reference.name()))
            .ifPresent(history -> history.forget(builder));
      }
    }
    return builder.function(name + "_example", comment);
  }

  /// A value of the example that the update writes; there are no other dimensions then.
  private void exampleValue(UpdateTerm term, FunctionBuilder builder, ElementScope scope) {
    Expr at =
        Build.element(
            term.place().type(),
            builder.row(term.place().rows(), Build.integer(0)),
            builder.example);
    scope.value(term.name(), term.place().valueType(), at);
    scope.stores.add(
        Build.assign(at, Build.name(term.place().valueType(), scope.inliner.local(term.name()))));
  }

  /// The number of entries that the last step has appended to the spike list of a source.
  private void spikeCount(
      String name, CustomUpdate update, FunctionBuilder builder, ElementScope scope, Uses uses) {
    SynapseGroup synapses = spec.synapseGroup(update.references().get(name).group());
    SpikePlace spikes = layout.spikes(synapses.source());
    if (spikes.isTaped()) {
      throw new IllegalArgumentException(
          "custom update '%s': spikes of '%s' are on tape, their number can't be set"
              .formatted(update.name(), synapses.source()));
    }
    String offsets = builder.row(spikes.offsets(), builder.example);
    Expr begin = Build.element(NumericType.INT32, offsets, Build.integer(1));
    Expr end = Build.element(NumericType.INT32, offsets, Build.integer(2));
    scope.value(
        name, SnippetType.UINT32, Build.convert(NumericType.UINT32, Build.subtract(end, begin)));
    if (uses.written().contains(name)) {
      // Entries that were not appended have no meaning, so the number can't grow.
      Expr wanted =
          Build.convert(
              NumericType.INT32, Build.name(SnippetType.UINT32, scope.inliner.local(name)));
      Expr newEnd = Build.add(begin, wanted);
      scope.stores.add(
          Build.when(
              Build.binary(BinaryOperator.LESS, newEnd, end), List.of(Build.assign(end, newEnd))));
    }
  }

  private void reduce(
      UpdateTerm term,
      FunctionBuilder builder,
      ElementScope scope,
      Expr element,
      Dimensions dimensions,
      String name,
      List<Op> after) {
    NumericType type = term.place().type();
    Expr.Name local = Build.name(type, scope.inliner.local(term.name()));
    scope.loads.add(Build.declare(type, local.name(), term.start()));
    if (term.overBatch()) {
      Expr at = Build.element(type, builder.row(term.place().rows(), Build.integer(0)), element);
      scope.stores.add(term.combine(at, local));
      return;
    }
    String row =
        builder.row(
            layout.scratch(name + "_" + term.name(), type, dimensions.length()), builder.slice);
    scope.stores.add(Build.assign(Build.element(type, row, element), local));
    Expr at =
        Build.element(
            type,
            builder.row(term.place().rows(), Build.integer(0)),
            term.place().isScalar() ? builder.example : Build.integer(0));
    Expr.Name index = Build.integer(builder.names.fresh("neuron"));
    after.add(Build.run(Build.assign(at, term.start())));
    after.add(
        new Op.Reduce(
            name + "_reduce_" + term.name(),
            term.isSum() ? Op.Reduction.SUM : Op.Reduction.MAX,
            type,
            at,
            index.name(),
            Build.integer(dimensions.length()),
            Build.element(type, row, index)));
  }

  private void common(CustomUpdate update, ElementScope scope, FunctionBuilder builder) {
    scope.constant("dt", layout.scalar, spec.dt());
    scope.parameters(
        VariableReference.Kind.CUSTOM_UPDATE,
        update.name(),
        update.model().declarations(),
        update.bindings(),
        spec.dt());
    for (var parameter : update.model().extraGlobalParameterReferences()) {
      if (scope.uses(parameter.name())) {
        VariableReference bound = update.extraGlobalParameterReferences().get(parameter.name());
        scope.inliner.bind(
            parameter.name(), builder.row(layout.extraGlobalParameter(bound), Build.integer(0)));
      }
    }
  }

  // ---- synapses

  private Lowered synaptic(
      CustomUpdate update,
      Dimensions dimensions,
      List<UpdateTerm> terms,
      String name,
      String comment) {
    FunctionBuilder builder = new FunctionBuilder(layout);
    Expr.Name source = builder.example; // the unit of this function is a row
    List<Stmt> code = modelCode.of(update);
    boolean hasCopies = dimensions.copies() != Symbol.Copies.SHARED;
    RowAccess.Row row = layout.rows(dimensions.owner()).open(builder, source);
    builder.ops.addAll(row.opening());
    if (hasCopies) {
      for (UpdateTerm term : terms) {
        if (term.isReduction()) {
          builder.fill(
              name + "_clear_" + term.name(),
              builder.row(term.place().rows(), source),
              term.place().type(),
              row.end(),
              term.start());
        }
      }
    }
    int opsBefore = builder.ops.size();
    Expr copy = hasCopies ? Build.integer(builder.names.fresh("copy")) : Build.integer(0);
    ElementScope scope = new ElementScope(builder, Uses.of(code), row.position());
    scope.alias("t", builder.time);
    scope.unsigned("id_pre", source);
    scope.unsigned("id_post", row.target());
    scope.unsigned("id_syn", row.id());
    SynapseGroup group = spec.synapseGroup(dimensions.owner());
    scope.unsigned("num_pre", Build.integer(layout.size(group.source())));
    scope.unsigned("num_post", Build.integer(layout.size(group.target())));
    scope.unsigned("num_batch", Build.integer(layout.batch));
    scope.unsigned("batch", copy);
    common(update, scope, builder);
    for (UpdateTerm term : terms) {
      if (!term.isReduction()) {
        scope.variable(term.name(), term.place(), term.place().rows(), copy, source);
      } else {
        NumericType type = term.place().type();
        Expr.Name local = Build.name(type, scope.inliner.local(term.name()));
        scope.loads.add(Build.declare(type, local.name(), term.start()));
        Expr at = Build.element(type, builder.row(term.place().rows(), source), row.position());
        scope.stores.add(hasCopies ? term.combine(at, local) : Build.assign(at, local));
      }
    }
    var body = new ArrayList<>(row.locate());
    body.addAll(scope.loads);
    body.addAll(scope.inliner.inline(code));
    body.addAll(scope.stores);
    builder.ops.add(new Op.Elements(name + "_row", row.index().name(), row.end(), body));
    update
        .transposes()
        .forEach(
            (reference, transpose) ->
                transpose(
                    layout.place(update.references().get(reference)),
                    layout.place(transpose),
                    builder,
                    copy,
                    source));
    if (hasCopies) {
      var inLoop = new ArrayList<>(builder.take(opsBefore));
      builder.ops.add(
          new Op.Loop(
              ((Expr.Name) copy).name(), Build.integer(0), copies(dimensions, builder), inLoop));
    }
    Function function = builder.function(name + "_source", comment + ": one row");
    Expr.Name unit = Build.integer("row");
    var kernel = new ArrayList<Op>(time());
    kernel.add(
        new Op.Loop(
            unit.name(),
            Build.integer("begin"),
            Build.integer("end"),
            List.of(call(function, unit, Build.integer(0)))));
    return new Lowered(
        List.of(function),
        new Kernel(
            "update_" + name,
            comment,
            layout.rowDomain(List.of(function)),
            dimensions.rows(),
            kernel));
  }

  /// Writes a row of one matrix into a column of the other.
  private static void transpose(
      Place from, Place to, FunctionBuilder builder, Expr copy, Expr.Name source) {
    String row = builder.row(from.rows(), from.rowIndex(copy, source));
    Expr.Name target = Build.integer(builder.names.fresh("target"));
    String column = builder.names.fresh(to.rows().name());
    builder.ops.add(
        new Op.Loop(
            target.name(),
            Build.integer(0),
            Build.integer(from.length()),
            List.of(
                new Op.Hoist(column, to.rows(), to.rowIndex(copy, target)),
                Build.run(
                    Build.assign(
                        Build.element(to.type(), column, source),
                        Build.element(from.type(), row, target))))));
  }

  private Expr copies(Dimensions dimensions, FunctionBuilder builder) {
    return dimensions.copies() == Symbol.Copies.SLICES
        ? Build.integer(layout.slices)
        : Build.convert(
            NumericType.INT32,
            Build.element(
                NumericType.INT64, builder.row(layout.trial, Build.integer(0)), Build.integer(1)));
  }
}
