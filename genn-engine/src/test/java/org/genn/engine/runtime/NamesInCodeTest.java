package org.genn.engine.runtime;

import static org.genn.engine.runtime.GeNNModel.initPostsynaptic;
import static org.genn.engine.runtime.GeNNModel.initSparseConnectivity;
import static org.genn.engine.runtime.GeNNModel.initWeightUpdate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.genn.feature.Feature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What each kind of code may name and call: the table of GeNN's documentation, place by place.
final class NamesInCodeTest {
  private static final String NEURONS = "batch dt id num_batch num_neurons t";
  private static final String SYNAPSES =
      "batch dt id_post id_pre id_syn num_batch num_post num_pre t "
          + "prev_set_post prev_set_pre prev_st_post prev_st_pre set_post set_pre st_post st_pre "
          + "p twice e g x y u v z";
  private static final String TO_POST = "addToPost addToPostDelay addToPre";

  /// Of 2 × 2 neurons with as many.
  private static final Map<String, Integer> CONVOLUTION =
      Map.of(
          "conv_kh", 3, "conv_kw", 3, "conv_ih", 2, "conv_iw", 2, "conv_ic", 1, "conv_oh", 2,
          "conv_ow", 2, "conv_oc", 1);

  private static final NeuronModel BOTH =
      new NeuronModel("Both").variable("x").variable("y").thresholdCondition("true");
  private static final PostsynapticModel DELTA =
      new PostsynapticModel("Delta", "injectCurrent(inSyn); inSyn = 0.0;")
          .variable(new Variable("z"));
  private static final NeuronEnd PRE = NeuronEnd.NONE.variable(new Variable("u"));
  private static final NeuronEnd POST = NeuronEnd.NONE.variable(new Variable("v"));
  private static final WeightUpdateModel WEIGHTS =
      new WeightUpdateModel("Weights")
          .parameter("p")
          .derivedParameter("twice", (p, dt) -> 2 * p.get("p"))
          .extraGlobalParameter("e", "scalar*")
          .variable("g", VarAccess.READ_WRITE)
          .preNeuronVariable("x")
          .postNeuronVariable("y")
          .pre(PRE)
          .post(POST)
          .postsynapticVariable("z");

  private interface Code {
    /// Adds what has the code to a model.
    void in(GeNNModel model, String code);
  }

  /// @param names all names that the code knows
  /// @param functions those that it may call besides the library
  /// @param draws whether it may draw random numbers
  private record Place(String title, String names, String functions, boolean draws, Code code) {
    @Override
    public String toString() {
      return title;
    }
  }

  private static GeNNModel model() {
    var model = new GeNNModel(Precision.FLOAT, "names", "jvm");
    model.setPreferences(Models.settings().backend("jvm").threads(1));
    return model;
  }

  private static Code neurons(BiFunction<NeuronModel, String, NeuronModel> put) {
    var base =
        new NeuronModel("N")
            .parameter("p")
            .derivedParameter("twice", (p, dt) -> 2 * p.get("p"))
            .extraGlobalParameter("e", "scalar*")
            .additionalInput("Iextra", 0)
            .variable("x")
            .thresholdCondition("true");
    return (model, code) ->
        model.addNeuronPopulation("n", 2, put.apply(base, code), Map.of("p", 1), Map.of());
  }

  private static SynapsePopulation connect(
      GeNNModel model,
      WeightUpdateModel weights,
      PostsynapticModel postsynapse,
      String matrixType) {
    var a = model.addNeuronPopulation("a", 4, BOTH, Map.of(), Map.of());
    var b = model.addNeuronPopulation("b", 4, BOTH, Map.of(), Map.of());
    var update = initWeightUpdate(weights, Map.of("p", 1), Map.of());
    var input = initPostsynaptic(postsynapse, Map.of(), Map.of());
    SynapsePopulation synapses =
        switch (matrixType) {
          case "DENSE" -> model.addSynapsePopulation("s", matrixType, a, b, update, input);
          case "SPARSE" ->
              model.addSynapsePopulation(
                  "s", matrixType, a, b, update, input, initSparseConnectivity("OneToOne"));
          default ->
              model.addSynapsePopulation(
                  "s",
                  matrixType,
                  a,
                  b,
                  update,
                  input,
                  GeNNModel.initToeplitzConnectivity("Conv2D", CONVOLUTION));
        };
    synapses.setMaxDendriticDelayTimesteps(2);
    return synapses;
  }

  private static Code weights(
      BiFunction<WeightUpdateModel, String, WeightUpdateModel> put, String matrixType) {
    return (model, code) -> connect(model, put.apply(WEIGHTS, code), DELTA, matrixType);
  }

  private static Code initial(String matrixType) {
    return (model, code) -> {
      var init = new VariableInit("Init", code).parameter("p").extraGlobalParameter("e", "scalar*");
      var given = GeNNModel.initVar(init, Map.of("p", 1));
      if (matrixType.isEmpty()) {
        var n = model.addNeuronPopulation("n", 2, BOTH, Map.of(), Map.of("x", given));
        n.vars().get("x").extraGlobalParams().get("e").setInitValues(new float[1]);
        return;
      }
      var pulse =
          new WeightUpdateModel("Pulse")
              .variable("g", VarAccess.READ_ONLY)
              .preSpikeSynCode("addToPost(g);");
      var a = model.addNeuronPopulation("a", 4, BOTH, Map.of(), Map.of());
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
      var n = model.addNeuronPopulation("n", 4, BOTH, Map.of(), Map.of());
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
          Map.of(),
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
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of("r", GeNNModel.createWuVarRef(s, "g")),
          Map.of("x", GeNNModel.createVarRef(s.source(), "x")),
          Map.of("y", GeNNModel.createVarRef(s.target(), "y")),
          Map.of());
    };
  }

  static Stream<Place> places() {
    String ofNeuron = NEURONS + " st Isyn Iextra p twice e x";
    String kernel = SYNAPSES + " id_kernel";
    String rows = "dt id_post_begin id_pre id_thread num_batch num_post num_pre num_threads p e";
    String row = "dt e id_pre num_batch num_post num_pre p row_length row_stride t a1 x";
    return Stream.of(
        new Place("sim code", ofNeuron, "", true, neurons(NeuronModel::simCode)),
        new Place(
            "threshold",
            ofNeuron,
            "",
            true,
            neurons((n, c) -> n.thresholdCondition(c.replace(";", "")))),
        new Place("reset code", ofNeuron, "", true, neurons(NeuronModel::resetCode)),
        new Place(
            "postsynaptic",
            NEURONS + " inSyn x z",
            "injectCurrent",
            true,
            (model, code) ->
                connect(
                    model,
                    WEIGHTS,
                    new PostsynapticModel("P", code)
                        .variable(new Variable("z"))
                        .neuronVariable("x"),
                    "DENSE")),
        new Place(
            "current source",
            NEURONS + " k x",
            "injectCurrent",
            true,
            (model, code) ->
                model.addCurrentSource(
                    "cs",
                    new CurrentSourceModel("C", code).variable("k").neuronVariable("x"),
                    model.addNeuronPopulation("n", 1, BOTH, Map.of(), Map.of()),
                    Map.of(),
                    Map.of())),
        new Place(
            "pre spike",
            SYNAPSES,
            TO_POST,
            false,
            weights(WeightUpdateModel::preSpikeSynCode, "DENSE")),
        new Place(
            "pre spike, sparse",
            SYNAPSES,
            TO_POST,
            false,
            weights(WeightUpdateModel::preSpikeSynCode, "SPARSE")),
        new Place(
            "pre spike, kernel",
            kernel,
            TO_POST + " atomic_add_g",
            false,
            weights(WeightUpdateModel::preSpikeSynCode, "TOEPLITZ")),
        new Place(
            "pre event",
            SYNAPSES,
            TO_POST,
            false,
            weights((w, c) -> w.preEvent("x > 0.0", c), "DENSE")),
        new Place(
            "pre event, kernel",
            kernel,
            TO_POST + " atomic_add_g",
            false,
            weights((w, c) -> w.preEvent("x > 0.0", c), "TOEPLITZ")),
        new Place(
            "post spike",
            SYNAPSES,
            "addToPre",
            false,
            weights(WeightUpdateModel::postSpikeSynCode, "SPARSE")),
        new Place(
            "post event",
            SYNAPSES,
            "addToPre",
            false,
            weights((w, c) -> w.postEvent("y > 0.0", c), "SPARSE")),
        new Place(
            "dynamics",
            SYNAPSES,
            TO_POST,
            false,
            weights(WeightUpdateModel::synapseDynamicsCode, "SPARSE")),
        new Place(
            "pre event condition",
            NEURONS + " set prev_set p twice e x u",
            "",
            false,
            weights((w, c) -> w.preEvent(c.replace(";", ""), "g = 1.0;"), "DENSE")),
        new Place(
            "post event condition",
            NEURONS + " set prev_set p twice e y v",
            "",
            false,
            weights((w, c) -> w.postEvent(c.replace(";", ""), "g = 1.0;"), "DENSE")),
        new Place(
            "end: pre spike",
            NEURONS + " st_pre p twice e x u",
            "",
            true,
            weights((w, c) -> w.pre(PRE.spikeCode(c)), "DENSE")),
        new Place(
            "end: pre dynamics",
            NEURONS + " st_pre p twice e x u",
            "",
            true,
            weights((w, c) -> w.pre(PRE.dynamicsCode(c)), "DENSE")),
        new Place(
            "end: post spike",
            NEURONS + " st_post p twice e y v",
            "",
            true,
            weights((w, c) -> w.post(POST.spikeCode(c)), "DENSE")),
        new Place(
            "end: post dynamics",
            NEURONS + " st_post p twice e y v",
            "",
            true,
            weights((w, c) -> w.post(POST.dynamicsCode(c)), "DENSE")),
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

  private static String refusal(Place place, String code) {
    try (var model = model()) {
      place.code().in(model, code);
      return assertThrows(RuntimeException.class, model::build).getMessage();
    }
  }

  private static TreeSet<String> set(String words) {
    return words.isEmpty() ? new TreeSet<>() : new TreeSet<>(Arrays.asList(words.split(" ")));
  }

  private static TreeSet<String> available(String message) {
    var list = Pattern.compile("available: \\[(.*?)\\]").matcher(message);
    assertTrue(list.find(), message);
    return set(list.group(1).replace(",", ""));
  }

  @ParameterizedTest
  @MethodSource("places")
  @Feature({"I05", "L25", "S17", "S18"})
  void codeKnowsItsNames(Place place) {
    assertEquals(set(place.names()), available(refusal(place, "nothing;")));
  }

  @ParameterizedTest
  @MethodSource("places")
  @Feature({"S19", "S20", "C17", "C18", "C19"})
  void codeCallsItsFunctions(Place place) {
    assertEquals(set(place.functions()), available(refusal(place, "unheardOf();")));
  }

  @ParameterizedTest
  @MethodSource("places")
  @Feature("L21")
  void codeDrawsRandomNumbersWhereItMay(Place place) {
    for (String draw : List.of("gennrand_uniform() > 0.5;", "gennrand() > 7u;")) {
      try (var model = model()) {
        place.code().in(model, draw);
        if (place.draws()) {
          model.build();
        } else {
          String message = assertThrows(RuntimeException.class, model::build).getMessage();
          assertTrue(message.contains("random numbers"), message);
        }
      }
    }
  }
}
