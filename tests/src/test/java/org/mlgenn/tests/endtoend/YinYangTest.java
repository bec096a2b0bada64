package org.mlgenn.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.genn.feature.Feature;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mlgenn.NetworkBuilder;
import org.mlgenn.compilers.SimulationSettings;
import org.mlgenn.compilers.eventprop.EventPropCompiler;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.datasets.YinYang;
import org.mlgenn.initializers.Normal;
import org.mlgenn.losses.SparseCategoricalCrossentropy;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.optimisers.Adam;
import org.mlgenn.readouts.FirstSpikeTime;
import org.mlgenn.synapses.Exponential;
import org.mlgenn.train.Trainer;
import org.mlgenn.train.callbacks.LearningRateSchedule;

class YinYangTest {
  private static final double DT = 0.1;
  private static final int STEPS = 300;

  @Test
  @Tag("slow")
  @Feature({"EVP-11", "DAT-06"})
  void firstSpikeTimesLearnYinYang() {
    var train = new YinYang(3000, 24).offset(1).seed(1).generate(STEPS, DT);
    var test = new YinYang(1000, 24).offset(1).seed(2).generate(STEPS, DT);
    var net = new NetworkBuilder();
    var input = net.population("input", new SpikeInput(), train.neurons());
    var hidden = net.population("hidden", LeakyIntegrateFire.forEventProp(), 100);
    var output =
        net.population(
            "output", LeakyIntegrateFire.forEventProp().readout(new FirstSpikeTime()), 3);
    net.connect(input, hidden, new Dense(new Normal(1.9, 0.78)), Exponential.forEventProp());
    net.connect(hidden, output, new Dense(new Normal(0.28, 0.1)), Exponential.forEventProp());
    int epochs = 20;
    double rate = 0.006;
    var compiler =
        new EventPropCompiler(STEPS)
            .loss(new SparseCategoricalCrossentropy())
            .ttfsAlpha(0.1)
            .optimiser(new Adam(rate))
            .simulation(new SimulationSettings().batchSize(32).dt(DT).seed(1));
    try (Trainer trainer = Trainer.open(compiler.compile(net.build()))) {
      trainer.train(train, epochs, LearningRateSchedule.cosine(rate, rate / 20, epochs));
      double accuracy = trainer.evaluate(test).accuracy();
      assertTrue(accuracy >= 0.9, () -> "accuracy " + accuracy);
    }
  }
}
