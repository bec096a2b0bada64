package org.genn.engine.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.genn.engine.kernel.SnippetKeys;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.ExtraGlobalParameter;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.SynapsePairs;
import org.genn.engine.model.SynapsePattern;
import org.genn.engine.model.VariableReference;

/// Extra global parameters of code that runs when a model is loaded: of the initialiser of a
/// variable, or of what makes connections.
final class SnippetArrays {
  private final Bindings bindings;
  private final Map<String, InitialValue.Values> values;
  private final Map<String, ModelArray> arrays;

  /// @param owner what the engine finds the code's parameters by
  private SnippetArrays(
      ModelState state,
      VariableReference.Kind kind,
      String owner,
      Declarations declarations,
      Bindings bindings) {
    this.bindings = bindings;
    values = new LinkedHashMap<>(bindings.extraGlobalParameters());
    var byName = new LinkedHashMap<String, ModelArray>();
    for (ExtraGlobalParameter array : declarations.extraGlobalParameters()) {
      var reference = new VariableReference(kind, owner, array.name());
      byName.put(array.name(), new ModelArray(state, reference, values));
    }
    arrays = new Named<>("'" + owner + "'", "extra global parameter", byName);
  }

  /// Those of an initialiser, if there is one.
  static SnippetArrays of(ModelState state, VariableReference variable, InitialValue initial) {
    String owner = SnippetKeys.initial(variable);
    return initial instanceof InitialValue.Snippet(var init, var bindings)
        ? new SnippetArrays(state, variable.kind(), owner, init.declarations(), bindings)
        : none(state, owner);
  }

  /// Those of the code that makes a group's connections, if code does.
  static SnippetArrays of(ModelState state, String group, Connectivity connectivity) {
    String owner = SnippetKeys.connectivity(group);
    return switch (connectivity) {
      case Connectivity.Sparse(var pattern, _) -> of(state, owner, pattern);
      case Connectivity.Bitmask(var pattern) -> of(state, owner, pattern);
      case Connectivity.Procedural(var built) -> of(state, owner, built);
      case Connectivity.ProceduralKernel(var built) -> of(state, owner, built);
      case Connectivity.Toeplitz(var built) -> of(state, owner, built);
      case Connectivity.Dense _, Connectivity.DenseProcedural _, Connectivity.Shared _ ->
          none(state, owner);
    };
  }

  private static SnippetArrays of(ModelState state, String owner, SynapsePattern pattern) {
    return switch (pattern) {
      case BuiltSynapses(var init, var bindings) ->
          new SnippetArrays(
              state, VariableReference.Kind.SYNAPSE, owner, init.declarations(), bindings);
      case SynapsePairs _ -> none(state, owner);
    };
  }

  private static SnippetArrays none(ModelState state, String owner) {
    return new SnippetArrays(
        state, VariableReference.Kind.SYNAPSE, owner, Declarations.NONE, Bindings.NONE);
  }

  Map<String, ModelArray> arrays() {
    return arrays;
  }

  /// The initialiser with what its arrays have been given by now.
  InitialValue given(InitialValue initial) {
    return initial instanceof InitialValue.Snippet(var init, _)
        ? new InitialValue.Snippet(init, given())
        : initial;
  }

  /// The connections with what their arrays have been given by now.
  Connectivity given(Connectivity connectivity) {
    return switch (connectivity) {
      case Connectivity.Sparse(var pattern, boolean narrowIndices) ->
          new Connectivity.Sparse(given(pattern), narrowIndices);
      case Connectivity.Bitmask(var pattern) -> new Connectivity.Bitmask(given(pattern));
      case Connectivity.Procedural(var built) -> new Connectivity.Procedural(given(built));
      case Connectivity.ProceduralKernel(var built) ->
          new Connectivity.ProceduralKernel(given(built));
      case Connectivity.Toeplitz(var built) -> new Connectivity.Toeplitz(given(built));
      case Connectivity.Dense _, Connectivity.DenseProcedural _, Connectivity.Shared _ ->
          connectivity;
    };
  }

  private SynapsePattern given(SynapsePattern pattern) {
    return switch (pattern) {
      case BuiltSynapses built -> given(built);
      case SynapsePairs pairs -> pairs;
    };
  }

  private BuiltSynapses given(BuiltSynapses built) {
    return new BuiltSynapses(built.init(), given());
  }

  private Bindings given() {
    return new Bindings(
        bindings.parameters(), bindings.initialValues(), values, bindings.dynamicParameters());
  }
}
