package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.DerivedParameter;
import org.genn.engine.model.ExtraGlobalParameter;
import org.genn.engine.model.ModelParameter;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// What a snippet that runs for one element needs around it: constants and loads before, stores
/// after. Only names that the snippet uses appear.
final class ElementScope {
  private final FunctionBuilder builder;
  private final Uses uses;
  private final Expr element;
  final Inliner inliner;
  final List<Stmt> loads = new ArrayList<>();
  final List<Stmt> stores = new ArrayList<>();

  /// @param uses of all the snippets that run in this scope
  /// @param element index of the element in its row
  ElementScope(FunctionBuilder builder, Uses uses, Expr element) {
    this(builder, uses, element, new Inliner(builder.names));
  }

  ElementScope(FunctionBuilder builder, Uses uses, Expr element, Inliner inliner) {
    this.builder = builder;
    this.uses = uses;
    this.element = element;
    this.inliner = inliner;
  }

  boolean uses(String name) {
    return uses.mentions(name);
  }

  void value(String name, SnippetType type, Expr value) {
    if (uses(name)) {
      loads.add(Build.declare(type, inliner.local(name), value));
    }
  }

  void constant(String name, NumericType type, double value) {
    value(name, SnippetType.of(type), Build.literal(type, value));
  }

  /// A number or count: unsigned, of 64 bits where its value has as many.
  void unsigned(String name, Expr value) {
    NumericType type =
        value.type().numeric() == NumericType.INT64 ? NumericType.UINT64 : NumericType.UINT32;
    value(name, SnippetType.of(type), Build.convert(type, value));
  }

  /// A value that is read from a row that was taken before, at the element.
  ///
  /// @param begin where element 0 is
  void fromRow(String name, NumericType type, String row, Expr begin) {
    value(name, SnippetType.of(type), Build.element(type, row, Build.add(begin, element)));
  }

  /// The element that the scope is for.
  Expr element() {
    return element;
  }

  /// Makes a name that is bound stand for its value plus `offset` from here on.
  void shift(String name, Expr offset) {
    SnippetType type = offset.type();
    Expr value = Build.add(Build.name(type, inliner.local(name)), offset);
    String shifted = builder.names.fresh(name);
    loads.add(Build.declare(type, shifted, value));
    inliner.bind(name, shifted);
  }

  void alias(String name, Expr.Name existing) {
    inliner.bind(name, existing.name());
  }

  /// Parameters, derived parameters and extra global parameters of a group.
  ///
  /// @param kind of the model's variables: tells the models of one group apart
  void parameters(
      VariableReference.Kind kind,
      String group,
      Declarations declarations,
      Bindings bindings,
      double dt) {
    Layout layout = builder.layout();
    for (ModelParameter parameter : declarations.parameters()) {
      if (!uses(parameter.name())) {
        continue;
      }
      Optional<Rows> dynamic =
          layout.variables.dynamicParameter(new VariableReference(kind, group, parameter.name()));
      if (dynamic.isPresent()) {
        alias(
            parameter.name(),
            builder.scalar(parameter.name(), dynamic.get(), Build.integer(0), Build.integer(0)));
      } else {
        constant(
            parameter.name(),
            layout.type(parameter.type()),
            bindings.parameters().get(parameter.name()));
      }
    }
    for (DerivedParameter parameter : declarations.derivedParameters()) {
      if (uses(parameter.name())) {
        constant(
            parameter.name(),
            layout.type(parameter.type()),
            parameter.of(bindings.parameters(), dt));
      }
    }
    for (ExtraGlobalParameter parameter : declarations.extraGlobalParameters()) {
      if (uses(parameter.name())) {
        inliner.bind(
            parameter.name(),
            builder.row(
                layout.extraGlobalParameter(new VariableReference(kind, group, parameter.name())),
                Build.integer(0)));
      }
    }
  }

  /// A variable that is read, and stored again when the snippets write it.
  ///
  /// @param copy copy of the variable, e.g. the example
  /// @param row row of the copy, e.g. the source neuron
  void variable(String name, Place place, Rows rows, Expr copy, Expr row) {
    variable(name, place, rows, copy, row, element);
  }

  /// @param at index in the row, where that is not the element's own
  void variable(String name, Place place, Rows rows, Expr copy, Expr row, Expr at) {
    if (!uses(name)) {
      return;
    }
    if (place.isScalar()) {
      alias(name, builder.scalar(name, rows, Build.integer(0), builder.example));
      return;
    }
    String rowName = builder.row(rows, place.rowIndex(copy, row));
    Expr index = place.length() == 1 ? Build.integer(0) : at;
    Expr value = Build.element(place.type(), rowName, index);
    loads.add(Build.declare(place.type(), inliner.local(name), value));
    if (uses.written().contains(name)) {
      stores.add(Build.assign(value, Build.name(place.type(), inliner.local(name))));
    }
  }

  /// A variable of one given element, the same for all elements of the loop.
  ///
  /// @param row step, for variables with a value for each
  void fixedVariable(String name, Place place, Rows rows, Expr row, Expr fixedElement) {
    if (!uses(name)) {
      return;
    }
    if (place.isScalar()) {
      alias(name, builder.scalar(name, rows, Build.integer(0), builder.example));
      return;
    }
    alias(name, builder.scalar(name, rows, place.rowIndex(builder.example, row), fixedElement));
  }
}
