package org.mlgenn.tests.genn;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.VariableReference;
import org.genn.engine.runtime.RecordedSpikes;
import org.genn.engine.runtime.RuntimeSettings;
import org.genn.engine.runtime.Simulation;
import org.genn.engine.runtime.SparseConnectivity;
import org.genn.engine.runtime.VariableView;
import org.genn.engine.snippet.NumericType;
import org.mlgenn.serialisers.NumpyArray;

/// Runs the program of a case and compares what it reads with what GeNN read.
final class GennRun implements AutoCloseable {
  private final GennCase golden;
  private final ModelSpec spec;
  private final RuntimeSettings settings;
  private final GennComparison comparison;
  private Simulation simulation;
  private long stepsDone;

  GennRun(GennCase golden, ModelSpec spec, String backend) {
    this.golden = golden;
    this.spec = spec;
    boolean fuses =
        golden.description().has("fuse_postsynaptic_models")
            && golden.description().get("fuse_postsynaptic_models").asBoolean();
    settings =
        new RuntimeSettings()
            .backend(backend)
            .threads(1)
            .fusesPostsynapticModels(fuses)
            .recordingSteps((int) golden.number("num_recording_timesteps", 1));
    comparison = new GennComparison(golden);
    simulation = open();
  }

  private Simulation open() {
    var opened = Simulation.open(spec, settings);
    for (JsonNode group : golden.list("neurons")) {
      GennCase.fields(group, "vars")
          .forEach(
              (variable, value) -> {
                if (value.has("array")) {
                  set(
                      opened.variable(
                          VariableReference.neuron(group.get("name").asText(), variable)),
                      golden.array(value));
                }
              });
    }
    return opened;
  }

  /// @return what differs
  List<String> run() {
    for (JsonNode action : golden.list("program")) {
      act(action);
    }
    return comparison.differences();
  }

  private void act(JsonNode action) {
    switch (action.get("op").asText()) {
      case "run" -> steps(action);
      case "probe" -> {
        for (JsonNode probe : action.get("probes")) {
          comparison.compare(probe.get("key").asText(), List.of(read(probe)), List.of(stepsDone));
        }
      }
      case "custom_update" -> simulation.customUpdate(action.get("group").asText());
      case "set" -> set(action);
      case "set_timestep" -> simulation.setTimestep(action.get("value").asLong());
      case "set_dynamic_param" -> setParameter(action);
      case "read_recording" -> {
        for (JsonNode read : action.get("reads")) {
          recording(read);
        }
      }
      case "reload" -> {
        simulation.close();
        simulation = open();
        stepsDone = 0;
      }
      default -> throw new NotCovered("action " + action.get("op"));
    }
  }

  private void steps(JsonNode action) {
    var readings = new ArrayList<List<double[]>>();
    var slots = new ArrayList<List<double[]>>();
    var times = new ArrayList<Long>();
    for (JsonNode _ : action.get("probes")) {
      readings.add(new ArrayList<>());
      slots.add(new ArrayList<>());
    }
    int every = action.has("every") ? action.get("every").asInt() : 1;
    for (int step = 1; step <= action.get("steps").asInt(); step++) {
      GennModels.list(action, "before").forEach(group -> simulation.customUpdate(group.asText()));
      simulation.stepTime();
      stepsDone++;
      GennModels.list(action, "after").forEach(group -> simulation.customUpdate(group.asText()));
      if (step % every == 0) {
        times.add(stepsDone);
        for (int p = 0; p < readings.size(); p++) {
          JsonNode probe = action.get("probes").get(p);
          readings.get(p).add(read(probe));
          if (slots(probe) > 1) {
            slots.get(p).add(variable(probe).delays().toDoubles());
          }
        }
      }
    }
    for (int p = 0; p < readings.size(); p++) {
      JsonNode probe = action.get("probes").get(p);
      comparison.compare(probe.get("key").asText(), readings.get(p), times);
      if (slots(probe) > 1 && !times.isEmpty()) {
        comparison.compareSlots(probe.get("key").asText(), slots(probe), slots.get(p), times);
      }
    }
  }

  /// Delay slots of what a probe reads, as far as they are meant to agree: GeNN changes the times
  /// of spikes before the last one in a slot a step after it was written.
  private int slots(JsonNode probe) {
    String kind = probe.get("kind").asText();
    if (kind.startsWith("prev_spike_time")) {
      return 1;
    }
    boolean isVariable = !kind.equals("sparse_inds") && !kind.endsWith("_egp");
    return isVariable && spec.batchSize() == 1 ? variable(probe).delays().slots() : 1;
  }

  private VariableView variable(JsonNode probe) {
    return simulation.variable(
        GennModel.reference(
            probe.get("kind").asText(),
            probe.get("group").asText(),
            GennCase.text(probe, "var", "")));
  }

  private double[] read(JsonNode probe) {
    String kind = probe.get("kind").asText();
    String group = probe.get("group").asText();
    String variable = GennCase.text(probe, "var", "");
    return switch (kind) {
      case "sparse_inds" -> indices(simulation.sparseConnectivity(group));
      case "neuron_egp", "ccu_egp" ->
          doubles(simulation.extraGlobalParameter(array(kind, group, variable)).toArray());
      default -> read(simulation.variable(GennModel.reference(kind, group, variable)));
    };
  }

  private static double[] indices(SparseConnectivity connectivity) {
    return IntStream.concat(
            Arrays.stream(connectivity.sources()), Arrays.stream(connectivity.targets()))
        .asDoubleStream()
        .toArray();
  }

  private static VariableReference array(String kind, String group, String name) {
    return GennModel.reference(kind.substring(0, kind.length() - "_egp".length()), group, name);
  }

  private static double[] read(VariableView view) {
    if (view.type() != NumericType.UINT64) {
      return view.toDoubles();
    }
    return Arrays.stream(view.toLongs()).mapToDouble(GennRun::unsigned).toArray();
  }

  private static double unsigned(long bits) {
    return new BigInteger(Long.toUnsignedString(bits)).doubleValue();
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private void set(JsonNode action) {
    JsonNode target = action.get("target");
    NumpyArray values = golden.array(action.get("values"));
    String kind = target.get("kind").asText();
    String group = target.get("group").asText();
    String variable = target.get("var").asText();
    switch (kind) {
      case "neuron_egp", "wu_egp" ->
          simulation.extraGlobalParameter(array(kind, group, variable)).set(values.floats());
      default -> set(simulation.variable(GennModel.reference(kind, group, variable)), values);
    }
  }

  static void set(VariableView view, NumpyArray values) {
    if (view.type().isIntegral()) {
      long[] longs = new long[values.size()];
      for (int i = 0; i < longs.length; i++) {
        longs[i] = !values.type().isFloat() ? values.longAt(i) : (long) values.doubleAt(i);
      }
      view.set(longs);
    } else {
      view.set(values.doubles());
    }
  }

  private void setParameter(JsonNode action) {
    String part = GennCase.text(action, "part", "");
    String kind = part.isEmpty() ? action.get("kind").asText() : part.equals("psm") ? "psm" : "wu";
    simulation
        .dynamicParameter(
            GennModel.reference(kind, action.get("group").asText(), action.get("param").asText()))
        .set(action.get("value").asDouble());
  }

  private void recording(JsonNode read) {
    String key = read.get("key").asText();
    String end =
        switch (read.get("kind").asText()) {
          case "pre_events" -> ".pre";
          case "post_events" -> ".post";
          default -> "";
        };
    String group = read.get("group").asText() + end;
    RecordedSpikes spikes = simulation.recordedSpikesSoFar(group, 0);
    comparison.compare(key + "_t", List.of(spikes.times()));
    double[] ids = new double[spikes.count()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = spikes.ids()[i];
    }
    comparison.compare(key + "_id", List.of(ids));
  }

  @Override
  public void close() {
    simulation.close();
  }
}
