package org.genn.engine.runtime;

/*
 * Each thread takes one block of consecutive lists and counts first how often each number occurs in it. These counts
 * summed up over the blocks say how long the new lists are, and summed up over the blocks before where each block's part
 * of a new list begins; so all blocks can be written at the same time. The order does not depend on the blocks.
 */

/// Turns lists of sources into lists of targets, or the reverse.
///
/// A new list is in the order of the old lists, and of the elements in each.
final class Transposition {
  private final Workers workers;
  private final int lists;
  private final int others;
  private final int[][] counts;
  private final int[] totals;

  /// Reads a list.
  interface Lists {
    /// The longest list.
    int longest();

    /// @param into where the numbers go
    /// @return how many there are
    int read(int list, int[] into, int worker);
  }

  /// Takes an element of a new list.
  interface Elements {
    /// @param position in the old list
    void set(int other, int at, int list, int position);
  }

  /// @param others how many new lists there are
  Transposition(Workers workers, int lists, int others) {
    this.workers = workers;
    this.lists = lists;
    this.others = others;
    counts = new int[Math.clamp(lists, 1, workers.threads())][others];
    totals = new int[others];
  }

  /// Lengths of the new lists.
  int[] count(Lists old) {
    forBlocks(
        old,
        (list, numbers, length, block) -> {
          int[] sums = counts[block];
          for (int k = 0; k < length; k++) {
            sums[numbers[k]]++;
          }
        });
    for (int other = 0; other < others; other++) {
      int sum = 0;
      for (int[] block : counts) {
        int count = block[other];
        block[other] = sum;
        sum += count;
      }
      totals[other] = sum;
    }
    return totals;
  }

  /// Writes the new lists, once they have been counted and there is room for them.
  void write(Lists old, Elements elements) {
    forBlocks(
        old,
        (list, numbers, length, block) -> {
          int[] ends = counts[block];
          for (int k = 0; k < length; k++) {
            elements.set(numbers[k], ends[numbers[k]]++, list, k);
          }
        });
  }

  private interface Block {
    void add(int list, int[] numbers, int length, int block);
  }

  private void forBlocks(Lists old, Block work) {
    if (lists == 0) {
      return;
    }
    int size = Math.ceilDiv(lists, counts.length);
    RowChunks.run(
        workers,
        lists,
        size,
        (begin, end, worker) -> {
          int[] numbers = new int[old.longest()];
          for (int list = begin; list < end; list++) {
            work.add(list, numbers, old.read(list, numbers, worker), begin / size);
          }
        });
  }
}
