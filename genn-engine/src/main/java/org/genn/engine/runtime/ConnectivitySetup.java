package org.genn.engine.runtime;

import java.util.Arrays;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.Instance;
import org.genn.engine.backend.Memory;
import org.genn.engine.backend.RowBuilder;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.SnippetKeys;
import org.genn.engine.kernel.SparseGroup;
import org.genn.engine.kernel.Symbol;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.Given;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.SynapsePairs;
import org.genn.engine.model.SynapsePattern;
import org.genn.engine.model.VariableReference;

/*
 * A large network takes most of the machine's memory, so rows are made one after the other, never larger than they need
 * to be: code writes a row into memory that is lent for it, which has room for the longest one; it is sorted there, kept
 * with its right length, and the rows of the group's variables follow it. Threads share the rows. Only rows that updates
 * may change stay in the order in which code adds their synapses, since updates see it.
 *
 * Code that makes columns runs twice: first to count the synapses of each source, then to note them.
 */

/// Makes the rows of sparse groups, and room for their variables beside them.
final class ConnectivitySetup {
  private final LoweredModel model;
  private final Instance instance;
  private final Memory memory;
  private final Workers workers;
  private final RowBuilder[] builders;
  private final long seed;

  ConnectivitySetup(LoweredModel model, Instance instance, Workers workers, long seed) {
    this.model = model;
    this.instance = instance;
    this.workers = workers;
    this.seed = seed;
    memory = instance.memory();
    builders = new RowBuilder[workers.threads()];
    Arrays.setAll(builders, _ -> memory.rowBuilder());
  }

  /// Takes all rows away that there are, before others are made.
  void discardAll() {
    for (SparseGroup arrays : model.sparse().values()) {
      discard(arrays);
    }
  }

  void setAll(OpeningObserver observer) {
    for (SynapseGroup group : model.spec().synapseGroups()) {
      observer.begins(OpeningObserver.Stage.CONNECT, group.name());
      switch (group.connectivity()) {
        case Connectivity.Dense _, Connectivity.DenseProcedural _, Connectivity.Shared _ -> {}
        case Connectivity.Procedural(var built) -> prepare(group, built);
        case Connectivity.ProceduralKernel(var built) -> prepare(group, built);
        case Connectivity.Toeplitz(var built) -> prepare(group, built);
        case Connectivity.Bitmask(var pattern) -> connect(group, pattern);
        case Connectivity.Sparse(var pattern, _) -> {
          connect(group, pattern);
          derive(group, model.sparse().get(group.name()), _ -> true, true);
        }
      }
    }
  }

  /// The one place that is told when an update has changed rows of a group, which have values for
  /// each synapse, but may be longer than the number of synapses.
  ///
  /// @param isChanged by source
  void changed(SynapseGroup group, IntPredicate isChanged) {
    SparseGroup arrays = model.sparse().get(group.name());
    int sources = sources(group);
    RowChunks.run(
        workers,
        sources,
        (begin, end, _) -> {
          for (int source = begin; source < end; source++) {
            if (isChanged.test(source)) {
              shorten(arrays, source, sources);
            }
          }
        });
    derive(group, arrays, isChanged, false);
  }

  private void shorten(SparseGroup arrays, int source, int sources) {
    int length = (int) memory.getLong(arrays.lengths(), 0, source);
    memory.resize(arrays.indices(), source, length);
    for (int array : arrays.values()) {
      for (int row = source; row < rows(array); row += sources) {
        memory.resize(array, row, length);
      }
    }
  }

  /// Makes what is kept besides the rows of a group and follows from them.
  private void derive(
      SynapseGroup group, SparseGroup arrays, IntPredicate isChanged, boolean isFirst) {
    if (arrays.partStarts() >= 0) {
      setPartStarts(group, arrays, isChanged, isFirst);
    }
    arrays.remap().ifPresent(remap -> setColumns(group, arrays, remap, isFirst));
  }

  private void setPartStarts(
      SynapseGroup group, SparseGroup arrays, IntPredicate isChanged, boolean isFirst) {
    RowChunks.run(
        workers,
        sources(group),
        (begin, end, worker) -> {
          var starts = new PartStarts(model.program(), memory, arrays, targets(group));
          if (arrays.order() >= 0) {
            resize(arrays.order(), begin, lengths(arrays, begin, end), isChanged, worker, isFirst);
          }
          for (int source = begin; source < end; source++) {
            if (isChanged.test(source)) {
              starts.set(source);
            }
          }
        });
  }

  private void discard(SparseGroup arrays) {
    discard(arrays.indices());
    arrays.values().forEach(this::discard);
    if (arrays.kernelIds() >= 0) {
      discard(arrays.kernelIds());
    }
    if (arrays.columns() >= 0) {
      discard(arrays.columns());
    }
    if (arrays.order() >= 0) {
      discard(arrays.order());
    }
    if (arrays.remap().isPresent()) {
      discard(arrays.remap().get().sources());
      discard(arrays.remap().get().positions());
    }
  }

  private void discard(int array) {
    memory.discardRows(array, rows(array));
  }

  /// Numbers of synapses of some sources.
  private int[] lengths(SparseGroup arrays, int begin, int end) {
    int[] lengths = new int[end - begin];
    memory.readIntegers(arrays.lengths(), 0, begin, lengths, 0, lengths.length);
    return lengths;
  }

  private int rows(int array) {
    return model.program().arrays().get(array).count();
  }

  private void connect(SynapseGroup group, SynapsePattern pattern) {
    SparseGroup arrays = model.sparse().get(group.name());
    try {
      connect(group, pattern, arrays);
    } catch (OutOfMemoryError e) {
      throw new IllegalArgumentException(
          ("model '%s', synapse group '%s': there is no memory for rows of up to %d synapses; give"
                  + " it a smaller maximal row length, or the JVM more (-Xmx)")
              .formatted(model.spec().name(), group.name(), arrays.capacity()),
          e);
    }
  }

  private void connect(SynapseGroup group, SynapsePattern pattern, SparseGroup arrays) {
    switch (pattern) {
      case SynapsePairs pairs -> set(arrays, sources(group), pairs);
      case BuiltSynapses built -> {
        prepare(group, built);
        if (built.isByColumn()) {
          connectByColumn(group, arrays, built);
        } else {
          connectByRow(group, arrays, built);
        }
      }
    }
  }

  private int sources(SynapseGroup group) {
    return model.spec().neuronGroup(group.source()).size();
  }

  private int targets(SynapseGroup group) {
    return model.spec().neuronGroup(group.target()).size();
  }

  /// Makes the arrays that code which makes connections asks for.
  private void prepare(SynapseGroup group, BuiltSynapses built) {
    Map<String, Double> parameters = built.bindings().parameters();
    built
        .init()
        .hostArrays()
        .forEach(
            (name, array) -> {
              var random = new SeededHostRandom(seed, group.name() + "." + name);
              float[] values =
                  computed(
                      group,
                      built,
                      name,
                      () -> array.of(sources(group), targets(group), parameters, random));
              Symbol symbol = array(group, name);
              memory.resize(symbol.array(), 0, values.length);
              var cells = new Cells(memory, symbol);
              String where =
                  "synapse group '%s', extra global parameter '%s'".formatted(group.name(), name);
              for (int i = 0; i < values.length; i++) {
                cells.requireHeld(where, i, values[i]);
                cells.set(0, i, values[i]);
              }
            });
    Integer kernel = model.beforeConnect().get(group.name());
    if (kernel != null) {
      runHostCode(group, built, kernel);
    }
  }

  private void runHostCode(SynapseGroup group, BuiltSynapses built, int kernel) {
    for (String name : built.init().allocatedArrays()) {
      memory.resize(array(group, name).array(), 0, 0);
    }
    try {
      instance.run(kernel, 0, 1, 0, 0, 0);
    } catch (RuntimeException e) {
      throw new BackendException(
          "%s: host init code failed: %s".formatted(where(group, built), Region.reason(e)), e);
    }
  }

  private String where(SynapseGroup group, BuiltSynapses built) {
    return "model '%s', synapse group '%s', connectivity %s"
        .formatted(model.spec().name(), group.name(), built.init().name());
  }

  /// An extra global parameter of a group's connectivity.
  private Symbol array(SynapseGroup group, String name) {
    return model
        .extraGlobalParameters()
        .get(VariableReference.synapse(SnippetKeys.connectivity(group.name()), name));
  }

  private float[] computed(
      SynapseGroup group, BuiltSynapses built, String array, Supplier<float[]> values) {
    String where = where(group, built);
    float[] computed;
    try {
      computed = values.get();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "%s: extra global parameter '%s' can't be computed: %s".formatted(where, array, e), e);
    }
    Given.all(where, "the array for extra global parameter '%s'".formatted(array), computed);
    return computed;
  }

  // ---- rows that are given

  private void set(SparseGroup arrays, int sources, SynapsePairs pairs) {
    int[] starts = new int[sources + 1];
    for (int synapse = 0; synapse < pairs.size(); synapse++) {
      starts[pairs.source(synapse) + 1]++;
    }
    for (int source = 0; source < sources; source++) {
      starts[source + 1] += starts[source];
    }
    int longest = pairs.longestRow();
    RowChunks.run(
        workers,
        sources,
        (begin, end, worker) -> {
          int[] lengths = new int[end - begin];
          for (int source = begin; source < end; source++) {
            lengths[source - begin] = starts[source + 1] - starts[source];
          }
          memory.writeIntegers(arrays.lengths(), 0, begin, lengths, 0, lengths.length);
          if (arrays.bits() < 0) {
            makeRows(arrays, begin, lengths, sources, worker);
          }
          int[] targets = new int[longest];
          for (int source = begin; source < end; source++) {
            int length = lengths[source - begin];
            for (int k = 0; k < length; k++) {
              targets[k] = pairs.target(starts[source] + k);
            }
            if (arrays.bits() >= 0) {
              setBits(arrays.bits(), source, targets, 0, length);
            } else {
              memory.writeIntegers(arrays.indices(), source, 0, targets, 0, length);
            }
          }
        });
  }

  /// Makes rows of targets, of which none is known yet, and those of variables beside them.
  private void makeRows(SparseGroup arrays, int first, int[] lengths, int sources, int worker) {
    builders[worker].zeros(arrays.indices(), first, lengths);
    makeRoom(arrays, first, lengths, sources, worker);
  }

  private void setBits(int bits, int source, int[] targets, int offset, int length) {
    int words = memory.rowLength(bits, source);
    int[] row = new int[words];
    memory.readIntegers(bits, source, 0, row, 0, words);
    for (int k = offset; k < offset + length; k++) {
      row[targets[k] / Integer.SIZE] |= 1 << (targets[k] % Integer.SIZE);
    }
    memory.writeIntegers(bits, source, 0, row, 0, words);
  }

  /// Threads that have different targets may set bits of one word.
  private synchronized void setSharedBits(
      int bits, int source, int[] targets, int offset, int length) {
    setBits(bits, source, targets, offset, length);
  }

  /// Makes the rows of variables beside rows of targets.
  private void makeRoom(SparseGroup arrays, int first, int[] lengths, int sources, int worker) {
    for (int array : arrays.values()) {
      for (int row = first; row < rows(array); row += sources) {
        builders[worker].zeros(array, row, lengths);
      }
    }
  }

  // ---- rows that code makes

  private ConnectionCode code(SynapseGroup group, SparseGroup arrays, BuiltSynapses built) {
    return new ConnectionCode(
        model.spec(),
        group,
        built,
        instance,
        model.connect().get(group.name()),
        built.isByColumn() ? arrays.columns() : arrays.indices(),
        arrays.kernelIds(),
        built.isByColumn() ? arrays.columnLengths() : arrays.lengths(),
        built.isByColumn() ? arrays.columnCapacity() : arrays.capacity());
  }

  private void connectByRow(SynapseGroup group, SparseGroup arrays, BuiltSynapses built) {
    int sources = sources(group);
    boolean isRewired = model.spec().isRewired(group.name());
    ConnectionCode code = code(group, arrays, built);
    RowChunks.run(
        workers,
        sources,
        chunk(code, sources),
        (begin, end, worker) -> {
          int[] targets = new int[arrays.capacity()];
          var order = new RowOrder();
          for (int first = begin; first < end; first += code.batch()) {
            int last = Math.min(first + code.batch(), end);
            code.run(first, last, builders[worker]);
            int[] lengths = code.lengths(first, last);
            for (int source = first; source < last; source++) {
              int length = lengths[source - first];
              if (arrays.bits() >= 0) {
                memory.readIntegers(arrays.indices(), source, 0, targets, 0, length);
                setBits(arrays.bits(), source, targets, 0, length);
              } else if (!isRewired) {
                sort(arrays, source, targets, length, order);
              }
            }
            if (arrays.bits() >= 0) {
              keep(arrays, first, new int[lengths.length], worker);
            } else {
              keep(arrays, first, lengths, worker);
              makeRoom(arrays, first, lengths, sources, worker);
            }
          }
        });
  }

  /// Rows that one thread makes before it asks for others: all of them where their order matters.
  private int chunk(ConnectionCode code, int rows) {
    return model.program().kernels().get(code.kernel()).domain() == Kernel.Domain.ROWS_IN_ORDER
        ? Math.max(1, rows)
        : RowChunks.size(workers, rows);
  }

  private void keep(SparseGroup arrays, int first, int[] lengths, int worker) {
    builders[worker].keep(arrays.indices(), first, lengths);
    if (arrays.kernelIds() >= 0) {
      builders[worker].keep(arrays.kernelIds(), first, lengths);
    }
  }

  /// Makes a row ascending, whatever the order in which code adds synapses.
  private void sort(SparseGroup arrays, int source, int[] targets, int length, RowOrder order) {
    memory.readIntegers(arrays.indices(), source, 0, targets, 0, length);
    if (RowOrder.isSorted(targets, length)) {
      return;
    }
    order.sort(targets, length);
    memory.writeIntegers(arrays.indices(), source, 0, targets, 0, length);
    if (arrays.kernelIds() >= 0) {
      memory.readIntegers(arrays.kernelIds(), source, 0, targets, 0, length);
      order.apply(targets, length);
      memory.writeIntegers(arrays.kernelIds(), source, 0, targets, 0, length);
    }
  }

  // ---- columns

  private void connectByColumn(SynapseGroup group, SparseGroup arrays, BuiltSynapses built) {
    int sources = sources(group);
    ConnectionCode code = code(group, arrays, built);
    var columns =
        new Transposition.Lists() {
          @Override
          public int longest() {
            return arrays.columnCapacity();
          }

          @Override
          public int read(int target, int[] into, int offset, int worker) {
            code.run(target, target + 1, builders[worker]);
            int length = code.lengths(target, target + 1)[0];
            memory.readIntegers(arrays.columns(), target, 0, into, offset, length);
            builders[worker].keep(arrays.columns(), target, new int[1]);
            return length;
          }
        };
    var transposition = new Transposition(workers, targets(group), sources);
    int[] lengths = transposition.count(columns);
    RowChunks.run(
        workers,
        sources,
        (begin, end, worker) -> {
          for (int source = begin; source < end; source++) {
            code.requireAtMost(arrays.capacity(), lengths[source], "source", source);
          }
          memory.writeIntegers(arrays.lengths(), 0, begin, lengths, begin, end - begin);
          if (arrays.bits() < 0) {
            makeRows(arrays, begin, Arrays.copyOfRange(lengths, begin, end), sources, worker);
          }
        });
    transposition.write(
        columns,
        arrays.bits() < 0
            ? (source, at, targets, _, offset, length) ->
                memory.writeIntegers(arrays.indices(), source, at, targets, offset, length)
            : (source, _, targets, _, offset, length) ->
                setSharedBits(arrays.bits(), source, targets, offset, length));
  }

  /// Only rows that are made for the first time are put beside others: what lies there is not given
  /// back row by row.
  private void resize(
      int array, int first, int[] lengths, IntPredicate isChanged, int worker, boolean isFirst) {
    if (isFirst) {
      builders[worker].zeros(array, first, lengths);
      return;
    }
    for (int k = 0; k < lengths.length; k++) {
      if (isChanged.test(first + k)) {
        memory.resize(array, first + k, lengths[k]);
      }
    }
  }

  /// Notes where the synapses of each target are.
  private void setColumns(
      SynapseGroup group, SparseGroup arrays, SparseGroup.Remap remap, boolean isFirst) {
    int[] rowLengths = lengths(arrays, 0, sources(group));
    int longest = Arrays.stream(rowLengths).max().orElse(0);
    var rows =
        new Transposition.Lists() {
          @Override
          public int longest() {
            return longest;
          }

          @Override
          public int read(int source, int[] into, int offset, int worker) {
            int length = rowLengths[source];
            memory.readIntegers(arrays.indices(), source, 0, into, offset, length);
            return length;
          }
        };
    var transposition = new Transposition(workers, rowLengths.length, targets(group));
    int[] lengths = transposition.count(rows);
    memory.writeIntegers(remap.lengths(), 0, 0, lengths, 0, lengths.length);
    RowChunks.run(
        workers,
        lengths.length,
        (begin, end, worker) -> {
          int[] some = Arrays.copyOfRange(lengths, begin, end);
          resize(remap.sources(), begin, some, _ -> true, worker, isFirst);
          resize(remap.positions(), begin, some, _ -> true, worker, isFirst);
        });
    transposition.write(
        rows,
        (target, at, sources, positions, offset, length) -> {
          memory.writeIntegers(remap.sources(), target, at, sources, offset, length);
          memory.writeIntegers(remap.positions(), target, at, positions, offset, length);
        });
  }
}
