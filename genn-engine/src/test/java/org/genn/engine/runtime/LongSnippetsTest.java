package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.genn.engine.backend.Backends;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.VariableReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Snippets that are longer than what HotSpot compiles as one method.
class LongSnippetsTest {
  private static final List<VariableReference> VARIABLES =
      List.of(
          VariableReference.neuron("straight", "V"),
          VariableReference.neuron("straight", "U"),
          VariableReference.neuron("inner", "V"),
          VariableReference.synapse("learning", "V"),
          VariableReference.synapse("learning", "U"));

  private static final List<VariableReference> NEURON =
      List.of(VariableReference.neuron("n", "V"), VariableReference.neuron("n", "U"));

  private static List<float[]> run(
      ModelSpec spec, List<VariableReference> variables, String backend, boolean isChecked) {
    var settings =
        new RuntimeSettings()
            .backend(backend)
            .threads(1)
            .build(new BuildSettings().cacheDirectory(Optional.empty()).isChecked(isChecked));
    try (Simulation simulation = Simulation.open(spec, settings)) {
      var values = new ArrayList<float[]>();
      for (int step = 0; step < 10; step++) {
        simulation.stepTime();
        variables.forEach(variable -> values.add(simulation.variable(variable).toArray()));
      }
      return values;
    }
  }

  private static void assertSame(List<float[]> expected, List<float[]> found) {
    for (int k = 0; k < expected.size(); k++) {
      assertArrayEquals(expected.get(k), found.get(k));
    }
  }

  @Test
  void partsComputeWhatTheWholeDoes() {
    compare(LongSnippets.of(180), VARIABLES);
  }

  @Test
  @Tag("slow")
  void partsOfThousandsOfStatementsComputeWhatTheWholeDoes() {
    compare(LongSnippets.of(3000), VARIABLES);
  }

  /// Expressions are cut for `jvm` alone, so `native` tells what they are.
  @Test
  void partsOfExpressionsComputeWhatTheWholeDoes() {
    compare(LongExpressions.of(10), NEURON);
  }

  @Test
  void codeMayUseMoreArraysThanAMethodHasParameters() {
    compare(LongExpressions.wide(90), NEURON);
  }

  private static void compare(ModelSpec spec, List<VariableReference> variables) {
    assumeTrue(
        Backends.all().stream()
            .anyMatch(b -> b.name().equals("native") && b.availability().isAvailable()));
    List<float[]> whole = run(spec, variables, "native", false);
    assertTrue(whole.getFirst()[0] != whole.getLast()[0]);
    assertSame(whole, run(spec, variables, "jvm", false));
    assertSame(whole, run(spec, variables, "jvm", true));
  }
}
