package org.genn.engine.runtime;

import java.lang.foreign.MemorySegment;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.Symbol;
import org.genn.engine.model.Given;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.NumberRange;
import org.genn.engine.snippet.NumericType;

/// The present values of a variable.
///
/// Shapes: `(batch, neuron)` or `(neuron)` where the examples share the variable, `(source,
/// target)` for synapses, `(synapse)` for those of sparse groups (in the order of
/// `SparseConnectivity`), `(batch, step, neuron)` where every step of a trial has a value,
/// `(batch)` where all neurons of an example share one. Elements of an example are numbered row by
/// row; of shared variables the example is 0. Variables that are kept as one partial sum per slice
/// of the batch read as their sum.
///
/// `float` forms are for variables of type `float`; `double` forms take any type, `long` forms any
/// integer one; of `uint64` they are the bits. A value that an integer type cannot hold is refused
/// with an `IllegalArgumentException`, what is behind the point is cut off; where an array is set,
/// the values before it have been set then.
public final class VariableView {
  private final Simulation simulation;
  private final VariableReference reference;
  private final Symbol symbol;
  private final int copies;
  private final int rows;
  private final int length;
  private final NumberRange range;
  private ElementOrder order;
  private long orderOf = -1;

  VariableView(Simulation simulation, VariableReference reference, Symbol symbol) {
    this.simulation = simulation;
    this.reference = reference;
    this.symbol = symbol;
    boolean isOnePerExample = symbol.copies() == Symbol.Copies.EXAMPLE_ELEMENTS;
    copies =
        symbol.copies() == Symbol.Copies.EXAMPLES || isOnePerExample ? simulation.batchSize() : 1;
    rows = symbol.rows();
    range = NumberRange.of(symbol.type());
    length = isOnePerExample ? 1 : symbol.length();
    order = new ElementOrder.Equal(rows, length);
  }

  private String name() {
    return Descriptions.of(reference);
  }

  public VariableReference reference() {
    return reference;
  }

  public NumericType type() {
    return symbol.type();
  }

  public int[] shape() {
    boolean isPerExample = isPerExample();
    if (symbol.copies() == Symbol.Copies.EXAMPLE_ELEMENTS) {
      return new int[] {copies};
    }
    if (symbol.isRagged()) {
      return isPerExample ? new int[] {copies, elements()} : new int[] {elements()};
    }
    boolean hasRows = reference.kind() == VariableReference.Kind.SYNAPSE || rows > 1;
    if (hasRows) {
      return isPerExample ? new int[] {copies, rows, length} : new int[] {rows, length};
    }
    return isPerExample ? new int[] {copies, length} : new int[] {length};
  }

  /// Whether each example has values of its own.
  public boolean isPerExample() {
    return symbol.copies() == Symbol.Copies.EXAMPLES
        || symbol.copies() == Symbol.Copies.EXAMPLE_ELEMENTS;
  }

  /// Elements of one example.
  ///
  /// @throws IllegalStateException when there are too many for an array
  public int elements() {
    return counted(order().size());
  }

  private int counted(long elements) {
    if (elements > Integer.MAX_VALUE) {
      throw new IllegalStateException(
          "%s has %d values, more than fit into one array; take them row by row, with get(example, row, index) or row(example, row, target)"
              .formatted(name(), elements));
    }
    return (int) elements;
  }

  private ElementOrder order() {
    if (symbol.isRagged() && orderOf != simulation.connectivityVersion()) {
      long[] starts = new long[rows + 1];
      for (int row = 0; row < rows; row++) {
        starts[row + 1] = starts[row] + memory().rowLength(symbol.array(), row);
      }
      order = new ElementOrder.Ragged(starts);
      orderOf = simulation.connectivityVersion();
    }
    return order;
  }

  /// Elements of all examples together.
  ///
  /// @throws IllegalStateException when there are too many for an array
  public int size() {
    return counted(copies * order().size());
  }

  public float get(int example, int element) {
    requireElement(example, element);
    return get(example, order().row(element), order().column(element));
  }

  public void set(int example, int element, float value) {
    requireElement(example, element);
    set(example, order().row(element), order().column(element), value);
  }

  /// @param row source neuron, or step
  /// @param index target neuron, or neuron
  public float get(int example, int row, int index) {
    requireFloat("get", "getDouble");
    return (float) getDouble(example, row, index);
  }

  public void set(int example, int row, int index, float value) {
    requireFloat("set", "setDouble");
    setDouble(example, row, index, value);
  }

  public double getDouble(int example, int element) {
    requireElement(example, element);
    return getDouble(example, order().row(element), order().column(element));
  }

  public double getDouble(int example, int row, int index) {
    int at = row(example, row);
    int column = column(example, row, index);
    if (symbol.copies() != Symbol.Copies.SLICES) {
      return cells().get(at, column);
    }
    return isFloat() ? floatSum(at, column) : doubleSum(at, column);
  }

  public void setDouble(int example, int element, double value) {
    requireElement(example, element);
    setDouble(example, order().row(element), order().column(element), value);
  }

  public void setDouble(int example, int row, int index, double value) {
    int at = row(example, row);
    int column = column(example, row, index);
    requireHeld(example, row, index, value);
    simulation.written(symbol.array());
    cells().set(at, column, value);
    if (symbol.copies() == Symbol.Copies.SLICES) {
      for (int slice = 1; slice < simulation.slices(); slice++) {
        cells().set(slice * rows + at, column, 0);
      }
    }
  }

  public long getLong(int example, int element) {
    requireElement(example, element);
    return getLong(example, order().row(element), order().column(element));
  }

  public long getLong(int example, int row, int index) {
    requireIntegral();
    int at = row(example, row);
    int column = column(example, row, index);
    long sum = memory().getLong(symbol.array(), at, column);
    if (symbol.copies() == Symbol.Copies.SLICES) {
      for (int slice = 1; slice < simulation.slices(); slice++) {
        sum += memory().getLong(symbol.array(), slice * rows + at, column);
      }
    }
    return sum;
  }

  public void setLong(int example, int element, long value) {
    requireElement(example, element);
    setLong(example, order().row(element), order().column(element), value);
  }

  public void setLong(int example, int row, int index, long value) {
    requireIntegral();
    int at = row(example, row);
    int column = column(example, row, index);
    requireHeld(example, row, index, value);
    simulation.written(symbol.array());
    memory().setLong(symbol.array(), at, column, value);
    if (symbol.copies() == Symbol.Copies.SLICES) {
      for (int slice = 1; slice < simulation.slices(); slice++) {
        memory().setLong(symbol.array(), slice * rows + at, column, 0);
      }
    }
  }

  /// Copies the values of one example out.
  public void read(int example, float[] target, int offset) {
    requireFloat("read", "getDouble");
    Given.all(name(), "array to read into", target);
    requireRange(offset, target.length);
    if (symbol.copies() == Symbol.Copies.SLICES
        || symbol.copies() == Symbol.Copies.EXAMPLE_ELEMENTS) {
      for (int i = 0; i < elements(); i++) {
        target[offset + i] = get(example, i);
      }
      return;
    }
    for (int row = 0; row < rows; row++) {
      memory()
          .readFloats(symbol.array(), row(example, row), target, offset + (int) order().start(row));
    }
  }

  /// Copies values of one example in.
  public void write(int example, float[] source, int offset) {
    requireFloat("write", "setDouble");
    Given.all(name(), "array of values", source);
    requireRange(offset, source.length);
    if (symbol.copies() == Symbol.Copies.SLICES
        || symbol.copies() == Symbol.Copies.EXAMPLE_ELEMENTS) {
      for (int i = 0; i < elements(); i++) {
        set(example, i, source[offset + i]);
      }
      return;
    }
    for (int row = 0; row < rows; row++) {
      memory()
          .writeFloats(
              symbol.array(), row(example, row), source, offset + (int) order().start(row));
    }
  }

  /// Copies one row of one example out: the synapses of a source neuron, or the values of a step.
  public float[] row(int example, int row, float[] target) {
    requireFloat("row", "getDouble");
    Given.all(name(), "array to read into", target);
    int count = order().length(row(0, row));
    requireLength(target.length, count, count);
    for (int i = 0; i < count; i++) {
      target[i] = get(example, row, i);
    }
    return target;
  }

  /// A copy of all values, in the order of `shape()`.
  public float[] toArray() {
    float[] values = new float[size()];
    for (int example = 0; example < copies; example++) {
      read(example, values, example * elements());
    }
    return values;
  }

  /// Sets all values.
  ///
  /// @param values as many as `size()`, or as `elements()`, which every example gets
  public void set(float[] values) {
    Given.all(name(), "array of values", values);
    requireLength(values.length, elements(), size());
    for (int example = 0; example < copies; example++) {
      write(example, values, values.length == size() ? example * elements() : 0);
    }
  }

  public double[] toDoubles() {
    double[] values = new double[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = getDouble(i / elements(), i % elements());
    }
    return values;
  }

  public void set(double[] values) {
    Given.all(name(), "array of values", values);
    requireLength(values.length, elements(), size());
    for (int i = 0; i < size(); i++) {
      setDouble(i / elements(), i % elements(), values[i % values.length]);
    }
  }

  public long[] toLongs() {
    long[] values = new long[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = getLong(i / elements(), i % elements());
    }
    return values;
  }

  public void set(long[] values) {
    Given.all(name(), "array of values", values);
    requireLength(values.length, elements(), size());
    for (int i = 0; i < size(); i++) {
      setLong(i / elements(), i % elements(), values[i % values.length]);
    }
  }

  /// The values after the last steps, for a variable that delayed synapses read.
  public DelayView delays() {
    return new DelayView(this, simulation, simulation.delaySlots(reference));
  }

  void requireElement(int example, int element) {
    row(example, 0);
    if (element < 0 || element >= elements()) {
      throw outOfBounds("element", element, elements());
    }
  }

  /// Sets every element.
  public void fill(double value) {
    for (int example = 0; example < copies; example++) {
      for (int row = 0; row < rows; row++) {
        for (int index = 0; index < order().length(row); index++) {
          setDouble(example, row, index, value);
        }
      }
    }
  }

  /// Makes what kernels wrote visible here. Nothing to do where host and kernels share memory.
  public void pull() {
    memory();
  }

  /// Makes what was set here visible to kernels. Nothing to do where host and kernels share memory.
  public void push() {
    memory();
    simulation.written(symbol.array());
  }

  /// The values of one example, in the memory that kernels work on: in the Java heap on `jvm`,
  /// outside of it on `native`. What is written there needs no push.
  ///
  /// Values that all neurons of an example share are those of all examples. The segment is of use
  /// until the simulation is closed, or a trial of overlapped training ends.
  public MemorySegment segment(int example) {
    if (rows != 1) {
      throw new IllegalArgumentException(
          "%s has %d rows for an example; name one with segment(example, row)"
              .formatted(name(), rows));
    }
    return segment(example, 0);
  }

  /// One row of one example: the synapses of a source neuron, or the values of a step.
  ///
  /// @throws IllegalArgumentException for synapses of sparse groups, which may move, for booleans,
  ///   and for variables that are kept as partial sums
  public MemorySegment segment(int example, int row) {
    String reason =
        symbol.isRagged()
            ? "its rows may move; use row(example, row, target)"
            : symbol.copies() == Symbol.Copies.SLICES
                ? "it is kept as partial sums; use row(example, row, target)"
                : symbol.type() == NumericType.BOOL ? "Java has no memory of type bool" : "";
    if (!reason.isEmpty()) {
      throw new IllegalArgumentException("%s has no segments: %s".formatted(name(), reason));
    }
    simulation.written(symbol.array());
    return memory().segment(symbol.array(), row(example, row));
  }

  private Memory memory() {
    return simulation.memory();
  }

  private boolean isFloat() {
    return symbol.type() == NumericType.FLOAT;
  }

  private Cells cells() {
    return new Cells(memory(), symbol);
  }

  private float floatSum(int row, int column) {
    float sum = 0;
    for (int slice = 0; slice < simulation.slices(); slice++) {
      sum += memory().getFloat(symbol.array(), slice * rows + row, column);
    }
    return sum;
  }

  private double doubleSum(int row, int column) {
    double sum = 0;
    for (int slice = 0; slice < simulation.slices(); slice++) {
      sum += cells().get(slice * rows + row, column);
    }
    return sum;
  }

  private int row(int example, int row) {
    if (example < 0 || example >= copies) {
      throw outOfBounds("example", example, copies);
    }
    if (row < 0 || row >= rows) {
      throw outOfBounds("row", row, rows);
    }
    return symbol.copies() == Symbol.Copies.EXAMPLES ? example * rows + row : row;
  }

  private int column(int example, int row, int index) {
    int count = order().length(row);
    if (index < 0 || index >= count) {
      throw outOfBounds("element", index, count);
    }
    return symbol.copies() == Symbol.Copies.EXAMPLE_ELEMENTS ? example : index;
  }

  /// @throws IllegalArgumentException when the type of the variable does not hold the value
  void requireHeld(int example, int row, int index, double value) {
    if (!range.holds(value)) {
      throw refused(example, row, index, value);
    }
  }

  void requireHeld(int example, int row, int index, long value) {
    if (!range.holds(value)) {
      throw refused(example, row, index, value);
    }
  }

  private IllegalArgumentException refused(int example, int row, int index, Number value) {
    String where =
        name() + (copies > 1 ? ", example " + example : "") + (rows > 1 ? ", row " + row : "");
    return new IllegalArgumentException(range.refusal(where, index, value));
  }

  private IndexOutOfBoundsException outOfBounds(String what, int found, int count) {
    return new IndexOutOfBoundsException("%s: %s %d of %d".formatted(name(), what, found, count));
  }

  private void requireFloat(String method, String instead) {
    if (!isFloat()) {
      throw new IllegalStateException(
          "%s has type %s, %s is for FLOAT; use %s"
              .formatted(name(), symbol.type(), method, instead));
    }
  }

  private void requireIntegral() {
    if (!symbol.type().isIntegral()) {
      throw new IllegalStateException(
          "%s has type %s, which is no integer; use the double form"
              .formatted(name(), symbol.type()));
    }
  }

  private void requireRange(int offset, int length) {
    if (offset < 0 || elements() > length - offset) {
      throw new IndexOutOfBoundsException(
          "%s: %d values from position %d on don't fit in an array of %d"
              .formatted(name(), elements(), offset, length));
    }
  }

  private void requireLength(int found, int one, int all) {
    if (found != one && found != all) {
      throw new IllegalArgumentException(
          "%s: got %d values, expected %s"
              .formatted(
                  name(),
                  found,
                  one == all
                      ? String.valueOf(all)
                      : "%d, or %d for each of %d examples".formatted(one, one, copies)));
    }
  }
}
