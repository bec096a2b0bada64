package org.mlgenn.train.callbacks;

import java.util.List;
import org.genn.engine.model.Phase;
import org.genn.engine.runtime.VariableView;
import org.mlgenn.Population;
import org.mlgenn.compilers.Training;
import org.mlgenn.train.Progress;
import org.mlgenn.train.TrainingCallback;

/// Records a variable of a population after every step: a `VarRecording` under its key.
///
/// Batches with a recorded example run step by step, which is slow.
///
/// @param variable name of a property of the neuron (`v`) or of a variable of the model (`LambdaV`)
/// @param key of the data in the report
/// @param examples which are recorded, by their index in the data set
/// @param neurons which are recorded, by their flat index
/// @param phase in which it is recorded; a backward phase is stored by the step that it replays
public record VarRecorder(
    Population population,
    String variable,
    String key,
    IndexSelection examples,
    IndexSelection neurons,
    Phase phase)
    implements TrainingCallback {
  /// All neurons in all examples, in the forward phase, under `population.variable`.
  public VarRecorder(Population population, String variable) {
    this(
        population,
        variable,
        population.name() + "." + variable,
        IndexSelection.all(),
        IndexSelection.all(),
        Phase.FORWARD);
  }

  public VarRecorder key(String key) {
    return new VarRecorder(population, variable, key, examples, neurons, phase);
  }

  public VarRecorder examples(IndexSelection examples) {
    return new VarRecorder(population, variable, key, examples, neurons, phase);
  }

  public VarRecorder examples(int... examples) {
    return examples(IndexSelection.of(examples));
  }

  public VarRecorder neurons(IndexSelection neurons) {
    return new VarRecorder(population, variable, key, examples, neurons, phase);
  }

  public VarRecorder neurons(int... neurons) {
    return neurons(IndexSelection.of(neurons));
  }

  public VarRecorder phase(Phase phase) {
    return new VarRecorder(population, variable, key, examples, neurons, phase);
  }

  @Override
  public void onTrainBegin(Progress progress) {
    begin(progress);
  }

  @Override
  public void onTestBegin(Progress progress) {
    begin(progress);
  }

  private void begin(Progress progress) {
    Population own = progress.compiled().network().population(population);
    view(progress);
    boolean isOverlapped = progress.compiled().training().flatMap(Training::overlap).isPresent();
    if (phase == Phase.BACKWARD && isOverlapped) {
      throw new IllegalArgumentException(
          "VarRecorder: in overlapped training the backward phase is that of the batch before;"
              + " record it in exact training");
    }
    neurons.indices("population '%s'".formatted(own.name()), own.size());
    Recordings.start(progress, key, new VarRecording());
  }

  private VariableView view(Progress progress) {
    return progress.simulation().variable(progress.compiled().recordable(population, variable));
  }

  @Override
  public boolean wantsTimesteps(Progress progress) {
    for (int place = 0; place < progress.batchExamples(); place++) {
      if (examples.contains(progress.exampleAt(place))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void onBatchBegin(Progress progress) {
    int size = progress.compiled().network().population(population).size();
    int count = neurons.indices(key, size).length;
    for (int place = 0; place < progress.batchExamples(); place++) {
      int example = progress.exampleAt(place);
      if (examples.contains(example)) {
        Recordings.of(progress, key, VarRecording.class)
            .add(
                new VarRecording.Entry(
                    progress.epoch(),
                    example,
                    new float[progress.compiled().exampleTimesteps()][count]));
      }
    }
  }

  @Override
  public void onTimestepEnd(Progress progress, String phases, int step) {
    if (!phases.contains(phase.name())) {
      return;
    }
    VariableView view = view(progress);
    int[] indices = neurons.indices(key, view.elements());
    List<VarRecording.Entry> entries = Recordings.of(progress, key, VarRecording.class).entries();
    int index = entries.size();
    for (int place = progress.batchExamples() - 1; place >= 0; place--) {
      if (examples.contains(progress.exampleAt(place))) {
        float[] row = entries.get(--index).values()[step];
        for (int neuron = 0; neuron < row.length; neuron++) {
          row[neuron] = (float) view.getDouble(view.isPerExample() ? place : 0, indices[neuron]);
        }
      }
    }
  }
}
