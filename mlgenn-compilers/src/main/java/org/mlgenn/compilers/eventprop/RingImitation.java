package org.mlgenn.compilers.eventprop;

import org.genn.engine.model.InitialValue;
import org.genn.engine.model.Variable;
import org.mlgenn.compilers.Compatibility;
import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.Stage;

/// Counters by which a population's tape behaves like ml_genn's ring of spike times, which two
/// examples share and which a spike in the last step jams.
///
/// @param contribution counters and code
/// @param recordWhen condition under which a spike is taped, or empty for always
/// @param replayWhen condition under which a spike is replayed, or empty for always
record RingImitation(Contribution contribution, String recordWhen, String replayWhen) {
  static RingImitation of(EventPropCompiler compiler) {
    var contribution = new Contribution("imitation of ml_genn's tape");
    String recordWhen = "";
    String replayWhen = "";
    if (compiler.has(Compatibility.TAPE_SHARED_BY_TWO_EXAMPLES)) {
      recordWhen = "(TapedSpikes + TapedBefore) < TapeCapacity";
      contribution =
          contribution
              .parameter("TapeCapacity", compiler.tapes().maxSpikes() - 1.0)
              .state("TapedSpikes", 0)
              .state(kept("TapedBefore"))
              .code(Stage.TRIAL_END, "TapedBefore = TapedSpikes;");
    }
    if (compiler.has(Compatibility.LAST_STEP_SPIKE_BLOCKS_REPLAY)) {
      replayWhen = "JammedBefore < 0.5";
      String jam = "Jammed = (t > (ExampleTime - (1.5 * dt))) ? 1.0 : Jammed;";
      contribution =
          contribution
              .state("Jammed", 0)
              .state(kept("JammedBefore"))
              .code(
                  Stage.AT_SPIKE,
                  recordWhen.isEmpty() ? jam : "if (%s) { %s }".formatted(recordWhen, jam))
              .code(Stage.TRIAL_END, "JammedBefore = Jammed;");
    }
    if (!recordWhen.isEmpty()) {
      contribution =
          contribution.code(
              Stage.AT_SPIKE, "if (%s) { TapedSpikes += 1.0; }".formatted(recordWhen));
    }
    return new RingImitation(contribution, recordWhen, replayWhen);
  }

  private static Contribution.State kept(String name) {
    return new Contribution.State(new Variable(name), InitialValue.of(0), false);
  }
}
