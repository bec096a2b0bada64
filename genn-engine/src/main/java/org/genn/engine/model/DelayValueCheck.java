package org.genn.engine.model;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Checks delays that are given with the model against the ring that they are for: `d` of
/// `addToPostDelay(x, d)` and of `x[d]`, where it is a variable or a parameter of the synapses.
final class DelayValueCheck {
  private static final Pattern ADDED =
      Pattern.compile("addToPostDelay\\s*\\([^;]*,\\s*([A-Za-z_]\\w*)\\s*\\)\\s*;");
  private final Problems problems;

  DelayValueCheck(Problems problems) {
    this.problems = problems;
  }

  void check(String where, SynapseGroup group) {
    if (group.delays().maxDendritic().isEmpty()) {
      return;
    }
    int slots = group.delays().maxDendritic().getAsInt();
    WeightUpdateModel model = group.weightUpdate().model();
    for (String name : delays(model)) {
      double longest = longest(group.weightUpdate().bindings(), name);
      problems.addIf(
          longest >= slots && slots > 0,
          "%s: '%s' is a delay of %s timesteps, but the group's maximal dendritic delay of %s"
              + " leaves room for 0 to %s; set it to %s",
          where,
          name,
          (long) longest,
          slots,
          slots - 1,
          (long) longest + 1);
    }
  }

  private static Set<String> delays(WeightUpdateModel model) {
    var names = new LinkedHashSet<String>();
    for (String code : model.synapseCodes()) {
      Stream.concat(
              ADDED.matcher(code).results().map(found -> found.group(1)),
              model.delayableNames().stream()
                  .flatMap(
                      name ->
                          Pattern.compile("\\b" + name + "\\s*\\[\\s*([A-Za-z_]\\w*)\\s*\\]")
                              .matcher(code)
                              .results()
                              .map(found -> found.group(1))))
          .forEach(names::add);
    }
    return names;
  }

  private static double longest(Bindings bindings, String name) {
    if (bindings.parameters().containsKey(name)) {
      return bindings.parameters().get(name);
    }
    return switch (bindings.initialValues().get(name)) {
      case InitialValue.Constant(double value) -> value;
      case InitialValue.Values values -> {
        float longest = 0;
        for (int k = 0; k < values.length(); k++) {
          longest = Math.max(longest, values.get(k));
        }
        yield longest;
      }
      case null -> 0;
      case InitialValue.Normal _, InitialValue.Uniform _, InitialValue.Snippet _ -> 0;
    };
  }
}
