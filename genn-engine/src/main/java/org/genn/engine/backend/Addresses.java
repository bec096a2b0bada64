package org.genn.engine.backend;

import java.util.Optional;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.SnippetType;

/// Prints pointer expressions for languages without pointers, as an array and an offset.
///
/// The two parts are printed at two places and each is evaluated once, so every side effect is in
/// one of them: changes of the offset variable and of numbers in the offset, changes of the array
/// variable in the array.
final class Addresses {

  /// @param offset empty for 0
  record Address(Printed array, Optional<Printed> offset) {}

  private final ExpressionPrinter printer;

  Addresses(ExpressionPrinter printer) {
    this.printer = printer;
  }

  Address of(Expr pointer) {
    return switch (pointer) {
      case Expr.Name(_, var name) ->
          new Address(
              Printed.primary(printer.identifier(name)),
              printer.isPointerLocal(name) ? Optional.of(offsetOf(name)) : Optional.empty());
      case Expr.Binary(_, var operator, var left, var right) -> {
        boolean pointerFirst = left.type() instanceof SnippetType.Pointer;
        Address base = of(pointerFirst ? left : right);
        yield moved(base, operator, printer.index(pointerFirst ? right : left));
      }
      case Expr.Assign(_, Expr.Name(_, var name), var compound, var value) ->
          assign(name, compound, value);
      case Expr.Increment(_, Expr.Name(_, var name), var decrement, var postfix) ->
          new Address(
              Printed.primary(printer.identifier(name)),
              Optional.of(increment(name, decrement, postfix)));
      case Expr.Sequence(_, var first, var second) -> {
        Address address = of(second);
        yield new Address(
            address.array,
            Optional.of(
                printer.dialect.sequence(
                    first.type(), SnippetType.INT32, printer.expression(first), offset(address))));
      }
      case Expr.Text _ -> throw unsupported("text outside of printf");
      default -> throw unsupported("pointers to pointers");
    };
  }

  /// The array element that a subscript names: array and index.
  Printed index(Address address, Printed index) {
    if (address.offset.isEmpty()) {
      return index;
    }
    return index.text().equals("0")
        ? address.offset.get()
        : Printed.binary("+", address.offset.get(), index);
  }

  Printed offset(Address address) {
    return address.offset.orElse(Printed.primary("0"));
  }

  private Address moved(Address base, BinaryOperator operator, Printed distance) {
    boolean forward = operator == BinaryOperator.ADD;
    Printed offset =
        base.offset.isEmpty()
            ? forward ? distance : Printed.unary("-", distance)
            : Printed.binary(forward ? "+" : "-", base.offset.get(), distance);
    return new Address(base.array, Optional.of(offset));
  }

  private Address assign(String name, Expr.Compound compound, Expr value) {
    Printed array = Printed.primary(printer.identifier(name));
    if (!compound.isPlain()) {
      String operator = compound.operator() == BinaryOperator.ADD ? "+=" : "-=";
      return new Address(
          array, Optional.of(Printed.assignment(offsetOf(name), operator, printer.index(value))));
    }
    Address source = of(value);
    return new Address(
        Printed.assignment(array, "=", source.array),
        Optional.of(Printed.assignment(offsetOf(name), "=", offset(source))));
  }

  private Printed increment(String name, boolean decrement, boolean postfix) {
    String operator = decrement ? "--" : "++";
    return postfix
        ? new Printed(offsetOf(name).text() + operator, Printed.UNARY)
        : Printed.unary(operator, offsetOf(name));
  }

  Printed offsetOf(String name) {
    return Printed.primary(printer.offsetName(name));
  }

  static BackendException unsupported(String what) {
    return new BackendException("this back end does not support " + what);
  }
}
