package org.genn.engine.runtime;

import java.util.List;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.Given;
import org.genn.engine.model.builtin.SparsePatterns;

/// Matrix types of synapses by the names that GeNN gives them.
final class MatrixTypes {
  private static final List<String> NAMES =
      List.of(
          "DENSE",
          "DENSE_PROCEDURALG",
          "SPARSE",
          "BITMASK",
          "PROCEDURAL",
          "PROCEDURAL_KERNELG",
          "TOEPLITZ");

  private MatrixTypes() {}

  /// @param owner opens messages: `model 'm'`
  static Connectivity connectivity(String owner, String matrixType) {
    Given.all(owner, "matrix type", matrixType);
    return switch (matrixType) {
      case "DENSE" -> new Connectivity.Dense();
      case "DENSE_PROCEDURALG" -> new Connectivity.DenseProcedural();
      case "SPARSE" -> SynapsePopulation.UNCONNECTED;
      case "BITMASK", "PROCEDURAL", "PROCEDURAL_KERNELG", "TOEPLITZ" ->
          throw new IllegalArgumentException(
              "%s: synapses of matrix type %s need connectivity; give initSparseConnectivity or initToeplitzConnectivity, or a Connectivity instead of the name"
                  .formatted(owner, matrixType));
      default -> throw unknown(owner, matrixType);
    };
  }

  static Connectivity connectivity(String owner, String matrixType, BuiltSynapses synapses) {
    Given.all(owner, "matrix type", matrixType, "connectivity", synapses);
    if (synapses.init().equals(SparsePatterns.UNINITIALISED)) {
      return connectivity(owner, matrixType);
    }
    return switch (matrixType) {
      case "SPARSE" -> new Connectivity.Sparse(synapses);
      case "BITMASK" -> new Connectivity.Bitmask(synapses);
      case "PROCEDURAL" -> new Connectivity.Procedural(synapses);
      case "PROCEDURAL_KERNELG" -> new Connectivity.ProceduralKernel(synapses);
      case "TOEPLITZ" -> new Connectivity.Toeplitz(synapses);
      case "DENSE", "DENSE_PROCEDURALG" ->
          throw new IllegalArgumentException(
              "%s: synapses of matrix type %s connect all with all; %s can't be given"
                  .formatted(owner, matrixType, synapses.init().name()));
      default -> throw unknown(owner, matrixType);
    };
  }

  private static IllegalArgumentException unknown(String owner, String matrixType) {
    return new IllegalArgumentException(Lookup.missing(owner, "matrix type", matrixType, NAMES));
  }
}
