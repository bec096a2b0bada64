package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.genn.engine.snippet.NumericType;

/// Room in which a custom connectivity update changes one row of synapses after the other: a copy
/// with space for as many synapses as a source may have. The row itself is written at the end, when
/// its new length is known.
///
/// Row `r` of each array belongs to the call of the kernel whose first unit is `r`, so calls do not
/// share any, and only few have elements.
///
/// @param targets of the synapses
/// @param origin place of each synapse in the row before, or `ADDED`
/// @param values by array of a variable that the code uses or gives values to
/// @param buffers to move other variables in, by type
record WorkingRows(
    Rows targets, Rows origin, Map<Rows, Rows> values, Map<NumericType, Rows> buffers) {
  static final int ADDED = -1;

  /// @param used variables that the code uses or gives values to
  /// @param all variables of the synapses
  static WorkingRows of(
      ArrayTable table, String name, int sources, List<Rows> used, List<Rows> all) {
    var values = new LinkedHashMap<Rows, Rows>();
    for (Rows rows : used) {
      values.put(rows, ragged(table, name + "_working_" + rows.name(), rows.type(), sources));
    }
    var buffers = new LinkedHashMap<NumericType, Rows>();
    for (Rows rows : all) {
      buffers.computeIfAbsent(
          rows.type(),
          type ->
              ragged(
                  table,
                  name + "_buffer_" + type.name().toLowerCase(java.util.Locale.ROOT),
                  type,
                  sources));
    }
    return new WorkingRows(
        ragged(table, name + "_targets", NumericType.INT32, sources),
        ragged(table, name + "_origin", NumericType.INT32, sources),
        values,
        buffers);
  }

  private static Rows ragged(ArrayTable table, String name, NumericType type, int count) {
    return table.add(name, type, count, Rows.RAGGED);
  }

  List<Rows> all() {
    var all = new ArrayList<Rows>(List.of(targets, origin));
    all.addAll(values.values());
    all.addAll(buffers.values());
    return all;
  }
}
