package org.mlgenn.tests.genn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;
import org.genn.engine.snippet.SnippetException;

/// Which code is accepted and which is not. Where GeNN's behaviour counts as a defect, what it
/// should do is said there: it contains "should be accepted" or "should be rejected"; where both
/// would do, nothing is asked.
final class GennChecks {
  /// What is accepted here though GeNN rejects it: block comments.
  private static final Set<String> EXTENSIONS = Set.of("/* c */ r = 1.0;");

  private GennChecks() {}

  static void run(GennCase golden) {
    List<String> wrong = new ArrayList<>();
    for (JsonNode check : golden.list("checks")) {
      String code = check.get("code").asText();
      boolean isAccepted = isAccepted(code);
      boolean isWanted = check.get("generated").asBoolean() && check.get("compiled").asBoolean();
      if (check.has("upstream_defect")) {
        String text = check.get("upstream_defect").asText();
        if (text.contains("or rejected consistently") || text.contains("C++ fails")) {
          continue;
        }
        isWanted = text.contains("should be accepted");
      }
      if (isAccepted != (isWanted || EXTENSIONS.contains(code))) {
        wrong.add((isWanted ? "should be accepted: " : "should be rejected: ") + code);
      }
    }
    assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
  }

  private static boolean isAccepted(String text) {
    boolean isReduction = text.startsWith("m ");
    var model =
        new CustomUpdateModel("Check", text)
            .reference(new VariableDeclaration("f", "scalar", VarAccessMode.READ_ONLY))
            .reference(new VariableDeclaration("i", "int", VarAccessMode.READ_ONLY));
    model =
        isReduction
            ? model
                .variable(new CustomUpdateVariable("m", CustomUpdateVarAccess.REDUCE_NEURON_SUM))
                .reference(new VariableDeclaration("r", "scalar", VarAccessMode.READ_WRITE))
            : model
                .variable(new CustomUpdateVariable("r", CustomUpdateVarAccess.READ_WRITE))
                .variable(new CustomUpdateVariable("k", "int", CustomUpdateVarAccess.READ_WRITE))
                .reference(new VariableDeclaration("u", "unsigned int", VarAccessMode.READ_ONLY));
    var neurons =
        new NeuronModel("In")
            .variable("f")
            .variable(new Variable("i", "int", VarAccess.READ_WRITE))
            .variable(new Variable("u", "unsigned int", VarAccess.READ_WRITE))
            .variable("r");
    var update = new CustomUpdate("c", "G", model, Bindings.NONE);
    for (var reference : model.references()) {
      update = update.reference(reference.name(), VariableReference.neuron("x", reference.name()));
    }
    var spec =
        new ModelSpec("check", 1, 1, 1)
            .neuronGroup(new NeuronGroup("x", 5, neurons, Bindings.NONE))
            .customUpdate(update);
    try {
      Simulation.open(spec, new RuntimeSettings().backend("jvm").threads(1)).close();
      return true;
    } catch (SnippetException rejected) {
      return false;
    }
  }
}
