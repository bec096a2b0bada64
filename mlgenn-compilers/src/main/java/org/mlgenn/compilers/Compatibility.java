package org.mlgenn.compilers;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mlgenn.parts.Quirk;

/// Something that ml_genn does differently from what it means, imitated so that numbers can be
/// compared. None is on by default.
public enum Compatibility {
  /// Spikes of the last step of an example arrive in the first step of the next one.
  // ml_genn: compilers/inference_compiler.py, event_prop_compiler.py: spikes are not cleared
  // between batches
  SPIKES_CROSS_EXAMPLES,
  /// Readout MaxVar starts at 0, so that negative maxima are never recorded.
  MAXIMUM_FROM_ZERO(Quirk.MAXIMUM_FROM_ZERO);

  private final Optional<Quirk> quirk;

  Compatibility() {
    this.quirk = Optional.empty();
  }

  Compatibility(Quirk quirk) {
    this.quirk = Optional.of(quirk);
  }

  /// What parts know of these.
  public static Set<Quirk> quirks(Collection<Compatibility> compatibility) {
    return compatibility.stream()
        .flatMap(each -> each.quirk.stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
