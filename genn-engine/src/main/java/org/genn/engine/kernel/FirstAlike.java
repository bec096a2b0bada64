package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import org.genn.engine.model.SynapseGroup;

/// Of synapse groups that are the same in some way, the first, which does for all what they have in
/// common.
final class FirstAlike {
  private final Map<String, SynapseGroup> owners = new HashMap<>();

  /// @param candidates in the order of the model
  /// @param neurons that those must share which can be the same
  /// @param isSame whether a group is the same as one before it
  FirstAlike(
      Stream<SynapseGroup> candidates,
      Function<SynapseGroup, String> neurons,
      BiPredicate<SynapseGroup, SynapseGroup> isSame) {
    var different = new HashMap<String, List<SynapseGroup>>();
    candidates.forEach(
        group -> {
          var others = different.computeIfAbsent(neurons.apply(group), _ -> new ArrayList<>());
          others.stream()
              .filter(other -> isSame.test(group, other))
              .findFirst()
              .ifPresentOrElse(owner -> owners.put(group.name(), owner), () -> others.add(group));
        });
  }

  /// The group itself, or one that comes before.
  SynapseGroup of(SynapseGroup group) {
    return owners.getOrDefault(group.name(), group);
  }
}
