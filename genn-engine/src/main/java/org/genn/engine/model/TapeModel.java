package org.genn.engine.model;

import java.util.List;

/// What a neuron model writes on the spike tape in the forward phase and does when a taped spike is
/// replayed in the backward phase.
///
/// The tape holds, per example, the spikes of a trial in the order in which they were emitted.
/// `fields` are evaluated when a spike is emitted, after the sim code and before the reset code. In
/// the step of the backward phase that replays a spike, first the backward code of the outgoing
/// synapses runs (`WeightUpdateModel.preSpikeSynCode`), then the neurons' backward sim code, then
/// `replayCode` for the neurons that had spiked.
///
/// @param fields values stored with each spike; `replayCode` reads them by name
/// @param recordWhen condition under which an emitted spike is taped, or empty for always; a spike
///   that is not taped is still emitted
/// @param replayWhen condition under which a taped spike is replayed, or empty for always
/// @param replayCode code that runs for the neuron when one of its spikes is replayed
public record TapeModel(
    List<Field> fields, String recordWhen, String replayWhen, String replayCode) {

  /// A value stored with each spike.
  ///
  /// @param expression in terms of the names of the sim code
  public record Field(String name, String type, String expression) {}

  public TapeModel {
    fields = List.copyOf(fields);
  }
}
