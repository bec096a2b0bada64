package org.mlgenn.tests.genn;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.Precision;
import org.genn.engine.model.SynapseDelays;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;

/// Makes the model of a case.
final class GennModel {
  private final GennCase golden;
  private final GennModels models;

  GennModel(GennCase golden) {
    this.golden = golden;
    models = new GennModels(golden);
  }

  ModelSpec spec() {
    var spec =
        new ModelSpec(
                golden.name(), golden.number("dt", 1), (int) golden.number("batch_size", 1), 1)
            .precision(
                golden.description().get("precision").asText().equals("double")
                    ? Precision.DOUBLE
                    : Precision.FLOAT);
    for (JsonNode group : golden.list("neurons")) {
      spec = spec.neuronGroup(neurons(group));
    }
    for (JsonNode group : golden.list("synapses")) {
      spec = spec.synapseGroup(synapses(group));
    }
    // GeNN adds currents in the order of a hash of their models, in which DC is the last here. The
    // order decides last bits, which Izhikevich neurons amplify.
    for (boolean isBuiltIn : new boolean[] {false, true}) {
      for (JsonNode source : golden.list("current_sources")) {
        if (golden.defines(source.get("model").asText()) != isBuiltIn) {
          spec = spec.currentSource(currentSource(source));
        }
      }
    }
    for (JsonNode update : golden.list("custom_updates")) {
      spec =
          update.has("kind")
              ? spec.customConnectivityUpdate(connectivityUpdate(update))
              : spec.customUpdate(customUpdate(update));
    }
    return spec;
  }

  private NeuronGroup neurons(JsonNode group) {
    GennModels.require(
        group,
        "name n model params vars egps dynamic_params record_spikes record_events derived_values");
    return new NeuronGroup(
            group.get("name").asText(),
            group.get("n").asInt(),
            models.neuron(group),
            models.bindings(group))
        .recordsSpikes(group.has("record_spikes"))
        .recordsSpikeEvents(group.has("record_events"));
  }

  private CurrentSource currentSource(JsonNode source) {
    GennModels.require(
        source,
        "name pop model params vars egps dynamic_params derived_values target_var var_refs");
    String target = source.get("pop").asText();
    return new CurrentSource(
        source.get("name").asText(),
        target,
        models.currentSource(source),
        models.bindings(source),
        partners(source, "var_refs", target),
        GennCase.text(source, "target_var", "Isyn"));
  }

  private SynapseGroup synapses(JsonNode group) {
    GennModels.require(
        group,
        "name matrix source target wum psm connectivity parallelism_hint axonal_delay_steps"
            + " back_prop_delay_steps max_dendritic_delay_timesteps narrow_sparse_ind_enabled"
            + " post_target_var pre_target_var");
    String source = group.get("source").asText();
    String target = group.get("target").asText();
    JsonNode wum = group.get("wum");
    GennModels.require(
        wum,
        "model params vars egps dynamic_params derived_values pre_var_refs post_var_refs"
            + " psm_var_refs pre_vars post_vars");
    var weightUpdate =
        new WeightUpdate(
            models.weightUpdate(wum),
            models.bindings(wum),
            partners(wum, "pre_var_refs", source),
            partners(wum, "post_var_refs", target),
            postsynapticVariables(wum, group.get("name").asText()));
    JsonNode psm = group.get("psm");
    GennModels.require(psm, "model params vars egps dynamic_params derived_values var_refs");
    var postsynapse =
        new Postsynapse(
            models.postsynaptic(psm), models.bindings(psm), partners(psm, "var_refs", target));
    var delays =
        new SynapseDelays(
            steps(group, "axonal_delay_steps"),
            steps(group, "back_prop_delay_steps"),
            group.has("max_dendritic_delay_timesteps")
                ? OptionalInt.of(steps(group, "max_dendritic_delay_timesteps"))
                : OptionalInt.empty());
    return new SynapseGroup(
            group.get("name").asText(),
            connectivity(group),
            source,
            target,
            weightUpdate,
            postsynapse)
        .postTargetVariable(GennCase.text(group, "post_target_var", "Isyn"))
        .preTargetVariable(GennCase.text(group, "pre_target_var", "Isyn"))
        .delays(delays);
  }

  private static int steps(JsonNode group, String field) {
    return group.has(field) ? group.get(field).asInt() : 0;
  }

  private Connectivity connectivity(JsonNode group) {
    String matrix = group.get("matrix").asText();
    if (matrix.equals("SPARSE") && group.get("connectivity").get("type").asText().equals("pairs")) {
      JsonNode pairs = group.get("connectivity");
      return Connectivity.Sparse.of(
              golden.array(pairs.get("pre")).ints(), golden.array(pairs.get("post")).ints())
          .narrowIndices(group.has("narrow_sparse_ind_enabled"));
    }
    if (matrix.equals("SPARSE")
        && group.get("connectivity").get("type").asText().equals("sparse_init")) {
      return new Connectivity.Sparse(models.connections(group.get("connectivity")))
          .narrowIndices(group.has("narrow_sparse_ind_enabled"));
    }
    return switch (matrix) {
      case "DENSE" -> new Connectivity.Dense();
      case "BITMASK" -> new Connectivity.Bitmask(models.connections(group.get("connectivity")));
      case "TOEPLITZ" -> new Connectivity.Toeplitz(models.connections(group.get("connectivity")));
      default -> throw new NotCovered(matrix + " connectivity " + group.get("connectivity"));
    };
  }

  /// References to variables of the natural partner, or of a group that is named.
  private static Map<String, VariableReference> partners(
      JsonNode part, String field, String partner) {
    var references = new LinkedHashMap<String, VariableReference>();
    GennCase.fields(part, field)
        .forEach(
            (name, value) ->
                references.put(
                    name,
                    value.isTextual()
                        ? VariableReference.neuron(partner, value.asText())
                        : reference(value)));
    return references;
  }

  private static Map<String, VariableReference> postsynapticVariables(JsonNode wum, String group) {
    var references = new LinkedHashMap<String, VariableReference>();
    GennCase.fields(wum, "psm_var_refs")
        .forEach(
            (name, value) ->
                references.put(name, VariableReference.postsynaptic(group, value.asText())));
    return references;
  }

  private CustomUpdate customUpdate(JsonNode update) {
    GennModels.require(
        update,
        "name group model params vars egps dynamic_params derived_values var_refs egp_refs");
    var references = new LinkedHashMap<String, VariableReference>();
    var transposes = new LinkedHashMap<String, VariableReference>();
    GennCase.fields(update, "var_refs")
        .forEach(
            (name, value) -> {
              if (value.get(0).asText().equals("wu_t")) {
                references.put(name, reference("wu", value.get(1).asText(), value.get(2).asText()));
                transposes.put(name, reference("wu", value.get(3).asText(), value.get(4).asText()));
              } else {
                references.put(name, reference(value));
              }
            });
    var arrays = new LinkedHashMap<String, VariableReference>();
    GennCase.fields(update, "egp_refs")
        .forEach((name, value) -> arrays.put(name, reference(value)));
    return new CustomUpdate(
        update.get("name").asText(),
        update.get("group").asText(),
        models.customUpdate(update),
        models.bindings(update),
        references,
        arrays,
        transposes);
  }

  private CustomConnectivityUpdate connectivityUpdate(JsonNode update) {
    GennModels.require(
        update,
        "kind name group synapse model params vars pre_vars post_vars egps dynamic_params"
            + " derived_values var_refs pre_var_refs post_var_refs egp_refs");
    return new CustomConnectivityUpdate(
        update.get("name").asText(),
        update.get("group").asText(),
        update.get("synapse").asText(),
        models.connectivityUpdate(update),
        models.bindings(update),
        new CustomConnectivityUpdate.References(
            named(update, "var_refs"),
            named(update, "pre_var_refs"),
            named(update, "post_var_refs"),
            named(update, "egp_refs")));
  }

  private static Map<String, VariableReference> named(JsonNode update, String field) {
    var references = new LinkedHashMap<String, VariableReference>();
    GennCase.fields(update, field).forEach((name, value) -> references.put(name, reference(value)));
    return references;
  }

  private static VariableReference reference(JsonNode value) {
    return reference(
        value.get(0).asText(), value.get(1).asText(), value.has(2) ? value.get(2).asText() : "");
  }

  /// What a description calls `[what, group, variable]`.
  static VariableReference reference(String what, String group, String variable) {
    return switch (what) {
      case "neuron" -> VariableReference.neuron(group, variable);
      case "wu_pre" -> VariableReference.weightUpdatePre(group, variable);
      case "wu_post" -> VariableReference.weightUpdatePost(group, variable);
      case "spike_time", "spike_times" -> VariableReference.spikeTime(group);
      case "prev_spike_time", "prev_spike_times" -> VariableReference.previousSpikeTime(group);
      case "den_delay" -> VariableReference.dendriticDelay(group);
      case "src_spike_count" -> VariableReference.sourceSpikeCount(group);
      case "cs" -> VariableReference.currentSource(group, variable);
      case "psm" -> VariableReference.postsynaptic(group, variable);
      case "out_post" -> VariableReference.synapticInput(group);
      case "wu" -> VariableReference.synapse(group, variable);
      case "ccu" -> VariableReference.connectivityUpdate(group, variable);
      case "ccu_pre" -> VariableReference.connectivityUpdatePre(group, variable);
      case "ccu_post" -> VariableReference.connectivityUpdatePost(group, variable);
      case "cu", "cu_wu" -> VariableReference.customUpdate(group, variable);
      default -> throw new NotCovered("references of kind " + what);
    };
  }
}
