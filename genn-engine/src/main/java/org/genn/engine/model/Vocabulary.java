package org.genn.engine.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Names that code of a kind of model knows by itself. What a model declares under one of them
/// would hide it, or be hidden.
enum Vocabulary {
  NEURON(Part.OF_NEURONS, List.of("Isyn", "st")),
  CURRENT_SOURCE(Part.OF_NEURONS, List.of()),
  POSTSYNAPTIC(Part.OF_NEURONS, List.of("inSyn")),
  WEIGHT_UPDATE(
      Part.OF_NEURONS,
      Part.OF_SYNAPSES,
      List.of("st_pre", "prev_st_pre", "set_pre", "prev_set_pre"),
      List.of("st_post", "prev_st_post", "set_post", "prev_set_post", "set", "prev_set")),
  CUSTOM_UPDATE(Part.OF_NEURONS, Part.OF_SYNAPSES),
  CUSTOM_CONNECTIVITY_UPDATE(Part.OF_SYNAPSES, List.of("t", "row_length", "row_stride")),
  VARIABLE_INITIALISER(Part.OF_SYNAPSES, List.of("id", "num_neurons", "value")),
  CONNECTIVITY(
      Part.OF_SYNAPSES, List.of("id_pre_begin", "id_post_begin", "id_thread", "num_threads"));

  private static final class Part {
    static final List<String> OF_NEURONS =
        List.of("t", "dt", "id", "num_neurons", "num_batch", "batch");
    static final List<String> OF_SYNAPSES =
        List.of(
            "dt", "id_pre", "id_post", "id_syn", "id_kernel", "num_pre", "num_post", "num_batch");
  }

  private final TreeSet<String> names;

  @SafeVarargs
  Vocabulary(List<String>... parts) {
    var all = new ArrayList<String>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    names = new TreeSet<>(all);
  }

  boolean knows(String name) {
    return names.contains(name);
  }

  /// The names, in order.
  @Override
  public String toString() {
    return names.toString();
  }
}
