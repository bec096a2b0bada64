package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.ExtraGlobalParameter;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Stmt;

/*
 * Rows grow between operations only, never inside of a statement, and before they are hoisted. So code is cut at its
 * allocations: what comes before one can't use the array.
 */

/// Lowers the host code of a connectivity: a function that is called once before the connections of
/// a group are made, when the arrays that it allocates are empty.
final class HostInitLowering {
  private final ModelSpec spec;
  private final Layout layout;
  private final SynapseGroup group;
  private final BuiltSynapses built;
  private final FunctionBuilder builder;
  private final ElementScope scope;
  private final List<Stmt> code;

  /// Arrays that are allocated further below, by the function that does it.
  private final Map<String, String> unallocated = new LinkedHashMap<>();

  /// @param code checked
  HostInitLowering(
      ModelSpec spec, Layout layout, SynapseGroup group, BuiltSynapses built, List<Stmt> code) {
    this.spec = spec;
    this.layout = layout;
    this.group = group;
    this.built = built;
    this.code = code;
    builder = new FunctionBuilder(layout);
    scope = new ElementScope(builder, Uses.of(code), Build.integer(0));
  }

  /// The function of host code that would move an array to the device.
  static String push(String array) {
    return "push" + array;
  }

  /// @param stream of random numbers
  /// @param second what they are counted by besides the draw, other than by code of rows
  /// @throws IllegalArgumentException for an allocation inside of another statement, a second one,
  ///   and an array that is used before
  Function lower(int stream, int second) {
    names();
    if (RandomCalls.appearIn(Uses.of(code))) {
      RandomCalls.bind(builder, scope, Build.integer(0), stream, Build.integer(second));
    }
    scope.loads.forEach(builder::run);
    code.forEach(this::statement);
    return builder.function(
        ArrayTable.identifier(group.name()) + "_beforeConnect",
        "Host init code of connectivity %s of synapse group %s"
            .formatted(built.init().name(), group.name()));
  }

  private void names() {
    scope.unsigned("num_pre", Build.integer(layout.size(group.source())));
    scope.unsigned("num_post", Build.integer(layout.size(group.target())));
    scope.unsigned("num_threads", Build.integer(1));
    scope.constant("dt", layout.scalar, spec.dt());
    Declarations declarations = built.init().declarations();
    for (String array : built.init().allocatedArrays()) {
      unallocated.put(SparseInit.allocation(array), array);
    }
    var given = new ArrayList<ExtraGlobalParameter>();
    for (ExtraGlobalParameter array : declarations.extraGlobalParameters()) {
      scope.inliner.bindFunction(push(array.name()), List::getFirst);
      if (!unallocated.containsValue(array.name())) {
        given.add(array);
      }
    }
    scope.parameters(
        VariableReference.Kind.SYNAPSE,
        SnippetKeys.connectivity(group.name()),
        new Declarations(
            declarations.parameters(),
            declarations.derivedParameters(),
            declarations.variables(),
            given),
        built.bindings(),
        spec.dt());
  }

  private void statement(Stmt statement) {
    if (statement instanceof Stmt.Evaluate(Expr.Call(_, var function, _, var arguments))
        && unallocated.containsKey(function)) {
      requireAllocated(arguments.getFirst());
      allocate(unallocated.remove(function), arguments.getFirst());
    } else {
      requireAllocated(statement);
      builder.run(scope.inliner.inline(statement));
    }
  }

  private void allocate(String array, Expr length) {
    Rows rows =
        layout.extraGlobalParameter(
            VariableReference.synapse(SnippetKeys.connectivity(group.name()), array));
    Expr.Name count = Build.integer(builder.names.fresh("count"));
    builder.run(
        Build.declare(
            NumericType.INT32,
            count.name(),
            Build.convert(NumericType.INT32, scope.inliner.inline(length))));
    builder.ops.add(new Op.Reserve(List.of(rows), Build.integer(0), count, count));
    String row = builder.row(rows, Build.integer(0));
    builder.fill(row + "_zeros", row, rows.type(), count, Build.literal(rows.type(), 0));
    scope.inliner.bind(array, row);
  }

  private void requireAllocated(Expr expression) {
    requireAllocated(new Stmt.Evaluate(expression));
  }

  private void requireAllocated(Stmt statement) {
    Uses uses = Uses.of(List.of(statement));
    for (String array : built.init().allocatedArrays()) {
      String allocation = SparseInit.allocation(array);
      if (uses.called().contains(allocation)) {
        throw problem(
            unallocated.containsKey(allocation)
                ? "%s is called inside of another statement; make it a statement of its own, outside of blocks"
                    .formatted(allocation)
                : "%s is called a second time; allocate as much as is needed at once"
                    .formatted(allocation));
      }
      if (unallocated.containsKey(allocation) && uses.mentions(array)) {
        throw problem("'%s' is used before %s".formatted(array, allocation));
      }
    }
  }

  private IllegalArgumentException problem(String what) {
    return new IllegalArgumentException(
        "synapse group '%s', host init code of connectivity %s: %s"
            .formatted(group.name(), built.init().name(), what));
  }
}
