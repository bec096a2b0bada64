package org.genn.engine.runtime;

import static org.genn.engine.runtime.GeNNModel.initPostsynaptic;
import static org.genn.engine.runtime.GeNNModel.initSparseConnectivity;
import static org.genn.engine.runtime.GeNNModel.initWeightUpdate;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.genn.feature.Feature;

/// What code may name and call that makes values and connections, or changes them at once.
@Feature({"I05", "L25", "C17", "C18", "C19", "L21"})
final class NamesInInitialisersAndUpdatesTest extends NamesInCode {
  private static Code initial(String matrixType) {
    return (model, code) -> {
      var init = new VariableInit("Init", code).parameter("p").extraGlobalParameter("e", "scalar*");
      var given = GeNNModel.initVar(init, Map.of("p", 1));
      if (matrixType.isEmpty()) {
        var n = model.addNeuronPopulation("n", 2, BOTH, Map.of(), Map.of("x", given, "y", 0));
        n.vars().get("x").extraGlobalParams().get("e").setInitValues(new float[1]);
        return;
      }
      var pulse =
          new WeightUpdateModel("Pulse")
              .variable("g", VarAccess.READ_ONLY)
              .preSpikeSynCode("addToPost(g);");
      var a = both(model, "a");
      var update = initWeightUpdate(pulse, Map.of(), Map.of("g", given));
      SynapsePopulation s =
          matrixType.equals("DENSE")
              ? model.addSynapsePopulation(
                  "s", "DENSE", a, a, update, initPostsynaptic("DeltaCurr"))
              : model.addSynapsePopulation(
                  "s",
                  matrixType,
                  a,
                  a,
                  update,
                  initPostsynaptic("DeltaCurr"),
                  GeNNModel.initToeplitzConnectivity("Conv2D", CONVOLUTION));
      s.vars().get("g").extraGlobalParams().get("e").setInitValues(new float[1]);
    };
  }

  private static Code connectivity(
      String matrixType,
      UnaryOperator<SparseInit> with,
      BiFunction<SparseInit, String, SparseInit> put) {
    return (model, code) -> {
      var init =
          put.apply(
              with.apply(
                  new SparseInit("Init").parameter("p").extraGlobalParameter("e", "scalar*")),
              code);
      var n = both(model, "n");
      model
          .addSynapsePopulation(
              "s",
              matrixType,
              n,
              n,
              initWeightUpdate("StaticPulseConstantWeight", Map.of("g", 1)),
              initPostsynaptic("DeltaCurr"),
              initSparseConnectivity(init, Map.of("p", 1)))
          .connectivityExtraGlobalParams()
          .get("e")
          .setInitValues(new float[1]);
    };
  }

  private static Code update(String matrixType) {
    var base =
        new CustomUpdateModel("Update", "")
            .parameter("p")
            .extraGlobalParameter("e", "scalar*")
            .variable(new CustomUpdateVariable("o", CustomUpdateVarAccess.READ_WRITE))
            .reference("r", VarAccessMode.READ_WRITE)
            .extraGlobalParameterReference("table", "scalar*");
    return (model, code) -> {
      var update =
          new CustomUpdateModel(
              base.name(),
              base.declarations(),
              base.variables(),
              base.references(),
              base.extraGlobalParameterReferences(),
              code);
      SynapsePopulation s =
          connect(model, WEIGHTS, DELTA, matrixType.isEmpty() ? "DENSE" : matrixType);
      model.addCustomUpdate(
          "u",
          "U",
          update,
          Map.of("p", 1),
          Map.of("o", 0),
          Map.of(
              "r",
              matrixType.isEmpty()
                  ? GeNNModel.createVarRef(s.source(), "x")
                  : GeNNModel.createWuVarRef(s, "g")),
          Map.of("table", GeNNModel.createWuEgpRef(s, "e")));
    };
  }

  private static Code rewiring(String begin, String end, boolean isHost) {
    return (model, code) -> {
      String rows = isHost ? "" : begin + code + end;
      var rewire =
          new CustomConnectivityUpdateModel("Rewire", rows)
              .parameter("p")
              .extraGlobalParameter("e", "scalar*")
              .variable(new Variable("o"))
              .preVariable(new Variable("a1"))
              .postVariable(new Variable("b1"))
              .reference("r", VarAccessMode.READ_WRITE)
              .preReference(new VariableDeclaration("x", VarAccessMode.READ_WRITE))
              .postReference(new VariableDeclaration("y", VarAccessMode.READ_ONLY))
              .hostUpdateCode(isHost ? code : "");
      SynapsePopulation s = connect(model, WEIGHTS, DELTA, "SPARSE");
      model.addCustomConnectivityUpdate(
          "c",
          "C",
          s,
          rewire,
          Map.of("p", 1),
          Map.of("o", 0),
          Map.of("a1", 0),
          Map.of("b1", 0),
          Map.of("r", GeNNModel.createWuVarRef(s, "g")),
          Map.of("x", GeNNModel.createVarRef(s.source(), "x")),
          Map.of("y", GeNNModel.createVarRef(s.target(), "y")),
          Map.of());
    };
  }

  static Stream<Place> places() {
    String rows = "dt id_post_begin id_pre id_thread num_batch num_post num_pre num_threads p e";
    String row = "dt e id_pre num_batch num_post num_pre p row_length row_stride t a1 x";
    return Stream.of(
        new Place("initialiser", "dt id num_batch num_neurons value p e", "", true, initial("")),
        new Place(
            "initialiser of synapses",
            "dt id_post id_pre num_batch num_post num_pre value p e",
            "",
            true,
            initial("DENSE")),
        new Place(
            "initialiser of a kernel",
            "dt id_kernel num_batch num_post num_pre value p e",
            "",
            true,
            initial("TOEPLITZ")),
        new Place(
            "row build",
            rows,
            "addSynapse",
            true,
            connectivity("SPARSE", init -> init, SparseInit::rowBuildCode)),
        new Place(
            "row build at each spike",
            rows,
            "addSynapse",
            true,
            connectivity("PROCEDURAL", init -> init, SparseInit::rowBuildCode)),
        new Place(
            "column build",
            "dt id_post id_pre_begin num_batch num_post num_pre p e",
            "addSynapse",
            true,
            connectivity("SPARSE", init -> init, SparseInit::columnBuildCode)),
        new Place(
            "host init",
            "dt num_post num_pre num_threads p e",
            "allocatee pushe",
            true,
            connectivity(
                "SPARSE", init -> init.rowBuildCode("addSynapse(0);"), SparseInit::hostInitCode)),
        new Place(
            "diagonal build",
            rows + " id_diag",
            "addSynapse",
            false,
            connectivity(
                "TOEPLITZ",
                init -> init.kernelSize(_ -> new int[] {1}).maxRowLength((_, _, _) -> 1),
                (init, code) ->
                    ToeplitzPatterns.ofDiagonals(init, "1", "for_each_synapse { " + code + " }"))),
        new Place("update", NEURONS + " o r p e table", "", false, update("")),
        new Place(
            "update, dense",
            "batch dt id_post id_pre id_syn num_batch num_post num_pre t o r p e table",
            "",
            false,
            update("DENSE")),
        new Place(
            "update, sparse",
            "batch dt id_post id_pre id_syn num_batch num_post num_pre t o r p e table",
            "",
            false,
            update("SPARSE")),
        new Place(
            "update, kernel",
            "batch dt id_kernel id_syn num_batch num_post num_pre t o r p e table",
            "",
            false,
            update("TOEPLITZ")),
        new Place("row update", row, "add_synapse", true, rewiring("", "", false)),
        new Place(
            "row update, synapses",
            row + " id_post id_syn o r b1 y",
            "add_synapse remove_synapse",
            true,
            rewiring("for_each_synapse { ", " }", false)),
        new Place(
            "host update",
            "dt e num_batch num_post num_pre p row_length row_stride t a1 b1",
            "pusha1ToDevice pulla1FromDevice pushb1ToDevice pullb1FromDevice pusheToDevice"
                + " pulleFromDevice pullRowLengthFromDevice",
            true,
            rewiring("", "", true)));
  }
}
