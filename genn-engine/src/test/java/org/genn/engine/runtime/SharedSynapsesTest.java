package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronEnd;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Groups that use the synapses of others.
class SharedSynapsesTest {
  private static final int SOURCES = 36;
  private static final int TARGETS = 32;
  private static final int STEPS = 20;

  private static final Postsynapse DELTA =
      new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE);

  /// Some neurons spike in each step, others in each example.
  private static final NeuronModel BUSY =
      new NeuronModel("Busy")
          .parameter("shift")
          .variable("x")
          .additionalInput("Back", 0)
          .simCode("x += Isyn + (100.0 * Back);")
          .thresholdCondition(
              "(id * 7 + (unsigned int)t * 5 + batch + (unsigned int)shift) % 9 < 2");

  private static NeuronGroup neurons(String name, int size, double shift) {
    return new NeuronGroup(name, size, BUSY, Bindings.NONE.parameter("shift", shift));
  }

  private static WeightUpdate pulse(InitialValue g) {
    return new WeightUpdate(WeightUpdateModels.STATIC_PULSE, Bindings.NONE.initialValue("g", g));
  }

  private static SynapseGroup owner(String kind) {
    InitialValue random = VariableInits.normal(0, 1);
    Connectivity connectivity =
        switch (kind) {
          case "dense" -> new Connectivity.Dense();
          case "dense procedural" -> new Connectivity.DenseProcedural();
          case "sparse" -> new Connectivity.Sparse(SparsePatterns.fixedProbability(0.3));
          case "columns" -> new Connectivity.Sparse(SparsePatterns.fixedNumberPre(5), true);
          case "pairs" ->
              Connectivity.Sparse.of(new int[] {5, 0, 5, 8, 35}, new int[] {1, 2, 0, 31, 31});
          case "bitmask" -> new Connectivity.Bitmask(SparsePatterns.fixedProbability(0.3));
          case "procedural" ->
              new Connectivity.Procedural(SparsePatterns.fixedProbabilityNoAutapse(0.3));
          default ->
              new Connectivity.Toeplitz(
                  ToeplitzPatterns.conv2d(
                      new int[] {3, 3}, new int[] {6, 6, 1}, new int[] {4, 4, 2}));
        };
    InitialValue weights =
        switch (kind) {
          case "pairs" -> InitialValue.of(new float[] {1, 2, 3, 4, 5});
          case "dense procedural" -> InitialValue.of(2);
          default -> random;
        };
    return new SynapseGroup("own", connectivity, "a", "b", pulse(weights), DELTA);
  }

  private static ModelSpec spec(int batch, SynapseGroup... groups) {
    var spec =
        new ModelSpec("shared", 1, batch, 5)
            .neuronGroup(neurons("a", SOURCES, 0))
            .neuronGroup(neurons("b", TARGETS, 1))
            .neuronGroup(neurons("c", SOURCES, 0))
            .neuronGroup(neurons("d", TARGETS, 1));
    for (SynapseGroup group : groups) {
      spec = spec.synapseGroup(group);
    }
    return spec;
  }

  private static float[] x(Simulation simulation, String group) {
    return simulation.variable(VariableReference.neuron(group, "x")).toArray();
  }

  private static double sizes(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += Math.abs(value);
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dense",
        "dense procedural",
        "sparse",
        "columns",
        "pairs",
        "bitmask",
        "procedural",
        "toeplitz"
      })
  @Feature("S38")
  void theyDoWhatTheirOwnerDoes(String kind) {
    var own = owner(kind);
    var shared = SynapseGroup.sharing("other", own, "c", "d", DELTA);
    for (int batch : new int[] {1, 3}) {
      long alone;
      try (var simulation = Simulation.open(spec(batch, own), Models.settings())) {
        for (int step = 0; step < STEPS; step++) {
          simulation.stepTime();
        }
        alone = simulation.memoryBytes();
        assertTrue(sizes(x(simulation, "b")) > 0);
        assertEquals(0, sizes(x(simulation, "d")));
      }
      try (var simulation = Simulation.open(spec(batch, own, shared), Models.settings())) {
        for (int step = 0; step < STEPS; step++) {
          simulation.stepTime();
        }
        assertTrue(sizes(x(simulation, "b")) > 0);
        assertArrayEquals(x(simulation, "b"), x(simulation, "d"));
        long input = 4L * batch * TARGETS;
        long scratch = 4L * 2 * SOURCES * simulation.slices(); // of rows that are made anew
        long grown = simulation.memoryBytes() - alone;
        assertTrue(grown <= input + scratch, grown + " bytes for a group that stores nothing");
      }
    }
  }

  @Test
  @Feature({"S38", "S21"})
  void theyHaveDelaysOfTheirOwn() {
    var own = owner("sparse");
    var shared = SynapseGroup.sharing("other", own, "c", "d", DELTA).axonalDelay(3);
    try (var simulation = Simulation.open(spec(2, own, shared), Models.settings())) {
      var before = new java.util.ArrayList<float[]>();
      for (int step = 0; step < STEPS; step++) {
        simulation.stepTime();
        before.add(x(simulation, "b"));
        float[] expected = step < 3 ? new float[2 * TARGETS] : before.get(step - 3);
        assertArrayEquals(expected, x(simulation, "d"), "step " + step);
      }
    }
  }

  /// Weights count the spikes of both sides, and traces are each group's own.
  private static final WeightUpdateModel LEARNING =
      new WeightUpdateModel("Learning")
          .parameter("up")
          .variable("g", VarAccess.READ_WRITE)
          .pre(
              NeuronEnd.NONE
                  .variable(new Variable("count", "scalar", VarAccess.READ_WRITE))
                  .spikeCode("count += 1.0;"))
          .preNeuronVariable("x")
          .preSpikeSynCode("g += up; addToPost(count + (x * 0.0)); addToPre(g);")
          .postSpikeSynCode("g += 1000.0;");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Feature({"S38", "S10"})
  void bothLearnTheSameWeights(boolean isSparse) {
    var connectivity =
        isSparse
            ? Connectivity.Sparse.of(new int[] {0, 0, 1, 2}, new int[] {1, 2, 1, 0})
            : new Connectivity.Dense();
    var update = new WeightUpdate(LEARNING, Bindings.NONE.dynamicParameter("up", 1));
    var own = new SynapseGroup("own", connectivity, "a", "b", update, DELTA);
    var shared = SynapseGroup.sharing("other", own, "c", "d", DELTA).preTargetVariable("Back");
    // one neuron of each side of each group, in another step than the others
    NeuronModel once =
        new NeuronModel("Once")
            .parameter("when")
            .variable("x")
            .additionalInput("Back", 0)
            .simCode("x += Back;")
            .thresholdCondition("t == when && id == 1");
    var spec = new ModelSpec("learning", 1, 2, 5);
    for (String name : new String[] {"a", "b", "c", "d"}) {
      var when = Bindings.NONE.parameter("when", name.charAt(0) - 'a');
      spec = spec.neuronGroup(new NeuronGroup(name, 3, once, when));
    }
    try (var simulation =
        Simulation.open(spec.synapseGroup(own).synapseGroup(shared), Models.settings())) {
      // dynamic parameters are shared as well, under both names
      simulation.dynamicParameter(VariableReference.synapse("other", "up")).set(4);
      for (int step = 0; step < 6; step++) {
        simulation.stepTime();
      }
      var owned = simulation.variable(VariableReference.synapse("own", "g"));
      var used = simulation.variable(VariableReference.synapse("other", "g"));
      // sources a and c have spiked: 4 each in row 1; targets b and d: 1000 each in column 1
      double[] expected =
          isSparse
              ? new double[] {2000, 0, 2008, 0}
              : new double[] {0, 2000, 0, 8, 2008, 8, 0, 2000, 0};
      assertArrayEquals(
          DoubleStream.concat(DoubleStream.of(expected), DoubleStream.of(expected)).toArray(),
          owned.toDoubles());
      assertArrayEquals(owned.toDoubles(), used.toDoubles());
      for (String group : new String[] {"own", "other"}) {
        assertArrayEquals(
            new double[] {0, 1, 0, 0, 1, 0},
            simulation.variable(VariableReference.weightUpdatePre(group, "count")).toDoubles());
      }
      // by then row 1 was 4 and 4, 1004, 4 for a; and twice that for c
      float back = isSparse ? 1008 : 1008 + 8 + 8;
      assertArrayEquals(new float[] {0, back, 0, 0, back, 0}, x(simulation, "c"));
      used.fill(3);
      assertEquals(3, owned.getDouble(1, 2));
    }
  }

  @Test
  @Feature("S38")
  void whatDoesNotFitIsRefused() {
    var own = owner("sparse");
    var small = SynapseGroup.sharing("small", own, "d", "d", DELTA);
    var unknown =
        new SynapseGroup(
            "unknown", new Connectivity.Shared("owm"), "c", "d", pulse(InitialValue.of(0)), DELTA);
    var second =
        SynapseGroup.sharing(
            "second", SynapseGroup.sharing("small", own, "c", "d", DELTA), "c", "d", DELTA);
    var weights =
        new SynapseGroup(
            "weights", new Connectivity.Shared("own"), "c", "d", pulse(InitialValue.of(1)), DELTA);
    var model =
        new SynapseGroup(
            "model",
            new Connectivity.Shared("own"),
            "c",
            "d",
            new WeightUpdate(
                WeightUpdateModels.STATIC_PULSE_CONSTANT_WEIGHT, Bindings.NONE.parameter("g", 1)),
            DELTA);
    var update =
        new CustomUpdate(
                "clear",
                "Clear",
                new CustomUpdateModel("Clear", "g = 0.0;").reference("g", VarAccessMode.READ_WRITE),
                Bindings.NONE)
            .reference("g", VariableReference.synapse("small", "g"));
    var problem =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Simulation.open(
                    spec(1, own, small, unknown, second, weights, model).customUpdate(update),
                    Models.settings()));
    assertEquals(
        """
        model 'shared' has 6 problems:
          - synapse group 'small': it shares the synapses of 'own', so its source 'd' must have 36 neurons like 'a', not 32
          - synapse group 'unknown': it shares synapses, but before it there is no synapse group 'owm'; available: [own, small]; did you mean 'own'?
          - synapse group 'second': it shares the synapses of 'small', which are those of 'own'; name that
          - synapse group 'weights': it shares the synapses of 'own', so parameters, extra global parameters and initial values must be the same
          - synapse group 'model': it shares the synapses of 'own' and so their model StaticPulse, but has StaticPulseConstantWeight
          - custom update 'clear': 'g' of synapse group 'small' belongs to synapse group 'own'; refer to it there\
        """,
        problem.getMessage());
  }
}
