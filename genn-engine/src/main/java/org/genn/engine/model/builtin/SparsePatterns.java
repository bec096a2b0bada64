package org.genn.engine.model.builtin;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.SparseInit;

/// The built-in ways to connect neurons sparsely.
///
/// Rows are bounded where their length is random: a matrix exceeds its bound with a probability of
/// at most 1e-4.
public final class SparsePatterns {
  private static final double CONFIDENCE = 0.9999;

  private static final SparseInit ONE_TO_ONE =
      new SparseInit("OneToOne")
          .rowBuildCode("addSynapse(id_pre);")
          .maxRowLength((_, _, _) -> 1)
          .maxColumnLength((_, _, _) -> 1);

  private static final SparseInit FIXED_PROBABILITY =
      withProbability(
          "FixedProbability",
          """
          if (prob > 0.0) {
            int previous = -1;
            while (true) {
              const scalar gap = log(1.0 - gennrand_uniform()) * probLogRecip;
              if (gap >= (scalar) ((int) num_post - 1 - previous)) {
                break;
              }
              previous += 1 + (int) gap;
              addSynapse(previous + id_post_begin);
            }
          }
          """);

  private static final SparseInit FIXED_PROBABILITY_NO_AUTAPSE =
      withProbability(
          "FixedProbabilityNoAutapse",
          """
          if (prob > 0.0) {
            int previous = -1;
            while (true) {
              const scalar gap = log(1.0 - gennrand_uniform()) * probLogRecip;
              if (gap >= (scalar) ((int) num_post - 1 - previous)) {
                break;
              }
              previous += 1 + (int) gap;
              if (previous + id_post_begin != id_pre) {
                addSynapse(previous + id_post_begin);
              }
            }
          }
          """);

  private static final SparseInit FIXED_NUMBER_POST =
      new SparseInit("FixedNumberPostWithReplacement")
          .parameter("num", "unsigned int")
          .rowBuildCode(sortedDraws("num"))
          .expectedSynapses((sources, _, p) -> (double) number(p) * sources)
          .maxRowLength((_, _, parameters) -> number(parameters))
          .maxColumnLength(
              (sources, targets, parameters) ->
                  quantile(targets, (long) number(parameters) * sources, 1.0 / targets));

  private static final SparseInit FIXED_NUMBER_TOTAL =
      new SparseInit("FixedNumberTotalWithReplacement")
          .parameter("num", "unsigned int")
          .hostArray("preCalcRowLength", "unsigned int", SparsePatterns::rowLengths)
          .rowBuildCode(sortedDraws("preCalcRowLength[id_pre]"))
          .expectedSynapses((_, _, p) -> number(p))
          .maxRowLength(
              (sources, _, parameters) -> quantile(sources, number(parameters), 1.0 / sources))
          .maxColumnLength(
              (_, targets, parameters) -> quantile(targets, number(parameters), 1.0 / targets));

  private static final SparseInit FIXED_NUMBER_PRE =
      new SparseInit("FixedNumberPreWithReplacement")
          .parameter("num", "unsigned int")
          .columnBuildCode(
              """
              for (unsigned int c = num; c > 0; c--) {
                addSynapse(gennrand() % num_pre);
              }
              """)
          .maxRowLength(
              (sources, targets, parameters) ->
                  quantile(sources, (long) number(parameters) * targets, 1.0 / sources))
          .maxColumnLength((_, _, parameters) -> number(parameters))
          .expectedSynapses((_, targets, p) -> (double) number(p) * targets);

  private static final SparseInit CONV_2D =
      withIntegers(new SparseInit("Conv2D"), "conv_", "kh kw sh sw padh padw ih iw ic oh ow oc")
          .rowBuildCode(
              """
              const int inRow = ((int) id_pre / conv_ic) / conv_iw + conv_padh;
              const int inCol = ((int) id_pre / conv_ic) % conv_iw + conv_padw;
              const int inChan = (int) id_pre % conv_ic;
              const int firstRow = (inRow < conv_kh) ? 0 : 1 + (inRow - conv_kh) / conv_sh;
              const int firstCol = (inCol < conv_kw) ? 0 : 1 + (inCol - conv_kw) / conv_sw;
              const int endRow = min(conv_oh, 1 + inRow / conv_sh);
              const int endCol = min(conv_ow, 1 + inCol / conv_sw);
              for (int outRow = firstRow; outRow < endRow; outRow++) {
                for (int outCol = firstCol; outCol < endCol; outCol++) {
                  for (int outChan = 0; outChan < conv_oc; outChan++) {
                    addSynapse((outRow * conv_ow + outCol) * conv_oc + outChan,
                        inRow - outRow * conv_sh, inCol - outCol * conv_sw, inChan, outChan);
                  }
                }
              }
              """)
          .kernelSize(p -> sizes(p, "conv_kh", "conv_kw", "conv_ic", "conv_oc"))
          .maxRowLength(
              (sources, targets, p) -> {
                requireNeurons("source", sources, p, "conv_ih", "conv_iw", "conv_ic");
                requireNeurons("target", targets, p, "conv_oh", "conv_ow", "conv_oc");
                return rowLength(
                    Math.ceilDiv(size(p, "conv_kh"), positive(p, "conv_sh")),
                    Math.ceilDiv(size(p, "conv_kw"), positive(p, "conv_sw")),
                    size(p, "conv_oc"));
              });

  /// Makes no connections: they are given one by one.
  public static final SparseInit UNINITIALISED = new SparseInit("Uninitialised");

  private static final Catalogue<SparseInit> ALL =
      Catalogue.of(
          "sparse connectivity",
          List.of(
              UNINITIALISED,
              ONE_TO_ONE,
              FIXED_PROBABILITY,
              FIXED_PROBABILITY_NO_AUTAPSE,
              FIXED_NUMBER_POST,
              FIXED_NUMBER_TOTAL,
              FIXED_NUMBER_PRE,
              CONV_2D),
          SparseInit::name);

  private SparsePatterns() {}

  /// What GeNN calls `name`, for parameters of one's own.
  ///
  /// @throws IllegalArgumentException when there is none
  public static SparseInit named(String name) {
    return ALL.get(name);
  }

  public static Set<String> names() {
    return ALL.entries().keySet();
  }

  /// A two-dimensional convolution; neurons are numbered by row, column, channel.
  ///
  /// @param kernel height and width
  /// @param stride height and width
  /// @param padding height and width
  /// @param in height, width, channels
  /// @param out height, width, channels
  public static BuiltSynapses conv2d(
      int[] kernel, int[] stride, int[] padding, int[] in, int[] out) {
    Bindings bindings = area(Bindings.NONE, "conv_k", kernel);
    bindings = area(area(bindings, "conv_s", stride), "conv_pad", padding);
    bindings = volume(volume(bindings, "conv_i", in), "conv_o", out);
    return new BuiltSynapses(CONV_2D, bindings);
  }

  /// Height and width as parameters.
  static Bindings area(Bindings bindings, String prefix, int[] sizes) {
    return shape(bindings, prefix, "hw", "height and width", sizes);
  }

  /// Height, width and channels as parameters.
  static Bindings volume(Bindings bindings, String prefix, int[] sizes) {
    return shape(bindings, prefix, "hwc", "height, width and channels", sizes);
  }

  private static Bindings shape(
      Bindings bindings, String prefix, String dimensions, String meaning, int[] sizes) {
    if (sizes == null || sizes.length != dimensions.length()) {
      throw new IllegalArgumentException(
          "convolution: '%s…' takes %s, got %s".formatted(prefix, meaning, Arrays.toString(sizes)));
    }
    Bindings extended = bindings;
    for (int k = 0; k < sizes.length; k++) {
      extended = extended.parameter(prefix + dimensions.charAt(k), sizes[k]);
    }
    return extended;
  }

  /// Refuses populations that are not of the size that a convolution is for: what it made would
  /// lead from and to other places.
  static void requireNeurons(
      String end, int neurons, Map<String, Double> parameters, String... dimensions) {
    int[] sizes = sizes(parameters, dimensions);
    BigInteger expected = product(sizes);
    if (!expected.equals(BigInteger.valueOf(neurons))) {
      throw new IllegalArgumentException(
          "its %s has %d neurons, but %s of %s are %s"
              .formatted(
                  end, neurons, String.join(" × ", dimensions), Arrays.toString(sizes), expected));
    }
  }

  private static BigInteger product(int... sizes) {
    return Arrays.stream(sizes)
        .mapToObj(BigInteger::valueOf)
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  /// Synapses of a row, which has so many along each dimension.
  static int rowLength(int... sizes) {
    BigInteger length = product(sizes);
    if (length.bitLength() >= Integer.SIZE) {
      throw new IllegalArgumentException(
          "a source has %s synapses; at most %d are possible".formatted(length, Integer.MAX_VALUE));
    }
    return length.intValue();
  }

  static SparseInit withIntegers(SparseInit init, String prefix, String names) {
    SparseInit extended = init;
    for (String name : names.split(" ")) {
      extended = extended.parameter(prefix + name, "int");
    }
    return extended;
  }

  static int size(Map<String, Double> parameters, String name) {
    return parameters.get(name).intValue();
  }

  private static int positive(Map<String, Double> parameters, String name) {
    int size = size(parameters, name);
    if (size < 1) {
      throw new IllegalArgumentException(
          "parameter '%s' must be positive, got %s".formatted(name, size));
    }
    return size;
  }

  static int[] sizes(Map<String, Double> parameters, String... names) {
    return java.util.stream.Stream.of(names).mapToInt(name -> size(parameters, name)).toArray();
  }

  /// Neuron `i` with neuron `i`.
  public static BuiltSynapses oneToOne() {
    return new BuiltSynapses(ONE_TO_ONE, Bindings.NONE);
  }

  /// Each pair with the same probability, independently of the others.
  public static BuiltSynapses fixedProbability(double probability) {
    return new BuiltSynapses(FIXED_PROBABILITY, Bindings.NONE.parameter("prob", probability));
  }

  /// Each pair of two different neurons with the same probability, independently of the others.
  public static BuiltSynapses fixedProbabilityNoAutapse(double probability) {
    return new BuiltSynapses(
        FIXED_PROBABILITY_NO_AUTAPSE, Bindings.NONE.parameter("prob", probability));
  }

  /// Each source with `number` targets, drawn with replacement.
  public static BuiltSynapses fixedNumberPost(int number) {
    return new BuiltSynapses(FIXED_NUMBER_POST, Bindings.NONE.parameter("num", number));
  }

  /// `number` pairs, drawn with replacement.
  public static BuiltSynapses fixedNumberTotal(int number) {
    return new BuiltSynapses(FIXED_NUMBER_TOTAL, Bindings.NONE.parameter("num", number));
  }

  /// Each target with `number` sources, drawn with replacement.
  public static BuiltSynapses fixedNumberPre(int number) {
    return new BuiltSynapses(FIXED_NUMBER_PRE, Bindings.NONE.parameter("num", number));
  }

  private static SparseInit withProbability(String name, String code) {
    return new SparseInit(name)
        .parameter("prob")
        .derivedParameter(
            "probLogRecip",
            (parameters, _) -> {
              double probability = parameters.get("prob");
              return probability > 0 ? 1 / Math.log1p(-probability) : 0;
            })
        .rowBuildCode(code)
        .expectedSynapses((sources, targets, p) -> probability(p) * sources * targets)
        .maxRowLength((sources, targets, p) -> quantile(sources, targets, probability(p)))
        .maxColumnLength((sources, targets, p) -> quantile(targets, sources, probability(p)));
  }

  private static double probability(Map<String, Double> parameters) {
    double probability = parameters.get("prob");
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "parameter 'prob' must be a probability from 0 to 1, got " + probability);
    }
    return probability;
  }

  /// Order statistics of uniform numbers, one after the other, so that the row comes out sorted.
  private static String sortedDraws(String count) {
    return """
    scalar x = 0.0;
    for (unsigned int c = %s; c > 0; c--) {
      x += (1.0 - x) * (1.0 - exp(log(1.0 - gennrand_uniform()) / (scalar) c));
      const unsigned int j = (unsigned int) (x * (scalar) num_post);
      addSynapse(((j < num_post) ? j : (num_post - 1)) + id_post_begin);
    }
    """
        .formatted(count);
  }

  private static int number(Map<String, Double> parameters) {
    int number = parameters.get("num").intValue();
    if (number < 0) {
      throw new IllegalArgumentException(
          "parameter 'num' must not be negative, got %s".formatted(number));
    }
    return number;
  }

  /// What none of `rows` rows exceeds, with a probability of 0.9999.
  private static int quantile(int rows, long trials, double probability) {
    return rows == 0
        ? 0
        : BinomialQuantile.of(Math.pow(CONFIDENCE, 1.0 / rows), trials, probability);
  }

  /// Shares the synapses among the sources: a multinomial draw, source by source.
  private static float[] rowLengths(
      int sources, int targets, Map<String, Double> parameters, SparseInit.HostRandom random) {
    float[] lengths = new float[sources];
    long remaining = number(parameters);
    for (int source = 0; source < sources; source++) {
      long length =
          source == sources - 1 ? remaining : random.binomial(remaining, 1.0 / (sources - source));
      lengths[source] = length;
      remaining -= length;
    }
    return lengths;
  }
}
