package org.mlgenn.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.data.Examples;
import org.mlgenn.train.TrainingCallback;

/// A recipe with its options.
public interface Experiment {
  /// Everything that decides the result, for the report.
  Map<String, Object> settings();

  /// The network, compiled for training.
  CompiledNetwork training() throws IOException;

  /// The same network, compiled to answer.
  CompiledNetwork inference() throws IOException;

  /// Waits until the data are loaded.
  Data data() throws IOException;

  /// SHA-256 of the data set as it is published, whatever is made of it.
  String dataSha256() throws IOException;

  /// What belongs to the way of training, such as the schedule of the learning rate.
  List<TrainingCallback> callbacks();

  /// @param validation what the network is tested with after each epoch
  /// @param test what it is tested with at the end
  record Data(Examples training, Optional<Examples> validation, Examples test) {}
}
