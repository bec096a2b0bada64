package org.genn.engine.runtime;

import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.SparseGroup;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.SynapsePairs;

/// Makes the rows of sparse groups, and room for their variables beside them.
final class ConnectivitySetup {
  private final LoweredModel model;
  private final Memory memory;

  ConnectivitySetup(LoweredModel model, Memory memory) {
    this.model = model;
    this.memory = memory;
  }

  void setAll() {
    for (SynapseGroup group : model.spec().synapseGroups()) {
      switch (group.connectivity()) {
        case Connectivity.Dense _ -> {}
        case Connectivity.Sparse sparse -> {
          SparseGroup arrays = model.sparse().get(group.name());
          int sources = model.spec().neuronGroup(group.source()).size();
          switch (sparse.pattern()) {
            case SynapsePairs pairs -> set(arrays, sources, pairs);
          }
          makeRoom(arrays, sources);
        }
      }
    }
  }

  private void set(SparseGroup arrays, int sources, SynapsePairs pairs) {
    int[] lengths = new int[sources];
    for (int synapse = 0; synapse < pairs.size(); synapse++) {
      lengths[pairs.source(synapse)]++;
    }
    int synapse = 0;
    for (int source = 0; source < sources; source++) {
      memory.setLong(arrays.lengths(), 0, source, lengths[source]);
      memory.resize(arrays.indices(), source, lengths[source]);
      for (int k = 0; k < lengths[source]; k++) {
        memory.setLong(arrays.indices(), source, k, pairs.target(synapse++));
      }
    }
  }

  private void makeRoom(SparseGroup arrays, int sources) {
    for (int array : arrays.values()) {
      int rows = model.program().arrays().get(array).count();
      for (int row = 0; row < rows; row++) {
        int length = (int) memory.getLong(arrays.lengths(), 0, row % sources);
        memory.resize(array, row, length);
      }
    }
  }
}
