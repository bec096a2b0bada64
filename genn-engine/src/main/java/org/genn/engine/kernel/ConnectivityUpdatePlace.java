package org.genn.engine.kernel;

import java.util.Optional;
import org.genn.engine.snippet.Expr;

/// What a custom connectivity update needs in memory besides its variables.
///
/// @param working room to change rows in; empty when the code neither adds nor removes synapses
/// @param outcome one `int32` row: what happened to each row of synapses, a sum of
///   `ConnectivityOutcome` bits
/// @param launches one element: how often the update was launched. Random numbers are counted by
///   it, since time need not go on between launches
/// @param stream of random numbers of row code; the next one is that of host code
record ConnectivityUpdatePlace(
    Optional<WorkingRows> working, Rows outcome, Rows launches, int stream) {
  /// The number of the launch.
  Expr launch(FunctionBuilder builder) {
    return builder.scalar("launch", launches, Build.integer(0), Build.integer(0));
  }

  /// Whether there is one copy of a variable, so that row code can use it.
  static boolean hasOneCopy(Place place) {
    return place.rows().count() == place.rowsPerCopy();
  }
}
