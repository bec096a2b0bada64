package org.genn.engine.model.builtin;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.SparseInit;

/// The built-in connections with Toeplitz structure.
public final class ToeplitzPatterns {
  private static final String NONE = "";

  private static final SparseInit CONV_2D =
      SparsePatterns.withIntegers(new SparseInit("Conv2D"), "conv_", "kh kw ih iw ic oh ow oc")
          .rowBuildCode(
              convolution(
                  """
                  const int conv_bh = (conv_ih + conv_kh - 1 - conv_oh) / 2;
                  const int conv_bw = (conv_iw + conv_kw - 1 - conv_ow) / 2;
                  """,
                  """
                  const int preRow = ((int) id_pre / conv_ic) / conv_iw;
                  const int preCol = ((int) id_pre / conv_ic) % conv_iw;
                  const int preChan = (int) id_pre % conv_ic;
                  """,
                  NONE))
          .kernelSize(p -> SparsePatterns.sizes(p, "conv_kh", "conv_kw", "conv_ic", "conv_oc"))
          .maxRowLength((sources, targets, p) -> diagonals(sources, targets, p, "conv_"));

  private static final SparseInit AVG_POOL_CONV_2D =
      SparsePatterns.withIntegers(
              SparsePatterns.withIntegers(
                  new SparseInit("AvgPoolConv2D"), "conv_", "kh kw oh ow oc"),
              "pool_",
              "kh kw sh sw ih iw ic")
          .rowBuildCode(
              convolution(
                  """
                  const int poolRows = (pool_ih - pool_kh + pool_sh) / pool_sh;
                  const int poolCols = (pool_iw - pool_kw + pool_sw) / pool_sw;
                  const int conv_bh = (poolRows + conv_kh - 1 - conv_oh) / 2;
                  const int conv_bw = (poolCols + conv_kw - 1 - conv_ow) / 2;
                  """,
                  """
                  const int inRow = ((int) id_pre / pool_ic) / pool_iw;
                  const int inCol = ((int) id_pre / pool_ic) % pool_iw;
                  const int preChan = (int) id_pre % pool_ic;
                  const int preRow = inRow / pool_sh;
                  const int preCol = inCol / pool_sw;
                  """,
                  "inRow < preRow * pool_sh + pool_kh && inCol < preCol * pool_sw + pool_kw && "))
          .kernelSize(p -> SparsePatterns.sizes(p, "conv_kh", "conv_kw", "pool_ic", "conv_oc"))
          .maxRowLength((sources, targets, p) -> diagonals(sources, targets, p, "pool_"));

  private static final Catalogue<SparseInit> ALL =
      Catalogue.of(
          "Toeplitz connectivity",
          List.of(SparsePatterns.UNINITIALISED, CONV_2D, AVG_POOL_CONV_2D),
          SparseInit::name);

  private ToeplitzPatterns() {}

  /// What GeNN calls `name`, for parameters of one's own.
  ///
  /// @throws IllegalArgumentException when there is none
  public static SparseInit named(String name) {
    return ALL.get(name);
  }

  public static Set<String> names() {
    return ALL.entries().keySet();
  }

  /// A two-dimensional convolution of stride 1; neurons are numbered by row, column, channel.
  ///
  /// @param kernel height and width
  /// @param in height, width, channels
  /// @param out height, width, channels
  public static BuiltSynapses conv2d(int[] kernel, int[] in, int[] out) {
    Bindings bindings = SparsePatterns.area(Bindings.NONE, "conv_k", kernel);
    bindings = SparsePatterns.volume(bindings, "conv_i", in);
    return new BuiltSynapses(CONV_2D, SparsePatterns.volume(bindings, "conv_o", out));
  }

  /// Average pooling, then a two-dimensional convolution; the kernel contains the factor of the
  /// average.
  ///
  /// @param kernel height and width
  /// @param pool height and width
  /// @param stride of the pooling: height and width
  /// @param in height, width, channels
  /// @param out height, width, channels
  public static BuiltSynapses avgPoolConv2d(
      int[] kernel, int[] pool, int[] stride, int[] in, int[] out) {
    Bindings bindings = SparsePatterns.area(Bindings.NONE, "conv_k", kernel);
    bindings = SparsePatterns.area(bindings, "pool_k", pool);
    bindings = SparsePatterns.area(bindings, "pool_s", stride);
    bindings = SparsePatterns.volume(bindings, "pool_i", in);
    return new BuiltSynapses(AVG_POOL_CONV_2D, SparsePatterns.volume(bindings, "conv_o", out));
  }

  /// Connections from code of one diagonal, which knows `id_diag` and, in a block `for_each_synapse
  /// { … }`, the source `id_pre`, and calls `addSynapse` there.
  ///
  /// @param count number of diagonals, in terms of parameters
  public static SparseInit ofDiagonals(SparseInit init, String count, String diagonalBuildCode) {
    return init.rowBuildCode(
        """
        for (unsigned int id_diag = 0; id_diag < (unsigned int) (%s); id_diag++) {
        %s
        }
        """
            .formatted(count, diagonalBuildCode.replaceAll("\\bfor_each_synapse\\b", "")));
  }

  private static String convolution(String borders, String source, String condition) {
    String diagonal =
        """
        const int kernRow = ((int) id_diag / conv_oc) / conv_kw;
        const int kernCol = ((int) id_diag / conv_oc) %% conv_kw;
        const int outChan = (int) id_diag %% conv_oc;
        for_each_synapse {
          %s
          const int postRow = preRow + kernRow - conv_bh;
          const int postCol = preCol + kernCol - conv_bw;
          if (%spostRow >= 0 && postCol >= 0 && postRow < conv_oh && postCol < conv_ow) {
            addSynapse((postRow * conv_ow + postCol) * conv_oc + outChan,
                conv_kh - 1 - kernRow, conv_kw - 1 - kernCol, preChan, outChan);
          }
        }
        """
            .formatted(source, condition);
    return borders
        + ofDiagonals(new SparseInit("Conv2D"), "conv_kh * conv_kw * conv_oc", diagonal)
            .rowBuildCode();
  }

  private static int diagonals(int sources, int targets, Map<String, Double> p, String input) {
    SparsePatterns.requireNeurons("source", sources, p, input + "ih", input + "iw", input + "ic");
    SparsePatterns.requireNeurons("target", targets, p, "conv_oh", "conv_ow", "conv_oc");
    return SparsePatterns.rowLength(SparsePatterns.sizes(p, "conv_kh", "conv_kw", "conv_oc"));
  }
}
