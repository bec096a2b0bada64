package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.Precision;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.snippet.NumericType;
import org.genn.feature.Feature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `timepoint` has a precision of its own.
class TimePrecisionTest {
  /// The first step that a `float` can't count.
  private static final long LATE = (1L << 24) + 1;

  private static double rounded(double time, Precision precision) {
    return precision == Precision.FLOAT ? (float) time : time;
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  @Feature({"M01", "L13"})
  void timesAreAsExactAsTheySay(Precision time) {
    Precision scalar = time == Precision.FLOAT ? Precision.DOUBLE : Precision.FLOAT;
    var neuron = new NeuronModel("Clock").thresholdCondition("true");
    var declared =
        neuron
            .declarations(
                neuron
                    .declarations()
                    .variable(new Variable("now", "double", VarAccess.READ_WRITE))
                    .variable(new Variable("last", "timepoint", VarAccess.READ_WRITE))
                    .variable(new Variable("x", "scalar", VarAccess.READ_WRITE)))
            .simCode("now = t; last = st; x = 0.1;");
    var synapse =
        new WeightUpdateModel("Times")
            .preSpikeSynCode("w = st_pre; e = set_pre;")
            .preEvent("t >= 0.0", "e = set_pre + 0.0 * prev_set_pre;");
    synapse =
        synapse.declarations(
            synapse
                .declarations()
                .variable(new Variable("w", "double", VarAccess.READ_WRITE))
                .variable(new Variable("e", "timepoint", VarAccess.READ_WRITE)));
    var spec =
        new ModelSpec("times", 1, 2, 1)
            .precision(scalar)
            .timePrecision(time)
            .neuronGroup(new NeuronGroup("n", 3, declared, Bindings.NONE))
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.Dense(),
                    "n",
                    "n",
                    new WeightUpdate(synapse, Bindings.NONE),
                    new Postsynapse(Models.DELTA, Bindings.NONE)));
    try (var simulation = Simulation.open(spec, Models.settings())) {
      simulation.setTimestep(LATE);
      simulation.stepTime();
      var now = simulation.variable(VariableReference.neuron("n", "now"));
      assertEquals(rounded(LATE, time), now.getDouble(1, 2));
      assertEquals(
          time == Precision.FLOAT ? -Float.MAX_VALUE : -Double.MAX_VALUE,
          simulation.variable(VariableReference.neuron("n", "last")).getDouble(1, 2));
      simulation.stepTime();
      assertEquals(rounded(LATE + 1, time), now.getDouble(1, 2));
      assertEquals(
          rounded(LATE, time),
          simulation.variable(VariableReference.neuron("n", "last")).getDouble(1, 2));
      var w = simulation.variable(VariableReference.synapse("s", "w"));
      assertEquals(rounded(rounded(LATE, time) + 1, time), w.getDouble(1, 8));
      var times = simulation.variable(VariableReference.spikeTime("n"));
      assertEquals(time == Precision.FLOAT ? NumericType.FLOAT : NumericType.DOUBLE, times.type());
      assertEquals(
          rounded(0.1, scalar),
          simulation.variable(VariableReference.neuron("n", "x")).getDouble(0, 0));
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  @Feature("M01")
  void theFacadeTakesIt(Precision time) {
    try (var model = new GeNNModel(Precision.FLOAT, "m", "auto", time)) {
      model.setPreferences(Models.settings().threads(1));
      var neuron = new NeuronModel("Clock");
      var clock =
          neuron
              .declarations(
                  neuron
                      .declarations()
                      .variable(new Variable("now", "timepoint", VarAccess.READ_WRITE)))
              .simCode("now = t;");
      var neurons = model.addNeuronPopulation("n", 1, clock, Map.of(), Map.of("now", 0));
      model.build();
      model.load();
      model.setTimestep(LATE);
      model.setTimestep(2 * LATE);
      model.stepTime();
      assertEquals(
          rounded(LATE, time), neurons.vars().get("now").view().getDouble(0, 0), "dt is 0.5");
    }
  }
}
