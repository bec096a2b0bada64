package org.genn.engine.backend.c;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.genn.engine.backend.Availability;
import org.genn.engine.backend.Backend;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.BuildCache;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.backend.Executable;
import org.genn.engine.backend.KeptSources;
import org.genn.engine.backend.MemoryLimit;
import org.genn.engine.backend.Pace;
import org.genn.engine.backend.form.Merging;
import org.genn.engine.kernel.IrVerifier;
import org.genn.engine.kernel.Program;

/// Runs programs as machine code, printed as C, compiled by the machine's compiler and called
/// through `java.lang.foreign`. Computes the same bits as `jvm` does.
///
/// Without checks a subscript outside of its row reads or writes whatever is there, as in C; with
/// checks it is reported.
public final class NativeBackend implements Backend {
  private static final AtomicBoolean PREPARED = new AtomicBoolean();

  private final Supplier<CCompiler.Found> compiler;
  private final boolean hasWideVectors;

  /// With the machine's compiler.
  public NativeBackend() {
    this(Processor.hasWideVectors());
  }

  /// @param compiler name or path of the C compiler to take, such as `clang`
  public NativeBackend(String compiler) {
    var found = CCompiler.find(List.of(compiler));
    this.compiler = () -> found;
    hasWideVectors = Processor.hasWideVectors();
  }

  /// @param hasWideVectors which form loops get: what is right for the processor, not what it needs
  NativeBackend(boolean hasWideVectors) {
    compiler = CCompiler::found;
    this.hasWideVectors = hasWideVectors;
  }

  @Override
  public String name() {
    return "native";
  }

  @Override
  public int preference() {
    return 20;
  }

  @Override
  public MemoryLimit memoryLimit() {
    return MemoryLimit.ofMachine().perRow(NativeMemory.PER_ROW, NativeRowBuilder.PER_ROW);
  }

  @Override
  public Pace pace() {
    return new Pace(0.4, 0.5);
  }

  @Override
  public Availability availability() {
    return compiler.get().availability();
  }

  /// Lets the JVM make what calls of C functions need, once.
  @Override
  public void prepareToRun() {
    if (PREPARED.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("mlgenn-linker").start(NativeInstance::prepare);
    }
  }

  @Override
  public Executable build(Program program, BuildSettings settings) {
    long start = System.nanoTime();
    Program code = IrVerifier.verify(settings.isChecked() ? program : Merging.of(program));
    var found = compiler.get();
    CCompiler chosen =
        found
            .compiler()
            .orElseThrow(
                () ->
                    new BackendException(
                        "the native back end cannot build %s: %s"
                            .formatted(program.name(), found.problem())));
    CSource source = CSource.of(code, settings.isChecked(), hasWideVectors);
    sources(source, settings).keep();
    var cache = settings.cacheDirectory().map(BuildCache::new);
    String key = BuildCache.key("native", String.join("\0", source.units()), chosen.identity());
    Optional<byte[]> cached = cache.flatMap(c -> c.read(key));
    if (cached.isEmpty()) {
      settings.requireMayBuild(program.name());
    }
    byte[] library = cached.orElseGet(() -> compile(chosen, source, settings));
    if (cached.isEmpty()) {
      cache.ifPresent(c -> c.write(key, library));
    }
    return NativeExecutable.load(program, library, key, start, cached.isPresent());
  }

  @Override
  public Optional<Executable> load(Program program, String cacheKey, BuildSettings settings) {
    long start = System.nanoTime();
    if (settings.cacheDirectory().isEmpty()) {
      return Optional.empty();
    }
    Optional<byte[]> library = new BuildCache(settings.cacheDirectory().get()).read(cacheKey);
    return library.isEmpty()
        ? Optional.empty()
        : Optional.of(NativeExecutable.load(program, library.get(), cacheKey, start, true));
  }

  @Override
  public String identity() {
    return compiler.get().compiler().map(CCompiler::identity).orElse("");
  }

  private static byte[] compile(CCompiler compiler, CSource source, BuildSettings settings) {
    try {
      Path folder = Files.createTempDirectory("mlgenn-native");
      try {
        int unit = 0;
        for (String text : source.units()) {
          Files.writeString(folder.resolve("unit" + unit++ + ".c"), text);
        }
        Path library = folder.resolve("library.so");
        var result = compiler.compile(folder, source.units().size(), library);
        if (result.exitCode() != 0) {
          throw new BackendException(
              "the C compiler %s refused program '%s', printed at %s:\n%s"
                  .formatted(
                      compiler.path(),
                      source.name(),
                      sources(source, settings).keepRefused(),
                      result.log()));
        }
        return Files.readAllBytes(library);
      } finally {
        CCompiler.delete(folder);
      }
    } catch (IOException e) {
      throw new BackendException(
          "compiling %s failed: %s".formatted(source.name(), e.getMessage()), e);
    }
  }

  private static KeptSources sources(CSource source, BuildSettings settings) {
    return new KeptSources(source.name(), settings, directory -> write(source, directory));
  }

  /// The file of the first unit.
  private static Path write(CSource source, Path directory) throws IOException {
    for (int unit = source.units().size() - 1; unit >= 0; unit--) {
      Files.writeString(file(source, directory, unit), source.units().get(unit));
    }
    return file(source, directory, 0);
  }

  private static Path file(CSource source, Path directory, int unit) {
    return directory.resolve("kernels_" + source.name() + (unit == 0 ? "" : "_" + unit) + ".c");
  }
}
