package org.genn.engine.runtime;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;

/// Models with expressions of thousands of operations, which are bushy rather than high, and models
/// that need more parameters than a method of Java may have.
public final class LongExpressions {
  private LongExpressions() {}

  /// `rows` sums of `rows` terms each.
  ///
  /// @param term of two numbers
  private static String sum(int rows, String term) {
    return joined(rows, term, " + ");
  }

  private static String joined(int rows, String term, String operator) {
    return IntStream.range(0, rows)
        .mapToObj(
            row ->
                IntStream.range(0, rows)
                    .mapToObj(column -> term.formatted(row, column))
                    .collect(Collectors.joining(operator, "(", ")")))
        .collect(Collectors.joining(operator, "(", ")"));
  }

  /// Every place in which an expression may be, with values that depend on the order of evaluation.
  public static ModelSpec of(int rows) {
    String plain = sum(rows, "1e-4 * (V - %1$d.%2$d)");
    String drawn = sum(rows, "1e-4 * gennrand_uniform()");
    String changing = sum(rows, "(1e-5 * n++ + 1e-4 * (V = 0.5 * V + %1$d.%2$d * 1e-3))");
    String chosen =
        sum(rows, "(V * %2$d.0 > 0.1 * n++ ? 1e-4 * gennrand_uniform() : 2e-4 * (U += 1e-3))");
    String integers = sum(rows, "((n ^ %1$d) & %2$d)");
    String all = joined(rows, "(V < 1%1$d%2$d.0 && n++ > -%2$d)", " && ");
    String any = joined(rows, "(V > 1%1$d%2$d.0 || (n++ & 1023) == %2$d)", " || ");
    String code =
        """
        int n = (int) (8.0 * V);
        scalar first = PLAIN;
        scalar drawn = DRAWN;
        V += 0.01 * (first + drawn);
        U = V + (CHANGING) - V;
        U *= 1e-2 * (CHOSEN);
        V -= CHANGING;
        table[n++ & 3] += CHANGING;
        table[n & 3] = CHOSEN;
        V = V * 0.5 + (ALL ? (PLAIN) : (DRAWN));
        if (ANY) { V += 0.1; } else { V -= 0.1; }
        int round = 0;
        while (round < 3 && (CHOSEN) > -1e6) { round++; if (round == 2) { continue; } U += 0.01 * round; }
        do { round--; if (round == 1) { continue; } U -= 0.02 * round; } while (round > 0 && ALL);
        for (int k = (INTEGERS) & 1; k < 4 && (PLAIN) < 1e6; k += 1 + ((INTEGERS) & 1)) {
          if (k == 2) { continue; }
          V += 1e-3 * k;
        }
        switch ((INTEGERS) & 3) { case 0: V += 0.1; break; case 1: U += 0.1; default: V -= 0.1; }
        V = fmin(fmax(V + fmod(PLAIN, DRAWN) + table[n & 3], -2.0), 2.0);
        U = fmin(fmax(U, -2.0), 2.0);
        """
            .replace("PLAIN", plain)
            .replace("DRAWN", drawn)
            .replace("CHANGING", changing)
            .replace("CHOSEN", chosen)
            .replace("INTEGERS", integers)
            .replace("ALL", all)
            .replace("ANY", any);
    var model =
        new NeuronModel("Long")
            .variable("V")
            .variable("U")
            .extraGlobalParameter("table", "scalar*")
            .simCode(code)
            .thresholdCondition(joined(rows, "V < 1%1$d%2$d.0", " && ") + " && V > 0.0");
    return new ModelSpec("long", 1, 1, 5)
        .neuronGroup(
            new NeuronGroup(
                "n",
                5,
                model,
                Bindings.NONE
                    .initialValue("V", new InitialValue.Uniform(-1, 1))
                    .extraGlobalParameter("table", new float[4])));
  }

  /// Code that uses so many variables, arrays and dynamic parameters each.
  public static ModelSpec wide(int count) {
    var model = new NeuronModel("Wide").variable("V").variable("U");
    Bindings bindings = Bindings.NONE.initialValue("V", new InitialValue.Uniform(-1, 1));
    var code = new StringBuilder();
    for (int k = 0; k < count; k++) {
      model = model.variable("x" + k).parameter("p" + k).extraGlobalParameter("a" + k, "scalar*");
      bindings =
          bindings
              .dynamicParameter("p" + k, 1e-3 * k)
              .extraGlobalParameter("a" + k, new float[] {k});
      code.append("x%1$d += V + p%1$d + a%1$d[0];\nU += 1e-3 * x%1$d;\n".formatted(k));
    }
    return new ModelSpec("wide", 1, 1, 5)
        .neuronGroup(
            new NeuronGroup(
                "n",
                5,
                model
                    .simCode(code + "V = fmin(fmax(1e-3 * U, -2.0), 2.0);")
                    .thresholdCondition("V > 1.0")
                    .resetCode("V = 0.0;"),
                bindings));
  }
}
