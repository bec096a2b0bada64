package org.mlgenn.tests.genn;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.ConnectivityUpdatePart;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.DerivedParameter;
import org.genn.engine.model.ExtraGlobalParameter;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.InputVariable;
import org.genn.engine.model.ModelParameter;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Phase;
import org.genn.engine.model.PostsynapticCode;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.CurrentSourceModels;
import org.genn.engine.model.builtin.CustomUpdateModels;
import org.genn.engine.model.builtin.NeuronModels;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.mlgenn.serialisers.NumpyArray;

/// Makes the models of a case from their descriptions.
final class GennModels {
  private final GennCase golden;

  GennModels(GennCase golden) {
    this.golden = golden;
  }

  /// @param group the group that uses it: it has the values of derived parameters
  NeuronModel neuron(JsonNode group) {
    String name = group.get("model").asText();
    if (!golden.defines(name)) {
      return NeuronModels.named(name);
    }
    JsonNode model = golden.model(name);
    require(
        model,
        "kind params derived_params vars extra_global_params additional_input_vars sim_code"
            + " threshold_condition_code reset_code auto_refractory_required");
    Declarations declarations = declarations(model, group);
    var inputs = new java.util.ArrayList<InputVariable>();
    for (JsonNode input : list(model, "additional_input_vars")) {
      inputs.add(
          new InputVariable(input.get(0).asText(), input.get(1).asText(), input.get(2).asDouble()));
    }
    return new NeuronModel(
        name,
        declarations,
        inputs,
        Map.of(Phase.FORWARD, GennCase.text(model, "sim_code", "")),
        GennCase.text(model, "threshold_condition_code", ""),
        GennCase.text(model, "reset_code", ""),
        model.has("auto_refractory_required"),
        java.util.Optional.empty(),
        false);
  }

  WeightUpdateModel weightUpdate(JsonNode group) {
    String name = group.get("model").asText();
    if (!golden.defines(name)) {
      return builtIn(
          "weight update model", name, WeightUpdateModels.names(), WeightUpdateModels::named);
    }
    JsonNode model = golden.model(name);
    require(
        model,
        "kind params derived_params vars extra_global_params pre_neuron_var_refs"
            + " post_neuron_var_refs psm_var_refs pre_vars post_vars pre_spike_syn_code"
            + " pre_event_threshold_condition_code pre_event_syn_code pre_spike_code"
            + " pre_dynamics_code post_spike_code post_dynamics_code post_spike_syn_code"
            + " post_event_threshold_condition_code post_event_syn_code synapse_dynamics_code");
    return new WeightUpdateModel(
        name,
        declarations(model, group),
        references(model, "pre_neuron_var_refs"),
        references(model, "post_neuron_var_refs"),
        Map.of(Phase.FORWARD, GennCase.text(model, "pre_spike_syn_code", "")),
        GennCase.text(model, "pre_event_threshold_condition_code", ""),
        GennCase.text(model, "pre_event_syn_code", ""),
        end(model, "pre"),
        end(model, "post"),
        references(model, "psm_var_refs"),
        new PostsynapticCode(
            GennCase.text(model, "post_spike_syn_code", ""),
            GennCase.text(model, "post_event_threshold_condition_code", ""),
            GennCase.text(model, "post_event_syn_code", "")),
        GennCase.text(model, "synapse_dynamics_code", ""));
  }

  private static NeuronEnd end(JsonNode model, String end) {
    return new NeuronEnd(
        variables(model, end + "_vars"),
        GennCase.text(model, end + "_spike_code", ""),
        GennCase.text(model, end + "_dynamics_code", ""));
  }

  PostsynapticModel postsynaptic(JsonNode group) {
    String name = group.get("model").asText();
    if (!golden.defines(name)) {
      return builtIn(
          "postsynaptic model", name, PostsynapticModels.names(), PostsynapticModels::named);
    }
    JsonNode model = golden.model(name);
    require(model, "kind params derived_params vars extra_global_params neuron_var_refs sim_code");
    return new PostsynapticModel(
        name,
        declarations(model, group),
        references(model, "neuron_var_refs"),
        GennCase.text(model, "sim_code", ""));
  }

  private static <T> T builtIn(
      String kind, String name, Set<String> known, Function<String, T> models) {
    if (!known.contains(name)) {
      throw new NotCovered("built-in " + kind + " " + name);
    }
    return models.apply(name);
  }

  CurrentSourceModel currentSource(JsonNode group) {
    String name = group.get("model").asText();
    if (!golden.defines(name)) {
      return CurrentSourceModels.named(name);
    }
    JsonNode model = golden.model(name);
    require(
        model,
        "kind params derived_params vars extra_global_params neuron_var_refs injection_code");
    return new CurrentSourceModel(
        name,
        declarations(model, group),
        references(model, "neuron_var_refs"),
        model.get("injection_code").asText());
  }

  CustomUpdateModel customUpdate(JsonNode group) {
    String name = group.get("model").asText();
    if (!golden.defines(name)) {
      return CustomUpdateModels.named(name);
    }
    JsonNode model = golden.model(name);
    require(
        model,
        "kind params derived_params vars var_refs extra_global_params extra_global_param_refs"
            + " update_code");
    Declarations all = declarations(model, group);
    var variables = new java.util.ArrayList<CustomUpdateVariable>();
    for (JsonNode variable : list(model, "vars")) {
      variables.add(
          new CustomUpdateVariable(
              variable.get(0).asText(),
              variable.get(1).asText(),
              CustomUpdateVarAccess.valueOf(access(variable))));
    }
    return new CustomUpdateModel(
        name,
        new Declarations(
            all.parameters(), all.derivedParameters(), List.of(), all.extraGlobalParameters()),
        variables,
        references(model, "var_refs"),
        arrays(model, "extra_global_param_refs"),
        model.get("update_code").asText());
  }

  CustomConnectivityUpdateModel connectivityUpdate(JsonNode group) {
    String name = group.get("model").asText();
    JsonNode model = golden.model(name);
    require(
        model,
        "kind params derived_params vars pre_vars post_vars var_refs pre_var_refs post_var_refs"
            + " extra_global_params extra_global_param_refs row_update_code host_update_code");
    return new CustomConnectivityUpdateModel(
        name,
        declarations(model, group),
        part(model, ""),
        part(model, "pre_"),
        part(model, "post_"),
        arrays(model, "extra_global_param_refs"),
        GennCase.text(model, "row_update_code", ""),
        GennCase.text(model, "host_update_code", ""));
  }

  private static ConnectivityUpdatePart part(JsonNode model, String prefix) {
    return new ConnectivityUpdatePart(
        variables(model, prefix + "vars"), references(model, prefix + "var_refs"));
  }

  /// What a group gives to its model.
  Bindings bindings(JsonNode group) {
    var bindings = Bindings.NONE;
    for (var parameter : GennCase.fields(group, "params").entrySet()) {
      bindings = bindings.parameter(parameter.getKey(), parameter.getValue().asDouble());
    }
    for (JsonNode name : list(group, "dynamic_params")) {
      bindings =
          bindings.dynamicParameter(
              name.asText(), group.get("params").get(name.asText()).asDouble());
    }
    for (String variables : List.of("vars", "pre_vars", "post_vars")) {
      for (var variable : GennCase.fields(group, variables).entrySet()) {
        bindings = bindings.initialValue(variable.getKey(), initial(variable.getValue()));
      }
    }
    for (var array : GennCase.fields(group, "egps").entrySet()) {
      bindings =
          bindings.extraGlobalParameter(array.getKey(), golden.array(array.getValue()).floats());
    }
    return bindings;
  }

  InitialValue initial(JsonNode value) {
    if (value.isNumber()) {
      return InitialValue.of(value.asDouble());
    }
    if (value.has("array")) {
      return InitialValue.of(floats(golden.array(value)));
    }
    String name = value.get("init").asText();
    if (golden.defines(name)) {
      JsonNode model = golden.model(name);
      require(model, "kind params derived_params extra_global_params var_init_code");
      return new InitialValue.Snippet(
          new VariableInit(name, declarations(model, value), model.get("var_init_code").asText()),
          bindings(value));
    }
    return switch (name) {
      case "Constant" -> InitialValue.of(value.get("params").get("constant").asDouble());
      case "Kernel" -> VariableInits.kernel(golden.array(value.get("egps").get("kernel")).floats());
      default -> throw new NotCovered("initialiser " + name);
    };
  }

  /// Connections that a snippet makes.
  BuiltSynapses connections(JsonNode connectivity) {
    String name = connectivity.get("snippet").asText();
    if (golden.defines(name)) {
      JsonNode model = golden.model(name);
      require(model, "kind params extra_global_params row_build_code col_build_code");
      var init =
          new SparseInit(name)
              .declarations(declarations(model, connectivity))
              .rowBuildCode(GennCase.text(model, "row_build_code", ""))
              .columnBuildCode(GennCase.text(model, "col_build_code", ""));
      return new BuiltSynapses(init, bindings(connectivity));
    }
    SparseInit init =
        connectivity.get("type").asText().equals("toeplitz")
            ? ToeplitzPatterns.named(name)
            : SparsePatterns.named(name);
    return new BuiltSynapses(init, bindings(connectivity));
  }

  private static float[] floats(NumpyArray array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) array.doubleAt(i);
    }
    return floats;
  }

  private static Declarations declarations(JsonNode model, JsonNode group) {
    var parameters = new java.util.ArrayList<ModelParameter>();
    for (JsonNode parameter : list(model, "params")) {
      parameters.add(
          parameter.isTextual()
              ? new ModelParameter(parameter.asText())
              : new ModelParameter(parameter.get(0).asText(), parameter.get(1).asText()));
    }
    var derived = new java.util.ArrayList<DerivedParameter>();
    for (JsonNode parameter : list(model, "derived_params")) {
      String name = parameter.get(0).asText();
      double value = group.get("derived_values").get(name).asDouble();
      derived.add(new DerivedParameter(name, "scalar", (_, _) -> value));
    }
    boolean isUpdate = model.get("kind").asText().endsWith("cu");
    return new Declarations(
        parameters,
        derived,
        isUpdate ? List.of() : variables(model, "vars"),
        arrays(model, "extra_global_params"));
  }

  private static List<Variable> variables(JsonNode model, String field) {
    var variables = new java.util.ArrayList<Variable>();
    for (JsonNode variable : list(model, field)) {
      variables.add(
          new Variable(
              variable.get(0).asText(),
              variable.get(1).asText(),
              VarAccess.valueOf(access(variable))));
    }
    return variables;
  }

  private static String access(JsonNode variable) {
    return variable.has(2) ? variable.get(2).asText() : "READ_WRITE";
  }

  private static List<ExtraGlobalParameter> arrays(JsonNode model, String field) {
    var arrays = new java.util.ArrayList<ExtraGlobalParameter>();
    for (JsonNode array : list(model, field)) {
      arrays.add(new ExtraGlobalParameter(array.get(0).asText(), array.get(1).asText()));
    }
    return arrays;
  }

  private static List<VariableDeclaration> references(JsonNode model, String field) {
    var references = new java.util.ArrayList<VariableDeclaration>();
    for (JsonNode reference : list(model, field)) {
      references.add(
          new VariableDeclaration(
              reference.get(0).asText(),
              reference.get(1).asText(),
              VarAccessMode.valueOf(access(reference))));
    }
    return references;
  }

  static Iterable<JsonNode> list(JsonNode node, String field) {
    return node.has(field) ? node.get(field) : List.of();
  }

  /// @param known names of fields that are handled, separated by spaces
  static void require(JsonNode node, String known) {
    Set<String> handled = Set.of(known.split(" "));
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!handled.contains(field)) {
                throw new NotCovered(field);
              }
            });
  }
}
