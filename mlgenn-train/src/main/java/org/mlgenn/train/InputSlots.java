package org.mlgenn.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.genn.engine.model.Schedule;
import org.genn.engine.runtime.Simulation;
import org.genn.engine.runtime.VariableView;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.InputPopulation;
import org.mlgenn.compilers.ReplayMask;
import org.mlgenn.compilers.Training;
import org.mlgenn.data.Examples;
import org.mlgenn.data.SpikeTrain;

/// Gives the input populations the spikes of a batch, without copying them.
final class InputSlots {
  private final Simulation simulation;
  private final int batchSize;
  private final List<Slot> slots = new ArrayList<>();

  InputSlots(CompiledNetwork compiled, Simulation simulation) {
    this.simulation = simulation;
    batchSize = compiled.batchSize();
    boolean carries =
        compiled.model().schedules().values().stream()
            .flatMap(schedule -> schedule.items().stream())
            .anyMatch(item -> item instanceof Schedule.BeginTrial begin && !begin.clearsSpikes());
    for (InputPopulation input : compiled.inputs()) {
      var slot = new Slot(input);
      compiled.training().map(Training::replayMasks).orElse(List.of()).stream()
          .filter(mask -> mask.variable().group().equals(input.group()))
          .forEach(slot::masks);
      if (carries) {
        slot.carried = new int[batchSize][0];
      }
      slots.add(slot);
    }
  }

  private final class Slot {
    final InputPopulation input;

    /// Neurons that fired in the last step of the trial before; empty where that does not matter.
    int[][] carried = {};

    ReplayMask.Filter[] filters = {};
    List<VariableView> masks = List.of();

    Slot(InputPopulation input) {
      this.input = input;
    }

    void masks(ReplayMask mask) {
      masks = List.of(simulation.variable(mask.variable()));
      filters = new ReplayMask.Filter[batchSize];
      Arrays.setAll(filters, _ -> mask.filter());
    }

    void bind(int place, SpikeTrain train) {
      int[] offsets = train.offsets();
      int[] ids = train.ids();
      if (filters.length > 0) {
        masks.getFirst().write(place, filters[place].next(offsets, ids), 0);
      }
      if (carried.length > 0) {
        int[] before = carried[place];
        carried[place] = train.neuronsAt(train.timesteps() - 1);
        if (before.length > 0) {
          setWithCarried(place, before, offsets, ids);
          return;
        }
      }
      simulation.setSpikes(input.group(), place, offsets, ids);
    }

    /// ml_genn: spikes of the last step of an example arrive in the first step of the next one.
    private void setWithCarried(int place, int[] before, int[] offsets, int[] ids) {
      int present = ids.length - offsets[1];
      int[] allIds = Arrays.copyOf(before, before.length + present);
      System.arraycopy(ids, offsets[1], allIds, before.length, present);
      int[] allOffsets = offsets.clone();
      allOffsets[0] = 0;
      for (int segment = 1; segment < offsets.length; segment++) {
        allOffsets[segment] += before.length - offsets[1];
      }
      simulation.setSpikes(input.group(), place, allOffsets, allIds);
    }
  }

  /// @param examples which example is at each place
  /// @param count places that are used; the others are given none
  void bind(NetworkExamples data, int[] examples, int count) {
    for (Slot slot : slots) {
      Examples inputs = data.inputs().get(slot.input.population());
      for (int place = 0; place < batchSize; place++) {
        if (place < count) {
          slot.bind(place, inputs.input(examples[place]));
        } else if (slot.carried.length > 0 || slot.filters.length > 0) {
          slot.bind(place, SpikeTrain.empty(inputs.neurons(), inputs.timesteps()));
        } else {
          simulation.clearSpikes(slot.input.group(), place);
        }
      }
    }
  }
}
