package org.genn.engine.runtime;

import java.io.IOException;
import java.util.Optional;
import org.genn.engine.backend.Backend;
import org.genn.engine.backend.BuildCache;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.backend.Executable;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.LoweringSettings;
import org.genn.engine.model.ModelDigest;
import org.genn.engine.model.ModelSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * What a cached start needs of a lowered model is where its variables are and which kernels are launched, not the code of the
 * kernels: that has been compiled. It is kept beside the compiled kernels under the model's digest, so that such a start
 * neither reads snippets nor lowers nor prints anything.
 */

/// Lowered models in the cache of kernels, without the code of their kernels.
final class LoweredStore {
  private final ModelSpec spec;
  private final ModelDigest digest;
  private final int recordingSteps;
  private final BuildCache cache;
  private final BuildSettings build;
  private final String key;

  private LoweredStore(
      ModelSpec spec,
      ModelDigest digest,
      int recordingSteps,
      BuildCache cache,
      BuildSettings build,
      String key) {
    this.spec = spec;
    this.digest = digest;
    this.recordingSteps = recordingSteps;
    this.cache = cache;
    this.build = build;
    this.key = key;
  }

  /// A lowered model and its kernels.
  record Loaded(LoweredModel lowered, Executable executable) {}

  /// Nothing where there is no cache, the sources are wanted, or the model has no digest.
  ///
  /// @param backend its name and identity
  static Optional<LoweredStore> of(
      ModelSpec spec, LoweringSettings lowering, String backend, BuildSettings build) {
    if (build.cacheDirectory().isEmpty()
        || build.sourceDirectory().isPresent()
        || System.getProperty("mlgenn.sources") != null) {
      return Optional.empty();
    }
    Optional<String> engine = EngineFiles.identity();
    Optional<ModelDigest> digest = engine.flatMap(_ -> ModelDigest.of(spec));
    if (digest.isEmpty()) {
      return Optional.empty();
    }
    String key = key(engine.get(), digest.get(), lowering, backend, build);
    var cache = new BuildCache(build.cacheDirectory().get());
    return Optional.of(
        new LoweredStore(spec, digest.get(), lowering.recordingSteps(), cache, build, key));
  }

  /// Kernels read from memory how many steps recordings hold, but where they are checked, their
  /// code has the numbers of rows.
  private static String key(
      String engine,
      ModelDigest digest,
      LoweringSettings lowering,
      String backend,
      BuildSettings build) {
    if (lowering
        instanceof
        LoweringSettings(
            int slices,
            int recordingSteps,
            boolean fusesPostsynapticModels,
            boolean fusesPrePostWeightUpdateModels,
            int parts,
            boolean timesParts,
            boolean isChecked)) {
      return BuildCache.key(
          LoweredWriter.FORM,
          engine,
          digest.hash(),
          Integer.toString(slices),
          Integer.toString(build.isChecked() ? recordingSteps : 0),
          Boolean.toString(fusesPostsynapticModels),
          Boolean.toString(fusesPrePostWeightUpdateModels),
          Integer.toString(parts),
          Boolean.toString(timesParts),
          Boolean.toString(isChecked),
          backend,
          Boolean.toString(build.isChecked()));
    }
    throw new IllegalStateException();
  }

  /// Whether the model has been lowered before, so that there is nothing wrong with it.
  boolean isStored() {
    return cache.read(key).isPresent();
  }

  /// Notes that there is nothing wrong with a model that has not been built yet.
  void writeChecked() {
    cache.write(key, new byte[0]);
  }

  /// The model, if it is stored and its kernels are still in the cache.
  Optional<Loaded> load(Backend backend) {
    Optional<byte[]> bytes = cache.read(key);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      var stored = LoweredReader.read(bytes.get(), spec, digest.initialValues());
      LoweredModel lowered = stored.lowered().recordingSteps(recordingSteps);
      return backend
          .load(lowered.program(), stored.cacheKey(), build)
          .map(executable -> new Loaded(lowered, executable));
    } catch (IOException e) {
      log().debug("a stored model is lowered again", e);
      return Optional.empty();
    }
  }

  void write(LoweredModel lowered, Executable executable) {
    if (!executable.cacheKey().isEmpty()) {
      LoweredWriter.write(lowered, executable.cacheKey(), digest.initialValues())
          .ifPresent(bytes -> cache.write(key, bytes));
    }
  }

  /// Looked up when there is something to say: what logs takes 0.2 s to start.
  private static Logger log() {
    return LoggerFactory.getLogger(LoweredStore.class);
  }
}
