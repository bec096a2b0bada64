package org.genn.engine.backend.c;

import org.genn.engine.backend.Printed;
import org.genn.engine.snippet.NumericType;

/// Conversions between numbers: integers keep their low bits, reals become the nearest integer
/// towards 0 in the range of the type (8- and 16-bit integers: the low bits of the `int32`), NaN
/// becomes 0.
final class CConversions {
  private CConversions() {}

  static Printed convert(NumericType from, NumericType to, Printed operand) {
    if (from == to) {
      return operand;
    }
    return switch (to) {
      case BOOL -> Printed.binary("!=", operand, Printed.primary("0"));
      case FLOAT -> toReal(from, "float", operand);
      case DOUBLE -> toReal(from, "double", operand);
      case INT32 -> toInt(from, operand);
      case UINT32 ->
          from.isReal() ? Printed.call("unsigned_int_of_real", operand) : toInt(from, operand);
      case INT64, UINT64 -> toLong(from, to, operand);
      case INT8, UINT8, INT16, UINT16 ->
          Printed.cast(
              "int",
              Printed.cast(
                  CDialect.elementType(to), from.isReal() ? toInt(from, operand) : operand));
    };
  }

  private static Printed toInt(NumericType from, Printed operand) {
    return switch (from) {
      case FLOAT -> Printed.call("int_of_float", operand);
      case DOUBLE -> Printed.call("int_of_double", operand);
      case INT64, UINT64, BOOL -> Printed.cast("int", operand);
      default -> operand;
    };
  }

  private static Printed toLong(NumericType from, NumericType to, Printed operand) {
    return switch (from) {
      case FLOAT, DOUBLE ->
          Printed.call(
              to == NumericType.UINT64 ? "unsigned_long_of_real" : "long_of_real", operand);
      case INT64, UINT64 -> operand;
      case UINT32 -> Printed.cast("long", Printed.cast("unsigned", operand));
      default -> Printed.cast("long", operand);
    };
  }

  private static Printed toReal(NumericType from, String to, Printed operand) {
    return switch (from) {
      case UINT32 -> Printed.cast(to, Printed.cast("unsigned", operand));
      case UINT64 -> Printed.cast(to, Printed.cast("unsigned long", operand));
      default -> Printed.cast(to, operand);
    };
  }
}
