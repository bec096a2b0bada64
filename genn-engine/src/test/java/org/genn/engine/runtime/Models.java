package org.genn.engine.runtime;

import java.util.Optional;
import org.genn.engine.backend.Backends;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.junit.jupiter.api.Assumptions;

/// Models that tests use.
final class Models {
  static final NeuronModel LIF =
      new NeuronModel("Lif")
          .parameter("Alpha")
          .parameter("Vthresh")
          .variable("V")
          .variable(new Variable("Offset", "scalar", VarAccess.READ_ONLY))
          .simCode("V = (Alpha * V) + ((1.0 - Alpha) * (Isyn + Offset));")
          .thresholdCondition("V >= Vthresh")
          .resetCode("V = 0.0;");

  static final WeightUpdateModel STATIC_PULSE =
      new WeightUpdateModel("StaticPulse")
          .variable("g", VarAccess.READ_ONLY)
          .preSpikeSynCode("addToPost(g);");

  static final PostsynapticModel EXP_CURR =
      new PostsynapticModel("ExpCurr", "injectCurrent(inSyn); inSyn *= ExpDecay;")
          .parameter("ExpDecay");

  static final PostsynapticModel DELTA =
      new PostsynapticModel("Delta", "injectCurrent(inSyn); inSyn = 0.0;");

  private Models() {}

  /// Settings that leave nothing in the user's cache.
  static RuntimeSettings settings() {
    return new RuntimeSettings().build(new BuildSettings().cacheDirectory(Optional.empty()));
  }

  /// Skips a test where a back end is not available.
  static void assumeAvailable(String backend) {
    var availability =
        Backends.all().stream()
            .filter(candidate -> candidate.name().equals(backend))
            .findFirst()
            .orElseThrow()
            .availability();
    Assumptions.assumeTrue(availability.isAvailable(), availability.detail());
  }

  static NeuronGroup lif(String name, int size, double alpha, double threshold) {
    return new NeuronGroup(
        name, size, LIF, Bindings.NONE.parameter("Alpha", alpha).parameter("Vthresh", threshold));
  }

  static SynapseGroup dense(
      String name, String source, String target, float[] weights, double decay) {
    return new SynapseGroup(
        name,
        new Connectivity.Dense(),
        source,
        target,
        new WeightUpdate(
            STATIC_PULSE,
            Bindings.NONE.initialValue("g", org.genn.engine.model.InitialValue.of(weights))),
        new Postsynapse(EXP_CURR, Bindings.NONE.parameter("ExpDecay", decay)));
  }
}
