package org.genn.engine.backend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.genn.engine.snippet.Spelling;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The back ends that are installed.
public final class Backends {
  private static final String AUTO = "auto";

  /// The back end that the log has been told of: a program asks more than once.
  private static final AtomicReference<String> TOLD = new AtomicReference<>("");

  private Backends() {}

  /// All back ends, the most preferred first, whether they work on this machine or not.
  public static List<Backend> all() {
    var all = new ArrayList<Backend>();
    ServiceLoader.load(Backend.class, Backends.class.getClassLoader()).forEach(all::add);
    all.sort(Comparator.comparingInt(Backend::preference).reversed());
    return List.copyOf(all);
  }

  /// A back end by its name, or for `auto` the one that property `mlgenn.backend` names, else the
  /// most preferred one that is available.
  public static Backend named(String wanted) {
    List<Backend> all = all();
    String name = name(wanted);
    if (name.equals(AUTO)) {
      return choose(all);
    }
    for (Backend backend : all) {
      if (backend.name().equals(name)) {
        Availability availability = backend.availability();
        if (!availability.isAvailable()) {
          throw new BackendException(
              "back end '%s' is not available: %s".formatted(name, availability.detail()));
        }
        return backend;
      }
    }
    throw unknown(name, all);
  }

  /// @param wanted a name, or `auto`, for which one is chosen when it is needed
  /// @throws IllegalArgumentException for a name that no back end has
  /// @throws BackendException for a back end that does not work on this machine
  public static void requireAvailable(String wanted) {
    if (!wanted.equals(AUTO)) {
      named(wanted);
    }
  }

  private static String name(String wanted) {
    return wanted.equals(AUTO) ? System.getProperty("mlgenn.backend", AUTO) : wanted;
  }

  /// The back end that `auto` takes where the one it has taken could not build a program: the most
  /// preferred available one after it. Nothing where a certain back end is wanted.
  public static Optional<Backend> after(Backend failed, String wanted) {
    if (!name(wanted).equals(AUTO)) {
      return Optional.empty();
    }
    return all().stream()
        .filter(backend -> backend.preference() < failed.preference())
        .filter(backend -> backend.availability().isAvailable())
        .findFirst();
  }

  private static Backend choose(List<Backend> all) {
    Backend chosen =
        all.stream()
            .filter(backend -> backend.availability().isAvailable())
            .findFirst()
            .orElseThrow(() -> new BackendException("no back end is available: " + reasons(all)));
    if (!chosen.name().equals(TOLD.getAndSet(chosen.name())) && log().isInfoEnabled()) {
      var better = all.subList(0, all.indexOf(chosen));
      log()
          .info(
              "back end: {} ({}){}",
              chosen.name(),
              chosen.availability().detail(),
              better.isEmpty() ? "" : "; not available: " + reasons(better));
    }
    return chosen;
  }

  private static String reasons(List<Backend> backends) {
    return backends.stream()
        .map(backend -> backend.name() + ": " + backend.availability().detail())
        .collect(Collectors.joining("; "));
  }

  private static IllegalArgumentException unknown(String name, List<Backend> all) {
    List<String> names = all.stream().map(Backend::name).sorted().collect(Collectors.toList());
    names.addFirst(AUTO);
    String hint = Spelling.hint(name, names);
    return new IllegalArgumentException(
        "unknown back end '%s'; there are %s%s".formatted(name, names, hint));
  }

  /// Looked up when there is something to say: what logs takes 0.2 s to start.
  private static Logger log() {
    return LoggerFactory.getLogger(Backends.class);
  }
}
