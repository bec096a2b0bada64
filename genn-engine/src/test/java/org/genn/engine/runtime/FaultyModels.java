package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.ModelValidator;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.WeightUpdateModels;

/// Parts of models in which something is wrong, and what these are refused with.
final class FaultyModels {
  static final NeuronModel NEURON =
      new NeuronModel("Neuron").variable("V").thresholdCondition("V > 1.0");
  static final WeightUpdateModel PULSE = WeightUpdateModels.STATIC_PULSE;
  static final WeightUpdateModel PLASTIC =
      new WeightUpdateModel("Plastic")
          .variable("g", VarAccess.READ_WRITE)
          .preSpikeSynCode("addToPost(g);");
  static final Bindings ONE = Bindings.NONE.initialValue("g", 1);

  private FaultyModels() {}

  static ModelSpec base() {
    return new ModelSpec("m", 1, 2, 1)
        .neuronGroup(new NeuronGroup("a", 4, NEURON, Bindings.NONE))
        .neuronGroup(new NeuronGroup("b", 3, NEURON, Bindings.NONE));
  }

  static SynapseGroup synapses(
      Connectivity connectivity, WeightUpdateModel model, Bindings bindings) {
    return new SynapseGroup(
        "s",
        connectivity,
        "a",
        "b",
        new WeightUpdate(model, bindings),
        new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE));
  }

  static void assertProblems(ModelSpec spec, String... problems) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ModelValidator.check(spec)).getMessage();
    String count = problems.length == 1 ? "a problem" : problems.length + " problems";
    assertEquals("model 'm' has " + count + ":\n  - " + String.join("\n  - ", problems), message);
  }

  static void assertProblem(SynapseGroup group, String... problems) {
    assertProblems(base().synapseGroup(group), problems);
  }
}
