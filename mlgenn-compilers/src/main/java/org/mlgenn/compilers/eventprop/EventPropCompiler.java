package org.mlgenn.compilers.eventprop;

import java.util.EnumSet;
import java.util.Set;
import org.mlgenn.Network;
import org.mlgenn.Population;
import org.mlgenn.compilers.Compatibility;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.SimulationSettings;
import org.mlgenn.compilers.UnsupportedNetworkException;
import org.mlgenn.losses.Loss;
import org.mlgenn.optimisers.Adam;
import org.mlgenn.optimisers.Optimiser;
import org.mlgenn.parts.LossTiming;

/// Compiles a network for training with EventProp: the gradient of the mean loss over the examples
/// of a batch, by the weights of all connections.
///
/// A trial is: reset · forward, taping spikes · error of each output neuron · backward, over the
/// taped spikes · sum of the gradients · step of the optimiser. Between the forward and the
/// backward phase nothing is lost: spikes of the last step count, nothing of an example is left
/// when the next one begins, and batches that are not full are weighted right.
///
/// The readouts that are judged are the sums over discrete steps that `org.mlgenn.readouts`
/// defines; the gradient is that of the continuous-time network, which differs from them by the
/// first order of the timestep. A spike that a refractory neuron, already above its threshold,
/// emits when its refractory time is over counts as a crossing of the threshold.
///
/// @param exampleTimesteps timesteps of an example
/// @param simulation how it is simulated
/// @param losses what is minimised
/// @param optimiser how weights follow their gradients
/// @param regularisations numbers of spikes that hidden populations are drawn to
/// @param tapes how many spikes are kept for the backward phase
/// @param order whether batches run one after the other or overlapped
/// @param compatibility peculiarities of ml_genn to be imitated
/// @see <a href="https://doi.org/10.1038/s41598-021-91786-z">Wunderlich & Pehle (2021), Event-based
///   backpropagation can compute exact gradients for spiking neural networks</a>
public record EventPropCompiler(
    int exampleTimesteps,
    SimulationSettings simulation,
    Losses losses,
    Optimiser optimiser,
    Regularisations regularisations,
    Tapes tapes,
    TrainingOrder order,
    Set<Compatibility> compatibility) {
  public EventPropCompiler {
    if (exampleTimesteps <= 0) {
      throw new IllegalArgumentException(
          "EventPropCompiler: exampleTimesteps must be positive, got " + exampleTimesteps);
    }
    compatibility = Set.copyOf(compatibility);
  }

  /// Adam, no regularisation, exact order; a loss is still to be given.
  public EventPropCompiler(int exampleTimesteps) {
    this(
        exampleTimesteps,
        new SimulationSettings(),
        new Losses(),
        new Adam(),
        Regularisations.NONE,
        new Tapes(),
        TrainingOrder.EXACT,
        Set.of());
  }

  public EventPropCompiler exampleTimesteps(int exampleTimesteps) {
    return new EventPropCompiler(
        exampleTimesteps,
        simulation,
        losses,
        optimiser,
        regularisations,
        tapes,
        order,
        compatibility);
  }

  public EventPropCompiler simulation(SimulationSettings simulation) {
    return new EventPropCompiler(
        exampleTimesteps,
        simulation,
        losses,
        optimiser,
        regularisations,
        tapes,
        order,
        compatibility);
  }

  public EventPropCompiler losses(Losses losses) {
    return new EventPropCompiler(
        exampleTimesteps,
        simulation,
        losses,
        optimiser,
        regularisations,
        tapes,
        order,
        compatibility);
  }

  /// The loss of all outputs that have none of their own.
  public EventPropCompiler loss(Loss loss) {
    return losses(losses.all(loss));
  }

  /// The loss of one output.
  public EventPropCompiler loss(Population output, Loss loss) {
    return losses(losses.of(output.name(), loss));
  }

  /// Whether outputs are judged at every timestep, not at the end of an example.
  public EventPropCompiler perTimestepLoss(boolean perTimestepLoss) {
    return losses(losses.timing(perTimestepLoss ? LossTiming.PER_TIMESTEP : LossTiming.PER_TRIAL));
  }

  /// Strength of the term that pulls the first spike of the right class forward (ms).
  public EventPropCompiler ttfsAlpha(double ttfsAlpha) {
    return losses(losses.ttfsAlpha(ttfsAlpha));
  }

  public EventPropCompiler optimiser(Optimiser optimiser) {
    return new EventPropCompiler(
        exampleTimesteps,
        simulation,
        losses,
        optimiser,
        regularisations,
        tapes,
        order,
        compatibility);
  }

  public EventPropCompiler regularisations(Regularisations regularisations) {
    return new EventPropCompiler(
        exampleTimesteps,
        simulation,
        losses,
        optimiser,
        regularisations,
        tapes,
        order,
        compatibility);
  }

  /// Regularises all hidden populations that have no regularisation of their own.
  public EventPropCompiler regularisation(Regularisation regularisation) {
    return regularisations(regularisations.all(regularisation));
  }

  /// Regularises one hidden population.
  public EventPropCompiler regularisation(Population hidden, Regularisation regularisation) {
    return regularisations(regularisations.of(hidden.name(), regularisation));
  }

  public EventPropCompiler tapes(Tapes tapes) {
    return new EventPropCompiler(
        exampleTimesteps,
        simulation,
        losses,
        optimiser,
        regularisations,
        tapes,
        order,
        compatibility);
  }

  /// Spikes that are kept per neuron and example, on average over the neurons of a population.
  public EventPropCompiler maxSpikes(int maxSpikes) {
    return tapes(tapes.maxSpikes(maxSpikes));
  }

  /// Whether spikes that do not fit on a tape are an error.
  public EventPropCompiler strictTapes(boolean strict) {
    return tapes(tapes.strict(strict));
  }

  public EventPropCompiler order(TrainingOrder order) {
    return new EventPropCompiler(
        exampleTimesteps,
        simulation,
        losses,
        optimiser,
        regularisations,
        tapes,
        order,
        compatibility);
  }

  public EventPropCompiler compatibility(Set<Compatibility> compatibility) {
    return new EventPropCompiler(
        exampleTimesteps,
        simulation,
        losses,
        optimiser,
        regularisations,
        tapes,
        order,
        compatibility);
  }

  public EventPropCompiler compatibility(Compatibility first, Compatibility... rest) {
    return compatibility(EnumSet.of(first, rest));
  }

  boolean has(Compatibility quirk) {
    return compatibility.contains(quirk);
  }

  /// @throws UnsupportedNetworkException listing everything that cannot be trained
  public CompiledNetwork compile(Network network) {
    var problems = Trainability.problems(this, network);
    if (!problems.isEmpty()) {
      throw new UnsupportedNetworkException(
          "EventPropCompiler cannot train this network", problems);
    }
    return new Composition(this, network).compile();
  }
}
