package org.genn.engine.kernel;

import java.util.List;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.Snippet;

/// Which times of spikes and of spike-like events a model keeps: those that some code names or some
/// custom update refers to.
record SpikeTimes(ModelSpec spec) {

  boolean keepsLast(NeuronGroup group) {
    var model = group.model();
    return mentions(model.simCode().values(), "st")
        || mentions(List.of(model.thresholdCondition(), model.resetCode()), "st")
        || isNamed(group, "st")
        || isReferredTo(VariableReference.spikeTime(group.name()));
  }

  boolean keepsPrevious(NeuronGroup group) {
    return isNamed(group, "prev_st")
        || isReferredTo(VariableReference.previousSpikeTime(group.name()));
  }

  boolean keepsLastEvent(SynapseGroup group, End end) {
    return isNamed(group, List.of("set", end.named("set"))) || isReferredTo(end.eventTime(group));
  }

  boolean keepsPreviousEvent(SynapseGroup group, End end) {
    return isNamed(group, List.of("prev_set", end.named("prev_set")))
        || isReferredTo(end.previousEventTime(group));
  }

  private boolean isNamed(NeuronGroup group, String time) {
    return spec.synapseGroups().stream()
        .anyMatch(
            synapses -> {
              for (End end : End.values()) {
                if (end.neurons(synapses).equals(group.name())
                    && isNamed(synapses, List.of(end.named(time)))) {
                  return true;
                }
              }
              return false;
            });
  }

  private static boolean isNamed(SynapseGroup group, List<String> names) {
    var codes = group.weightUpdate().model().codes();
    return names.stream().anyMatch(name -> mentions(codes, name));
  }

  private static boolean mentions(Iterable<String> codes, String name) {
    for (String code : codes) {
      if (Snippet.mentions(code, name)) {
        return true;
      }
    }
    return false;
  }

  private boolean isReferredTo(VariableReference reference) {
    return spec.customUpdates().stream()
            .anyMatch(update -> update.references().containsValue(reference))
        || spec.customConnectivityUpdates().stream()
            .anyMatch(
                update ->
                    update.references().pre().containsValue(reference)
                        || update.references().post().containsValue(reference));
  }
}
