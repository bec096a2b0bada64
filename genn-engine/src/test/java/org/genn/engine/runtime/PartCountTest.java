package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.genn.engine.backend.Pace;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.builtin.SparsePatterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartCountTest {
  private static final Pace PACE = new Pace(2, 0.5);

  /// Neurons without synapses.
  private static ModelSpec neurons(int size, int batch) {
    return new ModelSpec("m", 0.1, batch, 1).neuronGroup(Models.lif("n", size, 0.5, 1));
  }

  private static int parts(ModelSpec spec, RuntimeSettings settings) {
    return PartCount.of(spec, settings, PACE);
  }

  private static RuntimeSettings threads(int threads) {
    return new RuntimeSettings().threads(threads);
  }

  @Test
  void workIsThatOfAllNeuronsAndOfTheSynapsesThatSpikesPassThrough() {
    ModelSpec spec =
        neurons(1000, 1)
            .synapseGroup(
                new SynapseGroup(
                    "s",
                    new Connectivity.Sparse(SparsePatterns.fixedNumberPost(100)),
                    "n",
                    "n",
                    new WeightUpdate(Models.STATIC_PULSE, Bindings.NONE.initialValue("g", 1)),
                    new Postsynapse(Models.DELTA, Bindings.NONE)));
    // 2 ns a neuron; of 100 000 synapses a thousandth (10 Hz at a step of 0.1 ms), 0.5 ns each.
    assertEquals(2000 + 50, PartCount.work(spec, PACE), 1e-9);
  }

  /// A part is worth 4 µs of work, 2000 neurons here.
  @ParameterizedTest
  @CsvSource({"3999, 4, 1", "4000, 4, 2", "5999, 4, 2", "6000, 4, 3", "20000, 4, 4", "20000, 1, 1"})
  void thereAreAsManyPartsAsAreWorthwhileAndAsThreads(int size, int threads, int parts) {
    assertEquals(parts, parts(neurons(size, 1), threads(threads)));
  }

  @Test
  void enoughExamplesNeedNoParts() {
    assertEquals(1, parts(neurons(20_000, 4), threads(4)));
    assertEquals(4, parts(neurons(20_000, 3), threads(4)));
  }

  @Test
  void aNumberThatIsSetIsTaken() {
    assertEquals(5, parts(neurons(10, 1), threads(2).parts(5)));
  }
}
