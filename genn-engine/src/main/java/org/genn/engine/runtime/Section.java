package org.genn.engine.runtime;

/// Launches of a plan that are run as one.
interface Section {

  void run(Workers workers, int activeExamples);

  /// Runs one step of launches of several.
  void runStep(Workers workers, int activeExamples, int step);
}
