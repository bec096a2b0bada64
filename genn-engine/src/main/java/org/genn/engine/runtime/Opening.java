package org.genn.engine.runtime;

import java.security.SecureRandom;
import org.genn.engine.backend.Backend;
import org.genn.engine.backend.Backends;
import org.genn.engine.backend.Executable;
import org.genn.engine.backend.Pace;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.Lowering;
import org.genn.engine.kernel.LoweringSettings;
import org.genn.engine.model.ModelSpec;

/// From a model to opened kernels and memory.
final class Opening {
  private Opening() {}

  static Opened open(ModelSpec spec, RuntimeSettings settings, OpeningObserver observer) {
    observer.begins(OpeningObserver.Stage.LOWER, "");
    Backend backend = Backends.named(settings.backend());
    return open(lower(seeded(spec), settings, backend.pace()), backend, settings, observer);
  }

  static Opened open(
      LoweredModel lowered, Backend backend, RuntimeSettings settings, OpeningObserver observer) {
    ModelTable.of(lowered).requireFits(backend.memoryLimit());
    observer.begins(OpeningObserver.Stage.COMPILE, "");
    Executable executable = backend.build(lowered.program(), settings.build());
    try {
      return new Opened(lowered, executable, executable.open());
    } catch (Throwable failure) {
      try {
        executable.close();
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
  }

  static LoweredModel lower(ModelSpec spec, RuntimeSettings settings) {
    return lower(spec, settings, Pace.USUAL);
  }

  private static LoweredModel lower(ModelSpec spec, RuntimeSettings settings, Pace pace) {
    var lowering =
        new LoweringSettings(
            settings.slices(),
            settings.recordingSteps(),
            settings.fusesPostsynapticModels(),
            PartCount.of(spec, settings, pace),
            settings.isTimed());
    return Lowering.lower(spec, lowering);
  }

  /// The model with a seed that was drawn, where it has none.
  static ModelSpec seeded(ModelSpec spec) {
    if (spec.seed() != 0) {
      return spec;
    }
    long seed = new SecureRandom().nextLong(1, Long.MAX_VALUE);
    return spec.seed(seed);
  }
}
