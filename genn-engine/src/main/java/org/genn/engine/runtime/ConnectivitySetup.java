package org.genn.engine.runtime;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.SparseGroup;
import org.genn.engine.kernel.Symbol;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.SynapsePairs;
import org.genn.engine.model.SynapsePattern;
import org.genn.engine.model.VariableReference;

/// Makes the rows of sparse groups, and room for their variables beside them.
///
/// Code that makes rows has a bound on their length, and what it did not need is given back.
/// Without a useful bound it runs twice: first to count, then to write.
final class ConnectivitySetup {
  private final LoweredModel model;
  private final Memory memory;
  private final long seed;
  private final Consumer<String> connect;

  /// @param connect runs the code that makes the connections of a group
  ConnectivitySetup(LoweredModel model, Memory memory, long seed, Consumer<String> connect) {
    this.model = model;
    this.memory = memory;
    this.seed = seed;
    this.connect = connect;
  }

  void setAll(OpeningObserver observer) {
    for (SynapseGroup group : model.spec().synapseGroups()) {
      observer.begins(OpeningObserver.Stage.CONNECT, group.name());
      switch (group.connectivity()) {
        case Connectivity.Dense _, Connectivity.DenseProcedural _, Connectivity.Shared _ -> {}
        case Connectivity.Procedural(var built) -> setHostArrays(group, built);
        case Connectivity.ProceduralKernel(var built) -> setHostArrays(group, built);
        case Connectivity.Toeplitz(var built) -> setHostArrays(group, built);
        case Connectivity.Bitmask(var pattern) -> {
          SparseGroup arrays = model.sparse().get(group.name());
          connect(group, arrays, pattern);
          setBits(group, arrays);
        }
        case Connectivity.Sparse(var pattern, _) -> {
          SparseGroup arrays = model.sparse().get(group.name());
          connect(group, arrays, pattern);
          makeRoom(arrays, sources(group));
          derive(group, arrays);
        }
      }
    }
  }

  /// The one place that is told when an update has changed rows of a group, which are ascending
  /// again and have values for each synapse, but may be longer than the number of synapses.
  ///
  /// @param isChanged by source
  void changed(SynapseGroup group, IntPredicate isChanged) {
    SparseGroup arrays = model.sparse().get(group.name());
    int sources = sources(group);
    for (int source = 0; source < sources; source++) {
      if (isChanged.test(source)) {
        int length = (int) memory.getLong(arrays.lengths(), 0, source);
        memory.resize(arrays.indices(), source, length);
        for (int array : arrays.values()) {
          int rows = model.program().arrays().get(array).count();
          for (int row = source; row < rows; row += sources) {
            memory.resize(array, row, length);
          }
        }
      }
    }
    derive(group, arrays);
  }

  /// Makes what is kept besides the rows of a group and follows from them.
  private void derive(SynapseGroup group, SparseGroup arrays) {
    arrays.remap().ifPresent(remap -> setColumns(group, arrays, remap));
  }

  private void connect(SynapseGroup group, SparseGroup arrays, SynapsePattern pattern) {
    switch (pattern) {
      case SynapsePairs pairs -> set(arrays, sources(group), pairs);
      case BuiltSynapses built -> build(group, arrays, built);
    }
  }

  /// Turns lists of targets into bits; the lists are not needed any more.
  private void setBits(SynapseGroup group, SparseGroup arrays) {
    for (int source = 0; source < sources(group); source++) {
      for (int k = 0; k < memory.rowLength(arrays.indices(), source); k++) {
        int target = (int) memory.getLong(arrays.indices(), source, k);
        int word = (int) memory.getLong(arrays.bits(), source, target / 32);
        memory.setLong(arrays.bits(), source, target / 32, word | 1 << (target % 32));
      }
      memory.resize(arrays.indices(), source, 0);
      if (arrays.kernelIds() >= 0) {
        memory.resize(arrays.kernelIds(), source, 0);
      }
    }
  }

  private int sources(SynapseGroup group) {
    return model.spec().neuronGroup(group.source()).size();
  }

  private int targets(SynapseGroup group) {
    return model.spec().neuronGroup(group.target()).size();
  }

  private void set(SparseGroup arrays, int sources, SynapsePairs pairs) {
    int[] lengths = new int[sources];
    for (int synapse = 0; synapse < pairs.size(); synapse++) {
      lengths[pairs.source(synapse)]++;
    }
    int synapse = 0;
    for (int source = 0; source < sources; source++) {
      memory.setLong(arrays.lengths(), 0, source, lengths[source]);
      memory.resize(arrays.indices(), source, lengths[source]);
      for (int k = 0; k < lengths[source]; k++) {
        memory.setLong(arrays.indices(), source, k, pairs.target(synapse++));
      }
    }
  }

  private void build(SynapseGroup group, SparseGroup arrays, BuiltSynapses built) {
    setHostArrays(group, built);
    if (built.isByColumn()) {
      var columns =
          new Lists(arrays.columns(), -1, arrays.columnLengths(), targets(group), "target");
      fill(
          group,
          built,
          columns,
          arrays.columnCapacity(),
          built.init().maxColumnLength().isPresent());
      transpose(group, built, arrays);
    } else {
      var rows =
          new Lists(
              arrays.indices(), arrays.kernelIds(), arrays.lengths(), sources(group), "source");
      fill(group, built, rows, arrays.capacity(), built.init().maxRowLength().isPresent());
      sort(arrays, rows);
    }
  }

  private void setHostArrays(SynapseGroup group, BuiltSynapses built) {
    Map<String, Double> parameters = built.bindings().parameters();
    built
        .init()
        .hostArrays()
        .forEach(
            (name, array) -> {
              var random = new SeededHostRandom(seed, group.name() + "." + name);
              float[] values = array.of(sources(group), targets(group), parameters, random);
              Symbol symbol =
                  model
                      .extraGlobalParameters()
                      .get(VariableReference.synapse(group.name() + ".connectivity", name));
              memory.resize(symbol.array(), 0, values.length);
              var cells = new Cells(memory, symbol);
              for (int i = 0; i < values.length; i++) {
                cells.set(i, values[i]);
              }
            });
  }

  /// Rows that code writes: one per neuron of one end.
  ///
  /// @param kernelIds array of rows beside them, or -1
  private record Lists(int indices, int kernelIds, int lengths, int count, String end) {}

  private void fill(
      SynapseGroup group, BuiltSynapses built, Lists lists, int capacity, boolean isBounded) {
    if (!isBounded) {
      run(group, lists, 1);
      check(group, built, lists, capacity);
      for (int neuron = 0; neuron < lists.count; neuron++) {
        resize(lists, neuron, Math.max(1, length(lists, neuron)));
        memory.setLong(lists.lengths, 0, neuron, Math.max(1, length(lists, neuron)));
      }
      connect.accept(group.name());
    } else {
      run(group, lists, Math.max(1, capacity));
    }
    check(group, built, lists, capacity);
    for (int neuron = 0; neuron < lists.count; neuron++) {
      resize(lists, neuron, length(lists, neuron));
    }
  }

  private void run(SynapseGroup group, Lists lists, int room) {
    for (int neuron = 0; neuron < lists.count; neuron++) {
      resize(lists, neuron, room);
      memory.setLong(lists.lengths, 0, neuron, room);
    }
    connect.accept(group.name());
  }

  private int length(Lists lists, int neuron) {
    return (int) memory.getLong(lists.lengths, 0, neuron);
  }

  private void resize(Lists lists, int neuron, int length) {
    memory.resize(lists.indices, neuron, length);
    if (lists.kernelIds >= 0) {
      memory.resize(lists.kernelIds, neuron, length);
    }
  }

  private void check(SynapseGroup group, BuiltSynapses built, Lists lists, int capacity) {
    for (int neuron = 0; neuron < lists.count; neuron++) {
      int length = length(lists, neuron);
      if (length < 0) {
        throw new IllegalArgumentException(
            "model '%s', synapse group '%s': connectivity %s adds a synapse to %s %d that leads to no neuron; '%s' has %d, '%s' has %d"
                .formatted(
                    model.spec().name(),
                    group.name(),
                    built.init().name(),
                    lists.end,
                    neuron,
                    group.source(),
                    sources(group),
                    group.target(),
                    targets(group)));
      }
      if (length > capacity) {
        throw new IllegalArgumentException(
            "model '%s', synapse group '%s': connectivity %s makes %d synapses of %s %d, more than its bound of %d"
                .formatted(
                    model.spec().name(),
                    group.name(),
                    built.init().name(),
                    length,
                    lists.end,
                    neuron,
                    capacity));
      }
    }
  }

  /// Makes rows from columns; the columns are not needed any more.
  private void transpose(SynapseGroup group, BuiltSynapses built, SparseGroup arrays) {
    int sources = sources(group);
    int targets = targets(group);
    int[] lengths = new int[sources];
    for (int target = 0; target < targets; target++) {
      for (int k = 0; k < memory.rowLength(arrays.columns(), target); k++) {
        lengths[(int) memory.getLong(arrays.columns(), target, k)]++;
      }
    }
    for (int source = 0; source < sources; source++) {
      memory.resize(arrays.indices(), source, lengths[source]);
      memory.setLong(arrays.lengths(), 0, source, lengths[source]);
    }
    check(
        group,
        built,
        new Lists(arrays.indices(), -1, arrays.lengths(), sources, "source"),
        arrays.capacity());
    int[] ends = new int[sources];
    for (int target = 0; target < targets; target++) {
      for (int k = 0; k < memory.rowLength(arrays.columns(), target); k++) {
        int source = (int) memory.getLong(arrays.columns(), target, k);
        memory.setLong(arrays.indices(), source, ends[source]++, target);
      }
      memory.resize(arrays.columns(), target, 0);
    }
  }

  /// Rows are ascending, whatever the order in which code adds synapses.
  private void sort(SparseGroup arrays, Lists lists) {
    for (int source = 0; source < lists.count; source++) {
      int length = length(lists, source);
      boolean isSorted = true;
      long last = -1;
      for (int k = 0; k < length && isSorted; k++) {
        long target = memory.getLong(arrays.indices(), source, k);
        isSorted = target >= last;
        last = target;
      }
      if (!isSorted) {
        sort(arrays, source, length);
      }
    }
  }

  private void sort(SparseGroup arrays, int source, int length) {
    boolean hasKernel = arrays.kernelIds() >= 0;
    long[] targets = new long[length];
    long[] kernelIds = new long[length];
    Integer[] order = new Integer[length];
    for (int k = 0; k < length; k++) {
      targets[k] = memory.getLong(arrays.indices(), source, k);
      kernelIds[k] = hasKernel ? memory.getLong(arrays.kernelIds(), source, k) : 0;
      order[k] = k;
    }
    java.util.Arrays.sort(order, java.util.Comparator.comparingLong(k -> targets[k]));
    for (int k = 0; k < length; k++) {
      memory.setLong(arrays.indices(), source, k, targets[order[k]]);
      if (hasKernel) {
        memory.setLong(arrays.kernelIds(), source, k, kernelIds[order[k]]);
      }
    }
  }

  /// Notes where the synapses of each target are.
  private void setColumns(SynapseGroup group, SparseGroup arrays, SparseGroup.Remap remap) {
    int[] lengths = new int[targets(group)];
    for (int source = 0; source < sources(group); source++) {
      for (int k = 0; k < memory.rowLength(arrays.indices(), source); k++) {
        lengths[(int) memory.getLong(arrays.indices(), source, k)]++;
      }
    }
    for (int target = 0; target < lengths.length; target++) {
      memory.setLong(remap.lengths(), 0, target, lengths[target]);
      memory.resize(remap.sources(), target, lengths[target]);
      memory.resize(remap.positions(), target, lengths[target]);
    }
    int[] ends = new int[lengths.length];
    for (int source = 0; source < sources(group); source++) {
      for (int k = 0; k < memory.rowLength(arrays.indices(), source); k++) {
        int target = (int) memory.getLong(arrays.indices(), source, k);
        memory.setLong(remap.sources(), target, ends[target], source);
        memory.setLong(remap.positions(), target, ends[target]++, k);
      }
    }
  }

  private void makeRoom(SparseGroup arrays, int sources) {
    for (int array : arrays.values()) {
      int rows = model.program().arrays().get(array).count();
      for (int row = 0; row < rows; row++) {
        int length = (int) memory.getLong(arrays.lengths(), 0, row % sources);
        memory.resize(array, row, length);
      }
    }
  }
}
