package org.mlgenn.train;

import java.util.TreeMap;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.ModelSpec;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.TrainedOutput;
import org.mlgenn.compilers.TrainedVariable;
import org.mlgenn.compilers.Training;
import org.mlgenn.data.Sha256;
import org.mlgenn.train.checkpoints.TrainingIdentity;

/// What a training does, as a text that is the same in every process: compiler, losses, optimisers,
/// and a hash of all code and parameters of the model. Initial values are left out: resuming
/// replaces them.
final class Fingerprint {
  private static final int SHOWN = 16;

  private Fingerprint() {}

  static String of(CompiledNetwork compiled) {
    var text = new StringBuilder(compiled.compiler());
    Training training = compiled.training().orElseThrow();
    for (TrainedOutput output : training.outputs()) {
      text.append(", ").append(output.population()).append(": ").append(output.loss());
    }
    training.variables().stream()
        .map(TrainedVariable::optimiser)
        .distinct()
        .forEach(optimiser -> text.append(", ").append(optimiser));
    return TrainingIdentity.training(text.toString(), hash(compiled.model()).substring(0, SHOWN));
  }

  private static String hash(ModelSpec model) {
    var hash = new Sha256();
    hash.add(model.precision().name()).add(model.dt());
    for (var group : model.neuronGroups()) {
      hash.add(group.name()).add(group.size());
      group.model().simCode().forEach((phase, code) -> hash.add(phase.name()).add(code));
      hash.add(group.model().thresholdCondition()).add(group.model().resetCode());
      group.model().tape().ifPresent(tape -> hash.add(tape.toString()));
      add(hash, group.bindings());
    }
    for (var group : model.synapseGroups()) {
      hash.add(group.name()).add(group.source()).add(group.target());
      hash.add(group.connectivity().toString());
      hash.add(group.weightUpdate().model().preSpikeSynCode().toString());
      hash.add(group.postsynapse().model().simCode());
      add(hash, group.weightUpdate().bindings());
      add(hash, group.postsynapse().bindings());
    }
    for (var update : model.customUpdates()) {
      hash.add(update.name()).add(update.group()).add(update.model().updateCode());
      add(hash, update.bindings());
    }
    for (var update : model.customConnectivityUpdates()) {
      hash.add(update.name()).add(update.group()).add(update.synapseGroup());
      hash.add(update.model().rowUpdateCode()).add(update.model().hostUpdateCode());
      add(hash, update.bindings());
    }
    model.schedules().forEach((name, schedule) -> hash.add(name).add(schedule.toString()));
    return hash.add(model.tapeCapacity()).hex();
  }

  private static void add(Sha256 hash, Bindings bindings) {
    // in an order of their own: that of the map may be another one in another process
    new TreeMap<>(bindings.parameters()).forEach((name, value) -> hash.add(name).add(value));
  }
}
