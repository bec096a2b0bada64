package org.mlgenn.tests.behaviours;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.genn.engine.model.Bindings;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.runtime.VariableView;
import org.genn.engine.snippet.SnippetException;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is kept for each neuron, each example or both, and which code may write it.
final class VariableAccessTest extends Behaviours {
  private static final int SIZE = 3;

  private static final NeuronModel MODEL =
      new NeuronModel("Kinds")
          .variable(new Variable("own", "scalar", VarAccess.READ_WRITE))
          .variable(new Variable("shared", "scalar", VarAccess.READ_ONLY))
          .variable(new Variable("duplicate", "scalar", VarAccess.READ_ONLY_DUPLICATE))
          .variable(new Variable("ofExample", "scalar", VarAccess.READ_ONLY_SHARED_NEURON));

  private ModelSpec spec(NeuronModel model) {
    int batch = setting.batchSize();
    var bindings =
        Bindings.NONE
            .initialValue("own", InitialValue.of(Parts.ascending(SIZE, 1)))
            .initialValue("shared", InitialValue.of(Parts.ascending(SIZE, 10)))
            .initialValue("duplicate", InitialValue.of(Parts.ascending(batch * SIZE, 100)))
            .initialValue("ofExample", InitialValue.of(Parts.ascending(batch, 1000)));
    return model("access").neuronGroup(new NeuronGroup("n", SIZE, model, bindings));
  }

  @Test
  @Feature({"M17", "M15", "R12"})
  void eachKindHasItsElementsAndExamples() {
    var model = MODEL.simCode("own += shared + duplicate + ofExample;");
    int batch = setting.batchSize();
    try (var simulation = open(spec(model))) {
      VariableView shared = simulation.variable(VariableReference.neuron("n", "shared"));
      VariableView ofExample = simulation.variable(VariableReference.neuron("n", "ofExample"));
      assertEquals(batch * SIZE, view(simulation, "own").size());
      assertEquals(SIZE, shared.size());
      assertEquals(batch * SIZE, view(simulation, "duplicate").size());
      assertEquals(batch, ofExample.size());
      simulation.stepTime();
      expect(
          simulation,
          VariableReference.neuron("n", "own"),
          (b, i) -> 1 + i + (10 + i) + (100 + b * SIZE + i) + (1000 + b));
      // The host may write all of them.
      ofExample.set(new double[] {7});
      view(simulation, "duplicate").setDouble(batch - 1, 1, 5);
      view(simulation, "own").fill(0);
      simulation.stepTime();
      expect(
          simulation,
          VariableReference.neuron("n", "own"),
          (b, i) -> (10 + i) + (b == batch - 1 && i == 1 ? 5 : 100 + b * SIZE + i) + 7);
      assertArrayEquals(new double[] {10, 11, 12}, shared.toDoubles());
    }
  }

  private static VariableView view(org.genn.engine.runtime.Simulation simulation, String variable) {
    return simulation.variable(VariableReference.neuron("n", variable));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "duplicate", "ofExample"})
  @Feature({"M17", "L15", "R12"})
  void codeOnlyWritesWhatIsItsOwn(String variable) {
    var spec = spec(MODEL.simCode(variable + " = 1.0;"));
    var problem = assertThrows(SnippetException.class, () -> open(spec)).getMessage();
    assertTrue(problem.contains("'" + variable + "' is read-only"), problem);
  }
}
