package org.genn.engine.snippet;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How types are written.
final class TypeNames {

  /// Sorted type words → type; without `scalar` and `timepoint`.
  private static final Map<String, NumericType> BY_WORDS = new HashMap<>();

  static {
    var bases =
        Map.of(
            "char", List.of(NumericType.INT8, NumericType.UINT8),
            "short", List.of(NumericType.INT16, NumericType.UINT16),
            "int short", List.of(NumericType.INT16, NumericType.UINT16),
            "", List.of(NumericType.INT32, NumericType.UINT32),
            "int", List.of(NumericType.INT32, NumericType.UINT32),
            "long", List.of(NumericType.INT64, NumericType.UINT64),
            "int long", List.of(NumericType.INT64, NumericType.UINT64),
            "long long", List.of(NumericType.INT64, NumericType.UINT64),
            "int long long", List.of(NumericType.INT64, NumericType.UINT64));
    bases.forEach(
        (words, types) -> {
          BY_WORDS.put(words, types.get(0));
          BY_WORDS.put((words + " signed").strip(), types.get(0));
          BY_WORDS.put((words + " unsigned").strip(), types.get(1));
        });
    BY_WORDS.remove("");
    BY_WORDS.put("bool", NumericType.BOOL);
    BY_WORDS.put("int8_t", NumericType.INT8);
    BY_WORDS.put("uint8_t", NumericType.UINT8);
    BY_WORDS.put("int16_t", NumericType.INT16);
    BY_WORDS.put("uint16_t", NumericType.UINT16);
    BY_WORDS.put("int32_t", NumericType.INT32);
    BY_WORDS.put("uint32_t", NumericType.UINT32);
    BY_WORDS.put("int64_t", NumericType.INT64);
    BY_WORDS.put("uint64_t", NumericType.UINT64);
    BY_WORDS.put("size_t", NumericType.UINT64);
    BY_WORDS.put("float", NumericType.FLOAT);
    BY_WORDS.put("double", NumericType.DOUBLE);
  }

  private TypeNames() {}

  static Optional<NumericType> numeric(
      Collection<String> words, NumericType scalar, NumericType timepoint) {
    String key = words.stream().sorted().collect(Collectors.joining(" "));
    return switch (key) {
      case "scalar" -> Optional.of(scalar);
      case "timepoint" -> Optional.of(timepoint);
      default -> Optional.ofNullable(BY_WORDS.get(key));
    };
  }

  static String of(SnippetType type) {
    return switch (type) {
      case SnippetType.Number(NumericType numeric) -> of(numeric);
      case SnippetType.Pointer(SnippetType.Pointer pointee, boolean constant) ->
          of(pointee) + (constant ? " const*" : "*");
      case SnippetType.Pointer(SnippetType pointee, boolean constant) ->
          (constant ? "const " : "") + of(pointee) + "*";
      case SnippetType.Function(
              SnippetType result,
              List<SnippetType> parameters,
              boolean variadic) ->
          of(result) + list(parameters, variadic);
      case SnippetType.Nothing() -> "nothing";
    };
  }

  static String list(List<SnippetType> types, boolean variadic) {
    return types.stream()
        .map(TypeNames::of)
        .collect(Collectors.joining(", ", "(", variadic ? ", …)" : ")"));
  }

  static String of(NumericType numeric) {
    return switch (numeric) {
      case BOOL -> "bool";
      case INT8 -> "int8_t";
      case UINT8 -> "uint8_t";
      case INT16 -> "int16_t";
      case UINT16 -> "uint16_t";
      case INT32 -> "int";
      case UINT32 -> "unsigned int";
      case INT64 -> "int64_t";
      case UINT64 -> "uint64_t";
      case FLOAT -> "float";
      case DOUBLE -> "double";
    };
  }
}
