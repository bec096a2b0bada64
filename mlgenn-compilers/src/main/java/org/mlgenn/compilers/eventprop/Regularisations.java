package org.mlgenn.compilers.eventprop;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// How hidden populations are regularised.
///
/// @param all that of populations without one of their own
/// @param ofPopulations by name
public record Regularisations(Regularisation all, Map<String, Regularisation> ofPopulations) {
  public static final Regularisations NONE = new Regularisations(Regularisation.NONE, Map.of());

  public Regularisations {
    ofPopulations = Collections.unmodifiableMap(new LinkedHashMap<>(ofPopulations));
  }

  public Regularisations all(Regularisation all) {
    return new Regularisations(all, ofPopulations);
  }

  public Regularisations of(String population, Regularisation regularisation) {
    var extended = new LinkedHashMap<>(ofPopulations);
    extended.put(population, regularisation);
    return new Regularisations(all, extended);
  }

  Regularisation of(String population) {
    return ofPopulations.getOrDefault(population, all);
  }
}
