package org.genn.engine.backend.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.genn.engine.backend.Availability;
import org.genn.engine.backend.Backend;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.BuildCache;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.backend.Executable;
import org.genn.engine.backend.KeptSources;
import org.genn.engine.backend.Pace;
import org.genn.engine.backend.form.Merging;
import org.genn.engine.kernel.IrVerifier;
import org.genn.engine.kernel.Program;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs programs as Java classes, printed as source and compiled in process. Needs nothing but a
/// JDK.
public final class JvmBackend implements Backend {
  private static final AtomicBoolean PREPARED = new AtomicBoolean();
  private static final Pattern LIMITS =
      Pattern.compile("error: (code too large|too many parameters|too many constants)");

  private static final String TOO_LARGE =
      "the jvm back end cannot build %s: Java has limits that its code exceeds (%s); use fewer"
          + " variables or parameters in one group, or the back end native\n";

  private static final String NEEDS_JDK =
      "a Java runtime without compiler (module jdk.compiler); start with a JDK to build new"
          + " programs";

  @Override
  public String name() {
    return "jvm";
  }

  @Override
  public int preference() {
    return 10;
  }

  @Override
  public Pace pace() {
    return new Pace(2, 1);
  }

  @Override
  public Availability availability() {
    return JvmCompiler.isAvailable()
        ? new Availability(true, "Java " + Runtime.version())
        : new Availability(false, NEEDS_JDK);
  }

  /// Loads the compiler, which takes longer than compiling does: a launcher can call it in a thread
  /// of its own while it reads data. Later builds wait for nothing; it has no other effect.
  public static void warmUp() {
    if (JvmCompiler.isAvailable()) {
      try {
        JvmCompiler.compile(JavaSource.sample());
      } catch (IOException e) {
        log().debug("warming up the compiler failed", e);
      }
    }
  }

  /// Loads the compiler, once, while the program is being lowered.
  @Override
  public void prepare() {
    if (PREPARED.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("mlgenn-compiler").start(JvmBackend::warmUp);
    }
  }

  @Override
  public Executable build(Program program, BuildSettings settings) {
    long start = System.nanoTime();
    Program code = IrVerifier.verify(settings.isChecked() ? program : Merging.of(program));
    JavaSource source = JavaSource.of(code, settings.isChecked());
    sources(source, settings).keep();
    var cache = settings.cacheDirectory().map(BuildCache::new);
    String key = BuildCache.key("jvm", source.text(), Boolean.toString(settings.isChecked()));
    Optional<byte[]> cached = cache.flatMap(c -> c.read(key));
    if (cached.isEmpty()) {
      settings.requireMayBuild(program.name());
    }
    byte[] classFile = cached.orElseGet(() -> compile(source, settings));
    if (cached.isEmpty()) {
      cache.ifPresent(c -> c.write(key, classFile));
    }
    return new JvmExecutable(
        program, classFile, key, (System.nanoTime() - start) * 1e-9, cached.isPresent());
  }

  @Override
  public Optional<Executable> load(Program program, String cacheKey, BuildSettings settings) {
    long start = System.nanoTime();
    return settings
        .cacheDirectory()
        .flatMap(directory -> new BuildCache(directory).read(cacheKey))
        .map(
            classFile ->
                new JvmExecutable(
                    program, classFile, cacheKey, (System.nanoTime() - start) * 1e-9, true));
  }

  /// The limit of Java that a program exceeds: code is cut, but not everything can be.
  private static Optional<String> exceeded(String log) {
    return LIMITS.matcher(log).results().map(found -> found.group(1)).findFirst();
  }

  private static byte[] compile(JavaSource source, BuildSettings settings) {
    if (!JvmCompiler.isAvailable()) {
      throw new BackendException(
          "the jvm back end cannot build " + source.className() + ": " + NEEDS_JDK);
    }
    try {
      var result = JvmCompiler.compile(source);
      byte[] classFile = result.classes().get(source.className());
      if (classFile == null || result.classes().size() > 1) {
        String refused =
            "the Java compiler refused %s, printed at %s:\n%s"
                .formatted(
                    source.className(), sources(source, settings).keepRefused(), result.log());
        throw new BackendException(
            exceeded(result.log())
                .map(limit -> TOO_LARGE.formatted(source.className(), limit) + refused)
                .orElse(refused));
      }
      return classFile;
    } catch (IOException e) {
      throw new BackendException(
          "compiling " + source.className() + " failed: " + e.getMessage(), e);
    }
  }

  private static KeptSources sources(JavaSource source, BuildSettings settings) {
    return new KeptSources(source.className(), settings, directory -> write(source, directory));
  }

  private static Path write(JavaSource source, Path directory) throws IOException {
    return Files.writeString(directory.resolve(source.className() + ".java"), source.text());
  }

  /// Looked up when there is something to say: what logs takes 0.2 s to start.
  private static Logger log() {
    return LoggerFactory.getLogger(JvmBackend.class);
  }
}
