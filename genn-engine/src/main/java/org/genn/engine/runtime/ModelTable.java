package org.genn.engine.runtime;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.genn.engine.backend.MemoryLimit;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Launch;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.Rows;
import org.genn.engine.kernel.SparseGroup;
import org.genn.engine.kernel.Symbol;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.NumericType;

/// What a model consists of and the memory that it takes, as text.
final class ModelTable {
  /// What is told apart takes at least one part in as many.
  private static final int NOTEWORTHY = 10;

  private final LoweredModel model;
  private final int threads;

  /// Elements of arrays with ragged rows of which it is known how long they will be.
  private final Map<Integer, Long> raggedElements = new HashMap<>();

  private ModelTable(LoweredModel model, int threads) {
    this.model = model;
    this.threads = threads;
    for (SparseGroup group : model.sparse().values()) {
      addSynapses(group);
    }
    for (Launch.Connectivity launch : launches()) {
      addRooms(launch);
    }
  }

  /// @param threads that will run it
  static ModelTable of(LoweredModel model, int threads) {
    return new ModelTable(model, threads);
  }

  /// Bytes of all arrays of fixed or bounded length. Spike lists and tapes grow from nothing, and
  /// arrays that code of connectivity asks the host for are as long as that makes them.
  long bytes() {
    long sum = 0;
    for (int array = 0; array < model.program().arrays().size(); array++) {
      sum += bytes(array);
    }
    return sum;
  }

  /// @throws IllegalArgumentException when the model takes more than there is
  void requireFits(MemoryLimit limit) {
    long besides = besides(limit);
    long needed = bytes() + besides;
    if (needed > limit.bytes()) {
      throw new IllegalArgumentException(
          "model '%s' needs %s of memory%s, %s %s; make it smaller, lower the batch size, or %s\n%s"
              .formatted(
                  model.spec().name(),
                  amount(needed),
                  besides * NOTEWORTHY > needed
                      ? ", %s of it to keep rows of few elements".formatted(amount(besides))
                      : "",
                  limit.owner(),
                  amount(limit.bytes()),
                  limit.remedy(),
                  this));
    }
  }

  /// Bytes that rows take besides their elements.
  private long besides(MemoryLimit limit) {
    long sum = 0;
    for (Rows rows : model.program().arrays()) {
      sum += (long) rows.count() * (rows.isRagged() ? limit.perRaggedRow() : limit.perRow());
    }
    return sum;
  }

  @Override
  public String toString() {
    ModelSpec spec = model.spec();
    var lines = new ArrayList<String>();
    lines.add(
        "model '%s': dt %s ms, batch %d in %s, %s"
            .formatted(
                spec.name(),
                spec.dt(),
                spec.batchSize(),
                count(model.slices(), "slice"),
                amount(bytes())));
    section(
        "neuron groups",
        spec.neuronGroups(),
        group -> "%s: %d × %s".formatted(group.name(), group.size(), group.model().name()),
        lines);
    section("synapse groups", spec.synapseGroups(), this::describe, lines);
    section(
        "current sources",
        spec.currentSources(),
        source -> "%s: %s into %s".formatted(source.name(), source.model().name(), source.target()),
        lines);
    section(
        "custom updates",
        spec.customUpdates(),
        update -> "%s: %s of %s".formatted(update.name(), update.model().name(), update.group()),
        lines);
    section("custom connectivity updates", spec.customConnectivityUpdates(), this::describe, lines);
    section(
        "connections",
        new TreeMap<>(model.sparse()).entrySet(),
        entry -> describe(entry.getKey(), entry.getValue()),
        lines);
    section(
        "variables",
        model.variables().entrySet().stream()
            .sorted(Comparator.comparing(ModelTable::sortKey))
            .toList(),
        entry -> describe(entry.getKey(), entry.getValue()),
        lines);
    lines.add("spikes, recordings, parameters and other arrays: " + amount(rest()));
    section(
        "kernels",
        model.program().kernels(),
        kernel -> "%s: %s".formatted(kernel.name(), domain(kernel)),
        lines);
    return String.join("\n", lines);
  }

  private static <T> void section(
      String title, Collection<T> parts, Function<T, String> text, List<String> lines) {
    if (!parts.isEmpty()) {
      lines.add(title);
      parts.forEach(part -> lines.add("  " + text.apply(part)));
    }
  }

  private String describe(SynapseGroup group) {
    SynapseGroup owner = model.spec().synapsesOf(group);
    return "%s: %s → %s, %s, %s"
            .formatted(
                group.name(),
                group.source(),
                group.target(),
                group.weightUpdate().model().name(),
                group.postsynapse().model().name())
        + (owner == group ? "" : ", synapses of " + owner.name());
  }

  private String describe(CustomConnectivityUpdate update) {
    long rooms = bytes(rooms(update.name()));
    return "%s: %s of %s".formatted(update.name(), update.model().name(), update.synapseGroup())
        + (rooms > 0 ? ", %s to change rows in".formatted(amount(rooms)) : "");
  }

  /// The arrays that a custom connectivity update works in.
  private List<Integer> rooms(String update) {
    var rooms = new ArrayList<Integer>();
    for (Launch.Connectivity launch : launches()) {
      if (launch.update().equals(update)) {
        rooms.addAll(launch.rooms());
      }
    }
    return rooms;
  }

  private List<Launch.Connectivity> launches() {
    var found = new ArrayList<Launch.Connectivity>();
    for (List<Launch> launches : model.updates().values()) {
      for (Launch launch : launches) {
        if (launch instanceof Launch.Connectivity connectivity) {
          found.add(connectivity);
        }
      }
    }
    return found;
  }

  private long bytes(List<Integer> arrays) {
    long sum = 0;
    for (int array : arrays) {
      sum += bytes(array);
    }
    return sum;
  }

  /// Bytes of the arrays that belong neither to a variable nor to connections.
  private long rest() {
    var listed = new BitSet();
    for (Launch.Connectivity launch : launches()) {
      launch.rooms().forEach(listed::set);
    }
    model.variables().values().forEach(symbol -> listed.set(symbol.array()));
    for (SparseGroup group : model.sparse().values()) {
      connectionArrays(group).forEach(listed::set);
    }
    long sum = 0;
    for (int array = 0; array < model.program().arrays().size(); array++) {
      sum += listed.get(array) ? 0 : bytes(array);
    }
    return sum;
  }

  /// Where a group's targets are, their kernel indices, and the way back from targets to sources.
  private static List<Integer> connectionArrays(SparseGroup group) {
    var arrays = new ArrayList<Integer>();
    arrays.add(group.bits() < 0 ? group.indices() : group.bits());
    if (group.kernelIds() >= 0) {
      arrays.add(group.kernelIds());
    }
    if (group.order() >= 0) {
      arrays.add(group.order());
    }
    if (group.remap().isPresent()) {
      arrays.add(group.remap().get().sources());
      arrays.add(group.remap().get().positions());
    }
    return arrays;
  }

  private String describe(String name, SparseGroup group) {
    return "%s: %d synapses expected, at most %d per source, %s"
        .formatted(
            name,
            group.expectedSynapses(),
            group.capacity(),
            amount(bytes(connectionArrays(group))));
  }

  private static String sortKey(Map.Entry<VariableReference, Symbol> entry) {
    VariableReference reference = entry.getKey();
    return reference.kind().ordinal() + reference.group() + "." + reference.variable();
  }

  private String describe(VariableReference reference, Symbol symbol) {
    List<Object> shape = new ArrayList<>();
    switch (symbol.copies()) {
      case SHARED, EXAMPLE_ELEMENTS -> {}
      case EXAMPLES -> shape.add(model.spec().batchSize());
      case SLICES -> shape.add(count(model.slices(), "slice"));
    }
    if (reference.kind() == VariableReference.Kind.SYNAPSE || symbol.rows() > 1) {
      shape.add(symbol.rows());
    }
    shape.add(symbol.isRagged() ? "row" : symbol.length());
    return "%s: %s %s, %s"
        .formatted(
            Descriptions.of(reference),
            symbol.type().name().toLowerCase(java.util.Locale.ROOT),
            shape.toString().replace('[', '(').replace(']', ')'),
            amount(bytes(symbol.array())));
  }

  private static String domain(Kernel kernel) {
    return switch (kernel.domain()) {
      case EXAMPLES -> "per example";
      case ROWS -> count(kernel.units(), "row");
      case ROWS_IN_ORDER -> count(kernel.units(), "row") + " in order";
      case PARTS -> count(kernel.units(), "part");
      case WHOLE -> "one call";
    };
  }

  long bytes(int array) {
    Rows rows = model.program().arrays().get(array);
    return elements(array, rows) * bytes(rows.type());
  }

  private long elements(int array, Rows rows) {
    Long expected = raggedElements.get(array);
    return expected != null ? expected : (long) rows.count() * Math.max(0, rows.length());
  }

  /// Rows of sparse groups count with as many synapses as are expected.
  private void addSynapses(SparseGroup group) {
    long synapses = group.expectedSynapses();
    for (int array : connectionArrays(group)) {
      if (model.program().arrays().get(array).isRagged()) {
        raggedElements.put(array, synapses);
      }
    }
    for (int array : group.values()) {
      raggedElements.put(array, synapses * (rows(array) / rows(group.indices())));
    }
  }

  /// Each call of the kernel has a room of its own for the longest row.
  private void addRooms(Launch.Connectivity launch) {
    long longest = model.sparse().get(launch.synapses()).capacity() + 1L;
    for (int array : launch.rooms()) {
      int calls = Region.chunksOfRows(model.program().arrays().get(array).count(), threads);
      raggedElements.put(array, calls * longest);
    }
  }

  private int rows(int array) {
    return Math.max(1, model.program().arrays().get(array).count());
  }

  private static int bytes(NumericType type) {
    return Math.ceilDiv(type.bits(), 8);
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String amount(long bytes) {
    if (bytes < 10_000) {
      return bytes + " bytes";
    }
    return bytes < 10_000_000 ? bytes / 1000 + " kB" : bytes / 1_000_000 + " MB";
  }
}
