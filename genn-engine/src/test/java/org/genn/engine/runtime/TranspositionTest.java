package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranspositionTest {
  /// What a new list holds: an old list and the position in it.
  private record From(int list, int position) {}

  private static int[][] lists(int lists, int others, int longest) {
    var random = new Random(5);
    int[][] all = new int[lists][];
    for (int list = 0; list < lists; list++) {
      all[list] = random.ints(random.nextInt(longest + 1), 0, others).toArray();
    }
    return all;
  }

  private static List<List<From>> expected(int[][] old, int others) {
    var expected = new ArrayList<List<From>>();
    for (int other = 0; other < others; other++) {
      expected.add(new ArrayList<>());
    }
    for (int list = 0; list < old.length; list++) {
      for (int k = 0; k < old[list].length; k++) {
        expected.get(old[list][k]).add(new From(list, k));
      }
    }
    return expected;
  }

  private static List<List<From>> transposed(int[][] old, int others, int longest, int threads) {
    var lists =
        new Transposition.Lists() {
          @Override
          public int longest() {
            return longest;
          }

          @Override
          public int read(int list, int[] into, int offset, int worker) {
            System.arraycopy(old[list], 0, into, offset, old[list].length);
            return old[list].length;
          }
        };
    try (var workers = new Workers(threads, "transposing")) {
      var transposition = new Transposition(workers, old.length, others);
      int[] lengths = transposition.count(lists);
      var found = new ArrayList<List<From>>();
      for (int other = 0; other < others; other++) {
        found.add(new ArrayList<>(Collections.nCopies(lengths[other], new From(-1, -1))));
      }
      transposition.write(
          lists,
          (other, at, from, positions, offset, length) -> {
            for (int k = 0; k < length; k++) {
              found.get(other).set(at + k, new From(from[offset + k], positions[offset + k]));
            }
          });
      return found;
    }
  }

  // The largest are more than what is put in order at once, with lists that are long or many.
  @ParameterizedTest
  @CsvSource({
    "0, 5, 3",
    "7, 1, 4",
    "40, 30, 0",
    "50, 60, 20",
    "900, 700, 400",
    "30, 20, 30000",
    "20000, 40000, 9"
  })
  void newListsAreInTheOrderOfTheOldForAnyNumberOfThreads(int count, int others, int longest) {
    int[][] old = lists(count, others, longest);
    List<List<From>> expected = expected(old, others);
    for (int threads = 1; threads <= 3; threads++) {
      assertEquals(expected, transposed(old, others, longest, threads), threads + " threads");
    }
  }
}
