package org.mlgenn;

import java.util.List;

/// A network that cannot be: lists everything that is wrong with it.
public class InvalidNetworkException extends IllegalArgumentException {
  private final List<String> problems;

  public InvalidNetworkException(List<String> problems) {
    super(
        "the network is not complete or contradicts itself:\n  - "
            + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  /// One message per problem.
  public List<String> problems() {
    return problems;
  }
}
