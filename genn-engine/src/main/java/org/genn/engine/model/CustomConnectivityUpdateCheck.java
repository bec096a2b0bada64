package org.genn.engine.model;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.genn.engine.snippet.Snippet;

/// Checks custom connectivity updates.
final class CustomConnectivityUpdateCheck {
  private final Problems problems;
  private final ModelSpec spec;
  private final ReferenceCheck references;
  private final Map<String, SynapseGroup> synapseGroups;

  /// @param references knows the custom updates, whose variables may be referred to
  CustomConnectivityUpdateCheck(
      Problems problems,
      ModelSpec spec,
      Map<String, SynapseGroup> synapseGroups,
      ReferenceCheck references) {
    this.problems = problems;
    this.spec = spec;
    this.synapseGroups = synapseGroups;
    this.references = references;
  }

  void check(CustomConnectivityUpdate update) {
    String where = "custom connectivity update '" + update.name() + "'";
    CustomConnectivityUpdateModel model = update.model();
    List<ConnectivityUpdatePart> parts = List.of(model.synapses(), model.pre(), model.post());
    problems.checkNames(
        where + ", model " + model.name(),
        Vocabulary.CUSTOM_CONNECTIVITY_UPDATE,
        Stream.of(
                Problems.names(model.declarations()),
                parts.stream().flatMap(part -> part.variables().stream()).map(Variable::name),
                parts.stream()
                    .flatMap(part -> part.references().stream())
                    .map(VariableDeclaration::name),
                model.extraGlobalParameterReferences().stream().map(ExtraGlobalParameter::name))
            .flatMap(stream -> stream));
    problems.checkTypes(where, model.declarations());
    problems.addIf(
        !model.declarations().variables().isEmpty(),
        "%s: variables of %s must be declared as variables of synapses, sources or targets",
        where,
        model.name());
    parts.forEach(part -> part.variables().forEach(variable -> checkOwn(where, variable)));
    problems.checkBindings(
        where,
        model.name(),
        model.declarations(),
        Problems.types(parts.stream().flatMap(part -> part.variables().stream()).toList()),
        update.bindings());
    references.checkArrays(
        where, model.extraGlobalParameterReferences(), update.references().extraGlobalParameters());
    SynapseGroup group = synapseGroups.get(update.synapseGroup());
    if (group == null) {
      problems.addUnknown(
          where + ": unknown synapse group", update.synapseGroup(), synapseGroups.keySet());
      return;
    }
    problems.addIf(
        !(group.connectivity() instanceof Connectivity.Sparse),
        "%s: synapse group '%s' has %s connectivity; only the synapses of sparse groups can be"
            + " added and removed",
        where,
        group.name(),
        group.connectivity().getClass().getSimpleName());
    checkSynapses(where, update, group);
    checkNames(where, update);
    checkEnd(
        where,
        "presynaptic",
        model.pre(),
        update.references().pre(),
        "source '" + group.source() + "'",
        size(group.source()));
    checkEnd(
        where,
        "postsynaptic",
        model.post(),
        update.references().post(),
        "target '" + group.target() + "'",
        size(group.target()));
  }

  private int size(String neurons) {
    return spec.neuronGroups().stream()
        .filter(group -> group.name().equals(neurons))
        .mapToInt(NeuronGroup::size)
        .findFirst()
        .orElse(-1);
  }

  private void checkOwn(String where, Variable variable) {
    problems.checkNumber(where, variable.name(), variable.type());
    problems.addIf(
        !variable.access().isPerElement(),
        "%s: variable '%s' can't be %s; it has a value per synapse or neuron",
        where,
        variable.name(),
        variable.access());
    problems.addIf(
        variable.perStep(),
        "%s: variable '%s' can't have a value per step of a trial",
        where,
        variable.name());
  }

  /// What the references of a part refer to, as far as that exists.
  private Map<VariableDeclaration, Extent> extents(
      String where, ConnectivityUpdatePart part, Map<String, VariableReference> bound) {
    problems.checkReferences(where, part.references(), bound);
    var found = new LinkedHashMap<VariableDeclaration, Extent>();
    for (VariableDeclaration declaration : part.references()) {
      VariableReference reference = bound.get(declaration.name());
      problems.addIf(
          declaration.mode() != VarAccessMode.READ_ONLY
              && declaration.mode() != VarAccessMode.READ_WRITE,
          "%s: reference '%s' can't be %s; it may be READ_ONLY or READ_WRITE",
          where,
          declaration.name(),
          declaration.mode());
      if (reference == null) {
        problems.add("%s: reference '%s' is not bound", where, declaration.name());
        continue;
      }
      Optional<Extent> extent = references.extent(where, reference);
      extent.ifPresent(value -> found.put(declaration, value));
      problems.addIf(
          extent.isPresent() && !problems.isSameType(declaration.type(), extent.get().type()),
          "%s: reference '%s' has type %s, but the variable has type %s",
          where,
          declaration.name(),
          declaration.type(),
          extent.map(Extent::type).orElse(""));
    }
    return found;
  }

  private void checkSynapses(String where, CustomConnectivityUpdate update, SynapseGroup group) {
    extents(where, update.model().synapses(), update.references().synapses())
        .forEach(
            (declaration, extent) -> {
              String name = declaration.name();
              problems.addIf(
                  !extent.owner().equals(group.name()),
                  "%s: reference '%s' must be to a variable of synapses of '%s', but is to one of"
                      + " %s",
                  where,
                  name,
                  group.name(),
                  extent.isSynaptic() ? "'" + extent.owner() + "'" : "neurons");
              problems.addIf(
                  spec.batchSize() > 1
                      && extent.isPerExample()
                      && Snippet.mentions(update.model().rowUpdateCode(), name),
                  "%s: row code uses reference '%s', but each of the %d examples has values of its"
                      + " own; only add_synapse can give it a value",
                  where,
                  name,
                  spec.batchSize());
            });
  }

  /// What code may write must have one name, and rows must not read what other rows write.
  private void checkNames(String where, CustomConnectivityUpdate update) {
    var names = new LinkedHashMap<VariableReference, String>();
    var written = new HashSet<VariableReference>();
    CustomConnectivityUpdateModel model = update.model();
    for (Variable variable : model.synapses().variables()) {
      var own = VariableReference.connectivityUpdate(update.name(), variable.name());
      names.put(own, variable.name());
      written.add(own);
    }
    for (Variable variable : model.pre().variables()) {
      var own = VariableReference.connectivityUpdatePre(update.name(), variable.name());
      names.put(own, variable.name());
      written.add(own);
    }
    Stream.concat(
            model.synapses().references().stream(),
            Stream.concat(model.pre().references().stream(), model.post().references().stream()))
        .forEach(
            declaration -> {
              String name = declaration.name();
              VariableReference reference =
                  Stream.of(
                          update.references().synapses(),
                          update.references().pre(),
                          update.references().post())
                      .map(bound -> bound.get(name))
                      .filter(Objects::nonNull)
                      .findFirst()
                      .orElse(null);
              if (reference == null) {
                return;
              }
              boolean isOfSynapses = update.references().synapses().containsKey(name);
              if (isOfSynapses || declaration.mode() != VarAccessMode.READ_ONLY) {
                written.add(reference);
              }
              String other = names.putIfAbsent(reference, name);
              problems.addIf(
                  other != null && written.contains(reference),
                  "%s: '%s' and '%s' are the same variable, which row code may write; use one name",
                  where,
                  other,
                  name);
            });
  }

  private void checkEnd(
      String where,
      String end,
      ConnectivityUpdatePart part,
      Map<String, VariableReference> bound,
      String neurons,
      int size) {
    extents(where, part, bound)
        .forEach(
            (declaration, extent) -> {
              String name = declaration.name();
              boolean isPerNeuron = !extent.isSynaptic() && extent.isPerElement();
              problems.addIf(
                  !isPerNeuron,
                  "%s: %s reference '%s' must be to a variable with a value per neuron, but is to"
                      + " one with a value per %s",
                  where,
                  end,
                  name,
                  extent.isSynaptic() ? "synapse" : "example");
              problems.addIf(
                  isPerNeuron && size >= 0 && extent.size() != size,
                  "%s: %s reference '%s' has %d elements, but %s has %d neurons",
                  where,
                  end,
                  name,
                  extent.size(),
                  neurons,
                  size);
              problems.addIf(
                  spec.batchSize() > 1 && extent.isPerExample(),
                  "%s: %s reference '%s' is to a variable of which each of the %d examples has"
                      + " values of its own; connections are shared by all",
                  where,
                  end,
                  name,
                  spec.batchSize());
              VariableReference.Kind kind = bound.get(name).kind();
              problems.addIf(
                  kind == VariableReference.Kind.DENDRITIC_DELAY,
                  "%s: %s reference '%s' is to input in dendrites, which an update of connections"
                      + " can't refer to",
                  where,
                  end,
                  name);
            });
  }
}
