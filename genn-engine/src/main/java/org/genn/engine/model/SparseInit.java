package org.genn.engine.model;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.snippet.Snippet;

/// Code that makes the synapses of a sparse group, source by source or target by target.
///
/// Row code knows `id_pre` and calls `addSynapse(id_post)`, column code knows `id_post` and calls
/// `addSynapse(id_pre)`; where there is a kernel, its indices follow. Code may draw random numbers.
/// Rows are made by several threads, unless row code writes an extra global parameter: then one
/// after the other, in ascending order of sources.
///
/// Host code runs before, once, whenever connections are made: by one thread, also for groups that
/// store no connections. It computes extra global parameters for the code of rows or columns: knows
/// `num_pre`, `num_post`, `num_threads` (always 1: one row per source, never cut), parameters and
/// these arrays, and may draw random numbers. `allocate<Name>(n)` makes an array of `n` zeros of
/// one that is given no values; it is a statement of its own, outside of blocks, before the array
/// is used. `push<Name>(n)`, which moves an array to the device in GeNN, has nothing to do: host
/// and kernels share memory. What the snippet language has no words for, a `HostArray` computes in
/// Java, before host code.
///
/// @param rowBuildCode empty when there is column code
/// @param hostInitCode empty when there is nothing to compute before
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
    String hostInitCode,
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
    Given.to(
        "connectivity",
        name,
        "declarations",
        declarations,
        "row build code",
        rowBuildCode,
        "column build code",
        columnBuildCode,
        "host init code",
        hostInitCode);
    hostArrays = OrderedMap.copyOf(hostArrays);
  }

  public SparseInit(String name) {
    this(
        name,
        Declarations.NONE,
        "",
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
        hostInitCode,
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
        hostInitCode,
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
        hostInitCode,
        maxRowLength,
        maxColumnLength,
        kernelSize,
        hostArrays,
        expectedSynapses);
  }

  /// Code that computes extra global parameters before the connections are made.
  public SparseInit hostInitCode(String code) {
    return new SparseInit(
        name,
        declarations,
        rowBuildCode,
        columnBuildCode,
        code,
        maxRowLength,
        maxColumnLength,
        kernelSize,
        hostArrays,
        expectedSynapses);
  }

  /// The function of host code that makes an array.
  public static String allocation(String array) {
    return "allocate" + array;
  }

  /// The extra global parameters that host code makes.
  public Set<String> allocatedArrays() {
    var allocated = new LinkedHashSet<String>();
    for (ExtraGlobalParameter array : declarations.extraGlobalParameters()) {
      if (Snippet.mentions(hostInitCode, allocation(array.name()))) {
        allocated.add(array.name());
      }
    }
    return Collections.unmodifiableSet(allocated);
  }

  public SparseInit maxRowLength(Bound bound) {
    return new SparseInit(
        name,
        declarations,
        rowBuildCode,
        columnBuildCode,
        hostInitCode,
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
        hostInitCode,
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
        hostInitCode,
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
        hostInitCode,
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
        hostInitCode,
        maxRowLength,
        maxColumnLength,
        kernelSize,
        hostArrays,
        Optional.of(count));
  }
}
