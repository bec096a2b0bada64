package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// References that were made of a part of another model are refused: the part of the same name in
/// this one would be taken for it.
class ForeignReferencesTest {
  private static final CustomUpdateModel UPDATE =
      new CustomUpdateModel("Update", "x = 0;")
          .reference(new VariableDeclaration("x", "scalar", VarAccessMode.READ_WRITE));
  private static final Map<String, Object> NONE = Map.of();
  private static final Map<String, Double> NO_PARAMETERS = Map.of();

  /// A model with a part of each kind; two of them have parts of the same names.
  private record Parts(
      GeNNModel model,
      NeuronPopulation neurons,
      SynapsePopulation synapses,
      ModelCurrentSource source,
      ModelCustomUpdate update,
      ModelCustomConnectivityUpdate connectivityUpdate) {

    static Parts of(String name) {
      var model = new GeNNModel(Precision.FLOAT, name, "jvm");
      var neuron = new NeuronModel("Neuron").variable("V").extraGlobalParameter("E", "scalar");
      var neurons = model.addNeuronPopulation("n", 3, neuron, NO_PARAMETERS, Map.of("V", 0));
      var synapses =
          model.addSynapsePopulation(
              "s", "SPARSE", neurons, neurons, pulse(Map.of(), Map.of()), delta(Map.of()));
      return new Parts(
          model,
          neurons,
          synapses,
          model.addCurrentSource("c", "DC", neurons, Map.of("amp", 1), NONE),
          model.addCustomUpdate(
              "u",
              "go",
              UPDATE,
              NO_PARAMETERS,
              NONE,
              Map.of("x", GeNNModel.createVarRef(neurons, "V"))),
          model.addCustomConnectivityUpdate(
              "cu", "go", synapses, prune(), NO_PARAMETERS, NONE, NONE, NONE));
    }
  }

  private static CustomConnectivityUpdateModel prune() {
    return new CustomConnectivityUpdateModel("Prune", "for_each_synapse { remove_synapse(); }");
  }

  private static WeightUpdate pulse(
      Map<String, VariableReference> pre, Map<String, VariableReference> post) {
    return GeNNModel.initWeightUpdate(
        WeightUpdateModels.named("StaticPulse"), NO_PARAMETERS, Map.of("g", 1), pre, post);
  }

  private static Postsynapse delta(Map<String, VariableReference> references) {
    PostsynapticModel model = PostsynapticModels.named("DeltaCurr");
    return GeNNModel.initPostsynaptic(model, NO_PARAMETERS, NONE, references);
  }

  private final Parts own = Parts.of("m");
  private final VariableReference foreign =
      GeNNModel.createVarRef(Parts.of("other").neurons(), "V");
  private final Map<String, VariableReference> references = Map.of("x", foreign);

  private static void assertRefused(String where, Executable executable) {
    assertEquals(
        where
            + ": its reference 'x' is to 'V' of 'n', a part of another model, 'other'; make it of a"
            + " part of this one",
        assertThrows(IllegalArgumentException.class, executable).getMessage());
  }

  private void add(String name, WeightUpdate weights, Postsynapse postsynapse) {
    own.model()
        .addSynapsePopulation(name, "DENSE", own.neurons(), own.neurons(), weights, postsynapse);
  }

  @Test
  void byCustomUpdates() {
    assertRefused(
        "custom update 'v'",
        () -> own.model().addCustomUpdate("v", "go", UPDATE, NO_PARAMETERS, NONE, references));
    assertRefused(
        "custom update 'v'",
        () ->
            own.model()
                .addCustomUpdate("v", "go", UPDATE, NO_PARAMETERS, NONE, Map.of(), references));
  }

  @Test
  void bySynapses() {
    var none = Map.<String, VariableReference>of();
    String where = "synapse population 't'";
    assertRefused(where, () -> add("t", pulse(references, none), delta(none)));
    assertRefused(where, () -> add("t", pulse(none, references), delta(none)));
    assertRefused(where, () -> add("t", pulse(none, none), delta(references)));
    WeightUpdateModel model = WeightUpdateModels.named("StaticPulse");
    var postsynaptic =
        GeNNModel.initWeightUpdate(
            model, NO_PARAMETERS, Map.of("g", 1), NONE, NONE, none, none, references);
    assertRefused(where, () -> add("t", postsynaptic, delta(none)));
  }

  @Test
  void byCurrentSources() {
    var model = new CurrentSourceModel("Source", "injectCurrent(x);").neuronVariable("x");
    assertRefused(
        "current source 'd'",
        () ->
            own.model()
                .addCurrentSource("d", model, own.neurons(), NO_PARAMETERS, NONE, references));
  }

  @Test
  void byCustomConnectivityUpdates() {
    for (int place = 0; place < 4; place++) {
      var given = new ArrayList<Map<String, VariableReference>>();
      for (int k = 0; k < 4; k++) {
        given.add(k == place ? references : Map.of());
      }
      assertRefused(
          "custom connectivity update 'v'",
          () ->
              own.model()
                  .addCustomConnectivityUpdate(
                      "v",
                      "go",
                      own.synapses(),
                      prune(),
                      NO_PARAMETERS,
                      NONE,
                      NONE,
                      NONE,
                      given.get(0),
                      given.get(1),
                      given.get(2),
                      given.get(3)));
    }
  }

  @Test
  void byTranspositions() {
    var other = Parts.of("other");
    assertEquals(
        "custom update 'u': its population that leads back 's' is part of another model, 'other';"
            + " give a population of this one",
        assertThrows(
                IllegalArgumentException.class,
                () -> own.update().transpose("x", other.synapses(), "g"))
            .getMessage());
  }

  private static Arguments way(String name, Function<Parts, VariableReference> way) {
    return Arguments.of(name, way);
  }

  private static Stream<Arguments> ways() {
    return Stream.of(
        way("VarRef", p -> GeNNModel.createVarRef(p.neurons(), "V")),
        way("VarRef of source", p -> GeNNModel.createVarRef(p.source(), "V")),
        way("VarRef of update", p -> GeNNModel.createVarRef(p.update(), "V")),
        way("PsmVarRef", p -> GeNNModel.createPsmVarRef(p.synapses(), "V")),
        way("WuVarRef", p -> GeNNModel.createWuVarRef(p.synapses(), "V")),
        way("WuVarRef of update", p -> GeNNModel.createWuVarRef(p.update(), "V")),
        way("WuVarRef of rewiring", p -> GeNNModel.createWuVarRef(p.connectivityUpdate(), "V")),
        way("PreVarRef", p -> GeNNModel.createPreVarRef(p.connectivityUpdate(), "V")),
        way("PostVarRef", p -> GeNNModel.createPostVarRef(p.connectivityUpdate(), "V")),
        way("WuPreVarRef", p -> GeNNModel.createWuPreVarRef(p.synapses(), "V")),
        way("WuPostVarRef", p -> GeNNModel.createWuPostVarRef(p.synapses(), "V")),
        way("SpikeTimeVarRef", p -> GeNNModel.createSpikeTimeVarRef(p.neurons())),
        way("PrevSpikeTimeVarRef", p -> GeNNModel.createPrevSpikeTimeVarRef(p.neurons())),
        way("DenDelayVarRef", p -> GeNNModel.createDenDelayVarRef(p.synapses())),
        way("SrcSpikeCountVarRef", p -> GeNNModel.createSrcSpikeCountVarRef(p.synapses())),
        way("OutPostVarRef", p -> GeNNModel.createOutPostVarRef(p.synapses())),
        way("EgpRef", p -> GeNNModel.createEgpRef(p.neurons(), "E")),
        way("EgpRef of source", p -> GeNNModel.createEgpRef(p.source(), "E")),
        way("EgpRef of update", p -> GeNNModel.createEgpRef(p.update(), "E")),
        way("EgpRef of rewiring", p -> GeNNModel.createEgpRef(p.connectivityUpdate(), "E")),
        way("PsmEgpRef", p -> GeNNModel.createPsmEgpRef(p.synapses(), "E")),
        way("WuEgpRef", p -> GeNNModel.createWuEgpRef(p.synapses(), "E")),
        way("variable", p -> p.neurons().vars().get("V").reference()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void inWhateverWayTheyWereMade(String name, Function<Parts, VariableReference> way) {
    VariableReference other = way.apply(Parts.of("other"));
    VariableReference same = way.apply(own);
    assertEquals(same, other, "they name the same");
    assertThrows(
        IllegalArgumentException.class,
        () ->
            own.model()
                .addCustomUpdate("v", "go", UPDATE, NO_PARAMETERS, NONE, Map.of("x", other)));
    assertDoesNotThrow(
        () ->
            own.model().addCustomUpdate("v", "go", UPDATE, NO_PARAMETERS, NONE, Map.of("x", same)));
  }

  @Test
  void whereasNamesAloneMeanThisModel() {
    assertDoesNotThrow(
        () ->
            own.model()
                .addCustomUpdate(
                    "v",
                    "go",
                    UPDATE,
                    NO_PARAMETERS,
                    NONE,
                    Map.of("x", VariableReference.neuron("n", "V"))));
  }
}
