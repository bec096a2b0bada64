package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.genn.engine.model.VariableReference;
import org.genn.feature.Feature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Networks whose connections change while spikes, delayed input and feedback are on their way,
/// against lists that do the same.
@Feature({"C17", "C18", "C19", "C20", "C21", "C22", "R12", "G03"})
class RewiredNetworkTest {
  private static final int STEPS = 60;

  /// One group of synapses, in the engine and as lists.
  private static final class Pair {
    final String group;
    final PlainSynapses plain;
    final PlainSynapses.Shape shape;

    Pair(String group, PlainSynapses.Shape shape) {
      this.group = group;
      this.shape = shape;
      plain = new PlainSynapses(shape);
      for (int i = 0; i < shape.sources(); i++) {
        for (int k = shape.room() / 2; k > 0 && shape.targets() > 0; k--) {
          plain.connect(i, (k * k + 2 * i) % shape.targets());
        }
      }
    }

    /// Connections and all variables, in order.
    void compare(Simulation simulation) {
      List<PlainSynapses.Synapse> all = plain.rows.stream().flatMap(List::stream).toList();
      assertArrayEquals(
          plain.rows.stream().mapToInt(List::size).toArray(),
          simulation.sparseConnectivity(group).rowLengths());
      assertArrayEquals(
          all.stream().mapToInt(synapse -> synapse.target).toArray(),
          simulation.sparseConnectivity(group).targets());
      compare(simulation, VariableReference.synapse(group, "g"), synapse -> synapse.g);
      compare(simulation, VariableReference.synapse(group, "d"), synapse -> (float) synapse.delay);
      compare(
          simulation,
          VariableReference.connectivityUpdate("rewire_" + group, "own"),
          synapse -> synapse.own);
      compare(
          simulation,
          VariableReference.customUpdate("count_" + group, "sum"),
          synapse -> synapse.sum);
      float[] n = simulation.variable(VariableReference.synapse(group, "n")).toArray();
      for (int example = 0; example < shape.batch(); example++) {
        for (int k = 0; k < all.size(); k++) {
          assertEquals(all.get(k).n[example], n[example * all.size() + k]);
        }
      }
      assertArrayEquals(
          plain.visited,
          simulation
              .variable(VariableReference.connectivityUpdatePre("rewire_" + group, "visited"))
              .toLongs());
    }

    private void compare(
        Simulation simulation,
        VariableReference variable,
        Function<PlainSynapses.Synapse, Float> value) {
      float[] expected = new float[plain.size()];
      int k = 0;
      for (var row : plain.rows) {
        for (var synapse : row) {
          expected[k++] = value.apply(synapse);
        }
      }
      double[] found = simulation.variable(variable).toDoubles();
      assertEquals(expected.length, found.length);
      for (k = 0; k < expected.length; k++) {
        assertEquals(expected[k], found[k], variable + " of synapse " + k);
      }
    }

    /// `id_syn` counts the row from the source's first place.
    void comparePlaces(Simulation simulation) {
      long[] places = simulation.variable(VariableReference.synapse(group, "place")).toLongs();
      for (int example = 0, at = 0; example < shape.batch(); example++) {
        for (int i = 0; i < shape.sources(); i++) {
          for (int k = 0; k < plain.rows.get(i).size(); k++) {
            assertEquals((long) shape.room() * i + k, places[at++]);
          }
        }
      }
    }

    /// Spikes that arrive in a step; adds feedback, and returns what targets get in each example.
    float[][] step(int step, float[][] back) {
      float[][] input = new float[shape.batch()][];
      for (int example = 0; example < shape.batch(); example++) {
        for (int i = 0; i < shape.sources(); i++) {
          if (RewiredNetwork.spikes(i, step - 1 - shape.axonal(), example)) {
            plain.fromSource(example, i);
          }
        }
        for (int j = 0; j < shape.targets(); j++) {
          if (RewiredNetwork.spikes(j, step - 1 - shape.back(), example)) {
            plain.fromTarget(example, j, back[example]);
          }
        }
        input[example] = plain.takeInput(example);
      }
      return input;
    }

    /// The host sets values in the order in which it reads connections.
    void setWeights(Simulation simulation, int launch) {
      float[] g = new float[plain.size()];
      int k = 0;
      for (var row : plain.rows) {
        for (var synapse : row) {
          synapse.g = (synapse.target + launch) % 9;
          g[k++] = synapse.g;
        }
      }
      simulation.variable(VariableReference.synapse(group, "g")).set(g);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "40, 70, 1, 1, 1",
    "40, 70, 1, 2, 2",
    "70, 40, 1, 2, 3",
    "40, 70, 3, 1, 1",
    "40, 70, 3, 2, 1",
    "1, 1, 1, 1, 1",
    "1, 1, 2, 2, 1",
    "1, 5, 1, 1, 1",
    "5, 1, 1, 2, 1",
    "0, 4, 1, 2, 1",
    "4, 0, 2, 1, 1",
    "0, 0, 1, 1, 1"
  })
  void connectionsValuesAndInputAreThoseOfLists(
      int pre, int post, int batch, int threads, int parts) {
    int room = pre * post > 25 ? 12 : 4;
    var s = new Pair("s", new PlainSynapses.Shape(pre, post, room, batch, 2, 1, 5));
    var u = new Pair("u", new PlainSynapses.Shape(post, pre, 7, batch, 0, 3, 2));
    var random = new Random(pre + 31L * post);
    var settings = Models.settings().threads(threads).parts(parts);
    var spec = RewiredNetwork.spec(pre, post, s.shape, u.shape, pre % 2 == 0);
    int full = 0;
    try (var simulation = Simulation.open(spec, settings)) {
      for (int step = 0; step < STEPS; step++) {
        if (step % 3 == 0) {
          rewire(simulation, s, u, step, random);
          full += s.plain.rows.stream().mapToInt(row -> row.size() == room ? 1 : 0).sum();
        }
        simulation.stepTime();
        float[][] back = new float[batch][pre];
        float[][] forth = new float[batch][post];
        float[][] toPost = s.step(step, back);
        float[][] toPre = u.step(step, forth);
        assertInput(simulation, "pre", toPre, back);
        assertInput(simulation, "post", toPost, forth);
        s.comparePlaces(simulation);
        u.comparePlaces(simulation);
      }
    }
    assertTrue(full > 0 || pre * post == 0, "some rows get full");
  }

  private static void rewire(Simulation simulation, Pair s, Pair u, int launch, Random random) {
    if (launch % 4 == 1) {
      s.setWeights(simulation, launch);
      u.setWeights(simulation, launch);
    }
    float[] preBonus = set(simulation, "pre", "bonus", s.shape.sources(), random);
    float[] postBonus = set(simulation, "post", "bonus", s.shape.targets(), random);
    float[] preClosed = set(simulation, "pre", "closed", s.shape.sources(), random);
    float[] postClosed = set(simulation, "post", "closed", s.shape.targets(), random);
    simulation.extraGlobalParameter("pre", "launch").set(0, launch);
    simulation.customUpdate("Rewire");
    s.plain.rewire(launch, preBonus, postClosed);
    u.plain.rewire(launch, postBonus, preClosed);
    s.compare(simulation);
    u.compare(simulation);
    simulation.customUpdate("Count");
    s.plain.count();
    u.plain.count();
  }

  private static float[] set(
      Simulation simulation, String group, String variable, int size, Random random) {
    float[] values = new float[size];
    for (int k = 0; k < size; k++) {
      values[k] = random.nextInt(4);
    }
    simulation.variable(VariableReference.neuron(group, variable)).set(values);
    return values;
  }

  private static void assertInput(
      Simulation simulation, String group, float[][] forward, float[][] back) {
    float[] x = simulation.variable(VariableReference.neuron(group, "x")).toArray();
    float[] expected = new float[x.length];
    for (int k = 0; k < expected.length; k++) {
      int size = forward[0].length;
      expected[k] = forward[k / size][k % size] + back[k / size][k % size];
    }
    assertArrayEquals(expected, x);
  }
}
