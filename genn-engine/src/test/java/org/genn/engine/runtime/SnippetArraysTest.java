package org.genn.engine.runtime;

import static org.genn.engine.runtime.GeNNModel.initPostsynaptic;
import static org.genn.engine.runtime.GeNNModel.initVar;
import static org.genn.engine.runtime.GeNNModel.initWeightUpdate;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Arrays of code that runs when a model is loaded: of initialisers, and of what makes connections.
class SnippetArraysTest {
  private static final NeuronModel SPIKES =
      new NeuronModel("Spikes").variable("x").simCode("x = Isyn;").thresholdCondition("true");

  private static GeNNModel model(String backend) {
    Models.assumeAvailable(backend);
    var model = new GeNNModel(Precision.FLOAT, "arrays", backend);
    model.setPreferences(Models.settings().backend(backend).threads(1));
    model.setDt(1);
    model.setBatchSize(2);
    return model;
  }

  private static InitialValue table(String index) {
    var init =
        new VariableInit("Table", "value = table[" + index + "];")
            .extraGlobalParameter("table", "scalar*");
    return initVar(init, Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature({"M14", "R09", "R03"})
  void initialisersOfEveryKindReadTheirArray(String backend) {
    var weights =
        new WeightUpdateModel("Weights")
            .variable("g", VarAccess.READ_WRITE)
            .pre(NeuronEnd.NONE.variable(new Variable("u")))
            .post(NeuronEnd.NONE.variable(new Variable("v")));
    var postsynaptic = new PostsynapticModel("Post", "injectCurrent(inSyn);").variable("y");
    var source = new CurrentSourceModel("Source", "injectCurrent(0.0);").variable("z");
    var update =
        new CustomUpdateModel("Update", "r = x;")
            .variable(new CustomUpdateVariable("r", CustomUpdateVarAccess.READ_WRITE))
            .reference("x", VarAccessMode.READ_ONLY);
    try (GeNNModel model = model(backend)) {
      var a = model.addNeuronPopulation("a", 3, SPIKES, Map.of(), Map.of("x", table("id")));
      var cs = model.addCurrentSource("cs", source, a, Map.of(), Map.of("z", table("id")));
      var s =
          model.addSynapsePopulation(
              "s",
              "SPARSE",
              a,
              a,
              initWeightUpdate(
                  weights,
                  Map.of(),
                  Map.of("g", table("id_pre")),
                  Map.of("u", table("id")),
                  Map.of("v", table("id")),
                  Map.of(),
                  Map.of(),
                  Map.of()),
              initPostsynaptic(postsynaptic, Map.of(), Map.of("y", table("id"))),
              GeNNModel.initSparseConnectivity("OneToOne"));
      var cu =
          model.addCustomUpdate(
              "cu",
              "Update",
              update,
              Map.of(),
              Map.of("r", table("id")),
              Map.of("x", GeNNModel.createVarRef(a, "x")));
      List<ModelVariable> variables = new ArrayList<>();
      variables.add(a.vars().get("x"));
      variables.add(cs.vars().get("z"));
      variables.addAll(s.variables());
      variables.add(cu.vars().get("r"));
      assertEquals(7, variables.size());
      for (int k = 0; k < 7; k++) {
        ModelArray table = variables.get(k).extraGlobalParams().get("table");
        table.setInitValues(new float[] {10 * k, 10 * k + 1, 10 * k + 2});
      }
      model.build();
      model.load();
      for (int k = 0; k < 7; k++) {
        float[] all = variables.get(k).values();
        float[] expected = {10 * k, 10 * k + 1, 10 * k + 2, 10 * k, 10 * k + 1, 10 * k + 2};
        assertArrayEquals(expected, all, variables.get(k).name());
        ModelArray table = variables.get(k).extraGlobalParams().get("table");
        assertArrayEquals(new float[] {10 * k, 10 * k + 1, 10 * k + 2}, table.values());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature({"M14", "R09", "I14"})
  void connectionsOfEveryKindReadTheirArray(String backend) {
    var init =
        new SparseInit("Listed")
            .extraGlobalParameter("targets", "unsigned int*")
            .rowBuildCode("addSynapse(targets[id_pre]);");
    try (GeNNModel model = model(backend)) {
      var a = model.addNeuronPopulation("a", 3, SPIKES, Map.of(), Map.of("x", 0));
      var targets = new ArrayList<NeuronPopulation>();
      for (String type : new String[] {"SPARSE", "BITMASK", "PROCEDURAL"}) {
        var target = model.addNeuronPopulation("to_" + type, 4, SPIKES, Map.of(), Map.of("x", 0));
        targets.add(target);
        var s =
            model.addSynapsePopulation(
                type,
                type,
                "a",
                target.name(),
                initWeightUpdate("StaticPulseConstantWeight", Map.of("g", 1)),
                initPostsynaptic("DeltaCurr"),
                GeNNModel.initSparseConnectivity(init, Map.of()));
        s.connectivityExtraGlobalParams().get("targets").setInitValues(new long[] {3, 1, 3});
      }
      model.build();
      model.load();
      model.stepTime(2);
      for (NeuronPopulation target : targets) {
        assertArrayEquals(
            new float[] {0, 1, 0, 2, 0, 1, 0, 2}, target.vars().get("x").values(), target.name());
      }
      assertArrayEquals(
          new long[] {3, 1, 3},
          model
              .synapsePopulation("PROCEDURAL")
              .connectivityExtraGlobalParams()
              .get("targets")
              .longValues());
      assertEquals(3, a.numNeurons());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  @Feature("M14")
  void whatIsMissingIsNamed(String backend) {
    try (GeNNModel model = model(backend)) {
      var a = model.addNeuronPopulation("a", 3, SPIKES, Map.of(), Map.of("x", table("id")));
      var problem = assertThrows(IllegalArgumentException.class, model::build);
      assertEquals(
          """
          model 'arrays' has a problem:
            - neuron group 'a', variable 'x': extra global parameter 'table' of Table has no values\
          """,
          problem.getMessage());
      var unknown =
          assertThrows(
              IllegalArgumentException.class,
              () -> a.vars().get("x").extraGlobalParams().get("tables"));
      assertEquals(
          "'a.x' has no extra global parameter 'tables'; it has [table]; did you mean 'table'?",
          unknown.getMessage());
    }
  }
}
