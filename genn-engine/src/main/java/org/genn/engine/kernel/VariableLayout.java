package org.genn.engine.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.ExtraGlobalParameter;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Snippet;
import org.genn.engine.snippet.SnippetType;

/// Decides where variables, extra global parameters and dynamic parameters are, and how they get
/// their initial values.
final class VariableLayout {
  private static final InitialValue ZERO = InitialValue.of(0);

  private final ModelShape shape;
  private final ArrayTable table;
  private final SynapseLayout synapses;
  private final Map<VariableReference, Place> places = new LinkedHashMap<>();
  private final Map<VariableReference, Symbol> symbols = new LinkedHashMap<>();
  private final Map<VariableReference, GeneratedValue> generated = new LinkedHashMap<>();
  private final Map<VariableReference, Rows> extraGlobalParameters = new LinkedHashMap<>();
  private final Map<VariableReference, Symbol> extraGlobalParameterSymbols = new LinkedHashMap<>();
  private final Map<VariableReference, Rows> dynamicParameters = new LinkedHashMap<>();
  private final Map<VariableReference, Symbol> dynamicParameterSymbols = new LinkedHashMap<>();
  private int stream;

  /// The array that a variable is stored in.
  ///
  /// @param rows of one copy
  /// @param perStep whether the rows of a copy are steps
  /// @param owner synapse group whose synapses it is a variable of, or empty
  record Form(
      NumericType type, Symbol.Copies copies, int rows, int length, boolean perStep, String owner) {

    /// A single row, or one per example.
    static Form row(NumericType type, Symbol.Copies copies, int length) {
      return new Form(type, copies, 1, length, false, "");
    }
  }

  VariableLayout(ModelShape shape, ArrayTable table, SynapseLayout synapses) {
    this.shape = shape;
    this.table = table;
    this.synapses = synapses;
  }

  // ---- placing

  /// A stream of random numbers that nothing else has.
  int nextStream() {
    return stream++;
  }

  static InitialValue initial(Bindings bindings, String variable) {
    return bindings.initialValues().getOrDefault(variable, ZERO);
  }

  /// Places a variable of `size` neurons.
  void place(
      VariableReference reference, String name, Variable variable, int size, Bindings bindings) {
    VarAccess access = variable.access();
    Symbol.Copies copies =
        !access.isPerElement()
            ? Symbol.Copies.EXAMPLE_ELEMENTS
            : access.isPerExample() ? Symbol.Copies.EXAMPLES : Symbol.Copies.SHARED;
    place(
        reference,
        name,
        new Form(
            shape.type(variable.type()),
            copies,
            variable.perStep() ? shape.timesteps() : 1,
            access.isPerElement() ? size : shape.batch(),
            variable.perStep(),
            ""),
        initial(bindings, variable.name()));
  }

  /// Times start before any spike: at the lowest value of their type.
  void placeTime(VariableReference time, String name, int size) {
    double never = shape.timepoint() == NumericType.DOUBLE ? -Double.MAX_VALUE : -Float.MAX_VALUE;
    place(
        time,
        name,
        Form.row(shape.timepoint(), Symbol.Copies.EXAMPLES, size),
        InitialValue.of(never));
  }

  /// Places input that starts at 0.
  void placeInput(VariableReference input, String name, int size) {
    place(input, name, Form.row(shape.scalar(), Symbol.Copies.EXAMPLES, size), ZERO);
  }

  void place(VariableReference reference, String name, Form form, InitialValue given) {
    InitialValue initial = form.length() == Rows.RAGGED ? byCode(given) : given;
    Symbol.Copies copies = form.copies();
    long count =
        switch (copies) {
          case SHARED -> form.rows();
          case EXAMPLES -> (long) form.rows() * shape.batch();
          case SLICES -> (long) form.rows() * shape.slices();
          case EXAMPLE_ELEMENTS -> 1;
        };
    Rows array = table.add(name, form.type(), count, form.length());
    synapses.addValues(form.owner(), array);
    Optional<Rows> replay =
        form.perStep() && shape.isOverlapped()
            ? Optional.of(table.add(name + "_replay", form.type(), count, form.length()))
            : Optional.empty();
    int rowsPerCopy = copies == Symbol.Copies.EXAMPLE_ELEMENTS ? 1 : form.rows();
    places.put(
        reference,
        new Place(array, copies, rowsPerCopy, form.length(), form.perStep(), form.owner(), replay));
    symbols.put(
        reference,
        new Symbol(
            table.indexOf(array),
            form.type(),
            copies,
            rowsPerCopy,
            form.length(),
            initial,
            nextStream()));
    placeParametersOf(initial, reference);
  }

  /// Notes a variable of synapses that is stored nowhere.
  void generate(VariableReference reference, NumericType type, InitialValue given) {
    InitialValue initial = byCode(given);
    generated.put(reference, new GeneratedValue(type, initial, nextStream()));
    placeParametersOf(initial, reference);
  }

  private void placeParametersOf(InitialValue initial, VariableReference reference) {
    if (initial instanceof InitialValue.Snippet(var init, var bindings)) {
      placeParameters(
          reference.kind(), SnippetKeys.initial(reference), init.declarations(), bindings);
    }
  }

  /// Sparse groups are large, and kernels draw faster than the host.
  private static InitialValue byCode(InitialValue initial) {
    return switch (initial) {
      case InitialValue.Normal(double mean, double deviation) ->
          VariableInits.normal(mean, deviation);
      case InitialValue.Uniform(double minimum, double maximum) ->
          VariableInits.uniform(minimum, maximum);
      case InitialValue.Constant _, InitialValue.Values _, InitialValue.Snippet _ -> initial;
    };
  }

  void placeParameters(
      VariableReference.Kind kind, String group, Declarations declarations, Bindings bindings) {
    for (ExtraGlobalParameter parameter : declarations.extraGlobalParameters()) {
      SnippetType type = Snippet.type(parameter.type(), shape.scalar(), shape.timepoint());
      NumericType element =
          type instanceof SnippetType.Pointer(var pointee, _) ? pointee.numeric() : type.numeric();
      var values = bindings.extraGlobalParameters().get(parameter.name());
      Rows rows =
          table.add(
              group + "_" + parameter.name(),
              element,
              1,
              values == null ? Rows.RAGGED : values.length());
      var key = new VariableReference(kind, group, parameter.name());
      extraGlobalParameters.put(key, rows);
      extraGlobalParameterSymbols.put(
          key, symbol(rows, values == null ? 0 : values.length(), values == null ? ZERO : values));
    }
    for (var parameter : declarations.parameters()) {
      if (bindings.dynamicParameters().contains(parameter.name())) {
        Rows rows = table.add(group + "_" + parameter.name(), shape.type(parameter.type()), 1, 1);
        var key = new VariableReference(kind, group, parameter.name());
        dynamicParameters.put(key, rows);
        dynamicParameterSymbols.put(
            key, symbol(rows, 1, InitialValue.of(bindings.parameters().get(parameter.name()))));
      }
    }
  }

  private Symbol symbol(Rows rows, int length, InitialValue initial) {
    return new Symbol(
        table.indexOf(rows), rows.type(), Symbol.Copies.SHARED, 1, length, initial, nextStream());
  }

  /// Lets a name stand for what another one stands for.
  void share(VariableReference shared, VariableReference own) {
    copy(places, shared, own);
    copy(symbols, shared, own);
    copy(extraGlobalParameters, shared, own);
    copy(extraGlobalParameterSymbols, shared, own);
    copy(dynamicParameters, shared, own);
    copy(dynamicParameterSymbols, shared, own);
  }

  /// The same for a variable that would have an array of its own but for fusing: what follows draws
  /// the same numbers as if it had.
  void shareInStead(VariableReference shared, VariableReference own) {
    share(shared, own);
    nextStream();
  }

  private static <T> void copy(
      Map<VariableReference, T> known, VariableReference from, VariableReference to) {
    if (known.containsKey(from)) {
      known.put(to, known.get(from));
    }
  }

  // ---- what kernels and the runtime ask for

  Place place(VariableReference reference) {
    return places.get(reference);
  }

  Map<VariableReference, Place> places() {
    return places;
  }

  /// Variables that are stored nowhere.
  Map<VariableReference, GeneratedValue> generated() {
    return generated;
  }

  Rows extraGlobalParameter(VariableReference parameter) {
    return extraGlobalParameters.get(parameter);
  }

  Set<Rows> extraGlobalParameters() {
    return Set.copyOf(extraGlobalParameters.values());
  }

  Optional<Rows> dynamicParameter(VariableReference parameter) {
    return Optional.ofNullable(dynamicParameters.get(parameter));
  }

  Map<VariableReference, Symbol> symbols() {
    return symbols;
  }

  Map<VariableReference, Symbol> extraGlobalParameterSymbols() {
    return extraGlobalParameterSymbols;
  }

  Map<VariableReference, Symbol> dynamicParameterSymbols() {
    return dynamicParameterSymbols;
  }
}
