package org.genn.engine.runtime;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.Launch;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.SpikeList;
import org.genn.engine.model.Schedule;

/// Binds the spikes of groups whose spikes come from outside.
final class ExternalSpikes {
  private static final int[] NO_IDS = {};

  private final String owner;
  private final Map<String, SpikeList> lists = new TreeMap<>();
  private final Set<Integer> ids = new HashSet<>();
  private final Set<Integer> offsets = new HashSet<>();
  private final int batch;
  private final int segments;
  private final int[] noOffsets;

  ExternalSpikes(LoweredModel model) {
    owner = "model '" + model.spec().name() + "'";
    batch = model.spec().batchSize();
    segments =
        model.spec().schedules().values().stream().mapToInt(Schedule::timesteps).max().orElse(1)
            + 1;
    noOffsets = new int[segments + 1];
    for (var entry : model.spikes().entrySet()) {
      SpikeList list = entry.getValue();
      if (list.isExternal()) {
        lists.put(entry.getKey(), list);
        ids.add(list.ids());
        offsets.add(list.offsets());
      }
    }
    for (var plan : model.plans().values()) {
      for (Launch launch : plan) {
        if (launch instanceof Launch.Swap(int first, int second)) {
          addPartner(ids, first, second);
          addPartner(offsets, first, second);
        }
      }
    }
  }

  /// What is exchanged with an array from outside holds one from outside too.
  private static void addPartner(Set<Integer> arrays, int first, int second) {
    if (arrays.contains(first) || arrays.contains(second)) {
      arrays.add(first);
      arrays.add(second);
    }
  }

  /// Whether the contents of an array belong to the host.
  boolean owns(int array) {
    return ids.contains(array) || offsets.contains(array);
  }

  void clearAll(Memory memory) {
    for (int example = 0; example < batch; example++) {
      for (int array : ids) {
        memory.bindInts(array, example, NO_IDS);
      }
      for (int array : offsets) {
        memory.bindInts(array, example, noOffsets);
      }
    }
  }

  void clear(Memory memory, String group, int example) {
    bind(memory, list(group), example, noOffsets, NO_IDS);
  }

  void set(Memory memory, String group, int example, int[] newOffsets, int[] newIds) {
    SpikeList list = list(group);
    if (newOffsets.length != segments + 1) {
      throw new IllegalArgumentException(
          "%s: spikes of neuron group '%s', example %d, have %d offsets, expected %d (steps of a trial + 2)"
              .formatted(owner, group, example, newOffsets.length, segments + 1));
    }
    if (newOffsets[segments] > newIds.length) {
      throw new IllegalArgumentException(
          "%s: spikes of neuron group '%s', example %d: offsets end at %d, but there are %d ids"
              .formatted(owner, group, example, newOffsets[segments], newIds.length));
    }
    bind(memory, list, example, newOffsets, newIds);
  }

  private static void bind(
      Memory memory, SpikeList list, int example, int[] newOffsets, int[] newIds) {
    memory.bindInts(list.ids(), example, newIds);
    memory.bindInts(list.offsets(), example, newOffsets);
  }

  private SpikeList list(String group) {
    SpikeList list = lists.get(group);
    if (list == null) {
      throw new IllegalArgumentException(
          Lookup.missing(owner, "neuron group with spikes from outside", group, lists.keySet()));
    }
    return list;
  }
}
