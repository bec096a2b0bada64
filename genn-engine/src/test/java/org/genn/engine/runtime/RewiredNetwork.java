package org.genn.engine.runtime;

import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
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
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;

/// Two populations that are connected both ways, with spikes, delays of all kinds and feedback;
/// both groups of synapses are changed by updates of the same group.
final class RewiredNetwork {
  /// Sums are of small whole numbers, so that their order does not matter.
  private static final NeuronModel NEURON =
      new NeuronModel("Neuron")
          .variable("x")
          .variable(new Variable("bonus", "scalar", VarAccess.READ_ONLY))
          .variable(new Variable("closed", "scalar", VarAccess.READ_ONLY))
          .extraGlobalParameter("launch", "uint32_t")
          .simCode("x = Isyn;")
          .thresholdCondition("((id * 3u) + (unsigned int) round(t) + batch) % 4u == 0u");

  private static final WeightUpdateModel WEIGHTS =
      new WeightUpdateModel("Weights")
          .variable("g", VarAccess.READ_ONLY)
          .variable(new Variable("d", "uint8_t", VarAccess.READ_ONLY))
          .variable("n", VarAccess.READ_WRITE)
          .variable(new Variable("place", "unsigned int", VarAccess.READ_WRITE))
          .preSpikeSynCode("addToPostDelay(g, d); n += 1.0;")
          .postSpikeSynCode("addToPre(n);")
          .synapseDynamicsCode("place = id_syn;");

  private static final String ROW_CODE =
      """
      unsigned int at = 0u;
      unsigned int count = 0u;
      for_each_synapse {
        const unsigned int mix = (id_post * 7u) + (id_pre * 5u) + (launch[0] * 11u) + (at * 3u)
            + (unsigned int) closed;
        count++;
        if (mix % 4u == 0u) {
          remove_synapse();
          continue;
        }
        if (mix % 23u == 1u) {
          break;
        }
        g += bonus;
        own += 1.0;
        at++;
      }
      visited = count;
      for (unsigned int a = 0u; (a < wanted[id_pre]) && (row_length < row_stride) && (num_post > 0u);
          a++) {
        add_synapse(((id_pre * 3u) + (launch[0] * 13u) + (a * 29u)) % num_post, 2.0, 1.0 + a,
            (launch[0] + a) % SLOTS, 100.0);
      }
      """;

  private static final String HOST_CODE =
      """
      turn[0]++;
      for (unsigned int i = 0u; i < num_pre; i++) {
        wanted[i] = (turn[0] + row_length[i] + i) % 4u;
      }
      pushwantedToDevice(num_pre);
      """;

  private RewiredNetwork() {}

  /// Adds half of the synapses that there is room for, in an order that is not the targets'.
  static SynapsePattern unsorted(int room) {
    return new BuiltSynapses(
            new SparseInit("Unsorted")
                .parameter("number", "unsigned int")
                .rowBuildCode(
                    """
                    for (unsigned int k = number; (k > 0u) && (num_post > 0u); k--) {
                      addSynapse(((k * k) + (2u * id_pre)) % num_post);
                    }
                    """)
                .maxRowLength((_, _, _) -> room),
            Bindings.NONE.parameter("number", Math.floorDiv(room, 2)))
        .maxRowLength(room);
  }

  static ModelSpec spec(
      int pre, int post, PlainSynapses.Shape s, PlainSynapses.Shape u, boolean isNarrow) {
    return new ModelSpec("rewired", 1, s.batch(), 5)
        .neuronGroup(neurons("pre", pre))
        .neuronGroup(neurons("post", post))
        .synapseGroup(synapses("s", "pre", "post", s, isNarrow))
        .synapseGroup(synapses("u", "post", "pre", u, !isNarrow))
        .customUpdate(count("s"))
        .customUpdate(count("u"))
        .customConnectivityUpdate(rewire("s", "pre", "post", s))
        .customConnectivityUpdate(rewire("u", "post", "pre", u));
  }

  private static NeuronGroup neurons(String name, int size) {
    return new NeuronGroup(
        name, size, NEURON, Bindings.NONE.extraGlobalParameter("launch", new float[1]));
  }

  private static SynapseGroup synapses(
      String name, String source, String target, PlainSynapses.Shape shape, boolean isNarrow) {
    var delay =
        new VariableInit("Delay", "value = (id_pre + id_post) % slots;")
            .parameter("slots", "unsigned int");
    var bindings =
        Bindings.NONE
            .initialValue(
                "g",
                new InitialValue.Snippet(
                    new VariableInit("Weight", "value = id_post + 1u;"), Bindings.NONE))
            .initialValue(
                "d",
                new InitialValue.Snippet(delay, Bindings.NONE.parameter("slots", shape.slots())));
    return new SynapseGroup(
            name,
            new Connectivity.Sparse(unsorted(shape.room()), isNarrow),
            source,
            target,
            new WeightUpdate(WEIGHTS, bindings),
            new Postsynapse(Models.DELTA, Bindings.NONE))
        .axonalDelay(shape.axonal())
        .backPropagationDelay(shape.back())
        .maxDendriticDelay(shape.slots());
  }

  private static CustomUpdate count(String group) {
    var model =
        new CustomUpdateModel("Count", "sum += g;")
            .variable(new CustomUpdateVariable("sum", CustomUpdateVarAccess.READ_WRITE))
            .reference("g", VarAccessMode.READ_ONLY);
    return new CustomUpdate("count_" + group, "Count", model, Bindings.NONE)
        .reference("g", VariableReference.synapse(group, "g"));
  }

  private static CustomConnectivityUpdate rewire(
      String group, String source, String target, PlainSynapses.Shape shape) {
    var model =
        new CustomConnectivityUpdateModel("Rewire", ROW_CODE.replace("SLOTS", shape.slots() + "u"))
            .variable(new Variable("own"))
            .preVariable(new Variable("visited", "unsigned int", VarAccess.READ_WRITE))
            .reference("g", VarAccessMode.READ_WRITE)
            .reference(new VariableDeclaration("d", "uint8_t", VarAccessMode.READ_WRITE))
            .reference("n", VarAccessMode.READ_WRITE)
            .preReference(new VariableDeclaration("bonus", VarAccessMode.READ_ONLY))
            .postReference(new VariableDeclaration("closed", VarAccessMode.READ_ONLY))
            .extraGlobalParameter("wanted", "uint32_t")
            .extraGlobalParameter("turn", "uint32_t")
            .extraGlobalParameterReference("launch", "uint32_t")
            .hostUpdateCode(HOST_CODE);
    return new CustomConnectivityUpdate(
            "rewire_" + group,
            "Rewire",
            group,
            model,
            Bindings.NONE
                .extraGlobalParameter("wanted", new float[shape.sources()])
                .extraGlobalParameter("turn", new float[1]))
        .reference("g", VariableReference.synapse(group, "g"))
        .reference("d", VariableReference.synapse(group, "d"))
        .reference("n", VariableReference.synapse(group, "n"))
        .preReference("bonus", VariableReference.neuron(source, "bonus"))
        .postReference("closed", VariableReference.neuron(target, "closed"))
        .extraGlobalParameterReference("launch", VariableReference.neuron("pre", "launch"));
  }

  /// Whether a neuron spikes in a step.
  static boolean spikes(int neuron, int step, int example) {
    return step >= 0 && (3 * neuron + step + example) % 4 == 0;
  }
}
