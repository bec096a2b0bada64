package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.SynapsePairs;
import org.genn.engine.model.SynapsePattern;
import org.genn.engine.snippet.NumericType;

/// Decides where the synapses of each group are.
final class SynapseLayout {
  private final ArrayTable table;
  private final Partition partition;
  private final Set<String> rewired;
  private final Map<String, RowAccess> rows = new LinkedHashMap<>();
  private final Map<String, ColumnAccess> columns = new LinkedHashMap<>();
  private final Map<String, Integer> columnCapacities = new LinkedHashMap<>();
  private final Map<String, Long> expectedSynapses = new LinkedHashMap<>();
  private final Map<String, List<Integer>> values = new LinkedHashMap<>();

  /// Groups whose synapses a group shares.
  private final Map<String, String> owners = new LinkedHashMap<>();

  /// @param rewired groups whose rows updates may change, and which are therefore not sorted
  SynapseLayout(ArrayTable table, Partition partition, Set<String> rewired) {
    this.table = table;
    this.partition = partition;
    this.rewired = rewired;
  }

  RowAccess place(SynapseGroup group, int sources, int targets) {
    if (group.connectivity() instanceof Connectivity.Shared(String owner)) {
      return share(group, owner);
    }
    SynapseNumbers numbers = SynapseNumbers.of(group, sources, targets);
    RowAccess access =
        switch (group.connectivity()) {
          case Connectivity.Dense _ -> new DenseRows(targets, true, numbers);
          case Connectivity.DenseProcedural _ -> new DenseRows(targets, false, numbers);
          case Connectivity.Procedural(var built) ->
              generated(group, built, RowAccess.Storage.NOWHERE, targets, numbers);
          case Connectivity.ProceduralKernel(var built) ->
              generated(group, built, RowAccess.Storage.KERNEL, targets, numbers);
          case Connectivity.Toeplitz(var built) ->
              generated(group, built, RowAccess.Storage.KERNEL, targets, numbers);
          case Connectivity.Bitmask(var pattern) ->
              new BitmaskRows(
                  sparse(group.name(), new Connectivity.Sparse(pattern), sources, targets, numbers),
                  table.add(
                      group.name() + "_bits",
                      NumericType.INT32,
                      sources,
                      Math.ceilDiv(targets, 32)),
                  targets,
                  numbers);
          case Connectivity.Sparse sparse ->
              sparse(group.name(), sparse, sources, targets, numbers);
          case Connectivity.Shared _ -> throw new IllegalStateException();
        };
    rows.put(group.name(), access);
    placeColumns(group, access, sources, targets);
    built(group)
        .ifPresent(
            code -> columnCapacities.put(group.name(), code.maxColumnLength(sources, targets)));
    return access;
  }

  /// The group's synapses are those of another one.
  private RowAccess share(SynapseGroup group, String owner) {
    rows.put(group.name(), rows.get(owner));
    owners.put(group.name(), owner);
    if (columns.containsKey(owner)) {
      columns.put(group.name(), columns.get(owner));
    }
    return rows.get(owner);
  }

  private SparseRows sparse(
      String name, Connectivity.Sparse sparse, int sources, int targets, SynapseNumbers numbers) {
    NumericType type = sparse.narrowIndices() ? narrow(targets) : NumericType.INT32;
    Rows indices = table.add(name + "_targets", type, sources, Rows.RAGGED);
    Rows lengths = table.add(name + "_rowLengths", NumericType.INT32, 1, sources);
    values.put(name, new ArrayList<>());
    Optional<Rows> partStarts =
        partition.isDivided()
            ? Optional.of(
                table.add(name + "_partStarts", NumericType.INT32, partition.parts() + 1, sources))
            : Optional.empty();
    Optional<Rows> order =
        partition.isDivided() && rewired.contains(name)
            ? Optional.of(table.add(name + "_order", NumericType.INT32, sources, Rows.RAGGED))
            : Optional.empty();
    expectedSynapses.put(
        name,
        switch (sparse.pattern()) {
          case SynapsePairs pairs -> (long) pairs.size();
          case BuiltSynapses built -> built.expectedSynapses(sources, targets);
        });
    return switch (sparse.pattern()) {
      case SynapsePairs pairs ->
          new SparseRows(
              indices,
              lengths,
              numbers.stride(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              partStarts,
              order,
              numbers);
      case BuiltSynapses built -> {
        boolean byColumn = built.isByColumn();
        yield new SparseRows(
            indices,
            lengths,
            numbers.stride(),
            built.kernelSize().length == 0
                ? Optional.empty()
                : Optional.of(
                    table.add(name + "_kernelIds", NumericType.INT32, sources, Rows.RAGGED)),
            byColumn
                ? Optional.of(table.add(name + "_sources", NumericType.INT32, targets, Rows.RAGGED))
                : Optional.empty(),
            byColumn
                ? Optional.of(table.add(name + "_columnLengths", NumericType.INT32, 1, targets))
                : Optional.empty(),
            partStarts,
            order,
            numbers);
      }
    };
  }

  private static GeneratedRows generated(
      SynapseGroup group,
      BuiltSynapses built,
      RowAccess.Storage storage,
      int targets,
      SynapseNumbers numbers) {
    return new GeneratedRows(group, built, storage, targets, numbers.stride(), numbers);
  }

  /// The code that makes a group's connections, if code does.
  static Optional<BuiltSynapses> built(SynapseGroup group) {
    return switch (group.connectivity()) {
      case Connectivity.Dense _, Connectivity.DenseProcedural _, Connectivity.Shared _ ->
          Optional.empty();
      case Connectivity.Sparse(var pattern, _) -> built(pattern);
      case Connectivity.Bitmask(var pattern) -> built(pattern);
      case Connectivity.Procedural(var built) -> Optional.of(built);
      case Connectivity.ProceduralKernel(var built) -> Optional.of(built);
      case Connectivity.Toeplitz(var built) -> Optional.of(built);
    };
  }

  private static Optional<BuiltSynapses> built(SynapsePattern pattern) {
    return switch (pattern) {
      case BuiltSynapses built -> Optional.of(built);
      case SynapsePairs _ -> Optional.empty();
    };
  }

  /// Where the connections of a group are listed, at least while they are made.
  static Optional<SparseRows> lists(RowAccess access) {
    return switch (access) {
      case SparseRows rows -> Optional.of(rows);
      case BitmaskRows bits -> Optional.of(bits.lists());
      case DenseRows _, GeneratedRows _ -> Optional.empty();
    };
  }

  private static NumericType narrow(int targets) {
    return targets <= 1 << 8
        ? NumericType.UINT8
        : targets <= 1 << 16 ? NumericType.UINT16 : NumericType.INT32;
  }

  /// Columns are kept where the targets' spikes or events have code.
  private void placeColumns(SynapseGroup group, RowAccess access, int sources, int targets) {
    var code = group.weightUpdate().model().postCode();
    if (code.spike().isBlank() && code.event().isBlank()) {
      return;
    }
    switch (access) {
      case DenseRows _ ->
          columns.put(group.name(), new DenseColumns(sources, access.numbers(), Optional.empty()));
      case BitmaskRows bits ->
          columns.put(
              group.name(), new DenseColumns(sources, access.numbers(), Optional.of(bits.words())));
      case GeneratedRows _ -> {} // the validator refuses them
      case SparseRows rows -> {
        String name = group.name();
        var arrays =
            new Columns(
                table.add(name + "_columnSources", NumericType.INT32, targets, Rows.RAGGED),
                table.add(name + "_columnPositions", NumericType.INT32, targets, Rows.RAGGED),
                table.add(name + "_columnLengths", NumericType.INT32, 1, targets));
        columns.put(name, new SparseColumns(arrays, rows.numbers()));
      }
    }
  }

  ColumnAccess columns(String group) {
    return columns.get(group);
  }

  RowAccess rows(String group) {
    return rows.get(group);
  }

  /// Notes a variable of the group's synapses.
  void addValues(String group, Rows array) {
    if (rows.get(group) instanceof SparseRows) {
      values.get(group).add(table.indexOf(array));
    }
  }

  /// Arrays of the variables of a sparse group's synapses.
  List<Rows> values(String group) {
    return values.get(group).stream().map(table.arrays()::get).toList();
  }

  private Optional<SparseGroup.Remap> remap(String group) {
    return columns.get(group) instanceof SparseColumns(Columns arrays, _)
        ? Optional.of(
            new SparseGroup.Remap(
                table.indexOf(arrays.sources()),
                table.indexOf(arrays.positions()),
                table.indexOf(arrays.lengths())))
        : Optional.empty();
  }

  private int index(Optional<Rows> rows) {
    return rows.map(table::indexOf).orElse(-1);
  }

  Map<String, SparseGroup> sparseGroups() {
    var groups = new LinkedHashMap<String, SparseGroup>();
    rows.forEach(
        (name, access) -> {
          if (lists(access).isPresent()) {
            SparseRows sparse = lists(access).get();
            String owner = owners.getOrDefault(name, name);
            groups.put(
                name,
                new SparseGroup(
                    table.indexOf(sparse.indices()),
                    table.indexOf(sparse.lengths()),
                    sparse.capacity(),
                    expectedSynapses.get(owner),
                    values.get(owner),
                    index(sparse.kernelIds()),
                    index(sparse.columns()),
                    index(sparse.columnLengths()),
                    columnCapacities.getOrDefault(owner, 0),
                    access instanceof SparseRows ? index(sparse.partStarts()) : -1,
                    index(sparse.order()),
                    remap(name),
                    access instanceof BitmaskRows bits ? table.indexOf(bits.words()) : -1));
          }
        });
    return groups;
  }
}
