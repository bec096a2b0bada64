package org.genn.engine.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.genn.engine.backend.MemoryLimit;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.kernel.SparseGroup;
import org.genn.engine.kernel.Symbol;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.NumericType;

/// What a model consists of and the memory that it takes, as text.
final class ModelTable {
  private final LoweredModel model;

  private ModelTable(LoweredModel model) {
    this.model = model;
  }

  static ModelTable of(LoweredModel model) {
    return new ModelTable(model);
  }

  /// Bytes of all arrays of fixed or bounded length; spike lists and tapes grow from nothing.
  long bytes() {
    long sum = 0;
    for (int array = 0; array < model.program().arrays().size(); array++) {
      sum += bytes(array);
    }
    return sum;
  }

  /// @throws IllegalArgumentException when the model takes more than there is
  void requireFits(MemoryLimit limit) {
    if (bytes() > limit.bytes()) {
      throw new IllegalArgumentException(
          "model '%s' needs %s of memory, %s %s; make it smaller, lower the batch size, or %s\n%s"
              .formatted(
                  model.spec().name(),
                  amount(bytes()),
                  limit.owner(),
                  amount(limit.bytes()),
                  limit.remedy(),
                  this));
    }
  }

  @Override
  public String toString() {
    ModelSpec spec = model.spec();
    var lines = new ArrayList<String>();
    lines.add(
        "model '%s': dt %s ms, batch %d in %d slices, %s"
            .formatted(spec.name(), spec.dt(), spec.batchSize(), model.slices(), amount(bytes())));
    lines.add("neuron groups");
    spec.neuronGroups()
        .forEach(
            group ->
                lines.add(
                    "  %s: %d × %s".formatted(group.name(), group.size(), group.model().name())));
    lines.add("synapse groups");
    spec.synapseGroups()
        .forEach(
            group ->
                lines.add(
                    "  %s: %s → %s, %s, %s"
                            .formatted(
                                group.name(),
                                group.source(),
                                group.target(),
                                group.weightUpdate().model().name(),
                                group.postsynapse().model().name())
                        + (spec.synapsesOf(group) == group
                            ? ""
                            : ", synapses of " + spec.synapsesOf(group).name())));
    var sparse = new java.util.TreeMap<>(model.sparse());
    if (!sparse.isEmpty()) {
      lines.add("connections");
      sparse.forEach((name, group) -> lines.add("  " + describe(name, group)));
    }
    lines.add("variables");
    model.variables().entrySet().stream()
        .sorted(Comparator.comparing(ModelTable::sortKey))
        .forEach(entry -> lines.add("  " + describe(entry.getKey(), entry.getValue())));
    lines.add("kernels");
    Program program = model.program();
    for (Kernel kernel : program.kernels()) {
      lines.add("  %s: %s".formatted(kernel.name(), domain(kernel)));
    }
    return String.join("\n", lines);
  }

  private String describe(String name, SparseGroup group) {
    Rows rows = model.program().arrays().get(group.bits() < 0 ? group.indices() : group.bits());
    long beside = group.kernelIds() < 0 ? 0 : bytes(group.kernelIds());
    long columns =
        group.remap().map(remap -> bytes(remap.sources()) + bytes(remap.positions())).orElse(0L);
    return "%s: %d synapses expected, at most %d per source, %s"
        .formatted(
            name,
            group.expectedSynapses(),
            group.capacity(),
            amount(bytes(model.program().indexOf(rows)) + beside + columns));
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
      case SLICES -> shape.add(model.slices() + " slices");
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
      case ROWS -> kernel.units() + " rows";
      case PARTS -> kernel.units() + " parts";
      case WHOLE -> "one call";
    };
  }

  private long bytes(int array) {
    Rows rows = model.program().arrays().get(array);
    return elements(array, rows) * bytes(rows.type());
  }

  /// Rows of sparse groups count with as many synapses as are expected.
  private long elements(int array, Rows rows) {
    for (SparseGroup group : model.sparse().values()) {
      if (group.values().contains(array)) {
        return group.expectedSynapses() * (rows.count() / rows(group.indices()));
      }
      boolean isBeside =
          array == group.kernelIds()
              || group
                  .remap()
                  .filter(remap -> array == remap.sources() || array == remap.positions())
                  .isPresent();
      if (isBeside || (array == group.indices() && group.bits() < 0)) {
        return group.expectedSynapses();
      }
    }
    return (long) rows.count() * Math.max(0, rows.length());
  }

  private int rows(int array) {
    return Math.max(1, model.program().arrays().get(array).count());
  }

  private static int bytes(NumericType type) {
    return Math.ceilDiv(type.bits(), 8);
  }

  private static String amount(long bytes) {
    if (bytes < 10_000) {
      return bytes + " bytes";
    }
    return bytes < 10_000_000 ? bytes / 1000 + " kB" : bytes / 1_000_000 + " MB";
  }
}
