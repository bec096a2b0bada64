package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.SynapsePairs;
import org.genn.engine.snippet.NumericType;

/// Decides where the synapses of each group are.
final class SynapseLayout {
  private final ArrayTable table;
  private final Map<String, RowAccess> rows = new LinkedHashMap<>();
  private final Map<String, List<Integer>> values = new LinkedHashMap<>();

  SynapseLayout(ArrayTable table) {
    this.table = table;
  }

  RowAccess place(SynapseGroup group, int sources, int targets) {
    RowAccess access =
        switch (group.connectivity()) {
          case Connectivity.Dense _ -> new DenseRows(targets);
          case Connectivity.Sparse sparse -> sparse(group.name(), sparse, sources, targets);
        };
    rows.put(group.name(), access);
    return access;
  }

  private SparseRows sparse(String name, Connectivity.Sparse sparse, int sources, int targets) {
    NumericType type = sparse.narrowIndices() ? narrow(targets) : NumericType.INT32;
    Rows indices = table.add(name + "_targets", type, sources, Rows.RAGGED);
    Rows lengths = table.add(name + "_rowLengths", NumericType.INT32, 1, sources);
    values.put(name, new ArrayList<>());
    return new SparseRows(indices, lengths, capacity(sparse));
  }

  private static NumericType narrow(int targets) {
    return targets <= 1 << 8
        ? NumericType.UINT8
        : targets <= 1 << 16 ? NumericType.UINT16 : NumericType.INT32;
  }

  private static int capacity(Connectivity.Sparse sparse) {
    return switch (sparse.pattern()) {
      case SynapsePairs pairs -> pairs.longestRow();
    };
  }

  RowAccess rows(String group) {
    return rows.get(group);
  }

  /// Notes a variable of the group's synapses.
  void addValues(String group, Rows array) {
    if (values.containsKey(group)) {
      values.get(group).add(table.indexOf(array));
    }
  }

  Map<String, SparseGroup> sparseGroups() {
    var groups = new LinkedHashMap<String, SparseGroup>();
    rows.forEach(
        (name, access) -> {
          if (access instanceof SparseRows(Rows indices, Rows lengths, int capacity)) {
            groups.put(
                name,
                new SparseGroup(
                    table.indexOf(indices), table.indexOf(lengths), capacity, values.get(name)));
          }
        });
    return groups;
  }
}
