package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.ExtraGlobalParameter;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.SynapsePattern;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Code of rows that writes an array which all rows have in common: rows are handled one after the
/// other, whatever the number of threads.
@Feature({"M14", "G03"})
class RowsInOrderTest {
  private static final int SOURCES = 3000;
  private static final int TARGETS = 7;
  private static final VariableReference G = VariableReference.synapse("s", "g");

  /// Each row leads where the one before says.
  private static final SparseInit CHAIN =
      new SparseInit("Chain")
          .declarations(
              Declarations.NONE.extraGlobalParameter(new ExtraGlobalParameter("next", "uint32_t")))
          .rowBuildCode("addSynapse(next[0] % num_post); next[0] = (next[0] * 5u) + id_pre + 1u;")
          .maxRowLength((_, _, _) -> 2);

  private static ModelSpec spec(SynapsePattern pattern) {
    var count =
        new VariableInit("Count", "value = count[0]; count[0] += 1.0;")
            .extraGlobalParameter("count", "scalar");
    var weights =
        new WeightUpdateModel("Weights")
            .variable("g", VarAccess.READ_ONLY)
            .preSpikeSynCode("addToPost(g);");
    var number =
        new CustomUpdateModel("Number", "r = turn[0] + (0.0 * g); turn[0] += 1.0;")
            .variable(new CustomUpdateVariable("r", CustomUpdateVarAccess.READ_WRITE))
            .reference("g", VarAccessMode.READ_ONLY)
            .declarations(
                Declarations.NONE.extraGlobalParameter(new ExtraGlobalParameter("turn", "scalar")));
    var grow =
        new CustomConnectivityUpdateModel(
                "Grow", "add_synapse((unsigned int) free[0] % num_post, free[0]); free[0] += 3.0;")
            .reference("g", VarAccessMode.READ_WRITE)
            .extraGlobalParameter("free", "scalar");
    var never = new NeuronModel("Never").thresholdCondition("false");
    return new ModelSpec("order", 1, 1, 3)
        .neuronGroup(new NeuronGroup("pre", SOURCES, never, Bindings.NONE))
        .neuronGroup(new NeuronGroup("post", TARGETS, never, Bindings.NONE))
        .synapseGroup(
            new SynapseGroup(
                "s",
                new Connectivity.Sparse(pattern),
                "pre",
                "post",
                new WeightUpdate(
                    weights,
                    Bindings.NONE.initialValue(
                        "g",
                        new InitialValue.Snippet(
                            count, Bindings.NONE.extraGlobalParameter("count", new float[] {0})))),
                new Postsynapse(Models.DELTA, Bindings.NONE)))
        .customUpdate(
            new CustomUpdate(
                    "number",
                    "Number",
                    number,
                    Bindings.NONE.extraGlobalParameter("turn", new float[] {100}))
                .reference("g", G))
        .customConnectivityUpdate(
            new CustomConnectivityUpdate(
                    "grow",
                    "Grow",
                    "s",
                    grow,
                    Bindings.NONE.extraGlobalParameter("free", new float[] {0}))
                .reference("g", G));
  }

  private static BuiltSynapses built(SparseInit init) {
    return new BuiltSynapses(init, Bindings.NONE.extraGlobalParameter("next", new float[] {3}));
  }

  @ParameterizedTest
  @CsvSource({"jvm, 1", "jvm, 2", "jvm, 4", "native, 1", "native, 2", "native, 4"})
  @Feature({"I14", "C16", "C19"})
  void everyRowSeesWhatTheRowsBeforeHaveWritten(String backend, int threads) {
    int[] targets = new int[SOURCES];
    float[] counted = new float[SOURCES];
    float[] numbered = new float[SOURCES];
    int next = 3;
    for (int i = 0; i < SOURCES; i++) {
      targets[i] = Integer.remainderUnsigned(next, TARGETS);
      next = 5 * next + i + 1;
      counted[i] = i;
      numbered[i] = 100 + i;
    }
    try (var simulation =
        Simulation.open(spec(built(CHAIN)), Models.settings().backend(backend).threads(threads))) {
      assertArrayEquals(targets, simulation.sparseConnectivity("s").targets());
      assertArrayEquals(counted, simulation.variable(G).toArray());
      simulation.customUpdate("Number");
      assertArrayEquals(
          numbered, simulation.variable(VariableReference.customUpdate("number", "r")).toArray());
      simulation.customUpdate("Grow");
      int[] grown = simulation.sparseConnectivity("s").targets();
      float[] g = simulation.variable(G).toArray();
      for (int i = 0; i < SOURCES; i++) {
        assertEquals(3 * i % TARGETS, grown[2 * i + 1]);
        assertEquals(3 * i, g[2 * i + 1]);
      }
    }
  }

  @Test
  @Feature("I14")
  void columnCodeCannotWriteWhatColumnsHaveInCommon() {
    SparseInit columns =
        new SparseInit("Columns")
            .declarations(CHAIN.declarations())
            .columnBuildCode("addSynapse(next[0] % num_pre); next[0]++;");
    var failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> Simulation.open(spec(built(columns)), Models.settings()));
    assertEquals(
        "synapse group 's': the column build code of connectivity Columns writes an extra global"
            + " parameter, but is run twice for each target (to count synapses, and to make them);"
            + " only row build code may write one",
        failure.getMessage());
  }

  /// Rows that share nothing are made at the same time.
  @Test
  void rowsWithTablesOfTheirOwnToReadAreInNoOrder() {
    var reading =
        new SparseInit("Reading").declarations(CHAIN.declarations()).rowBuildCode("addSynapse(0);");
    var kernels =
        Opening.lower(spec(built(reading)), Models.settings()).program().kernels().stream()
            .filter(kernel -> kernel.name().startsWith("s_connect"))
            .map(kernel -> kernel.domain().name())
            .toList();
    assertEquals(Arrays.asList("ROWS"), kernels);
  }
}
