package org.genn.engine.runtime;

import java.util.Arrays;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.DelaySlots;
import org.genn.engine.model.Given;

/// The values of a delayed variable after the last steps, as far back as synapses read them.
///
/// Shape `(batch, slot, neuron)`: slot 0 has the present values, slot `d` those of `d` steps
/// before. A variable that nothing reads with a delay has one slot. Before the first step all slots
/// have the initial values.
public final class DelayView {
  private static final int NEWEST = 0;
  private static final int IS_FILLED = 1;

  private final VariableView present;
  private final Simulation simulation;
  private final DelaySlots slots;

  /// @param slots of a variable without delays: those of a single slot
  DelayView(VariableView present, Simulation simulation, DelaySlots slots) {
    this.present = present;
    this.simulation = simulation;
    this.slots = slots;
  }

  /// The longest delay plus 1.
  public int slots() {
    return slots.slots();
  }

  public int[] shape() {
    int[] ofSlot = present.shape();
    return present.isPerExample()
        ? new int[] {ofSlot[0], slots(), ofSlot[1]}
        : new int[] {slots(), present.elements()};
  }

  /// @throws IllegalStateException when there are too many for an array
  public int size() {
    long size = (long) present.size() * slots();
    if (size > Integer.MAX_VALUE) {
      throw new IllegalStateException(
          "%s has %d values in %d delay slots, more than fit into one array; take them one by one, with get(example, slot, element)"
              .formatted(Descriptions.of(present.reference()), size, slots()));
    }
    return (int) size;
  }

  /// @param slot steps back
  public double get(int example, int slot, int element) {
    check(slot);
    present.requireElement(example, element);
    if (isPresent(example, slot)) {
      return present.getDouble(example, element);
    }
    int at = position(example, slot, element);
    return cells().get(example, at);
  }

  /// The same of a variable of an integer type.
  public long getLong(int example, int slot, int element) {
    check(slot);
    long now = present.getLong(example, element);
    return isPresent(example, slot)
        ? now
        : memory().getLong(slots.values(), example, position(example, slot, element));
  }

  public void set(int example, int slot, int element, double value) {
    prepareToSet(example, slot, element);
    if (slot == 0) {
      present.setDouble(example, element, value);
    } else {
      present.requireHeld(example, 0, element, value);
      cells().set(example, position(example, slot, element), value);
    }
  }

  /// The same for a variable of an integer type.
  public void setLong(int example, int slot, int element, long value) {
    prepareToSet(example, slot, element);
    if (slot == 0) {
      present.setLong(example, element, value);
    } else {
      present.requireHeld(example, 0, element, value);
      memory().setLong(slots.values(), example, position(example, slot, element), value);
    }
  }

  private void prepareToSet(int example, int slot, int element) {
    check(slot);
    present.requireElement(example, element);
    if (slots() > 1 && !isKept(example)) {
      keep(example);
    }
  }

  /// Whether all that there is in a slot are the present values.
  private boolean isPresent(int example, int slot) {
    return slot == 0 || !isKept(example);
  }

  /// A copy of all values, in the order of `shape()`.
  public double[] toDoubles() {
    double[] values = new double[size()];
    Arrays.setAll(values, i -> get(example(i), slot(i), element(i)));
    return values;
  }

  public float[] toArray() {
    float[] values = new float[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) get(example(i), slot(i), element(i));
    }
    return values;
  }

  /// The same of a variable of an integer type.
  public long[] toLongs() {
    long[] values = new long[size()];
    Arrays.setAll(values, i -> getLong(example(i), slot(i), element(i)));
    return values;
  }

  /// Sets all values.
  ///
  /// @param values as many as `size()`; or as the variable has without slots, which every slot
  ///   gets; or as one example has, which every example and slot gets
  public void set(double[] values) {
    requireGiven(values);
    requireLength(values.length);
    for (int i = 0; i < size(); i++) {
      set(example(i), slot(i), element(i), values[index(i, values.length)]);
    }
  }

  /// The same for a variable of an integer type.
  public void set(long[] values) {
    requireGiven(values);
    requireLength(values.length);
    for (int i = 0; i < size(); i++) {
      setLong(example(i), slot(i), element(i), values[index(i, values.length)]);
    }
  }

  private void requireGiven(Object values) {
    Given.all(Descriptions.of(present.reference()), "array of values", values);
  }

  private void requireLength(int length) {
    if (length != size() && length != present.size() && length != present.elements()) {
      throw new IllegalArgumentException(
          "%s: got %d values, expected %d, or %d for each of %d slots"
              .formatted(
                  Descriptions.of(present.reference()), length, size(), present.size(), slots()));
    }
  }

  /// Which of so many given values is for value `i`.
  private int index(int i, int length) {
    if (length == size()) {
      return i;
    }
    return length == present.elements() ? element(i) : example(i) * present.elements() + element(i);
  }

  private int element(int index) {
    return index % present.elements();
  }

  private int example(int index) {
    return index / present.elements() / slots();
  }

  private int slot(int index) {
    return index / present.elements() % slots();
  }

  private void check(int slot) {
    if (slot < 0 || slot >= slots()) {
      throw new IndexOutOfBoundsException(
          "%s: delay slot %d of %d".formatted(Descriptions.of(present.reference()), slot, slots()));
    }
  }

  private boolean isKept(int example) {
    return memory().getLong(slots.state(), example, IS_FILLED) != 0;
  }

  /// Earlier values are no longer the present ones.
  private void keep(int example) {
    for (int slot = 1; slot < slots(); slot++) {
      for (int element = 0; element < slots.length(); element++) {
        int at = position(example, slot, element);
        if (present.type().isIntegral()) {
          memory().setLong(slots.values(), example, at, present.getLong(example, element));
        } else {
          cells().set(example, at, present.getDouble(example, element));
        }
      }
    }
    memory().setLong(slots.state(), example, IS_FILLED, 1);
  }

  private Cells cells() {
    return new Cells(memory(), slots.values(), present.type());
  }

  private int position(int example, int slot, int element) {
    int newest = (int) memory().getLong(slots.state(), example, NEWEST);
    return Math.floorMod(newest - (slot - 1), slots()) * slots.length() + element;
  }

  private Memory memory() {
    return simulation.memory();
  }
}
