package org.genn.engine.model;

import java.util.Map;
import java.util.Optional;

/// Code that makes the synapses of a sparse group, source by source or target by target.
///
/// Row code knows `id_pre` and calls `addSynapse(id_post)`, column code knows `id_post` and calls
/// `addSynapse(id_pre)`; where there is a kernel, its indices follow. Code may draw random numbers.
/// Rows are made by several threads, unless row code writes an extra global parameter: then one
/// after the other, in ascending order of sources.
///
/// @param rowBuildCode empty when there is column code
/// @param maxRowLength synapses that a source may have; without it, as many as there are targets
/// @param maxColumnLength synapses that a target may have; without it, as many as there are sources
/// @param kernelSize dimensions of the kernel that synapses index. Synapses of `ProceduralKernel`
///   and `Toeplitz` have the kernel's values; all others have values of their own, and of them only
///   initialisers of `Sparse` and `Procedural` ones know the place in the kernel. GeNN refuses
///   connectivity without a kernel (of `Bitmask`, say) for such a snippet; here it makes the same
///   connections for each, as a convolution's wiring is of use with any weights
/// @param hostArrays contents of extra global parameters, made anew whenever connections are
/// @param expectedSynapses of a matrix, on average, which memory is planned with; without it, as
///   many as the bounds allow
public record SparseInit(
    String name,
    Declarations declarations,
    String rowBuildCode,
    String columnBuildCode,
    Optional<Bound> maxRowLength,
    Optional<Bound> maxColumnLength,
    Optional<KernelSize> kernelSize,
    Map<String, HostArray> hostArrays,
    Optional<Count> expectedSynapses) {

  /// Bounds the synapses of a neuron.
  @FunctionalInterface
  public interface Bound {
    int of(int sources, int targets, Map<String, Double> parameters);
  }

  /// Synapses of a matrix.
  @FunctionalInterface
  public interface Count {
    double of(int sources, int targets, Map<String, Double> parameters);
  }

  /// Dimensions of a kernel, the slowest first.
  @FunctionalInterface
  public interface KernelSize {
    int[] of(Map<String, Double> parameters);
  }

  /// Computes an array before the connections are made.
  @FunctionalInterface
  public interface HostArray {
    float[] of(int sources, int targets, Map<String, Double> parameters, HostRandom random);
  }

  /// Random numbers for host arrays, those of the model's seed.
  public interface HostRandom {
    /// Uniform in [0, 1).
    double uniform();

    /// Successes among `trials`.
    long binomial(long trials, double probability);
  }

  public SparseInit {
    hostArrays = OrderedMap.copyOf(hostArrays);
  }

  public SparseInit(String name) {
    this(
        name,
        Declarations.NONE,
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  public SparseInit declarations(Declarations declarations) {
    return new SparseInit(
        name,
        declarations,
        rowBuildCode,
        columnBuildCode,
        maxRowLength,
        maxColumnLength,
        kernelSize,
        hostArrays,
        expectedSynapses);
  }

  public SparseInit parameter(String parameter) {
    return declarations(declarations.parameter(new ModelParameter(parameter)));
  }

  public SparseInit parameter(String parameter, String type) {
    return declarations(declarations.parameter(new ModelParameter(parameter, type)));
  }

  public SparseInit derivedParameter(String parameter, DerivedParameter.Function function) {
    return declarations(
        declarations.derivedParameter(new DerivedParameter(parameter, "scalar", function)));
  }

  public SparseInit rowBuildCode(String code) {
    return new SparseInit(
        name,
        declarations,
        code,
        columnBuildCode,
        maxRowLength,
        maxColumnLength,
        kernelSize,
        hostArrays,
        expectedSynapses);
  }

  public SparseInit columnBuildCode(String code) {
    return new SparseInit(
        name,
        declarations,
        rowBuildCode,
        code,
        maxRowLength,
        maxColumnLength,
        kernelSize,
        hostArrays,
        expectedSynapses);
  }

  public SparseInit maxRowLength(Bound bound) {
    return new SparseInit(
        name,
        declarations,
        rowBuildCode,
        columnBuildCode,
        Optional.of(bound),
        maxColumnLength,
        kernelSize,
        hostArrays,
        expectedSynapses);
  }

  public SparseInit maxColumnLength(Bound bound) {
    return new SparseInit(
        name,
        declarations,
        rowBuildCode,
        columnBuildCode,
        maxRowLength,
        Optional.of(bound),
        kernelSize,
        hostArrays,
        expectedSynapses);
  }

  public SparseInit kernelSize(KernelSize size) {
    return new SparseInit(
        name,
        declarations,
        rowBuildCode,
        columnBuildCode,
        maxRowLength,
        maxColumnLength,
        Optional.of(size),
        hostArrays,
        expectedSynapses);
  }

  /// An extra global parameter that is given values.
  public SparseInit extraGlobalParameter(String array, String type) {
    return declarations(declarations.extraGlobalParameter(new ExtraGlobalParameter(array, type)));
  }

  /// An extra global parameter that is computed before the connections are made.
  public SparseInit hostArray(String array, String type, HostArray values) {
    return new SparseInit(
        name,
        declarations.extraGlobalParameter(new ExtraGlobalParameter(array, type)),
        rowBuildCode,
        columnBuildCode,
        maxRowLength,
        maxColumnLength,
        kernelSize,
        OrderedMap.plus(hostArrays, array, values),
        expectedSynapses);
  }

  public SparseInit expectedSynapses(Count count) {
    return new SparseInit(
        name,
        declarations,
        rowBuildCode,
        columnBuildCode,
        maxRowLength,
        maxColumnLength,
        kernelSize,
        hostArrays,
        Optional.of(count));
  }
}
