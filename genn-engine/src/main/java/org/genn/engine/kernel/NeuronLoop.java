package org.genn.engine.kernel;

import org.genn.engine.model.Bindings;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.Expr;

/// A loop over the neurons of a group that is being lowered, and what all code that runs in it may
/// name.
///
/// @param neuron index of the loop
record NeuronLoop(
    ModelSpec spec,
    ModelCode code,
    Layout layout,
    NeuronGroup group,
    FunctionBuilder builder,
    Expr.Name neuron) {

  /// A scope that knows the time.
  ElementScope scope(Uses uses) {
    ElementScope scope = new ElementScope(builder, uses, neuron);
    scope.alias("t", builder.time);
    return scope;
  }

  /// What code of a model that runs in the loop may always name, and the model's parameters.
  ///
  /// @param owner what the model is of: the group, a synapse group, a current source
  void names(
      ElementScope scope,
      VariableReference.Kind kind,
      String owner,
      Declarations declarations,
      Bindings bindings) {
    scope.unsigned("id", neuron);
    scope.unsigned("num_neurons", Build.integer(group.size()));
    scope.unsigned("num_batch", Build.integer(layout.batch));
    scope.unsigned("batch", builder.example);
    scope.constant("dt", layout.scalar, spec.dt());
    scope.parameters(kind, owner, declarations, bindings, spec.dt());
  }

  /// A variable with one value per neuron.
  void variable(ElementScope scope, String name, VariableReference reference) {
    Place place = layout.place(reference);
    scope.variable(name, place, place.rows(), builder.example, Build.integer(0));
  }

  /// Lets code draw random numbers from a stream.
  void randomNumbers(ElementScope scope, Uses uses, int stream) {
    if (RandomCalls.appearIn(uses)) {
      Expr element =
          ElementNumber.of(
              ElementNumber.isWide(layout.batch, group.size()),
              builder.example,
              group.size(),
              neuron);
      RandomCalls.bind(builder, scope, element, stream);
    }
  }
}
