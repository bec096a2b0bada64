package org.genn.engine.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;

/// The spikes (or spike-like events) that reach the synapses in this step.
///
/// @param ring where delayed ones are kept, when they are not on a tape
/// @param delay in timesteps
record Arrivals(FunctionBuilder builder, SpikePlace place, Optional<DelayRing> ring, int delay) {

  /// Hands the entries to code that makes operations.
  void visit(Consumer<SpikeRange> code) {
    if (delay == 0) {
      code.accept(SpikeRange.segment(builder, place, last()));
    } else if (ring.isPresent()) {
      code.accept(ring.get().range(builder, delay));
    } else {
      // A tape keeps the trial's spikes; those from before it are not delayed further.
      code.accept(
          SpikeRange.segment(builder, place, Build.subtract(builder.step, Build.integer(delay))));
      if (!builder.ops.isEmpty()) {
        Op loop = builder.ops.removeLast();
        Expr isInTrial =
            Build.binary(BinaryOperator.GREATER_EQUAL, builder.step, Build.integer(delay));
        builder.ops.add(new Op.When(isInTrial, List.of(loop)));
      }
    }
  }

  private Expr last() {
    return place.isTaped() ? builder.step : Build.integer(0);
  }
}
