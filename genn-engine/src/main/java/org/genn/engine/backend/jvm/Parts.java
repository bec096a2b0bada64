package org.genn.engine.backend.jvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.backend.Routine;
import org.genn.engine.backend.RoutineNames;
import org.genn.engine.backend.form.Weight;
import org.genn.engine.kernel.Op;
import org.genn.engine.snippet.Expr;

/// Splits routines that are too long for HotSpot, which does not compile methods of more than 8000
/// bytes (a loop in one runs 16 times as long, measured).
///
/// A part is a run of operations whose declarations nobody needs afterwards and which change no
/// scalar from outside; it becomes a method with what it uses as parameters.
final class Parts {
  /// About 4000 bytes.
  static final int LARGEST = 1300;

  private static final int MOST_PARAMETERS = 120;

  private final Set<String> names;
  private final Set<String> pointers;
  private final String prefix;
  private final List<Routine> parts = new ArrayList<>();

  private Parts(Routine routine, Set<String> names) {
    this.names = names;
    prefix = routine.name() + "_part";
    pointers = RoutineNames.of(routine.body()).pointers();
  }

  /// The routine, and after it its parts.
  ///
  /// @param names names of methods that are taken; those of the parts are added
  static List<Routine> split(Routine routine, Set<String> names) {
    if (Weight.of(routine.body()) <= LARGEST) {
      return List.of(routine);
    }
    var parts = new Parts(routine, names);
    List<Op> body = parts.shrunk(routine.body());
    var all = new ArrayList<Routine>();
    all.add(routine.body(body));
    all.addAll(parts.parts);
    return all;
  }

  private List<Op> shrunk(List<Op> ops) {
    if (Weight.of(ops) <= LARGEST) {
      return ops;
    }
    List<Op> small = ops.stream().map(this::shrunk).toList();
    var lastUses = new HashMap<String, Integer>();
    for (int place = 0; place < small.size(); place++) {
      for (String name : RoutineNames.all(small.subList(place, place + 1))) {
        lastUses.put(name, place);
      }
    }
    var result = new ArrayList<Op>();
    int begin = 0;
    while (begin < small.size()) {
      int end = partEnd(small, begin, lastUses);
      if (end - begin < 2) {
        result.add(small.get(begin));
        begin++;
      } else {
        result.add(part(small.subList(begin, end)));
        begin = end;
      }
    }
    return result;
  }

  private Op shrunk(Op op) {
    return switch (op) {
      case Op.Loop(var index, var begin, var end, var body) ->
          new Op.Loop(index, begin, end, shrunk(body));
      case Op.When(var condition, var body) -> new Op.When(condition, shrunk(body));
      case Op.Hoist _, Op.Do _, Op.Elements _, Op.Reduce _, Op.Reserve _, Op.Invoke _ -> op;
    };
  }

  /// End of the longest part that begins here.
  ///
  /// @param lastUses place of the last operation that uses or declares a name
  private int partEnd(List<Op> ops, int begin, Map<String, Integer> lastUses) {
    int best = begin;
    int weight = 0;
    for (int end = begin; end < ops.size(); ) {
      weight += Weight.of(ops.get(end));
      end++;
      if (weight > LARGEST) {
        break;
      }
      if (isPart(ops.subList(begin, end), end, lastUses)) {
        best = end;
      }
    }
    return best;
  }

  private boolean isPart(List<Op> part, int end, Map<String, Integer> lastUses) {
    var inside = RoutineNames.of(part);
    return inside.changed().isEmpty()
        && inside.free().size() <= MOST_PARAMETERS
        && inside.free().stream().noneMatch(name -> pointers.contains(name.name()))
        && RoutineNames.all(part).stream()
            .noneMatch(name -> inside.declares(name) && lastUses.get(name) >= end);
  }

  private Op part(List<Op> ops) {
    String name = prefix + (parts.size() + 1);
    while (!names.add(name)) {
      name += "_";
    }
    List<Expr.Name> parameters = RoutineNames.of(ops).free();
    parts.add(new Routine(name, "", parameters, Optional.empty(), ops, false));
    return new Op.Invoke(name, List.copyOf(parameters));
  }
}
