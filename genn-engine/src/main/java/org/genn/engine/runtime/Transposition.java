package org.genn.engine.runtime;

import java.util.Arrays;

/*
 * Each thread takes one block of consecutive lists and counts first how often each number occurs in it. These counts
 * summed up over the blocks say how long the new lists are, and summed up over the blocks before where each block's part
 * of a new list begins; so all blocks can be written at the same time. The order does not depend on the blocks.
 *
 * Elements are not written one by one: some lists of a block are first put in the order of the new lists, aside, so that
 * what comes to the same new list is written at once.
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

    /// @param into where the numbers go, from `offset` on
    /// @return how many there are
    int read(int list, int[] into, int offset, int worker);
  }

  /// Takes consecutive elements of a new list.
  interface Elements {
    /// @param other the new list
    /// @param at place of the first in it
    /// @param lists the old lists that they come from, from `offset` on
    /// @param positions in these, from `offset` on
    /// @param length how many there are
    void set(int other, int at, int[] lists, int[] positions, int offset, int length);
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
        (begin, end, block, worker) -> {
          int[] sums = counts[block];
          int[] numbers = new int[old.longest()];
          for (int list = begin; list < end; list++) {
            int length = old.read(list, numbers, 0, worker);
            for (int k = 0; k < length; k++) {
              sums[numbers[k]]++;
            }
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
    int room = Math.max(old.longest(), Pile.room(totals));
    forBlocks(
        (begin, end, block, worker) -> {
          var pile = new Pile(room, counts[block], elements);
          for (int list = begin; list < end; list++) {
            if (pile.left() < old.longest()) {
              pile.write();
            }
            pile.add(list, old.read(list, pile.numbers, pile.size, worker));
          }
          pile.write();
        });
  }

  private interface Block {
    void run(int begin, int end, int block, int worker);
  }

  private void forBlocks(Block work) {
    if (lists > 0) {
      int size = Math.ceilDiv(lists, counts.length);
      RowChunks.run(
          workers, lists, size, (begin, end, worker) -> work.run(begin, end, begin / size, worker));
    }
  }

  /// Elements of some old lists, to be put in the order of the new ones and written.
  private static final class Pile {
    private static final int LEAST = 1 << 16;
    private static final int MOST = 1 << 22;

    /// Elements that a new list should get at once.
    private static final int TOGETHER = 4;

    private final Elements elements;

    /// Place of the next element of each new list.
    private final int[] next;

    private final int[] starts;
    private final int[] numbers;
    private final int[] fromLists;
    private final int[] fromPositions;
    private final int[] sortedLists;
    private final int[] sortedPositions;
    private int size;

    Pile(int room, int[] next, Elements elements) {
      this.next = next;
      this.elements = elements;
      starts = new int[next.length + 1];
      numbers = new int[room];
      fromLists = new int[room];
      fromPositions = new int[room];
      sortedLists = new int[room];
      sortedPositions = new int[room];
    }

    /// Room for all elements, but not for more than are written well at once.
    static int room(int[] totals) {
      int most = Math.clamp((long) TOGETHER * totals.length, LEAST, MOST);
      long sum = 0;
      for (int total : totals) {
        sum += total;
      }
      return (int) Math.min(sum, most);
    }

    int left() {
      return numbers.length - size;
    }

    /// Takes the numbers of a list, which are there already.
    void add(int list, int length) {
      for (int k = 0; k < length; k++) {
        fromLists[size + k] = list;
        fromPositions[size + k] = k;
      }
      size += length;
    }

    void write() {
      Arrays.fill(starts, 0);
      for (int k = 0; k < size; k++) {
        starts[numbers[k] + 1]++;
      }
      for (int other = 0; other < next.length; other++) {
        starts[other + 1] += starts[other];
      }
      for (int k = 0; k < size; k++) {
        int at = starts[numbers[k]]++;
        sortedLists[at] = fromLists[k];
        sortedPositions[at] = fromPositions[k];
      }
      int offset = 0;
      for (int other = 0; other < next.length; other++) {
        int length = starts[other] - offset; // each start has become the end
        if (length > 0) {
          elements.set(other, next[other], sortedLists, sortedPositions, offset, length);
          next[other] += length;
          offset += length;
        }
      }
      size = 0;
    }
  }
}
