package org.genn.engine.runtime;

import java.util.HashSet;
import java.util.function.IntUnaryOperator;
import java.util.function.LongToDoubleFunction;
import java.util.function.Supplier;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.Symbol;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.SynapsePairs;
import org.genn.engine.snippet.NumberRange;

/// Puts initial values into memory that is all zero.
///
/// Random values are drawn once per element and are the same in every copy. Of variables that are
/// kept as one partial sum per slice, the first slice gets the value, so that the sum is right.
final class InitialValues {
  private final LoweredModel model;
  private final Memory memory;
  private final long seed;

  InitialValues(LoweredModel model, Memory memory, long seed) {
    this.model = model;
    this.memory = memory;
    this.seed = seed;
  }

  /// Variables whose initial values no code computes.
  void setVariables() {
    var done = new HashSet<Integer>(); // groups that share synapses share arrays
    for (var entry : model.variables().entrySet()) {
      if (done.add(entry.getValue().array())) {
        set(() -> Descriptions.of(entry.getKey()), entry.getValue());
      }
    }
  }

  /// Extra global parameters and dynamic parameters.
  void setParameters() {
    model
        .extraGlobalParameters()
        .forEach((key, symbol) -> set(() -> Descriptions.array(key), symbol));
    model
        .dynamicParameters()
        .forEach((key, symbol) -> set(() -> Descriptions.parameter(key), symbol));
  }

  private void set(Supplier<String> name, Symbol symbol) {
    switch (symbol.initial()) {
      case InitialValue.Constant(double value) -> {
        if (value != 0) {
          fill(symbol, value);
        }
      }
      case InitialValue.Values values -> set(name, symbol, values);
      case InitialValue.Normal(double mean, double deviation) -> {
        var draws = new RandomDraws(seed, symbol.stream());
        draw(name, symbol, element -> mean + deviation * draws.normal(element));
      }
      case InitialValue.Uniform(double minimum, double maximum) -> {
        var draws = new RandomDraws(seed, symbol.stream());
        draw(name, symbol, element -> minimum + (maximum - minimum) * draws.uniform(element));
      }
      case InitialValue.Snippet _ -> {} // a kernel computes it
    }
  }

  private void fill(Symbol symbol, double value) {
    RowValues values = RowValues.constant(symbol.type(), value, 0);
    for (int row = 0; row < initialisedCopies(symbol) * symbol.rows(); row++) {
      int length = length(symbol, row);
      if (values.length() != length) {
        values = RowValues.constant(symbol.type(), value, length);
      }
      values.write(memory, symbol, row);
    }
  }

  /// Elements of a row.
  private int length(Symbol symbol, int row) {
    return symbol.isRagged() ? memory.rowLength(symbol.array(), row) : symbol.length();
  }

  private long perCopy(Symbol symbol) {
    long sum = 0;
    for (int row = 0; row < symbol.rows(); row++) {
      sum += length(symbol, row);
    }
    return sum;
  }

  private void set(Supplier<String> name, Symbol symbol, InitialValue.Values values) {
    long perCopy = perCopy(symbol);
    IntUnaryOperator given = givenOrder(symbol);
    int copies = initialisedCopies(symbol);
    boolean isPerExample = values.length() == perCopy * copies;
    if (values.length() != perCopy && !isPerExample) {
      throw new IllegalArgumentException(
          "model '%s': %s has %d initial values, expected %s"
              .formatted(
                  model.spec().name(),
                  name.get(),
                  values.length(),
                  copies == 1
                      ? String.valueOf(perCopy)
                      : "%d, or %d for each of %d examples".formatted(perCopy, perCopy, copies)));
    }
    for (int copy = 0; copy < copies; copy++) {
      int begin = perCopy == values.length() ? 0 : Math.toIntExact(copy * perCopy);
      int element = 0;
      for (int row = 0; row < symbol.rows(); row++) {
        int length = length(symbol, row);
        int at = copy * symbol.rows() + row;
        if (symbol.type().isIntegral()) {
          for (int i = 0; i < length; i++) {
            int index = begin + given.applyAsInt(element++);
            memory.setLong(symbol.array(), at, i, values.getLong(index));
          }
        } else {
          double[] reals = new double[length];
          for (int i = 0; i < length; i++) {
            reals[i] = values.getDouble(begin + given.applyAsInt(element++));
          }
          new RowValues(symbol.type(), reals).write(memory, symbol, at);
        }
      }
    }
  }

  /// Values of synapses that were given one by one are in the order in which these were given.
  private IntUnaryOperator givenOrder(Symbol symbol) {
    for (SynapseGroup group : model.spec().synapseGroups()) {
      if (group.connectivity() instanceof Connectivity.Sparse(SynapsePairs pairs, _)
          && model.sparse().get(group.name()).values().contains(symbol.array())) {
        return pairs::given;
      }
    }
    return IntUnaryOperator.identity();
  }

  private void draw(Supplier<String> name, Symbol symbol, LongToDoubleFunction value) {
    boolean isOnePerExample = symbol.copies() == Symbol.Copies.EXAMPLE_ELEMENTS;
    NumberRange range = NumberRange.of(symbol.type());
    for (int row = 0; row < symbol.rows(); row++) {
      double[] drawn = new double[length(symbol, row)];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = value.applyAsDouble(isOnePerExample ? 0 : (long) row * symbol.length() + i);
        if (!range.holds(drawn[i])) {
          String where =
              "model '%s': %s%s"
                  .formatted(
                      model.spec().name(), name.get(), symbol.rows() > 1 ? ", row " + row : "");
          throw new IllegalArgumentException(
              range.refusal(where, i, "its random value " + drawn[i]));
        }
      }
      var values = new RowValues(symbol.type(), drawn);
      for (int copy = 0; copy < initialisedCopies(symbol); copy++) {
        values.write(memory, symbol, copy * symbol.rows() + row);
      }
    }
  }

  private int initialisedCopies(Symbol symbol) {
    return symbol.copies() == Symbol.Copies.EXAMPLES ? model.spec().batchSize() : 1;
  }
}
