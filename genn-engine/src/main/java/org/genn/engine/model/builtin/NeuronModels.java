package org.genn.engine.model.builtin;

import java.util.List;
import java.util.Set;
import org.genn.engine.model.ModelParameter;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;

/// The built-in neuron models. Potentials in (mV), times in (ms), with the usual units of each
/// model.
public final class NeuronModels {

  /// Two-dimensional map whose first variable imitates spikes and plateaus; one iteration per step,
  /// meant for a `dt` of 0.5 ms.
  ///
  /// Parameters `Vspike`, `alpha`, `y`, `beta`; variables `V` and its value before, `preV`.
  ///
  /// @see <a href="https://doi.org/10.1103/PhysRevE.65.041922">Rulkov (2002)</a>
  public static final NeuronModel RULKOV_MAP =
      new NeuronModel("RulkovMap")
          .parameter("Vspike")
          .parameter("alpha")
          .parameter("y")
          .parameter("beta")
          .derivedParameter("ip0", (p, _) -> p.get("Vspike") * p.get("Vspike") * p.get("alpha"))
          .derivedParameter("ip1", (p, _) -> p.get("Vspike") * p.get("y"))
          .derivedParameter(
              "ip2", (p, _) -> p.get("Vspike") * p.get("alpha") + p.get("Vspike") * p.get("y"))
          .variable("V")
          .variable("preV")
          .simCode(
              """
              const scalar last = preV;
              preV = V;
              if (V <= 0.0) {
                V = (ip0 / ((Vspike - V) - (beta * Isyn))) + ip1;
              } else if ((V < ip2) && (last <= 0.0)) {
                V = ip2;
              } else {
                V = -Vspike;
              }
              """)
          .thresholdCondition("V >= ip2");

  /// Quadratic integrate-and-fire neuron with adaptation. Parameters `a`, `b`, `c` (mV), `d`;
  /// variables `V` (mV), `U`.
  ///
  /// @see <a href="https://doi.org/10.1109/TNN.2003.820440">Izhikevich (2003)</a>
  public static final NeuronModel IZHIKEVICH =
      izhikevich(
          new NeuronModel("Izhikevich")
              .parameter("a")
              .parameter("b")
              .parameter("c")
              .parameter("d")
              .variable("V")
              .variable("U"));

  /// The same with `a`, `b`, `c`, `d` given for each neuron.
  public static final NeuronModel IZHIKEVICH_VARIABLE =
      izhikevich(
          new NeuronModel("IzhikevichVariable")
              .variable("V")
              .variable("U")
              .variable(new Variable("a", "scalar", VarAccess.READ_ONLY))
              .variable(new Variable("b", "scalar", VarAccess.READ_ONLY))
              .variable(new Variable("c", "scalar", VarAccess.READ_ONLY))
              .variable(new Variable("d", "scalar", VarAccess.READ_ONLY)));

  /// Leaky integrate-and-fire neuron, exact between steps for a constant input: `TauM · dV/dt =
  /// Vrest - V + TauM / C · (Isyn + Ioffset)`; spikes at `V ≥ Vthresh` and then stays silent for
  /// `TauRefrac`.
  ///
  /// Parameters `C` (nF), `TauM`, `TauRefrac` (ms), `Vrest`, `Vreset`, `Vthresh` (mV), `Ioffset`
  /// (nA); variables `V` (mV) and the rest of the refractory time, `RefracTime` (ms).
  public static final NeuronModel LIF =
      new NeuronModel("LIF")
          .parameter("C")
          .parameter("TauM")
          .parameter("Vrest")
          .parameter("Vreset")
          .parameter("Vthresh")
          .parameter("Ioffset")
          .parameter("TauRefrac")
          .derivedParameter("ExpTC", (p, dt) -> Math.exp(-dt / p.get("TauM")))
          .derivedParameter("Rmembrane", (p, _) -> p.get("TauM") / p.get("C"))
          .variable("V")
          .variable("RefracTime")
          .simCode(
              """
              if (RefracTime <= 0.0) {
                const scalar steady = ((Isyn + Ioffset) * Rmembrane) + Vrest;
                V = steady - (ExpTC * (steady - V));
              } else {
                RefracTime -= dt;
              }
              """)
          .thresholdCondition("RefracTime <= 0.0 && V >= Vthresh")
          .resetCode(
              """
              V = Vreset;
              RefracTime = TauRefrac;
              """);

  /// Spikes at given times. The extra global parameter `spikeTimes` (ms) holds the times of all
  /// neurons one after the other, each neuron's in ascending order: its own are from `startSpike`
  /// (inclusive) to `endSpike` (exclusive). At most one spike per step: late ones follow step by
  /// step.
  public static final NeuronModel SPIKE_SOURCE_ARRAY =
      new NeuronModel("SpikeSourceArray")
          .variable(new Variable("startSpike", "unsigned int", VarAccess.READ_WRITE))
          .variable(new Variable("endSpike", "unsigned int", VarAccess.READ_ONLY_DUPLICATE))
          .extraGlobalParameter("spikeTimes", "scalar*")
          .thresholdCondition("startSpike != endSpike && t >= spikeTimes[startSpike]")
          .resetCode("startSpike++;");

  /// Poisson process of the given `rate` (Hz), at most one spike per step. Variable
  /// `timeStepToSpike`: steps until the next spike.
  public static final NeuronModel POISSON = poisson("Poisson");

  /// Hodgkin-Huxley neuron with the kinetics of hippocampal pyramidal cells, integrated by 25 Euler
  /// steps per timestep. Reports a spike in every step in which `V ≥ 0`.
  ///
  /// Parameters `gNa`, `gK`, `gl` (µS), `ENa`, `EK`, `El` (mV), `C` (nF); variables `V` (mV), `m`,
  /// `h`, `n`.
  ///
  /// @see <a href="https://doi.org/10.1017/CBO9780511895401">Traub and Miles (1991)</a>
  public static final NeuronModel TRAUB_MILES = traubMiles("TraubMiles", "25u");

  /// `TRAUB_MILES` by the names of GeNN 4's variants that only treat the voltages differently at
  /// which a rate is 0 / 0: here all of them take the limits there.
  public static final NeuronModel TRAUB_MILES_FAST = traubMiles("TraubMilesFast", "25u");

  public static final NeuronModel TRAUB_MILES_ALT = traubMiles("TraubMilesAlt", "25u");

  /// `TRAUB_MILES` with `ntimes` Euler steps per timestep (GeNN 4).
  public static final NeuronModel TRAUB_MILES_N_STEP =
      withType(traubMiles("TraubMilesNStep", "ntimes"), "ntimes", "unsigned int");

  /// Never spikes by itself: the host says which neurons do, before each step (GeNN 4).
  public static final NeuronModel SPIKE_SOURCE =
      new NeuronModel("SpikeSource").thresholdCondition("false");

  private static final Catalogue<NeuronModel> ALL =
      Catalogue.of(
          "neuron model",
          List.of(
              RULKOV_MAP,
              IZHIKEVICH,
              IZHIKEVICH_VARIABLE,
              LIF,
              SPIKE_SOURCE_ARRAY,
              POISSON,
              poisson("PoissonNew"),
              TRAUB_MILES,
              TRAUB_MILES_FAST,
              TRAUB_MILES_ALT,
              TRAUB_MILES_N_STEP,
              SPIKE_SOURCE),
          NeuronModel::name);

  private NeuronModels() {}

  /// The model that GeNN calls `name`.
  ///
  /// @throws IllegalArgumentException when there is none
  public static NeuronModel named(String name) {
    return ALL.get(name);
  }

  public static Set<String> names() {
    return ALL.entries().keySet();
  }

  private static NeuronModel izhikevich(NeuronModel declared) {
    return declared
        .simCode(
            """
            if (V >= 30.0) {
              V = c;
              U += d;
            }
            V += 0.5 * ((0.04 * V * V) + (5.0 * V) + 140.0 - U + Isyn) * dt;
            V += 0.5 * ((0.04 * V * V) + (5.0 * V) + 140.0 - U + Isyn) * dt;
            U += a * ((b * V) - U) * dt;
            if (V > 30.0) {
              V = 30.0;
            }
            """)
        .thresholdCondition("V >= 29.99");
  }

  /// GeNN 4 has it as `PoissonNew`.
  private static NeuronModel poisson(String name) {
    return new NeuronModel(name)
        .parameter("rate")
        .derivedParameter("isi", (p, dt) -> 1000.0 / (p.get("rate") * dt))
        .variable("timeStepToSpike")
        .simCode(
            """
            if (timeStepToSpike <= 0.0) {
              timeStepToSpike += isi * gennrand_exponential();
            }
            timeStepToSpike -= 1.0;
            """)
        .thresholdCondition("timeStepToSpike <= 0.0");
  }

  private static NeuronModel withType(NeuronModel model, String parameter, String type) {
    return model.declarations(model.declarations().parameter(new ModelParameter(parameter, type)));
  }

  /// @param steps Euler steps per timestep, as an expression
  private static NeuronModel traubMiles(String name, String steps) {
    return new NeuronModel(name)
        .parameter("gNa")
        .parameter("ENa")
        .parameter("gK")
        .parameter("EK")
        .parameter("gl")
        .parameter("El")
        .parameter("C")
        .variable("V")
        .variable("m")
        .variable("h")
        .variable("n")
        .simCode(
            """
            const scalar mdt = dt / ((scalar) STEPS);
            for (unsigned int i = 0; i < STEPS; i++) {
              const scalar Imem =
                  -((m * m * m * h * gNa * (V - ENa)) + (n * n * n * n * gK * (V - EK))
                    + (gl * (V - El)) - Isyn);
              scalar open;
              scalar close;
              if (V == -52.0) {
                open = 1.28;
              } else {
                open = 0.32 * (-52.0 - V) / (exp((-52.0 - V) / 4.0) - 1.0);
              }
              if (V == -25.0) {
                close = 1.4;
              } else {
                close = 0.28 * (V + 25.0) / (exp((V + 25.0) / 5.0) - 1.0);
              }
              m += ((open * (1.0 - m)) - (close * m)) * mdt;
              open = 0.128 * exp((-48.0 - V) / 18.0);
              close = 4.0 / (exp((-25.0 - V) / 5.0) + 1.0);
              h += ((open * (1.0 - h)) - (close * h)) * mdt;
              if (V == -50.0) {
                open = 0.16;
              } else {
                open = 0.032 * (-50.0 - V) / (exp((-50.0 - V) / 5.0) - 1.0);
              }
              close = 0.5 * exp((-55.0 - V) / 40.0);
              n += ((open * (1.0 - n)) - (close * n)) * mdt;
              V += (Imem / C) * mdt;
            }
            """
                .replace("STEPS", steps))
        .thresholdCondition("V >= 0.0");
  }
}
