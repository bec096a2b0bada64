package org.genn.engine.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The groups of a model by name alone, as users of PyGeNN name them to pull and push. Where groups
/// of several kinds have one name, all of them are meant.
///
/// @param model whose groups they are
record ModelGroups(GeNNModel model) {

  /// The variables of groups of a name.
  List<ModelVariable> variables(String group) {
    var found = new ArrayList<ModelVariable>();
    in(model.synapsePopulations(), group).forEach(it -> found.addAll(it.variables()));
    in(model.neuronPopulations(), group).forEach(it -> found.addAll(it.vars().values()));
    in(model.currentSources(), group).forEach(it -> found.addAll(it.vars().values()));
    in(model.customUpdates(), group).forEach(it -> found.addAll(it.vars().values()));
    in(model.customConnectivityUpdates(), group).forEach(it -> found.addAll(it.variables()));
    requireKnown(group);
    return found;
  }

  /// The extra global parameters of groups of a name.
  List<ModelArray> arrays(String group) {
    var found = new ArrayList<ModelArray>();
    in(model.synapsePopulations(), group).forEach(it -> found.addAll(it.arrays()));
    in(model.neuronPopulations(), group)
        .forEach(it -> found.addAll(it.extraGlobalParams().values()));
    in(model.currentSources(), group).forEach(it -> found.addAll(it.extraGlobalParams().values()));
    in(model.customUpdates(), group).forEach(it -> found.addAll(it.extraGlobalParams().values()));
    in(model.customConnectivityUpdates(), group)
        .forEach(it -> found.addAll(it.extraGlobalParams().values()));
    requireKnown(group);
    return found;
  }

  /// Variables of one name; a synapse population may have several.
  List<ModelVariable> variables(String group, String name) {
    List<ModelVariable> all = variables(group);
    List<ModelVariable> found = all.stream().filter(it -> it.name().equals(name)).toList();
    requireFound(found, group, "variable", name, all.stream().map(ModelVariable::name).toList());
    return found;
  }

  /// Extra global parameters of one name; a synapse population may have several.
  List<ModelArray> arrays(String group, String name) {
    List<ModelArray> all = arrays(group);
    List<ModelArray> found = all.stream().filter(it -> it.name().equals(name)).toList();
    requireFound(
        found, group, "extra global parameter", name, all.stream().map(ModelArray::name).toList());
    return found;
  }

  private static <T> Stream<T> in(Map<String, T> groups, String name) {
    return Stream.ofNullable(groups.getOrDefault(name, null));
  }

  private void requireKnown(String group) {
    var names = new LinkedHashMap<String, Object>();
    names.putAll(model.neuronPopulations());
    names.putAll(model.synapsePopulations());
    names.putAll(model.currentSources());
    names.putAll(model.customUpdates());
    names.putAll(model.customConnectivityUpdates());
    if (!names.containsKey(group)) {
      throw new IllegalArgumentException(
          Lookup.missing("model '" + model.name() + "'", "group", group, names.keySet()));
    }
  }

  private static void requireFound(
      Collection<?> found, String group, String kind, String name, List<String> available) {
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          Lookup.missing("group '" + group + "'", kind, name, available));
    }
  }
}
