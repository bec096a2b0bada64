package org.genn.engine.runtime;

import java.util.Arrays;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.Partition;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.SparseGroup;

/// Tells the parts of a divided model which synapses of a source are theirs. Belongs to one thread.
final class PartStarts {
  private final Memory memory;
  private final SparseGroup group;
  private final Partition partition;
  private final int targets;
  private final RowOrder order = new RowOrder();
  private final int[] row;
  private final int[] places;

  /// @param group of a divided model
  /// @param targets neurons that the group leads to
  PartStarts(Program program, Memory memory, SparseGroup group, int targets) {
    this.memory = memory;
    this.group = group;
    this.targets = targets;
    partition = new Partition(program.arrays().get(group.partStarts()).count() - 1);
    row = new int[group.capacity()];
    places = new int[group.order() < 0 ? 0 : group.capacity()];
  }

  /// Must be called whenever the row of a source has changed, and where rows have an order beside
  /// them, after that row has got as much room.
  void set(int source) {
    int length = (int) memory.getLong(group.lengths(), 0, source);
    memory.readIntegers(group.indices(), source, 0, row, 0, length);
    if (group.order() >= 0) {
      order.sort(row, length);
      order.places(places, length);
      memory.writeIntegers(group.order(), source, 0, places, 0, length);
    }
    int parts = partition.parts();
    memory.setLong(group.partStarts(), 0, source, 0);
    memory.setLong(group.partStarts(), parts, source, length);
    for (int part = 1; part < parts; part++) {
      int start = position(length, partition.bound(targets, part));
      memory.setLong(group.partStarts(), part, source, start);
    }
  }

  /// The first place among ascending targets with that target or a later one.
  private int position(int length, int target) {
    int found = Arrays.binarySearch(row, 0, length, target);
    if (found < 0) {
      return -found - 1;
    }
    while (found > 0 && row[found - 1] == target) {
      found--; // the same target more than once
    }
    return found;
  }
}
