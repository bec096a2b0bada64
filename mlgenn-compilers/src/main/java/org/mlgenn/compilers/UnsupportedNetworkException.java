package org.mlgenn.compilers;

import java.util.List;

/// A network that a compiler cannot compile: lists every reason.
public class UnsupportedNetworkException extends UnsupportedOperationException {
  private final List<String> problems;

  /// @param what the compiler and what it cannot do, e.g. `EventPropCompiler cannot train this
  ///   network`
  public UnsupportedNetworkException(String what, List<String> problems) {
    super(what + ":\n  - " + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  /// One message per reason.
  public List<String> problems() {
    return problems;
  }
}
