package org.mlgenn.cli.recipes;

import java.util.List;
import org.mlgenn.cli.Arguments;
import org.mlgenn.cli.CommandOption;
import org.mlgenn.cli.SimulatedNetwork;
import org.mlgenn.cli.SimulationRecipe;
import org.mlgenn.cli.UsageException;

/// The cortical microcircuit of Potjans and Diesmann (2014): 77 169 neurons with 299 million
/// synapses at full scale, in the state that their background keeps up.
public final class Microcircuit implements SimulationRecipe {
  static final CommandOption SCALE =
      CommandOption.value("scale", "S", "share of the neurons, and of the synapses of each")
          .standard(1);
  static final CommandOption DT =
      CommandOption.value("dt", "MS", "duration of a timestep").standard(PotjansDiesmann.DT);
  static final CommandOption PROCEDURAL =
      CommandOption.flag(
          "procedural", "make synapses anew at each spike: slower, in little memory");

  /// Neurons of the smallest population that a scaled network must have.
  private static final int FEWEST = 10;

  @Override
  public String name() {
    return "microcircuit";
  }

  @Override
  public String summary() {
    return "cortical microcircuit of Potjans and Diesmann (2014)";
  }

  @Override
  public List<CommandOption> options() {
    return List.of(SCALE, DT, PROCEDURAL);
  }

  @Override
  public SimulatedNetwork network(Arguments arguments, long seed) {
    double least = (double) FEWEST / PotjansDiesmann.L5I.neurons();
    double scale =
        arguments.number(
            SCALE.name(),
            value -> value >= least && value <= 1,
            "a number from %.2f (%d neurons in the smallest population) to 1"
                .formatted(least + 0.005, FEWEST));
    double dt =
        arguments.number(DT.name(), value -> value > 0 && value <= 1, "a time of at most 1 ms");
    var model = new MicrocircuitModel(scale, dt, arguments.isGiven(PROCEDURAL.name()));
    if (model.delaySlots() > MicrocircuitModel.MOST_DELAY_SLOTS) {
      throw new UsageException(
          "option --dt: the longest delay must take less than %d steps; give at least --dt %.3f"
              .formatted(
                  MicrocircuitModel.MOST_DELAY_SLOTS,
                  Math.ceil(1000 * MicrocircuitModel.longestDelay() / 254) / 1000));
    }
    return model.network(seed);
  }
}
