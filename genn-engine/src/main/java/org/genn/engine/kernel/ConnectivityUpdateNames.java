package org.genn.engine.kernel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;

/// What the names of a custom connectivity update stand for, as far as host and row code agree.
record ConnectivityUpdateNames(ModelSpec spec, Layout layout, CustomConnectivityUpdate update) {

  /// Binds time, sizes and parameters.
  void bind(FunctionBuilder builder, ElementScope scope) {
    SynapseGroup group = spec.synapseGroup(update.synapseGroup());
    scope.alias("t", builder.time);
    scope.unsigned("num_pre", Build.integer(layout.size(group.source())));
    scope.unsigned("num_post", Build.integer(layout.size(group.target())));
    scope.unsigned("num_batch", Build.integer(layout.batch));
    scope.unsigned("row_stride", Build.integer(layout.rows(group.name()).capacity()));
    scope.constant("dt", layout.scalar, spec.dt());
    scope.parameters(
        VariableReference.Kind.CONNECTIVITY_UPDATE,
        update.name(),
        update.model().declarations(),
        update.bindings(),
        spec.dt());
  }

  /// Variables of the synapses, in the order of the arguments of `add_synapse`.
  Map<String, Place> synapses() {
    var places = new LinkedHashMap<String, Place>();
    for (Variable variable : update.model().synapses().variables()) {
      places.put(
          variable.name(),
          layout.place(VariableReference.connectivityUpdate(update.name(), variable.name())));
    }
    for (VariableDeclaration reference : update.model().synapses().references()) {
      places.put(
          reference.name(), layout.place(update.references().synapses().get(reference.name())));
    }
    return Collections.unmodifiableMap(places);
  }
}
