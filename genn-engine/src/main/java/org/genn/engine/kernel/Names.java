package org.genn.engine.kernel;

import java.util.HashSet;
import java.util.Set;

/// The names taken in one function, or by the functions of a program; gives out new ones.
final class Names {
  private final Set<String> taken = new HashSet<>();

  /// `wanted` itself, or with the first number appended that makes it new.
  String fresh(String wanted) {
    String name = wanted;
    for (int number = 2; !taken.add(name); number++) {
      name = wanted + "_" + number;
    }
    return name;
  }

  /// Gives back a name that is not used after all.
  void release(String name) {
    taken.remove(name);
  }
}
