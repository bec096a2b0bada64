package org.genn.engine.model.builtin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The names of everything that is built in, by kind.
final class BuiltIns {
  private BuiltIns() {}

  static Map<String, Set<String>> names() {
    var names = new LinkedHashMap<String, Set<String>>();
    names.put("neuron model", NeuronModels.names());
    names.put("postsynaptic model", PostsynapticModels.names());
    names.put("weight update model", WeightUpdateModels.names());
    names.put("current source model", CurrentSourceModels.names());
    names.put("custom update model", CustomUpdateModels.names());
    names.put("variable initialiser", VariableInits.names());
    names.put("sparse connectivity", SparsePatterns.names());
    names.put("Toeplitz connectivity", ToeplitzPatterns.names());
    return names;
  }
}
