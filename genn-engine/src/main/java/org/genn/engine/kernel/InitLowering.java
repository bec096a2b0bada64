package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Stmt;

/*
 * Random numbers of initialisation have streams of their own (the highest bit of the stream is set) and do not depend on
 * time: a synapse's numbers are counted by its source, its place in the row, and the draw, or where all rows have equal
 * length by the lower and the upper half of its number in the group, and the draw. So a row that is made again while the
 * model runs is the same as one that was stored.
 */

/// Lowers the code that makes connections and initial values.
final class InitLowering {
  private static final int INITIALISATION = 1 << 31;

  /// Counts the random numbers of host code, while those of rows are counted by 0.
  private static final int HOST_DRAWS = 1;

  private final ModelSpec spec;
  private final InitCode code;
  private final Layout layout;

  InitLowering(ModelSpec spec, InitCode code, Layout layout) {
    this.spec = spec;
    this.code = code;
    this.layout = layout;
  }

  /// A function of one row, and the kernel that calls it for all.
  record Lowered(Function function, Kernel kernel) {}

  /// Makes the connections of one source, or of one target. On entry the row of lengths holds the
  /// room in each row, afterwards the number of synapses, or a `RowMistake`'s negative.
  ///
  /// @throws IllegalArgumentException when column code, which is run twice, writes arrays
  Lowered connect(SynapseGroup group, BuiltSynapses built, SparseRows rows) {
    FunctionBuilder builder = new FunctionBuilder(layout);
    Expr.Name unit = builder.example;
    boolean byColumn = built.isByColumn();
    Rows lists = byColumn ? rows.columns().orElseThrow() : rows.indices();
    Rows lengths = byColumn ? rows.columnLengths().orElseThrow() : rows.lengths();
    String row = builder.row(lists, unit);
    Optional<RowCode.KernelRow> kernel =
        byColumn
            ? Optional.empty()
            : rows.kernelIds().map(ids -> new RowCode.KernelRow(builder.row(ids, unit), true));
    Expr length = Build.element(NumericType.INT32, builder.row(lengths, Build.integer(0)), unit);
    Expr.Name room = Build.integer(builder.names.fresh("room"));
    builder.run(Build.declare(NumericType.INT32, room.name(), length));
    var rowCode =
        new RowCode(
            layout.size(byColumn ? group.source() : group.target()),
            room,
            row,
            lists.type(),
            kernel,
            Build.integer(builder.names.fresh("count")),
            Build.integer(builder.names.fresh("isWrong")),
            Optional.empty());
    builder.ops.addAll(code(builder, group, built, rowCode, unit, 0));
    builder.run(
        Build.assign(
            length,
            new Expr.Conditional(
                length.type(),
                Build.convert(NumericType.BOOL, rowCode.isWrong()),
                Build.subtract(Build.integer(0), rowCode.isWrong()),
                rowCode.count())));
    String name = ArrayTable.identifier(group.name()) + "_connect";
    String comment =
        "Connections of one %s of synapse group %s"
            .formatted(byColumn ? "target" : "source", group.name());
    int units = layout.size(byColumn ? group.target() : group.source());
    Lowered lowered = lowered(builder.function(name, comment), units);
    if (byColumn && lowered.kernel().domain() == Kernel.Domain.ROWS_IN_ORDER) {
      throw new IllegalArgumentException(
          "synapse group '%s': the column build code of connectivity %s writes an extra global parameter, but is run twice for each target (to count synapses, and to make them); only row build code may write one"
              .formatted(group.name(), built.init().name()));
    }
    return lowered;
  }

  /// Runs the host code of a connectivity, once.
  Lowered beforeConnect(SynapseGroup group, BuiltSynapses built) {
    Function function =
        new HostInitLowering(spec, layout, group, built, code.host(group))
            .lower(layout.connectivityStream(group.name()) | INITIALISATION, HOST_DRAWS);
    return lowered(function, Kernel.Domain.WHOLE, 1);
  }

  /// The code of one row; declares its count.
  ///
  /// @param tableLength random numbers that are made before the code's loop where that is possible:
  ///   in scratch rows, which only functions of a step have for themselves
  List<Op> code(
      FunctionBuilder builder,
      SynapseGroup group,
      BuiltSynapses built,
      RowCode rowCode,
      Expr unit,
      int tableLength) {
    List<Stmt> snippet = code.of(group);
    Uses uses = Uses.of(snippet);
    ElementScope scope = new ElementScope(builder, uses, unit);
    scope.unsigned(built.isByColumn() ? "id_post" : "id_pre", unit);
    scope.unsigned("id_post_begin", Build.integer(0));
    scope.unsigned("id_pre_begin", Build.integer(0));
    scope.unsigned("id_thread", Build.integer(0));
    scope.unsigned("num_threads", Build.integer(1));
    scope.unsigned("num_pre", Build.integer(layout.size(group.source())));
    scope.unsigned("num_post", Build.integer(layout.size(group.target())));
    scope.unsigned("num_batch", Build.integer(layout.batch));
    scope.constant("dt", layout.scalar, spec.dt());
    scope.parameters(
        VariableReference.Kind.SYNAPSE,
        SnippetKeys.connectivity(group.name()),
        built.init().declarations(),
        built.bindings(),
        spec.dt());
    if (RandomCalls.appearIn(uses)) {
      RandomCalls.bind(
          builder,
          scope,
          unit,
          layout.connectivityStream(group.name()) | INITIALISATION,
          Build.integer(0));
    }
    List<Stmt> statements = rowCode.inline(snippet, scope, built, builder.names.fresh("added"));
    return RowDraws.ahead(builder, statements, group.name(), tableLength);
  }

  /// Computes the initial values of one row of a variable, in all its copies.
  Lowered values(VariableReference reference, Symbol symbol, InitialValue.Snippet initial) {
    FunctionBuilder builder = new FunctionBuilder(layout);
    Place place = layout.place(reference);
    Expr.Name row = builder.example;
    boolean hasCopies = place.copies() == Symbol.Copies.EXAMPLES && layout.batch > 1;
    Element element = element(builder, place, row);
    builder.ops.addAll(element.opening);
    Expr copy = hasCopies ? Build.integer(builder.names.fresh("copy")) : Build.integer(0);
    String values = builder.names.fresh(place.rows().name());
    var hoist = new Op.Hoist(values, place.rows(), place.rowIndex(copy, row));
    var body = new ArrayList<Stmt>(element.locate);
    Expr.Name value = Build.name(place.type(), builder.names.fresh("value"));
    body.addAll(value(builder, reference, symbol, initial, place, element, value));
    body.add(Build.assign(Build.element(place.type(), values, element.index), value));
    String name = ArrayTable.identifier(place.rows().name()) + "_initialise";
    var loop = new Op.Elements(name + "_row", element.index.name(), element.count, body);
    if (hasCopies) {
      builder.ops.add(
          new Op.Loop(
              ((Expr.Name) copy).name(),
              Build.integer(0),
              Build.integer(layout.batch),
              List.of(hoist, loop)));
    } else {
      builder.ops.add(hoist);
      builder.ops.add(loop);
    }
    return lowered(
        builder.function(
            name, "Initial values of %s of %s".formatted(reference.variable(), reference.group())),
        symbol.rows());
  }

  /// One element of a variable.
  ///
  /// @param counter what random numbers are counted by
  /// @param second what they are counted by as well
  private record Element(
      List<Op> opening,
      Expr begin,
      Expr count,
      Expr.Name index,
      Expr target,
      List<Stmt> locate,
      Expr counter,
      Expr second) {}

  private Element element(FunctionBuilder builder, Place place, Expr row) {
    if (!place.owner().isEmpty() && place.length() == Rows.RAGGED) {
      RowAccess.Row synapses = layout.rows(place.owner()).open(builder, row);
      return new Element(
          synapses.opening(),
          synapses.begin(),
          synapses.end(),
          synapses.position(),
          synapses.target(),
          synapses.locate(),
          row,
          synapses.position());
    }
    Expr.Name index = Build.integer(builder.names.fresh("element"));
    Expr number =
        place.isScalar()
            ? Build.integer(0)
            : ElementNumber.of(
                ElementNumber.isWide(place.rowsPerCopy(), place.length()),
                row,
                place.length(),
                index);
    return new Element(
        List.of(),
        Build.integer(0),
        Build.integer(place.length()),
        index,
        index,
        List.of(),
        number,
        ElementNumber.upperHalf(number));
  }

  private List<Stmt> value(
      FunctionBuilder builder,
      VariableReference reference,
      Symbol symbol,
      InitialValue.Snippet initial,
      Place place,
      Element element,
      Expr.Name value) {
    ElementScope scope = new ElementScope(builder, Uses.of(code.of(reference)), element.index);
    if (!place.owner().isEmpty()) {
      synapseNames(builder, scope, spec.synapseGroup(place.owner()), builder.example, element);
    } else if (reference.kind() == VariableReference.Kind.SYNAPSE) {
      SynapseGroup group = spec.synapseGroup(reference.group());
      scope.unsigned("id_kernel", element.index);
      scope.unsigned("num_pre", Build.integer(layout.size(group.source())));
      scope.unsigned("num_post", Build.integer(layout.size(group.target())));
    } else {
      scope.unsigned("id", place.isScalar() ? Build.integer(0) : element.index);
      scope.unsigned("num_neurons", Build.integer(place.isScalar() ? 1 : place.length()));
    }
    return computed(builder, scope, reference, symbol.stream(), initial, element, value, 0);
  }

  private void synapseNames(
      FunctionBuilder builder,
      ElementScope scope,
      SynapseGroup group,
      Expr source,
      Element element) {
    scope.unsigned("id_pre", source);
    scope.unsigned("id_post", element.target);
    scope.unsigned("num_pre", Build.integer(layout.size(group.source())));
    scope.unsigned("num_post", Build.integer(layout.size(group.target())));
    if (scope.uses("id_kernel")) {
      scope.unsigned(
          "id_kernel", layout.rows(group.name()).kernelIndex(builder, source, element.index));
    }
  }

  /// The statements that declare and compute a value.
  ///
  /// @param tableLength elements of the longest row where random numbers are made before the loop
  ///   over its elements, else 0
  private List<Stmt> computed(
      FunctionBuilder builder,
      ElementScope scope,
      VariableReference reference,
      int stream,
      InitialValue.Snippet initial,
      Element element,
      Expr.Name value,
      int tableLength) {
    List<Stmt> snippet = code.of(reference);
    NumericType type = value.type().numeric();
    scope.loads.add(Build.declare(type, value.name(), Build.literal(type, 0)));
    scope.inliner.bind("value", value.name());
    scope.constant("dt", layout.scalar, spec.dt());
    scope.unsigned("num_batch", Build.integer(layout.batch));
    scope.parameters(
        reference.kind(),
        SnippetKeys.initial(reference),
        initial.init().declarations(),
        initial.bindings(),
        spec.dt());
    Uses uses = Uses.of(snippet);
    if (RandomCalls.appearIn(uses)) {
      RandomCalls.bind(
          builder,
          scope,
          element.counter,
          stream | INITIALISATION,
          element.second,
          normalsAhead(builder, uses, reference, stream, element, tableLength));
    }
    var body = new ArrayList<>(scope.loads);
    body.addAll(scope.inliner.inline(snippet));
    return body;
  }

  /// Draws the first normal numbers of a row before its loop, where code that tests them keeps that
  /// from being vectorised.
  private Optional<RandomCalls.FirstDraw> normalsAhead(
      FunctionBuilder builder,
      Uses uses,
      VariableReference reference,
      int stream,
      Element element,
      int tableLength) {
    if (tableLength == 0 || !uses.called().contains("gennrand_normal") || !uses.branches()) {
      return Optional.empty();
    }
    String name = reference.group() + "_" + reference.variable() + "_normals";
    String label = builder.names.fresh(ArrayTable.identifier(name));
    return Optional.of(
        RandomCalls.normalsAhead(
            builder,
            label,
            element.index,
            element.begin,
            element.count,
            layout.scratch(name, layout.scalar, tableLength),
            element.counter,
            stream | INITIALISATION,
            element.second));
  }

  /// Computes the values of a row that are stored nowhere, in a loop before that of the synapse
  /// code: which should have nothing to do but to fetch them and its targets' sums.
  void bind(
      FunctionBuilder builder,
      ElementScope outer,
      SynapseGroup group,
      VariableReference reference,
      Expr source,
      RowAccess.Row row) {
    if (!outer.uses(reference.variable())) {
      return;
    }
    GeneratedValue generated = layout.variables.generated().get(reference);
    if (generated.initial() instanceof InitialValue.Constant(double constant)) {
      outer.constant(reference.variable(), generated.type(), constant);
      return;
    }
    boolean isDense = layout.rows(group.name()).length() != Rows.RAGGED;
    var element =
        new Element(
            List.of(),
            row.begin(),
            row.end(),
            row.position(),
            row.target(),
            List.of(),
            isDense ? row.id() : source,
            isDense ? ElementNumber.upperHalf(row.id()) : row.position());
    var initial = (InitialValue.Snippet) generated.initial();
    ElementScope scope = new ElementScope(builder, Uses.of(code.of(reference)), row.position());
    synapseNames(builder, scope, group, source, element);
    NumericType type = generated.type();
    int capacity = Math.max(1, layout.rows(group.name()).capacity());
    String name = group.name() + "_" + reference.variable();
    String values = builder.row(layout.scratch(name, type, capacity), builder.scratchRow());
    Expr.Name value = Build.name(type, builder.names.fresh(reference.variable()));
    var body = new ArrayList<Stmt>(row.locate());
    body.addAll(
        computed(builder, scope, reference, generated.stream(), initial, element, value, capacity));
    Expr place = Build.element(type, values, row.position());
    body.add(Build.assign(place, value));
    builder.ops.add(
        new Op.Elements(
            builder.names.fresh(ArrayTable.identifier(name + "_values")),
            row.position().name(),
            row.begin(),
            row.end(),
            body));
    outer.value(reference.variable(), value.type(), place);
  }

  private Lowered lowered(Function function, int units) {
    return lowered(function, layout.rowDomain(List.of(function)), units);
  }

  private Lowered lowered(Function function, Kernel.Domain domain, int units) {
    Expr.Name row = Build.integer("row");
    Op call =
        new Op.Invoke(
            function.name(),
            List.of(row, Build.integer(0), Build.integer(0), Build.literal(layout.timepoint, 0)));
    return new Lowered(
        function,
        new Kernel(
            function.name() + "_rows",
            function.comment(),
            domain,
            units,
            List.of(
                new Op.Loop(
                    row.name(), Build.integer("begin"), Build.integer("end"), List.of(call)))));
  }
}
