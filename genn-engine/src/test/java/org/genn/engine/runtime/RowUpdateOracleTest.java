package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
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
import org.genn.feature.Feature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Random scripts of visiting, removing and adding, against lists that do the same.
@Feature({"C17", "C18"})
class RowUpdateOracleTest {
  private static final int SOURCES = 7;
  private static final int TARGETS = 9;
  private static final int ROOM = 12;
  private static final int SCRIPT = 200;
  private static final int LAUNCHES = 150;

  /// One operation per synapse that is visited, then some after the loop.
  private static final String CODE =
      """
      unsigned int k = id_pre * 200u;
      path = 0u;
      for_each_synapse {
        const unsigned int what = script[k];
        k++;
        path = (31u * path) + id_post + row_length;
        if (what == 1u) {
          remove_synapse();
          continue;
        }
        else if (what == 2u) {
          g += 1.0;
        }
        else if (what == 3u) {
          if (row_length < row_stride) {
            add_synapse((id_post + k) % num_post, 3.0, g + 0.5);
          }
        }
        else if (what == 4u) {
          break;
        }
        else if (what == 5u) {
          const scalar held = g;
          remove_synapse();
          remove_synapse();
          add_synapse(k % num_post, 5.0, held);
        }
        own += 1.0;
        if (k > (id_pre * 200u) + 60u) {
          break;
        }
      }
      while (script[k] == 6u) {
        k++;
        if (row_length < row_stride) {
          add_synapse((k * 5u) % num_post, 6.0, 7.0);
        }
      }
      """;

  private static final class Synapse {
    int target;
    float g;
    float own;
    float trace;

    Synapse(int target, float g, float own, float trace) {
      this.target = target;
      this.g = g;
      this.own = own;
      this.trace = trace;
    }
  }

  /// What the code does, on a list.
  ///
  /// @return the path
  private static int run(int source, List<Synapse> row, int[] script) {
    int k = source * SCRIPT;
    int path = 0;
    int at = 0;
    while (at < row.size()) {
      int what = script[k++];
      Synapse here = row.get(at);
      path = 31 * path + here.target + row.size();
      boolean isGone = false;
      if (what == 1) {
        remove(row, at);
        continue;
      } else if (what == 2) {
        here.g += 1;
      } else if (what == 3) {
        if (row.size() < ROOM) {
          row.add(new Synapse((here.target + k) % TARGETS, here.g + 0.5f, 3, 0));
        }
      } else if (what == 4) {
        break;
      } else if (what == 5) {
        remove(row, at);
        isGone = true;
        row.add(new Synapse(k % TARGETS, here.g, 5, 0));
      }
      if (at < row.size()) {
        // after a removal, names stand for the synapse that has come here
        row.get(at).own += 1;
      }
      if (k > source * SCRIPT + 60) {
        break;
      }
      at += isGone ? 0 : 1;
    }
    while (script[k] == 6) {
      k++;
      if (row.size() < ROOM) {
        row.add(new Synapse(k * 5 % TARGETS, 7, 6, 0));
      }
    }
    return path;
  }

  private static void remove(List<Synapse> row, int at) {
    Synapse last = row.removeLast();
    if (at < row.size()) {
      row.set(at, last);
    }
  }

  private static ModelSpec spec(List<List<Synapse>> rows, boolean isNarrow) {
    var sources = new ArrayList<Integer>();
    var targets = new ArrayList<Integer>();
    var weights = new ArrayList<Float>();
    for (int i = 0; i < SOURCES; i++) {
      for (Synapse synapse : rows.get(i)) {
        sources.add(i);
        targets.add(synapse.target);
        weights.add(synapse.g);
      }
    }
    float[] g = new float[weights.size()];
    for (int k = 0; k < g.length; k++) {
      g[k] = weights.get(k);
    }
    var model =
        new WeightUpdateModel("Weights")
            .variable("g", VarAccess.READ_ONLY)
            .variable("trace", VarAccess.READ_WRITE)
            .preSpikeSynCode("addToPost(g); trace += 1.0;");
    var update =
        new CustomConnectivityUpdateModel("Script", CODE)
            .variable(new Variable("own"))
            .preVariable(new Variable("path", "unsigned int", VarAccess.READ_WRITE))
            .reference("g", VarAccessMode.READ_WRITE)
            .extraGlobalParameter("script", "unsigned int*");
    var neuron = new NeuronModel("Neuron").thresholdCondition("false");
    return new ModelSpec("script", 1, 2, 3)
        .neuronGroup(new NeuronGroup("pre", SOURCES, neuron, Bindings.NONE))
        .neuronGroup(new NeuronGroup("post", TARGETS, neuron, Bindings.NONE))
        .synapseGroup(
            new SynapseGroup(
                "s",
                Connectivity.Sparse.of(
                        sources.stream().mapToInt(i -> i).toArray(),
                        targets.stream().mapToInt(i -> i).toArray())
                    .maxConnections(ROOM)
                    .narrowIndices(isNarrow),
                "pre",
                "post",
                new WeightUpdate(model, Bindings.NONE.initialValue("g", InitialValue.of(g))),
                new Postsynapse(Models.DELTA, Bindings.NONE)))
        .customConnectivityUpdate(
            new CustomConnectivityUpdate(
                    "update",
                    "Update",
                    "s",
                    update,
                    Bindings.NONE.extraGlobalParameter("script", new float[SOURCES * SCRIPT]))
                .reference("g", VariableReference.synapse("s", "g")));
  }

  @ParameterizedTest
  @CsvSource({"false, 1", "false, 2", "true, 2"})
  void rowsBecomeWhatListsBecome(boolean isChecked, int threads) {
    var random = new Random(isChecked ? 4 : 9);
    var rows = new ArrayList<List<Synapse>>();
    for (int i = 0; i < SOURCES; i++) {
      var row = new ArrayList<Synapse>();
      for (int k = random.nextInt(ROOM); k > 0; k--) {
        row.add(new Synapse(random.nextInt(TARGETS), random.nextInt(50), 0, 0));
      }
      row.sort(Comparator.comparingInt(synapse -> synapse.target));
      rows.add(row);
    }
    var settings = Models.settings().threads(threads);
    settings = settings.build(settings.build().isChecked(isChecked));
    int total = 0;
    try (var simulation = Simulation.open(spec(rows, isChecked), settings)) {
      for (int launch = 0; launch < LAUNCHES; launch++) {
        float[] traces = new float[2 * rows.stream().mapToInt(List::size).sum()];
        int synapse = 0;
        for (List<Synapse> row : rows) {
          for (Synapse each : row) {
            each.trace = random.nextInt(1000);
            traces[synapse] = each.trace;
            traces[traces.length / 2 + synapse++] = 0 - each.trace;
          }
        }
        var trace = simulation.variable(VariableReference.synapse("s", "trace"));
        trace.set(traces);
        int[] script = random.ints(SOURCES * SCRIPT, 0, launch % 3 == 0 ? 4 : 7).toArray();
        for (int k = 0; k < script.length; k++) {
          simulation.extraGlobalParameter("update", "script").set(k, script[k]);
        }
        int[] paths = new int[SOURCES];
        for (int i = 0; i < SOURCES; i++) {
          paths[i] = run(i, rows.get(i), script);
        }
        simulation.customUpdate("Update");
        var path = simulation.variable(VariableReference.connectivityUpdatePre("update", "path"));
        var g = simulation.variable(VariableReference.synapse("s", "g"));
        var own = simulation.variable(VariableReference.connectivityUpdate("update", "own"));
        int[] targets = simulation.sparseConnectivity("s").targets();
        int[] lengths = simulation.sparseConnectivity("s").rowLengths();
        synapse = 0;
        for (int i = 0; i < SOURCES; i++) {
          assertEquals(paths[i], (int) path.getLong(0, i), "path of source " + i);
          assertEquals(rows.get(i).size(), lengths[i]);
          for (Synapse each : rows.get(i)) {
            assertEquals(each.target, targets[synapse]);
            assertEquals(each.g, g.get(0, synapse));
            assertEquals(each.own, own.get(0, synapse));
            assertEquals(each.trace, trace.get(0, synapse));
            assertEquals(0 - each.trace, trace.get(1, synapse++));
          }
        }
        total += synapse;
      }
    }
    assertTrue(total > LAUNCHES * SOURCES, "rows don't run empty");
  }
}
