package org.genn.engine.snippet;

import java.util.List;

/// Type of an expression of the snippet language, with `scalar` and `timepoint` already resolved.
public sealed interface SnippetType {

  /// A number.
  record Number(NumericType numeric) implements SnippetType {}

  /// A pointer; `constant` says that what it points to must not be written.
  record Pointer(SnippetType pointee, boolean constant) implements SnippetType {}

  /// A function; `variadic` functions take any further arguments.
  record Function(SnippetType result, List<SnippetType> parameters, boolean variadic)
      implements SnippetType {
    public Function {
      parameters = List.copyOf(parameters);
    }
  }

  /// No value: the result of `addToPost` and its like.
  record Nothing() implements SnippetType {}

  SnippetType BOOL = of(NumericType.BOOL);
  SnippetType INT32 = of(NumericType.INT32);
  SnippetType UINT32 = of(NumericType.UINT32);
  SnippetType FLOAT = of(NumericType.FLOAT);
  SnippetType DOUBLE = of(NumericType.DOUBLE);
  SnippetType NOTHING = new Nothing();

  static SnippetType of(NumericType numeric) {
    return NumberTypes.of(numeric);
  }

  /// The number type, which must be one.
  default NumericType numeric() {
    if (this instanceof Number(NumericType numeric)) {
      return numeric;
    }
    throw new IllegalStateException("not a number: " + this);
  }
}
