package org.genn.engine.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.genn.engine.snippet.Snippet;

/// Which extra global parameters of a model's groups some code uses: that of the model which
/// declares them, or that of an update which refers to them.
public final class ArrayUse {
  private final Set<VariableReference> referred = new LinkedHashSet<>();
  private final Map<VariableReference, Boolean> isGiven = new LinkedHashMap<>();

  private ArrayUse(ModelSpec spec) {
    for (CustomUpdate update : spec.customUpdates()) {
      referred.addAll(update.extraGlobalParameterReferences().values());
    }
    for (CustomConnectivityUpdate update : spec.customConnectivityUpdates()) {
      referred.addAll(update.references().extraGlobalParameters().values());
    }
  }

  /// Those that nothing uses, and whether they are given values all the same.
  public static Map<VariableReference, Boolean> unused(ModelSpec spec) {
    var use = new ArrayUse(spec);
    for (NeuronGroup group : spec.neuronGroups()) {
      var model = group.model();
      use.add(
          VariableReference.Kind.NEURON,
          group.name(),
          model.declarations(),
          group.bindings(),
          codes(model));
    }
    for (CurrentSource source : spec.currentSources()) {
      var model = source.model();
      use.add(
          VariableReference.Kind.CURRENT_SOURCE,
          source.name(),
          model.declarations(),
          source.bindings(),
          List.of(model.injectionCode()));
    }
    for (SynapseGroup group : spec.synapseGroups()) {
      var weights = group.weightUpdate();
      use.add(
          VariableReference.Kind.SYNAPSE,
          group.name(),
          weights.model().declarations(),
          weights.bindings(),
          weights.model().codes());
      var postsynapse = group.postsynapse();
      use.add(
          VariableReference.Kind.POSTSYNAPTIC,
          group.name(),
          postsynapse.model().declarations(),
          postsynapse.bindings(),
          List.of(postsynapse.model().simCode()));
    }
    for (CustomUpdate update : spec.customUpdates()) {
      var model = update.model();
      use.add(
          VariableReference.Kind.CUSTOM_UPDATE,
          update.name(),
          model.declarations(),
          update.bindings(),
          List.of(model.updateCode()));
    }
    for (CustomConnectivityUpdate update : spec.customConnectivityUpdates()) {
      var model = update.model();
      use.add(
          VariableReference.Kind.CONNECTIVITY_UPDATE,
          update.name(),
          model.declarations(),
          update.bindings(),
          List.of(model.rowUpdateCode(), model.hostUpdateCode()));
    }
    return use.isGiven;
  }

  private void add(
      VariableReference.Kind kind,
      String group,
      Declarations declarations,
      Bindings bindings,
      Collection<String> codes) {
    for (ExtraGlobalParameter array : declarations.extraGlobalParameters()) {
      String name = array.name();
      var reference = new VariableReference(kind, group, name);
      boolean isUsed =
          referred.contains(reference)
              || codes.stream().anyMatch(code -> Snippet.mentions(code, name));
      if (!isUsed) {
        isGiven.put(reference, bindings.extraGlobalParameters().containsKey(name));
      }
    }
  }

  private static List<String> codes(NeuronModel model) {
    var codes = new ArrayList<>(model.simCode().values());
    codes.add(model.thresholdCondition());
    codes.add(model.resetCode());
    model
        .tape()
        .ifPresent(
            tape -> {
              tape.fields().forEach(field -> codes.add(field.expression()));
              codes.addAll(List.of(tape.recordWhen(), tape.replayWhen(), tape.replayCode()));
            });
    return codes;
  }
}
