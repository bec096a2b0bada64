package org.genn.engine.backend.jvm;

import org.genn.engine.backend.Printed;
import org.genn.engine.snippet.NumericType;

/// Conversions between numbers: integers keep their low bits, reals become the nearest integer
/// towards 0 in the range of the type (8- and 16-bit integers: the low bits of the `int32`), NaN
/// becomes 0.
final class JavaConversions {
  private JavaConversions() {}

  static Printed convert(NumericType from, NumericType to, Printed operand) {
    if (from == to) {
      return operand;
    }
    if (from == NumericType.BOOL) {
      return fromBool(to, operand);
    }
    return switch (to) {
      case BOOL -> Printed.binary("!=", operand, zero(from));
      case FLOAT -> toReal(from, "float", operand);
      case DOUBLE -> toReal(from, "double", operand);
      case INT32 -> toInt(from, operand);
      case UINT32 -> from.isReal() ? Printed.call("unsignedInt", operand) : toInt(from, operand);
      case INT64, UINT64 -> toLong(from, to, operand);
      case INT8 -> fits(from, -0x80, 0x7f) ? operand : Printed.cast("byte", operand(from, operand));
      case INT16 ->
          fits(from, -0x8000, 0x7fff) ? operand : Printed.cast("short", operand(from, operand));
      case UINT8 -> fits(from, 0, 0xff) ? operand : masked(from, operand, "0xff");
      case UINT16 -> fits(from, 0, 0xffff) ? operand : masked(from, operand, "0xffff");
    };
  }

  private static Printed fromBool(NumericType to, Printed operand) {
    String one =
        switch (to) {
          case FLOAT -> "1.0f : 0.0f";
          case DOUBLE -> "1.0 : 0.0";
          case INT64, UINT64 -> "1L : 0L";
          default -> "1 : 0";
        };
    return new Printed(operand.at(Printed.CONDITIONAL + 1) + " ? " + one, Printed.CONDITIONAL);
  }

  private static Printed zero(NumericType type) {
    return Printed.primary(
        switch (type) {
          case FLOAT -> "0.0f";
          case DOUBLE -> "0.0";
          case INT64, UINT64 -> "0L";
          default -> "0";
        });
  }

  /// A real as the `int` that Java's own conversions to small types start from.
  private static Printed operand(NumericType from, Printed operand) {
    return from.isReal() ? Printed.cast("int", operand) : operand;
  }

  private static Printed toInt(NumericType from, Printed operand) {
    return from.isReal() || from.bits() > 32 ? Printed.cast("int", operand) : operand;
  }

  private static Printed toLong(NumericType from, NumericType to, Printed operand) {
    if (from.isReal()) {
      return to == NumericType.UINT64
          ? Printed.call("unsignedLong", operand)
          : Printed.cast("long", operand);
    }
    if (from.bits() > 32) {
      return operand;
    }
    return from == NumericType.UINT32
        ? Printed.call("Integer.toUnsignedLong", operand)
        : Printed.cast("long", operand);
  }

  private static Printed toReal(NumericType from, String to, Printed operand) {
    return switch (from) {
      case UINT32 -> Printed.cast(to, Printed.call("Integer.toUnsignedLong", operand));
      case UINT64 ->
          Printed.call(to.equals("float") ? "unsignedToFloat" : "unsignedToDouble", operand);
      default -> Printed.cast(to, operand);
    };
  }

  private static Printed masked(NumericType from, Printed operand, String mask) {
    return Printed.binary("&", toInt(from, operand), Printed.primary(mask));
  }

  private static boolean fits(NumericType from, int least, int most) {
    if (from.isReal() || from.bits() > 16) {
      return false;
    }
    int low = from.isSigned() ? -1 << (from.bits() - 1) : 0;
    int high = (1 << (from.isSigned() ? from.bits() - 1 : from.bits())) - 1;
    return least <= low && high <= most;
  }
}
