package org.genn.engine.kernel;

import org.genn.engine.model.VariableReference;

/// What parameters of code that runs when a model is loaded are found by: a name that no group can
/// have.
public final class SnippetKeys {
  private SnippetKeys() {}

  /// The code that makes a group's connections.
  public static String connectivity(String synapseGroup) {
    return synapseGroup + ".connectivity";
  }

  /// The code that computes initial values.
  public static String initial(VariableReference variable) {
    return variable.group() + "." + variable.variable();
  }
}
