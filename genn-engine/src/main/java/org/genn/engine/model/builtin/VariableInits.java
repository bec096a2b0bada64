package org.genn.engine.model.builtin;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.VariableInit;

/// The built-in initial values that code computes.
public final class VariableInits {
  /// Leaves values at 0, for the host to set.
  private static final VariableInit UNINITIALISED = new VariableInit("Uninitialised", "");

  private static final VariableInit CONSTANT =
      new VariableInit("Constant", "value = constant;").parameter("constant");

  private static final VariableInit UNIFORM =
      new VariableInit("Uniform", "value = min + (gennrand_uniform() * (max - min));")
          .parameter("min")
          .parameter("max");

  private static final VariableInit NORMAL =
      new VariableInit("Normal", "value = mean + (gennrand_normal() * sd);")
          .parameter("mean")
          .parameter("sd");

  private static final VariableInit NORMAL_CLIPPED =
      clipped(
          new VariableInit(
              "NormalClipped",
              """
              scalar normal;
              do {
                normal = mean + (gennrand_normal() * sd);
              } while (normal > max || normal < min);
              value = normal;
              """));

  private static final VariableInit NORMAL_CLIPPED_DELAY =
      clipped(
              new VariableInit(
                  "NormalClippedDelay",
                  """
                  scalar normal;
                  do {
                    normal = meanTimestep + (gennrand_normal() * sdTimestep);
                  } while (normal > maxTimestep || normal < minTimestep);
                  value = rint(normal);
                  """))
          .derivedParameter("meanTimestep", inTimesteps("mean"))
          .derivedParameter("sdTimestep", inTimesteps("sd"))
          .derivedParameter("minTimestep", inTimesteps("min"))
          .derivedParameter("maxTimestep", inTimesteps("max"));

  private static final VariableInit EXPONENTIAL =
      new VariableInit("Exponential", "value = lambda * gennrand_exponential();")
          .parameter("lambda");

  private static final VariableInit GAMMA =
      new VariableInit("Gamma", "value = b * gennrand_gamma(a);").parameter("a").parameter("b");

  private static final VariableInit BINOMIAL =
      new VariableInit("Binomial", "value = gennrand_binomial(n, p);")
          .parameter("n", "unsigned int")
          .parameter("p");

  /// The array of `KERNEL`.
  public static final String VALUES = "kernel";

  /// Values from a kernel, by the place in it that connections give each synapse.
  public static final VariableInit KERNEL =
      new VariableInit("Kernel", "value = kernel[id_kernel];")
          .extraGlobalParameter(VALUES, "scalar");

  private static final Catalogue<VariableInit> ALL =
      Catalogue.of(
          "variable initialiser",
          List.of(
              UNINITIALISED,
              CONSTANT,
              UNIFORM,
              NORMAL,
              NORMAL_CLIPPED,
              NORMAL_CLIPPED_DELAY,
              EXPONENTIAL,
              GAMMA,
              BINOMIAL,
              KERNEL),
          VariableInit::name);

  private VariableInits() {}

  /// What GeNN calls `name`, for parameters of one's own.
  ///
  /// @throws IllegalArgumentException when there is none
  public static VariableInit named(String name) {
    return ALL.get(name);
  }

  public static Set<String> names() {
    return ALL.entries().keySet();
  }

  /// Uniform from `min` to `max`, by code.
  public static InitialValue uniform(double min, double max) {
    return new InitialValue.Snippet(
        UNIFORM, Bindings.NONE.parameter("min", min).parameter("max", max));
  }

  /// Normal, by code.
  public static InitialValue normal(double mean, double deviation) {
    return new InitialValue.Snippet(
        NORMAL, Bindings.NONE.parameter("mean", mean).parameter("sd", deviation));
  }

  /// Normal; values outside of `min` to `max` are drawn again.
  public static InitialValue normalClipped(double mean, double deviation, double min, double max) {
    return clipped(NORMAL_CLIPPED, mean, deviation, min, max);
  }

  /// Normal in (ms), clipped like `normalClipped`, and rounded to timesteps.
  public static InitialValue normalClippedDelay(
      double mean, double deviation, double min, double max) {
    return clipped(NORMAL_CLIPPED_DELAY, mean, deviation, min, max);
  }

  /// Exponential with mean `lambda`.
  public static InitialValue exponential(double lambda) {
    return new InitialValue.Snippet(EXPONENTIAL, Bindings.NONE.parameter("lambda", lambda));
  }

  /// Gamma with shape `a` and scale `b`.
  public static InitialValue gamma(double a, double b) {
    return new InitialValue.Snippet(GAMMA, Bindings.NONE.parameter("a", a).parameter("b", b));
  }

  /// Successes among `n` trials.
  public static InitialValue binomial(int n, double p) {
    return new InitialValue.Snippet(BINOMIAL, Bindings.NONE.parameter("n", n).parameter("p", p));
  }

  /// The element of the kernel that the connectivity assigns to the synapse.
  ///
  /// @param kernel in row-major order
  public static InitialValue kernel(float[] kernel) {
    return new InitialValue.Snippet(KERNEL, Bindings.NONE.extraGlobalParameter(VALUES, kernel));
  }

  private static VariableInit clipped(VariableInit init) {
    return init.parameter("mean").parameter("sd").parameter("min").parameter("max");
  }

  private static InitialValue clipped(
      VariableInit init, double mean, double deviation, double min, double max) {
    return new InitialValue.Snippet(
        init,
        Bindings.NONE
            .parameter("mean", mean)
            .parameter("sd", deviation)
            .parameter("min", min)
            .parameter("max", max));
  }

  private static org.genn.engine.model.DerivedParameter.Function inTimesteps(String parameter) {
    return (Map<String, Double> parameters, double dt) -> parameters.get(parameter) / dt;
  }
}
