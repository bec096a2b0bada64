package org.genn.engine.runtime;

import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.PostsynapticModels;

/// Models with snippets of thousands of statements.
public final class LongSnippets {
  private LongSnippets() {}

  /// Statements that change `V` and `U` and share local variables over short and long distances.
  private static String statements(int count) {
    var code = new StringBuilder("int total = 0;\nscalar sum = 0.25 * V;\nscalar first = U;\n");
    for (int k = 0; k + 6 <= count; k += 6) {
      code.append(
          """
          scalar x%1$d = 0.5 * V + %1$d * 1e-4 + first * 1e-3;
          V += 1e-3 * x%1$d - 1e-4 * sum;
          if (x%1$d > U) { U += 0.01; total++; } else { sum -= x%1$d * 1e-2; }
          const int i%1$d = (int) (V * 100.0) %% 7;
          for (int j = 0; j < 2; j++) { if (j > i%1$d) { break; } sum += x%1$d * (total & 3); }
          sum = fmin(fmax(sum, -3.0), 3.0) * 0.75;
          """
              .formatted(k));
    }
    return code.append("V = fmin(fmax(V, -2.0), 2.0) + 1e-3 * (sum + total);\nU *= 0.5;\n")
        .toString();
  }

  /// A list of statements as part of a branch in a loop.
  private static String nested(int count) {
    return "for (int n = 0; n < 2; n++) {\nif (V > -100.0) {\nscalar U = 0.1 * n;\n"
        + statements(count)
        + "if (V > 1.0) { continue; }\nV += U * 1e-3;\n}\nV *= 0.99;\n}\n";
  }

  public static ModelSpec of(int statements) {
    Bindings start = Bindings.NONE.initialValue("V", new InitialValue.Uniform(-1, 1));
    var straight =
        new NeuronModel("Straight")
            .variable("V")
            .variable("U")
            .simCode(statements(statements) + "V += 1e-3 * Isyn;\n")
            .thresholdCondition("V > 0.0");
    var inner =
        new NeuronModel("Inner")
            .variable("V")
            .simCode(nested(statements))
            .thresholdCondition("V > 0.0");
    var learning =
        new WeightUpdateModel("Learning")
            .variable("V", VarAccess.READ_WRITE)
            .variable("U", VarAccess.READ_WRITE)
            .preSpikeSynCode(statements(statements) + "addToPost(V);\n");
    return new ModelSpec("long", 1, 1, 5)
        .neuronGroup(new NeuronGroup("straight", 7, straight, start))
        .neuronGroup(new NeuronGroup("inner", 5, inner, start))
        .synapseGroup(
            new SynapseGroup(
                "learning",
                new Connectivity.Dense(),
                "inner",
                "straight",
                new WeightUpdate(learning, start),
                new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE)));
  }
}
