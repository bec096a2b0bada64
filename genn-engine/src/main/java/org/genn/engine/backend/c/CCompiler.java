package org.genn.engine.backend.c;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.genn.engine.backend.Availability;

/// The machine's C compiler: the one that property `mlgenn.cc` or variable `CC` names, or `cc`,
/// `gcc` or `clang`.
///
/// @param path of the program
/// @param version first line of what it says about itself
/// @param flags that it knows of those that are wanted
record CCompiler(Path path, String version, List<String> flags) {
  /// `-fno-builtin`: a routine may have the name of a C function. Nothing here lets a compiler
  /// change a result.
  static final List<String> FLAGS =
      List.of(
          "-std=gnu11",
          "-O3",
          "-march=native",
          "-fwrapv",
          "-ffp-contract=off",
          "-fno-math-errno",
          "-fno-trapping-math",
          "-fno-builtin",
          "-fvisibility=hidden",
          "-fPIC",
          "-Werror=implicit-function-declaration");

  /// Of gcc alone, and it only saves time: copies of functions for constant arguments would take
  /// half of it.
  static final List<String> OPTIONAL = List.of("-fno-ipa-cp-clone");

  private static final long SLOWEST_SECONDS = 600;
  private static final String MISSING =
      "no C compiler found (looked for %s); install gcc or clang, or name one in variable CC";

  /// What looking for a compiler gave.
  record Found(Optional<CCompiler> compiler, String problem) {
    Availability availability() {
      return compiler.isPresent()
          ? new Availability(true, compiler.get().version)
          : new Availability(false, problem);
    }
  }

  private static final class Lazy {
    static final Found FOUND = find(wanted());

    private Lazy() {}
  }

  static Found found() {
    return Lazy.FOUND;
  }

  private static List<String> wanted() {
    for (String name : new String[] {System.getProperty("mlgenn.cc"), System.getenv("CC")}) {
      if (name != null && !name.isBlank()) {
        return List.of(name);
      }
    }
    return List.of("cc", "gcc", "clang");
  }

  /// The first of the named programs that there is, if it works.
  static Found find(List<String> names) {
    Optional<Path> path = Optional.empty();
    for (int k = 0; k < names.size() && path.isEmpty(); k++) {
      path = onPath(names.get(k));
    }
    if (path.isEmpty()) {
      return new Found(Optional.empty(), MISSING.formatted(String.join(", ", names)));
    }
    try {
      Optional<CCompiler> known = TriedCompilers.find(path.get());
      if (known.isPresent()) {
        return new Found(known, "");
      }
      Result result = run(List.of(path.get().toString(), "--version"), Path.of("."));
      if (result.exitCode != 0) {
        return new Found(
            Optional.empty(), path.get() + " --version failed: " + firstLine(result.log));
      }
      String version = firstLine(result.log);
      var all = Stream.concat(FLAGS.stream(), OPTIONAL.stream()).toList();
      var compiler = new CCompiler(path.get(), version, all);
      if (compiler.trial().isPresent()) {
        compiler = new CCompiler(path.get(), version, FLAGS);
        Optional<String> problem = compiler.trial();
        if (problem.isPresent()) {
          return new Found(Optional.empty(), problem.get());
        }
      }
      TriedCompilers.add(compiler);
      return new Found(Optional.of(compiler), "");
    } catch (IOException e) {
      return new Found(
          Optional.empty(), "%s cannot be started: %s".formatted(path.get(), e.getMessage()));
    }
  }

  private static Optional<Path> onPath(String name) {
    if (name.contains(File.separator)) {
      return Files.isExecutable(Path.of(name)) ? Optional.of(Path.of(name)) : Optional.empty();
    }
    String folders = System.getenv("PATH");
    for (String folder : (folders == null ? "" : folders).split(File.pathSeparator)) {
      Path path = Path.of(folder, name);
      if (!folder.isEmpty() && Files.isExecutable(path)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  /// What is wrong with it, found by compiling nearly nothing.
  private Optional<String> trial() throws IOException {
    Path folder = Files.createTempDirectory("mlgenn-cc");
    try {
      Files.writeString(folder.resolve("unit0.c"), "#include <setjmp.h>\nint nothing;\n");
      Result result = compile(folder, 1, folder.resolve("trial.so"));
      return result.exitCode == 0
          ? Optional.empty()
          : Optional.of("%s cannot compile: %s".formatted(path, firstLine(result.log)));
    } finally {
      delete(folder);
    }
  }

  /// What decides the code that it makes, besides the source.
  String identity() {
    return String.join(
        "\n", path.toString(), version, String.join(" ", flags), Processor.identity());
  }

  /// @param log what the compiler printed
  record Result(int exitCode, String log) {}

  /// Compiles `unit0.c`, `unit1.c` … of a folder, side by side, and links them to a library.
  Result compile(Path folder, int units, Path library) throws IOException {
    if (units == 1) {
      return run(command(List.of("-shared", "unit0.c", "-o", library.toString(), "-lm")), folder);
    }
    var log = new StringBuilder();
    var objects = new ArrayList<String>();
    try (var workers =
        Executors.newFixedThreadPool(Math.min(units, Runtime.getRuntime().availableProcessors()))) {
      var results = new ArrayList<Future<Result>>();
      for (int unit = 0; unit < units; unit++) {
        String name = "unit" + unit;
        objects.add(name + ".o");
        results.add(
            workers.submit(
                () -> run(command(List.of("-c", name + ".c", "-o", name + ".o")), folder)));
      }
      int worst = 0;
      for (var result : results) {
        log.append(result.get().log);
        worst = Math.max(worst, result.get().exitCode);
      }
      if (worst != 0) {
        return new Result(worst, log.toString());
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while compiling", e);
    }
    var link = new ArrayList<>(List.of(path.toString(), "-shared", "-o", library.toString()));
    link.addAll(objects);
    link.add("-lm");
    return run(link, folder);
  }

  private List<String> command(List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(path.toString());
    command.addAll(flags);
    command.addAll(arguments);
    return command;
  }

  private static Result run(List<String> command, Path folder) throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(SLOWEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Result(-1, log + "stopped after " + SLOWEST_SECONDS + " s");
      }
      return new Result(process.exitValue(), log);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + command.getFirst(), e);
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("it said nothing");
  }

  /// Deletes a folder and the files in it.
  static void delete(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
