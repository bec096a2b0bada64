package org.genn.engine.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Checks custom updates, in the order in which they were added.
final class CustomUpdateCheck {
  private final Problems problems;
  private final ModelSpec spec;
  private final ReferenceCheck references;
  private final TransposeCheck transposes;
  private final Map<String, List<String>> sharedWrites = new LinkedHashMap<>();

  CustomUpdateCheck(
      Problems problems,
      ModelSpec spec,
      Map<String, SynapseGroup> synapseGroups,
      ReferenceCheck references) {
    this.problems = problems;
    this.spec = spec;
    this.references = references;
    transposes = new TransposeCheck(problems, synapseGroups);
  }

  void check(CustomUpdate update) {
    String where = "custom update '" + update.name() + "'";
    CustomUpdateModel model = update.model();
    problems.checkNames(
        where + ", model " + model.name(),
        Vocabulary.CUSTOM_UPDATE,
        Stream.of(
                Problems.names(model.declarations()),
                model.variables().stream().map(CustomUpdateVariable::name),
                model.references().stream().map(VariableDeclaration::name),
                model.extraGlobalParameterReferences().stream().map(ExtraGlobalParameter::name))
            .flatMap(stream -> stream));
    problems.checkTypes(where, model.declarations());
    var types = new LinkedHashMap<String, String>();
    for (CustomUpdateVariable variable : model.variables()) {
      problems.checkNumber(where, variable.name(), variable.type());
      types.put(variable.name(), variable.type());
    }
    problems.addIf(
        !model.declarations().variables().isEmpty(),
        "%s: variables of %s must be declared as variables of a custom update",
        where,
        model.name());
    problems.checkBindings(where, model.name(), model.declarations(), types, update.bindings());
    Extent whole = checkReferences(where, update);
    references.checkArrays(
        where,
        update.model().extraGlobalParameterReferences(),
        update.extraGlobalParameterReferences());
    transposes.check(where, update);
    references.note(update, whole);
  }

  /// Returns what the update runs over.
  private Extent checkReferences(String where, CustomUpdate update) {
    List<VariableDeclaration> declared = update.model().references();
    problems.checkReferences(where, declared, update.references());
    problems.addIf(
        declared.isEmpty(),
        "%s: it refers to no variable, so what it should run over is unknown",
        where);
    var found = new LinkedHashMap<VariableDeclaration, Extent>();
    for (VariableDeclaration declaration : declared) {
      VariableReference reference = update.references().get(declaration.name());
      if (reference == null) {
        problems.add(
            "%s: reference '%s' of %s is not bound",
            where, declaration.name(), update.model().name());
      } else {
        references.extent(where, reference).ifPresent(extent -> found.put(declaration, extent));
      }
    }
    found.forEach(
        (declaration, extent) ->
            problems.addIf(
                !problems.isSameType(declaration.type(), extent.type()),
                "%s: reference '%s' has type %s, but the variable has type %s",
                where,
                declaration.name(),
                declaration.type(),
                extent.type()));
    Extent whole = checkShapes(where, found);
    sharedWrites.put(update.name(), sharedWrites(update, found, whole));
    found.forEach((declaration, extent) -> checkAccess(where, declaration, extent, whole));
    checkReductions(where, update, found, whole);
    return whole;
  }

  /// All variables must fit each other; returns what the update runs over.
  private Extent checkShapes(String where, Map<VariableDeclaration, Extent> found) {
    String owner = "";
    int size = -1;
    boolean isPerExample = false;
    boolean isPerElement = false;
    String first = "";
    boolean hasNeuronLike = false;
    for (var entry : found.entrySet()) {
      Extent extent = entry.getValue();
      isPerExample |= extent.isPerExample();
      isPerElement |= extent.isPerElement();
      if (extent.isSynaptic()) {
        problems.addIf(
            !owner.isEmpty() && !owner.equals(extent.owner()),
            "%s: refers to variables of synapse groups '%s' and '%s'; all must be of one",
            where,
            owner,
            extent.owner());
        owner = extent.owner();
      } else if (extent.isPerElement()) {
        hasNeuronLike = true;
        problems.addIf(
            size >= 0 && size != extent.size(),
            "%s: reference '%s' has %d elements, but '%s' has %d",
            where,
            entry.getKey().name(),
            extent.size(),
            first,
            size);
        if (size < 0) {
          size = extent.size();
          first = entry.getKey().name();
        }
      }
    }
    problems.addIf(
        hasNeuronLike && !owner.isEmpty(),
        "%s: reference '%s' is to a variable of neurons, others are to synapses of '%s', but an"
            + " update runs over one of them; sums over the synapses of a source are possible in"
            + " the row code of a custom connectivity update",
        where,
        first,
        owner);
    return new Extent("", owner, Math.max(size, 1), isPerExample, isPerElement);
  }

  private void checkAccess(
      String where, VariableDeclaration declaration, Extent extent, Extent whole) {
    boolean lacksElements = whole.isPerElement() && !extent.isPerElement();
    boolean lacksExamples = whole.isPerExample() && !extent.isPerExample();
    switch (declaration.mode()) {
      case READ_ONLY -> {}
      case READ_WRITE, BROADCAST ->
          problems.addIf(
              lacksElements || (lacksExamples && spec.batchSize() > 1),
              "%s: reference '%s' may only be read or reduced to, since the variable is shared by"
                  + " all %s",
              where,
              declaration.name(),
              lacksElements ? "elements" : "examples");
      case REDUCE_SUM, REDUCE_MAX -> {
        problems.addIf(
            !lacksElements && !lacksExamples,
            "%s: reference '%s' is reduced to, but has all dimensions of the update",
            where,
            declaration.name());
        problems.addIf(
            lacksElements && lacksExamples,
            "%s: reference '%s' would be reduced over examples and elements; do one after the"
                + " other",
            where,
            declaration.name());
      }
    }
  }

  private void checkReductions(
      String where, CustomUpdate update, Map<VariableDeclaration, Extent> found, Extent whole) {
    var overBatch = new ArrayList<String>();
    var overNeurons = new ArrayList<String>();
    for (CustomUpdateVariable variable : update.model().variables()) {
      if (variable.access().isBatchReduction()) {
        overBatch.add(variable.name());
      }
      if (variable.access().isNeuronReduction()) {
        overNeurons.add(variable.name());
      }
      problems.addIf(
          whole.isSynaptic()
              && (variable.access().isNeuronReduction()
                  || variable.access() == CustomUpdateVarAccess.READ_ONLY_SHARED_NEURON
                  || variable.access() == CustomUpdateVarAccess.BROADCAST_DELAY),
          "%s: variable '%s' can't be %s in an update of synapses",
          where,
          variable.name(),
          variable.access());
    }
    found.forEach(
        (declaration, extent) -> {
          if (isReduction(declaration.mode())) {
            (extent.isPerExample() ? overNeurons : overBatch).add(declaration.name());
          }
        });
    problems.addIf(
        !overBatch.isEmpty() && !overNeurons.isEmpty(),
        "%s: reduces %s over examples and %s over elements; only one is possible in an update",
        where,
        overBatch,
        overNeurons);
  }

  private static boolean isReduction(VarAccessMode mode) {
    return mode == VarAccessMode.REDUCE_SUM || mode == VarAccessMode.REDUCE_MAX;
  }

  /// What of the examples' common state an update changes; runs must leave that alone.
  List<String> sharedWrites(CustomUpdate update) {
    return sharedWrites.getOrDefault(update.name(), List.of());
  }

  private static List<String> sharedWrites(
      CustomUpdate update, Map<VariableDeclaration, Extent> found, Extent whole) {
    var writes = new ArrayList<String>();
    found.forEach(
        (declaration, extent) -> {
          if (declaration.mode() != VarAccessMode.READ_ONLY && !extent.isPerExample()) {
            writes.add(declaration.name());
          }
        });
    for (CustomUpdateVariable variable : update.model().variables()) {
      if (variable.access().isWritable()
          && !ReferenceCheck.extent(variable, whole).isPerExample()) {
        writes.add(variable.name());
      }
    }
    return writes;
  }
}
