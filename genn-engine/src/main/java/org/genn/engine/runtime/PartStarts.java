package org.genn.engine.runtime;

import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.Partition;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.SparseGroup;

/// Tells the parts of a divided model where their targets begin in the rows of a sparse group.
final class PartStarts {
  private final Program program;
  private final Memory memory;

  PartStarts(Program program, Memory memory) {
    this.program = program;
    this.memory = memory;
  }

  /// Must be called whenever rows have changed; these must be ascending.
  void set(SparseGroup group, int targets) {
    if (group.partStarts() < 0) {
      return;
    }
    int parts = program.arrays().get(group.partStarts()).count() - 1;
    var partition = new Partition(parts);
    int sources = program.arrays().get(group.indices()).count();
    for (int source = 0; source < sources; source++) {
      int length = (int) memory.getLong(group.lengths(), 0, source);
      memory.setLong(group.partStarts(), 0, source, 0);
      memory.setLong(group.partStarts(), parts, source, length);
      for (int part = 1; part < parts; part++) {
        int start = position(group, source, length, partition.bound(targets, part));
        memory.setLong(group.partStarts(), part, source, start);
      }
    }
  }

  /// The first place in a row with that target or a later one.
  private int position(SparseGroup group, int source, int length, int target) {
    int low = 0;
    int high = length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (memory.getLong(group.indices(), source, middle) < target) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
