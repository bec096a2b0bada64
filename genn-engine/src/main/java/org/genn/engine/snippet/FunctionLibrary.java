package org.genn.engine.snippet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The functions that every snippet may call, and the random numbers that some may.
///
/// A table of signatures; what the functions compute is up to the back ends. Letters of a
/// signature: result first, then parameters; `v` nothing, `b` bool, `i` int32, `u` uint32, `l`
/// int64, `m` uint64, `s` scalar, `p` uint32*, `t` text, `…` any further arguments. `r` stands for
/// two overloads, float and double, `n` for six: int32, uint32, int64, uint64, float, double, and
/// `a` for four: int32, int64, float, double.
public final class FunctionLibrary {

  private static final Map<String, String> FUNCTIONS = new LinkedHashMap<>();
  private static final Map<String, String> RANDOM = new LinkedHashMap<>();

  static {
    add("rr", "cos sin tan acos asin atan cosh sinh tanh acosh asinh atanh");
    add("rr", "exp expm1 exp2 log log1p log2 log10 sqrt cbrt");
    add("rr", "ceil floor round rint trunc nearbyint fabs erf erfc tgamma lgamma");
    add("rrr", "atan2 pow hypot fmod nextafter remainder fdim fmax fmin copysign");
    add("rrrr", "fma");
    add("rri", "scalbn ldexp");
    add("ir", "ilogb");
    add("nnn", "min max");
    add("aa", "abs");
    add("it…", "printf");
    add("vb", "assert");
    add("iu", "clz");
    add("vpu", "atomic_or");

    RANDOM.put("gennrand", "u");
    RANDOM.put("gennrand_uniform", "s");
    RANDOM.put("gennrand_normal", "s");
    RANDOM.put("gennrand_exponential", "s");
    RANDOM.put("gennrand_log_normal", "sss");
    RANDOM.put("gennrand_gamma", "ss");
    RANDOM.put("gennrand_binomial", "uus");
    // GeNN has none; its snippets multiply uniform numbers in a loop.
    RANDOM.put("gennrand_poisson", "is");
  }

  private FunctionLibrary() {}

  private static void add(String signature, String names) {
    for (String name : names.split(" ")) {
      FUNCTIONS.put(name, signature);
    }
  }

  /// Names of the functions that every snippet may call.
  public static Set<String> functions() {
    return Collections.unmodifiableSet(FUNCTIONS.keySet());
  }

  /// Names of the functions that give random numbers, see `Environment.withRandomNumbers`.
  public static Set<String> randomFunctions() {
    return Collections.unmodifiableSet(RANDOM.keySet());
  }

  public static boolean isRandom(String name) {
    return RANDOM.containsKey(name);
  }

  public static boolean contains(String name) {
    return FUNCTIONS.containsKey(name) || isRandom(name);
  }

  /// Overloads of a function, none if there is no such function. Of those for real numbers the one
  /// for `scalar` comes first: integer arguments are converted to it.
  public static List<SnippetType.Function> overloads(String name, NumericType scalar) {
    String signature = FUNCTIONS.getOrDefault(name, RANDOM.getOrDefault(name, ""));
    if (signature.isEmpty()) {
      return List.of();
    }
    var result = new ArrayList<SnippetType.Function>();
    for (NumericType generic : instances(signature, scalar)) {
      boolean variadic = signature.endsWith("…");
      var types =
          signature
              .chars()
              .filter(letter -> letter != '…')
              .mapToObj(letter -> type((char) letter, generic, scalar))
              .toList();
      result.add(
          new SnippetType.Function(types.getFirst(), types.subList(1, types.size()), variadic));
    }
    return result;
  }

  /// `min` and `max` bring their arguments to their common type, as arithmetic does.
  static boolean isSymmetric(String name) {
    return "nnn".equals(FUNCTIONS.get(name));
  }

  private static List<NumericType> instances(String signature, NumericType scalar) {
    var real =
        scalar == NumericType.DOUBLE
            ? List.of(NumericType.DOUBLE, NumericType.FLOAT)
            : List.of(NumericType.FLOAT, NumericType.DOUBLE);
    if (signature.contains("r")) {
      return real;
    }
    if (signature.contains("n")) {
      return List.of(
          NumericType.INT32,
          NumericType.UINT32,
          NumericType.INT64,
          NumericType.UINT64,
          NumericType.FLOAT,
          NumericType.DOUBLE);
    }
    if (signature.contains("a")) {
      return List.of(NumericType.INT32, NumericType.INT64, NumericType.FLOAT, NumericType.DOUBLE);
    }
    return List.of(scalar);
  }

  private static SnippetType type(char letter, NumericType generic, NumericType scalar) {
    return switch (letter) {
      case 'r', 'n', 'a' -> SnippetType.of(generic);
      case 's' -> SnippetType.of(scalar);
      case 'v' -> SnippetType.NOTHING;
      case 'b' -> SnippetType.BOOL;
      case 'i' -> SnippetType.INT32;
      case 'u' -> SnippetType.UINT32;
      case 'l' -> SnippetType.of(NumericType.INT64);
      case 'm' -> SnippetType.of(NumericType.UINT64);
      case 'p' -> new SnippetType.Pointer(SnippetType.UINT32, false);
      case 't' -> new SnippetType.Pointer(SnippetType.of(NumericType.INT8), true);
      default -> throw new IllegalArgumentException("not a type letter: " + letter);
    };
  }
}
