package org.genn.engine.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Launch;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.kernel.SpikeList;
import org.genn.engine.kernel.Symbol;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.NumericType;

/// Composes a `LoweredModel` by hand.
final class FakeModel {
  ModelSpec spec;
  final List<Rows> arrays = new ArrayList<>();
  final List<Kernel> kernels = new ArrayList<>();
  final List<FakeBackend.Body> bodies = new ArrayList<>();
  final Map<VariableReference, Symbol> variables = new LinkedHashMap<>();
  final Map<VariableReference, Symbol> extraGlobalParameters = new LinkedHashMap<>();
  final Map<VariableReference, Symbol> dynamicParameters = new LinkedHashMap<>();
  final Map<String, SpikeList> spikes = new LinkedHashMap<>();
  final Map<String, Integer> recordings = new LinkedHashMap<>();
  final Map<String, List<Launch>> plans = new LinkedHashMap<>();
  final Map<String, List<Launch>> updates = new LinkedHashMap<>();
  List<Launch> step = List.of();
  int recordingSteps;
  int slices = 1;
  private int stream;

  FakeModel(ModelSpec spec) {
    this.spec = spec;
    array(NumericType.INT64, 1, 5);
  }

  static FakeModel ofBatch(int batch) {
    return new FakeModel(new ModelSpec("m", 0.5, batch, 1234));
  }

  int array(NumericType type, int count, int length) {
    arrays.add(new Rows("a" + arrays.size(), type, count, length));
    return arrays.size() - 1;
  }

  int variable(
      VariableReference reference,
      Symbol.Copies copies,
      int rows,
      int length,
      InitialValue initial) {
    return variable(reference, NumericType.FLOAT, copies, rows, length, initial);
  }

  int variable(
      VariableReference reference,
      NumericType type,
      Symbol.Copies copies,
      int rows,
      int length,
      InitialValue initial) {
    int count =
        switch (copies) {
          case SHARED, EXAMPLE_ELEMENTS -> rows;
          case EXAMPLES -> rows * spec.batchSize();
          case SLICES -> rows * slices;
        };
    int array = array(type, count, length);
    variables.put(reference, new Symbol(array, type, copies, rows, length, initial, stream++));
    return array;
  }

  int kernel(Kernel.Domain domain, int units, FakeBackend.Body body) {
    kernels.add(new Kernel("kernel" + kernels.size(), "", domain, units, List.of()));
    bodies.add(body);
    return kernels.size() - 1;
  }

  FakeBackend backend() {
    return new FakeBackend(bodies.toArray(FakeBackend.Body[]::new));
  }

  LoweredModel lowered() {
    return new LoweredModel(
        spec,
        new Program("m", arrays, List.of(), kernels),
        slices,
        variables,
        Map.of(),
        extraGlobalParameters,
        dynamicParameters,
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        spikes,
        recordings,
        recordingSteps,
        0,
        plans,
        step,
        updates);
  }

  Simulation open(int threads) {
    return Simulation.open(lowered(), backend(), new RuntimeSettings().threads(threads));
  }

  static Launch steps(int kernel, int first, int steps) {
    return new Launch.Run(kernel, first, steps, new Launch.Timer.Steps("FORWARD"));
  }

  static Launch update(int kernel, String group) {
    return new Launch.Run(kernel, 0, 0, new Launch.Timer.CustomUpdate(group));
  }
}
