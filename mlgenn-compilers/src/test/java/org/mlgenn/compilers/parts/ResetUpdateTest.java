package org.mlgenn.compilers.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelParameter;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.junit.jupiter.api.Test;
import org.mlgenn.parts.Contribution;
import org.mlgenn.synapses.Delta;
import org.mlgenn.synapses.Exponential;

class ResetUpdateTest {
  private static Contribution.State state(String name, String type, InitialValue initial) {
    return new Contribution.State(new Variable(name, type, VarAccess.READ_WRITE), initial, true);
  }

  @Test
  void numbersAreParametersOfTheUpdate() {
    var update =
        ResetUpdate.neurons(
                "hidden",
                List.of(
                    state("V", "scalar", InitialValue.of(0.5)),
                    state("Count", "unsigned int", InitialValue.of(0))))
            .get();
    assertEquals("Reset_hidden", update.name());
    assertEquals("Reset", update.group());
    assertEquals("V = VInitial;\nCount = CountInitial;", update.model().updateCode());
    assertEquals(
        List.of(
            new ModelParameter("VInitial", "scalar"),
            new ModelParameter("CountInitial", "unsigned int")),
        update.model().declarations().parameters());
    assertEquals(Map.of("VInitial", 0.5, "CountInitial", 0.0), update.bindings().parameters());
    assertEquals(
        Map.of(
            "V", VariableReference.neuron("hidden", "V"),
            "Count", VariableReference.neuron("hidden", "Count")),
        update.references());
  }

  @Test
  void arraysAndRandomValuesAreKeptByTheUpdate() {
    var initial = InitialValue.of(new float[] {1, 2});
    var update = ResetUpdate.neurons("hidden", List.of(state("V", "scalar", initial))).get();
    assertEquals(
        List.of(
            new CustomUpdateVariable("VInitial", "scalar", CustomUpdateVarAccess.READ_ONLY_SHARED)),
        update.model().variables());
    assertEquals(Map.of("VInitial", initial), update.bindings().initialValues());
  }

  @Test
  void whatDoesNotResetIsLeftOut() {
    var kept = new Contribution.State(new Variable("G"), InitialValue.of(0), false);
    var series =
        new Contribution.State(
            new Variable("E", "scalar", VarAccess.READ_WRITE, true), InitialValue.of(0), true);
    assertEquals(Optional.empty(), ResetUpdate.neurons("hidden", List.of(kept, series)));
  }

  @Test
  void synapticInputIsZeroedWhereItIsAskedFor() {
    var postsynapse = new Exponential(5).postsynapse(1);
    var update = ResetUpdate.synapses("c", postsynapse, true, true).get();
    assertEquals("Reset_c", update.name());
    assertEquals("inSyn = inSynInitial;", update.model().updateCode());
    assertEquals(Map.of("inSyn", VariableReference.synapticInput("c")), update.references());
    assertEquals(Optional.empty(), ResetUpdate.synapses("c", postsynapse, true, false));
    assertEquals(
        Optional.empty(), ResetUpdate.synapses("c", new Delta().postsynapse(1), true, false));
  }

  @Test
  void variablesOfSynapsesThatChangeAreReset() {
    var model =
        new PostsynapticModel("Alpha", "X += inSyn;")
            .variable(new Variable("X"))
            .variable(new Variable("Tau", "scalar", VarAccess.READ_ONLY));
    var bindings = Bindings.NONE.initialValue("X", 0.25).initialValue("Tau", 3.0);
    var update = ResetUpdate.synapses("c", new Postsynapse(model, bindings), true, false).get();
    assertEquals("X = XInitial;", update.model().updateCode());
    assertEquals(Map.of("X", VariableReference.postsynaptic("c", "X")), update.references());
    assertEquals(Map.of("XInitial", 0.25), update.bindings().parameters());
  }
}
