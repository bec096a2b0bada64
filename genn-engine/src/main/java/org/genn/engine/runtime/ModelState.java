package org.genn.engine.runtime;

import java.util.Map;
import org.genn.engine.model.Given;
import org.genn.engine.model.VariableReference;
import org.jspecify.annotations.Nullable;

/// How far a `GeNNModel` has come: described, built, loaded.
final class ModelState {
  private String name;
  private boolean isBuilt;
  private VarLocation usualLocation = VarLocation.HOST_DEVICE;
  private VarLocation usualConnectivityLocation = VarLocation.HOST_DEVICE;
  private @Nullable Simulation simulation;

  ModelState(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void rename(String newName) {
    requireNotBuilt("be renamed");
    Given.all("model '" + name + "'", "name", newName);
    name = newName;
  }

  /// Location of the variables of groups that are added from now on.
  VarLocation usualLocation() {
    return usualLocation;
  }

  void usualLocation(VarLocation location) {
    requireNotBuilt("change where values are");
    Given.all("model '" + name + "'", "location", location);
    usualLocation = location;
  }

  /// Location of the connections of groups that are added from now on.
  VarLocation usualConnectivityLocation() {
    return usualConnectivityLocation;
  }

  void usualConnectivityLocation(VarLocation location) {
    requireNotBuilt("change where connections are");
    Given.all("model '" + name + "'", "location", location);
    usualConnectivityLocation = location;
  }

  void requireNotBuilt(String what) {
    if (isBuilt) {
      throw new IllegalStateException(
          "model '%s' is already built; it can no longer %s".formatted(name, what));
    }
  }

  void requireBuilt(String caller) {
    if (!isBuilt) {
      throw new IllegalStateException(
          "model '%s' is not built; call build() before %s()".formatted(name, caller));
    }
  }

  void requireNotLoaded() {
    if (simulation != null) {
      throw new IllegalStateException(
          "model '%s' is already loaded; call unload() first".formatted(name));
    }
  }

  /// @param where opens the message, as the user knows it: `synapse population 's'`
  /// @param what the population is for
  /// @throws IllegalArgumentException when it is `null` or part of another model, whose population
  ///   of the same name would be taken for it
  void requireOwn(String where, String what, @Nullable NeuronPopulation population) {
    Given.all(where, what, population);
    requireThis(where, what, population.name(), population.state());
  }

  void requireOwn(String where, String what, @Nullable SynapsePopulation population) {
    Given.all(where, what, population);
    requireThis(where, what, population.name(), population.state());
  }

  private void requireThis(String where, String what, String population, ModelState owner) {
    if (owner != this) {
      throw new IllegalArgumentException(
          "%s: its %s '%s' is part of another model, '%s'; give a population of this one"
              .formatted(where, what, population, owner.name));
    }
  }

  /// A reference to a part of this model.
  VariableReference made(VariableReference reference) {
    return reference.origin(this);
  }

  /// @param references by the names that code has for them
  /// @throws IllegalArgumentException when one was made of a part of another model
  void requireOwn(String where, Map<String, VariableReference> references) {
    references.forEach(
        (name, reference) -> {
          if (reference.origin().orElse(this) instanceof ModelState owner && owner != this) {
            throw new IllegalArgumentException(
                "%s: its reference '%s' is to '%s' of '%s', a part of another model, '%s'; make it of a part of this one"
                    .formatted(where, name, reference.variable(), reference.group(), owner.name));
          }
        });
  }

  void built() {
    isBuilt = true;
  }

  boolean isLoaded() {
    return simulation != null;
  }

  void loaded(Simulation loaded) {
    simulation = loaded;
  }

  Simulation simulation() {
    Simulation loaded = simulation;
    if (loaded == null) {
      throw new IllegalStateException(
          "model '%s' is not loaded; call load() first".formatted(name));
    }
    return loaded;
  }

  void unload() {
    simulation().close();
    simulation = null;
  }
}
