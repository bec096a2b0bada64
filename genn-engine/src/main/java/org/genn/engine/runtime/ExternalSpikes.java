package org.genn.engine.runtime;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.Launch;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.SpikeList;
import org.genn.engine.model.Given;
import org.genn.engine.model.Schedule;

/*
 * Kernels go where the ids lead without a test, on some back ends beyond all arrays. So what is bound is looked through
 * first: in plain loops, which compilers turn into vector code, and which take less than the addition of one weight per
 * spike.
 */

/// Binds the spikes of groups whose spikes come from outside.
final class ExternalSpikes {
  private static final int[] NO_IDS = {};

  private final String owner;
  private final Map<String, SpikeList> lists = new TreeMap<>();
  private final Map<String, Integer> sizes = new TreeMap<>();
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
    for (var entry : model.spikes().entrySet()) {
      SpikeList list = entry.getValue();
      if (list.isExternal()) {
        lists.put(entry.getKey(), list);
        sizes.put(entry.getKey(), model.spec().neuronGroup(entry.getKey()).size());
        ids.add(list.ids());
        offsets.add(list.offsets());
      }
    }
    noOffsets = new int[lists.isEmpty() ? 0 : segments + 1];
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
    if (newOffsets == null || newIds == null) {
      Given.all(where(group, example), "array of offsets", newOffsets, "array of ids", newIds);
    }
    if (newOffsets.length != segments + 1) {
      throw new IllegalArgumentException(
          "%s, have %d offsets, expected %d (steps of a trial + 2)"
              .formatted(where(group, example), newOffsets.length, segments + 1));
    }
    if (newOffsets[segments] > newIds.length) {
      throw new IllegalArgumentException(
          "%s: offsets end at %d, but there are %d ids"
              .formatted(where(group, example), newOffsets[segments], newIds.length));
    }
    if (!isAscending(newOffsets)) {
      throw new IllegalArgumentException(
          "%s: offsets must ascend from 0 or more, but %s"
              .formatted(where(group, example), firstDescent(newOffsets)));
    }
    int size = sizes.get(group);
    int begin = newOffsets[0];
    int end = newOffsets[segments];
    if (!areBelow(size, newIds, begin, end)) {
      int at = begin;
      while (newIds[at] >= 0 && newIds[at] < size) {
        at++;
      }
      throw new IllegalArgumentException(
          "%s: ids[%d] is %d, but the group has %d neurons"
              .formatted(where(group, example), at, newIds[at], size));
    }
    bind(memory, list, example, newOffsets, newIds);
  }

  private String where(String group, int example) {
    return "%s: spikes of neuron group '%s', example %d".formatted(owner, group, example);
  }

  private static boolean isAscending(int[] offsets) {
    boolean isAscending = offsets[0] >= 0;
    for (int k = 1; k < offsets.length; k++) {
      isAscending &= offsets[k] >= offsets[k - 1];
    }
    return isAscending;
  }

  private static String firstDescent(int[] offsets) {
    int at = 0;
    while (at == 0 ? offsets[0] >= 0 : offsets[at] >= offsets[at - 1]) {
      at++;
    }
    return at == 0
        ? "offsets[0] is " + offsets[0]
        : "offsets[%d] is %d after %d".formatted(at, offsets[at], offsets[at - 1]);
  }

  private static boolean areBelow(int size, int[] ids, int begin, int end) {
    int least = 0;
    int most = -1;
    for (int k = begin; k < end; k++) {
      least = Math.min(least, ids[k]);
      most = Math.max(most, ids[k]);
    }
    return least >= 0 && most < size;
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
