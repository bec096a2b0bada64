package org.mlgenn.compilers.eventprop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.mlgenn.compilers.parts.NeuronAssembly;
import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.ErrorSignal;

/// Custom updates over the neurons of a population, whose code may use all of its parameters and
/// variables, and the results of earlier reductions.
final class ElementUpdate {
  private final NeuronAssembly assembly;
  private final Map<String, VariableReference> results = new LinkedHashMap<>();

  ElementUpdate(NeuronAssembly assembly) {
    this.assembly = assembly;
  }

  /// A reduction, whose result later updates know by its name.
  CustomUpdate reduction(ErrorSignal.Reduction reduction) {
    String name = "%s_%s".formatted(reduction.name(), population());
    String code = "%s = %s;".formatted(reduction.name(), reduction.expression());
    var access =
        switch (reduction.operation()) {
          case SUM -> CustomUpdateVarAccess.REDUCE_NEURON_SUM;
          case MAXIMUM -> CustomUpdateVarAccess.REDUCE_NEURON_MAX;
        };
    var update =
        update(
            name,
            reduction.name(),
            new CustomUpdateModel(reduction.name(), code)
                .variable(new CustomUpdateVariable(reduction.name(), access)));
    results.put(reduction.name(), VariableReference.customUpdate(name, reduction.name()));
    return update;
  }

  /// Code that sets variables of the population.
  CustomUpdate code(String group, String code) {
    return update(
        "%s_%s".formatted(group, population()), group, new CustomUpdateModel(group, code));
  }

  private String population() {
    return assembly.population().name();
  }

  private CustomUpdate update(String name, String group, CustomUpdateModel model) {
    String code = model.updateCode();
    var bindings = Bindings.NONE;
    var references = new LinkedHashMap<String, VariableReference>();
    for (Contribution contribution : assembly.contributions()) {
      for (var parameter : contribution.parameters().entrySet()) {
        if (mentions(code, parameter.getKey())) {
          model = model.parameter(parameter.getKey());
          bindings = bindings.parameter(parameter.getKey(), parameter.getValue());
        }
      }
      for (Contribution.State state : contribution.states()) {
        Variable variable = state.variable();
        if (mentions(code, variable.name())) {
          model = model.reference(declaration(code, variable));
          references.put(variable.name(), VariableReference.neuron(population(), variable.name()));
        }
      }
    }
    for (var result : results.entrySet()) {
      if (mentions(code, result.getKey())) {
        model = model.reference(result.getKey(), VarAccessMode.READ_ONLY);
        references.put(result.getKey(), result.getValue());
      }
    }
    return new CustomUpdate(name, group, model, bindings, references, Map.of());
  }

  private static VariableDeclaration declaration(String code, Variable variable) {
    var assignment = Pattern.compile("\\b" + variable.name() + "\\s*[-+*/]?=(?!=)");
    return new VariableDeclaration(
        variable.name(),
        variable.type(),
        assignment.matcher(code).find() ? VarAccessMode.READ_WRITE : VarAccessMode.READ_ONLY);
  }

  private static boolean mentions(String code, String name) {
    return Pattern.compile("\\b" + name + "\\b").matcher(code).find();
  }
}
