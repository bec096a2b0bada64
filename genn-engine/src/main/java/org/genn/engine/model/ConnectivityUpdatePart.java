package org.genn.engine.model;

import java.util.List;

/// What a custom connectivity update uses for each synapse, or for each neuron at one end of them:
/// variables of its own, and variables of other groups.
public record ConnectivityUpdatePart(
    List<Variable> variables, List<VariableDeclaration> references) {

  public static final ConnectivityUpdatePart NONE =
      new ConnectivityUpdatePart(List.of(), List.of());

  public ConnectivityUpdatePart {
    variables = List.copyOf(variables);
    references = List.copyOf(references);
  }

  public ConnectivityUpdatePart variable(Variable variable) {
    return new ConnectivityUpdatePart(Declarations.plus(variables, variable), references);
  }

  public ConnectivityUpdatePart reference(VariableDeclaration reference) {
    return new ConnectivityUpdatePart(variables, Declarations.plus(references, reference));
  }
}
