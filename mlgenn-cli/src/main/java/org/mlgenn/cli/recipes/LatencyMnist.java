package org.mlgenn.cli.recipes;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mlgenn.cli.Arguments;
import org.mlgenn.cli.CommandOption;
import org.mlgenn.cli.Experiment;
import org.mlgenn.cli.Recipe;
import org.mlgenn.serialisers.NumpyArray;
import org.mlgenn.train.checkpoints.TrainingState;

/// Handwritten digits, one spike per bright pixel, the brighter the earlier; trained with
/// EventProp.
///
/// 784 inputs → hidden LIF neurons → 10 leaky integrators, whose mean voltage is the answer; 20
/// steps of 1 ms. `--plain` trains it as ml_genn's own example does, constant learning rate and
/// all; otherwise the learning rate falls along a cosine, and each image is moved by up to a pixel,
/// in every epoch differently.
public final class LatencyMnist implements Recipe {
  static final CommandOption HIDDEN =
      CommandOption.value("hidden", "N", "hidden neurons").standard(128);

  /// 0.02 is the best of 0.005, 0.01, 0.02, 0.03 and 0.05 on the last tenth of the training images.
  static final CommandOption LEARNING_RATE =
      CommandOption.value("learning-rate", "R", "of Adam, at its highest; 0.01 with --plain")
          .standard(0.02);

  static final CommandOption PLAIN =
      CommandOption.flag("plain", "as ml_genn's example: constant learning rate, no shifts");
  static final CommandOption SHIFT =
      CommandOption.value("shift", "N", "pixels by which training images are moved at most")
          .standard(1);
  static final CommandOption VALIDATION =
      CommandOption.value("validation", "SHARE", "share of the training images to validate with")
          .standard(0);
  static final CommandOption DATA =
      CommandOption.value("data", "DIR", "folder with IDX files in place of the bundled MNIST");

  @Override
  public String name() {
    return "latency-mnist";
  }

  @Override
  public String summary() {
    return "handwritten digits as spike latencies, EventProp";
  }

  @Override
  public List<CommandOption> options() {
    return List.of(HIDDEN, LEARNING_RATE, SHIFT, VALIDATION, PLAIN, DATA);
  }

  @Override
  public Experiment prepare(Arguments arguments, Optional<TrainingState> saved) throws IOException {
    LatencyMnistSettings settings = LatencyMnistSettings.of(arguments);
    Optional<Integer> hidden = saved.flatMap(LatencyMnist::hiddenNeurons);
    if (hidden.isPresent() && !arguments.isGiven(HIDDEN.name())) {
      settings = settings.hidden(hidden.get());
    }
    return LatencyMnistExperiment.start(settings, arguments.path(DATA.name()));
  }

  /// The saved network has as many as its weights have columns.
  private static Optional<Integer> hiddenNeurons(TrainingState saved) {
    NumpyArray weights = saved.variables().get(LatencyMnistExperiment.HIDDEN_WEIGHTS);
    return weights == null || weights.shape().length != 2
        ? Optional.empty()
        : Optional.of(weights.shape()[1]);
  }
}
