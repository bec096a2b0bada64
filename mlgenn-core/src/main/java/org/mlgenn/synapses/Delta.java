package org.mlgenn.synapses;

import org.genn.engine.model.Bindings;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;

/// Instantaneous synapse: all weight arrives in one step, `I ← I + inSyn; inSyn ← 0`.
public record Delta() implements Synapse {
  @Override
  public Postsynapse postsynapse(double dt) {
    return new Postsynapse(
        new PostsynapticModel("Delta", "injectCurrent(inSyn);\ninSyn = 0.0;"), Bindings.NONE);
  }

  @Override
  public boolean hasMemory() {
    return false;
  }
}
