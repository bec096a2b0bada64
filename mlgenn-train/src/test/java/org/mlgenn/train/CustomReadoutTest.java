package org.mlgenn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mlgenn.NetworkBuilder;
import org.mlgenn.compilers.InferenceCompiler;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.data.SpikeDataset;
import org.mlgenn.data.SpikeTrain;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.ReadoutKind;
import org.mlgenn.parts.Sensitivity;
import org.mlgenn.parts.Stage;
import org.mlgenn.readouts.Readout;
import org.mlgenn.readouts.ReadoutContext;
import org.mlgenn.synapses.Exponential;
import org.mlgenn.train.callbacks.VarRecorder;
import org.mlgenn.train.callbacks.VarRecording;

/// The readout that CONTRIBUTING.md adds, outside of the library.
class CustomReadoutTest {
  private static final int TIMESTEPS = 20;

  private record MeanSquareVar() implements Readout {
    @Override
    public ReadoutKind kind() {
      return ReadoutKind.SUM;
    }

    @Override
    public Contribution contribution(ReadoutContext context) {
      String x = context.output();
      return new Contribution("readout MeanSquareVar")
          .state("VSquare", 0)
          .code(Stage.READ_OUT, "VSquare += (%s * %s) / ExampleTimesteps;".formatted(x, x));
    }

    @Override
    public String variable(ReadoutContext context) {
      return "VSquare";
    }

    @Override
    public Sensitivity sensitivity(ReadoutContext context) {
      return new Sensitivity.None("the derivative 2x/T needs the voltage of each step");
    }
  }

  @Test
  void readoutOfTheUserIsAnswered() {
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), 2);
    var output = net.population("output", new LeakyIntegrate().readout(new MeanSquareVar()), 1);
    net.connect(input, output, new Dense(3), new Exponential(5));
    var train = SpikeTrain.ofTimes(new float[] {0, 4}, new int[] {0, 1}, 2, TIMESTEPS, 1);
    var data = SpikeDataset.of(List.of(train), new int[] {0}, 1);
    var compiled = new InferenceCompiler(TIMESTEPS).compile(net.build());
    try (var evaluator = Evaluator.open(compiled, Toy.settings())) {
      var report = evaluator.evaluate(data, new VarRecorder(output, "v").key("v"));
      double square = 0;
      for (float[] step : report.recorded("v", VarRecording.class).values().getFirst()) {
        square += step[0] * step[0] / TIMESTEPS;
      }
      assertTrue(square > 0.01, "the output moves: " + square);
      // Twenty sums in float.
      assertEquals(square, evaluator.predict(data).of(output)[0][0], 1e-5 * square);
    }
  }
}
