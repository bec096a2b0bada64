package org.genn.engine.runtime;

import java.security.SecureRandom;
import java.util.Optional;
import org.genn.engine.backend.Backend;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.Backends;
import org.genn.engine.backend.Executable;
import org.genn.engine.backend.Pace;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.Lowering;
import org.genn.engine.kernel.LoweringSettings;
import org.genn.engine.model.ArrayUse;
import org.genn.engine.model.ModelSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From a model to opened kernels and memory.
final class Opening {
  private Opening() {}

  /// @param before the model as it was checked, if it was not stored
  static Opened open(
      ModelSpec given,
      RuntimeSettings settings,
      Optional<LoweredModel> before,
      OpeningObserver observer) {
    observer.begins(OpeningObserver.Stage.LOWER, "");
    ModelSpec spec = seeded(given);
    Backend backend = Backends.named(settings.backend());
    backend.prepareToRun();
    LoweringSettings lowering = lowering(spec, settings, backend.pace());
    String name = backend.name() + " " + backend.identity();
    var store = LoweredStore.of(spec, lowering, name, settings.build());
    var loaded = store.flatMap(s -> s.load(backend));
    if (loaded.isPresent()) {
      requireFits(loaded.get().lowered(), backend, settings);
      return opened(loaded.get().lowered(), backend, loaded.get().executable());
    }
    backend.prepare();
    warnOfUnusedArrays(spec);
    LoweredModel lowered =
        before
            .filter(model -> lowering.equals(lowering(given, settings, Pace.USUAL)))
            .filter(model -> settings.recordingSteps() == 0 && model.spec().equals(given))
            .map(model -> model.spec(spec))
            .orElseGet(() -> Lowering.lower(spec, lowering));
    try {
      Opened opened = open(lowered, backend, settings, observer);
      store.ifPresent(s -> s.write(opened.lowered(), opened.executable()));
      return opened;
    } catch (BackendException e) {
      Backend next = Backends.after(backend, settings.backend()).orElseThrow(() -> e);
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      log().warn("back end {}: {}; going on with {}", backend.name(), reason, next.name());
      return open(lowered, next, settings, observer);
    }
  }

  private static void warnOfUnusedArrays(ModelSpec spec) {
    ArrayUse.unused(spec)
        .forEach(
            (array, isGiven) -> {
              if (isGiven) {
                log()
                    .warn(
                        "model '{}': extra global parameter '{}.{}' has values, but no code uses"
                            + " it",
                        spec.name(),
                        array.group(),
                        array.variable());
              }
            });
  }

  /// Checks a model and all its snippets.
  ///
  /// @return the model, unless it has been checked before
  static Optional<LoweredModel> check(ModelSpec spec, RuntimeSettings settings) {
    var store =
        LoweredStore.of(spec, lowering(spec, settings, Pace.USUAL), "any", settings.build());
    if (store.isPresent() && store.get().isStored()) {
      return Optional.empty();
    }
    LoweredModel lowered = lower(spec, settings);
    store.ifPresent(LoweredStore::writeChecked);
    return Optional.of(lowered);
  }

  static Opened open(
      LoweredModel lowered, Backend backend, RuntimeSettings settings, OpeningObserver observer) {
    requireFits(lowered, backend, settings);
    observer.begins(OpeningObserver.Stage.COMPILE, "");
    return opened(lowered, backend, backend.build(lowered.program(), settings.build()));
  }

  private static void requireFits(LoweredModel lowered, Backend backend, RuntimeSettings settings) {
    ModelTable.of(lowered, settings.threadCount()).requireFits(backend.memoryLimit());
  }

  private static Opened opened(LoweredModel lowered, Backend backend, Executable executable) {
    try {
      return new Opened(lowered, backend.name(), executable, executable.open());
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
    return Lowering.lower(spec, lowering(spec, settings, Pace.USUAL));
  }

  private static LoweringSettings lowering(ModelSpec spec, RuntimeSettings settings, Pace pace) {
    return new LoweringSettings(
        settings.slices(),
        settings.recordingSteps(),
        settings.fusesPostsynapticModels(),
        settings.fusesPrePostWeightUpdateModels(),
        PartCount.of(spec, settings, pace),
        settings.isTimed(),
        settings.build().isChecked());
  }

  /// The model with a seed that was drawn, where it has none.
  static ModelSpec seeded(ModelSpec spec) {
    if (spec.seed() != 0) {
      return spec;
    }
    long seed = new SecureRandom().nextLong(1, Long.MAX_VALUE);
    return spec.seed(seed);
  }

  /// Looked up when there is something to say: what logs takes 0.2 s to start.
  private static Logger log() {
    return LoggerFactory.getLogger(Opening.class);
  }
}
