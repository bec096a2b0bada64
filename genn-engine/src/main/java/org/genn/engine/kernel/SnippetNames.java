package org.genn.engine.kernel;

import java.util.List;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.snippet.Environment;
import org.genn.engine.snippet.Environment.Access;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Snippet;
import org.genn.engine.snippet.SnippetType;

/// What snippets of a model may name, by what declares it.
///
/// @param timepoint type of times
record SnippetNames(NumericType scalar, NumericType timepoint) {

  /// The names of declared parameters.
  Environment parameters(Declarations declarations) {
    return parameters(Environment.of(scalar, timepoint), declarations);
  }

  Environment parameters(Environment first, Declarations declarations) {
    Environment environment = first;
    for (var parameter : declarations.parameters()) {
      environment =
          environment.withVariable(parameter.name(), type(parameter.type()), Access.READ_ONLY);
    }
    for (var parameter : declarations.derivedParameters()) {
      environment =
          environment.withVariable(parameter.name(), type(parameter.type()), Access.READ_ONLY);
    }
    for (var parameter : declarations.extraGlobalParameters()) {
      environment =
          environment.withVariable(parameter.name(), pointer(parameter.type()), Access.READ_ONLY);
    }
    return environment;
  }

  Environment variables(Environment environment, List<Variable> variables) {
    Environment extended = environment;
    for (Variable variable : variables) {
      extended =
          extended.withVariable(
              variable.name(),
              type(variable.type()),
              variable.access().isWritable() ? Access.READ_WRITE : Access.READ_ONLY);
    }
    return extended;
  }

  Environment readOnly(Environment environment, List<Variable> variables) {
    Environment extended = environment;
    for (Variable variable : variables) {
      extended = extended.withVariable(variable.name(), type(variable.type()), Access.READ_ONLY);
    }
    return extended;
  }

  Environment references(Environment environment, List<VariableDeclaration> references) {
    Environment extended = environment;
    for (VariableDeclaration reference : references) {
      Access access =
          switch (reference.mode()) {
            case READ_WRITE -> Access.READ_WRITE;
            case READ_ONLY -> Access.READ_ONLY;
            case BROADCAST, REDUCE_SUM, REDUCE_MAX -> Access.WRITE_ONLY;
          };
      extended = extended.withVariable(reference.name(), type(reference.type()), access);
    }
    return extended;
  }

  Environment unsigned(Environment environment, List<String> names) {
    Environment extended = environment;
    for (String name : names) {
      extended = extended.withVariable(name, SnippetType.UINT32, Access.READ_ONLY);
    }
    return extended;
  }

  /// The number of a synapse.
  Environment number(Environment environment, SynapseNumbers numbers) {
    return environment.withVariable("id_syn", numbers.type(), Access.READ_ONLY);
  }

  /// Parameters, the time, and what code of an element of a group may ask about it.
  Environment elementNames(Declarations declarations) {
    return unsigned(
        timeNames(parameters(declarations)), List.of("id", "num_neurons", "num_batch", "batch"));
  }

  Environment timeNames(Environment environment) {
    return environment
        .withVariable("t", SnippetType.of(timepoint), Access.READ_ONLY)
        .withVariable("dt", SnippetType.of(scalar), Access.READ_ONLY);
  }

  SnippetType type(String name) {
    return Snippet.type(name, scalar, timepoint);
  }

  SnippetType pointer(String elementType) {
    SnippetType type = type(elementType);
    return type instanceof SnippetType.Pointer ? type : new SnippetType.Pointer(type, false);
  }
}
